/* query.h - lists, counts and facets over a roster, within a scope.
 *
 *     scope + roster + ask  --query_select-->  selection  -->  page, facets, quantiles, rows
 *
 * query_select is the only function that goes over a roster; everything else is made from the rows
 * it let through, so that nothing tells of a row or a column outside the scope: population
 * functions in a condition see the scope's rows alone, and errors name none but them.
 *
 * A condition is an expression of the rule language (docs/language.md) over the kind's fields and
 * results: `研发费用 / 销售收入 >= 5% 且 主产业链 = 智能装备`, `研发费用@2023 > 100万元`,
 * `缺(成立日期)`, `开头(企业名称, "张家港")`. Opposite a text a bare name that is no field is one
 * itself. A row of which it cannot be decided is counted apart.
 *
 * What is wrong with an ask is told in QUERY-* and the language's own diagnostics (ERR_INPUT), with
 * a span in the text that is wrong; columns that the scope does not reach are unknown names.
 */
#ifndef GECI_QUERY_QUERY_H
#define GECI_QUERY_QUERY_H

#include "base/base.h"
#include "base/day.h"
#include "base/diag.h"
#include "query/roster.h"
#include "query/scope.h"

struct arena;
struct buf;

enum {
    QUERY_WHERE_MAX = 4000, /* bytes of a condition */
    QUERY_TERMS_MAX = 50,
    QUERY_VALUES_MAX = 500, /* of all terms */
    QUERY_Q_MAX = 200,
    QUERY_KEYS_MAX = 5,
    QUERY_FIELDS_MAX = 200,
    QUERY_LIMIT_MAX = 500,
    QUERY_CURSOR_MAX = 2000,
};

/* filter[字段]=…: values as in data (`59.9万元`, `是`, `2024-01-31`), never read as expressions. */
enum query_op {
    QUERY_EQ,
    QUERY_NE,
    QUERY_LT,
    QUERY_LE,
    QUERY_GT,
    QUERY_GE,
    QUERY_IN,       /* any of the values */
    QUERY_BETWEEN,  /* two values, both inside */
    QUERY_CONTAINS, /* texts */
    QUERY_STARTS,   /* texts */
    QUERY_MISSING,  /* no values */
    QUERY_PRESENT,  /* no values */
    QUERY_OP_N
};
struct query_term {
    Str field; /* 研发费用, 研发费用@2024 */
    enum query_op op;
    const Str *value;
    size_t value_n;
};
/* = != < <= > >= in between contains starts missing present; false: none of them. */
bool query_op_read(enum query_op *out, Str word);
const char *query_op_word(enum query_op op);

struct query_key {
    Str field; /* with @period; choices sort as their document lists them, missing ones last */
    bool descending;
};
/* `-得分,企业名称` */
NODISCARD enum status query_keys_read(struct arena *keep, struct query_key **out, size_t *n,
                                      Str text, struct diags *ds);

/* What is asked. All zero: every row of the scope. */
struct query_ask {
    Str where;                     /* a condition, or empty */
    const struct query_term *term; /* all of them hold as well */
    size_t term_n;
    Str q;          /* part of a name, former name or identity; or empty */
    bool undecided; /* the rows of which where and terms cannot be decided, instead of those met */
    int period; /* what a yearly field without @ means; 0: the last that is known of the scope */
    Day today;  /* 评价日 */
};

struct selection;
/* Lives on `keep`, and reads the roster, which must not be released before. ERR_INPUT with
 * diagnostics over ask->where, or the term's value; ERR_LIMIT: QUERY-COST. */
NODISCARD enum status query_select(const struct scope *s, const struct roster *r,
                                   const struct query_ask *ask, struct arena *keep,
                                   struct selection **out, struct diags *ds);

struct query_counts {
    uint32_t rows;      /* selected */
    uint32_t undecided; /* where it cannot be decided */
    uint32_t scope;     /* within the scope */
};
struct query_counts query_counts(const struct selection *s);

/* One subject, as the only row. ERR_GONE: the scope does not hold it. */
NODISCARD enum status query_one(const struct scope *s, const struct roster *r, int64_t subject,
                                struct arena *keep, struct selection **out);

/* --- pages --- */

struct query_list {
    const struct query_key *key;
    size_t key_n; /* after the rank of q, before the identity */
    const Str *field;
    size_t field_n; /* columns, with @period; 0: identity, name, locality, chain, standing */
    uint32_t limit; /* 1 to QUERY_LIMIT_MAX; 0: 50 */
    Str cursor;     /* of the page before; or empty */
};

struct query_column;
struct query_page {
    const struct selection *of;
    uint32_t *row; /* for query_cell */
    uint32_t n;
    const struct query_column *column; /* as asked */
    uint32_t column_n;
    Str next; /* cursor of the next page; empty: this was the last */
};
/* Keyset paging: rows that stay as they are come exactly once over all pages, whatever happens to
 * others meanwhile. A cursor is for the same ask, order and scope only (QUERY-CURSOR); it carries a
 * position and no right, so that forging one gains nothing. */
NODISCARD enum status query_list(const struct selection *s, const struct query_list *l,
                                 struct arena *keep, struct query_page *out, struct diags *ds);
/* Every selected row in the same order, for exports: without limit or cursor. */
NODISCARD enum status query_all(const struct selection *s, const struct query_list *l,
                                struct arena *keep, struct query_page *out, struct diags *ds);

/* All that is known of the first selected row and may be shown, a column each. */
void query_everything(const struct selection *s, struct arena *keep, struct query_page *out);

/* The year that fields without @ stand for. */
int query_period(const struct selection *s);
int64_t query_subject(const struct selection *s, uint32_t row);
Str query_identity(const struct selection *s, uint32_t row);

/* The field behind a column, for its name, type, unit and protection; *period is COL_NO_PERIOD if
 * it has none; *run the run whose result it is, or 0. */
const struct field *query_field(const struct query_page *p, uint32_t column, int *period,
                                int64_t *run);
enum query_state { QUERY_UNKNOWN, QUERY_EXACT, QUERY_RANGE /* 61~78 */ };
/* What stands there, as people write it, without its unit: 59.9, 是, 2024-01-31, 61~78; nothing
 * where it is not known. */
enum query_state query_cell(struct buf *b, const struct query_page *p, uint32_t row,
                            uint32_t column);

/* --- counts and distributions --- */

struct query_count {
    Str value; /* empty: missing */
    uint32_t n;
};
struct query_facet {
    Str field;
    struct query_count *count; /* choices in the document's order, others by number; missing last */
    uint32_t n;
    bool more; /* QUERY_FACET_MAX values are not all of them */
};
enum { QUERY_FACET_MAX = 200, QUERY_BINS_MAX = 50, QUERY_QUANTILES = 5 };
/* How many of the selected rows have each value of a field that is no number. */
NODISCARD enum status query_facet(const struct selection *s, Str field, struct arena *keep,
                                  struct query_facet *out, struct diags *ds);

/* Of the selected rows with a figure. Figures in base units with `scale` decimals. */
struct query_spread {
    const struct field *field;
    uint32_t n, missing;
    int scale;
    Wide least, most;
    Wide quantile[QUERY_QUANTILES]; /* 10, 25, 50, 75, 90 %: interpolated, half-up */
    Wide *edge; /* bins + 1, equal widths; the last bin holds its upper edge too */
    uint32_t *bin;
    uint32_t bin_n;
};
NODISCARD enum status query_spread(const struct selection *s, Str field, uint32_t bins,
                                   struct arena *keep, struct query_spread *out, struct diags *ds);

/* A figure of each selected row, in the roster's order. */
struct query_figures {
    const struct field *field;
    int scale;
    uint32_t n;
    uint32_t *row;
    Wide *value;
    bool *known;
};
NODISCARD enum status query_figures(const struct selection *s, Str field, struct arena *keep,
                                    struct query_figures *out, struct diags *ds);
/* Is the subject one of the selected rows? */
bool query_has(const struct selection *s, int64_t subject, uint32_t *row);

/* --- by two fields at once --- */

enum { QUERY_REGION_DIGITS = 9, QUERY_CROSS_MAX = 300 };
struct query_sum {
    uint32_t n, known; /* rows; those with a figure */
    Wide sum;
};
/* Values as they come, ordered: choices by their document, others by letter; the last stands for
 * missing ones (empty). Regions count by their first QUERY_REGION_DIGITS digits. */
struct query_cross {
    Str by[2]; /* as asked */
    Str *value[2];
    uint32_t value_n[2];
    bool region[2];
    struct query_sum *cell; /* cell[i * value_n[1] + k] */
    const struct field *figure;
    int scale;
};
struct query_cross_ask {
    Str by[2];  /* choices, regions, texts of few values; an empty one has a single value */
    Str figure; /* summed; empty: none */
};
/* The selected rows, each in one cell. ERR_LIMIT: more than QUERY_CROSS_MAX values, or the sums are
 * too large. */
NODISCARD enum status query_cross(const struct selection *s, const struct query_cross_ask *ask,
                                  struct arena *keep, struct query_cross *out, struct diags *ds);

/* --- peers --- */

enum { QUERY_PEERS_MIN = 5 };

/* Where one subject stands among those like it, without seeing any of them. The group is everybody
 * of the kind with the same values of `by` (at most two fields that are no numbers); fewer than
 * QUERY_PEERS_MIN with a figure: nothing is told. Quantiles are rounded to three digits. This is
 * the one answer that is made from rows outside the scope: `s` says whose place may be asked (the
 * subject must lie in it) and which fields. */
struct query_standing {
    Wide quantile[QUERY_QUANTILES];
    uint32_t below_e2; /* percent of the group that lies below, in whole percents */
};
/* Of n > 0 figures, at least QUERY_PEERS_MIN if somebody is told. */
void query_stand(struct arena *tmp, const Wide *x, uint32_t n, Wide own,
                 struct query_standing *out);
struct query_peers {
    bool told;
    uint32_t n; /* of the group, with a figure */
    bool has_own;
    Wide own;
    int scale;
    struct query_standing at;
    const struct field *field;
};
struct query_peers_ask {
    int64_t subject;
    Str field;     /* a figure, with @period */
    int period;    /* what it means without; 0: the last that is known of the subject */
    const Str *by; /* empty: everybody of the kind */
    size_t by_n;
};
NODISCARD enum status query_peers(const struct scope *s, const struct roster *r,
                                  const struct query_peers_ask *ask, struct query_peers *out,
                                  struct diags *ds);

#endif
