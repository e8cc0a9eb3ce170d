/* vet.c - compiling in a child, and what of it comes back. */
#include "api/noun/rule/vet.h"

#include "api/call.h"
#include "api/noun/data/column.h"
#include "api/problem.h"
#include "api_types.h"
#include "base/arena.h"
#include "base/str.h"
#include "check/check.h"
#include "entitle/entitle.h"
#include "explain/item.h"
#include "matter/matter.h"
#include "os/child.h"

enum {
    MEMORY_BYTES = 256 << 20,
    ANSWER_BYTES = 32 << 20,
    CPU_S = 2,
    WALL_S = 20, /* a busy machine */
};

/* --- in the child --- */

static void write_problems(struct arena *a, struct api_rule_checked *out, const struct diags *ds,
                           Str text)
{
    out->problems.at = ARENA_ARRAY(a, struct api_rule_problem, ds->n);
    for (size_t i = 0; i < ds->n; i++) {
        const struct diag *d = &ds->at[i];
        struct api_problem_item p = problem_item(a, d);
        size_t line, column;
        diag_line_col(text, d->span.beg, &line, &column);
        out->problems.at[out->problems.n++] = (struct api_rule_problem){
            p.code,   p.severity,  p.message,   p.message_en,  p.fix,
            p.fix_en, d->span.beg, d->span.end, (int64_t)line, (int64_t)column};
    }
}

static void write_items(struct arena *a, struct api_rule_checked *out, const struct rules *r)
{
    out->items.at = ARENA_ARRAY(a, struct api_rule_item, r->item_n);
    for (uint32_t i = 0; i < r->item_n; i++) {
        const struct item *it = &r->item[i];
        size_t line, column;
        diag_line_col(r->text, it->span.beg, &line, &column);
        out->items.at[out->items.n++] = (struct api_rule_item){
            .name = it->name,
            .kind = str_of(item_kind_name(it->kind, LANG_ZH)),
            .parent = it->parent,
            .top = item_is_top(r, i),
            .clause = str_or_empty(it->clause),
            .source = str_or_empty(it->source),
            .status = str_of(item_status(it->status, LANG_EN)),
            .line = (int64_t)line,
        };
    }
}

static void write_fields(struct arena *a, struct api_rule_checked *out, const struct rules *r)
{
    out->fields.at = ARENA_ARRAY(a, struct api_rule_field, r->field_n);
    for (uint32_t i = 0; i < r->field_n; i++)
        out->fields.at[out->fields.n++] = (struct api_rule_field){
            r->field[i].name, field_type_word(&r->field[i]), field_unit_word(&r->field[i]),
            str_or_empty(r->field[i].meaning)};
}

static enum status compile(struct arena *a, struct api_rule_checked *out, Str text)
{
    struct rules *r;
    struct diags ds;
    diags_init(&ds, a);
    enum status st = check_load(a, &r, S("rules.md"), text, &ds);
    if (st == OK)
        st = entitle_open(a, &(struct entitle *){NULL}, r, &ds);
    if (st == OK)
        st = matter_read(a, &(struct matter *){NULL}, &(size_t){0}, r, role_find_bit, &ds);
    if (st != OK && st != ERR_INPUT)
        return st;
    diags_sort(&ds);
    out->sound = st == OK;
    out->name = r->name;
    out->version = r->version;
    out->status = str_of(item_status(r->status, LANG_EN));
    write_problems(a, out, &ds, text);
    if (st == OK)
        write_items(a, out, r);
    write_fields(a, out, r);
    return OK;
}

/* What the child takes with it; it answers the whole of it, or no more than that it is through. */
struct vetting {
    Str text;
    const struct api_type *type;
};

static enum status compile_there(struct child_pipe *to, void *arg)
{
    const struct vetting *v = arg;
    struct api_rule_checked out = {0};
    struct arena *a = arena_open();
    struct buf b;
    TRY(compile(a, &out, v->text));
    if (v->type == NULL)
        return OK;
    buf_init(&b, a, ANSWER_BYTES);
    api_write(&b, v->type, &out, PROTECT_SENSITIVE);
    child_write(to, buf_str(&b));
    return OK;
}

/* --- here --- */

static enum status run(struct call *c, struct vetting *v, Str *answer)
{
    struct child_result r;
    struct child_job job = {.fn = compile_there,
                            .arg = v,
                            .memory_bytes = MEMORY_BYTES,
                            .answer_bytes = ANSWER_BYTES,
                            .cpu_s = CPU_S,
                            .wall_s = WALL_S};
    child_run(c->arena, &r, &job);
    *answer = r.answer;
    return r.end == CHILD_DONE ? r.status : r.end == CHILD_BARE ? ERR_BUSY : ERR_LIMIT;
}

enum status vet_checked(struct call *c, struct api_rule_checked *out, Str text)
{
    struct vetting v = {text, c->route->out};
    Str answer;
    TRY(run(c, &v, &answer));
    return api_read(c->arena, v.type, out, answer, &c->diags) == OK ? OK : ERR_LIMIT;
}

enum status vet(struct call *c, Str text)
{
    return run(c, &(struct vetting){text, NULL}, &(Str){NULL, 0});
}
