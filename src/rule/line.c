/* line.c - kinds of line. The rules are those of GitHub-flavoured Markdown cut down to what
 * starts in the first column, so that every program that shows Markdown sees the document as we
 * read it (test/prop/read_cmark_test.c). In notes anything goes, as long as it cannot hide a
 * heading from us or show one that we do not read: fences are followed, HTML and underlined
 * headings refused.
 */
#include "rule/line.h"

#include <string.h>

#include "base/str.h"
#include "base/utf8.h"

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

Str line_part(Str s, size_t beg, size_t end)
{
    ASSERT(beg <= end && end <= s.n);
    return (Str){s.p + beg, end - beg};
}

Str line_trim(Str s)
{
    Str t = str_trim(s);
    return t.n > 0 ? t : line_part(s, s.n, s.n);
}

/* Number of `c` that `s` starts with. */
static size_t run_of(Str s, char c)
{
    size_t n = 0;
    while (n < s.n && s.p[n] == c)
        n++;
    return n;
}

/* `s` behind up to three leading spaces: still the start of a block in Markdown. */
static Str outdent(Str s)
{
    size_t n = run_of(s, ' ');
    return line_part(s, n < 4 ? n : 0, s.n);
}

void lines_open(struct lines *it, Str text)
{
    *it = (struct lines){.text = text};
    if (str_starts(text, S("\xEF\xBB\xBF")))
        it->at = 3;
}

/* Drops a closing run of # that stands alone: "## name ##". */
static Str title_of(Str s)
{
    s = line_trim(s);
    size_t end = s.n;
    while (end > 0 && s.p[end - 1] == '#')
        end--;
    if (end == 0 || (end < s.n && is_blank(s.p[end - 1])))
        return line_trim(line_part(s, 0, end));
    return s;
}

static bool is_notes(Str title)
{
    size_t end = 0;
    while (end < title.n && !is_blank(title.p[end]) &&
           !str_starts(line_part(title, end, title.n), S("\xE3\x80\x80")))
        end++;
    Str kind = line_part(title, 0, end);
    return str_eq(kind, S("说明")) || str_eq(kind, S("Notes")) || str_eq(kind, S("notes"));
}

/* A heading of one to six # and a blank, in the first column. */
static bool read_heading(struct line *l)
{
    size_t n = run_of(l->s, '#');
    if (n < 1 || n > 6 || (n < l->s.n && !is_blank(l->s.p[n])))
        return false;
    l->kind = LINE_HEADING;
    l->level = (int)n;
    l->body = title_of(line_part(l->s, n, l->s.n));
    return true;
}

/* ASCII blanks only: what other programs call blank. */
static bool is_empty(Str s)
{
    size_t n = 0;
    while (n < s.n && is_blank(s.p[n]))
        n++;
    return n == s.n;
}

/* Opens or closes a fence; true while the line belongs to a fenced block. Only a fence in the first
 * column opens one: an indented one may belong to a list and end with it. */
static bool follow_fence(struct lines *it, const struct line *l)
{
    Str s = it->fence != 0 ? outdent(l->s) : l->s;
    char mark = s.n > 0 && (s.p[0] == '`' || s.p[0] == '~') ? s.p[0] : 0;
    size_t n = mark != 0 ? run_of(s, mark) : 0;
    Str info = line_part(s, n, s.n);
    if (it->fence != 0) {
        if (mark == it->fence && n >= it->fence_n && is_empty(info))
            it->fence = 0;
        return true;
    }
    if (n < 3 || (mark == '`' && memchr(info.p, '`', info.n) != NULL))
        return false;
    it->fence = mark;
    it->fence_n = n;
    it->fence_at = l->beg;
    return true;
}

/* Would Markdown see a heading, HTML or the start of code in a free line that we take for prose? */
static bool is_bad_note(Str line, bool after_text)
{
    Str s = line_trim(line);
    if (line.n > 0 && is_blank(line.p[0]) && (str_starts(s, S("```")) || str_starts(s, S("~~~"))))
        return true;
    s = outdent(line);
    if (s.n == 0)
        return false;
    size_t n = run_of(s, '#');
    if (n >= 1 && n <= 6 && (n == s.n || is_blank(s.p[n])))
        return true;
    if (s.p[0] == '<' && s.n > 1) {
        char c = s.p[1];
        return c == '/' || c == '!' || c == '?' || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    }
    n = s.p[0] == '=' || s.p[0] == '-' ? run_of(s, s.p[0]) : 0;
    return after_text && n > 0 && is_empty(line_part(s, n, s.n));
}

static void classify(struct lines *it, struct line *l)
{
    bool in_fence = it->notes != 0 && follow_fence(it, l);
    if (!in_fence && read_heading(l)) {
        if (it->notes == 0 || l->level <= it->notes)
            it->notes = l->level == 2 && is_notes(l->body) ? l->level : 0;
        it->after_text = false;
        return;
    }
    l->body = line_trim(l->s);
    if (it->notes != 0) {
        l->kind = LINE_NOTE;
        l->code = in_fence;
        l->bad_note = !in_fence && is_bad_note(l->s, it->after_text);
        it->after_text = !in_fence && !is_empty(l->s);
        return;
    }
    l->kind = LINE_STRAY;
    if (is_empty(l->s)) {
        l->kind = LINE_BLANK;
    } else if (l->s.p[0] == '-' && l->s.n > 1 && is_blank(l->s.p[1])) {
        l->kind = LINE_ATTR;
        l->body = line_trim(line_part(l->s, 1, l->s.n));
    } else if (l->s.p[0] == '>') {
        l->kind = LINE_CLAUSE;
        l->body = line_trim(line_part(l->s, 1, l->s.n));
    } else if (l->s.p[0] == '|' && !is_empty(line_part(l->s, 1, l->s.n))) {
        l->kind = LINE_TABLE;
    }
}

bool lines_next(struct lines *it, struct line *out)
{
    if (it->at >= it->text.n)
        return false;
    const char *p = it->text.p + it->at;
    size_t left = it->text.n - it->at;
    const char *nl = memchr(p, '\n', left);
    size_t n = nl != NULL ? (size_t)(nl - p) : left;
    *out = (struct line){.s = {p, n}, .beg = (uint32_t)it->at};
    it->at += n + (nl != NULL);
    if (n > 0 && p[n - 1] == '\r')
        out->s.n--;
    classify(it, out);
    return true;
}

bool line_attribute(Str body, Str *key, Str *value)
{
    const Str half = S(":"), wide = S("：");
    size_t half_at = str_find(body, half), wide_at = str_find(body, wide), len;
    bool is_half = half_at <= wide_at;
    size_t at = is_half ? half_at : wide_at;
    *key = line_trim(line_part(body, 0, at));
    if (at == body.n || key->n == 0 || !rune_is_letter(utf8_at(*key, 0, &len)))
        return false;
    *value = line_trim(line_part(body, at + (is_half ? half.n : wide.n), body.n));
    return true;
}

Str line_row(Str line)
{
    size_t n = line.n;
    while (is_blank(line.p[n - 1]))
        n--;
    ASSERT(n > 1); /* a bar and more: LINE_TABLE */
    bool closed = line.p[n - 1] == '|' && line.p[n - 2] != '\\';
    return line_part(line, 1, closed ? n - 1 : n);
}

/* The row behind its first bar and before its last. An empty rest that still has a cell to give is
 * told from a finished one by its pointer: a finished one is NULL. */
bool line_cell(Str *rest, Str *cell)
{
    if (rest->p == NULL)
        return false;
    size_t i = 0;
    while (i < rest->n && (rest->p[i] != '|' || (i > 0 && rest->p[i - 1] == '\\')))
        i++;
    *cell = line_trim(line_part(*rest, 0, i));
    *rest = i < rest->n ? line_part(*rest, i + 1, rest->n) : (Str){NULL, 0};
    return true;
}

static bool is_rule_cell(Str cell, size_t dash_n)
{
    size_t beg = cell.n > 0 && cell.p[0] == ':';
    size_t n = run_of(line_part(cell, beg, cell.n), '-');
    size_t end = beg + n;
    return n >= dash_n && (end == cell.n || (end + 1 == cell.n && cell.p[end] == ':'));
}

bool line_is_rule(Str line, size_t dash_n)
{
    Str rest = line_row(line), cell;
    while (line_cell(&rest, &cell))
        if (!is_rule_cell(cell, dash_n))
            return false;
    return true;
}
