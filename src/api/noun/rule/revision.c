/* revision.c - two versions of a rule document beside each other, in words. */
#include "api/noun/rule/revision.h"

#include "api/noun/rule/rules.h"
#include "api/noun/rule/vet.h"
#include "api/noun/run/run.h"
#include "base/arena.h"
#include "base/str.h"
#include "compare/lines.h"
#include "explain/item.h"
#include "record/record.h"
#include "rule/model.h"
#include "rulebook/rulebook.h"
#include "sql.h"

enum { RUNS_LOOKED_AT = 40 };

/* --- both sides --- */

static void describe(struct call *c, struct revision *r)
{
    Sha256 hash = sha256_of(r->text);
    r->said.name = r->rules->name;
    r->said.version = str_or_empty(r->rules->version);
    r->said.status = str_of(item_status(r->rules->status, LANG_EN));
    r->said.hash = arena_hex(c->arena, sha256_str(&hash));
}

static enum status from_book(struct call *c, struct revision *r, int64_t entry)
{
    TRY(rules_seen(c, entry, &r->rules, &r->text));
    r->said.entry = API_INT_OF(entry);
    describe(c, r);
    return OK;
}

static enum status from_text(struct call *c, struct revision *r, Str text)
{
    r->text = text;
    TRY(rule_load(c->arena, &r->rules, S("rules.md"), text, &c->diags));
    describe(c, r);
    return OK;
}

static enum status from_run(struct call *c, struct revision *r, int64_t run)
{
    struct run of;
    Str text;
    TRY(run_seen(c, run, &of));
    TRY(content_get(c->conn, c->arena, &text, c->county, of.rules, CONTENT_MAX));
    r->said.run = API_INT_OF(run);
    return from_text(c, r, text);
}

/* The published document of that name which is the newest; 0: none but `but`. */
static enum status published(struct call *c, Str name, int64_t but, int64_t *entry)
{
    struct rulebook_entry *all;
    size_t n;
    *entry = 0;
    TRY(rulebook_all(c->conn, c->arena, &all, &n, c->county));
    for (size_t i = 0; i < n; i++)
        if (all[i].state == RULEBOOK_PUBLISHED && all[i].entry != but && all[i].entry > *entry &&
            str_eq(all[i].name, name))
            *entry = all[i].entry;
    return OK;
}

/* The rules of the newest published run of that name; where there is none, only the number of the
 * newest of other rules about the kind. */
static enum status find_run(struct call *c, const struct rules *new, struct revision *old)
{
    struct db_rows rows;
    struct sql_runs_in_force_row row;
    struct sql_runs_in_force ask = {c->county, new->subject, true, RUNS_LOOKED_AT};
    int64_t run[RUNS_LOOKED_AT];
    size_t n = 0;
    TRY(sql_runs_in_force(c->conn, &ask, &rows));
    while (sql_runs_in_force_next(&rows, &row))
        run[n++] = row.run;
    TRY(db_rows_end(&rows));
    old->in_force = n > 0 ? run[0] : 0;
    for (size_t i = 0; i < n; i++) {
        struct revision r = {0};
        TRY(from_run(c, &r, run[i]));
        if (!str_eq(r.rules->name, new->name))
            continue;
        *old = r;
        old->in_force = run[i];
        return OK;
    }
    return OK;
}

static enum status find_old(struct call *c, const struct revision_ask *ask,
                            const struct revision *new, struct revision *old)
{
    int64_t entry = ask->against.v;
    if (!ask->against.set)
        TRY(published(c, new->rules->name, ask->entry, &entry));
    TRY(find_run(c, new->rules, old));
    if (entry != 0) {
        int64_t run = old->in_force;
        *old = (struct revision){.in_force = run};
        return from_book(c, old, entry);
    }
    return old->rules != NULL ? OK
                              : call_refuse(c, DIAG_API_NO_BASE, new->rules->name, S("against"));
}

enum status revision_sides(struct call *c, const struct revision_ask *ask, struct revision *old,
                           struct revision *new)
{
    *old = *new = (struct revision){0};
    if (ask->entry == 0)
        TRY(vet(c, ask->text));
    TRY(ask->entry != 0 ? from_book(c, new, ask->entry) : from_text(c, new, ask->text));
    return find_old(c, ask, new, old);
}

/* --- line by line --- */

static struct api_int line_no(uint32_t line)
{
    return (struct api_int){line > 0, line};
}

static int section_change(const struct compare_section *s)
{
    return s->line[0] == 0   ? API_REVISION_SECTION_CHANGE_ADDED
           : s->line[1] == 0 ? API_REVISION_SECTION_CHANGE_REMOVED
                             : API_REVISION_SECTION_CHANGE_CHANGED;
}

static enum status compare(struct call *c, const struct revision_ask *ask,
                           struct api_rule_revision *out)
{
    struct revision old, new;
    struct compare_lines l;
    struct compare_section *s;
    size_t n;
    TRY(revision_sides(c, ask, &old, &new));
    compare_lines(c->arena, &l, old.text, new.text);
    compare_sections(c->arena, &s, &n, old.text, new.text);
    *out = (struct api_rule_revision){
        .old = old.said, .new = new.said, .gone = (int64_t)l.gone, .came = (int64_t)l.came};
    out->sections.at = ARENA_ARRAY(c->arena, struct api_revision_section, n);
    for (size_t i = 0; i < n; i++)
        out->sections.at[out->sections.n++] = (struct api_revision_section){
            s[i].heading, section_change(&s[i]), line_no(s[i].line[0]), line_no(s[i].line[1])};
    out->lines.at = ARENA_ARRAY(c->arena, struct api_revision_line, l.n);
    for (size_t i = 0; i < l.n; i++)
        out->lines.at[out->lines.n++] =
            (struct api_revision_line){(int)l.line[i].change, line_no(l.line[i].at[0]),
                                       line_no(l.line[i].at[1]), l.line[i].text};
    return OK;
}

enum status api_rule_revision(struct call *c, const struct api_rule_revision_in *in,
                              struct api_rule_revision *out)
{
    struct revision_ask ask = {.entry = in->entry, .against = in->against};
    return compare(c, &ask, out);
}

enum status api_rule_revise(struct call *c, const struct api_rule_revise_in *in,
                            struct api_rule_revision *out)
{
    struct revision_ask ask = {.text = in->body.text, .against = in->body.against};
    return compare(c, &ask, out);
}
