#include "sheet/check.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "col/dataset.h"
#include "load/head.h"
#include "load/ids.h"
#include "rule/model.h"

enum { REASON_MAX = 32000 };

struct checker {
    struct arena *keep, *tmp;
    const struct rules *r;
    const struct found *t;
    const struct mapping *m;
    struct checked *k;
    enum lang lang;
    struct labels *labels;
    struct head *head; /* by column */
    struct ids ids;
    Str *id; /* by row */
};

/* ---- problems ---- */

/* srccheck:params a problem has so many parts. */
static void add(struct checker *x, uint32_t row, uint32_t column, bool warns, Str what, Str fix)
{
    if (!warns && !x->k->bad[row]) {
        x->k->bad[row] = true;
        x->k->bad_n++;
    }
    if (x->k->n == PROBLEMS_MAX) {
        x->k->dropped++;
        return;
    }
    VEC_PUSH(x->keep, x->k->problem, x->k->n, x->k->cap) =
        (struct problem){.row = row, .column = column, .warns = warns, .what = what, .fix = fix};
}

static void add_diags(struct checker *x, uint32_t row, uint32_t column, const struct diags *ds)
{
    for (size_t i = 0; i < ds->n; i++) {
        const struct diag_info *info = diag_info(ds->at[i].code);
        struct buf what, fix;
        buf_init(&what, x->keep, REASON_MAX);
        buf_init(&fix, x->keep, REASON_MAX);
        diag_text(&what, &ds->at[i], x->lang);
        diag_fix(&fix, &ds->at[i], x->lang);
        if (info->sev != SEV_NOTE)
            add(x, row, column, info->sev == SEV_WARN, buf_str(&what), buf_str(&fix));
    }
}

/* ---- ids ---- */

static void check_id(struct checker *x, uint32_t row)
{
    uint32_t at = x->m->id_at;
    bool zh = x->lang == LANG_ZH;
    Str id = x->t->row[row].cell[at];
    x->id[row] = id;
    int64_t same = id.n == 0 ? -1 : ids_add(&x->ids, row);
    if (id.n == 0)
        add(x, row, at, false, zh ? S("没有编号") : S("there is no id"),
            zh ? S("补上编号，或删去这一行") : S("fill it in, or delete the row"));
    if (same >= 0)
        add(x, row, at, false,
            arena_fmt(x->keep, zh ? "编号“%.*s”在第 %u 行已有" : "id “%.*s” is in row %u already",
                      (int)id.n, id.p, x->t->row[same].number),
            zh ? S("一个主体只占一行；合并，或改正编号")
               : S("a subject has one row; merge the two, or correct the id"));
}

/* ---- cells ---- */

static void read_heads(struct checker *x)
{
    x->head = ARENA_ARRAY(x->tmp, struct head, x->t->column_n + 1);
    for (uint32_t i = 0; i < x->t->column_n; i++) {
        x->head[i].field = -1;
        if (x->m->column[i].field >= 0 &&
            head_read(x->tmp, &x->head[i], x->r, x->m->column[i].head, (Span){0, 0}, NULL) != OK)
            x->head[i].field = -1;
    }
}

static void check_cell(struct checker *x, uint32_t row, uint32_t column)
{
    Str text = x->t->row[row].cell[column];
    struct diags ds;
    Cell cell;
    if (x->head[column].field < 0 || text.n == 0)
        return;
    ArenaMark mark = arena_mark(x->tmp);
    diags_init(&ds, x->tmp);
    enum status st = rule_read_cell(&cell, x->r, &x->head[column].as,
                                    (Text){text, {0, (uint32_t)text.n}}, x->labels, &ds);
    if (st != OK || ds.n > 0)
        add_diags(x, row, column, &ds);
    arena_reset(x->tmp, mark);
}

void check_rows(struct arena *keep, struct checked *out, const struct rules *r,
                const struct found *t, const struct mapping *m, enum lang lang)
{
    struct arena *tmp = arena_open(), *lasting = arena_open();
    struct checker x = {.keep = keep, .tmp = tmp, .r = r, .t = t, .m = m, .k = out, .lang = lang};
    *out = (struct checked){.bad = ARENA_ARRAY(keep, bool, t->row_n + 1)};
    x.labels = labels_open(lasting);
    for (uint32_t i = 0; i < r->label_n; i++)
        (void)labels_code(x.labels, r->label[i]); /* codes of options are those of the rules */
    x.id = ARENA_ARRAY(lasting, Str, t->row_n + 1);
    ids_open(&x.ids, lasting, x.id, t->row_n);
    read_heads(&x);
    for (uint32_t i = 0; i < t->row_n; i++)
        for (uint32_t c = 0; c < t->column_n; c++) {
            if (c == m->id_at)
                check_id(&x, i);
            check_cell(&x, i, c);
        }
    out->good_n = t->row_n - out->bad_n;
    arena_close(tmp);
    arena_close(lasting);
}

/* ---- in words ---- */

static Str place(struct arena *keep, const struct found *t, const struct problem *p, enum lang lang)
{
    char name[COLUMN_NAME_MAX];
    uint32_t at = t->column[p->column], row = t->row[p->row].number;
    Str head = t->head[p->column], column = sheet_column_name(name, at == UINT32_MAX ? 0 : at);
    return arena_fmt(keep,
                     lang == LANG_ZH ? "第 %u 行 %.*s 列「%.*s」" : "row %u, column %.*s “%.*s”",
                     row, (int)column.n, column.p, (int)head.n, head.p);
}

Str check_say(struct arena *keep, const struct found *t, const struct problem *p, enum lang lang)
{
    Str at = place(keep, t, p, lang);
    bool zh = lang == LANG_ZH;
    if (p->fix.n == 0)
        return arena_fmt(keep, zh ? "%.*s：%.*s" : "%.*s: %.*s", (int)at.n, at.p, (int)p->what.n,
                         p->what.p);
    return arena_fmt(keep, zh ? "%.*s：%.*s。建议：%.*s" : "%.*s: %.*s; way out: %.*s", (int)at.n,
                     at.p, (int)p->what.n, p->what.p, (int)p->fix.n, p->fix.p);
}

/* ---- the workbook of bad rows ---- */

static enum out_kind kind_of(const struct rules *r, const struct map_column *c)
{
    if (c->field < 0)
        return OUT_TEXT;
    enum field_type type = r->field[c->field].ftype;
    return type == FIELD_NUM ? OUT_NUMBER : type == FIELD_DAY ? OUT_DAY : OUT_TEXT;
}

/* The cells of row i; *at is where its problems start, and moves behind them. */
static void fill_row(struct arena *tmp, struct out_cell *cell, const struct found *t,
                     const struct checked *k, uint32_t i, size_t *at)
{
    struct buf why;
    buf_init(&why, tmp, REASON_MAX);
    for (uint32_t c = 0; c < t->column_n; c++)
        cell[c] = (struct out_cell){.text = t->row[i].cell[c]};
    while (*at < k->n && k->problem[*at].row < i)
        ++*at;
    for (; *at < k->n && k->problem[*at].row == i; ++*at) {
        const struct problem *p = &k->problem[*at];
        if (p->warns)
            continue;
        cell[p->column].bad = true;
        cell[p->column].note =
            arena_fmt(tmp, "%.*s\n%.*s", (int)p->what.n, p->what.p, (int)p->fix.n, p->fix.p);
        buf_fmt(&why, "%s%.*s：%.*s", why.n > 0 ? "；" : "", (int)t->head[p->column].n,
                t->head[p->column].p, (int)p->what.n, p->what.p);
    }
    cell[t->column_n] = (struct out_cell){.text = arena_fmt(tmp, "%u", t->row[i].number)};
    cell[t->column_n + 1] = (struct out_cell){.text = buf_str(&why)};
}

enum status check_failed(struct arena *keep, const struct rules *r, const struct found *t,
                         const struct mapping *m, const struct checked *k,
                         const struct out_spec *put)
{
    struct out_column *column = ARENA_ARRAY(keep, struct out_column, t->column_n + 2);
    struct out_cell *cell = ARENA_ARRAY(keep, struct out_cell, t->column_n + 2);
    struct out_spec spec = *put;
    struct out_table *o;
    size_t at = 0;
    for (uint32_t c = 0; c < t->column_n; c++)
        column[c] =
            (struct out_column){.head = m->column[c].field < 0 ? t->head[c] : m->column[c].head,
                                .kind = kind_of(r, &m->column[c])};
    column[t->column_n] = (struct out_column){.head = S("原文件行号"), .kind = OUT_NUMBER};
    column[t->column_n + 1] = (struct out_column){.head = S("未通过的原因"), .width = 50};
    spec.form = OUT_XLSX;
    spec.column = column;
    spec.column_n = t->column_n + 2;
    enum status st = out_table_open(keep, &o, &spec);
    struct arena *tmp = arena_open();
    for (uint32_t i = 0; st == OK && i < t->row_n; i++) {
        ArenaMark mark = arena_mark(tmp);
        if (k->bad[i]) {
            fill_row(tmp, cell, t, k, i, &at);
            st = out_table_row(o, cell);
        }
        arena_reset(tmp, mark);
    }
    arena_close(tmp);
    enum status closed = out_table_close(o);
    return st == OK ? closed : st;
}
