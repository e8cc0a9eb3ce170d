#include "base/diag.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/json.h"
#include "base/str.h"
#include "base/utf8.h"

/* Display columns of source shown in a rendering; longer lines are cut around the caret. */
enum { LINE_MAX_COLUMNS = 88, TAB_COLUMNS = 4 };

static const struct diag_info infos[DIAG_CODE_N] = {
#define DIAG(id, mnemonic, sev, zh, en, fix_zh, fix_en) \
    [DIAG_##id] = {(mnemonic), (sev), {(zh), (en)}, {(fix_zh), (fix_en)}},
#include "base/diag_list.h"
#undef DIAG
};

void diags_init(struct diags *ds, struct arena *a)
{
    *ds = (struct diags){.arena = a};
}

const struct diag_info *diag_info(enum diag_code code)
{
    ASSERT((unsigned)code < DIAG_CODE_N);
    return &infos[code];
}

enum status diag_add(struct diags *ds, enum diag_code code, Span span, Str a0, Str a1, Str a2)
{
    ASSERT(span.beg <= span.end);
    bool is_error = diag_info(code)->sev == SEV_ERROR;
    enum status verdict = is_error ? ERR_INPUT : OK;
    if (ds == NULL)
        return verdict;
    ds->error_n += is_error;
    if (ds->n == DIAGS_MAX) {
        ds->dropped++;
        return verdict;
    }
    struct diag d = {.code = code, .span = span};
    const Str arg[DIAG_ARG_N] = {a0, a1, a2};
    for (int i = 0; i < DIAG_ARG_N; i++)
        d.arg[i] = arg[i].p == NULL ? NO_ARG : arena_copy(ds->arena, arg[i]);
    VEC_PUSH(ds->arena, ds->at, ds->n, ds->cap) = d;
    return verdict;
}

void diag_note(struct diags *ds, Span where)
{
    if (ds == NULL || ds->n == 0 || ds->dropped > 0)
        return;
    ds->at[ds->n - 1].has_note = true;
    ds->at[ds->n - 1].note_span = where;
}

/* One placeholder, without its braces: `1` is argument 1; `1?; nearest: ` is that text and then the
 * argument, or nothing at all when the argument is empty. */
static void fill_one(struct buf *out, Str inside, const struct diag *d)
{
    ASSERT(inside.n > 0 && inside.p[0] >= '0' && inside.p[0] < '0' + DIAG_ARG_N);
    int i = inside.p[0] - '0';
    if (inside.n > 2 && d->arg[i].n > 0)
        buf_add(out, str_sub(inside, 2, inside.n));
    buf_add(out, d->arg[i]);
}

/* Copies `pattern`, replacing the placeholders {0} {1} {2} {1?text}; it has no other braces. */
static void fill_in(struct buf *out, const char *pattern, const struct diag *d)
{
    Str rest = str_of(pattern);
    for (;;) {
        bool more = str_find(rest, S("{")) < rest.n;
        buf_add(out, str_cut(&rest, '{'));
        if (!more)
            return;
        fill_one(out, str_cut(&rest, '}'), d);
    }
}

void diag_text(struct buf *out, const struct diag *d, enum lang lang)
{
    fill_in(out, diag_info(d->code)->text[lang], d);
}

void diag_fix(struct buf *out, const struct diag *d, enum lang lang)
{
    fill_in(out, diag_info(d->code)->fix[lang], d);
}

/* Offset of the start of the line that has byte `at`, and its number from 1. */
static size_t line_start(Str text, size_t at, size_t *line)
{
    size_t start = 0;
    *line = 1;
    for (;;) {
        const char *nl = start < at ? memchr(text.p + start, '\n', at - start) : NULL;
        if (nl == NULL)
            return start;
        start = (size_t)(nl - text.p) + 1;
        ++*line;
    }
}

static Str line_at(Str text, size_t start)
{
    Str rest = str_sub(text, start, text.n);
    Str line = str_cut(&rest, '\n');
    if (str_ends(line, S("\r")))
        line.n--;
    return line;
}

/* Columns of the character at byte `at`. A tab is drawn as blanks: carets then stand right in every
 * terminal. Other controls are drawn as one replacement character. */
static int shown_width(Rune r)
{
    if (r == '\t')
        return TAB_COLUMNS;
    return r < 0x20 || r == 0x7F ? 1 : rune_width(r);
}

static size_t shown_width_of(Str s)
{
    size_t columns = 0;
    for (size_t at = 0, len; at < s.n; at += len)
        columns += (size_t)shown_width(utf8_at(s, at, &len));
    return columns;
}

static void add_shown(struct buf *out, Str s)
{
    for (size_t at = 0, len; at < s.n; at += len) {
        Rune r = utf8_at(s, at, &len);
        if (r == '\t')
            buf_fill(out, ' ', TAB_COLUMNS);
        else if (r < 0x20 || r == 0x7F || (r == RUNE_BAD && len == 1))
            buf_add(out, S("\xEF\xBF\xBD")); /* U+FFFD */
        else
            buf_add(out, str_sub(s, at, at + len));
    }
}

void diag_line_col(Str text, size_t at, size_t *line, size_t *col)
{
    if (at > text.n)
        at = text.n;
    size_t start = line_start(text, at, line);
    *col = shown_width_of(str_sub(text, start, at)) + 1;
}

static void add_place(struct buf *out, Str file, Str text, size_t at)
{
    if (text.p == NULL) { /* it is about no place in a text */
        buf_add(out, file);
        return;
    }
    size_t line, col;
    buf_add(out, file);
    if (text.p == NULL)
        return;
    diag_line_col(text, at, &line, &col);
    buf_fmt(out, ":%zu:%zu", line, col);
}

/* The part of a line to be shown, [beg, end), around what is marked. */
struct window {
    size_t beg, end;
};

static size_t next_rune(Str s, size_t at)
{
    size_t len;
    (void)utf8_at(s, at, &len); /* only its length is wanted */
    return at + len;
}

static size_t previous_rune(Str s, size_t at)
{
    do
        at--;
    while (at > 0 && ((unsigned char)s.p[at] & 0xC0) == 0x80);
    return at;
}

/* Starts at the mark and takes in characters left and right in turn until the line is full. */
static struct window window_around(Str line, size_t from)
{
    struct window w = {from, from};
    size_t room = LINE_MAX_COLUMNS;
    while (w.beg > 0 || w.end < line.n) {
        size_t beg = w.beg > 0 ? previous_rune(line, w.beg) : 0;
        size_t end = w.end < line.n ? next_rune(line, w.end) : line.n;
        size_t need =
            shown_width_of(str_sub(line, beg, w.beg)) + shown_width_of(str_sub(line, w.end, end));
        if (need > room)
            break;
        room -= need;
        w = (struct window){beg, end};
    }
    return w;
}

static void add_source(struct buf *out, Str text, Span span)
{
    if (text.p == NULL)
        return;
    size_t at = span.beg < text.n ? span.beg : text.n, number;
    size_t start = line_start(text, at, &number);
    Str line = line_at(text, start);
    size_t from = at - start < line.n ? at - start : line.n;
    size_t to = span.end - start < line.n ? span.end - start : line.n;
    struct window w = window_around(line, from);
    bool cut_left = w.beg > 0, cut_right = w.end < line.n;
    buf_fmt(out, "%5zu | %s", number, cut_left ? "…" : "");
    add_shown(out, str_sub(line, w.beg, w.end));
    buf_add(out, cut_right ? S("…\n      | ") : S("\n      | "));
    buf_fill(out, ' ', cut_left + shown_width_of(str_sub(line, w.beg, from)));
    if (to > w.end)
        to = w.end;
    size_t columns = to > from ? shown_width_of(str_sub(line, from, to)) : 0;
    buf_char(out, '^');
    buf_fill(out, '~', columns > 1 ? columns - 1 : 0);
    buf_char(out, '\n');
}

void diag_render(struct buf *out, const struct diag *d, Str file, Str text, enum lang lang)
{
    static const char *const label[][2] = {[SEV_ERROR] = {"错误", "error"},
                                           [SEV_WARN] = {"警告", "warning"},
                                           [SEV_NOTE] = {"提示", "note"}};
    const struct diag_info *info = diag_info(d->code);
    bool whole = d->span.end == 0 && info->sev != SEV_ERROR;           /* about all of the file */
    bool beside = d->span.end == d->span.beg && info->sev == SEV_NOTE; /* to what was just said */
    if (whole)
        buf_add(out, file);
    else
        add_place(out, file, text, d->span.beg);
    buf_fmt(out, ": %s %s: ", label[info->sev][lang], info->mnemonic);
    diag_text(out, d, lang);
    buf_char(out, '\n');
    if (!whole && !beside && text.p != NULL)
        add_source(out, text, d->span);
    if (d->has_note) {
        buf_add(out, lang == LANG_ZH ? S("      = 另见: ") : S("      = see: "));
        add_place(out, file, text, d->note_span.beg);
        buf_char(out, '\n');
        add_source(out, text, d->note_span);
    }
    if (info->fix[lang][0] != '\0') {
        buf_add(out, lang == LANG_ZH ? S("      = 建议: ") : S("      = help: "));
        diag_fix(out, d, lang);
        buf_char(out, '\n');
    }
}

static void json_filled(struct json *j, const char *key, const char *pattern, const struct diag *d,
                        struct arena *scratch)
{
    struct buf b;
    buf_init(&b, scratch, BUF_MAX);
    fill_in(&b, pattern, d);
    json_kstr(j, key, buf_str(&b));
}

static void json_place(struct json *j, Str text, Span span)
{
    size_t line, col;
    diag_line_col(text, span.beg, &line, &col);
    json_kint(j, "line", (int64_t)line);
    json_kint(j, "col", (int64_t)col);
    json_kint(j, "beg", span.beg);
    json_kint(j, "end", span.end);
}

void diag_json(struct json *j, const struct diag *d, Str file, Str text, enum lang lang)
{
    static const char *const name[] = {"error", "warning", "note"};
    const struct diag_info *info = diag_info(d->code);
    struct arena *scratch = j->out->arena;
    json_obj(j);
    json_kstr(j, "code", str_of(info->mnemonic));
    json_kstr(j, "severity", str_of(name[info->sev]));
    json_kstr(j, "file", file);
    json_place(j, text, d->span);
    json_filled(j, "message", info->text[lang], d, scratch);
    if (info->fix[lang][0] != '\0')
        json_filled(j, "fix", info->fix[lang], d, scratch);
    if (d->has_note) {
        json_key(j, S("note"));
        json_obj(j);
        json_place(j, text, d->note_span);
        json_obj_end(j);
    }
    json_obj_end(j);
}

/* Insertion sort: stable, and a list has at most DIAGS_MAX, mostly in order already. */
void diags_sort(struct diags *ds)
{
    for (size_t i = 1; i < ds->n; i++) {
        struct diag d = ds->at[i];
        size_t j = i;
        for (; j > 0 && ds->at[j - 1].span.beg > d.span.beg; j--)
            ds->at[j] = ds->at[j - 1];
        ds->at[j] = d;
    }
}
