/* gcol.c - opening a column file, which is checking it; its cells; the CSV it stands for.
 *
 * The directory says nothing that does not follow from the order of its sections: where a section
 * lies, how long it is and which column it is of are worked out and compared. So there is one way
 * to write a table in given forms, and a byte that is wrong is found wherever it is.
 */
#include "base/arena.h"
#include "base/buf.h"
#include "base/csv.h"
#include "base/decimal.h"
#include "base/diag.h"
#include "base/str.h"
#include "base/utf8.h"
#include "col/vec.h"
#include "load/gcol_int.h"
#include "load/load.h"

struct opening {
    struct arena *keep;
    struct diags *ds;
    Str bytes;
    struct gcol *g;
    uint32_t section_n, next; /* next: section to be read */
    size_t at;                /* where it must lie */
};

static const char *const kind_name[] = {
    [GCOL_NAMES] = "names", [GCOL_TEXTS] = "texts",     [GCOL_WORDS] = "words",
    [GCOL_CODES] = "codes", [GCOL_FIGURES] = "figures", [GCOL_PRESENT] = "present",
};

bool gcol_is(Str bytes)
{
    return str_starts(bytes, GCOL_MAGIC);
}

/* ---- what is wrong ---- */

static enum status bad_head(struct opening *o, const char *what)
{
    return diag_add(o->ds, DIAG_GCOL_HEAD, (Span){0, 0}, str_of(what), NO_ARG, NO_ARG);
}

static enum status bad_section(struct opening *o, const struct gcol_section *s, enum diag_code code)
{
    const Str *name =
        o->g->column == NULL || s->kind == GCOL_NAMES ? NULL : &o->g->column[s->column].name;
    return diag_add(o->ds, code, (Span){0, 0}, str_of(kind_name[s->kind]),
                    name == NULL ? NO_ARG : *name, arena_fmt(o->keep, "%u", o->next));
}

/* ---- the header and the directory ---- */

static bool hash_is(const char *want, Str a, Str b)
{
    struct sha256 h;
    sha256_init(&h);
    sha256_add(&h, a);
    sha256_add(&h, b);
    const Sha256 got = sha256_end(&h);
    return memcmp(got.byte, want, sizeof got.byte) == 0;
}

static enum status read_head(struct opening *o)
{
    const char *p = o->bytes.p;
    if (o->bytes.n < GCOL_ENTRY)
        return bad_head(o, "short");
    if (gcol_u32(p + 8) != GCOL_VERSION)
        return diag_add(o->ds, DIAG_GCOL_VERSION, (Span){0, 0},
                        arena_fmt(o->keep, "%u", gcol_u32(p + 8)),
                        arena_fmt(o->keep, "%d", GCOL_VERSION), NO_ARG);
    const size_t column_n = gcol_u32(p + 12), row_n = gcol_u32(p + 16);
    o->section_n = gcol_u32(p + 20);
    o->at = GCOL_ENTRY + (size_t)o->section_n * GCOL_ENTRY;
    if (swar_load(p + 24) != o->bytes.n || o->at > o->bytes.n)
        return bad_head(o, "bytes");
    if (!hash_is(p + GCOL_HASH_AT, str_sub(o->bytes, 0, GCOL_HASH_AT),
                 str_sub(o->bytes, GCOL_ENTRY, o->at)))
        return bad_head(o, "SHA-256");
    if (column_n == 0 || column_n > CSV_CELLS_MAX || row_n > LOAD_ROWS_MAX)
        return bad_head(o, column_n == 0 || column_n > CSV_CELLS_MAX ? "columns" : "rows");
    o->g->column_n = column_n;
    o->g->row_n = (uint32_t)row_n;
    return OK;
}

static bool all_zero(Str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] != '\0')
            return false;
    return true;
}

/* The next section, which must be of this kind and column and lie where the one before ends. */
static enum status next_section(struct opening *o, struct gcol_section *s, enum gcol_kind kind,
                                uint32_t column)
{
    const char *p = o->bytes.p + GCOL_ENTRY + (size_t)o->next * GCOL_ENTRY;
    *s = (struct gcol_section){.kind = kind, .column = column};
    if (o->next == o->section_n)
        return bad_head(o, "sections");
    const uint64_t at = swar_load(p + 8), n = swar_load(p + 16);
    if (gcol_u32(p) != kind || gcol_u32(p + 4) != column || at != o->at || n > o->bytes.n - o->at ||
        gcol_padded(n) > o->bytes.n - o->at || p[31] != 0)
        return bad_section(o, s, DIAG_GCOL_SECTION);
    s->bytes = (Str){o->bytes.p + o->at, n};
    s->n = gcol_u32(p + 24);
    s->width = (uint8_t)p[28];
    s->decimals = (uint8_t)p[29];
    s->fixed = (uint8_t)p[30];
    o->at += gcol_padded(n);
    if (!hash_is(p + GCOL_HASH_AT, s->bytes, S("")))
        return bad_section(o, s, DIAG_GCOL_HASH);
    if (!all_zero(str_sub(o->bytes, o->at - gcol_padded(n) + n, o->at)))
        return bad_section(o, s, DIAG_GCOL_SECTION);
    o->next++;
    return OK;
}

/* ---- sections ---- */

static bool has_traits(const struct gcol_section *s, uint32_t n, unsigned width, unsigned decimals)
{
    return s->n == n && s->width == width && s->decimals == decimals &&
           s->fixed <= (s->kind == GCOL_FIGURES);
}

/* Offsets that go up, and cut UTF-8 between characters. */
static bool read_texts(struct gcol_texts *t, const struct gcol_section *s)
{
    const size_t head = ((size_t)s->n + 1) * 4;
    if (s->n > LOAD_ROWS_MAX || s->bytes.n < head || s->bytes.n - head > UINT32_MAX)
        return false;
    *t = (struct gcol_texts){s->bytes.p, s->bytes.p + head, s->n};
    const Str all = str_sub(s->bytes, head, s->bytes.n);
    uint32_t before = 0;
    bool good = gcol_u32(t->offset) == 0 && gcol_u32(t->offset + (size_t)s->n * 4) == all.n;
    for (size_t i = 1; good && i <= s->n; i++) {
        const uint32_t end = gcol_u32(t->offset + i * 4);
        good = end >= before && end <= all.n &&
               (end == all.n || ((unsigned char)all.p[end] & 0xC0) != 0x80);
        before = end;
    }
    return good && utf8_bad_at(all) == all.n;
}

static bool codes_fit(const struct gcol_column *c, uint32_t row_n)
{
    uint32_t most = 0;
    for (uint32_t row = 0; row < row_n; row++) {
        const uint32_t code = gcol_code(c, row);
        most = code > most ? code : most;
    }
    return row_n == 0 || most < c->texts.n;
}

static enum status read_words(struct opening *o, struct gcol_column *c, uint32_t at)
{
    struct gcol_section s;
    TRY(next_section(o, &s, GCOL_CODES, at));
    c->value = s.bytes.p;
    c->width = s.width;
    const bool good = (c->width == 1 || c->width == 2 || c->width == 4) &&
                      has_traits(&s, o->g->row_n, c->width, 0) &&
                      s.bytes.n == (size_t)o->g->row_n * c->width && codes_fit(c, o->g->row_n);
    return good ? OK : bad_section(o, &s, DIAG_GCOL_SECTION);
}

static enum status read_figures(struct opening *o, struct gcol_column *c,
                                const struct gcol_section *s, uint32_t at)
{
    const uint32_t row_n = o->g->row_n;
    struct gcol_section present;
    c->value = s->bytes.p;
    c->width = s->width;
    c->decimals = s->decimals;
    c->fixed = s->fixed != 0;
    if ((c->width != 1 && c->width != 2 && c->width != 4 && c->width != 8) ||
        c->decimals > GCOL_DECIMALS_MAX || !has_traits(s, row_n, c->width, c->decimals) ||
        s->bytes.n != (size_t)row_n * c->width)
        return bad_section(o, s, DIAG_GCOL_SECTION);
    TRY(next_section(o, &present, GCOL_PRESENT, at));
    c->present = present.bytes.p;
    const bool good =
        has_traits(&present, row_n, 0, 0) && present.bytes.n == vec_words(row_n) * SWAR_BYTES;
    return good ? OK : bad_section(o, &present, DIAG_GCOL_SECTION);
}

static enum status read_column(struct opening *o, uint32_t at)
{
    static const enum gcol_kind forms[] = {GCOL_TEXTS, GCOL_WORDS, GCOL_FIGURES};
    struct gcol_column *c = &o->g->column[at];
    struct gcol_section s;
    c->kind = GCOL_TEXTS;
    for (size_t i = 0; o->next < o->section_n && i < ARRAY_N(forms); i++)
        if (gcol_u32(o->bytes.p + GCOL_ENTRY + (size_t)o->next * GCOL_ENTRY) == forms[i])
            c->kind = forms[i];
    TRY(next_section(o, &s, c->kind, at));
    if (c->kind == GCOL_FIGURES)
        return read_figures(o, c, &s, at);
    if (!has_traits(&s, c->kind == GCOL_TEXTS ? o->g->row_n : s.n, 0, 0) ||
        !read_texts(&c->texts, &s))
        return bad_section(o, &s, DIAG_GCOL_SECTION);
    return c->kind == GCOL_WORDS ? read_words(o, c, at) : OK;
}

static enum status read_names(struct opening *o)
{
    struct gcol_section s;
    struct gcol_texts names;
    struct buf b;
    bool any = false;
    TRY(next_section(o, &s, GCOL_NAMES, 0));
    if (!has_traits(&s, (uint32_t)o->g->column_n, 0, 0) || !read_texts(&names, &s))
        return bad_section(o, &s, DIAG_GCOL_SECTION);
    buf_init(&b, o->keep, BUF_MAX);
    o->g->column = ARENA_ARRAY(o->keep, struct gcol_column, o->g->column_n);
    for (uint32_t i = 0; i < o->g->column_n; i++) {
        o->g->column[i].name = gcol_text(&names, i);
        any |= o->g->column[i].name.n > 0;
        csv_write_cell(&b, o->g->column[i].name, i == 0, false);
    }
    csv_write_end(&b);
    o->g->head = buf_str(&b);
    return any && !b.over ? OK : bad_section(o, &s, DIAG_GCOL_SECTION);
}

/* ---- rows ---- */

static bool is_empty(const struct gcol_column *c, uint32_t row)
{
    if (c->kind == GCOL_FIGURES)
        return (gcol_present(c, row) >> row % SWAR_BLOCK & 1) == 0;
    return gcol_text(&c->texts, c->kind == GCOL_TEXTS ? row : gcol_code(c, row)).n == 0;
}

/* A CSV has no rows without anything in them. */
static enum status check_rows(struct opening *o)
{
    for (uint32_t row = 0; row < o->g->row_n; row++) {
        size_t i = 0;
        while (i < o->g->column_n && is_empty(&o->g->column[i], row))
            i++;
        if (i == o->g->column_n)
            return diag_add(o->ds, DIAG_GCOL_ROW, (Span){0, 0}, arena_fmt(o->keep, "%u", row + 1),
                            NO_ARG, NO_ARG);
    }
    return OK;
}

enum status gcol_open(struct arena *keep, const struct gcol **out, Str bytes, struct diags *ds)
{
    struct opening o = {.keep = keep, .ds = ds, .bytes = bytes};
    o.g = ARENA_NEW(keep, struct gcol);
    ASSERT(gcol_is(bytes));
    TRY(read_head(&o));
    TRY(read_names(&o));
    for (uint32_t i = 0; i < o.g->column_n; i++)
        TRY(read_column(&o, i));
    if (o.next != o.section_n || o.at != bytes.n)
        return bad_head(&o, "sections");
    *out = o.g;
    return check_rows(&o);
}

/* ---- cells ---- */

uint32_t gcol_row_n(const struct gcol *g)
{
    return g->row_n;
}

Str gcol_head(const struct gcol *g)
{
    return g->head;
}

static void print_figure(struct buf *b, const struct gcol_column *c, uint32_t row)
{
    const int decimals = (int)c->decimals;
    if (c->fixed)
        dec_print_fixed(b, gcol_figure(c, row), decimals, decimals);
    else
        dec_print(b, gcol_figure(c, row), decimals);
}

Str gcol_cell(const struct gcol *g, struct arena *a, size_t column, uint32_t row)
{
    enum { PRINTED_MAX = 32 };
    const struct gcol_column *c = &g->column[column];
    struct buf b;
    if (c->kind != GCOL_FIGURES)
        return gcol_text(&c->texts, c->kind == GCOL_TEXTS ? row : gcol_code(c, row));
    if (is_empty(c, row))
        return S("");
    buf_init(&b, a, PRINTED_MAX);
    print_figure(&b, c, row);
    return buf_str(&b);
}

static void print_cell(struct buf *b, const struct gcol_column *c, bool first, uint32_t row)
{
    if (c->kind != GCOL_FIGURES) {
        const uint32_t at = c->kind == GCOL_TEXTS ? row : gcol_code(c, row);
        csv_write_cell(b, gcol_text(&c->texts, at), first, false);
        return;
    }
    if (!first)
        buf_char(b, ',');
    if (!is_empty(c, row))
        print_figure(b, c, row);
}

void gcol_print(struct buf *b, const struct gcol *g, const size_t *at, size_t n, uint32_t from,
                uint32_t to)
{
    ASSERT(to <= g->row_n);
    const size_t cell_n = at == NULL ? g->column_n : n;
    for (uint32_t row = from; row < to; row++) {
        for (size_t i = 0; i < cell_n; i++)
            print_cell(b, &g->column[at == NULL ? i : at[i]], i == 0, row);
        csv_write_end(b);
    }
}
