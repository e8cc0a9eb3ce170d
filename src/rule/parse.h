/* parse.h - expressions, decision-table cells and values, from text to unresolved trees.
 *
 * Recursive descent with a depth limit of 60; one diagnostic per text, at the first place that does
 * not fit. On failure returns NULL. Names are left as EXPR_NAME; rule/resolve.c gives them meaning.
 */
#ifndef GECI_RULE_PARSE_H
#define GECI_RULE_PARSE_H

#include "base/diag.h"
#include "rule/expr.h"
#include "rule/lex.h"

enum { PARSE_DEPTH_MAX = 60 };

struct parser {
    struct lexer lx;
    struct arena *arena;
    struct diags *diags;
    int depth;
    bool failed;
};

void parse_open(struct parser *p, struct arena *keep, Text source, struct diags *ds);
/* The whole text as one expression. */
struct expr *parse_expr(struct arena *keep, Text source, struct diags *ds);
/* One expression at the current token, which moves behind it. */
struct expr *parse_one(struct parser *p);
/* Reports, unless something of this text was reported before; returns NULL. */
struct expr *parse_report(struct parser *p, enum diag_code code, Span at, Str a0, Str a1, Str a2);
/* Reports what was expected at the current token, once; returns NULL. */
struct expr *parse_fail(struct parser *p, const char *wanted);
bool parse_take(struct parser *p, char punct);
bool parse_take_word(struct parser *p, enum word w);
/* Options of a call behind its arguments (同 .., 法 .., 近N年 ..); in parse_call.c. */
struct expr *parse_call(struct parser *p, Str name, Span at);
/* 近3年, 近4季, last 3 [years|quarters]: false if the token is something else. */
bool parse_span(struct parser *p, uint32_t *n, enum period_unit *unit);
/* Does a number of periods stand as such: no unit, or years? */
bool parse_is_years(const struct unit *u);
/* 同 names: the peer groups, up to the next comma, bracket or end. */
bool parse_within(struct parser *p, struct pop *pop);

/* What one cell of a decision table tests. Text inputs take bare labels, others expressions. */
bool parse_cell(struct arena *keep, struct cell_test *out, Text cell, bool text_input,
                struct diags *ds);
/* `[a, b)` at the current token, which is its bracket; both ends optional. */
bool parse_interval(struct parser *p, struct test *out);

#endif
