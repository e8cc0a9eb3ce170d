/* type.c - case types in force: documents of the rule book that have a `## 事项`. */
#include <string.h>

#include "access/role.h"
#include "flow/flow_int.h"
#include "rulebook/rulebook.h"

enum { DOCUMENT_MAX = 4 << 20 };

struct flow_person flow_person_of(const struct caller *who)
{
    return (struct flow_person){who->name, who->account, who->roles, who->subject, false};
}

Str flow_number(struct arena *keep, int64_t number)
{
    return arena_fmt(keep, "%lld", (long long)number);
}

Str flow_place(struct arena *keep, int64_t number, int64_t seq)
{
    return arena_fmt(keep, "事项 %lld/%lld", (long long)number, (long long)seq);
}

/* The documents were sound when they were taken in. */
static enum status read_all(const struct flow_view *v, Str text, struct rules **r,
                            struct matter **m, size_t *n)
{
    struct diags ds;
    diags_init(&ds, v->keep);
    enum status st = rule_load(v->keep, r, S("rules.md"), text, &ds);
    if (st == OK)
        st = matter_read(v->keep, m, n, *r, role_find_bit, &ds);
    return st;
}

static enum status read_matter(const struct flow_view *v, Sha256 hash, Str name,
                               struct matter **out)
{
    struct rules *r;
    struct matter *m;
    size_t n;
    Str text;
    TRY(content_get(v->conn, v->keep, &text, v->county, hash, DOCUMENT_MAX));
    TRY(read_all(v, text, &r, &m, &n));
    for (size_t i = 0; i < n; i++)
        if (str_eq(m[i].name, name)) {
            *out = &m[i];
            return OK;
        }
    (void)diag_add(v->diags, DIAG_FLOW_TYPE, (Span){0, 0}, name, NO_ARG, NO_ARG);
    return ERR_GONE;
}

enum status flow_matter(const struct flow_view *v, Sha256 hash, Str name, struct matter **out)
{
    struct flow_memo *memo = v->memo;
    struct flow_view keeping = *v;
    if (memo == NULL)
        return read_matter(v, hash, name, out);
    for (size_t i = 0; i < memo->n; i++)
        if (memcmp(&memo->at[i].hash, &hash, sizeof hash) == 0 && str_eq(memo->at[i].name, name)) {
            *out = memo->at[i].m;
            return OK;
        }
    keeping.keep = memo->keep;
    TRY(read_matter(&keeping, hash, name, out));
    VEC_PUSH(memo->keep, memo->at, memo->n, memo->cap) =
        (struct flow_known){hash, (*out)->name, *out};
    return OK;
}

struct types {
    struct flow_type *at;
    size_t n, cap;
};

static void add_type(const struct flow_view *v, struct types *all, const struct rules *r,
                     const struct matter *m)
{
    struct flow_type t = {.hash = r->hash,
                          .name = m->name,
                          .document = r->name,
                          .version = r->version,
                          .kind = r->subject,
                          .clause = m->clause,
                          .above = m->above,
                          .note = m->note,
                          .policy = m->policy,
                          .status = r->status,
                          .opener = m->opener};
    for (size_t i = 0; i < all->n; i++)
        if (str_eq(all->at[i].name, m->name)) {
            all->at[i] = t; /* entries come in order: the newer one holds */
            return;
        }
    VEC_PUSH(v->keep, all->at, all->n, all->cap) = t;
}

static bool in_force(const struct flow_view *v, const struct rules *r)
{
    return (!r->has_from || r->from <= v->today) && (!r->has_until || v->today <= r->until);
}

enum status flow_types(const struct flow_view *v, struct flow_type **out, size_t *n)
{
    struct types all = {0};
    struct rulebook_entry *entry;
    size_t entry_n;
    TRY(rulebook_all(v->conn, v->keep, &entry, &entry_n, v->county));
    for (size_t i = 0; i < entry_n; i++) {
        struct rules *r;
        struct matter *m;
        size_t m_n;
        Str text;
        if (entry[i].state != RULEBOOK_PUBLISHED)
            continue;
        TRY(rulebook_text(v->conn, v->keep, &text, v->county, &entry[i]));
        if (read_all(v, text, &r, &m, &m_n) != OK || !in_force(v, r))
            continue;
        for (size_t k = 0; k < m_n; k++)
            add_type(v, &all, r, &m[k]);
    }
    *out = all.at;
    *n = all.n;
    return OK;
}

enum status flow_type_find(const struct flow_view *v, Str name, struct flow_type *out)
{
    struct flow_type *all;
    size_t n;
    TRY(flow_types(v, &all, &n));
    for (size_t i = 0; i < n; i++)
        if (str_eq(all[i].name, name)) {
            *out = all[i];
            return OK;
        }
    (void)diag_add(v->diags, DIAG_FLOW_TYPE, (Span){0, 0}, name, NO_ARG, NO_ARG);
    return ERR_GONE;
}
