/* impact.c - what a wording of rules would change for the subjects.
 *
 * Both wordings are evaluated over the facts that a run was computed from, on its day and for its
 * year: what is said of the old one is what was published, where it is that run's own. Nothing is
 * kept. Cost: that of computing two runs, some tenths of a second for fifty thousand subjects. */
#include "api/noun/rule/revision.h"
#include "api/noun/run/run.h"
#include "base/arena.h"
#include "base/decimal.h"
#include "base/order.h"
#include "base/str.h"
#include "col/dataset.h"
#include "compare/compare.h"
#include "os/workers.h"
#include "record/record.h"

enum { MOVERS = 50, MOVERS_MAX = 500 };

struct trial {
    struct call *c;
    struct revision rev[2];
    struct run run;
    Str snapshot;
    struct compare k;
    struct impact m;
};

/* --- the question --- */

/* Labels of the kind, but none that is protected: groups of one would tell it. */
static bool may_split(const struct trial *t, Str name)
{
    const struct rules *kind = t->c->roster->rules;
    int32_t field = rule_find_field(kind, name);
    return field < 0 || kind->field[field].protect <= PROTECT_INTERNAL;
}

static bool find_column(void *ctx, Str name, struct compare_column *out)
{
    const struct trial *t = ctx;
    return compare_csv_column(t->c->arena, t->snapshot, t->rev[OLD].rules->id_field, name, out);
}

/* Where nothing is said: locality, chain, and the groups of the new rules. */
static size_t usual(const struct trial *t, Str *by)
{
    const struct rules *kind = t->c->roster->rules, *r = t->rev[NEW].rules;
    static const enum subject_role ROLE[] = {SUBJECT_ROLE_LOCALITY, SUBJECT_ROLE_CHAIN};
    size_t n = 0;
    for (size_t i = 0; i < sizeof ROLE / sizeof *ROLE; i++)
        if (kind->role[ROLE[i]] >= 0)
            by[n++] = kind->field[kind->role[ROLE[i]]].name;
    for (uint32_t i = 0; i < r->item_n && n < SPLITS_MAX; i++)
        if (r->item[i].kind == ITEM_SEGMENT && r->item[i].type.kind == TYPE_TEXT)
            by[n++] = r->item[i].name;
    return n;
}

static enum status sum(struct trial *t, const Str *asked, size_t asked_n)
{
    Str by[SPLITS_MAX], unknown = NO_ARG;
    size_t n = 0;
    if (asked_n > SPLITS_MAX)
        return call_refuse(t->c, DIAG_API_LONG, S("by"), S("8"));
    for (; n < asked_n; n++) {
        by[n] = asked[n];
        if (!may_split(t, by[n]))
            return call_refuse(t->c, DIAG_API_NO_COLUMN, by[n], NO_ARG);
    }
    bool usually = n == 0; /* what nobody has is left out then */
    n = usually ? usual(t, by) : n;
    if (!compare_sum(&t->k, &t->m, by, n, usually ? NULL : &unknown))
        return call_refuse(t->c, DIAG_API_NO_COLUMN, unknown, NO_ARG);
    return OK;
}

static enum status evaluate(struct trial *t, struct workers *w)
{
    struct call *c = t->c;
    struct run_view v = {c->conn, c->arena, c->county, w, &c->diags};
    for (int side = 0; side < 2; side++) {
        struct run_outcome o;
        TRY(run_evaluate(&v, &o, t->rev[side].text, t->snapshot, &t->run, true));
        t->rev[side].rules = o.rules;
        t->k.side[side] = (struct compare_side){.rules = o.rules, .data = o.data, .res = o.result};
    }
    return compare_open(&t->k) ? OK : call_refuse(c, DIAG_API_NO_BASE, t->run.kind, S("against"));
}

/* The run whose facts it is tried on. */
static enum status take_run(struct trial *t, struct api_int asked)
{
    struct call *c = t->c;
    const struct revision *new = &t->rev[NEW];
    enum status st = call_roster(c, new->rules->subject);
    if (st == ERR_GONE)
        return call_refuse(c, DIAG_RUN_NO_KIND, new->rules->subject, NO_ARG);
    TRY(st);
    int64_t run = asked.set ? asked.v : t->rev[OLD].in_force;
    if (run == 0)
        return call_refuse(c, DIAG_API_NO_BASE, new->rules->name, S("run"));
    TRY(run_seen(c, run, &t->run));
    if (!t->run.computed)
        return ERR_GONE;
    for (int side = 0; side < 2; side++)
        if (!str_eq(t->run.kind, t->rev[side].rules->subject))
            return call_refuse(c, DIAG_API_NO_BASE, t->rev[side].rules->name, S("run"));
    return content_get(c->conn, c->arena, &t->snapshot, c->county, t->run.snapshot, CONTENT_MAX);
}

/* --- the answer --- */

static struct api_impact_money money_of(const struct trial *t, const struct money *m)
{
    int scale = t->m.money_scale;
    return (struct api_impact_money){(int64_t)m->payees, call_decimal(t->c, m->sum.lo, scale),
                                     m->open ? NO_ARG : call_decimal(t->c, m->sum.hi, scale)};
}

/* As the kind's list shows it; the identity of one who is no longer there. */
static Str name_of(const struct trial *t, uint32_t row)
{
    const struct roster *r = t->c->roster;
    int32_t field = r->rules->role[SUBJECT_ROLE_NAME];
    const struct column *col =
        field < 0 ? NULL : dataset_find(r->data, (uint32_t)field, COL_NO_PERIOD);
    Str id = compare_id(&t->k, row), name = NO_ARG;
    int64_t subject, at = roster_find(r, id, &subject) ? roster_row(r, subject) : -1;
    if (at >= 0 && col != NULL && column_has(col, (uint32_t)at))
        name = call_shown(t->c, r->rules->field[field].protect, subject,
                          labels_text(r->data->labels, (uint32_t)column_value(col, (uint32_t)at)));
    return name.n > 0 ? name : id;
}

static struct api_impact_gain gain_of(const struct trial *t, const struct gain *g)
{
    struct api_impact_gain out = {.n = (int64_t)g->n,
                                  .change = call_decimal(t->c, g->sum, t->m.score_scale)};
    out.largest.at = ARENA_ARRAY(t->c->arena, struct api_impact_mover, g->top_n);
    for (uint32_t i = 0; i < g->top_n; i++)
        out.largest.at[out.largest.n++] = (struct api_impact_mover){
            compare_id(&t->k, g->row[i]), name_of(t, g->row[i]),
            call_decimal(t->c, g->by[i], t->m.score_scale), compare_reason(&t->k, g->row[i])};
    return out;
}

static void write_grades(const struct trial *t, struct api_rule_impact *out)
{
    const struct impact *m = &t->m;
    size_t n = m->grade_n + 1;
    if (m->matrix == NULL)
        return;
    out->grades.at = ARENA_ARRAY(t->c->arena, struct api_impact_grade, n * n);
    for (size_t i = 0; i < n * n; i++)
        if (m->matrix[i] > 0)
            out->grades.at[out->grades.n++] = (struct api_impact_grade){
                i / n < m->grade_n ? m->grade[i / n] : S(""),
                i % n < m->grade_n ? m->grade[i % n] : S(""), (int64_t)m->matrix[i]};
}

static void write_gates(const struct trial *t, struct api_rule_impact *out)
{
    out->gates.at = ARENA_ARRAY(t->c->arena, struct api_impact_gate, t->m.gate_n);
    for (uint32_t i = 0; i < t->m.gate_n; i++) {
        const struct gate_move *g = &t->m.gate[i];
        out->gates.at[out->gates.n++] = (struct api_impact_gate){
            t->k.side[OLD].rules->item[g->item[OLD]].name, (int64_t)g->met[OLD],
            (int64_t)g->met[NEW], (int64_t)g->gained, (int64_t)g->lost};
    }
}

static void write_policies(const struct trial *t, struct api_rule_impact *out)
{
    out->policies.at = ARENA_ARRAY(t->c->arena, struct api_impact_policy, t->m.policy_n);
    for (uint32_t i = 0; i < t->m.policy_n; i++) {
        const struct policy_move *p = &t->m.policy[i];
        int side = p->item[OLD] >= 0 ? OLD : NEW;
        out->policies.at[out->policies.n++] =
            (struct api_impact_policy){t->k.side[side].rules->item[p->item[side]].name,
                                       money_of(t, &p->money[OLD]), money_of(t, &p->money[NEW])};
    }
    out->money_before = money_of(t, &t->m.total[OLD]);
    out->money_after = money_of(t, &t->m.total[NEW]);
}

static void write_ranks(const struct trial *t, struct api_rule_impact *out)
{
    out->ranks.at = ARENA_ARRAY(t->c->arena, struct api_impact_rank, t->m.rank_n);
    for (uint32_t i = 0; i < t->m.rank_n; i++) {
        const struct rank_move *r = &t->m.rank[i];
        out->ranks.at[out->ranks.n++] =
            (struct api_impact_rank){r->name, (int64_t)r->n, (int64_t)r->moved, r->best, -r->worst};
    }
}

static struct api_impact_group group_of(const struct trial *t, const struct split_row *x)
{
    return (struct api_impact_group){
        .label = x->label,
        .subjects = (int64_t)x->n,
        .up = (int64_t)x->up,
        .down = (int64_t)x->down,
        .scored = (int64_t)x->scored,
        .score_before = call_decimal(t->c, x->score[OLD], t->m.score_scale),
        .score_after = call_decimal(t->c, x->score[NEW], t->m.score_scale),
        .before = money_of(t, &x->money[OLD]),
        .after = money_of(t, &x->money[NEW])};
}

static void write_splits(const struct trial *t, struct api_rule_impact *out)
{
    out->splits.at = ARENA_ARRAY(t->c->arena, struct api_impact_split, t->m.split_n);
    for (uint32_t i = 0; i < t->m.split_n; i++) {
        const struct split *s = &t->m.split[i];
        struct api_impact_split *to = &out->splits.at[out->splits.n++];
        to->by = s->name;
        to->groups.at = ARENA_ARRAY(t->c->arena, struct api_impact_group, s->row_n);
        for (uint32_t k = 0; k < s->row_n; k++)
            to->groups.at[to->groups.n++] = group_of(t, &s->row[k]);
    }
}

/* --- who moves --- */

static bool moves_less(const void *ctx, uint32_t a, uint32_t b)
{
    const Wide *by = ctx;
    return by[a] < by[b];
}

/* How far each subject moves: 0 not at all, 1 in something other than its points. */
static Wide *moves(struct trial *t)
{
    struct call *c = t->c;
    Wide *by = ARENA_ARRAY(c->arena, Wide, (size_t)t->k.row_n + 1), x[3];
    t->k.arena = arena_open(); /* what is printed of a subject is gone with it */
    ArenaMark mark = arena_mark(t->k.arena);
    for (uint32_t row = 0; row < t->k.row_n; row++) {
        struct compare_change ch = compare_change(&t->k, row);
        compare_count(&t->k, &ch);
        if (ch.any) {
            bool known = compare_gain(&t->k, row, t->m.score_scale, x);
            by[row] = !known ? 1 : 1 + (x[2] < 0 ? -x[2] : x[2]);
        }
        arena_reset(t->k.arena, mark);
    }
    arena_close(t->k.arena);
    t->k.arena = c->arena;
    return by;
}

static void write_movers(struct trial *t, struct api_rule_impact *out, size_t limit)
{
    struct call *c = t->c;
    const Wide *by = moves(t);
    const uint32_t *row = order_rows(c->arena, t->k.row_n, moves_less, by);
    limit = limit < t->k.moved ? limit : t->k.moved;
    out->movers.at = ARENA_ARRAY(c->arena, struct api_impact_subject, limit);
    for (size_t i = 0; i < limit; i++) {
        struct compare_change ch = compare_change(&t->k, row[i]);
        out->movers.at[out->movers.n++] = (struct api_impact_subject){compare_id(&t->k, row[i]),
                                                                      name_of(t, row[i]),
                                                                      ch.direction + 1,
                                                                      ch.score,
                                                                      ch.rank,
                                                                      ch.grade,
                                                                      ch.other};
    }
}

static void write_all(struct trial *t, struct api_rule_impact *out, size_t limit)
{
    struct compare *k = &t->k;
    write_movers(t, out, limit);
    out->run = t->run.run;
    out->period = t->run.period;
    out->day = t->run.day;
    out->snapshot = arena_hex(t->c->arena, sha256_str(&t->run.snapshot));
    out->old = t->rev[OLD].said;
    out->new = t->rev[NEW].said;
    out->subjects = k->row_n;
    out->changed = (int64_t)k->moved;
    out->rank_only = (int64_t)k->shifted;
    out->up = (int64_t)k->up;
    out->down = (int64_t)k->down;
    out->same = (int64_t)k->same;
    out->open = (int64_t)k->open;
    out->winners = gain_of(t, &t->m.gain[1]);
    out->losers = gain_of(t, &t->m.gain[0]);
    write_grades(t, out);
    write_gates(t, out);
    write_policies(t, out);
    write_ranks(t, out);
    write_splits(t, out);
}

static enum status try(struct call *c, const struct revision_ask *ask,
                       const struct api_rule_trial *how, struct api_rule_impact *out)
{
    struct trial *t = ARENA_NEW(c->arena, struct trial);
    *t = (struct trial){.c = c, .k = {.arena = c->arena, .column = find_column, .ctx = t}};
    int64_t limit = how->limit.set ? how->limit.v : MOVERS;
    if (limit < 0 || limit > MOVERS_MAX)
        return call_refuse(c, DIAG_API_TYPE, S("limit"), S("0..500"));
    TRY(revision_sides(c, ask, &t->rev[OLD], &t->rev[NEW]));
    TRY(take_run(t, how->run));
    struct workers *w = workers_open(c->arena, 0);
    enum status st = evaluate(t, w);
    workers_close(w);
    TRY(st);
    TRY(sum(t, how->by.at, how->by.n));
    write_all(t, out, (size_t)limit);
    return OK;
}

enum status api_rule_impact(struct call *c, const struct api_rule_impact_in *in,
                            struct api_rule_impact *out)
{
    struct revision_ask ask = {.entry = in->entry, .against = in->against};
    struct api_rule_trial how = {.run = in->run, .limit = in->limit};
    how.by.at = in->by.at;
    how.by.n = in->by.n;
    return try(c, &ask, &how, out);
}

enum status api_rule_try(struct call *c, const struct api_rule_try_in *in,
                         struct api_rule_impact *out)
{
    struct revision_ask ask = {.text = in->body.text, .against = in->body.against};
    return try(c, &ask, &in->body, out);
}
