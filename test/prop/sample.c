#include "prop/sample.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "prop/sample_int.h"

/* Data */

static void add_fact(struct maker *m, struct buf *b, const struct made_field *fd)
{
    int x = pick(m, 24);
    switch (fd->kind) {
    case KIND_NUM:
        if (fd->dim == DIM_MONEY)
            buf_fmt(b, "%d.%02d", x * 7, pick(m, 4) * 25);
        else if (fd->dim == DIM_HEADS)
            buf_fmt(b, "%d", x);
        else
            buf_fmt(b, "%s%d.%d", fd->nonnegative || x % 5 ? "" : "-", x / 4, pick(m, 10));
        if (fd->dim != DIM_HEADS && x % 6 == 1)
            buf_add(b, S("3719")); /* decimals that have to be rounded */
        break;
    case KIND_TRUTH: buf_add(b, x % 2 ? S("是") : S("否")); break;
    case KIND_TEXT: buf_fmt(b, "%s", sample_texts[x % TEXT_N]); break;
    case KIND_DAY: buf_fmt(b, "20%02d-%02d-%02d", x, 1 + x % 12, 1 + pick(m, 28)); break;
    case KIND_CHOICE: buf_fmt(b, "%s", sample_choices[x % CHOICE_N]); break;
    case KIND_REVIEW: buf_fmt(b, "%d.5", x % 4); break;
    case KIND_N: break;
    }
}

static void add_cell(struct maker *m, struct buf *gaps, struct buf *full,
                     const struct made_field *fd)
{
    size_t at = full->n;
    buf_char(full, ',');
    add_fact(m, full, fd);
    if (chance(m, 15))
        buf_char(gaps, ',');
    else
        buf_add(gaps, str_sub(buf_str(full), at, full->n));
}

static void add_head(struct buf *b, const struct made_field *fd, int back)
{
    if (fd->period == 'y')
        buf_fmt(b, ",%.*s@%d", (int)fd->name.n, fd->name.p, SAMPLE_YEAR - back);
    else if (fd->period == 'q')
        buf_fmt(b, ",%.*s@%dQ%d", (int)fd->name.n, fd->name.p, SAMPLE_YEAR - back / 4,
                4 - back % 4);
    else
        buf_fmt(b, ",%.*s", (int)fd->name.n, fd->name.p);
}

static int periods(const struct made_field *fd)
{
    return fd->period == 'y' ? 4 : fd->period == 'q' ? 6 : 1;
}

static void make_data(struct maker *m, struct sample *out)
{
    struct buf b;
    buf_init(&b, m->keep, BUF_MAX);
    buf_add(&b, S("编号"));
    for (size_t i = 0; i < m->field_n; i++)
        for (int back = 0; back < periods(&m->field[i]); back++)
            add_head(&b, &m->field[i], back);
    buf_char(&b, '\n');
    out->head = arena_copy(m->keep, buf_str(&b));
    out->row_n = (uint32_t)pick(m, SAMPLE_ROWS) + 1;
    for (uint32_t row = 0; row < out->row_n; row++) {
        struct buf full;
        buf_init(&b, m->keep, BUF_MAX);
        buf_init(&full, m->keep, BUF_MAX);
        buf_fmt(&b, "S%02u", row);
        buf_fmt(&full, "S%02u", row);
        for (size_t i = 0; i < m->field_n; i++)
            for (int back = 0; back < periods(&m->field[i]); back++)
                add_cell(m, &b, &full, &m->field[i]);
        buf_char(&b, '\n');
        buf_char(&full, '\n');
        out->row[row] = buf_str(&b);
        out->full[row] = buf_str(&full);
    }
}

static Str join(struct arena *keep, const struct sample *s, const Str *row, const uint32_t *order)
{
    struct buf b;
    buf_init(&b, keep, BUF_MAX);
    buf_add(&b, s->head);
    for (uint32_t i = 0; i < s->row_n; i++)
        buf_add(&b, row[order == NULL ? i : order[i]]);
    return buf_str(&b);
}

Str sample_csv(struct arena *keep, const struct sample *s, const uint32_t *order)
{
    return join(keep, s, s->row, order);
}

Str sample_full_csv(struct arena *keep, const struct sample *s)
{
    return join(keep, s, s->full, NULL);
}

/* Fields */

static const char *range_of(struct maker *m, const struct made_field *fd)
{
    if (fd->kind != KIND_NUM || !fd->nonnegative)
        return "";
    if (fd->dim == DIM_HEADS)
        return "[0, 60人]";
    return fd->dim == DIM_NONE ? "[0, 60]" : chance(m, 50) ? "[0, 500万元]" : ">= 0";
}

static const char *blank_of(struct maker *m, const struct made_field *fd)
{
    static const char *const blanks[] = {"",
                                         "",
                                         "零",
                                         "组均值",
                                         "组中位数",
                                         "沿用",
                                         "沿用 近2年",
                                         "组均值 同 「文1」",
                                         "组中位数 同 「选1」"};
    int k = pick(m, (int)ARRAY_N(blanks));
    bool carries = k == 5 || k == 6;
    return fd->kind != KIND_NUM || m->plain || (carries && fd->period == 0) ? "" : blanks[k];
}

static void field_row(struct maker *m, const struct made_field *fd)
{
    static const char *const units[] = {"", "万元", "人"};
    static const char *const types[] = {"数", "是否", "文本", "日期", "数", "选项"};
    const char *type = types[fd->kind], *options = fd->kind == KIND_CHOICE ? "甲1; 高; 低" : "";
    if (str_starts(fd->name, S("判")))
        type = "人工";
    if (str_starts(fd->name, S("选"))) {
        type = "选项";
        options = "高; 中; 低; 甲1; 3210";
    }
    bool number = fd->kind == KIND_NUM;
    const char *period = fd->period == 'y' ? "年" : fd->period == 'q' ? "季" : "";
    const char *blank = blank_of(m, fd), *range = range_of(m, fd);
    buf_fmt(&m->b, "| %.*s | %s | %s | %s | %s | %s | %s | %s |\n", (int)fd->name.n, fd->name.p,
            type, number ? units[fd->dim] : "", period, blank, range,
            number && chance(m, 40) ? "3" : "", options);
}

static void add_field(struct maker *m, const char *stem, enum made_kind kind, int dim, char period)
{
    struct made_field *fd = &m->field[m->field_n++];
    int n = 1;
    for (size_t i = 0; i + 1 < m->field_n; i++)
        n += str_starts(m->field[i].name, str_of(stem));
    *fd = (struct made_field){
        .name = arena_fmt(m->keep, "%s%d", stem, n), .kind = kind, .dim = dim, .period = period};
    fd->nonnegative = kind == KIND_NUM && (dim != DIM_NONE || chance(m, 50));
}

static void make_fields(struct maker *m)
{
    static const char periods_of[] = {0, 'y', 'y', 'q'};
    for (int i = 0; i < 3; i++) {
        add_field(m, "数", KIND_NUM, DIM_NONE, periods_of[pick(m, 4)]);
        add_field(m, "钱", KIND_NUM, DIM_MONEY, periods_of[pick(m, 4)]);
    }
    add_field(m, "钱", KIND_NUM, DIM_MONEY, 'y');
    add_field(m, "员", KIND_NUM, DIM_HEADS, periods_of[pick(m, 4)]);
    add_field(m, "员", KIND_NUM, DIM_HEADS, 'y');
    add_field(m, "阅", KIND_NUM, DIM_NONE, 0); /* what a reviewer gives: 0 ~ 4 */
    m->field[m->field_n - 1].kind = KIND_REVIEW;
    add_field(m, "真", KIND_TRUTH, 0, 0);
    add_field(m, "真", KIND_TRUTH, 0, 'y');
    add_field(m, "判", KIND_TRUTH, 0, 0);
    add_field(m, "文", KIND_TEXT, 0, 0);
    add_field(m, "选", KIND_TEXT, 0, 0);
    add_field(m, "项", KIND_CHOICE, 0, 0);
    add_field(m, "立", KIND_DAY, 0, 0);
    buf_add(&m->b, S("## 字段\n\n"
                     "| 名称 | 类型 | 单位 | 期间 | 缺数 | 范围 | 小数 | 选项 |\n"
                     "|---|---|---|---|---|---|---|---|\n"));
    for (size_t i = 0; i < m->field_n; i++)
        field_row(m, &m->field[i]);
    buf_char(&m->b, '\n');
}

void sample_make(struct arena *keep, struct sample *out, uint64_t seed, enum sample_kind kind)
{
    struct maker m = {
        .g = {seed}, .keep = keep, .plain = kind == SAMPLE_PLAIN, .blanks = kind == SAMPLE_BLANKS};
    buf_init(&m.b, keep, BUF_MAX);
    buf_add(&m.b, S("# 随机规则\n\n- 状态: 示例\n- 对象: 企业\n"));
    if (chance(&m, 30))
        buf_fmt(&m.b, "- 小数: %d\n", 6 + pick(&m, 13));
    buf_char(&m.b, '\n');
    make_fields(&m);
    for (int i = 3 + pick(&m, 8); i > 0; i--)
        sample_item(&m);
    out->doc = arena_copy(keep, buf_str(&m.b));
    make_data(&m, out);
}
