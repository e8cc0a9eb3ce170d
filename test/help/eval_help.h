/* eval_help.h - small documents evaluated in tests, and cells as text.
 *
 *     CHECK_NUM("x / y", "x=1; y=3", "0.333333333333")
 *
 * The fields: x y z (numbers), n (0 or more), r ([0, 10]), u v (yearly), q (quarterly), a b (yes
 * or no), j (judged), c (高 中 低), s (text), d (day); as of 2024-06-30, period 2023. One row,
 * whose
 * values are assignments like those of --set. Shown: 1.5, 1~2, -inf~3, ? (unknown), met, unmet,
 * unknown, manual, na, and texts as they are, 中|高 for the rows between.
 */
#ifndef GECI_TEST_EVAL_HELP_H
#define GECI_TEST_EVAL_HELP_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/str.h"
#include "col/dataset.h"
#include "eval/eval.h"
#include "load/load.h"
#include "t.h"

struct scored {
    struct arena *arena;
    struct diags ds;
    struct rules *r;
    struct plan *p;
    struct dataset *d;
    struct result *res;
    struct eval_opts o;
    enum status st; /* of the first step that failed */
};

/* A whole document, scored on its first table of examples. */
struct scored score_doc(const char *doc);
/* Head and fields as above, then `body`; one row of `given` (assignments; split by ';'). */
struct scored score_body(const char *body, const char *given);
void unscore(struct scored *s);
/* Runs again, as after changes to s->o or s->d. */
void rescore(struct scored *s);
/* The cell of an item as text, "(no item)" if there is none. */
Str shown(struct scored *s, const char *item, uint32_t row);
Str show_cell(struct scored *s, Type type, Cell c);
int32_t item_of(const struct scored *s, const char *name);
/* Was this code reported? */
bool said(const struct scored *s, enum diag_code code);
bool same_results(const struct result *a, const struct result *b);

void check_formula(const char *file, int line, const char *kind, const char *formula,
                   const char *given, const char *want);
#define CHECK_NUM(formula, given, want) \
    check_formula(__FILE__, __LINE__, "## 指标 w\n- 式: ", formula, given, want)
#define CHECK_TRUTH(formula, given, want) \
    check_formula(__FILE__, __LINE__, "## 条件 w\n- 须: ", formula, given, want)
/* The body of a section named w, such as a decision table. */
#define CHECK_BODY(body, given, want) check_formula(__FILE__, __LINE__, "", body, given, want)

#endif
