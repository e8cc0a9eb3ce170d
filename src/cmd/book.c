/* book.c - a file of facts, whatever program wrote it, as the CSV that load.h reads. */
#include "cmd/book.h"

#include "base/arena.h"
#include "base/str.h"
#include "explain/layout.h"
#include "load/gcol.h"
#include "rule/model.h"

enum { YEAR_DIGITS = 4, HEAD_BYTES = 1 << 16, LIST_COLUMNS = 60 };

static bool show_progress(void *ctx, uint64_t done, uint64_t total)
{
    struct cli *c = ctx;
    if (total > 0)
        cli_progress(c, ZE(c, "读表格：%d%%……", "reading the spreadsheet: %d%% ..."),
                     (int)(done * 100 / total));
    return true;
}

static int fail(struct cli *c, const struct sheet_fault *f, Str path)
{
    Str why = sheet_fault_text(c->arena, f, c->lang);
    return cli_fail(c, sheet_fault_status(f->code),
                    ZE(c, "“%.*s”读不进来：%.*s。", "“%.*s” cannot be used: %.*s."), STR_ARG(path),
                    STR_ARG(why));
}

int book_table(struct cli *c, struct intake *s, const struct rules *r, Str path, Str bytes)
{
    struct sheet_tick tick = {show_progress, c};
    struct intake_opts o = {.tick = &tick};
    if (intake_table(c->arena, s, r, bytes, &o) != OK)
        return fail(c, &s->fault, path);
    if (s->book->macros)
        cli_warn(c,
                 ZE(c, "“%.*s”里有宏，没有运行，只读了单元格。",
                    "“%.*s” has macros; they were not run, only cells were read."),
                 STR_ARG(path));
    return 0;
}

/* ---- what was done to it ---- */

static void say_found(struct cli *c, Str path, const struct found *t)
{
    size_t rows = 0;
    for (size_t i = 0; i < t->skip_n; i++) {
        rows++;
        if (t->skip[i].why == SKIP_COUNT)
            cli_warn(c,
                     ZE(c, "“%.*s”第 %u 行“%.*s”写的数目与下面的 %u 行不符。",
                        "“%.*s” row %u “%.*s”: its count is not that of the %u rows below."),
                     STR_ARG(path), t->skip[i].row, STR_ARG(t->skip[i].text), t->skip[i].n);
    }
    if (rows > 0)
        cli_warn(
            c,
            ZE(c,
               "“%.*s”的表头在第 %u 行，数据 %u 行；标题、分组、合计、注释共 %zu 行没有当作数据。"
               "逐行的原因见 geci preview。",
               "“%.*s”: header in row %u, %u rows of data; %zu rows of titles, groups, "
               "totals or notes are none. geci preview lists them."),
            STR_ARG(path), t->head_row_end, t->row_n, rows);
}

/* The year in the name of a column; empty: none. */
static Str year_in(Str head)
{
    size_t digits = 0;
    for (size_t i = 0; i <= head.n; i++) {
        bool is_digit = i < head.n && head.p[i] >= '0' && head.p[i] <= '9';
        if (!is_digit && digits == YEAR_DIGITS)
            return str_sub(head, i - YEAR_DIGITS, i);
        digits = is_digit ? digits + 1 : 0;
    }
    return S("");
}

static bool is_same_but_for_year(Str a, Str b)
{
    Str x = year_in(a), y = year_in(b);
    size_t at = x.n > 0 ? (size_t)(x.p - a.p) : 0;
    return x.n > 0 && y.n > 0 && at == (size_t)(y.p - b.p) && a.n == b.n &&
           str_eq(str_sub(a, 0, at), str_sub(b, 0, at)) &&
           str_eq(str_sub(a, at + x.n, a.n), str_sub(b, at + y.n, b.n));
}

/* A column of the table as people know it, with all its years: 2022年研发费月（2022、2023）. Empty:
 * it was told of with an earlier year. */
static Str head_with_years(struct cli *c, const struct found *t, const struct mapping *m,
                           uint32_t at)
{
    struct buf b;
    uint32_t n = 0;
    buf_init(&b, c->arena, BUF_MAX);
    buf_add(&b, layout_cut(c->arena, t->head[at], LIST_COLUMNS));
    size_t alone = b.n;
    for (uint32_t i = 0; i < t->column_n; i++) {
        if (m->column[i].how != m->column[at].how || m->column[i].lost >= 0 ||
            !is_same_but_for_year(t->head[i], t->head[at]))
            continue;
        if (i < at)
            return S("");
        buf_add(&b, n++ > 0 ? S("、") : str_of(ZE(c, "（", " (")));
        buf_add(&b, year_in(t->head[i]));
    }
    buf_add(&b, n > 0 ? str_of(ZE(c, "）", ")")) : S(""));
    if (n < 2)
        b.n = alone;
    return buf_str(&b);
}

static void say_mapped(struct cli *c, const struct rules *r, const struct found *t,
                       const struct mapping *m)
{
    for (uint32_t i = 0; i < t->column_n; i++) {
        const struct map_column *k = &m->column[i];
        if (k->lost >= 0)
            cli_warn(c,
                     ZE(c, "列“%.*s”与“%.*s”是同一字段的同一期，只取后者。",
                        "columns “%.*s” and “%.*s” are one field and period; only the latter "
                        "is taken."),
                     STR_ARG(layout_cut(c->arena, t->head[i], LIST_COLUMNS)),
                     STR_ARG(t->head[k->lost]));
        if (k->lost >= 0 || (k->how != MAP_NEAR && k->how != MAP_SYNONYM))
            continue;
        Str head = head_with_years(c, t, m, i);
        if (head.n > 0 && k->how == MAP_NEAR)
            cli_warn(c,
                     ZE(c, "列“%.*s”不是字段，是不是“%.*s”？没有读入。",
                        "column “%.*s” is no field; is it “%.*s”? It was left out."),
                     STR_ARG(head), STR_ARG(k->near));
        else if (head.n > 0)
            cli_warn(c, ZE(c, "列“%.*s”按字段“%.*s”读。", "column “%.*s” is read as field “%.*s”."),
                     STR_ARG(head), STR_ARG(r->field[k->field].name));
    }
}

/* ---- column files ---- */

int book_columns(struct cli *c, const struct gcol **out, Str path, Str bytes)
{
    struct diags ds;
    diags_init(&ds, c->arena);
    enum status st = gcol_open(c->arena, out, bytes, &ds);
    cli_diags(c, &ds, path, S(""));
    if (st == OK)
        return 0;
    *out = NULL;
    return cli_fail(c, st,
                    ZE(c, "“%.*s”读不进来，见上面的提示。", "“%.*s” cannot be used; see above."),
                    STR_ARG(path));
}

bool book_csv(struct cli *c, Str *text, const struct gcol *g)
{
    struct buf b;
    buf_init(&b, c->arena, BUF_MAX);
    buf_add(&b, gcol_head(g));
    gcol_print(&b, g, NULL, 0, 0, gcol_row_n(g));
    *text = buf_str(&b);
    return !b.over;
}

int book_unpack(struct cli *c, Str *bytes, Str path)
{
    const struct gcol *g;
    if (!gcol_is(*bytes))
        return 0;
    int code = book_columns(c, &g, path, *bytes);
    if (code != 0 || book_csv(c, bytes, g))
        return code;
    return cli_fail(c, ERR_LIMIT,
                    ZE(c, "“%.*s”太大，这里用不了。", "“%.*s” is too large for this."),
                    STR_ARG(path));
}

Str book_front(struct cli *c, const struct gcol *g)
{
    struct buf b;
    buf_init(&b, c->arena, BUF_MAX);
    buf_add(&b, gcol_head(g));
    for (uint32_t row = 0; row < gcol_row_n(g) && b.n <= HEAD_BYTES; row++)
        gcol_print(&b, g, NULL, 0, row, row + 1);
    return buf_str(&b);
}

/* ---- as facts ---- */

int book_data(struct cli *c, struct intake *s, const struct rules *r, Str path, Str bytes)
{
    if (!sheet_is_packed(bytes) && intake_is_plain(r, s->text))
        return 0;
    int code = book_table(c, s, r, path, bytes);
    if (code != 0)
        return code;
    say_found(c, path, &s->found);
    say_mapped(c, r, &s->found, &s->map);
    return 0;
}
