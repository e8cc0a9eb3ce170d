/* line.h - one line of a rule document at a time, and what kind it is.
 *
 *     # name         LINE_HEADING          > text     LINE_CLAUSE
 *     - key: value   LINE_ATTR             | a | b |  LINE_TABLE
 *
 * Shared by rule/read.c and check/format.c, so that both see the same document. Remembers only
 * whether it stands in notes (a section 说明 or Notes, whose lines are free) and in which fence
 * there. Never fails: what is none of the kinds is LINE_STRAY. Linear; allocates nothing.
 */
#ifndef GECI_RULE_LINE_H
#define GECI_RULE_LINE_H

#include "base/base.h"

enum line_kind {
    LINE_BLANK,
    LINE_HEADING,
    LINE_ATTR,
    LINE_CLAUSE,
    LINE_TABLE,
    LINE_NOTE,
    LINE_STRAY
};

struct line {
    enum line_kind kind;
    Str s;         /* without the line end */
    uint32_t beg;  /* of the line in the document */
    int level;     /* headings: 1..6 */
    Str body;      /* headings: the title; attributes and clauses: behind the mark; trimmed */
    bool bad_note; /* notes: another program would see a heading or HTML here */
    bool code;     /* notes: in a fenced block, fences included */
};

struct lines {
    Str text;
    size_t at;
    int notes;         /* level of the notes heading we are under, or 0 */
    char fence;        /* '`' or '~' inside a fenced block of the notes, else 0 */
    size_t fence_n;    /* how many of them opened it */
    uint32_t fence_at; /* where */
    bool after_text;   /* notes: the line before was not blank */
};

/* As str_sub and str_trim, but an empty result still points to where it stands. */
Str line_part(Str s, size_t beg, size_t end);
Str line_trim(Str s);

void lines_open(struct lines *it, Str text);         /* skips a byte order mark */
bool lines_next(struct lines *it, struct line *out); /* false: no more lines */

/* Cuts "key: value" (colon of either width), both trimmed. False: no colon, or a key that does not
 * start with a letter and so may be a mark of another kind of line. */
bool line_attribute(Str body, Str *key, Str *value);

/* Cuts a table row into cells, trimmed and with their `\|` as written. `*rest` starts as the row
 * (line_row) and shrinks; false: no more cells. A closing bar may be missing. */
Str line_row(Str line);
bool line_cell(Str *rest, Str *cell);
/* Is every cell `---`, `:--`, `--:` ..: the rule under a header, of at least `dash_n` dashes? */
bool line_is_rule(Str line, size_t dash_n);

#endif
