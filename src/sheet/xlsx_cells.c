/* xlsx_cells.c - <row><c r="C3" s="4" t="s"><v>17</v></c>..: the cells of a sheet, streaming by.
 *
 * Formulas are not looked at: the value that the last program stored counts, and a formula without
 * one is an error cell.
 */
#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "sheet/xlsx_int.h"

enum value_kind { VALUE_NUMBER, VALUE_SHARED, VALUE_TEXT, VALUE_TRUTH, VALUE_ERROR, VALUE_DAY };

struct cells {
    struct xlsx *x;
    struct buf text, number, shown;
    uint32_t row, column, style;
    enum value_kind kind;
    bool listening, phonetic, formula, valued;
};

/* "C3": column from 0, row from 1; zeros where a part is absent. */
static void read_place(Str s, uint32_t *column, uint32_t *row, bool *has_column)
{
    uint32_t c = 0, r = 0;
    size_t at = 0;
    for (; at < s.n && ((s.p[at] | 32) >= 'a' && (s.p[at] | 32) <= 'z') && c <= SHEET_COLUMNS; at++)
        c = c * 26 + (uint32_t)((s.p[at] | 32) - 'a' + 1);
    for (; at < s.n && s.p[at] >= '0' && s.p[at] <= '9' && r <= SHEET_ROWS; at++)
        r = r * 10 + (uint32_t)(s.p[at] - '0');
    *has_column = c > 0;
    *column = c > 0 ? c - 1 : 0;
    *row = r;
}

static enum status open_row(struct cells *c, const char *const *attr)
{
    Str r = xml_attr(attr, "r");
    uint32_t column, number = c->row + 1;
    bool has_column;
    if (r.p != NULL)
        read_place(r, &column, &number, &has_column);
    c->row = number;
    c->column = 0;
    return wire_row(c->x->wire, number);
}

static enum value_kind kind_of(Str t)
{
    if (t.n == 0 || (t.n == 1 && t.p[0] == 'n'))
        return VALUE_NUMBER;
    if (t.n == 1)
        return t.p[0] == 's'   ? VALUE_SHARED
               : t.p[0] == 'b' ? VALUE_TRUTH
               : t.p[0] == 'e' ? VALUE_ERROR
               : t.p[0] == 'd' ? VALUE_DAY
                               : VALUE_TEXT;
    return VALUE_TEXT; /* str, inlineStr */
}

static enum status open_cell(struct cells *c, const char *const *attr)
{
    uint32_t column = 0, row;
    bool has_column = false;
    Str type = {NULL, 0}, style = {NULL, 0};
    for (; attr[0] != NULL; attr += 2) {
        if (attr[0][0] == 'r' && attr[0][1] == '\0')
            read_place(str_of(attr[1]), &column, &row, &has_column);
        else if (attr[0][0] == 's' && attr[0][1] == '\0')
            style = str_of(attr[1]);
        else if (attr[0][0] == 't' && attr[0][1] == '\0')
            type = str_of(attr[1]);
    }
    if (has_column)
        c->column = column;
    c->style = 0;
    for (size_t i = 0; i < style.n && c->style < UINT32_MAX / 16; i++)
        c->style = c->style * 10 + (uint32_t)(style.p[i] - '0');
    c->kind = kind_of(type);
    c->text.n = 0;
    c->formula = c->valued = false;
    return c->row == 0 ? wire_fault(c->x->wire, SHEET_XML, S("c")) : OK;
}

static enum status open_merge(struct cells *c, const char *const *attr)
{
    Str ref = xml_attr(attr, "ref"), first = ref.p == NULL ? S("") : str_cut(&ref, ':');
    struct sheet_merge m;
    bool from, to;
    read_place(first, &m.column, &m.row, &from);
    read_place(ref.n > 0 ? ref : first, &m.column_end, &m.row_end, &to);
    return from && to ? wire_merge(c->x->wire, m) : OK;
}

static enum status open_element(void *ctx, Str name, const char *const *attr)
{
    struct cells *c = ctx;
    c->listening = false;
    if (name.n == 1) {
        switch (name.p[0]) {
        case 'c': return open_cell(c, attr);
        case 'v': c->listening = c->valued = true; return OK;
        case 't': c->listening = c->valued = !c->phonetic; return OK;
        case 'f': c->formula = true; return OK;
        default: return OK;
        }
    }
    if (str_eq(name, S("row")))
        return open_row(c, attr);
    if (str_eq(name, S("mergeCell")))
        return open_merge(c, attr);
    c->phonetic |= str_eq(name, S("rPh"));
    return OK;
}

enum status put_number(struct wire *w, const struct styles *s, uint32_t style, uint32_t column,
                       struct buf *text, struct buf *shown)
{
    enum cell_show show = style < s->show_n ? s->show[style] : SHOW_PLAIN;
    shown->n = 0;
    if (show == SHOW_PLAIN || !number_show(shown, buf_str(text), show, s->from_1904))
        return wire_cell(w, column, CELL_NUMBER, buf_str(text));
    return wire_cell(w, column, show == SHOW_PERCENT ? CELL_NUMBER : CELL_DAY, buf_str(shown));
}

static enum status put_value(struct cells *c, Str raw)
{
    struct wire *w = c->x->wire;
    struct buf *number = &c->number;
    uint32_t index = 0;
    switch (c->kind) {
    case VALUE_NUMBER:
        number->n = 0;
        if (!number_text(number, str_trim(raw)))
            return wire_cell(w, c->column, CELL_TEXT, raw);
        return put_number(w, &c->x->styles, c->style, c->column, number, &c->shown);
    case VALUE_SHARED:
        for (size_t i = 0; i < raw.n && index < UINT32_MAX / 16; i++)
            index = index * 10 + (uint32_t)(raw.p[i] - '0');
        if (index >= c->x->text_n)
            return wire_fault(w, SHEET_XML, S("sharedStrings"));
        return wire_cell_text(w, c->column, index, c->x->text[index]);
    case VALUE_TRUTH:
        return wire_cell(w, c->column, CELL_TRUTH, str_eq(raw, S("1")) ? S("是") : S("否"));
    case VALUE_ERROR: return wire_cell(w, c->column, CELL_ERROR, raw);
    case VALUE_DAY:
        return wire_cell(w, c->column, CELL_DAY,
                         str_ends(raw, S("T00:00:00")) ? str_sub(raw, 0, raw.n - 9) : raw);
    case VALUE_TEXT:
    default: return wire_cell(w, c->column, CELL_TEXT, xlsx_unescape(&c->text));
    }
}

static enum status close_cell(struct cells *c)
{
    enum status st = OK;
    if (c->text.over)
        return wire_fault(c->x->wire, SHEET_TEXT_LONG, S(""));
    if (c->valued && c->text.n > 0)
        st = put_value(c, buf_str(&c->text));
    else if (c->formula && !c->valued)
        st = wire_cell(c->x->wire, c->column, CELL_ERROR, S("#公式未计算"));
    c->column++;
    return st;
}

static enum status close_element(void *ctx, Str name)
{
    struct cells *c = ctx;
    c->listening = false;
    if (name.n == 1 && name.p[0] == 'c')
        return close_cell(c);
    if (str_eq(name, S("rPh")))
        c->phonetic = false;
    return OK;
}

static void on_text(void *ctx, Str s)
{
    struct cells *c = ctx;
    if (c->listening)
        buf_add(&c->text, s);
}

enum status xlsx_read_cells(struct xlsx *x, const struct zip_part *p)
{
    struct cells c = {.x = x};
    struct xml_hooks hooks = {
        .open = open_element, .close = close_element, .text = on_text, .ctx = &c};
    buf_init(&c.text, x->keep, XLSX_TEXT_BYTES);
    buf_init(&c.number, x->keep, 64);
    buf_init(&c.shown, x->keep, 64);
    return xml_read(&x->zip, p, &hooks);
}
