/* out_xlsx.c - a workbook through libxlsxwriter, rows streamed to disk, the file made in memory.
 *
 * Texts go out by worksheet_write_string alone: no formula, no link is ever made of one.
 */
#include <stdio.h>
#include <string.h>
#include <xlsxwriter.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/day.h"
#include "base/decimal.h"
#include "base/str.h"
#include "base/utf8.h"
#include "os/scratch.h"
#include "sheet/out.h"

enum {
    WIDTH_LEAST = 8,
    WIDTH_MOST = 50,
    EXACT_DIGITS = 15,
    EXACT_POWER = 22, /* 10^22 is the last that a double holds */
    DAY_1899_12_30 = -25569,
    LIST_MAX = 255, /* bytes of a list of choices that Excel takes in place */
    BAD_COLOUR = 0xFFC7CE,
    HEAD_COLOUR = 0xD9E1F2,
    NOTE_MAX = 1000, /* characters of a remark that anybody reads */
};

struct xlsx_out {
    struct arena *arena;
    struct out_spec spec;
    struct scratch *scratch;
    lxw_workbook *book;
    lxw_worksheet *sheet, *choices;
    lxw_format *head, *day, *bad, *bad_day, *wrap, *text;
    uint32_t row; /* to be written */
    uint16_t choice_column;
};

/* With a NUL behind it; the library wants some texts without const, and leaves them alone. */
static char *z(struct xlsx_out *o, Str s)
{
    char *p = arena_raw(o->arena, s.n + 1, 1);
    memcpy(p, s.p, s.n);
    p[s.n] = '\0';
    return p;
}

static void make_formats(struct xlsx_out *o)
{
    lxw_format **all[] = {&o->head, &o->day, &o->bad, &o->bad_day, &o->wrap, &o->text};
    for (size_t i = 0; i < ARRAY_N(all); i++)
        *all[i] = workbook_add_format(o->book);
    format_set_bold(o->head);
    format_set_bg_color(o->head, HEAD_COLOUR);
    format_set_text_wrap(o->head);
    format_set_border(o->head, LXW_BORDER_THIN);
    format_set_num_format(o->day, "yyyy-mm-dd");
    format_set_num_format(o->bad_day, "yyyy-mm-dd");
    format_set_bg_color(o->bad, BAD_COLOUR);
    format_set_bg_color(o->bad_day, BAD_COLOUR);
    format_set_text_wrap(o->wrap);
    format_set_num_format(o->text, "@");
}

static lxw_error add_note(struct xlsx_out *o, lxw_row_t row, lxw_col_t column, Str note)
{
    lxw_comment_options options = {.x_scale = 2, .y_scale = 2};
    size_t end = 0, len;
    if (note.n == 0)
        return LXW_NO_ERROR;
    for (int i = 0; end < note.n && i < NOTE_MAX; i++, end += len)
        (void)utf8_at(note, end, &len);
    return worksheet_write_comment_opt(o->sheet, row, column, z(o, str_sub(note, 0, end)),
                                       &options);
}

static bool fits_in_place(const struct out_column *c)
{
    size_t n = 0;
    for (uint32_t i = 0; i < c->choice_n; i++) {
        n += utf8_count(c->choice[i]) + 1;
        if (str_find(c->choice[i], S(",")) < c->choice[i].n || c->choice[i].n == 0)
            return false;
    }
    return n <= LIST_MAX;
}

/* Longer lists stand on a hidden sheet, and the column points there. */
static char *list_on_sheet(struct xlsx_out *o, const struct out_column *c)
{
    char name[COLUMN_NAME_MAX];
    if (o->choices == NULL) {
        o->choices = workbook_add_worksheet(o->book, "选项");
        worksheet_hide(o->choices);
    }
    Str column = sheet_column_name(name, o->choice_column);
    for (uint32_t i = 0; i < c->choice_n; i++)
        (void)worksheet_write_string(o->choices, i, o->choice_column, z(o, c->choice[i]), NULL);
    o->choice_column++;
    return z(o, arena_fmt(o->arena, "='选项'!$%.*s$1:$%.*s$%u", (int)column.n, column.p,
                          (int)column.n, column.p, c->choice_n));
}

static lxw_error add_list(struct xlsx_out *o, lxw_col_t at, const struct out_column *c)
{
    lxw_data_validation v = {.validate = LXW_VALIDATION_TYPE_LIST,
                             .error_title = z(o, S("不在选项里")),
                             .error_message = z(o, S("请从下拉列表中选一项。"))};
    if (c->choice_n == 0 || o->spec.blank_rows == 0)
        return LXW_NO_ERROR;
    if (fits_in_place(c)) {
        char **list = ARENA_ARRAY(o->arena, char *, c->choice_n + 1);
        for (uint32_t i = 0; i < c->choice_n; i++)
            list[i] = z(o, c->choice[i]);
        v.value_list = list;
    } else {
        v.validate = LXW_VALIDATION_TYPE_LIST_FORMULA;
        v.value_formula = list_on_sheet(o, c);
    }
    return worksheet_data_validation_range(o->sheet, 1, at, o->spec.blank_rows, at, &v);
}

static uint32_t width_of(const struct out_column *c)
{
    uint32_t width = c->width > 0 ? c->width : (uint32_t)utf8_width(c->head) + 2;
    return width < WIDTH_LEAST ? WIDTH_LEAST : width > WIDTH_MOST ? WIDTH_MOST : width;
}

/* Text columns are text in the blank rows as well: a code with zeros in front stays what it is. */
static lxw_format *format_of(const struct xlsx_out *o, const struct out_column *c)
{
    return c->kind == OUT_DAY ? o->day : c->kind == OUT_TEXT ? o->text : NULL;
}

static bool write_head(struct xlsx_out *o)
{
    bool ok = true;
    for (uint32_t i = 0; i < o->spec.column_n; i++) {
        const struct out_column *c = &o->spec.column[i];
        lxw_col_t at = (lxw_col_t)i;
        ok &= worksheet_set_column(o->sheet, at, at, width_of(c), format_of(o, c)) == LXW_NO_ERROR;
        ok &= worksheet_write_string(o->sheet, 0, at, z(o, c->head), o->head) == LXW_NO_ERROR;
        ok &= add_note(o, 0, at, c->note) == LXW_NO_ERROR;
        ok &= add_list(o, at, c) == LXW_NO_ERROR;
    }
    worksheet_freeze_panes(o->sheet, 1, 0);
    o->row = 1;
    return ok;
}

enum status xlsx_out_open(struct arena *keep, struct xlsx_out **out, const struct out_spec *spec)
{
    struct xlsx_out *o = ARENA_NEW(keep, struct xlsx_out);
    *out = o;
    o->arena = keep;
    o->spec = *spec;
    TRY(scratch_open(keep, &o->scratch));
    lxw_workbook_options options = {.constant_memory = LXW_TRUE};
    o->book = workbook_new_opt(scratch_path(o->scratch), &options);
    o->sheet = o->book == NULL ? NULL : workbook_add_worksheet(o->book, z(o, spec->sheet));
    if (o->sheet == NULL)
        return ERR_IO;
    make_formats(o);
    return write_head(o) ? OK : ERR_LIMIT;
}

/* Digits of a decimal that a double gives back. False: more than it can. */
static bool read_exact(Str s, Dec *out)
{
    bool lossy = false;
    int digits = 0;
    if (!dec_parse(out, s, &lossy) || lossy)
        return false;
    for (Wide m = out->m < 0 ? -out->m : out->m; m > 0; m /= 10)
        digits++;
    return digits <= EXACT_DIGITS && out->scale <= EXACT_POWER;
}

/* The library takes a double. An integer below 2^53 over an exact power of ten is rounded once: to
 * the double that is nearest to the decimal. */
static lxw_error write_number(struct xlsx_out *o, lxw_col_t at, Dec d, lxw_format *format)
{
    __typeof__(1.0) ten = 1;
    for (int i = 0; i < d.scale; i++)
        ten *= 10;
    const __typeof__(ten) whole = (__typeof__(ten))(int64_t)d.m;
    return worksheet_write_number(o->sheet, o->row, at, whole / ten, format);
}

static lxw_error write_cell(struct xlsx_out *o, lxw_col_t at, const struct out_cell *c)
{
    enum out_kind kind = c->words ? OUT_TEXT : o->spec.column[at].kind;
    lxw_format *format = c->bad ? o->bad : NULL;
    Day day;
    Dec number;
    if (c->text.n == 0)
        return c->bad ? worksheet_write_blank(o->sheet, o->row, at, format) : LXW_NO_ERROR;
    if (kind == OUT_NUMBER && read_exact(c->text, &number))
        return write_number(o, at, number, format);
    if (kind == OUT_DAY && day_parse(&day, c->text) && day >= DAY_1899_12_30 + 61)
        return worksheet_write_number(o->sheet, o->row, at, day - DAY_1899_12_30,
                                      c->bad ? o->bad_day : o->day);
    return worksheet_write_string(o->sheet, o->row, at, z(o, c->text), c->bad ? format : o->text);
}

enum status xlsx_out_row(struct xlsx_out *o, const struct out_cell *cell)
{
    bool ok = o->row < SHEET_ROWS;
    ArenaMark mark = arena_mark(o->arena);
    for (uint32_t i = 0; ok && i < o->spec.column_n; i++)
        ok = write_cell(o, (lxw_col_t)i, &cell[i]) == LXW_NO_ERROR &&
             add_note(o, o->row, (lxw_col_t)i, cell[i].note) == LXW_NO_ERROR;
    arena_reset(o->arena, mark); /* the library keeps copies */
    o->row++;
    return ok ? OK : ERR_LIMIT;
}

static void write_facts(struct xlsx_out *o, uint64_t row_n)
{
    lxw_worksheet *s = workbook_add_worksheet(o->book, "说明");
    char rows[24];
    uint32_t n = (uint32_t)o->spec.fact_n;
    (void)worksheet_set_column(s, 0, 0, 24, NULL);     /* looks only */
    (void)worksheet_set_column(s, 1, 1, 100, o->wrap); /* looks only */
    for (uint32_t i = 0; i < n; i++) {
        (void)worksheet_write_string(s, i, 0, z(o, o->spec.fact[i].key), o->head);
        (void)worksheet_write_string(s, i, 1, z(o, o->spec.fact[i].value), o->wrap);
    }
    (void)snprintf(rows, sizeof rows, "%llu", (unsigned long long)row_n); /* fits */
    (void)worksheet_write_string(s, n, 0, "行数", o->head);
    (void)worksheet_write_string(s, n, 1, rows, o->wrap);
}

enum status xlsx_out_close(struct xlsx_out *o, uint64_t row_n)
{
    Str bytes;
    if (o->book == NULL)
        return ERR_IO;
    write_facts(o, row_n);
    enum status st = workbook_close(o->book) == LXW_NO_ERROR ? OK : ERR_IO;
    if (st == OK)
        st = scratch_read(o->arena, &bytes, o->scratch);
    if (st == OK)
        o->spec.put(o->spec.ctx, bytes);
    scratch_close(o->scratch);
    return st;
}
