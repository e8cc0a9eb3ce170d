/* kind.c - the kinds of subjects and their dictionaries. */
#include "access/right.h"
#include "api/call.h"
#include "api/noun/data/column.h"
#include "api_types.h"
#include "base/arena.h"
#include "base/str.h"
#include "col/dataset.h"
#include "rule/model.h"

enum status api_kind_list(struct call *c, struct api_kinds *out)
{
    static const char *const STATUS[] = {"", "official", "secondary", "示例"};
    bool office = (c->who.roles & (uint32_t)ROLES_OFFICE) != 0; /* others see but some rows */
    struct rosters *all;
    Str *name;
    TRY(call_rosters(c, &all));
    size_t n = rosters_kinds(all, c->arena, &name);
    out->kinds.at = ARENA_ARRAY(c->arena, struct api_kind, n);
    for (size_t i = 0; i < n; i++) {
        struct scope scope;
        TRY(access_scope(c->conn, c->arena, &c->who, name[i], 0, &scope));
        const struct roster *r = roster_take(all, name[i]);
        if (r == NULL)
            continue;
        out->kinds.at[out->kinds.n++] = (struct api_kind){
            .kind = name[i],
            .title = arena_copy(c->arena, r->rules->name),
            .status = str_of(STATUS[r->rules->status]),
            .subjects = {office, r->data->row_n},
            .seen = scope.rule != SCOPE_NONE,
        };
        roster_release(r);
    }
    return OK;
}

/* Options of results are texts of the dataset alone; the rules' own are its first. */
static void options(struct arena *keep, struct api_kind_field *out, const struct roster *r,
                    const struct field *f)
{
    out->options.at = ARENA_ARRAY(keep, Str, f->option_n);
    for (uint32_t i = 0; i < f->option_n; i++)
        out->options.at[out->options.n++] = labels_text(r->data->labels, f->option[i]);
}

/* 1 and on: id, name, former .. score, grade, rank as the contract lists them; 0: none of these. */
static int role_index(const struct roster *r, uint32_t field)
{
    const struct outcome *o;
    size_t n = roster_outcomes(r, &o);
    for (int role = 0; role < SUBJECT_ROLE_N; role++)
        if (r->rules->role[role] == (int32_t)field)
            return role + 1;
    for (size_t i = 0; i < n; i++) {
        const Str of[] = {o[i].score, o[i].grade, o[i].rank};
        for (int k = 0; k < (int)ARRAY_N(of); k++)
            if (str_eq(of[k], r->rules->field[field].name))
                return SUBJECT_ROLE_N + 1 + k;
    }
    return 0;
}

enum status api_kind_get(struct call *c, const struct api_kind_get_in *in,
                         struct api_kind_fields *out)
{
    TRY(call_roster(c, in->kind));
    const struct rules *r = c->roster->rules;
    out->kind = c->roster->kind;
    out->title = r->name;
    out->fields.at = ARENA_ARRAY(c->arena, struct api_kind_field, r->field_n);
    for (uint32_t i = 0; i < r->field_n; i++) {
        const struct field *f = &r->field[i];
        int64_t run;
        if (!roster_field_run(c->roster, i, &run) || !scope_tells(&c->scope, c->roster, i))
            continue;
        struct api_kind_field *to = &out->fields.at[out->fields.n++];
        *to = (struct api_kind_field){
            .name = f->name,
            .type = field_type_word(f),
            .unit = field_unit_word(f),
            .period = field_period_index(f),
            .protect = field_protect_index(f),
            .role = role_index(c->roster, i),
            .run = run,
            .shown = scope_shows(&c->scope, c->roster, i),
            .note = f->meaning,
        };
        options(c->arena, to, c->roster, f);
    }
    return OK;
}
