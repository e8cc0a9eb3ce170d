#include "sheet/template.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/decimal.h"
#include "base/hash.h"
#include "base/str.h"
#include "rule/model.h"

enum { ROWS = 5000, NOTE_MAX = 4000, QUARTER = 4 };

static const Str yes_no[] = {{"是", 3}, {"否", 3}};

struct maker {
    struct arena *keep;
    const struct rules *r;
    const struct template_opts *o;
    struct out_column *column;
    struct out_cell *example;
    uint32_t n;
    struct out_fact *fact;
    size_t fact_n, fact_cap;
};

static void add_fact(struct maker *x, Str key, Str value)
{
    if (value.n > 0)
        VEC_PUSH(x->keep, x->fact, x->fact_n, x->fact_cap) = (struct out_fact){key, value};
}

static const char *type_name(const struct field *f)
{
    static const char *const names[] = {
        [FIELD_NUM] = "数",
        [FIELD_TRUTH] = "是否",
        [FIELD_JUDGED] = "人工判断，填是或否",
        [FIELD_TEXT] = "文本",
        [FIELD_CHOICE] = "选项",
        [FIELD_DAY] = "日期，如 2024-01-31",
        [FIELD_USCC] = "信用代码",
        [FIELD_REGION] = "区划代码",
        [FIELD_INDUSTRY] = "行业代码",
    };
    return (size_t)f->ftype < ARRAY_N(names) && names[f->ftype] != NULL ? names[f->ftype] : "文本";
}

static const char *blank_name(enum blank_policy b)
{
    static const char *const names[] = {
        [BLANK_UNKNOWN] = "留空按未知，得分成为区间",
        [BLANK_ZERO] = "留空按零",
        [BLANK_MEAN] = "留空按同组平均",
        [BLANK_MEDIAN] = "留空按同组中位数",
        [BLANK_CARRY] = "留空沿用最近一期",
    };
    return names[b];
}

static Str head_of(struct maker *x, const struct field *f)
{
    struct buf b;
    buf_init(&b, x->keep, NOTE_MAX);
    buf_add(&b, f->name);
    if (f->ftype == FIELD_NUM && f->unit != NULL)
        buf_fmt(&b, "(%s)", f->unit->zh);
    if (f->period != PERIOD_NONE && x->o->period != INT32_MIN)
        buf_fmt(&b, f->period == PERIOD_QUARTER ? "@%dQ4" : "@%d", x->o->period);
    return buf_str(&b);
}

static void add_bounds(struct buf *b, const struct field *f)
{
    const struct unit *u = f->unit;
    const Wide end[2] = {f->lo, f->hi};
    const bool has[2] = {f->has_lo, f->has_hi};
    for (int i = 0; i < 2; i++) {
        Wide v = 0;
        if (f->ftype != FIELD_NUM || !has[i] ||
            !wide_muldiv(&v, end[i], u == NULL ? 1 : u->den, u == NULL ? 1 : u->num, ROUND_HALF_UP))
            continue;
        buf_add(b, i == 0 ? S("；不小于 ") : S("；不大于 "));
        dec_print(b, v, f->type.scale);
        buf_add(b, u == NULL ? S("") : str_of(u->zh));
    }
}

static Str note_of(struct maker *x, const struct field *f)
{
    struct buf b;
    buf_init(&b, x->keep, NOTE_MAX);
    if (f->meaning.n > 0)
        buf_fmt(&b, "%.*s。", (int)f->meaning.n, f->meaning.p);
    buf_fmt(&b, "类型：%s", type_name(f));
    if (f->ftype == FIELD_NUM && f->unit != NULL)
        buf_fmt(&b, "，单位：%s（别的单位写在数后面，如 5000元）", f->unit->zh);
    for (uint32_t i = 0; f->ftype == FIELD_CHOICE && i < f->option_n; i++) {
        Str option = x->r->label[f->option[i]];
        buf_fmt(&b, "%s%.*s", i == 0 ? "：" : "、", (int)option.n, option.p);
    }
    add_bounds(&b, f);
    buf_fmt(&b, "；%s", blank_name(f->blank));
    if (f->source.n > 0)
        buf_fmt(&b, "。来源：%.*s", (int)f->source.n, f->source.p);
    return buf_str(&b);
}

static void add_column(struct maker *x, struct out_column c, const char *example)
{
    x->example[x->n] = (struct out_cell){.text = str_of(example), .words = c.kind == OUT_TEXT};
    x->column[x->n++] = c;
}

static void add_field(struct maker *x, const struct field *f)
{
    struct out_column c = {.head = head_of(x, f), .note = note_of(x, f)};
    const char *example = f->ftype == FIELD_USCC ? "91320582MA1MNHK16N" : "";
    if (f->ftype == FIELD_NUM)
        c.kind = OUT_NUMBER;
    if (f->ftype == FIELD_DAY) {
        c.kind = OUT_DAY;
        example = "2015-03-04";
    }
    if (f->ftype == FIELD_TRUTH || f->ftype == FIELD_JUDGED) {
        c.choice = yes_no;
        c.choice_n = ARRAY_N(yes_no);
    }
    if (f->ftype == FIELD_CHOICE) {
        Str *list = ARENA_ARRAY(x->keep, Str, f->option_n + 1);
        for (uint32_t i = 0; i < f->option_n; i++)
            list[i] = x->r->label[f->option[i]];
        c.choice = list;
        c.choice_n = f->option_n;
    }
    add_fact(x, c.head, c.note);
    add_column(x, c, example);
}

static void add_facts_of_rules(struct maker *x)
{
    const struct rules *r = x->r;
    char hex[65];
    sha256_hex(hex, r->hash);
    add_fact(x, S("规则文档"), r->name);
    add_fact(x, S("版本"), r->version);
    add_fact(x, S("对象"), r->subject);
    add_fact(x, S("地区"), r->region);
    add_fact(x, S("规则文档 SHA-256"), arena_copy(x->keep, str_of(hex)));
    add_fact(x, S("怎样填"),
             S("每个主体一行，从第 2 行起；写着“例：”的一行是例子，读的时候跳过。"
               "列名不要改，列可以增删、换次序。"
               "另一年的数加一列，列名写成 研发费用(万元)@2023 这样。不知道的留空，不要填 0。"));
}

enum status template_write(struct arena *keep, const struct rules *r, const struct template_opts *o)
{
    struct maker x = {.keep = keep, .r = r, .o = o};
    struct out_table *t;
    Str id = r->id_field.n > 0 ? r->id_field : S("统一社会信用代码");
    Str name = r->name_field.n > 0 ? r->name_field : S("企业名称");
    x.column = ARENA_ARRAY(keep, struct out_column, r->field_n + 2);
    x.example = ARENA_ARRAY(keep, struct out_cell, r->field_n + 2);
    add_facts_of_rules(&x);
    if (rule_find_field(r, id) < 0)
        add_column(&x,
                   (struct out_column){.head = id, .width = 24, .note = S("编号：必填，不可重复")},
                   "91320582MA1MNHK16N");
    if (rule_find_field(r, name) < 0)
        add_column(&x, (struct out_column){.head = name, .width = 30}, "例：某某科技有限公司");
    for (uint32_t i = 0; i < r->field_n; i++)
        if (!r->field[i].implied)
            add_field(&x, &r->field[i]);
    struct out_spec spec = {.form = o->form,
                            .sheet = S("填报"),
                            .column = x.column,
                            .column_n = x.n,
                            .fact = x.fact,
                            .fact_n = o->form == OUT_XLSX ? x.fact_n : 0,
                            .blank_rows = ROWS,
                            .put = o->put,
                            .ctx = o->ctx};
    enum status st = out_table_open(keep, &t, &spec);
    if (st == OK)
        st = out_table_row(t, x.example);
    enum status closed = out_table_close(t);
    return st == OK ? closed : st;
}
