/* flow_int.h - what the parts of flow/ share. */
#ifndef GECI_FLOW_FLOW_INT_H
#define GECI_FLOW_FLOW_INT_H

#include "audit/act.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "flow/flow.h"
#include "record/record.h"
#include "sql.h"

enum flow_table {
    FLOW_CASE,
    FLOW_STEP,
    FLOW_FIELD,
    FLOW_PAPER,
    FLOW_TOLD,
    FLOW_NOTICE,
    FLOW_MONEY,
    FLOW_BID,
    FLOW_BID_OPEN,
    FLOW_REVIEW,
    FLOW_TABLE_N
};

/* What a desk has used of its act. */
struct flow_own {
    int64_t n[FLOW_TABLE_N]; /* rows written */
    struct record record;
    struct arena *tmp; /* the ledger's */
    struct ledger ledger;
};

struct flow_view flow_look(const struct flow_desk *d);
int64_t flow_row(struct flow_desk *d, enum flow_table t);
enum status flow_refuse(const struct flow_desk *d, enum diag_code code, Str a, Str b, Str c);
Str flow_number(struct arena *keep, int64_t number);
/* 事项 17/5: an entry, as the ledger names what it stands on. */
Str flow_place(struct arena *keep, int64_t number, int64_t seq);

/* facts.c: the facts of the subject, the form, and what the system knows, as row 0. */
struct flow_facts {
    struct matter_ask ask;
    struct dataset *data;
};
NODISCARD enum status flow_facts(const struct flow_view *v, const struct flow_story *s,
                                 struct flow_facts *out);
/* A field of the form set to what was given; FLOW-VALUE says what is wrong with it. */
NODISCARD enum status flow_set(const struct flow_view *v, struct flow_facts *f,
                               const struct matter *m, uint32_t field, Str value);
/* What a value comes to as text of the field; p == NULL: it is not known. */
NODISCARD enum status flow_value_text(const struct flow_view *v, const struct flow_facts *f,
                                      const struct matter_value *value, uint32_t field, Str *out);
/* An amount in fen; FLOW-AMOUNT: not known, or not in whole fen above 0. */
NODISCARD enum status flow_amount(const struct flow_view *v, const struct flow_facts *f,
                                  const struct matter_value *value, int64_t *fen);
/* Form and facts as JSON: what a decision stood on. */
Str flow_basis(const struct flow_view *v, const struct flow_story *s, const struct flow_facts *f);

/* trail.c: the days of a case, for measures. */
enum { FLOW_NO_DAY = INT32_MIN };
struct flow_trail {
    struct flow_case c;
    Str category;
    Day *reached; /* by state: when it first came there; FLOW_NO_DAY: never */
    struct flow_visit {
        uint32_t state;
        Day from, to; /* FLOW_NO_DAY: it is there now */
    } * visit;
    size_t visit_n, visit_cap;
    Day bid, match; /* the first */
    Str *value;     /* by measure, of MATTER_TO_FIELD */
};
NODISCARD enum status flow_trails(const struct flow_view *v, struct flow_measures *x);

/* effect.c */
struct flow_doing {
    struct flow_desk *d;
    struct flow_view v;
    struct flow_story s;
    struct flow_facts f;
    const struct matter_step *step;
    int64_t seq; /* the entry that is being written */
    Str why;
    Sha256 basis;
};
NODISCARD enum status flow_effects(struct flow_doing *x);
/* Does a step move money, so that what it stood on is to be kept? */
bool flow_moves_money(const struct matter_step *s);

/* other.c: what a step asks of other cases. */
NODISCARD enum status flow_check_others(struct flow_doing *x);

/* options.c: what is in the way of a step. */
NODISCARD enum status flow_option(const struct flow_view *v, const struct flow_story *s,
                                  const struct flow_facts *f, const struct flow_person *who,
                                  const struct matter_step *step, struct flow_option *out);

/* step.c: the last day of a term that begins today; not set: there is none, or it is not known. */
struct flow_until {
    SqlInt day;
    Str calendar; /* hash, or NULL */
};
NODISCARD enum status flow_until(struct flow_doing *x, const struct matter_term *t,
                                 struct flow_until *out);
NODISCARD enum status flow_keep_value(struct flow_doing *x, uint32_t field, Str value);

#endif
