/* flow.h - cases: opened under a case type, taken on step by step, until they end.
 *
 *     document (## 事项) --matter--> states, steps, conditions, effects
 *            facts of the subject --'        |
 *     flow_open -> flow_do .. flow_do -> end          each an act: rows that never change
 *                    |-> notice, task, form, linked case
 *                    `-> ledger: reserve, owe and ask for payment, void, claw back
 *
 * A step is taken by somebody who may, from the state the case is in, when its condition is met,
 * the form filled and the papers handed in; what it brings about is done with it or nothing is.
 * Where two people take a step the first one's half is kept until another follows, or the case goes
 * another way. Whoever names an older `seq` than the case has is refused: somebody was there
 * before. A case stays with the text of the document it was opened under.
 *
 * Money: a case keeps no balance. Effects are operations of the ledger whose receipt is the entry
 * of the case ("事项 17/5"), with the hashes of the document, of form and facts as they were then,
 * and of the papers; `ledger_trace` leads from a payment back to them.
 *
 * Bids are sealed: the digest comes first (flow_seal), what it is of after the closing. Reviews are
 * intervals, by those asked who have no conflict of interest.
 *
 * What writes takes a desk within an act of the caller's (audit/act.h). Refusals are FLOW-* or
 * LEDGER-* diagnostics with ERR_INPUT, ERR_DENIED of a person who may not, ERR_GONE of a case that
 * is not there: the caller then undoes the act. Other errors as in db/db.h.
 */
#ifndef GECI_FLOW_FLOW_H
#define GECI_FLOW_FLOW_H

#include "access/assign.h"
#include "access/caller.h"
#include "base/day.h"
#include "base/hash.h"
#include "db/db.h"
#include "ledger/ledger.h"
#include "matter/matter.h"

struct act;
struct flow_own;

/* Entries of a case's history; stored. */
enum flow_entry {
    FLOW_OPENED = 1,
    FLOW_TAKEN,
    FLOW_HALF,  /* the first of two people */
    FLOW_SAVED, /* the form, without a step */
};

/* Who acts: roles, and whose account it is. The system's own steps: name "系统", roles 0. */
struct flow_person {
    Str name;
    int64_t account;
    uint32_t roles;  /* ROLE_BIT each */
    int64_t subject; /* their own; 0: none */
    bool system;
};
struct flow_person flow_person_of(const struct caller *who);

/* Case types that were read (a millisecond each), for whoever looks at many cases; zeroed but for
 * the arena, which holds them. */
struct flow_memo {
    struct arena *keep;
    struct flow_known {
        Sha256 hash;
        Str name;
        struct matter *m;
    } * at;
    size_t n, cap;
};

/* Somebody looks: a connection in a transaction. */
struct flow_view {
    struct db_conn *conn;
    struct arena *keep;
    Str county;
    Day today;
    struct diags *diags;
    struct flow_memo *memo; /* or NULL */
};

/* Somebody acts. Opened with flow_begin, closed with flow_end, once an act. */
struct flow_desk {
    struct act *act;
    struct flow_person who;
    Day today;
    Str calendar; /* working days, run/workday.h */
    struct diags *diags;
    struct flow_memo *memo; /* or NULL */
    struct flow_own *own;
};
void flow_begin(struct flow_desk *d);
void flow_end(struct flow_desk *d);

/* --- types --- */

struct flow_type {
    Sha256 hash; /* of the document */
    Str name, document, version, kind, clause, note, policy, above;
    enum rule_status status;
    uint32_t opener;
};
/* All of the documents in force (rulebook), of two of a name the newer. */
NODISCARD enum status flow_types(const struct flow_view *v, struct flow_type **out, size_t *n);
/* ERR_GONE, FLOW-TYPE: no document in force has it. */
NODISCARD enum status flow_type_find(const struct flow_view *v, Str name, struct flow_type *out);
/* The type itself, from the kept text of its document. */
NODISCARD enum status flow_matter(const struct flow_view *v, Sha256 hash, Str name,
                                  struct matter **out);

/* --- looking --- */

struct flow_case {
    int64_t number, seq, parent, subject;
    Sha256 rules;
    Str type, kind, identity, name, locality, title, state, opener;
    Str actor; /* of the last entry */
    int year;
    int64_t opened_us, at_us;
    bool ended, shown, timed, half;
    unsigned takes;
    uint32_t waits;
    SqlInt due;
    Str step; /* the last one; of a half, the one that wants another person */
};
NODISCARD enum status flow_get(const struct flow_view *v, int64_t number, struct flow_case *out);
/* The same, but nothing is said of one that is not there. */
NODISCARD enum status flow_find(const struct flow_view *v, int64_t number, struct flow_case *out);

/* The same for whoever is still within the act that changed it: number, seq, state and half. */
NODISCARD enum status flow_get_now(const struct flow_view *v, int64_t number,
                                   struct flow_case *out);

struct flow_ask {
    Str type, state, identity, locality; /* empty: any */
    int64_t year;                        /* 0: any */
    int64_t subject, below;              /* 0: any; below this number */
    uint32_t who;                        /* waited for; 0: anybody */
    int ended, shown;                    /* 0, 1, or -1: any */
    size_t most;
    /* NULL: all; false hides a case. */
    bool (*sees)(void *ctx, const struct flow_case *c);
    void *ctx;
};
/* Newest first; *more: there are others below the last. */
NODISCARD enum status flow_list(const struct flow_view *v, const struct flow_ask *ask,
                                struct flow_case **out, size_t *n, bool *more);

struct flow_line { /* an entry */
    int64_t seq, act, at_us;
    enum flow_entry kind;
    Str step, state, why, actor;
    unsigned takes;
    SqlInt due;
    Str basis; /* SHA-256, or NULL */
};
struct flow_value { /* on the form */
    int64_t seq;
    Str field, value;
};
struct flow_file {
    int64_t act, n, seq, at_us;
    Str paper, file, actor;
    Sha256 hash;
};
struct flow_sum { /* an operation of the ledger */
    int64_t seq, op, about, stage, amount, claimed, held, open;
    enum ledger_kind kind;
    enum ledger_state state; /* of a payment; 0 of others */
};
struct flow_bid {
    int64_t bid, subject, at_us, price;
    Str kind, identity, actor, text;
    Str seal;
    bool opened;
};
struct flow_review {
    int64_t bid, account, low_e4, high_e4, at_us, act;
    Str text, actor;
};
struct flow_asked { /* to review */
    int64_t assignment, account;
    Str name;
    Day last;
    bool ended;
};
struct flow_told {
    int64_t seq;
    bool task;
    uint32_t who;
};
struct flow_notice {
    int64_t seq;
    Day first, last;
};

/* Everything of a case, in order of time. */
struct flow_story {
    struct flow_case c;
    const struct matter *m;
    struct flow_line *line;
    struct flow_value *value; /* as it is now: the last of each field, without what is empty */
    struct flow_file *file;
    struct flow_sum *sum;
    struct flow_bid *bid;
    struct flow_review *review;
    struct flow_asked *asked;
    struct flow_told *told;
    struct flow_notice *notice;
    size_t line_n, value_n, file_n, sum_n, bid_n, review_n, asked_n, told_n, notice_n;
    int64_t reserved_fen, paid_fen;
    size_t counted_n;        /* reviews of the case, not of its bids */
    int64_t low_e4, high_e4; /* their means, rounded down */
};
NODISCARD enum status flow_story(const struct flow_view *v, int64_t number, struct flow_story *out);
/* The value of a field of the form now; p == NULL: none. */
Str flow_story_value(const struct flow_story *s, Str field);
/* Whom the board shows the case: nobody out of public states, else by its level. */
enum matter_audience flow_audience(const struct flow_story *s);
/* A value of the form as people read it: a bare number with the unit it is read in. */
Str flow_shown(struct arena *keep, const struct field *f, Str value);

/* What somebody might do next. */
struct flow_option {
    const struct matter_step *step;
    bool may;    /* this person */
    bool ready;  /* and nothing is in the way */
    bool second; /* another has taken their half of it */
    enum truth met;
    Str *lacks; /* fields and papers that are missing, and who may not */
    size_t lacks_n;
    struct flow_value *ask; /* fields it asks for, with what they might be filled with */
    size_t ask_n;
};
NODISCARD enum status flow_options(const struct flow_view *v, const struct flow_story *s,
                                   const struct flow_person *who, struct flow_option **out,
                                   size_t *n);
/* May this person do anything at all with the case: their own, or waited for? */
bool flow_concerns(const struct flow_case *c, const struct flow_person *who);

/* Where a subject is today, as cases are shared out by; ERR_GONE: no such subject. */
NODISCARD enum status flow_locality(const struct flow_view *v, int64_t subject, Str *out);
/* The case that an operation of the ledger belongs to. ERR_GONE: none. */
NODISCARD enum status flow_of_operation(const struct flow_view *v, int64_t op, int64_t *number,
                                        int64_t *seq);

/* --- measures: what a case type says is measured, over the cases that somebody sees --- */

enum flow_by { FLOW_WHOLE, FLOW_BY_CATEGORY, FLOW_BY_LOCALITY, FLOW_BY_MONTH };
enum flow_part {
    FLOW_OF,   /* those that came to the state a measure begins with */
    FLOW_HIT,  /* of them, those that came further (a sum: whose amount is known) */
    FLOW_OPEN, /* of them, those that may yet */
};
struct flow_measuring {
    Str type;
    enum flow_by by;
    Str category, locality, month; /* these only; empty: any. 2026-03, 2026: when it came there */
    /* As in flow_ask: nothing that it hides is counted. */
    bool (*sees)(void *ctx, const struct flow_case *c);
    void *ctx;
};
struct flow_count {             /* of a measure and a group */
    int64_t n[3];               /* enum flow_part */
    Wide sum;                   /* MATTER_SUM: as the field is scaled */
    int64_t median_x2, longest; /* MATTER_TIME: days; twice the median, so that it is whole */
    int32_t *days;
    size_t days_n, days_cap;
};
struct flow_group {
    Str key;               /* a category, a locality's code, a month; empty: none is known */
    struct flow_count *of; /* by measure */
};
struct flow_stay {          /* in a state */
    struct flow_count left; /* n[FLOW_OF] stays that are over; days */
    int64_t now, now_longest;
};
struct flow_trail;
struct flow_measures {
    struct flow_type type; /* in force; cases of older texts count by their states' names */
    const struct matter *m;
    struct flow_group *group; /* in order of keys */
    size_t group_n;
    struct flow_stay *state;
    size_t seen; /* cases of the type */
    const struct flow_measuring *ask;
    struct flow_trail *trail;
    Day today;
};
/* Days are calendar days in China; the median of an even number is the mean of the middle two. */
NODISCARD enum status flow_measures(const struct flow_view *v, const struct flow_measuring *ask,
                                    struct flow_measures *out);
/* The cases behind a number: of a measure's part and group, or of those in a state now; newest
 * first. */
struct flow_behind {
    uint32_t at; /* measure, or state */
    bool state;
    enum flow_part part;
    Str key; /* of the group, with FLOW_WHOLE not read */
};
void flow_measured(const struct flow_measures *x, struct arena *keep, const struct flow_behind *of,
                   struct flow_case **out, size_t *n);
/* Of those that came, how many came further: tenths of a per cent, rounded half up; 0 of none. */
int64_t flow_share(const struct flow_count *x);
/* The same if all that may yet come do. */
int64_t flow_share_most(const struct flow_count *x);
/* A sum as text with its unit. */
Str flow_sum_text(struct arena *keep, const struct flow_measures *x, uint32_t measure, Wide sum);

/* --- acting --- */

struct flow_given {
    const struct flow_value *value; /* field and value; seq is not read */
    size_t n;
    Str why;
};

/* Keeps the text of a document that is not in the rule book, for flow_open in the same act. */
NODISCARD enum status flow_keep_rules(struct flow_desk *d, Str text, Sha256 *hash);

struct flow_new {
    Sha256 rules; /* the text is kept already */
    Str type, title;
    int64_t subject;
    int64_t parent; /* 0: none */
    bool built;     /* by a step of the parent; else the type says what may be above it */
    bool unseen;    /* who opens it does not see the parent: as if there were none of its number */
    struct flow_given given;
};
/* What the form can take from the facts is filled in. */
NODISCARD enum status flow_open(struct flow_desk *d, const struct flow_new *in, int64_t *number);
NODISCARD enum status flow_save(struct flow_desk *d, int64_t number, int64_t seq,
                                const struct flow_given *given);
/* *half: it wants another person. */
NODISCARD enum status flow_do(struct flow_desk *d, int64_t number, int64_t seq, Str step,
                              const struct flow_given *given, bool *half);
NODISCARD enum status flow_hand_in(struct flow_desk *d, int64_t number, Str paper, Str file,
                                   Str bytes);
/* Takes the steps of terms that are over, and tells those for whom a term is nearly; how many. */
NODISCARD enum status flow_tick(struct flow_desk *d, size_t *n);

/* The same in an act of the server's own, where there is something to take; *n 0 and no act where
 * there is not. Nothing taken is ERR_GONE: undo it. `tmp` is for the act. */
NODISCARD enum status flow_tick_alone(struct db_conn *c, struct arena *tmp, Str county,
                                      Str calendar, int64_t now_us, size_t *n);

/* Asks somebody to review; refused when there is a conflict of interest. */
NODISCARD enum status flow_ask_review(struct flow_desk *d, struct access_desk *access,
                                      int64_t number, int64_t account, Day last);
struct flow_score {
    int64_t bid; /* 0: the case */
    int64_t low_e4, high_e4;
    Str text;
};
NODISCARD enum status flow_review(struct flow_desk *d, int64_t number, const struct flow_score *in);

/* SHA-256 of price (fen, in decimal), text and secret, each a line. */
Sha256 flow_seal(int64_t price_fen, Str text, Str secret);
NODISCARD enum status flow_bid(struct flow_desk *d, int64_t number, Sha256 seal, int64_t *bid);
struct flow_opening {
    int64_t bid, price_fen;
    Str text, secret;
};
NODISCARD enum status flow_bid_open(struct flow_desk *d, int64_t number,
                                    const struct flow_opening *in);

#endif
