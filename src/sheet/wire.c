#include "sheet/wire.h"

#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "base/utf8.h"

/* ---- writing ---- */

enum status wire_fault(struct wire *w, enum sheet_fault_code code, Str arg)
{
    if (w->fault.code == SHEET_NONE)
        w->fault = (struct sheet_fault){.code = code,
                                        .arg = arg,
                                        .sheet = w->sheet,
                                        .row = w->in_row ? w->row : 0,
                                        .column = w->column};
    return sheet_fault_status(w->fault.code);
}

static void put(struct wire *w, const void *p, size_t n)
{
    w->put(w->ctx, (Str){p, n});
}

static void put_text(struct wire *w, Str s)
{
    uint32_t n = (uint32_t)s.n;
    put(w, &n, sizeof n);
    put(w, s.p, s.n);
}

void wire_form(struct wire *w, enum book_form form, bool macros)
{
    char head[3] = {'V', (char)form, (char)macros};
    put(w, head, sizeof head);
}

void wire_texts(struct wire *w, const Str *text, uint32_t n)
{
    put(w, "T", 1);
    put(w, &n, sizeof n);
    for (uint32_t i = 0; i < n; i++)
        put_text(w, text[i]);
}

enum status wire_sheet(struct wire *w, Str name, bool hidden)
{
    char head[2] = {'B', (char)hidden};
    w->sheet = name;
    w->row = w->row_n = w->merge_n = 0;
    w->in_row = false;
    if (w->sheet_n++ == SHEET_BOOK_MAX)
        return wire_fault(w, SHEET_SHEET_MANY, NO_ARG);
    put(w, head, sizeof head);
    put_text(w, name);
    return OK;
}

enum status wire_row(struct wire *w, uint32_t number)
{
    if (number > SHEET_ROWS)
        return wire_fault(w, SHEET_ROW_MANY, NO_ARG);
    if (number <= w->row)
        return wire_fault(w, SHEET_ORDER, NO_ARG);
    w->row = number;
    w->in_row = true;
    w->column = 0;
    char head[1 + sizeof number] = {'R'};
    memcpy(head + 1, &number, sizeof number);
    put(w, head, sizeof head);
    return OK;
}

/* `next` is one past the last column, so that column 0 can be the first. */
static enum status check_cell(struct wire *w, uint32_t column, Str text)
{
    if (column >= SHEET_COLUMNS)
        return wire_fault(w, SHEET_COLUMN_MANY, NO_ARG);
    if (column < w->column)
        return wire_fault(w, SHEET_ORDER, NO_ARG);
    w->column = column;
    if (text.n > SHEET_TEXT_MAX && utf8_count(text) > SHEET_TEXT_MAX)
        return wire_fault(w, SHEET_TEXT_LONG, NO_ARG);
    w->column = column + 1;
    return OK;
}

static void put_cell(struct wire *w, char what, uint32_t column, enum cell_kind kind, uint32_t n)
{
    char head[2 + 2 * sizeof column] = {what};
    memcpy(head + 1, &column, sizeof column);
    head[1 + sizeof column] = (char)kind;
    memcpy(head + 2 + sizeof column, &n, sizeof n);
    put(w, head, sizeof head);
}

enum status wire_cell(struct wire *w, uint32_t column, enum cell_kind kind, Str text)
{
    if (str_trim(text).n == 0)
        return OK;
    TRY(check_cell(w, column, text));
    put_cell(w, 'C', column, kind, (uint32_t)text.n);
    put(w, text.p, text.n);
    return OK;
}

enum status wire_cell_text(struct wire *w, uint32_t column, uint32_t index, Str text)
{
    if (str_trim(text).n == 0)
        return OK;
    TRY(check_cell(w, column, text));
    put_cell(w, 'S', column, CELL_TEXT, index);
    return OK;
}

enum status wire_merge(struct wire *w, struct sheet_merge m)
{
    w->in_row = false;
    if (m.row == 0 || m.row > m.row_end || m.row_end > SHEET_ROWS || m.column > m.column_end ||
        m.column_end >= SHEET_COLUMNS)
        return OK; /* means nothing */
    if (w->merge_n++ == SHEET_MERGES)
        return wire_fault(w, SHEET_MERGE_MANY, NO_ARG);
    put(w, "M", 1);
    put(w, &m, sizeof m);
    return OK;
}

void wire_end(struct wire *w)
{
    const struct sheet_fault *f = &w->fault;
    if (f->code == SHEET_NONE) {
        put(w, "E", 1);
        return;
    }
    char head[2] = {'F', (char)f->code};
    put(w, head, sizeof head);
    put(w, &f->row, sizeof f->row);
    put(w, &f->column, sizeof f->column);
    put_text(w, f->arg);
    put_text(w, f->sheet);
}

/* ---- reading ---- */

struct wire_in {
    struct arena *keep;
    Str rest;
    struct book *book;
    struct sheet *sheet;
    struct sheet_row *row;
    struct sheet_cell *cell; /* of all rows, one run a sheet's row */
    size_t cell_n, cell_cap;
    Str *text;
    uint32_t text_n;
};

static bool take(struct wire_in *in, void *out, size_t n)
{
    if (in->rest.n < n)
        return false;
    memcpy(out, in->rest.p, n);
    in->rest = str_sub(in->rest, n, in->rest.n);
    return true;
}

static bool take_bytes(struct wire_in *in, Str *out, uint32_t n)
{
    if (in->rest.n < n)
        return false;
    *out = str_sub(in->rest, 0, n);
    in->rest = str_sub(in->rest, n, in->rest.n);
    return utf8_bad_at(*out) == out->n;
}

static bool take_text(struct wire_in *in, Str *out)
{
    uint32_t n;
    return take(in, &n, sizeof n) && take_bytes(in, out, n);
}

static bool read_form(struct wire_in *in)
{
    uint8_t form, macros;
    if (in->book->sheet_n > 0 || !take(in, &form, 1) || !take(in, &macros, 1) || form > BOOK_CSV)
        return false;
    in->book->form = (enum book_form)form;
    in->book->macros = macros != 0;
    return true;
}

static bool read_texts(struct wire_in *in)
{
    uint32_t n;
    if (in->text != NULL || !take(in, &n, sizeof n) || n > in->rest.n / sizeof n)
        return false;
    in->text = ARENA_ARRAY(in->keep, Str, n + 1);
    for (; in->text_n < n; in->text_n++)
        if (!take_text(in, &in->text[in->text_n]))
            return false;
    return true;
}

static bool read_sheet(struct wire_in *in)
{
    struct book *b = in->book;
    struct sheet s = {0};
    uint8_t hidden;
    if (b->sheet_n == SHEET_BOOK_MAX || !take(in, &hidden, 1) || !take_text(in, &s.name))
        return false;
    s.hidden = hidden != 0;
    VEC_PUSH(in->keep, b->sheet, b->sheet_n, b->sheet_cap) = s;
    in->sheet = &b->sheet[b->sheet_n - 1];
    in->row = NULL;
    return true;
}

static bool read_row(struct wire_in *in)
{
    struct sheet *s = in->sheet;
    uint32_t number;
    if (s == NULL || !take(in, &number, sizeof number) || number > SHEET_ROWS ||
        number <= (s->row_n > 0 ? s->row[s->row_n - 1].number : 0))
        return false;
    if (s->row_n > 0 && s->row[s->row_n - 1].cell_n == 0)
        s->row_n--; /* a row without text is none */
    VEC_PUSH(in->keep, s->row, s->row_n, s->row_cap) = (struct sheet_row){.number = number};
    in->row = &s->row[s->row_n - 1];
    return true;
}

/* Cells of a row stand side by side: where the room ends, the row begun moves to new room. */
static void add_cell(struct wire_in *in, struct sheet_cell c)
{
    enum { ROOM = 1 << 14 };
    struct sheet_row *r = in->row;
    if (in->cell_n == in->cell_cap) {
        size_t cap = r->cell_n * 2 > ROOM ? r->cell_n * 2 : ROOM;
        struct sheet_cell *room = arena_raw(in->keep, cap, sizeof *room);
        if (r->cell_n > 0)
            memcpy(room, r->cell, r->cell_n * sizeof *room);
        in->cell = room;
        in->cell_cap = cap;
        in->cell_n = r->cell_n;
        r->cell = room;
    }
    if (r->cell_n == 0)
        r->cell = in->cell + in->cell_n;
    in->cell[in->cell_n++] = c;
    r->cell_n++;
    if (c.column >= in->sheet->column_n)
        in->sheet->column_n = c.column + 1;
}

static bool read_cell(struct wire_in *in, bool refers)
{
    uint32_t column, n;
    uint8_t kind;
    struct sheet_row *r = in->row;
    if (r == NULL || !take(in, &column, sizeof column) || !take(in, &kind, 1) ||
        !take(in, &n, sizeof n) || column >= SHEET_COLUMNS || kind >= CELL_KIND_N ||
        (r->cell_n > 0 && column <= r->cell[r->cell_n - 1].column))
        return false;
    struct sheet_cell c = {.column = column, .kind = (enum cell_kind)kind};
    if (refers && n < in->text_n)
        c.text = in->text[n];
    else if (refers || !take_bytes(in, &c.text, n))
        return false;
    add_cell(in, c);
    return true;
}

static bool read_merge(struct wire_in *in)
{
    struct sheet_merge m;
    struct sheet *s = in->sheet;
    if (s == NULL || s->merge_n == SHEET_MERGES || !take(in, &m, sizeof m) || m.row == 0 ||
        m.row > m.row_end || m.row_end > SHEET_ROWS || m.column > m.column_end ||
        m.column_end >= SHEET_COLUMNS)
        return false;
    VEC_PUSH(in->keep, s->merge, s->merge_n, s->merge_cap) = m;
    return true;
}

static bool read_fault(struct wire_in *in, struct sheet_fault *f)
{
    uint8_t code;
    if (!take(in, &code, 1) || code == SHEET_NONE || code >= SHEET_FAULT_N ||
        !take(in, &f->row, sizeof f->row) || !take(in, &f->column, sizeof f->column) ||
        !take_text(in, &f->arg) || !take_text(in, &f->sheet) || f->row > SHEET_ROWS ||
        f->column > SHEET_COLUMNS || in->rest.n > 0)
        return false;
    f->code = (enum sheet_fault_code)code;
    return true;
}

/* False: the bytes are no answer, or tell of a fault. */
static bool read_all(struct wire_in *in, struct sheet_fault *fault)
{
    for (char what; take(in, &what, 1);) {
        bool ok = false;
        switch (what) {
        case 'V': ok = read_form(in); break;
        case 'T': ok = read_texts(in); break;
        case 'B': ok = read_sheet(in); break;
        case 'R': ok = read_row(in); break;
        case 'C': ok = read_cell(in, false); break;
        case 'S': ok = read_cell(in, true); break;
        case 'M': ok = read_merge(in); break;
        case 'F': (void)read_fault(in, fault); return false; /* else it stays what it was */
        case 'E': return in->rest.n == 0;
        default: break;
        }
        if (!ok)
            return false;
    }
    return false;
}

enum status wire_read(struct arena *keep, struct book **out, Str bytes, struct sheet_fault *fault)
{
    struct wire_in in = {.keep = keep, .rest = bytes, .book = ARENA_NEW(keep, struct book)};
    struct sheet_fault f = {.code = SHEET_CRASH};
    *out = NULL;
    if (!read_all(&in, &f)) {
        *fault = f;
        return sheet_fault_status(f.code);
    }
    for (uint32_t i = 0; i < in.book->sheet_n; i++) {
        struct sheet *s = &in.book->sheet[i];
        if (s->row_n > 0 && s->row[s->row_n - 1].cell_n == 0)
            s->row_n--;
    }
    *out = in.book;
    *fault = (struct sheet_fault){0};
    return OK;
}
