#include "exchange/intake.h"

#include "base/arena.h"
#include "base/csv.h"
#include "base/str.h"
#include "load/head.h"
#include "rule/model.h"

enum { HEAD_BYTES = 1 << 16 };

/* ---- plain CSV, or CSV for people? ---- */

static bool is_field(struct arena *a, const struct rules *r, Str head)
{
    struct head h;
    return head_read(a, &h, r, head, (Span){0, 0}, NULL) == OK && h.field >= 0;
}

/* Does the first row name a field, or the id, just as load.h wants it? And all that can be named?
 * Told by the first lines. */
static bool is_plain(struct arena *a, const struct rules *r, Str text)
{
    struct book *b;
    struct sheet_fault f;
    struct found t;
    struct mapping m;
    struct csv c;
    bool named = false;
    csv_open(&c, a, text);
    if (csv_next(&c, NULL) != OK)
        return true;
    for (size_t i = 0; i < c.cell_n; i++)
        named |= is_field(a, r, c.cell[i].text) || str_eq(c.cell[i].text, r->id_field);
    Str front = str_sub(text, 0, text.n < HEAD_BYTES ? text.n : HEAD_BYTES);
    while (front.n < text.n && front.n > 0 && front.p[front.n - 1] != '\n')
        front.n--;
    if (sheet_read_here(a, &b, front, &f) != OK || !map_book(a, &t, &m, r, b) || m.field_n == 0)
        return true;
    if (named && t.head_row != c.line)
        return true;
    for (uint32_t i = 0; i < t.column_n; i++)
        if (m.column[i].field >= 0 && !is_field(a, r, t.head[i]))
            return false;
    return named;
}

/* Lines about the table stand behind it, as sheet/out.h writes them. */
static bool has_notes(Str text)
{
    text = str_trim(text);
    size_t at = text.n;
    while (at > 0 && text.p[at - 1] != '\n')
        at--;
    return str_starts(str_sub(text, at, text.n), S("说明："));
}

bool intake_is_plain(const struct rules *r, Str text)
{
    struct arena *tmp = arena_open();
    bool plain = !has_notes(text) && is_plain(tmp, r, text);
    arena_close(tmp);
    return plain;
}

/* ---- a table ---- */

static bool find_table(struct arena *keep, struct intake *s, const struct rules *r, Str sheet)
{
    if (sheet.n == 0)
        return map_book(keep, &s->found, &s->map, r, s->book);
    for (uint32_t i = 0; i < s->book->sheet_n; i++) {
        const struct sheet *one = &s->book->sheet[i];
        if (!str_eq(one->name, sheet) || !table_find(keep, &s->found, one))
            continue;
        map_columns(keep, &s->map, r, &s->found);
        return true;
    }
    return false;
}

enum status intake_table(struct arena *keep, struct intake *out, const struct rules *r, Str bytes,
                         const struct intake_opts *o)
{
    *out = (struct intake){.table = true, .fault = {.code = SHEET_NONE}};
    TRY(sheet_read(keep, &out->book, bytes, o->tick, &out->fault));
    if (!find_table(keep, out, r, o->sheet)) {
        out->fault = (struct sheet_fault){.code = SHEET_NO_TABLE};
        return sheet_fault_status(out->fault.code);
    }
    for (size_t i = 0; i < o->choice_n; i++) {
        out->bad_choice = i;
        if (!map_choose(keep, &out->map, r, &out->found, &o->choice[i]))
            return ERR_INPUT;
    }
    out->text = map_csv(keep, &out->found, &out->map);
    return OK;
}
