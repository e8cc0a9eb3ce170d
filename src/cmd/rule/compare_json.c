/* compare_json.c - the impact of a change of rules, for programs. Numbers are exact decimals as
 * texts; an upper end that is not bounded is null. */
#include "base/decimal.h"
#include "base/json.h"
#include "base/str.h"
#include "cmd/rule/compare.h"
#include "col/dataset.h"

static const char *const when[2] = {"before", "after"};

static void dec(struct json *j, const char *key, Wide m, int scale)
{
    json_key(j, str_of(key));
    json_dec(j, m, scale);
}

static void list(struct json *j, const char *key)
{
    json_key(j, str_of(key));
    json_arr(j);
}

static void gain(const struct compare *k, const struct impact *m, int up, struct json *j)
{
    const struct gain *g = &m->gain[up];
    json_key(j, up ? S("winners") : S("losers"));
    json_obj(j);
    json_kint(j, "n", (int64_t)g->n);
    dec(j, "change", g->sum, m->score_scale);
    list(j, "largest");
    for (uint32_t i = 0; i < g->top_n; i++) {
        json_obj(j);
        json_kstr(j, "id", compare_id(k, g->row[i]));
        json_kstr(j, "name", compare_subject(k, g->row[i]));
        dec(j, "change", g->by[i], m->score_scale);
        json_kstr(j, "reason", compare_reason(k, g->row[i]));
        json_obj_end(j);
    }
    json_arr_end(j);
    json_obj_end(j);
}

static void gates(const struct compare *k, const struct impact *m, struct json *j)
{
    list(j, "gates");
    for (uint32_t i = 0; i < m->gate_n; i++) {
        const struct gate_move *g = &m->gate[i];
        json_obj(j);
        json_kstr(j, "name", k->side[OLD].rules->item[g->item[OLD]].name);
        for (int side = 0; side < 2; side++)
            json_kint(j, when[side], (int64_t)g->met[side]);
        json_kint(j, "gained", (int64_t)g->gained);
        json_kint(j, "lost", (int64_t)g->lost);
        json_obj_end(j);
    }
    json_arr_end(j);
}

static void grades(const struct impact *m, struct json *j)
{
    size_t n = m->grade_n + 1;
    if (m->matrix == NULL)
        return;
    list(j, "grades"); /* of which one of no settled grade is "" */
    for (size_t i = 0; i < n * n; i++) {
        if (m->matrix[i] == 0)
            continue;
        json_obj(j);
        json_kstr(j, "before", i / n < m->grade_n ? m->grade[i / n] : S(""));
        json_kstr(j, "after", i % n < m->grade_n ? m->grade[i % n] : S(""));
        json_kint(j, "n", (int64_t)m->matrix[i]);
        json_obj_end(j);
    }
    json_arr_end(j);
}

static void money(const struct money x[2], int scale, struct json *j)
{
    for (int side = 0; side < 2; side++) {
        json_key(j, str_of(when[side]));
        json_obj(j);
        json_kint(j, "payees", (int64_t)x[side].payees);
        dec(j, "low", x[side].sum.lo, scale);
        json_key(j, S("high"));
        if (x[side].open)
            json_null(j);
        else
            json_dec(j, x[side].sum.hi, scale);
        json_obj_end(j);
    }
}

static void policies(const struct compare *k, const struct impact *m, struct json *j)
{
    list(j, "policies");
    for (uint32_t i = 0; i < m->policy_n; i++) {
        const struct policy_move *x = &m->policy[i];
        int side = x->item[OLD] >= 0 ? OLD : NEW;
        json_obj(j);
        json_kstr(j, "name", k->side[side].rules->item[x->item[side]].name);
        money(x->money, m->money_scale, j);
        json_obj_end(j);
    }
    json_arr_end(j);
    json_key(j, S("money"));
    json_obj(j);
    money(m->total, m->money_scale, j);
    json_obj_end(j);
}

static void ranks(const struct impact *m, struct json *j)
{
    list(j, "ranks");
    for (uint32_t i = 0; i < m->rank_n; i++) {
        const struct rank_move *x = &m->rank[i];
        json_obj(j);
        json_kstr(j, "name", x->name);
        json_kint(j, "ranked", (int64_t)x->n);
        json_kint(j, "moved", (int64_t)x->moved);
        json_kint(j, "shift", (int64_t)x->sum);
        json_kint(j, "most_gained", x->best);
        json_kint(j, "most_lost", -x->worst);
        json_obj_end(j);
    }
    json_arr_end(j);
}

static void splits(const struct impact *m, struct json *j)
{
    list(j, "by");
    for (uint32_t i = 0; i < m->split_n; i++)
        for (uint32_t n = 0; n < m->split[i].row_n; n++) {
            const struct split_row *x = &m->split[i].row[n];
            json_obj(j);
            json_kstr(j, "by", m->split[i].name);
            json_kstr(j, "label", x->label);
            json_kint(j, "subjects", (int64_t)x->n);
            json_kint(j, "up", (int64_t)x->up);
            json_kint(j, "down", (int64_t)x->down);
            json_kint(j, "scored", (int64_t)x->scored);
            dec(j, "score_before", x->score[OLD], m->score_scale);
            dec(j, "score_after", x->score[NEW], m->score_scale);
            money(x->money, m->money_scale, j);
            json_obj_end(j);
        }
    json_arr_end(j);
}

void compare_json(const struct compare *k, const struct impact *m, struct json *j)
{
    gain(k, m, 1, j);
    gain(k, m, 0, j);
    grades(m, j);
    gates(k, m, j);
    policies(k, m, j);
    ranks(m, j);
    splits(m, j);
}
