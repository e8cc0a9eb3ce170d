/* xlsx.c - a workbook of Office Open XML: which sheets there are, what their cells mean.
 *
 *     _rels/.rels -> xl/workbook.xml -> xl/_rels/workbook.xml.rels -> styles, texts, sheets
 *
 * Both the transitional and the strict form; prefixes of names do not matter. Cells themselves are
 * read by xlsx_cells.c.
 */
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "sheet/xlsx_int.h"

/* ---- relations ---- */

struct relation {
    Str id, target, type;
};

struct relations {
    struct arena *keep;
    struct relation *at;
    size_t n, cap;
};

static enum status nothing(void *ctx, Str name)
{
    (void)ctx, (void)name;
    return OK;
}

static enum status open_relation(void *ctx, Str name, const char *const *attr)
{
    struct relations *r = ctx;
    if (str_eq(name, S("Relationship")))
        VEC_PUSH(r->keep, r->at, r->n, r->cap) = (struct relation){
            .id = arena_copy(r->keep, xml_attr(attr, "Id")),
            .target = arena_copy(r->keep, xml_attr(attr, "Target")),
            .type = arena_copy(r->keep, xml_attr(attr, "Type")),
        };
    return OK;
}

static enum status read_relations(struct xlsx *x, struct relations *r, Str name)
{
    *r = (struct relations){.keep = x->keep};
    const struct zip_part *p = zip_find(&x->zip, name);
    if (p == NULL)
        return OK;
    struct xml_hooks hooks = {.open = open_relation, .close = nothing, .ctx = r};
    return xml_read(&x->zip, p, &hooks);
}

/* By its id, or where that is absent by the end of its type; NULL: there is none. */
static const struct relation *find_relation(const struct relations *r, Str id, const char *type)
{
    for (size_t i = 0; i < r->n; i++)
        if (id.p != NULL ? str_eq(r->at[i].id, id) : str_ends(r->at[i].type, str_of(type)))
            return &r->at[i];
    return NULL;
}

static Str target_of(const struct relations *r, const char *type)
{
    const struct relation *at = find_relation(r, NO_ARG, type);
    return at == NULL ? S("") : at->target;
}

/* A target is relative to the folder of the workbook, or begins with a slash. */
static const struct zip_part *part_of(struct xlsx *x, Str target)
{
    if (target.n == 0)
        return NULL;
    if (target.p[0] == '/')
        return zip_find(&x->zip, str_sub(target, 1, target.n));
    return zip_find(&x->zip, arena_fmt(x->keep, "%.*s%.*s", (int)x->folder.n, x->folder.p,
                                       (int)target.n, target.p));
}

/* ---- the workbook ---- */

static bool says_yes(Str s)
{
    return str_eq(s, S("1")) || str_eq(s, S("true")) || str_eq(s, S("on"));
}

static enum status open_workbook(void *ctx, Str name, const char *const *attr)
{
    struct xlsx *x = ctx;
    if (str_eq(name, S("workbookPr")))
        x->styles.from_1904 = says_yes(xml_attr(attr, "date1904"));
    if (!str_eq(name, S("sheet")))
        return OK;
    if (x->sheet_n == SHEET_BOOK_MAX)
        return wire_fault(x->wire, SHEET_SHEET_MANY, S(""));
    Str state = xml_attr(attr, "state");
    VEC_PUSH(x->keep, x->sheet, x->sheet_n, x->sheet_cap) = (struct xlsx_sheet){
        .name = arena_copy(x->keep, xml_attr(attr, "name")),
        .id = arena_copy(x->keep, xml_attr(attr, "id")), /* r:id; there is a sheetId too */
        .hidden = state.n > 0 && !str_eq(state, S("visible")),
    };
    return OK;
}

/* ---- number formats ---- */

struct style_reader {
    struct xlsx *x;
    struct {
        uint32_t id;
        enum cell_show show;
    } * own;
    size_t own_n, own_cap, show_cap;
    bool in_formats, in_cells;
};

static uint32_t number_of(Str s)
{
    uint32_t n = 0;
    for (size_t i = 0; i < s.n && s.p[i] >= '0' && s.p[i] <= '9' && n < UINT32_MAX / 16; i++)
        n = n * 10 + (uint32_t)(s.p[i] - '0');
    return n;
}

static enum cell_show show_of(const struct style_reader *r, uint32_t id)
{
    for (size_t i = 0; i < r->own_n; i++)
        if (r->own[i].id == id)
            return r->own[i].show;
    return number_format_builtin(id);
}

static enum status open_style(void *ctx, Str name, const char *const *attr)
{
    struct style_reader *r = ctx;
    struct styles *s = &r->x->styles;
    size_t n = s->show_n;
    if (str_eq(name, S("numFmts")))
        r->in_formats = true;
    else if (str_eq(name, S("cellXfs")))
        r->in_cells = true;
    else if (r->in_formats && str_eq(name, S("numFmt"))) {
        VEC_PUSH(r->x->keep, r->own, r->own_n, r->own_cap).id =
            number_of(xml_attr(attr, "numFmtId"));
        r->own[r->own_n - 1].show = number_format(xml_attr(attr, "formatCode"));
    } else if (r->in_cells && str_eq(name, S("xf"))) {
        enum cell_show show = show_of(r, number_of(xml_attr(attr, "numFmtId")));
        VEC_PUSH(r->x->keep, s->show, n, r->show_cap) = show;
        s->show_n = (uint32_t)n;
    }
    return OK;
}

static enum status close_style(void *ctx, Str name)
{
    struct style_reader *r = ctx;
    if (str_eq(name, S("numFmts")))
        r->in_formats = false;
    if (str_eq(name, S("cellXfs")))
        r->in_cells = false;
    return OK;
}

static enum status read_styles(struct xlsx *x, const struct zip_part *p)
{
    if (p == NULL)
        return OK;
    struct style_reader r = {.x = x};
    struct xml_hooks hooks = {.open = open_style, .close = close_style, .ctx = &r};
    return xml_read(&x->zip, p, &hooks);
}

/* ---- shared strings ---- */

struct text_reader {
    struct xlsx *x;
    struct buf text;
    size_t cap;
    bool listening, phonetic;
};

static enum status open_string(void *ctx, Str name, const char *const *attr)
{
    struct text_reader *r = ctx;
    (void)attr;
    if (str_eq(name, S("si")))
        r->text.n = 0;
    r->phonetic |= str_eq(name, S("rPh"));
    r->listening = !r->phonetic && str_eq(name, S("t"));
    return OK;
}

static enum status close_string(void *ctx, Str name)
{
    struct text_reader *r = ctx;
    size_t n = r->x->text_n;
    r->listening = false;
    if (str_eq(name, S("rPh")))
        r->phonetic = false;
    if (!str_eq(name, S("si")))
        return OK;
    if (r->text.over)
        return wire_fault(r->x->wire, SHEET_TEXT_LONG, S(""));
    Str text = arena_copy(r->x->keep, xlsx_unescape(&r->text));
    VEC_PUSH(r->x->keep, r->x->text, n, r->cap) = text;
    r->x->text_n = (uint32_t)n;
    return OK;
}

static void on_string(void *ctx, Str s)
{
    struct text_reader *r = ctx;
    if (r->listening)
        buf_add(&r->text, s);
}

static enum status read_texts(struct xlsx *x, const struct zip_part *p)
{
    if (p == NULL)
        return OK;
    struct text_reader r = {.x = x};
    buf_init(&r.text, x->keep, XLSX_TEXT_BYTES);
    struct xml_hooks hooks = {
        .open = open_string, .close = close_string, .text = on_string, .ctx = &r};
    TRY(xml_read(&x->zip, p, &hooks));
    wire_texts(x->wire, x->text, x->text_n);
    return OK;
}

static bool is_hex(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F') || (c >= 'a' && c <= 'f');
}

static int hex_value(char c)
{
    return c <= '9' ? c - '0' : (c | 32) - 'a' + 10;
}

/* _x000D_ stands for a character that XML cannot have; those are blanks and controls. */
Str xlsx_unescape(struct buf *b)
{
    size_t n = 0;
    for (size_t i = 0; i < b->n; i++) {
        const char *p = b->p + i;
        bool escape = b->n - i >= 7 && p[0] == '_' && p[1] == 'x' && p[6] == '_' && is_hex(p[2]) &&
                      is_hex(p[3]) && is_hex(p[4]) && is_hex(p[5]);
        int c = escape ? hex_value(p[4]) * 16 + hex_value(p[5]) : 0;
        escape = escape && p[2] == '0' && p[3] == '0' && c < 0x80;
        i += escape ? 6 : 0;
        if (!escape)
            b->p[n++] = *p;
        else if (c != 0 && c != '\r') /* a line ends in \n alone */
            b->p[n++] = (char)c;
    }
    b->n = n;
    return buf_str(b);
}

/* ---- all of it ---- */

static enum status find_workbook(struct xlsx *x, const struct zip_part **out)
{
    struct relations top;
    TRY(read_relations(x, &top, S("_rels/.rels")));
    Str target = target_of(&top, "/officeDocument");
    if (target.n > 0 && target.p[0] == '/')
        target = str_sub(target, 1, target.n);
    if (zip_find(&x->zip, target) == NULL)
        target = S("xl/workbook.xml");
    if (str_ends(target, S(".bin")) || zip_find(&x->zip, S("xl/workbook.bin")) != NULL)
        return wire_fault(x->wire, SHEET_XLSB, S(""));
    *out = zip_find(&x->zip, target);
    if (*out == NULL)
        return wire_fault(x->wire, SHEET_NOT_KNOWN, S(""));
    size_t slash = target.n;
    while (slash > 0 && target.p[slash - 1] != '/')
        slash--;
    x->folder = str_sub(target, 0, slash);
    x->book = str_sub(target, slash, target.n);
    return OK;
}

/* `at`: where its cells are. */
static enum status read_sheet(struct xlsx *x, size_t i, const struct relation *at)
{
    const struct zip_part *p = at == NULL ? NULL : part_of(x, at->target);
    TRY(wire_sheet(x->wire, x->sheet[i].name, x->sheet[i].hidden));
    if (p == NULL)
        return wire_fault(x->wire, SHEET_PART, x->sheet[i].name);
    if (!str_ends(at->type, S("/worksheet"))) /* a chart has no cells */
        return OK;
    return xlsx_read_cells(x, p);
}

enum status xlsx_read(struct arena *keep, struct wire *w, Str bytes)
{
    struct xlsx x = {.keep = keep, .wire = w};
    const struct zip_part *book = NULL;
    struct relations r;
    TRY(zip_open(&x.zip, keep, w, bytes));
    TRY(find_workbook(&x, &book));
    wire_form(w, BOOK_XLSX, part_of(&x, S("vbaProject.bin")) != NULL);
    TRY(read_relations(&x, &r,
                       arena_fmt(keep, "%.*s_rels/%.*s.rels", (int)x.folder.n, x.folder.p,
                                 (int)x.book.n, x.book.p)));
    struct xml_hooks hooks = {.open = open_workbook, .close = nothing, .ctx = &x};
    TRY(xml_read(&x.zip, book, &hooks));
    TRY(read_styles(&x, part_of(&x, target_of(&r, "/styles"))));
    TRY(read_texts(&x, part_of(&x, target_of(&r, "/sharedStrings"))));
    for (size_t i = 0; i < x.sheet_n; i++)
        TRY(read_sheet(&x, i, find_relation(&r, x.sheet[i].id, "")));
    return OK;
}
