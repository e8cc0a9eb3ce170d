/* xls.c - BIFF8 ([MS-XLS]): the workbook stream of an .xls as a run of records.
 *
 * The first part has the texts (SST), the number formats and where each sheet starts; then comes a
 * part a sheet. Texts run on from record to record (CONTINUE) and may change from one byte to two a
 * character where they do. Cells come by rows; a row that comes late is out of order.
 */
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "base/utf8.h"
#include "sheet/bytes.h"
#include "sheet/cfb.h"
#include "sheet/readers.h"

enum record {
    REC_FORMULA = 0x06,
    REC_EOF = 0x0A,
    REC_1904 = 0x22,
    REC_FILEPASS = 0x2F,
    REC_CONTINUE = 0x3C,
    REC_BOUNDSHEET = 0x85,
    REC_MULRK = 0xBD,
    REC_RSTRING = 0xD6,
    REC_XF = 0xE0,
    REC_MERGES = 0xE5,
    REC_SST = 0xFC,
    REC_LABELSST = 0xFD,
    REC_NUMBER = 0x203,
    REC_LABEL = 0x204,
    REC_BOOLERR = 0x205,
    REC_STRING = 0x207,
    REC_RK = 0x27E,
    REC_FORMAT = 0x41E,
    REC_BOF = 0x809,
};

enum {
    BIFF8 = 0x600,
    TEXT_BYTES = 4 * SHEET_TEXT_MAX + 1024,
    FORMATS_MAX = 65536,
    TELL_MASK = 0xFFF
};

struct xls_sheet {
    Str name;
    uint32_t at;
    bool hidden, cells;
};

struct xls {
    struct arena *keep;
    struct wire *wire;
    Str stream;
    size_t at; /* of the record to come */
    uint32_t id;
    Str body;
    struct xls_sheet *sheet;
    size_t sheet_n, sheet_cap;
    struct styles styles;
    size_t show_cap;
    struct {
        uint32_t id;
        enum cell_show show;
    } * own;
    size_t own_n, own_cap;
    Str *text;
    uint32_t text_n;
    size_t record_n;
    struct buf number, shown, chars;
    uint32_t late_column; /* of a formula whose text comes in the next record */
    bool late;
};

static enum status damaged(struct xls *x, const char *what)
{
    return wire_fault(x->wire, SHEET_CFB, str_of(what));
}

/* The next record; false at the end. */
static bool next(struct xls *x)
{
    if (x->stream.n - x->at < 4)
        return false;
    uint32_t n = u16_at(x->stream, x->at + 2);
    x->id = u16_at(x->stream, x->at);
    if (x->stream.n - x->at - 4 < n)
        return false;
    x->body = str_sub(x->stream, x->at + 4, x->at + 4 + n);
    x->at += 4 + n;
    if ((x->record_n++ & TELL_MASK) == 0 && x->wire->tell != NULL)
        x->wire->tell(x->wire->ctx, x->at, x->stream.n);
    return true;
}

/* ---- texts that run on through CONTINUE records ---- */

struct run {
    struct xls *x;
    Str rest;
};

/* Bytes of a figure do not break over records; where they would, the next record has them. */
static bool ready(struct run *r, size_t n)
{
    if (r->rest.n == 0) {
        struct xls *x = r->x;
        if (x->stream.n - x->at < 4 || u16_at(x->stream, x->at) != REC_CONTINUE || !next(x))
            return false;
        r->rest = x->body;
    }
    return r->rest.n >= n;
}

static bool take(struct run *r, size_t n, uint32_t *out)
{
    if (!ready(r, n))
        return false;
    *out = n == 1 ? (unsigned char)r->rest.p[0] : n == 2 ? u16_at(r->rest, 0) : u32_at(r->rest, 0);
    r->rest = str_sub(r->rest, n, r->rest.n);
    return true;
}

static bool skip(struct run *r, uint64_t n)
{
    while (n > 0) {
        if (!ready(r, 1))
            return false;
        size_t step = r->rest.n < n ? r->rest.n : (size_t)n;
        r->rest = str_sub(r->rest, step, r->rest.n);
        n -= step;
    }
    return true;
}

static void add_unit(struct buf *b, uint32_t unit, uint32_t *high)
{
    char bytes[4];
    Rune c = unit;
    if (*high != 0 && unit >= 0xDC00 && unit < 0xE000)
        c = 0x10000 + ((*high - 0xD800) << 10) + (unit - 0xDC00);
    else if (*high != 0)
        buf_add(b, S("\xEF\xBF\xBD")); /* half a pair */
    *high = 0;
    if (unit >= 0xD800 && unit < 0xDC00) {
        *high = unit;
        return;
    }
    if (unit == 0)
        return;
    c = c >= 0xD800 && c < 0xE000 ? RUNE_BAD : c;
    size_t n = utf8_encode(bytes, c);
    buf_add(b, (Str){bytes, n});
}

/* `n` characters behind their flags. A record that goes on begins with flags of its own. */
static bool take_chars(struct run *r, uint32_t n, bool wide)
{
    struct buf *b = &r->x->chars;
    uint32_t high = 0;
    b->n = 0;
    while (n > 0) {
        if (r->rest.n == 0) {
            uint32_t flags;
            if (!take(r, 1, &flags))
                return false;
            wide = (flags & 1) != 0;
            continue;
        }
        if (wide && r->rest.n < 2)
            return false;
        uint32_t unit = wide ? u16_at(r->rest, 0) : (unsigned char)r->rest.p[0];
        r->rest = str_sub(r->rest, wide ? 2 : 1, r->rest.n);
        add_unit(b, unit, &high);
        n--;
    }
    return !b->over;
}

/* A text with its count of `size` bytes in front; *out is borrowed until the next. */
static bool take_text(struct run *r, size_t size, Str *out)
{
    uint32_t n, flags, runs = 0, extra = 0;
    if (!take(r, size, &n) || !take(r, 1, &flags))
        return false;
    if (((flags & 8) != 0 && !take(r, 2, &runs)) || ((flags & 4) != 0 && !take(r, 4, &extra)))
        return false;
    if (n > SHEET_TEXT_MAX || !take_chars(r, n, (flags & 1) != 0))
        return false;
    *out = buf_str(&r->x->chars);
    return skip(r, (uint64_t)runs * 4 + extra);
}

static enum status read_texts(struct xls *x)
{
    if (x->body.n < 8 || x->text != NULL)
        return damaged(x, "SST");
    uint32_t n = u32_at(x->body, 4);
    struct run r = {x, str_sub(x->body, 8, x->body.n)};
    if (n > x->stream.n / 3) /* each takes three bytes at least */
        return damaged(x, "SST");
    x->text = ARENA_ARRAY(x->keep, Str, n + 1);
    for (; x->text_n < n; x->text_n++) {
        Str text;
        if (!take_text(&r, 2, &text))
            return damaged(x, "SST");
        x->text[x->text_n] = arena_copy(x->keep, text);
    }
    return OK;
}

/* ---- the workbook ---- */

static enum status read_bound(struct xls *x)
{
    Str b = x->body, name;
    if (b.n < 8)
        return damaged(x, "BOUNDSHEET");
    struct run r = {x, str_sub(b, 6, b.n)};
    if (!take_text(&r, 1, &name))
        return damaged(x, "BOUNDSHEET");
    if (x->sheet_n == SHEET_BOOK_MAX)
        return wire_fault(x->wire, SHEET_SHEET_MANY, S(""));
    VEC_PUSH(x->keep, x->sheet, x->sheet_n, x->sheet_cap) =
        (struct xls_sheet){.name = arena_copy(x->keep, name),
                           .at = u32_at(b, 0),
                           .hidden = (b.p[4] & 3) != 0,
                           .cells = b.p[5] == 0};
    return OK;
}

static enum status read_format(struct xls *x)
{
    Str code;
    if (x->body.n < 5 || x->own_n == FORMATS_MAX)
        return damaged(x, "FORMAT");
    struct run r = {x, str_sub(x->body, 2, x->body.n)};
    uint32_t id = u16_at(x->body, 0);
    if (!take_text(&r, 2, &code))
        return damaged(x, "FORMAT");
    VEC_PUSH(x->keep, x->own, x->own_n, x->own_cap).id = id;
    x->own[x->own_n - 1].show = number_format(code);
    return OK;
}

static enum status read_style(struct xls *x)
{
    if (x->body.n < 4)
        return damaged(x, "XF");
    uint32_t id = u16_at(x->body, 2);
    enum cell_show show = number_format_builtin(id);
    for (size_t i = 0; i < x->own_n; i++)
        if (x->own[i].id == id)
            show = x->own[i].show;
    size_t n = x->styles.show_n;
    VEC_PUSH(x->keep, x->styles.show, n, x->show_cap) = show;
    x->styles.show_n = (uint32_t)n;
    return OK;
}

static enum status read_global(struct xls *x)
{
    switch ((int)x->id) {
    case REC_BOF:
        if (x->body.n >= 2 && u16_at(x->body, 0) != BIFF8)
            return wire_fault(x->wire, SHEET_OLD_XLS, S(""));
        return OK;
    case REC_FILEPASS: return wire_fault(x->wire, SHEET_LOCKED, S(""));
    case REC_1904: x->styles.from_1904 = x->body.n >= 2 && u16_at(x->body, 0) == 1; return OK;
    case REC_BOUNDSHEET: return read_bound(x);
    case REC_FORMAT: return read_format(x);
    case REC_XF: return read_style(x);
    case REC_SST: return read_texts(x);
    default: return OK;
    }
}

/* ---- a sheet ---- */

/* 30 bits of a number: of a double's front or a whole, perhaps in hundredths. */
static void print_rk(struct xls *x, uint32_t rk)
{
    bool hundredths = (rk & 1) != 0;
    x->number.n = 0;
    if ((rk & 2) == 0 && !hundredths) {
        (void)number_bits(&x->number, (uint64_t)(rk & ~3U) << 32); /* 0 exponent bits: no NaN */
        return;
    }
    x->shown.n = 0;
    if ((rk & 2) != 0)
        buf_fmt(&x->shown, "%d", (int)(int32_t)rk >> 2);
    else
        (void)number_bits(&x->shown, (uint64_t)(rk & ~3U) << 32);
    buf_add(&x->shown, hundredths ? S("E-2") : S(""));
    if (!number_text(&x->number, buf_str(&x->shown)))
        number_text(&x->number, S("0"));
}

static enum status put_figure(struct xls *x, uint32_t column, uint32_t style)
{
    return x->number.n == 0 ? wire_cell(x->wire, column, CELL_ERROR, S("#NUM!"))
                            : put_number(x->wire, &x->styles, style, column, &x->number, &x->shown);
}

static enum status to_row(struct xls *x, uint32_t row)
{
    return x->wire->in_row && x->wire->row == row + 1 ? OK : wire_row(x->wire, row + 1);
}

static enum status put_error(struct xls *x, uint32_t column, uint32_t code)
{
    static const struct {
        uint32_t code;
        const char *text;
    } errors[] = {{0x00, "#NULL!"}, {0x07, "#DIV/0!"}, {0x0F, "#VALUE!"}, {0x17, "#REF!"},
                  {0x1D, "#NAME?"}, {0x24, "#NUM!"},   {0x2A, "#N/A"}};
    for (size_t i = 0; i < ARRAY_N(errors); i++)
        if (errors[i].code == code)
            return wire_cell(x->wire, column, CELL_ERROR, str_of(errors[i].text));
    return wire_cell(x->wire, column, CELL_ERROR, S("#?"));
}

static enum status put_truth(struct xls *x, uint32_t column, bool yes)
{
    return wire_cell(x->wire, column, CELL_TRUTH, yes ? S("是") : S("否"));
}

static enum status read_formula(struct xls *x, uint32_t column, uint32_t style)
{
    Str b = x->body;
    if (b.n < 14)
        return damaged(x, "FORMULA");
    x->number.n = 0;
    if (u16_at(b, 12) != 0xFFFF) {
        (void)number_bits(&x->number, u64_at(b, 6)); /* empty: an error cell */
        return put_figure(x, column, style);
    }
    switch (b.p[6]) {
    case 0:
        x->late = true;
        x->late_column = column;
        return OK;
    case 1: return put_truth(x, column, b.p[8] != 0);
    case 2: return put_error(x, column, (unsigned char)b.p[8]);
    default: return OK;
    }
}

static enum status read_rks(struct xls *x, uint32_t column)
{
    size_t n = x->body.n < 12 ? 0 : (x->body.n - 6) / 6;
    for (size_t i = 0; i < n; i++) {
        print_rk(x, u32_at(x->body, 6 + i * 6));
        TRY(put_figure(x, column + (uint32_t)i, u16_at(x->body, 4 + i * 6)));
    }
    return OK;
}

static enum status read_label(struct xls *x, uint32_t column)
{
    struct run r = {x, str_sub(x->body, 6, x->body.n)};
    Str text;
    if (!take_text(&r, 2, &text))
        return damaged(x, "LABEL");
    return wire_cell(x->wire, column, CELL_TEXT, text);
}

static enum status read_figure(struct xls *x, uint32_t column, uint32_t style)
{
    if (x->body.n < (x->id == REC_RK ? 10U : 14U))
        return damaged(x, "NUMBER");
    x->number.n = 0;
    if (x->id == REC_RK)
        print_rk(x, u32_at(x->body, 6));
    else
        (void)number_bits(&x->number, u64_at(x->body, 6)); /* empty: an error cell */
    return put_figure(x, column, style);
}

static enum status read_shared(struct xls *x, uint32_t column)
{
    uint32_t index = x->body.n < 10 ? UINT32_MAX : u32_at(x->body, 6);
    if (index >= x->text_n)
        return damaged(x, "LABELSST");
    return wire_cell_text(x->wire, column, index, x->text[index]);
}

static enum status read_boolerr(struct xls *x, uint32_t column)
{
    if (x->body.n < 8)
        return damaged(x, "BOOLERR");
    uint32_t value = (unsigned char)x->body.p[6];
    return x->body.p[7] != 0 ? put_error(x, column, value) : put_truth(x, column, value != 0);
}

static enum status read_merges(struct xls *x)
{
    for (size_t at = 2; at + 8 <= x->body.n; at += 8) {
        struct sheet_merge m = {.row = u16_at(x->body, at) + 1,
                                .row_end = u16_at(x->body, at + 2) + 1,
                                .column = u16_at(x->body, at + 4),
                                .column_end = u16_at(x->body, at + 6)};
        TRY(wire_merge(x->wire, m));
    }
    return OK;
}

/* The text that a formula gave: in the record behind it. */
static enum status read_late(struct xls *x)
{
    struct run r = {x, x->body};
    Str text;
    bool late = x->late;
    x->late = false;
    if (!late)
        return OK;
    if (!take_text(&r, 2, &text))
        return damaged(x, "STRING");
    return wire_cell(x->wire, x->late_column, CELL_TEXT, text);
}

static bool is_cell(uint32_t id)
{
    return id == REC_FORMULA || id == REC_MULRK || id == REC_RSTRING || id == REC_LABELSST ||
           id == REC_NUMBER || id == REC_LABEL || id == REC_BOOLERR || id == REC_RK;
}

static enum status read_cell(struct xls *x)
{
    if (x->body.n < 6)
        return damaged(x, "cell");
    uint32_t column = u16_at(x->body, 2), style = u16_at(x->body, 4);
    TRY(to_row(x, u16_at(x->body, 0)));
    switch ((int)x->id) {
    case REC_FORMULA: return read_formula(x, column, style);
    case REC_MULRK: return read_rks(x, column);
    case REC_LABELSST: return read_shared(x, column);
    case REC_BOOLERR: return read_boolerr(x, column);
    case REC_LABEL:
    case REC_RSTRING: return read_label(x, column);
    default: return read_figure(x, column, style);
    }
}

static enum status read_sheet(struct xls *x, const struct xls_sheet *s)
{
    int depth = 0;
    TRY(wire_sheet(x->wire, s->name, s->hidden));
    if (!s->cells)
        return OK;
    x->at = s->at;
    x->late = false;
    if (s->at > x->stream.n)
        return damaged(x, "BOUNDSHEET");
    while (next(x)) {
        depth += (x->id == REC_BOF) - (x->id == REC_EOF);
        if (x->id == REC_EOF && depth <= 0)
            return OK;
        if (depth != 1)
            continue; /* a chart inside */
        if (is_cell(x->id))
            TRY(read_cell(x));
        else if (x->id == REC_STRING)
            TRY(read_late(x));
        else if (x->id == REC_MERGES)
            TRY(read_merges(x));
    }
    return damaged(x, "no end of sheet");
}

static enum status find_stream(struct xls *x, Str bytes)
{
    struct cfb c;
    TRY(cfb_open(&c, x->keep, x->wire, bytes));
    TRY(cfb_stream(&c, &x->stream, "Workbook"));
    if (x->stream.p == NULL && cfb_has(&c, "EncryptedPackage"))
        return wire_fault(x->wire, SHEET_LOCKED, S(""));
    if (x->stream.p == NULL && cfb_has(&c, "Book"))
        return wire_fault(x->wire, SHEET_OLD_XLS, S(""));
    if (x->stream.p == NULL)
        return wire_fault(x->wire, SHEET_NOT_KNOWN, S(""));
    wire_form(x->wire, BOOK_XLS, false);
    return OK;
}

enum status xls_read(struct arena *keep, struct wire *w, Str bytes)
{
    struct xls x = {.keep = keep, .wire = w};
    buf_init(&x.number, keep, 64);
    buf_init(&x.shown, keep, 64);
    buf_init(&x.chars, keep, TEXT_BYTES);
    TRY(find_stream(&x, bytes));
    while (next(&x) && x.id != REC_EOF)
        TRY(read_global(&x));
    wire_texts(w, x.text, x.text_n);
    for (size_t i = 0; i < x.sheet_n; i++)
        TRY(read_sheet(&x, &x.sheet[i]));
    return OK;
}
