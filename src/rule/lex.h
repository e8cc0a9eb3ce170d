/* lex.h - tokens of an expression or a table cell, folded from full-width forms, with their places.
 *
 * Numbers come with their unit: `5000万元`, `5%`, `30 人`. Names are whole runs of letters and
 * digits, or anything between 「」 or backticks.
 */
#ifndef GECI_RULE_LEX_H
#define GECI_RULE_LEX_H

#include "base/day.h"
#include "base/decimal.h"
#include "field/unit.h"
#include "rule/read.h"
#include "rule/words.h"

struct arena;
struct diags;

enum token_kind { TOK_END, TOK_NUM, TOK_NAME, TOK_TEXT, TOK_DAY, TOK_PUNCT, TOK_BAD };

/* TOK_PUNCT codes beyond the character itself */
enum { PUNCT_LE = 'l', PUNCT_GE = 'g', PUNCT_NE = 'n' };

struct token {
    enum token_kind kind;
    Span span;
    char punct;     /* TOK_PUNCT: + - * / ^ ( ) [ ] , ; = < > ~ @ or a code above; 、 reads as ; */
    Str text;       /* TOK_NAME: folded; TOK_TEXT: without quotes */
    bool quoted;    /* TOK_NAME in 「」: never a keyword */
    enum word word; /* TOK_NAME: keyword of class SYNTAX, or W_NONE */
    Dec num;        /* TOK_NUM, as written */
    const struct unit *unit; /* TOK_NUM, or NULL */
    Day day;
};

struct lexer {
    struct arena *arena;
    struct diags *diags;
    Text source;
    size_t at;
    struct token tok; /* the current token */
    bool failed;      /* a TOK_BAD was reported */
};

void lex_open(struct lexer *lx, struct arena *keep, Text source, struct diags *ds);
void lex_next(struct lexer *lx);
bool lex_is(const struct lexer *lx, char punct);
bool lex_word(const struct lexer *lx, enum word w);

/* A name as rule text spells it: trimmed, full-width letters and digits folded; borrowed if nothing
 * changes. */
Str name_fold(struct arena *keep, Str raw);

#endif
