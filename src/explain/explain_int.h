/* explain_int.h - the explanation of one row as a tree, before it is written as text, JSON or HTML.
 *
 *     explain_row -> why_build (explain_why.c)     a tree of struct why
 *                      |  why_form  (explain_form.c)   how a score got its points
 *                      |    why_group (explain_group.c)   what its parts bring to it
 *                      |  why_policy (explain_policy.c)  which of a group pays
 *                      |  why_check (explain_check.c)  conditions, part by part
 *                      `- why_facts (explain_fact.c)   the facts and items an expression uses
 *                 -> explain_text | explain_json | explain_html
 */
#ifndef GECI_EXPLAIN_EXPLAIN_INT_H
#define GECI_EXPLAIN_EXPLAIN_INT_H

#include "base/base.h"
#include "eval/trace.h"
#include "explain/explain.h"
#include "explain/item.h"
#include "explain/missing.h"

struct arena;

enum fact_state {
    FACT_GIVEN,
    FACT_MISSING,
    FACT_PERSON, /* a judgement or an expert's figure is wanted */
    FACT_ZERO,   /* missing, counted as the blank policy says */
    FACT_MEAN,
    FACT_MEDIAN,
    FACT_CARRIED,
};

struct why_fact {
    Fact fact;
    Cell value; /* as counted */
    enum fact_state state;
};

struct why_check { /* one part of a condition */
    enum truth truth;
    int depth;     /* inside an 或, 非 or 计数 */
    Str text;      /* as the document has it */
    Str values;    /* what its sides are; may be empty */
    int32_t field; /* the one that `values` is the value of, or -1 */
};

struct why_row { /* the row of a decision table that gave the result */
    int number;  /* from 1; 0: none */
    Str tests, result;
};

struct why_list {
    struct why *first, *last;
};

struct why {
    uint32_t item;
    const struct item *it;
    Cell value;
    bool has_max, has_weight, has_points;
    bool aside;  /* 择一 took another */
    Cell max;    /* 满分 */
    Cell weight; /* in the parent */
    Cell points; /* what it adds to the parent: all of them add up to why_core of that */
    int points_scale;
    Type weight_type, max_type;
    Str *how; /* sentences */
    size_t how_n, how_cap;
    struct why_row *row; /* rows that hold or may hold */
    size_t row_n, row_cap;
    struct why_check *check;
    size_t check_n, check_cap;
    struct why_fact *fact;
    size_t fact_n, fact_cap;
    struct why_list part; /* the children of a score */
    struct why_list use;  /* items its expression names, explained where first named */
    struct why *next;     /* in the list it is in */
    const Fact *missing;  /* what it waits for */
    size_t missing_n;
    struct why *pass, *rank; /* beside a score, a grade */
};

struct explain {
    struct arena *arena;
    const struct rules *rules;
    const struct plan *plan;
    const struct result *res;
    uint32_t row;
    enum lang lang;
    struct trace *trace;
    struct missing *missing;
    bool *told;          /* items explained already */
    bool *own;           /* items with a place of their own at the top */
    struct why_list top; /* what was asked for */
    int depth;
};

/* The text in the language of the explanation. Both are literals. */
#define EX(x, zh, en) ((x)->lang == LANG_ZH ? (zh) : (en))

/* explain_why.c */
struct why *why_item(struct explain *x, uint32_t item);
void why_append(struct why_list *l, struct why *w);
void why_say(struct explain *x, struct why *w, const char *fmt, ...) PRINTF_LIKE(3, 4);
/* The value of an expression in this row, at the current period; unknown if it was never needed. */
Cell why_value(const struct explain *x, const struct expr *e);
Str why_source(const struct explain *x, const struct expr *e); /* as the document has it */
const struct expr *why_taken(const struct explain *x, const struct expr *e); /* 如果: the branch */
const struct unit *why_unit(const struct explain *x, const struct expr *e);  /* to print it in */
Str why_print(const struct explain *x, const struct expr *e); /* its value, printed */
Str why_yes(const struct explain *x, Cell c);                 /* 是, 否, 缺数 */
Str why_equals(const struct explain *x, Str name, Str value); /* name = value, name ≈ value */
Str why_cell(const struct explain *x, Type t, const struct unit *show, Cell c);
Str why_is(const struct explain *x, const struct expr *e); /* its source = its value */
size_t why_line(const struct explain *x, Span at);
/* "研发费用、职工总数"; or empty. Figures, or what persons decide. */
Str why_missing(const struct explain *x, const struct why *w, bool person);

/* explain_fact.c: facts and items below `e`, into w->fact and w->use. */
void why_facts(struct explain *x, struct why *w, const struct expr *e);
Str why_fact_text(const struct explain *x, const struct why_fact *f);

/* explain_check.c */
void why_checks(struct explain *x, struct why *w, const struct expr *e, int depth);

/* explain_form.c */
void why_form(struct explain *x, struct why *w);
/* The table's rows that hold or may, and a sentence about them. */
void why_table(struct explain *x, struct why *w, const struct expr *e, const char *points);
/* The raw points of a score, without reviews, caps, vetoes and rounding around them. */
const struct expr *why_core(const struct item *it);

/* The value of a part of a score: points, whatever units stand in its expression. */
Str why_points(const struct explain *x, const struct expr *e);

/* explain_group.c: the children of a group, and how it adds them up. */
enum truth why_takes_part(const struct explain *x, const struct item *it); /* 适用; not TRUTH_NA */
void why_parts(struct explain *x, struct why *w);
void why_group(struct explain *x, struct why *w, const struct expr *core);

/* explain_policy.c */
void why_policy(struct explain *x, struct why *w);

/* explain_text.c, explain_json.c, explain_html.c */
void explain_text(struct buf *out, const struct explain *x);
void explain_json(struct buf *out, const struct explain *x);
void explain_html(struct buf *out, const struct explain *x);

#endif
