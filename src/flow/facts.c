/* facts.c - what is known of a case when somebody asks: one row of facts of its subject, the form,
 * and what the system knows. */
#include "base/decimal.h"
#include "base/json.h"
#include "col/dataset.h"
#include "flow/flow_int.h"
#include "load/load.h"

enum { FEN_DECIMALS = 2, BASIS_MAX = 1 << 20, TEXT_MAX = 4096 };

static void put(struct flow_facts *f, const struct matter *m, enum matter_known k, Wide value)
{
    column_set(dataset_column(f->data, m->known + (uint32_t)k, COL_NO_PERIOD), 0, value);
}

static Day last_notice(const struct flow_story *s)
{
    return s->notice_n == 0 ? DAY_MAX : s->notice[s->notice_n - 1].last;
}

static void put_known(const struct flow_view *v, const struct flow_story *s, struct flow_facts *f)
{
    const struct matter *m = s->m;
    int64_t opened = 0;
    for (size_t i = 0; i < s->bid_n; i++)
        opened += s->bid[i].opened;
    put(f, m, MATTER_NOTICE_OVER, v->today > last_notice(s) ? TRUTH_MET : TRUTH_UNMET);
    put(f, m, MATTER_OVERDUE, s->c.due.set && v->today > s->c.due.v ? TRUTH_MET : TRUTH_UNMET);
    put(f, m, MATTER_REVIEW_N, (Wide)s->counted_n);
    put(f, m, MATTER_BID_N, opened);
    put(f, m, MATTER_RESERVED, s->reserved_fen);
    put(f, m, MATTER_PAID, s->paid_fen);
    if (s->counted_n > 0) {
        put(f, m, MATTER_REVIEW_LOW, s->low_e4);
        put(f, m, MATTER_REVIEW_HIGH, s->high_e4);
    }
}

/* Facts of the kind only: a field of the form may have the name of one. */
static enum status read_facts(const struct flow_view *v, const struct flow_story *s,
                              struct flow_facts *f)
{
    const struct rules *r = s->m->rules;
    struct record_facts facts;
    bool *want = ARENA_ARRAY(v->keep, bool, r->field_n);
    for (uint32_t i = 0; i < r->field_n; i++)
        want[i] = !r->field[i].form && i < s->m->known;
    TRY(record_facts(v->conn, v->keep, &facts,
                     &(struct record_asked){.county = v->county,
                                            .kind = s->c.kind,
                                            .as = r,
                                            .day = v->today,
                                            .until_act = RECORD_NOW,
                                            .want = want,
                                            .subject = s->c.subject}));
    f->data = facts.data;
    return OK;
}

enum status flow_set(const struct flow_view *v, struct flow_facts *f, const struct matter *m,
                     uint32_t field, Str value)
{
    const struct field *x = &m->rules->field[field];
    struct column *c = dataset_column(f->data, field, COL_NO_PERIOD);
    struct diags ds;
    Cell cell;
    if (value.n == 0) {
        column_clear(c, 0);
        return OK;
    }
    diags_init(&ds, v->keep);
    Text text = {value, {0, (uint32_t)value.n}};
    if (rule_read_cell(&cell, m->rules, x, text, f->data->labels, &ds) == OK &&
        cell.lo == cell.hi) {
        column_set(c, 0, cell.lo);
        return OK;
    }
    struct buf why;
    buf_init(&why, v->keep, TEXT_MAX);
    if (ds.n > 0)
        diag_text(&why, &ds.at[0], LANG_ZH);
    return diag_add(v->diags, DIAG_FLOW_VALUE, (Span){0, 0}, x->name, value, buf_str(&why));
}

enum status flow_facts(const struct flow_view *v, const struct flow_story *s,
                       struct flow_facts *out)
{
    *out = (struct flow_facts){0};
    TRY(read_facts(v, s, out));
    for (size_t i = 0; i < s->value_n; i++) {
        int32_t field = rule_find_field(s->m->rules, s->value[i].field);
        if (field >= 0)
            TRY(flow_set(v, out, s->m, (uint32_t)field, s->value[i].value));
    }
    put_known(v, s, out);
    out->ask = (struct matter_ask){s->m, out->data, v->today, s->c.year - 1};
    return OK;
}

static bool is_known(Cell c)
{
    return c.lo == c.hi && c.lo != WIDE_INF && c.lo != -WIDE_INF;
}

Str flow_shown(struct arena *keep, const struct field *f, Str value)
{
    Dec number;
    struct buf b;
    if (f->type.kind != TYPE_NUM || !dec_parse(&number, value, NULL))
        return value;
    buf_init(&b, keep, TEXT_MAX);
    buf_add(&b, value);
    record_show_unit(&b, f);
    return buf_str(&b);
}

enum status flow_value_text(const struct flow_view *v, const struct flow_facts *f,
                            const struct matter_value *value, uint32_t field, Str *out)
{
    const struct field *to = &f->ask.m->rules->field[field];
    struct field from;
    struct buf b;
    Cell cell;
    *out = NO_ARG;
    TRY(matter_find(v->keep, &cell, &from, &f->ask, value, v->diags));
    if (!is_known(cell) || from.type.kind != to->type.kind)
        return OK;
    Wide m = cell.lo;
    if (to->type.kind == TYPE_NUM &&
        !wide_rescale(&m, cell.lo, from.type.scale, to->type.scale, ROUND_HALF_UP))
        return OK;
    buf_init(&b, v->keep, TEXT_MAX);
    record_show_value(&b, to, f->data->labels, m);
    if (to->type.kind == TYPE_NUM)
        record_show_unit(&b, to);
    *out = buf_str(&b);
    return OK;
}

enum status flow_amount(const struct flow_view *v, const struct flow_facts *f,
                        const struct matter_value *value, int64_t *fen)
{
    struct field from;
    Cell cell;
    Wide m;
    TRY(matter_find(v->keep, &cell, &from, &f->ask, value, v->diags));
    if (is_known(cell) && cell.lo > 0 &&
        wide_rescale(&m, cell.lo, from.type.scale, FEN_DECIMALS, ROUND_DOWN) &&
        wide_cmp(m, FEN_DECIMALS, cell.lo, from.type.scale) == 0 && m <= LEDGER_AMOUNT_MAX) {
        *fen = (int64_t)m;
        return OK;
    }
    return diag_add(v->diags, DIAG_FLOW_AMOUNT, (Span){0, 0}, value->text, NO_ARG, NO_ARG);
}

/* --- what a decision stood on --- */

static void write_fact(struct json *j, const struct flow_view *v, const struct flow_facts *f,
                       const struct column *c)
{
    const struct field *x = &f->ask.m->rules->field[c->field];
    struct buf name, value;
    buf_init(&name, v->keep, TEXT_MAX);
    buf_init(&value, v->keep, TEXT_MAX);
    record_show_column(&name, x->name, x->period, c->period);
    record_show_value(&value, x, f->data->labels, column_value(c, 0));
    if (x->type.kind == TYPE_NUM)
        record_show_unit(&value, x);
    json_key(j, buf_str(&name));
    json_str(j, buf_str(&value));
}

Str flow_basis(const struct flow_view *v, const struct flow_story *s, const struct flow_facts *f)
{
    struct json j;
    struct buf b;
    buf_init(&b, v->keep, BASIS_MAX);
    json_open(&j, &b, true);
    json_obj(&j);
    json_kint(&j, "case", s->c.number);
    json_kstr(&j, "type", s->c.type);
    json_kstr(&j, "subject", s->c.identity);
    json_kstr(&j, "day", day_str(v->keep, v->today));
    json_kint(&j, "period", f->ask.period);
    json_key(&j, S("facts"));
    json_obj(&j);
    for (size_t i = 0; i < f->data->column_n; i++)
        if (column_has(&f->data->column[i], 0))
            write_fact(&j, v, f, &f->data->column[i]);
    json_obj_end(&j);
    json_key(&j, S("papers"));
    json_arr(&j);
    for (size_t i = 0; i < s->file_n; i++)
        json_str(&j, arena_hex(v->keep, sha256_str(&s->file[i].hash)));
    json_arr_end(&j);
    json_obj_end(&j);
    return buf_str(&b);
}
