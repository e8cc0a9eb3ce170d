/* matter.h - a case type: what `## 事项 X` of a document says.
 *
 *     待申报 --申报--> 初审 --受理--> 评审 --决定--> 公示 --> 完结
 *          本人, form    区镇, term    reviews   two people
 *
 * Five tables, told apart by their first head: 状态 states (a case begins in the first), 步骤
 * steps, 填报 the form, 材料 papers, 度量 what is measured of many. Types and units of the form
 * stand in `## 字段 X`; what else the document names are facts of the subject, and gates and
 * figures over both. What it means to take a step is flow's; here is what may be asked without a
 * store.
 *
 * A matter is immutable and points into the rules and the text it was read from, which must live as
 * long. What is wrong is a CASE-* diagnostic with its place, or one of the rule language where a
 * condition is wrong. Never here: who somebody is, days off, money.
 */
#ifndef GECI_MATTER_MATTER_H
#define GECI_MATTER_MATTER_H

#include "base/day.h"
#include "base/diag.h"
#include "rule/model.h"

struct dataset;

/* Who may: a bit for each role, as `matter_role` gives them, and two that are no roles. */
#define MATTER_OWN    (UINT32_C(1) << 30) /* 本人: whose case it is */
#define MATTER_SYSTEM (UINT32_C(1) << 31) /* 系统: when a deadline has passed */
/* The bit of a role by its name; false: there is no such role. */
typedef bool (*matter_role)(Str name, uint32_t *bit);

/* What a state takes beside steps. */
enum { MATTER_REVIEWS = 1, MATTER_BIDS = 2, MATTER_OPENING = 4 };

/* What the system knows of every case; conditions may ask it by these names. */
enum matter_known {
    MATTER_NOTICE_OVER, /* 公示期满 */
    MATTER_REVIEW_N,    /* 评审份数 */
    MATTER_REVIEW_LOW,  /* 评审低分: mean of the lower ends */
    MATTER_REVIEW_HIGH, /* 评审高分 */
    MATTER_BID_N,       /* 投标份数: opened */
    MATTER_RESERVED,    /* 预留金额: of this case, not yet owed */
    MATTER_PAID,        /* 已付金额: less what is claimed back */
    MATTER_OVERDUE,     /* 逾期 */
    MATTER_KNOWN_N
};

enum matter_value_kind { MATTER_NONE, MATTER_FIELD, MATTER_ITEM, MATTER_TEXT, MATTER_TODAY };
struct matter_value {
    enum matter_value_kind kind;
    uint32_t ref; /* field or item of the rules */
    Str text;     /* MATTER_TEXT; else the name */
};

struct matter_term {
    int n; /* 0: none */
    bool workdays;
    int32_t field; /* a day on the form instead; -1: none */
};

enum matter_effect_kind {
    MATTER_NOTIFY,  /* 通知 本人、区镇 */
    MATTER_NOTICE,  /* 公示 5个工作日 */
    MATTER_RESERVE, /* 预留 核定金额 1:1        weights: instalments */
    MATTER_PAY,     /* 应付 1期                 stage 0: all that is left */
    MATTER_VOID,    /* 作废                     what was not paid is free again */
    MATTER_RECLAIM, /* 追回 应退金额 */
    MATTER_ASSIGN,  /* 派 区镇 */
    MATTER_SET,     /* 置 立项日 = 今天 */
    MATTER_OPEN,    /* 建 后补助申报            a case of another type, of the same subject */
};
enum { MATTER_WEIGHTS_MAX = 24 };
struct matter_effect {
    enum matter_effect_kind kind;
    Span span;
    uint32_t who;
    struct matter_term term;
    struct matter_value value;
    uint32_t field; /* MATTER_SET */
    int stage;
    int weight[MATTER_WEIGHTS_MAX];
    int weight_n;
    Str type; /* MATTER_OPEN */
};

struct matter_state {
    Str name, note;
    Span span;
    struct matter_term term;
    int32_t overdue; /* the step that the system takes when it is over; -1: none */
    bool end, shown; /* shown: to the public */
    unsigned takes;
};

struct matter_step {
    Str name, note;
    Span span;
    uint32_t *from;
    uint32_t from_n, to;
    uint32_t who;
    Text must;        /* a condition of the rule language; empty: none */
    int people;       /* 1 or 2 */
    uint32_t *not_by; /* whoever took one of these may not */
    uint32_t not_by_n;
    struct matter_effect *effect;
    uint32_t effect_n;
};

/* The steps that something is asked for with; none: with opening, and until the first state is
 * left. */
struct matter_at {
    uint32_t *step;
    uint32_t n;
};

struct matter_field {
    uint32_t field; /* of the rules */
    bool required;
    struct matter_at at;
    struct matter_value prefill;
    Str note;
};

struct matter_paper {
    Str name, note;
    bool required;
    struct matter_at at;
};

/* What is measured of all cases that came to the state `from`, in the month they first did. */
enum matter_measure_kind {
    MATTER_SHARE, /* 占比: of them, those that came to `to`; with `value`, whose field says so */
    MATTER_TIME,  /* 用时: days until they first came to `to` */
    MATTER_SUM,   /* 合计: of the field `to` */
};
enum matter_event { MATTER_TO_STATE, MATTER_TO_BID, MATTER_TO_MATCH, MATTER_TO_FIELD };
struct matter_measure {
    Str name, note;
    Span span;
    enum matter_measure_kind kind;
    uint32_t from;
    enum matter_event event;
    uint32_t to; /* a state, or a field of the form */
    Text value;  /* 合格; 很好、好 */
};

/* Whom the board shows a case in a public state. */
enum matter_audience { MATTER_NOBODY, MATTER_SIGNED_IN, MATTER_EVERYBODY };

/* 凭件: the field `number` names a case of the type in the state, about whom `whose` says. */
struct matter_proof {
    int32_t number, whose; /* -1: none */
    Str type, state;
};
/* 占用: the last two fields are days, those before say what is taken up from the one to the other;
 * no two cases of the type may at once. */
enum { MATTER_USE_MAX = 6 };
struct matter_use {
    int32_t field[MATTER_USE_MAX];
    uint32_t n; /* 0: nothing */
};

enum { MATTER_PAYEE, MATTER_BANK, MATTER_ACCOUNT, MATTER_PAYEE_N };

struct matter {
    const struct rules *rules; /* with the fields of enum matter_known behind its own */
    uint32_t known;            /* where they begin */
    Str name, clause, note;
    Span span;
    Str policy, calendar;
    uint32_t opener;
    int review_n; /* how many are asked; 0: none */
    int64_t review_lo_e4, review_hi_e4;
    int32_t payee[MATTER_PAYEE_N]; /* fields of the form; -1 */
    int32_t decision;
    int32_t level, category; /* 密级, 分类: choices of the form; -1 */
    Str level_all, level_in; /* values of the level: everybody, whoever is signed in */
    bool once;               /* a subject has one a year */
    struct matter_proof proof;
    struct matter_use use;
    Str above; /* 上级: the type of the case that it may be opened under; empty: none */
    struct matter_field *field;
    struct matter_paper *paper;
    struct matter_state *state;
    struct matter_step *step;
    struct matter_measure *measure;
    uint32_t field_n, paper_n, state_n, step_n, measure_n;
};

/* All case types of a document that compiled (rule_load), in its order. OK or ERR_INPUT. */
NODISCARD enum status matter_read(struct arena *keep, struct matter **out, size_t *n,
                                  const struct rules *r, matter_role role, struct diags *ds);

/* By name; -1: none. */
int32_t matter_state(const struct matter *m, Str name);
int32_t matter_step(const struct matter *m, Str name);
bool matter_step_from(const struct matter_step *s, uint32_t state);
bool matter_is_at(const struct matter_at *at, uint32_t step);
/* By the value of the level on its form (empty: there is none). */
enum matter_audience matter_audience(const struct matter *m, Str level);
/* Is the value one of the measure's? */
bool matter_measure_says(const struct matter_measure *x, Str value);
/* Who is waited for in a state: of all its steps, without the system. */
uint32_t matter_waits(const struct matter *m, uint32_t state);
const char *matter_effect_name(enum matter_effect_kind k, enum lang lang);

/* --- what may be asked of one case: row 0 of a dataset over m->rules --- */

struct matter_ask {
    const struct matter *m;
    const struct dataset *data; /* its labels may get new texts */
    Day day;
    int period;
};
/* Does the condition of a step hold? Without one it is met. `ds` gets what cannot be computed. */
NODISCARD enum status matter_met(struct arena *keep, enum truth *out, const struct matter_ask *a,
                                 const struct matter_step *s, struct diags *ds);
/* A figure, day, text or truth of a field or item; *f says how it is to be read (its name, type and
 * unit). */
NODISCARD enum status matter_find(struct arena *keep, Cell *out, struct field *f,
                                  const struct matter_ask *a, const struct matter_value *v,
                                  struct diags *ds);

#endif
