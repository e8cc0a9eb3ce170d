/* read.c - lines to sections, attributes, tables and clauses: one pass, no recursion.
 *
 * Cost: O(bytes), twice (characters, then lines). Memory is bounded by the limits in read.h; the
 * dearest text is a table whose short rows are padded to a wide header, hence DOC_CELLS_MAX.
 * After a mistake the reader goes on with the likeliest meaning, so that one run shows every
 * mistake: a row of the wrong width is padded or cut, a heading that skips a level is kept, a
 * second title gets a section of its own that nothing reads.
 */
#include "rule/read.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/str.h"
#include "base/utf8.h"
#include "rule/line.h"

enum {
    DOC_BYTES_MAX = 4 << 20,
    SECTION_MAX = 20000,
    TABLE_CELLS_MAX = 50000,
    DOC_CELLS_MAX = 1000000,
};

struct reader {
    struct arena *keep;
    struct diags *ds;
    struct doc *doc;
    bool failed;                /* an error was reported */
    bool has_title, told_title; /* met; reported missing */
    uint32_t at;                /* section that takes what comes */
    uint32_t last[7];           /* last section of each level since the one above it, 0 = none */
    uint32_t *tail;             /* of each section: its last child, 0 = none */
    uint32_t tail_cap;
    enum line_kind before;  /* the line before, LINE_BLANK at the start */
    struct md_table *table; /* being read, or NULL; its rule was seen if has_rule */
    bool has_rule, skip_table;
    uint32_t table_row_cap;
    uint32_t table_cell_n, doc_cell_n;
    struct buf clause; /* of the section `at` */
    uint32_t clause_n;
};

static Span span_at(uint32_t beg, size_t n)
{
    return (Span){beg, beg + (uint32_t)n};
}

static Text text_of(const struct reader *r, Str s)
{
    return (Text){s, span_at((uint32_t)(s.p - r->doc->text.p), s.n)};
}

static void report(struct reader *r, enum diag_code code, Span span, Str a0, Str a1, Str a2)
{
    if (diag_add(r->ds, code, span, a0, a1, a2) != OK)
        r->failed = true;
}

static Str number(const struct reader *r, size_t n)
{
    return arena_fmt(r->keep, "%zu", n);
}

/* Room for one more in an array that counts in uint32_t. */
static void *room(struct arena *a, void *v, uint32_t n, uint32_t *cap, size_t size)
{
    if (n < *cap)
        return v;
    size_t wide = *cap;
    v = arena_grow(a, v, n, &wide, size, _Alignof(max_align_t));
    *cap = (uint32_t)wide;
    return v;
}

/* --- characters --- */

/* Characters that nobody sees, but that make two names differ or turn the reading direction. */
static bool is_invisible(Rune c)
{
    return (c < 0x20 && c != '\t') || (c >= 0x7F && c < 0xA0) || c == 0xAD ||
           (c >= 0x200B && c <= 0x200F) || (c >= 0x2028 && c <= 0x202E) ||
           (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF || (c >= 0xE0000 && c <= 0xE0FFF);
}

static bool is_line_end(Str text, size_t at)
{
    return text.p[at] == '\n' || (text.p[at] == '\r' && at + 1 < text.n && text.p[at + 1] == '\n');
}

/* Encoding and invisible characters, these once a line. False: not UTF-8, do not go on. */
static bool check_characters(struct reader *r, size_t at)
{
    Str text = r->doc->text;
    size_t bad = utf8_bad_at(text);
    if (bad < text.n) {
        report(r, DIAG_DOC_ENC, span_at((uint32_t)bad, 1), number(r, bad + 1), NO_ARG, NO_ARG);
        return false;
    }
    bool told = false;
    for (size_t len; at < text.n; at += len) {
        unsigned char c = (unsigned char)text.p[at];
        len = 1;
        if (c >= 0x20 && c < 0x7F)
            continue;
        if (is_line_end(text, at)) {
            told = told && text.p[at] != '\n';
            continue;
        }
        Rune rune = utf8_at(text, at, &len);
        if (told || !is_invisible(rune))
            continue;
        report(r, DIAG_DOC_CHAR, span_at((uint32_t)at, len),
               arena_fmt(r->keep, "%04X", (unsigned)rune), NO_ARG, NO_ARG);
        told = true;
    }
    return true;
}

/* --- sections --- */

static struct section *here(const struct reader *r)
{
    return &r->doc->section[r->at];
}

/* Puts the lines of the section's clauses together, at its end. */
static void end_clause(struct reader *r)
{
    if (r->clause_n > 1)
        here(r)->clause.s = buf_str(&r->clause);
    r->clause_n = 0;
}

static uint32_t add_section(struct reader *r, uint8_t level, int32_t parent)
{
    struct doc *doc = r->doc;
    uint32_t i = doc->section_n;
    doc->section = room(r->keep, doc->section, i, &doc->section_cap, sizeof *doc->section);
    r->tail = room(r->keep, r->tail, i, &r->tail_cap, sizeof *r->tail);
    doc->section_n++;
    doc->section[i] = (struct section){.level = level, .parent = parent};
    r->tail[i] = 0;
    if (parent >= 0) {
        uint32_t before = r->tail[parent];
        *(before != 0 ? &doc->section[before].next : &doc->section[parent].first_child) = i;
        r->tail[parent] = i;
    }
    return i;
}

/* A heading of level 1: the title, or one too many. */
static void read_title(struct reader *r, const struct line *l, Text title)
{
    memset(r->last, 0, sizeof r->last);
    r->at = 0;
    if (r->has_title) {
        report(r, DIAG_DOC_TITLE_AGAIN, title.span, title.s, NO_ARG, NO_ARG);
        r->at = add_section(r, 1, -1);
    }
    here(r)->title = title;
    here(r)->line = span_at(l->beg, l->s.n);
    r->has_title = true;
}

/* The section that a heading of this level stands under; reports a skipped level. */
static uint32_t parent_of(struct reader *r, const struct line *l, Text title)
{
    int above = l->level - 1;
    while (above > 1 && r->last[above] == 0)
        above--;
    uint32_t parent = above > 1 ? r->last[above] : 0;
    if (above < l->level - 1 && !r->doc->section[parent].notes)
        report(r, DIAG_HEADING_LEVEL, title.span, title.s, number(r, (size_t)above),
               number(r, (size_t)l->level));
    return parent;
}

static void need_title(struct reader *r, Span where)
{
    if (!r->has_title && !r->told_title)
        report(r, DIAG_DOC_TITLE, where, NO_ARG, NO_ARG, NO_ARG);
    r->told_title = true;
}

static void read_heading(struct reader *r, const struct lines *it, const struct line *l)
{
    end_clause(r);
    Text title = text_of(r, l->body);
    if (title.s.n == 0) {
        report(r, DIAG_HEADING_EMPTY, span_at(l->beg, l->s.n), NO_ARG, NO_ARG, NO_ARG);
        title.span = span_at(l->beg, l->s.n);
    }
    if (l->level == 1) {
        read_title(r, l, title);
        return;
    }
    need_title(r, title.span);
    uint32_t parent = parent_of(r, l, title);
    r->at = add_section(r, (uint8_t)l->level, (int32_t)parent);
    here(r)->title = title;
    here(r)->line = span_at(l->beg, l->s.n);
    here(r)->notes = it->notes != 0;
    r->last[l->level] = r->at;
    for (int deeper = l->level + 1; deeper <= 6; deeper++)
        r->last[deeper] = 0;
}

/* --- attributes and clauses --- */

static void read_attribute(struct reader *r, const struct line *l)
{
    Str key, value;
    Span line = span_at(l->beg, l->s.n);
    if (!line_attribute(l->body, &key, &value)) {
        report(r, DIAG_ATTR_SHAPE, line, NO_ARG, NO_ARG, NO_ARG);
        return;
    }
    struct section *s = here(r);
    s->attr = room(r->keep, s->attr, s->attr_n, &s->attr_cap, sizeof *s->attr);
    s->attr[s->attr_n++] =
        (struct attribute){.key = text_of(r, key), .value = text_of(r, value), .line = line};
}

static void read_clause(struct reader *r, const struct line *l)
{
    struct section *s = here(r);
    Text text = text_of(r, l->body);
    bool first = s->clause.span.end == 0;
    if (first)
        s->clause = text;
    s->clause.span.end = text.span.end;
    if (r->clause_n == 0) {
        buf_init(&r->clause, r->keep, BUF_MAX);
        buf_add(&r->clause, s->clause.s); /* older lines: of the head, before its title came */
        r->clause_n = first ? 0 : 1;
    }
    if (!first) {
        buf_char(&r->clause, '\n');
        buf_add(&r->clause, text.s);
    }
    r->clause_n++;
}

/* --- tables --- */

static uint32_t count_cells(Str line)
{
    uint32_t n = 0;
    Str rest = line_row(line), cell;
    while (line_cell(&rest, &cell))
        n++;
    return n;
}

/* False: the table or the document has too many cells; what is left of the table is skipped. */
static bool take_cells(struct reader *r, uint32_t n, Span line)
{
    if (r->table_cell_n + n <= TABLE_CELLS_MAX && r->doc_cell_n + n <= DOC_CELLS_MAX) {
        r->table_cell_n += n;
        r->doc_cell_n += n;
        return true;
    }
    report(r, DIAG_TABLE_CELLS, line, number(r, r->table_cell_n), NO_ARG, NO_ARG);
    r->skip_table = true;
    return false;
}

/* The cells of a row, padded or cut to `n`. */
static struct md_row split_row(const struct reader *r, const struct line *l, uint32_t n)
{
    struct md_row row = {ARENA_ARRAY(r->keep, Text, n), span_at(l->beg, l->s.n)};
    Str rest = line_row(l->s), cell;
    for (uint32_t i = 0; i < n; i++) {
        bool given = line_cell(&rest, &cell);
        Span end = span_at(row.line.end, 0);
        row.cell[i] = given ? text_of(r, cell) : (Text){line_part(l->s, l->s.n, l->s.n), end};
    }
    return row;
}

static void start_table(struct reader *r, const struct line *l)
{
    struct section *s = here(r);
    Span line = span_at(l->beg, l->s.n);
    uint32_t n = count_cells(l->s);
    if (r->before == LINE_ATTR || r->before == LINE_CLAUSE)
        report(r, DIAG_TABLE_BLANK, line, NO_ARG, NO_ARG, NO_ARG);
    r->has_rule = false;
    r->skip_table = false;
    r->table_cell_n = 0;
    r->table_row_cap = 0;
    s->table = room(r->keep, s->table, s->table_n, &s->table_cap, sizeof *s->table);
    r->table = &s->table[s->table_n++];
    *r->table = (struct md_table){.span = line};
    if (!take_cells(r, n, line)) {
        s->table_n--; /* nothing of it was read; its place takes the lines to skip */
        return;
    }
    r->table->head = split_row(r, l, n);
    r->table->column_n = n;
}

static void add_row(struct reader *r, const struct line *l)
{
    struct md_table *t = r->table;
    Span line = span_at(l->beg, l->s.n);
    uint32_t n = count_cells(l->s);
    if (line_is_rule(l->s, 3)) {
        report(r, DIAG_TABLE_JOIN, line, NO_ARG, NO_ARG, NO_ARG);
        return;
    }
    if (!take_cells(r, t->column_n, line))
        return;
    if (n != t->column_n)
        report(r, DIAG_TABLE_SHAPE, line, number(r, n), number(r, t->column_n), NO_ARG);
    t->row = room(r->keep, t->row, t->row_n, &r->table_row_cap, sizeof *t->row);
    t->row[t->row_n++] = split_row(r, l, t->column_n);
}

/* A rule to show in a fix: |---|---| for the first few columns. */
static Str rule_line(const struct reader *r, uint32_t n)
{
    struct buf b;
    buf_init(&b, r->keep, 128);
    buf_char(&b, '|');
    for (uint32_t i = 0; i < n && i < 8; i++)
        buf_add(&b, S("---|"));
    buf_add(&b, n > 8 ? S("…") : S(""));
    return buf_str(&b);
}

static void missing_rule(struct reader *r)
{
    const struct md_table *t = r->table;
    if (!r->skip_table)
        report(r, DIAG_TABLE_RULE, t->head.line, rule_line(r, t->column_n), NO_ARG, NO_ARG);
}

static void read_table_line(struct reader *r, const struct line *l)
{
    if (r->table == NULL) {
        start_table(r, l);
        return;
    }
    r->table->span.end = l->beg + (uint32_t)l->s.n;
    if (r->skip_table)
        return;
    if (r->has_rule) {
        add_row(r, l);
        return;
    }
    r->has_rule = true;
    if (!line_is_rule(l->s, 1)) {
        missing_rule(r);
        add_row(r, l);
    } else if (count_cells(l->s) != r->table->column_n) {
        report(r, DIAG_TABLE_SHAPE, span_at(l->beg, l->s.n), number(r, count_cells(l->s)),
               number(r, r->table->column_n), NO_ARG);
    }
}

static void end_table(struct reader *r)
{
    if (r->table != NULL && !r->has_rule)
        missing_rule(r);
    r->table = NULL;
}

/* --- lines that are nothing --- */

static const struct {
    const char *wrong, *right;
} mark_twin[] = {
    {"＃", "#"}, {"－", "-"},  {"—", "-"},   {"–", "-"},  {"−", "-"},  {"•", "-"},  {"·", "-"},
    {"●", "-"},  {"* ", "- "}, {"+ ", "- "}, {"＞", ">"}, {"》", ">"}, {"｜", "|"}, {"│", "|"},
};

static void read_stray(struct reader *r, const struct line *l)
{
    Span line = span_at(l->beg, l->s.n);
    char c = l->s.p[0];
    size_t hash_n = 0;
    while (hash_n < l->s.n && l->s.p[hash_n] == '#')
        hash_n++;
    for (size_t i = 0; i < ARRAY_N(mark_twin); i++) {
        Str wrong = str_of(mark_twin[i].wrong);
        if (str_starts(l->s, wrong)) {
            report(r, DIAG_LINE_MARK, span_at(l->beg, wrong.n), line_trim(wrong),
                   line_trim(str_of(mark_twin[i].right)), NO_ARG);
            return;
        }
    }
    if (hash_n > 6)
        report(r, DIAG_HEADING_DEEP, line, number(r, hash_n), NO_ARG, NO_ARG);
    else if (hash_n > 0)
        report(r, DIAG_HEADING_SPACE, line, NO_ARG, NO_ARG, NO_ARG);
    else if (c == ' ' || c == '\t' || str_starts(l->s, S("　")))
        report(r, DIAG_LINE_INDENT, line, NO_ARG, NO_ARG, NO_ARG);
    else if (c == '-')
        report(r, DIAG_ATTR_SHAPE, line, NO_ARG, NO_ARG, NO_ARG);
    else if (r->before != LINE_STRAY) /* a paragraph is told once */
        report(r, DIAG_LINE_STRAY, line, NO_ARG, NO_ARG, NO_ARG);
}

/* --- the whole --- */

static void read_line(struct reader *r, const struct lines *it, const struct line *l)
{
    if (l->kind != LINE_TABLE)
        end_table(r);
    if (l->kind != LINE_BLANK && l->kind != LINE_HEADING)
        need_title(r, span_at(l->beg, l->s.n));
    switch (l->kind) {
    case LINE_BLANK: break;
    case LINE_HEADING: read_heading(r, it, l); break;
    case LINE_ATTR: read_attribute(r, l); break;
    case LINE_CLAUSE: read_clause(r, l); break;
    case LINE_TABLE: read_table_line(r, l); break;
    case LINE_STRAY: read_stray(r, l); break;
    case LINE_NOTE:
        if (l->bad_note)
            report(r, DIAG_NOTES_MARKUP, span_at(l->beg, l->s.n), NO_ARG, NO_ARG, NO_ARG);
        break;
    }
    r->before = l->kind;
}

static void read_lines(struct reader *r, struct lines *it)
{
    for (struct line l; lines_next(it, &l);) {
        if (l.kind == LINE_HEADING && r->doc->section_n == SECTION_MAX) {
            report(r, DIAG_SECTION_MANY, span_at(l.beg, l.s.n), number(r, SECTION_MAX), NO_ARG,
                   NO_ARG);
            break;
        }
        read_line(r, it, &l);
    }
    end_table(r);
    end_clause(r);
    need_title(r, span_at(0, 0));
    if (it->fence == 0)
        return;
    Str mark = arena_fmt(r->keep, "%.*s", (int)it->fence_n, r->doc->text.p + it->fence_at);
    report(r, DIAG_NOTES_FENCE, span_at(it->fence_at, it->fence_n), mark, NO_ARG, NO_ARG);
}

enum status rule_read(struct arena *keep, struct doc **out, Str text, struct diags *ds)
{
    struct reader r = {.keep = keep, .ds = ds, .before = LINE_BLANK};
    struct lines it;
    r.doc = ARENA_NEW(keep, struct doc);
    *out = r.doc;
    r.doc->text = text.n <= DOC_BYTES_MAX ? text : line_part(text, 0, 0);
    (void)add_section(&r, 1, -1); /* the head, titled when its heading is met */
    if (text.n > DOC_BYTES_MAX)
        return diag_add(ds, DIAG_DOC_SIZE, span_at(0, 0), number(&r, text.n), NO_ARG, NO_ARG);
    lines_open(&it, text);
    if (check_characters(&r, it.at))
        read_lines(&r, &it);
    return r.failed ? ERR_INPUT : OK;
}

Str cell_text(struct arena *keep, Str raw)
{
    if (str_find(raw, S("\\|")) == raw.n)
        return raw;
    struct buf b;
    buf_init(&b, keep, raw.n);
    for (size_t i = 0; i < raw.n; i++)
        if (raw.p[i] != '\\' || i + 1 == raw.n || raw.p[i + 1] != '|')
            buf_char(&b, raw.p[i]);
    return buf_str(&b);
}
