/* sample_int.h - the parts of sample.h: data and fields, expressions, items. */
#ifndef GECI_TEST_PROP_SAMPLE_INT_H
#define GECI_TEST_PROP_SAMPLE_INT_H

#include "base/buf.h"
#include "prop/sample.h"
#include "unit/grade/gen.h"

enum made_kind { KIND_NUM, KIND_TRUTH, KIND_TEXT, KIND_DAY, KIND_REVIEW, KIND_CHOICE, KIND_N };
enum { DIM_NONE, DIM_MONEY, DIM_HEADS, DIM_COUNT };
enum { TEXT_N = 5, CHOICE_N = 3, FIELD_CAP = 24, ITEM_CAP = 64 };

static const char *const sample_texts[TEXT_N] = {"高", "中", "低", "甲1", "3210"};
static const char *const sample_choices[CHOICE_N] = {"甲1", "高", "低"}; /* of 择一 */

struct made_field {
    Str name;
    enum made_kind kind;
    int dim;
    char period; /* 'y', 'q' or 0 */
    bool nonnegative;
};

struct made_item {
    Str name;
    enum made_kind kind;
    int dim;
    bool passes, segment;
    bool three; /* segment: 上 中 下, else 高 中 低 */
};

struct maker {
    struct gen g;
    struct arena *keep;
    struct buf b;
    struct made_field field[FIELD_CAP];
    size_t field_n;
    struct made_item item[ITEM_CAP];
    size_t item_n;
    int number;  /* of the next name */
    bool plain;  /* SAMPLE_PLAIN */
    bool blanks; /* SAMPLE_BLANKS; draws of its own only, so that other kinds stay as they are */
};

/* 0 .. n - 1. One to an argument list at most: C does not say which argument comes first. */
static inline int pick(struct maker *m, int n)
{
    return gen_int(&m->g, 0, n - 1);
}

static inline bool chance(struct maker *m, int percent)
{
    return pick(m, 100) < percent;
}

/* Write an expression of the type to m->b, in brackets where needed; `depth` bounds its height. */
void sample_num(struct maker *m, int dim, int depth);
void sample_truth(struct maker *m, int depth);
void sample_text(struct maker *m, int depth);
void sample_day(struct maker *m);
void sample_constant(struct maker *m, int dim, int least, int most); /* whole, with a unit */

/* A section: a parameter, segment, indicator, gate, score tree, grade or policy. */
void sample_item(struct maker *m);

#endif
