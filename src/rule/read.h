/* read.h - the strict line reader: a document's text as sections, attributes, tables and clauses.
 *
 *     # name            section, level 1        - key: value    attribute of the section above
 *     ## kind name      section, level 2        > text          clause (consecutive lines join)
 *     ### name          section, level 3..6     | a | b |       table: header, rule, rows
 *
 * Exactly the five kinds of line; anything else is LINE-STRAY, except inside a section of kind
 * 说明 (Notes). Knows no keywords but that one: what a key or a heading means is rule/build.c's.
 * Lines end in LF or CRLF; a BOM is skipped; ill-formed UTF-8 is DOC-ENC (nothing is read), an
 * invisible character DOC-CHAR. All texts are borrowed from the source, trimmed; spans point into
 * it. `\|` in a cell stays as written (cell_text unescapes). Linear time and memory: limits
 * DOC-SIZE (4 MB), SECTION-MANY (20,000 sections), TABLE-CELLS (50,000 cells a table, 1,000,000 a
 * document; the rest is not read), at most DIAGS_MAX diagnostics kept.
 */
#ifndef GECI_RULE_READ_H
#define GECI_RULE_READ_H

#include "base/base.h"

struct arena;
struct diags;
struct buf;

typedef struct Text { /* a piece of the source and where it stands */
    Str s;
    Span span;
} Text;

struct attribute {
    Text key, value;
    Span line;
    uint16_t word; /* enum word of the key; filled by the builder, W_NONE until then */
};

struct md_row {
    Text *cell; /* exactly the header's number of cells (else TABLE-SHAPE; padded or cut) */
    Span line;
};
struct md_table {
    struct md_row head;
    struct md_row *row;
    uint32_t column_n, row_n;
    Span span;
};

struct section {
    uint8_t level; /* 1..6 */
    Text title;    /* the heading without the #'s */
    Span line;
    int32_t parent;             /* index, -1 for level 1 */
    uint32_t first_child, next; /* indices, 0 = none (section 0 is the document head) */
    struct attribute *attr;
    uint32_t attr_n, attr_cap;
    struct md_table *table;
    uint32_t table_n, table_cap;
    Text clause; /* lines joined by '\n' without the "> "; span covers them all */
    bool notes;  /* under 说明 / Notes: lines are free */
};

struct doc {
    Str text;
    struct section *section; /* in order; [0] is the title's (made up if missing) */
    uint32_t section_n, section_cap;
};

/* OK or ERR_INPUT (diagnostics); *out is usable either way: after a mistake reading goes on with
 * the likeliest meaning. A second level-1 heading is a section of level 1 with parent -1, which no
 * section leads to; the headings below it belong to the first. Reports the codes of
 * base/diag_rule_read.h. */
NODISCARD enum status rule_read(struct arena *keep, struct doc **out, Str text, struct diags *ds);

/* A cell with `\|` unescaped (copied on keep only if needed). */
Str cell_text(struct arena *keep, Str raw);

#endif
