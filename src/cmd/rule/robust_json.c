/* robust_json.c - the verb `robust` for programs. */
#include "base/arena.h"
#include "base/json.h"
#include "base/str.h"
#include "cmd/rule/robust.h"
#include "col/dataset.h"

enum { HUNDREDTHS = 2 };

static void json_place(struct json *j, const struct robust_view *v, const struct robust_place *p)
{
    json_kint(j, "rank", p->nominal);
    json_kint(j, "median", p->median);
    json_kint(j, "p05", p->p05);
    json_kint(j, "p95", p->p95);
    json_kstr(j, "mean_shift", robust_ratio(v->c, p->shift_sum, v->r->opts.draws, HUNDREDTHS));
    json_kint(j, "top_draws", p->top);
    if (v->r->label_n > 0) {
        json_key(j, S("grade_draws"));
        json_obj(j);
        for (uint32_t g = 0; g < v->r->label_n; g++) {
            json_key(j, v->r->label[g]);
            json_int(j, p->grade[g]);
        }
        json_obj_end(j);
    }
    if (p->mover < 0)
        return;
    json_kstr(j, "mover", robust_factor_name(v, (uint32_t)p->mover));
    json_kint(j, "mover_low", p->by[0]);
    json_kint(j, "mover_high", p->by[1]);
}

static void json_end(struct json *j, const struct robust_view *v, const struct robust_factor *x,
                     int end)
{
    static const char *const name[2] = {"low", "high"};
    json_key(j, str_of(name[end]));
    json_obj(j);
    json_kstr(j, "mean_shift", robust_ratio(v->c, x->shift[end], v->r->subject_n, HUNDREDTHS));
    json_kint(j, "moved", x->moved[end]);
    json_kstr(j, "most", x->most[end] == 0 ? S("") : v->j->data->id[x->most_row[end]]);
    json_kint(j, "most_by", x->most[end]);
    json_obj_end(j);
}

static void json_weights(struct json *j, const struct robust_view *v)
{
    json_key(j, S("weights"));
    json_arr(j);
    for (uint32_t i = 0; i < v->r->weight_n; i++) {
        const struct robust_factor *x = &v->r->factor[i];
        json_obj(j);
        json_kstr(j, "item", v->j->rules->item[x->item].name);
        json_kstr(j, "segment", x->segment);
        json_kbool(j, "points", x->points);
        json_key(j, S("value"));
        json_dec(j, x->value.m, x->value.scale);
        json_kint(j, "spread_ppm", x->spread_ppm);
        json_end(j, v, x, 0);
        json_end(j, v, x, 1);
        json_obj_end(j);
    }
    json_arr_end(j);
}

/* Bounds and 备选. */
static void json_assumptions(struct json *j, const struct robust_view *v)
{
    json_key(j, S("assumptions"));
    json_arr(j);
    for (uint32_t i = v->r->weight_n; i < v->r->factor_n; i++) {
        const struct robust_factor *x = &v->r->factor[i];
        const struct item *it = &v->j->rules->item[x->item];
        json_obj(j);
        json_kstr(j, "item", it->name);
        json_kstr(j, "kind", x->kind == ROBUST_BOUNDS ? S("bounds") : S("instead"));
        if (x->kind == ROBUST_BOUNDS) {
            json_kint(j, "spread_ppm", x->spread_ppm);
            json_end(j, v, x, 0);
        } else {
            json_kstr(j, "instead", it->vary.instead[x->instead].s);
        }
        json_end(j, v, x, 1);
        json_obj_end(j);
    }
    json_arr_end(j);
}

static void json_subjects(struct json *j, const struct robust_view *v)
{
    json_key(j, S("subjects"));
    json_arr(j);
    for (uint32_t i = 0; i < v->r->subject_n; i++) {
        const struct robust_subject *s = &v->r->subject[i];
        json_obj(j);
        json_kstr(j, "id", v->j->data->id[s->row]);
        json_place(j, v, &s->low);
        if (s->open) {
            json_key(j, S("high"));
            json_obj(j);
            json_place(j, v, &s->high);
            json_obj_end(j);
        }
        json_obj_end(j);
        if (v->c->out.n > 1 << 20)
            cli_flush(v->c);
    }
    json_arr_end(j);
}

void robust_json(const struct robust_view *v)
{
    static const char *const why[] = {"",        "form",   "weights", "wide",
                                      "differs", "beside", "many",    "fails"};
    const struct robust *r = v->r;
    char hex[65];
    struct json j;
    sha256_hex(hex, v->j->rules->hash);
    json_open(&j, &v->c->out, true);
    json_obj(&j);
    json_kstr(&j, "format", S("geci-robust-1"));
    json_kstr(&j, "rules", v->j->rules->name);
    json_kstr(&j, "sha256", str_of(hex));
    json_kstr(&j, "data_sha256", str_of(v->j->data_sha256));
    json_kstr(&j, "score", v->j->rules->item[r->score].name);
    json_kint(&j, "period", v->j->period);
    json_kint(&j, "draws", r->opts.draws);
    json_kstr(&j, "seed", arena_fmt(v->c->arena, "%llu", (unsigned long long)r->opts.seed));
    json_kint(&j, "weights_ppm", r->opts.spread_ppm);
    json_kint(&j, "bounds_ppm", r->opts.bounds_ppm);
    json_kint(&j, "top", r->opts.top_n);
    json_kint(&j, "ranked", r->subject_n);
    json_kint(&j, "open", r->open_n);
    json_kint(&j, "left_out", r->left_out);
    json_kstr(&j, "mean_shift",
              robust_ratio(v->c, r->shift_sum, (uint64_t)r->subject_n * r->opts.draws, HUNDREDTHS));
    json_key(&j, S("kept"));
    json_arr(&j);
    for (uint32_t i = 0; i < r->kept_n; i++) {
        json_obj(&j);
        json_kstr(&j, "item", v->j->rules->item[r->kept[i].item].name);
        json_kstr(&j, "of", r->kept[i].assumed ? S("assumptions") : S("weights"));
        json_kstr(&j, "why", str_of(why[r->kept[i].why]));
        json_obj_end(&j);
    }
    json_arr_end(&j);
    json_weights(&j, v);
    json_assumptions(&j, v);
    json_subjects(&j, v);
    json_obj_end(&j);
    buf_char(&v->c->out, '\n');
}
