/* statement.c - the lists a policy can stand in, and the reasons. */
#include "entitle/statement.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/decimal.h"
#include "base/str.h"
#include "entitle/entitle_int.h"
#include "eval/trace.h"
#include "explain/explain.h"
#include "explain/missing.h"
#include "seek/seek.h"

enum { PARTS_MAX = 64, CELL_MAX = 1 << 12, WAN_FEN = 1000000, FEN_OF_WAN = 6 };

struct making {
    struct arena *keep;
    struct subject_row at;
    const struct plan *plan;
    const struct statement_opts *o;
    struct trace *trace;
    struct missing *missing;
};

/* ---- reasons ---- */

Str statement_formula(struct arena *keep, const struct rules *r, const struct expr *e)
{
    struct buf b;
    if (e == NULL)
        return S("");
    if (e->kind != EXPR_TABLE)
        return str_trim(str_sub(r->text, e->span.beg, e->span.end));
    buf_init(&b, keep, CELL_MAX);
    for (uint32_t i = 0; i < e->table->row_n; i++) {
        const struct table_row *row = &e->table->row[i];
        Span at = row->result == NULL ? row->span : row->result->span;
        buf_add(&b, i == 0 ? S("") : S("; "));
        for (uint32_t k = 0; k < e->table->input_n; k++) {
            Span test = row->cell[k].span;
            buf_add(&b, str_trim(str_sub(r->text, test.beg, test.end)));
            buf_char(&b, ' ');
        }
        buf_add(&b, str_trim(str_sub(r->text, at.beg, at.end)));
    }
    return buf_str(&b);
}

/* Parts of an 且 that do not surely hold. */
static void list_parts(const struct making *m, const struct expr *e, struct statement_line *l)
{
    Cell c;
    if (e->kind == EXPR_OP && e->op == OP_AND) {
        for (uint32_t i = 0; i < e->arg_n; i++)
            list_parts(m, e->arg[i], l);
        return;
    }
    if (!trace_value(m->trace, e, 0, 0, &c) || truth_of(c) == TRUTH_MET ||
        truth_of(c) == TRUTH_NA || l->unmet_n == PARTS_MAX)
        return;
    l->unmet[l->unmet_n++] = statement_formula(m->keep, m->at.e->rules, e);
}

static void list_missing(const struct making *m, struct statement_line *l)
{
    const Fact *f;
    size_t n = missing_list(m->missing, m->at.res, m->at.row, &l->policy->item, 1, &f);
    l->missing = ARENA_ARRAY(m->keep, Str, n + 1);
    l->judge = ARENA_ARRAY(m->keep, Str, n + 1);
    for (size_t i = 0; i < n; i++) {
        struct buf b;
        buf_init(&b, m->keep, CELL_MAX);
        missing_name(&b, m->at.e->rules, f[i], m->at.res->opts.period);
        if (f[i].person)
            l->judge[l->judge_n++] = buf_str(&b);
        else
            l->missing[l->missing_n++] = buf_str(&b);
    }
}

/* ---- near misses ---- */

static Str fact_text(const struct making *m, uint32_t field, Cell c)
{
    const struct field *f = &m->at.e->rules->field[field];
    struct buf b;
    if (f->type.kind == TYPE_TRUTH && !cell_is_unknown(TYPE_TRUTH, c))
        return str_of(truth_of(c) == TRUTH_MET ? (m->o->lang == LANG_ZH ? "是" : "yes")
                                               : (m->o->lang == LANG_ZH ? "否" : "no"));
    buf_init(&b, m->keep, CELL_MAX);
    cell_print(&b, m->at.e->rules, m->at.res->data, f->type, f->unit, c, m->o->lang);
    return b.n == 0 ? S("") : buf_str(&b);
}

static void put_changes(const struct making *m, const struct seek_answer *a,
                        struct statement_line *l)
{
    l->change = ARENA_ARRAY(m->keep, struct statement_change, (size_t)a->change_n + 1);
    for (uint32_t i = 0; i < a->change_n; i++) {
        const struct seek_change *c = &a->change[i];
        Fact f = {c->field, c->period, false};
        struct buf b;
        buf_init(&b, m->keep, CELL_MAX);
        missing_name(&b, m->at.e->rules, f, m->at.res->opts.period);
        l->change[l->change_n++] = (struct statement_change){
            buf_str(&b), fact_text(m, c->field, c->from), fact_text(m, c->field, c->to)};
    }
    l->standing = STAND_NEAR;
    Money then = entitle_money(a->item[l->policy->item]);
    l->near = (Money){then.lo, then.hi >= BEST_OPEN ? FEN_OPEN : then.hi};
    l->near_best = a->proof == SEEK_BEST;
}

/* First what meets the condition; where that pays nothing yet, what pays something. */
static enum status seek_near(const struct making *m, struct statement_line *l)
{
    struct seek_opts opts = {.lang = m->o->lang, .budget = m->o->seek};
    struct seek_goal met = {.kind = SEEK_TRUTH, .op = OP_EQ, .value = TRUTH_MET};
    struct seek_goal paid = {.kind = SEEK_NUMBER, .item = l->policy->item, .op = OP_GT};
    struct seek_answer a = {.end = SEEK_NOT_FOUND};
    if (l->policy->when >= 0) {
        met.item = (uint32_t)l->policy->when;
        TRY(seek_goal(m->keep, &a, m->plan, m->at.res, m->at.row, &met, &opts));
    }
    if (a.end != SEEK_REACHED || entitle_money(a.item[l->policy->item]).hi == 0)
        TRY(seek_goal(m->keep, &a, m->plan, m->at.res, m->at.row, &paid, &opts));
    if (a.end == SEEK_REACHED && a.change_n > 0)
        put_changes(m, &a, l);
    return OK;
}

/* ---- lines ---- */

enum standing statement_standing(const struct entitled *one)
{
    switch (one->state) {
    case TRUTH_MET: return one->amount.hi > 0 ? STAND_ENTITLED : STAND_NOT;
    case TRUTH_MANUAL: return STAND_JUDGE;
    case TRUTH_UNKNOWN: return one->amount.hi > 0 ? STAND_OPEN : STAND_NOT;
    case TRUTH_UNMET:
    case TRUTH_NA: break;
    }
    return one->amount.lo > 0 ? STAND_ENTITLED : STAND_NOT;
}

static enum status make_line(const struct making *m, const struct entitled *one,
                             struct statement_line *l)
{
    const struct policy *p = &m->at.e->policy[one->policy];
    const struct item *it = &m->at.e->rules->item[p->item];
    *l = (struct statement_line){
        .own = one, .policy = p, .item = it, .standing = statement_standing(one)};
    l->instead = one->by < 0 ? S("") : m->at.e->rules->item[m->at.e->policy[one->by].item].name;
    l->group = p->group < 0 ? S("") : m->at.e->group[p->group].name;
    l->open_stacking = p->group < 0 ? it->stacking == STACK_UNSTATED
                                    : m->at.e->group[p->group].mode == STACK_UNSTATED &&
                                          !m->at.e->group[p->group].apart;
    if (it->when != NULL && l->standing != STAND_ENTITLED) {
        l->unmet = ARENA_ARRAY(m->keep, Str, PARTS_MAX);
        list_parts(m, it->when, l);
    }
    if (l->standing != STAND_NOT) {
        list_missing(m, l);
        Money counts = p->apart ? one->amount : one->counts[READ_HIGHEST];
        if (counts.hi == 0)
            counts = one->counts[READ_SUM];
        l->due_n = entitle_steps(m->keep, &l->due, &m->at, one->policy, counts);
    } else if (m->o->seek > 0 && one->state == TRUTH_UNMET) {
        return seek_near(m, l);
    }
    return OK;
}

enum status statement_make(struct arena *keep, struct statement *out, const struct subject_row *at,
                           const struct plan *p, const struct statement_opts *o)
{
    const struct entitle *e = at->e;
    struct making m = {.keep = keep, .at = *at, .plan = p, .o = o};
    *out = (struct statement){.e = e};
    TRY(entitle_one(keep, &out->sum, at));
    TRY(trace_open(keep, &m.trace, p, at->res, at->row));
    m.missing = missing_open(keep, e->rules, at->res->opts.period);
    out->line = ARENA_ARRAY(keep, struct statement_line, (size_t)e->policy_n + 1);
    for (uint32_t i = 0; i < e->policy_n; i++)
        TRY(make_line(&m, &out->sum.at[i], &out->line[out->line_n++]));
    return OK;
}

/* ---- words ---- */

const char *statement_standing_name(enum standing s, enum lang lang)
{
    static const char *const name[STAND_N][2] = {{"可以享受", "entitled"},
                                                 {"待补数据", "facts are missing"},
                                                 {"待人工判断", "to be judged"},
                                                 {"差一点", "near"},
                                                 {"不适用", "not applicable"}};
    return name[s][lang];
}

const char *statement_binding_name(enum binding b, enum lang lang)
{
    static const char *const name[][2] = {[BIND_NONE] = {"", ""},
                                          [BIND_OWN] = {"到本项最高", "at its own cap"},
                                          [BIND_GROUP] = {"到本组最高", "at the cap of its group"},
                                          [BIND_ALL] = {"到合计最高", "at the cap of all"},
                                          [BIND_OTHER] = {"以别项为准", "another one counts"}};
    return name[b][lang];
}

static void print_fen(struct buf *b, int64_t fen, bool wan)
{
    dec_print(b, fen, wan ? FEN_OF_WAN : ENTITLE_FEN_DECIMALS);
}

void statement_money(struct buf *b, Money m, enum lang lang)
{
    int64_t most = m.hi == FEN_OPEN ? m.lo : m.hi;
    bool wan = lang == LANG_ZH && most >= WAN_FEN;
    if (m.lo == 0 && m.hi == FEN_OPEN) {
        buf_add(b, lang == LANG_ZH ? S("金额未定") : S("amount not known"));
        return;
    }
    print_fen(b, m.lo, wan);
    if (m.hi != m.lo && m.hi != FEN_OPEN) {
        buf_char(b, '~');
        print_fen(b, m.hi, wan);
    }
    buf_add(b, lang == LANG_EN ? S(" yuan") : wan ? S("万元") : S("元"));
    if (m.hi == FEN_OPEN)
        buf_add(b, lang == LANG_EN ? S(" or more") : S("以上"));
}

static void print_times(struct buf *b, const struct due *d, enum lang lang)
{
    static const char *const every[][2] = {
        [1] = {"每月", "monthly"}, [3] = {"每季", "quarterly"}, [12] = {"每年", "yearly"}};
    if (d->label.n == 0 && d->months > 0)
        buf_add(b, str_of(every[d->months][lang]));
    if (d->times_hi == 1 && d->times_lo == 1)
        return;
    buf_fmt(b, " × %lld", (long long)d->times_lo);
    if (d->times_hi != d->times_lo)
        buf_fmt(b, "~%lld", (long long)d->times_hi);
    buf_add(b, lang == LANG_ZH ? S("期") : S(" times"));
}

void statement_steps(struct buf *b, const struct due *due, size_t n, enum lang lang)
{
    for (size_t i = 0; i < n; i++) {
        buf_add(b, i == 0 ? S("") : lang == LANG_ZH ? S("；") : S("; "));
        buf_add(b, due[i].label.n > 0 ? due[i].label : lang == LANG_ZH ? S("一次") : S("at once"));
        buf_char(b, ' ');
        statement_money(b, due[i].amount, lang);
        print_times(b, &due[i], lang);
        if (due[i].ready == TRUTH_UNMET)
            buf_add(b, lang == LANG_ZH ? S("（条件不符，不发）") : S(" (not met: not paid)"));
        else if (due[i].ready != TRUTH_MET)
            buf_add(b, lang == LANG_ZH ? S("（待定）") : S(" (waits)"));
    }
}
