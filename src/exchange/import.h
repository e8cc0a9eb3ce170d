/* import.h - a table of people's making into facts of a store, whoever asks: the program's verb or
 * its server.
 *
 *     intake.h --import_load--> rows, bad ones with reasons --import_local--> not of this town
 *         --import_gates--> what looks odd      --import_check--> a message a bad cell
 *         --import_failed--> the bad rows as a file        --import_write--> facts, in an act
 *
 * Whether bad rows stop all or stay behind is the asker's to decide, by bad_n, before it writes.
 */
#ifndef GECI_EXCHANGE_IMPORT_H
#define GECI_EXCHANGE_IMPORT_H

#include "base/day.h"
#include "base/diag.h"
#include "base/hash.h"
#include "exchange/intake.h"
#include "load/load.h"
#include "sheet/check.h"

struct act;
struct db_conn;
struct json;
struct record_counts;

struct import_refusal {
    uint32_t row; /* of the dataset */
    struct diag why;
};

struct import {
    struct arena *keep;
    const struct rules *kind;
    const struct intake *src;
    Day day;        /* facts without a period hold from it on */
    int period;     /* INT32_MIN: as load.h finds it, which is left here */
    enum lang lang; /* of reasons */

    struct dataset *data; /* NULL: nothing could be read */
    struct load_rows rows;
    uint32_t bad_n;
    Str locality;                   /* p not NULL: only its rows are taken */
    struct import_refusal *refusal; /* by row: of rows that are well formed and yet refused */
    size_t refusal_n, refusal_cap;
};

/* Reads all rows. ERR_INPUT with bad_n > 0 and no more errors than *ds holds: only rows are bad
 * (import_only_rows). */
NODISCARD enum status import_load(struct import *m, struct diags *ds);
bool import_only_rows(const struct import *m, enum status st, const struct diags *ds);
/* No row can be taken: then nothing is, not even the file, which may come again. */
bool import_none_good(const struct import *m);
bool import_is_bad(const struct import *m, uint32_t row);
/* The first row that is on this line of the file or below it. */
uint32_t import_row_at(const struct import *m, uint32_t line);

/* Refuses the rows of subjects that are not of `locality`, would leave it, or are new and do not
 * say that they are of it. Reads the store as the connection sees it. */
NODISCARD enum status import_local(struct import *m, struct db_conn *c, Str county, Str locality);

/* Of a table: a problem a bad cell, and those of rows that are refused as a whole, by row. */
void import_check(const struct import *m, struct checked *out, enum lang lang);

/* The bad rows as they came, with the reasons behind them. */
NODISCARD enum status import_failed(const struct import *m, enum out_form form,
                                    void (*put)(void *ctx, Str bytes), void *ctx);

/* A gate of the kind's document that rows do not meet: they are taken all the same. */
enum { IMPORT_GATE_ROWS = 5 };
struct import_gate {
    uint32_t item, n;
    uint32_t row[IMPORT_GATE_ROWS]; /* the first of them */
};
NODISCARD enum status import_gates(const struct import *m, struct import_gate **out, size_t *n,
                                   struct diags *ds);

/* What is kept with the facts. */
struct import_file {
    Str name, bytes;
    Sha256 hash;
    Str evidence; /* p NULL: none */
    Sha256 evidence_hash;
    Str source, reporter;
    bool (*tick)(void *ctx, uint32_t done, uint32_t total); /* false cancels; or NULL */
    void *ctx;
};
/* The file and the good rows, in an act. ERR_BUSY: cancelled. */
NODISCARD enum status import_write(const struct import *m, struct act *act,
                                   const struct import_file *f, struct record_counts *n);
/* The act that brought this file for this kind before, with the rows of this locality; p NULL: with
 * those of all. ERR_GONE: none. */
NODISCARD enum status import_known(struct db_conn *c, Str county, Str kind, const Sha256 *file,
                                   Str locality, int64_t *act);
/* What the act says of it: members of an open object. */
void import_words(struct json *j, const struct import *m, const struct import_file *f,
                  const struct record_counts *n);

#endif
