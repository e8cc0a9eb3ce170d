/* gcol_write.c - a CSV as a column file, in two passes.
 *
 * The first asks of each column what its cells have in common, the second keeps them. A column of
 * up to FEW different texts becomes words, of which a byte a row remains, even if they are numbers.
 * Else figures, if they can be printed back; else words where a text stands in two rows or more on
 * average, texts where not. The first column, the ids as a rule, is no figures: every load would
 * have to print them.
 */
#include "base/arena.h"
#include "base/csv.h"
#include "base/diag.h"
#include "base/str.h"
#include "col/dataset.h"
#include "load/gcol_int.h"
#include "load/load_int.h"

enum { FEW = UINT8_MAX + 1, DIGITS_MAX = 18, OFFSET_BYTES = 4 };

/* A number as written: [-]digits[.digits], nothing that printing it would change. */
struct figure {
    int64_t m;
    int whole, decimals; /* digits before and behind the point */
    bool ends_in_zero;   /* behind the point */
};

struct survey {
    bool figures, fixed, shortest; /* what is still possible */
    int whole, decimals;           /* of the longest */
    struct labels *few;            /* NULL: there are more */
    enum gcol_kind kind;
    /* the second pass */
    struct labels *words;
    uint32_t *code;
    int64_t *figure, most;
    uint64_t *present;
};

struct writing {
    struct arena *keep, *tmp;
    struct diags *ds;
    Str csv;
    uint32_t row_n;
    size_t column_n;
    Str *name;
    struct survey *column;
    struct gcol_section *section;
    size_t section_n, section_cap;
};

static bool read_figure(struct figure *f, Str s)
{
    const bool negative = s.n > 0 && s.p[0] == '-';
    size_t at = negative, point = s.n;
    *f = (struct figure){0};
    if (s.n - negative > DIGITS_MAX + 1)
        return false;
    for (; at < s.n; at++) {
        if (s.p[at] == '.' && point == s.n)
            point = at;
        else if (s.p[at] < '0' || s.p[at] > '9')
            return false;
        else
            f->m = f->m * 10 + (s.p[at] - '0');
    }
    f->whole = (int)(point - negative);
    f->decimals = point < s.n ? (int)(s.n - 1 - point) : 0;
    f->ends_in_zero = f->decimals > 0 && s.p[s.n - 1] == '0';
    const bool leading_zero = f->whole > 1 && s.p[negative] == '0';
    const bool bare_point = point < s.n && f->decimals == 0;
    if (f->whole == 0 || leading_zero || bare_point || (negative && f->m == 0))
        return false;
    f->m = negative ? -f->m : f->m;
    return f->whole + f->decimals <= DIGITS_MAX;
}

/* ---- the first pass ---- */

static void survey_cell(struct survey *c, Str s, bool first)
{
    struct figure f;
    if (c->few != NULL) {
        (void)labels_code(c->few, s);
        if (labels_n(c->few) > FEW)
            c->few = NULL;
    }
    if (!c->figures || s.n == 0)
        return;
    c->figures = read_figure(&f, s);
    if (!c->figures)
        return;
    c->fixed &= first || f.decimals == c->decimals;
    c->shortest &= !f.ends_in_zero;
    c->whole = f.whole > c->whole ? f.whole : c->whole;
    c->decimals = f.decimals > c->decimals ? f.decimals : c->decimals;
    c->figures = (c->fixed || c->shortest) && c->whole + c->decimals <= DIGITS_MAX;
}

static enum status read_header(struct writing *w, struct csv *c)
{
    csv_open(c, w->tmp, w->csv);
    TRY(csv_next(c, w->ds));
    if (c->cell_n == 0)
        return diag_add(w->ds, DIAG_DATA_EMPTY, (Span){0, 0}, NO_ARG, NO_ARG, NO_ARG);
    w->column_n = c->cell_n;
    w->name = ARENA_ARRAY(w->tmp, Str, c->cell_n);
    for (size_t i = 0; i < c->cell_n; i++)
        w->name[i] = c->cell[i].text;
    return OK;
}

static bool has_text(const struct writing *w, const struct csv *c)
{
    for (size_t i = 0; i < w->column_n; i++)
        if (c->cell[i].text.n > 0)
            return true;
    return false;
}

/* What loading would complain about; a row of blank cells behind the header's alone is none. */
static enum status check_shape(const struct writing *w, const struct csv *c)
{
    if (load_row_fits(c, w->column_n) && has_text(w, c))
        return OK;
    const Span all = {c->cell[0].span.beg, c->cell[c->cell_n - 1].span.end};
    return diag_add(w->ds, DIAG_DATA_SHAPE, all, arena_fmt(w->tmp, "%u", c->line),
                    arena_fmt(w->tmp, "%zu", c->cell_n), arena_fmt(w->tmp, "%zu", w->column_n));
}

static enum gcol_kind kind_of(const struct survey *c, bool first)
{
    return c->few != NULL ? GCOL_WORDS : c->figures && !first ? GCOL_FIGURES : GCOL_TEXTS;
}

static enum status survey_rows(struct writing *w)
{
    struct csv c;
    enum status st = OK;
    TRY(read_header(w, &c));
    w->column = ARENA_ARRAY(w->tmp, struct survey, w->column_n);
    bool *seen = ARENA_ARRAY(w->tmp, bool, w->column_n);
    for (size_t i = 0; i < w->column_n; i++) {
        struct survey *s = &w->column[i];
        *s = (struct survey){.figures = true, .fixed = true, .shortest = true};
        s->few = labels_open(w->tmp);
    }
    for (;;) {
        TRY(csv_next(&c, w->ds));
        if (c.cell_n == 0)
            break;
        enum status shape = check_shape(w, &c);
        st = shape != OK ? shape : st;
        if (shape != OK)
            continue;
        if (w->row_n++ == LOAD_ROWS_MAX) {
            (void)diag_add(w->ds, DIAG_DATA_ROWS, (Span){0, 0},
                           arena_fmt(w->tmp, "%d", LOAD_ROWS_MAX), NO_ARG, NO_ARG);
            return ERR_LIMIT;
        }
        for (size_t i = 0; i < w->column_n; i++) {
            survey_cell(&w->column[i], c.cell[i].text, !seen[i]);
            seen[i] |= c.cell[i].text.n > 0;
        }
    }
    return st;
}

/* ---- the second ---- */

static void open_column(const struct writing *w, struct survey *c, bool first)
{
    c->kind = kind_of(c, first);
    if (c->kind == GCOL_FIGURES) {
        c->figure = ARENA_ARRAY(w->tmp, int64_t, w->row_n);
        c->present = ARENA_ARRAY(w->tmp, uint64_t, vec_words(w->row_n));
    } else {
        c->words = labels_open(w->tmp);
        c->code = arena_raw(w->tmp, w->row_n, sizeof *c->code);
    }
}

static void keep_cell(struct survey *c, Str s, uint32_t row)
{
    struct figure f;
    if (c->kind != GCOL_FIGURES) {
        c->code[row] = labels_code(c->words, s);
        return;
    }
    if (s.n == 0)
        return;
    ASSERT(read_figure(&f, s));
    for (int i = f.decimals; i < c->decimals; i++)
        f.m *= 10;
    const int64_t size = f.m < 0 ? -f.m : f.m;
    c->most = size > c->most ? size : c->most;
    c->figure[row] = f.m;
    c->present[row / WORD_ROWS] |= (uint64_t)1 << row % WORD_ROWS;
}

static void keep_rows(struct writing *w)
{
    struct csv c;
    csv_open(&c, w->tmp, w->csv);
    ASSERT(csv_next(&c, NULL) == OK);
    for (size_t i = 0; i < w->column_n; i++)
        open_column(w, &w->column[i], i == 0);
    for (uint32_t row = 0; csv_next(&c, NULL) == OK && c.cell_n > 0; row++)
        for (size_t i = 0; i < w->column_n; i++)
            keep_cell(&w->column[i], c.cell[i].text, row);
}

/* ---- sections ---- */

static void put_int(char *p, uint64_t x, size_t n)
{
    for (size_t i = 0; i < n; i++)
        p[i] = (char)(x >> i * SWAR_BITS & 0xFF);
}

/* Room for its bytes. */
static char *add_section(struct writing *w, struct gcol_section s, size_t bytes)
{
    char *p = ARENA_ARRAY(w->keep, char, gcol_padded(bytes));
    s.bytes = (Str){p, bytes};
    VEC_PUSH(w->tmp, w->section, w->section_n, w->section_cap) = s;
    return p;
}

/* Text i of n is text[at[i]], or text[i] if `at` is NULL. */
struct list {
    const Str *text; /* or */
    const struct labels *labels;
    const uint32_t *at;
    uint32_t n;
};

static Str list_text(const struct list *l, uint32_t i)
{
    const uint32_t at = l->at == NULL ? i : l->at[i];
    return l->text == NULL ? labels_text(l->labels, at) : l->text[at];
}

static void add_texts(struct writing *w, enum gcol_kind kind, uint32_t column, const struct list *l)
{
    const size_t head = ((size_t)l->n + 1) * OFFSET_BYTES;
    size_t at = 0;
    for (uint32_t i = 0; i < l->n; i++)
        at += list_text(l, i).n;
    const struct gcol_section s = {.kind = kind, .column = column, .n = l->n};
    char *p = add_section(w, s, head + at);
    at = 0;
    for (uint32_t i = 0; i < l->n; i++) {
        const Str text = list_text(l, i);
        memcpy(p + head + at, text.p, text.n);
        at += text.n;
        put_int(p + ((size_t)i + 1) * OFFSET_BYTES, at, OFFSET_BYTES);
    }
}

static void add_codes(struct writing *w, const struct survey *c, uint32_t column)
{
    const uint32_t n = labels_n(c->words);
    const uint8_t width = n <= UINT8_MAX + 1 ? 1 : n <= UINT16_MAX + 1 ? 2 : 4;
    const struct gcol_section s = {
        .kind = GCOL_CODES, .column = column, .n = w->row_n, .width = width};
    char *p = add_section(w, s, (size_t)w->row_n * width);
    for (uint32_t row = 0; row < w->row_n; row++)
        put_int(p + (size_t)row * width, c->code[row], width);
}

static void add_figures(struct writing *w, const struct survey *c, uint32_t column)
{
    const uint8_t width = c->most <= INT8_MAX    ? 1
                          : c->most <= INT16_MAX ? 2
                          : c->most <= INT32_MAX ? 4
                                                 : 8;
    const struct gcol_section s = {.kind = GCOL_FIGURES,
                                   .column = column,
                                   .n = w->row_n,
                                   .width = width,
                                   .decimals = (uint8_t)c->decimals,
                                   .fixed = c->fixed};
    char *p = add_section(w, s, (size_t)w->row_n * width);
    for (uint32_t row = 0; row < w->row_n; row++)
        put_int(p + (size_t)row * width, (uint64_t)c->figure[row], width);
    const struct gcol_section present = {.kind = GCOL_PRESENT, .column = column, .n = w->row_n};
    p = add_section(w, present, vec_words(w->row_n) * SWAR_BYTES);
    for (size_t i = 0; i < vec_words(w->row_n); i++)
        put_int(p + i * SWAR_BYTES, c->present[i], SWAR_BYTES);
}

static void add_column(struct writing *w, const struct survey *c, uint32_t column)
{
    if (c->kind == GCOL_FIGURES) {
        add_figures(w, c, column);
        return;
    }
    const bool few = c->kind == GCOL_WORDS || labels_n(c->words) <= w->row_n / 2;
    const struct list words = {.labels = c->words, .n = labels_n(c->words)};
    const struct list rows = {.labels = c->words, .at = c->code, .n = w->row_n};
    add_texts(w, few ? GCOL_WORDS : GCOL_TEXTS, column, few ? &words : &rows);
    if (few)
        add_codes(w, c, column);
}

/* ---- the file ---- */

static void put_entry(char *p, const struct gcol_section *s, size_t at)
{
    const Sha256 hash = sha256_of(s->bytes);
    put_int(p, s->kind, 4);
    put_int(p + 4, s->column, 4);
    put_int(p + 8, at, 8);
    put_int(p + 16, s->bytes.n, 8);
    put_int(p + 24, s->n, 4);
    p[28] = (char)s->width;
    p[29] = (char)s->decimals;
    p[30] = (char)s->fixed;
    memcpy(p + GCOL_HASH_AT, hash.byte, sizeof hash.byte);
}

static Str make_head(const struct writing *w)
{
    const size_t n = (w->section_n + 1) * GCOL_ENTRY;
    char *p = ARENA_ARRAY(w->keep, char, n);
    size_t at = n;
    for (size_t i = 0; i < w->section_n; i++) {
        put_entry(p + (i + 1) * GCOL_ENTRY, &w->section[i], at);
        at += gcol_padded(w->section[i].bytes.n);
    }
    memcpy(p, GCOL_MAGIC.p, GCOL_MAGIC.n);
    put_int(p + 8, GCOL_VERSION, 4);
    put_int(p + 12, w->column_n, 4);
    put_int(p + 16, w->row_n, 4);
    put_int(p + 20, w->section_n, 4);
    put_int(p + 24, at, 8);
    struct sha256 h;
    sha256_init(&h);
    sha256_add(&h, (Str){p, GCOL_HASH_AT});
    sha256_add(&h, (Str){p + GCOL_ENTRY, n - GCOL_ENTRY});
    const Sha256 hash = sha256_end(&h);
    memcpy(p + GCOL_HASH_AT, hash.byte, sizeof hash.byte);
    return (Str){p, n};
}

static enum status write_all(struct writing *w, Str **part, size_t *n)
{
    TRY(survey_rows(w));
    keep_rows(w);
    const struct list names = {.text = w->name, .n = (uint32_t)w->column_n};
    add_texts(w, GCOL_NAMES, 0, &names);
    for (uint32_t i = 0; i < w->column_n; i++)
        add_column(w, &w->column[i], i);
    *n = w->section_n + 1;
    *part = ARENA_ARRAY(w->keep, Str, *n);
    (*part)[0] = make_head(w);
    for (size_t i = 0; i < w->section_n; i++) {
        const Str bytes = w->section[i].bytes;
        (*part)[i + 1] = (Str){bytes.p, gcol_padded(bytes.n)};
    }
    return OK;
}

enum status gcol_write(struct arena *keep, Str **part, size_t *n, Str csv, struct diags *ds)
{
    struct writing w = {.keep = keep, .tmp = arena_open(), .ds = ds, .csv = csv};
    enum status st = write_all(&w, part, n);
    arena_close(w.tmp);
    return st;
}
