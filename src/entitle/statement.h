/* statement.h - what a subject is entitled to, and why, ready to be shown: the command line and the
 * API print the same one.
 *
 * Every policy of the document stands in one of five lists: entitled, open (facts are missing),
 * judged (a person has to decide), near (the smallest change that would qualify is known), not
 * applicable. Reasons are parts of the condition in the document's own words.
 */
#ifndef GECI_ENTITLE_STATEMENT_H
#define GECI_ENTITLE_STATEMENT_H

#include "entitle/entitle.h"

struct buf;

enum standing { STAND_ENTITLED, STAND_OPEN, STAND_JUDGE, STAND_NEAR, STAND_NOT, STAND_N };
/* Without looking for near misses. */
enum standing statement_standing(const struct entitled *one);
const char *statement_standing_name(enum standing s, enum lang lang);

struct statement_change { /* a fact to change */
    Str field, from, to;
};
struct statement_line {
    const struct entitled *own;
    const struct policy *policy;
    const struct item *item; /* name, clause, source, certainty, note */
    enum standing standing;
    Str *unmet; /* parts of the condition that do not hold, or may not */
    size_t unmet_n;
    Str *missing, *judge; /* facts that are waited for; what persons decide */
    size_t missing_n, judge_n;
    struct statement_change *change; /* STAND_NEAR */
    size_t change_n;
    Money near;      /* what it would pay then */
    bool near_best;  /* nothing less would do */
    struct due *due; /* of what counts under READ_HIGHEST, or of the amount by itself if apart */
    size_t due_n;
    Str instead;        /* the policy that counts in its place, or empty */
    Str group;          /* its 叠加组, or empty */
    bool open_stacking; /* the group's mode is not stated */
};
struct statement {
    const struct entitle *e;
    struct entitlement sum;
    struct statement_line *line; /* in order of the document */
    size_t line_n;
};

struct statement_opts {
    enum lang lang;
    uint32_t seek; /* evaluations to spend on each near miss; 0: none are sought */
};
/* The result must have been kept for traces (eval_opts.values_only false), of `p`. */
NODISCARD enum status statement_make(struct arena *keep, struct statement *out,
                                     const struct subject_row *at, const struct plan *p,
                                     const struct statement_opts *o);

/* 25万元, 0~5万元, 12.5元, 5万元以上 (5万元 or more): exact, to the fen. */
void statement_money(struct buf *b, Money m, enum lang lang);
/* How the policy's amount reads in the document: `技术合同成交额 × 10%`, or what its table says. */
Str statement_formula(struct arena *keep, const struct rules *r, const struct expr *e);
/* 认定后 25万元; 验收合格后 5万元 - with what is waited for. */
void statement_steps(struct buf *b, const struct due *due, size_t n, enum lang lang);
const char *statement_binding_name(enum binding b, enum lang lang);

#endif
