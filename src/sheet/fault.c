/* fault.c - what went wrong with a spreadsheet, in words. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "sheet/sheet.h"

static const struct {
    enum status st;
    const char *text[2], *fix[2]; /* by enum lang */
} faults[SHEET_FAULT_N] = {
#define FAULT(id, st, zh, en, fix_zh, fix_en) [SHEET_##id] = {st, {zh, en}, {fix_zh, fix_en}},
#include "sheet/fault_list.h"
#undef FAULT
};

enum status sheet_fault_status(enum sheet_fault_code code)
{
    return faults[code].st;
}

Str sheet_column_name(char out[static COLUMN_NAME_MAX], uint32_t column)
{
    size_t at = COLUMN_NAME_MAX;
    for (uint32_t left = column + 1; left > 0 && at > 0; left = (left - 1) / 26)
        out[--at] = (char)('A' + (left - 1) % 26);
    return (Str){out + at, COLUMN_NAME_MAX - at};
}

static void add_place(struct buf *b, const struct sheet_fault *f, enum lang lang)
{
    char name[COLUMN_NAME_MAX];
    bool zh = lang == LANG_ZH;
    if (f->sheet.n > 0)
        buf_fmt(b, zh ? "工作表“%.*s” " : "sheet “%.*s” ", (int)f->sheet.n, f->sheet.p);
    if (f->row > 0) {
        Str column = sheet_column_name(name, f->column);
        buf_fmt(b, zh ? "第 %u 行 %.*s 列" : "row %u, column %.*s", f->row, (int)column.n,
                column.p);
    }
    if (b->n > 0)
        buf_add(b, zh ? S("：") : S(": "));
}

Str sheet_fault_text(struct arena *keep, const struct sheet_fault *f, enum lang lang)
{
    struct buf b;
    buf_init(&b, keep, BUF_MAX);
    add_place(&b, f, lang);
    Str text = str_of(faults[f->code].text[lang]), fix = str_of(faults[f->code].fix[lang]);
    size_t hole = str_find(text, S("{}"));
    buf_add(&b, str_sub(text, 0, hole));
    if (hole < text.n) {
        buf_add(&b, f->arg);
        buf_add(&b, str_sub(text, hole + 2, text.n));
    }
    if (fix.n > 0)
        buf_fmt(&b, lang == LANG_ZH ? "。建议：%.*s" : "; way out: %.*s", (int)fix.n, fix.p);
    return buf_str(&b);
}

Str sheet_text(const struct sheet_row *r, uint32_t column)
{
    uint32_t lo = 0, hi = r->cell_n;
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (r->cell[mid].column < column)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < r->cell_n && r->cell[lo].column == column ? r->cell[lo].text : S("");
}
