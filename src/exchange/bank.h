/* bank.h - what a bank says of payments, against what was asked of it.
 *
 *     file --bank_read--> lines --bank_match--> a verdict each; what matches is settled or bounced
 *
 * A file has a head and a line for each payment: number, amount, account, state, day; xlsx, xls or
 * CSV, read in a child. A line counts only if its amount and account are those of the payment.
 */
#ifndef GECI_EXCHANGE_BANK_H
#define GECI_EXCHANGE_BANK_H

#include "crypto/digest.h"
#include "ledger/ledger.h"
#include "sheet/sheet.h"

enum bank_verdict {
    BANK_MATCHED,
    BANK_DIFFERS, /* in amount or account */
    BANK_UNKNOWN, /* no such payment, or not sent */
    BANK_DUPLICATE,
    BANK_EARLIER, /* settled or bounced before this file */
    BANK_MISSING, /* sent, and not in the file */
    BANK_VERDICT_N
};
const char *bank_verdict_name(enum bank_verdict v, enum lang lang);

struct bank_line {
    enum bank_verdict verdict;
    Str payment, note; /* note: the amount that was asked; whose payment is missing */
    int64_t fen;
};

struct bank_row { /* of the file */
    uint32_t line;
    Str payment, amount, account, state, day;
};

struct bank_file {
    Digest hash; /* SHA-256 of the bytes */
    struct bank_row *row;
    uint32_t row_n;

    struct sheet_fault fault; /* why it could not be read; SHEET_NONE: a line lacks cells */
    uint32_t bad_line;
};
NODISCARD enum status bank_read(struct arena *keep, struct bank_file *out, Str bytes,
                                const struct sheet_tick *tick);

struct bank_result {
    struct bank_line *line;
    size_t line_n, line_cap;
    int64_t n[BANK_VERDICT_N], fen[BANK_VERDICT_N];
    int64_t bounced; /* of those matched */
    int64_t before;  /* the operation that read this very file before: nothing was done; 0: none */
};

/* Within an act and its ledger. */
struct bank_desk {
    struct arena *keep;
    struct ledger *ledger;
    Str who;
    Day day;
    bool day_said;                                          /* as in struct ledger_op */
    bool (*tick)(void *ctx, uint64_t done, uint64_t total); /* false cancels; or NULL */
    void *ctx;
    int64_t op_n; /* operations done */
};
NODISCARD enum status bank_match(struct bank_desk *d, const struct bank_file *f,
                                 struct bank_result *out);

#endif
