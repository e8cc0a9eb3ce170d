/* check_int.h - shared by the static checks: walking expressions, and what values they can take. */
#ifndef GECI_CHECK_CHECK_INT_H
#define GECI_CHECK_CHECK_INT_H

#include "base/base.h"
#include "base/decimal.h"
#include "rule/model.h"
#include "rule/walk.h"

struct arena;
struct buf;
struct diags;

/* Between what bounds a number surely lies. No bound known is not the same as none: `unbounded`
 * says that amounts as large as one likes do occur: money and counts without a 范围. */
struct range {
    bool has_lo, has_hi, unbounded;
    Dec lo, hi;
};

enum { LABELS_MAX = 1000 };

struct labels_of {
    uint32_t *code;
    size_t n, cap;
};

struct checker {
    struct arena *tmp;
    const struct rules *r;
    struct diags *ds;
    struct range *item;      /* of each item; filled by check_open */
    struct labels_of *label; /* of each item, none: any text */
};

/* Works out the range and the labels of every item, dependencies first. */
void check_open(struct checker *c, struct arena *tmp, const struct rules *r, struct diags *ds);
struct range check_range(const struct checker *c, const struct expr *e);

int check_dec_cmp(Dec a, Dec b);
/* Sum and product; false: too large to be told. */
bool check_dec_add(Dec *out, Dec a, Dec b);
bool check_dec_mul(Dec *out, Dec a, Dec b);
/* A constant, or minus one, that is not an interval: numbers and days. */
bool check_const(const struct expr *e, Dec *out);

/* Adds the labels a text expression can give: options of a 选项 field, results of a 分组 or 格次.
 * False: any text, or more than LABELS_MAX. The list may hold a label twice. */
bool check_labels(const struct checker *c, const struct expr *e, struct labels_of *out);

/* Stable merge sort; n log n comparisons whatever the order. */
typedef int check_order(const void *, const void *);
void check_sort(struct arena *tmp, void *v, size_t n, size_t size, check_order *order);

/* Calls `visit` for every node of every expression of the document, each table once. */
void check_walk(const struct checker *c, walk_visit *visit, void *arg);

/* BAND-LABEL: texts compared with something that never gives them (rule/check_label.c). */
void check_label_uses(struct checker *c);

/* A number as the document would write it: in `unit`, with its name; NULL: bare. */
void check_print(struct buf *out, const struct checker *c, Dec d, const struct unit *unit);
/* The source text of a part of the document. */
Str check_source_text(const struct checker *c, Span at);

#endif
