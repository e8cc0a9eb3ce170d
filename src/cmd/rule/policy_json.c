/* policy_json.c - what subjects are entitled to, as JSON: format geci-policy-1. */
#include "base/arena.h"
#include "base/json.h"
#include "base/str.h"
#include "cmd/rule/policy.h"
#include "explain/item.h"

enum { FEN = 2 };

static void money(struct json *j, const char *key, Money m)
{
    json_key(j, str_of(key));
    json_obj(j);
    json_key(j, S("low"));
    json_dec(j, m.lo, FEN);
    json_key(j, S("high"));
    if (m.hi == FEN_OPEN)
        json_null(j);
    else
        json_dec(j, m.hi, FEN);
    json_obj_end(j);
}

static void readings(struct json *j, const char *key, const Money m[READ_N])
{
    json_key(j, str_of(key));
    json_obj(j);
    money(j, "highest", m[READ_HIGHEST]);
    money(j, "top_up", m[READ_TOP_UP]);
    money(j, "sum", m[READ_SUM]);
    json_obj_end(j);
}

static void texts(struct json *j, const char *key, const Str *at, size_t n)
{
    json_key(j, str_of(key));
    json_arr(j);
    for (size_t i = 0; i < n; i++)
        json_str(j, at[i]);
    json_arr_end(j);
}

static void steps(struct json *j, const struct statement_line *l)
{
    static const char *const ready[] = {"unmet", "met", "unknown", "manual", "met"};
    json_key(j, S("steps"));
    json_arr(j);
    for (size_t i = 0; i < l->due_n; i++) {
        json_obj(j);
        json_kstr(j, "label", l->due[i].label);
        money(j, "amount", l->due[i].amount);
        json_kint(j, "months", l->due[i].months);
        json_kint(j, "times_low", l->due[i].times_lo);
        json_kint(j, "times_high", l->due[i].times_hi);
        json_kstr(j, "ready", str_of(ready[l->due[i].ready]));
        json_obj_end(j);
    }
    json_arr_end(j);
}

static void near(struct json *j, const struct statement_line *l)
{
    if (l->standing != STAND_NEAR)
        return;
    json_key(j, S("changes"));
    json_arr(j);
    for (size_t i = 0; i < l->change_n; i++) {
        json_obj(j);
        json_kstr(j, "field", l->change[i].field);
        json_kstr(j, "from", l->change[i].from);
        json_kstr(j, "to", l->change[i].to);
        json_obj_end(j);
    }
    json_arr_end(j);
    money(j, "would_pay", l->near);
    json_kbool(j, "least", l->near_best);
}

static void line(struct json *j, const struct statement_line *l)
{
    static const char *const standing[] = {"entitled", "open", "judge", "near", "not"};
    json_obj(j);
    json_kstr(j, "policy", l->item->name);
    json_kstr(j, "standing", str_of(standing[l->standing]));
    json_kstr(j, "beneficiary", l->item->beneficiary);
    json_kstr(j, "status", str_of(item_status(l->item->status, LANG_EN)));
    json_kstr(j, "certainty", l->policy->certainty);
    json_kstr(j, "source", l->policy->source);
    json_kstr(j, "clause", l->item->clause);
    json_kstr(j, "group", l->group);
    json_kbool(j, "apart", l->policy->apart);
    json_kbool(j, "stacking_open", l->open_stacking);
    money(j, "amount", l->own->amount);
    readings(j, "counts", l->own->counts);
    json_kstr(j, "binding", str_of(statement_binding_name(l->own->binding[READ_HIGHEST], LANG_EN)));
    json_kstr(j, "instead", l->instead);
    texts(j, "unmet", l->unmet, l->unmet_n);
    texts(j, "missing", l->missing, l->missing_n);
    texts(j, "to_judge", l->judge, l->judge_n);
    steps(j, l);
    near(j, l);
    json_obj_end(j);
}

void policy_json_doc(struct json *j, struct cli *c, const struct policy_doc *d)
{
    char hex[65];
    sha256_hex(hex, d->job.rules->hash);
    json_kstr(j, "format", S("geci-policy-1"));
    json_kstr(j, "rules", d->job.rules->name);
    json_kstr(j, "version", d->job.rules->version);
    json_kstr(j, "status", str_of(item_status(d->job.rules->status, LANG_EN)));
    json_kstr(j, "sha256", str_of(hex));
    json_kstr(j, "as_of", day_str(c->arena, d->job.as_of));
    json_kint(j, "period", d->job.period);
    json_kbool(j, "in_force", !d->skipped);
}

void policy_json(struct json *j, const struct statement *s)
{
    readings(j, "total", s->sum.total);
    money(j, "apart", s->sum.apart);
    json_key(j, S("policies"));
    json_arr(j);
    for (size_t i = 0; i < s->line_n; i++)
        line(j, &s->line[i]);
    json_arr_end(j);
}
