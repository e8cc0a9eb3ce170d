/* rule_help.h - loading documents in tests, and showing expressions as S-expressions. */
#ifndef GECI_TEST_RULE_HELP_H
#define GECI_TEST_RULE_HELP_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/str.h"
#include "rule/model.h"
#include "rule/parse.h"

struct loaded {
    struct arena *arena;
    struct diags ds;
    struct rules *r;
    enum status st;
};

/* A document: a head of status 示例, a fields table with x y (元, 年), n (人), p (%), t (文本),
 * c (选项 甲 乙), b (是否), d (日期), then `body`. */
struct loaded load_body(const char *body);
void unload(struct loaded *l);
/* Was this code reported? */
bool load_said(const struct loaded *l, enum diag_code code);
/* Every code reported, in order, joined by blanks. */
Str said_all(const struct loaded *l);
/* "(+ x (* 2 y))", numbers in base units, names as written. */
Str show_expr(struct arena *a, const struct expr *e);
/* Parses `text` alone and shows it; "!CODE" when it fails. */
Str show_text(struct arena *a, const char *text);

#endif
