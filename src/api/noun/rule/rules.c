/* rules.c - rule documents: the book of them, checking, and their way into force. */
#include "api/noun/rule/rules.h"

#include "api/call.h"
#include "api/noun/rule/vet.h"
#include "api_types.h"
#include "base/arena.h"
#include "base/str.h"
#include "rule/model.h"
#include "rulebook/rulebook.h"

/* --- the book --- */

static bool may_see(const struct call *c, enum rulebook_state s)
{
    return (c->who.roles & (uint32_t)ROLES_OFFICE) != 0 || s == RULEBOOK_PUBLISHED;
}

static Str state_name(enum rulebook_state s)
{
    return str_of(rulebook_state_name(s, LANG_ZH));
}

enum status api_rule_list(struct call *c, struct api_rule_entries *out)
{
    struct rulebook_entry *all;
    size_t n;
    TRY(rulebook_all(c->conn, c->arena, &all, &n, c->county));
    out->rules.at = ARENA_ARRAY(c->arena, struct api_rule_entry, n);
    for (size_t i = 0; i < n; i++) {
        const struct rulebook_entry *e = &all[i];
        if (!may_see(c, e->state))
            continue;
        out->rules.at[out->rules.n++] = (struct api_rule_entry){
            e->entry,
            e->name,
            e->version,
            e->kind,
            arena_hex(c->arena, sha256_str(&e->hash)),
            (int)e->state - RULEBOOK_DRAFT,
            state_name(e->state),
            e->status,
        };
    }
    return OK;
}

enum status api_rule_get(struct call *c, const struct api_rule_get_in *in,
                         struct api_rule_detail *out)
{
    struct rulebook_entry e;
    TRY(rulebook_get(c->conn, c->arena, &e, c->county, in->entry));
    if (!may_see(c, e.state))
        return ERR_GONE;
    *out = (struct api_rule_detail){
        .entry = e.entry,
        .name = e.name,
        .version = e.version,
        .kind = e.kind,
        .hash = arena_hex(c->arena, sha256_str(&e.hash)),
        .state = (int)e.state - RULEBOOK_DRAFT,
        .state_name = state_name(e.state),
    };
    out->steps.at = ARENA_ARRAY(c->arena, struct api_rule_step, e.step_n);
    for (size_t i = 0; i < e.step_n; i++)
        out->steps.at[out->steps.n++] =
            (struct api_rule_step){(int)e.step[i].state - RULEBOOK_DRAFT, e.step[i].actor,
                                   e.step[i].at_us, e.step[i].act, e.step[i].why};
    return rulebook_text(c->conn, c->arena, &out->text, c->county, &e);
}

enum status rules_seen(struct call *c, int64_t entry, struct rules **out, Str *text)
{
    struct rulebook_entry e;
    TRY(rulebook_get(c->conn, c->arena, &e, c->county, entry));
    if (!may_see(c, e.state))
        return ERR_GONE;
    TRY(rulebook_text(c->conn, c->arena, text, c->county, &e));
    return rule_load(c->arena, out, S("rules.md"), *text, &c->diags); /* it was checked */
}

/* --- checking --- */

enum status api_rule_check(struct call *c, const struct api_rule_check_in *in,
                           struct api_rule_checked *out)
{
    return vet_checked(c, out, in->body.text);
}

/* --- steps --- */

static struct rulebook_desk desk_of(struct call *c)
{
    return (struct rulebook_desk){c->act, c->who.name, &c->diags, role_find_bit};
}

static enum status done(struct call *c, enum status st, int64_t entry, struct api_rule_done *out)
{
    c->object = arena_fmt(c->arena, "rule %lld", (long long)entry);
    *out = (struct api_rule_done){c->act->no, entry};
    return st;
}

struct drafting {
    Str text;
    struct api_rule_done *out;
};

static enum status draft(struct call *c, void *arg)
{
    const struct drafting *x = arg;
    struct rulebook_desk d = desk_of(c);
    int64_t entry = 0;
    enum status st = rulebook_draft(&d, x->text, &entry);
    return done(c, st, entry, x->out);
}

enum status api_rule_draft(struct call *c, const struct api_rule_draft_in *in,
                           struct api_rule_done *out)
{
    struct drafting x = {in->body.text, out};
    TRY(vet(c, x.text));
    return call_act(c, draft, &x);
}

enum status api_rule_review(struct call *c, const struct api_rule_review_in *in,
                            struct api_rule_done *out)
{
    struct rulebook_desk d = desk_of(c);
    return done(c, rulebook_review(&d, in->entry, in->body.why), in->entry, out);
}

enum status api_rule_publish(struct call *c, const struct api_rule_publish_in *in,
                             struct api_rule_done *out)
{
    struct rulebook_desk d = desk_of(c);
    return done(c, rulebook_publish(&d, in->entry, in->body.why), in->entry, out);
}

enum status api_rule_withdraw(struct call *c, const struct api_rule_withdraw_in *in,
                              struct api_rule_done *out)
{
    struct rulebook_desk d = desk_of(c);
    return done(c, rulebook_withdraw(&d, in->entry, in->body.why), in->entry, out);
}
