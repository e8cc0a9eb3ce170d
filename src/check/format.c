/* format.c - canonical layout of a rule document.
 *
 * Works line by line on what rule/line.h sees, which is what the reader sees, so that no text is
 * lost or moved: only blanks, blank lines, colons and bars around it change. A blank line between
 * two attributes, clauses or tables is kept, as it separates lists and quotations when shown.
 */
#include "check/format.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/str.h"
#include "rule/line.h"
#include "rule/read.h"

struct writer {
    struct buf *out;
    enum line_kind before; /* kind of the line last written, LINE_BLANK at the start */
    size_t blank_n;        /* blank lines met since */
    uint32_t table_line;   /* how many lines of the table were written */
};

/* Sets the blank line between what was written and a line of this kind. */
static void separate(struct writer *w, enum line_kind kind)
{
    bool glued = w->before == LINE_HEADING && kind == LINE_ATTR;
    bool same = w->before == kind && kind != LINE_HEADING && w->blank_n == 0;
    if (w->before != LINE_BLANK && !glued && !same)
        buf_char(w->out, '\n');
    if (!same)
        w->table_line = 0;
    w->before = kind;
    w->blank_n = 0;
}

/* A title that ends in a lone run of # needs a closing one, or the run would be taken for it. */
static void write_heading(struct writer *w, const struct line *l)
{
    Str title = l->body;
    size_t end = title.n;
    while (end > 0 && title.p[end - 1] == '#')
        end--;
    bool lone = end < title.n && (end == 0 || title.p[end - 1] == ' ' || title.p[end - 1] == '\t');
    buf_fill(w->out, '#', (size_t)l->level);
    buf_char(w->out, ' ');
    buf_add(w->out, title);
    buf_add(w->out, lone ? S(" #") : S(""));
}

static void write_attribute(struct writer *w, const struct line *l)
{
    Str key, value;
    if (NEVER(!line_attribute(l->body, &key, &value))) /* the reader refused it before */
        return;
    buf_add(w->out, S("- "));
    buf_add(w->out, key);
    buf_add(w->out, value.n > 0 ? S(": ") : S(":"));
    buf_add(w->out, value);
}

/* Blanks behind the first are the quoted text's own: it may hold a list. */
static void write_clause(struct writer *w, const struct line *l)
{
    Str rest = line_part(l->s, 1, l->s.n);
    buf_char(w->out, '>');
    if (l->body.n == 0)
        return;
    if (rest.p[0] != ' ' && rest.p[0] != '\t')
        buf_char(w->out, ' ');
    size_t end = (size_t)(l->body.p - rest.p) + l->body.n;
    buf_add(w->out, line_part(rest, 0, end));
}

static void write_rule_cell(struct writer *w, Str cell)
{
    buf_add(w->out, str_starts(cell, S(":")) ? S(":---") : S("---"));
    buf_add(w->out, str_ends(cell, S(":")) ? S(":|") : S("|"));
}

static void write_row(struct writer *w, const struct line *l)
{
    bool is_rule = w->table_line++ == 1;
    Str rest = line_row(l->s), cell;
    buf_char(w->out, '|');
    while (line_cell(&rest, &cell)) {
        if (is_rule) {
            write_rule_cell(w, cell);
            continue;
        }
        buf_char(w->out, ' ');
        buf_add(w->out, cell);
        buf_add(w->out, cell.n > 0 ? S(" |") : S("|"));
    }
}

/* Notes keep their blank lines, but not those at the ends. */
static void write_note(struct writer *w, const struct line *l)
{
    size_t end = l->s.n;
    while (!l->code && end > 0 && (l->s.p[end - 1] == ' ' || l->s.p[end - 1] == '\t'))
        end--;
    if (end == 0 && !l->code) {
        w->blank_n++;
        return;
    }
    size_t blank_n = w->before == LINE_NOTE ? w->blank_n : 0;
    w->blank_n = 0;
    separate(w, LINE_NOTE);
    buf_fill(w->out, '\n', blank_n);
    buf_add(w->out, line_part(l->s, 0, end));
    buf_char(w->out, '\n');
}

static void write_line(struct writer *w, const struct line *l)
{
    if (l->kind == LINE_BLANK) {
        w->blank_n++;
        return;
    }
    if (l->kind == LINE_NOTE) {
        write_note(w, l);
        return;
    }
    separate(w, l->kind);
    if (l->kind == LINE_HEADING)
        write_heading(w, l);
    else if (l->kind == LINE_ATTR)
        write_attribute(w, l);
    else if (l->kind == LINE_CLAUSE)
        write_clause(w, l);
    else
        write_row(w, l);
    buf_char(w->out, '\n');
}

enum status format_document(struct arena *tmp, struct buf *out, Str text, struct diags *ds)
{
    struct doc *doc;
    struct lines it;
    struct writer w = {.out = out, .before = LINE_BLANK};
    TRY(rule_read(tmp, &doc, text, ds));
    lines_open(&it, doc->text);
    for (struct line l; lines_next(&it, &l);)
        write_line(&w, &l);
    return out->over ? ERR_LIMIT : OK;
}
