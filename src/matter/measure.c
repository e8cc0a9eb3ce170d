/* measure.c - what a case type says of many cases: whom the board shows one, what is measured. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "matter/matter_int.h"
#include "rule/lex.h"

enum { OPTIONS_MAX = 4000 };

/* --- 密级, 分类 --- */

static int32_t read_choice(struct matter_reader *x, Text cell)
{
    int32_t f = matter_read_field(x, cell);
    if (f < 0 || x->m->rules->field[f].ftype == FIELD_CHOICE)
        return f;
    matter_wrong(x, DIAG_CASE_FIELD, cell, x->m->name);
    return -1;
}

static Str read_option(struct matter_reader *x, Text cell)
{
    const struct rules *r = x->m->rules;
    const struct field *f = &r->field[x->m->level];
    struct buf all;
    buf_init(&all, x->keep, OPTIONS_MAX);
    for (uint32_t i = 0; i < f->option_n; i++) {
        Str option = r->label[f->option[i]];
        if (str_eq(option, cell.s))
            return cell.s;
        buf_fmt(&all, "%s%.*s", i == 0 ? "" : " ", STR_ARG(option));
    }
    matter_wrong(x, DIAG_CASE_VALUE, cell, buf_str(&all));
    return S("");
}

/* `密级; 公开; 限揭榜方`: the field, the value for everybody, the one for those signed in. */
void matter_read_level(struct matter_reader *x, Text level, Text category)
{
    Text rest = level, part;
    struct matter *m = x->m;
    m->category = category.s.n == 0 ? -1 : read_choice(x, category);
    m->level = matter_part(&rest, &part, false) ? read_choice(x, part) : -1;
    if (m->level < 0)
        return;
    if (matter_part(&rest, &part, false))
        m->level_all = read_option(x, part);
    if (matter_part(&rest, &part, false))
        m->level_in = read_option(x, part);
    if (m->level_all.n == 0 || rest.s.n > 0)
        matter_wrong(x, DIAG_CASE_VALUE, level, S("密级; 公开; 限揭榜方"));
}

enum matter_audience matter_audience(const struct matter *m, Str level)
{
    if (m->level < 0 || (level.n > 0 && str_eq(level, m->level_all)))
        return MATTER_EVERYBODY;
    return level.n > 0 && str_eq(level, m->level_in) ? MATTER_SIGNED_IN : MATTER_NOBODY;
}

/* --- 度量 --- */

bool matter_measure_says(const struct matter_measure *x, Str value)
{
    Text rest = x->value, part;
    while (value.n > 0 && matter_part(&rest, &part, true))
        if (str_eq(part.s, value))
            return true;
    return false;
}

/* What may be told of many is not personal. */
static bool read_told(struct matter_reader *x, Text cell, struct matter_measure *out)
{
    int32_t f = matter_read_field(x, cell);
    const struct field *of = f < 0 ? NULL : &x->m->rules->field[f];
    bool sum = out->kind == MATTER_SUM;
    if (of != NULL && (of->protect == PROTECT_PERSONAL || sum != (of->ftype == FIELD_NUM)))
        matter_wrong(x, DIAG_CASE_FIELD, cell, x->m->name);
    out->event = MATTER_TO_FIELD;
    out->to = f < 0 ? 0 : (uint32_t)f;
    return f >= 0;
}

/* A state, 揭榜, 匹配, a field to add up, 验收结论 = 合格 */
static void read_to(struct matter_reader *x, Text cell, struct matter_measure *out)
{
    size_t at = str_find(cell.s, S("="));
    int32_t state = matter_state(x->m, cell.s);
    bool bids = matter_word_find(MATTER_TAKES, cell.s) == MW_TAKES_BIDS;
    if (out->kind == MATTER_SUM) {
        read_told(x, cell, out);
    } else if (at < cell.s.n && out->kind == MATTER_SHARE) {
        read_told(x, matter_sub(cell, 0, at), out);
        out->value = matter_sub(cell, at + 1, cell.s.n);
    } else if (state >= 0) {
        out->to = (uint32_t)state;
    } else if (bids || matter_word_find(MATTER_OTHER, cell.s) == MW_MATCH) {
        out->event = bids ? MATTER_TO_BID : MATTER_TO_MATCH;
    } else {
        matter_wrong(x, DIAG_CASE_STATE, cell, x->m->name);
    }
}

static void read_measure(struct matter_reader *x, const struct matter_table *t, uint32_t row)
{
    struct matter_measure *out = &x->m->measure[x->m->measure_n++];
    Text name = matter_cell(t, row, MW_MEASURE), how = matter_cell(t, row, MW_HOW);
    Text from = matter_cell(t, row, MW_FROM);
    enum matter_word w = matter_word_find(MATTER_OTHER, how.s);
    int32_t state = matter_state(x->m, from.s);
    for (uint32_t i = 0; i + 1 < x->m->measure_n; i++)
        if (str_eq(x->m->measure[i].name, name.s))
            matter_wrong(x, DIAG_CASE_TWICE, name, x->m->name);
    *out = (struct matter_measure){
        .name = name.s, .span = name.span, .note = matter_cell(t, row, MW_NOTE).s};
    if (w < MW_SHARE || w > MW_SUM)
        matter_wrong(x, DIAG_CASE_VALUE, how, S("占比 用时 合计 share time sum"));
    else
        out->kind = MATTER_SHARE + (w - MW_SHARE);
    if (state < 0)
        matter_wrong(x, DIAG_CASE_STATE, from, x->m->name);
    out->from = state < 0 ? 0 : (uint32_t)state;
    read_to(x, matter_cell(t, row, MW_TO), out);
}

void matter_read_measures(struct matter_reader *x, const struct matter_table *t)
{
    x->m->measure = ARENA_ARRAY(x->keep, struct matter_measure, t->md->row_n + 1);
    for (uint32_t i = 0; i < t->md->row_n; i++)
        read_measure(x, t, i);
}
