/* price.c - what changes cost, from a CSV of three columns: 字段, 单位成本, 最多. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/csv.h"
#include "base/decimal.h"
#include "base/diag.h"
#include "base/str.h"
#include "eval/cell.h"
#include "seek/seek_int.h"

enum { COLUMN_FIELD, COLUMN_COST, COLUMN_MOST, COLUMN_N, TEXT_MAX = 4000 };

struct prices {
    struct arena *keep;
    const struct rules *rules;
    enum lang lang;
    struct seek_price *price;
    int column[COLUMN_N]; /* in the file, -1: absent */
    struct seek_fault *fault;
};

#define FAIL(p, at, ...)      seek_fail((p)->keep, (p)->fault, at, __VA_ARGS__)
#define PRICE_TEXT(p, zh, en) ((p)->lang == LANG_ZH ? (zh) : (en))

static enum status fail_read(struct prices *p, const struct diags *ds, Span at)
{
    struct buf b;
    buf_init(&b, p->keep, TEXT_MAX);
    if (ds->n > 0)
        diag_text(&b, &ds->at[0], p->lang);
    return FAIL(p, ds->n > 0 ? ds->at[0].span : at, "%.*s", STR_ARG(buf_str(&b)));
}

static enum status read_head(struct prices *p, const struct csv *c)
{
    static const char *const name[COLUMN_N][2] = {
        {"字段", "field"}, {"单位成本", "cost"}, {"最多", "most"}};
    for (int k = 0; k < COLUMN_N; k++)
        p->column[k] = -1;
    for (size_t i = 0; i < c->cell_n; i++) {
        int found = -1;
        for (int k = 0; k < COLUMN_N; k++)
            if (str_eq(c->cell[i].text, str_of(name[k][0])) ||
                str_eq(c->cell[i].text, str_of(name[k][1])))
                found = k;
        if (found < 0 || p->column[found] >= 0)
            return FAIL(p, c->cell[i].span,
                        PRICE_TEXT(p,
                                   "表头“%.*s”不是字段、单位成本、"
                                   "最多之一，或重复",
                                   "column “%.*s” is not field, cost or most, or stands "
                                   "twice"),
                        STR_ARG(c->cell[i].text));
        p->column[found] = (int)i;
    }
    for (int k = 0; k <= COLUMN_COST; k++)
        if (p->column[k] < 0)
            return FAIL(p, (Span){0, 0},
                        PRICE_TEXT(p, "表头缺“%s”列", "the header lacks column “%s”"),
                        name[k][p->lang]);
    return OK;
}

static CsvCell cell_at(const struct prices *p, const struct csv *c, int column)
{
    int at = p->column[column];
    CsvCell none = {S(""), c->cell[c->cell_n - 1].span};
    return at >= 0 && (size_t)at < c->cell_n ? c->cell[at] : none;
}

static enum status read_cost(struct prices *p, struct seek_price *one, CsvCell cost)
{
    Dec d;
    if (cost.text.n == 0)
        return OK;
    if (!dec_parse(&d, cost.text, NULL) || d.m < 0)
        return FAIL(p, cost.span,
                    PRICE_TEXT(p,
                               "单位成本“%.*s”应是零或正数；"
                               "留空表示不能动",
                               "cost “%.*s” is a number of zero or more; empty means not "
                               "at any price"),
                    STR_ARG(cost.text));
    one->priced = true;
    one->cost = d.m;
    one->scale = d.scale;
    return OK;
}

static enum status read_most(struct prices *p, struct seek_price *one, uint32_t field, CsvCell most)
{
    struct field as = p->rules->field[field];
    struct diags ds;
    Cell c = CELL_UNKNOWN;
    if (most.text.n == 0)
        return OK;
    if (as.type.kind != TYPE_NUM)
        return FAIL(p, most.span,
                    PRICE_TEXT(p,
                               "“%.*s”不是数，“最多”"
                               "应留空",
                               "“%.*s” is no number; leave most empty"),
                    STR_ARG(as.name));
    as.has_lo = as.has_hi = false;
    diags_init(&ds, p->keep);
    Text text = {most.text, most.span};
    if (rule_read_cell(&c, p->rules, &as, text, NULL, &ds) != OK)
        return fail_read(p, &ds, most.span);
    if (c.lo < 0)
        return FAIL(p, most.span, "%s",
                    PRICE_TEXT(p, "“最多”不能是负数", "most cannot be negative"));
    one->has_most = true;
    one->most = c.lo;
    return OK;
}

static enum status read_row(struct prices *p, const struct csv *c)
{
    CsvCell name = cell_at(p, c, COLUMN_FIELD);
    int32_t field = rule_find_field(p->rules, name.text);
    if (field < 0) {
        Str near = rule_near_field(p->rules, name.text);
        return FAIL(p, name.span,
                    PRICE_TEXT(p, "没有字段“%.*s”%s%.*s",
                               "there is no field “%.*s”"
                               "%s%.*s"),
                    STR_ARG(name.text),
                    near.n > 0 ? PRICE_TEXT(p, "，是不是 ", "; did you mean ") : "", STR_ARG(near));
    }
    const struct field *f = &p->rules->field[field];
    struct seek_price *one = &p->price[field];
    if (f->type.kind != TYPE_NUM && f->type.kind != TYPE_TRUTH && f->ftype != FIELD_CHOICE)
        return FAIL(p, name.span,
                    PRICE_TEXT(p, "“%.*s”既不是数、是否，也不是选项，不能动",
                               "“%.*s” is no number, yes or no, or choice; it stays"),
                    STR_ARG(name.text));
    if (one->listed)
        return FAIL(p, name.span, PRICE_TEXT(p, "“%.*s”写了两次", "“%.*s” stands twice"),
                    STR_ARG(name.text));
    one->listed = true;
    TRY(read_cost(p, one, cell_at(p, c, COLUMN_COST)));
    return read_most(p, one, (uint32_t)field, cell_at(p, c, COLUMN_MOST));
}

/* srccheck:params a reader: where to put it, by what rules, in which language. */
enum status seek_prices_read(struct arena *keep, struct seek_price **out, const struct rules *r,
                             Str text, enum lang lang, struct seek_fault *fault)
{
    struct prices p = {.keep = keep, .rules = r, .lang = lang, .fault = fault};
    struct csv c;
    struct diags ds;
    bool head = true;
    p.price = *out = ARENA_ARRAY(keep, struct seek_price, (size_t)r->field_n + 1);
    diags_init(&ds, keep);
    csv_open(&c, keep, text);
    for (;;) {
        if (csv_next(&c, &ds) != OK)
            return fail_read(&p, &ds, (Span){0, 0});
        if (c.cell_n == 0)
            break;
        TRY(head ? read_head(&p, &c) : read_row(&p, &c));
        head = false;
    }
    if (head)
        return FAIL(&p, (Span){0, 0}, "%s",
                    PRICE_TEXT(&p, "文件是空的；第一行写 字段,单位成本,最多",
                               "the file is empty; the first line is field,cost,most"));
    return OK;
}
