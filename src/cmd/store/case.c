/* case.c - the verbs of `case` that write: opened, taken a step further, papers, terms that are
 * over. One act each, by --actor, who acts as --role. */
#include "cmd/store/case.h"

#include "access/role.h"
#include "base/arena.h"
#include "base/str.h"
#include "check/check.h"
#include "cmd/embed.h"
#include "cmd/store/run.h"
#include "os/clock.h"
#include "os/file.h"
#include "record/record.h"

enum { DOCUMENT_MAX = 4 << 20, PAPER_MAX = 20 << 20 };

struct desk {
    struct cli *c;
    struct store store;
    struct flow_desk flow;
};

int case_number(struct cli *c, int64_t *out)
{
    return run_number(c, c->args.operand[0], out);
}

int case_today(struct cli *c, Day *out)
{
    *out = clock_today();
    if (!c->args.given[OPT_TODAY] || day_parse(out, c->args.value[OPT_TODAY]))
        return 0;
    return cli_usage(c, ZE(c, "--today “%.*s”不是日期。", "--today “%.*s” is no day."),
                     STR_ARG(c->args.value[OPT_TODAY]));
}

int case_person(struct cli *c, Str actor, int64_t own, struct flow_person *out)
{
    Str rest = c->args.value[OPT_ROLE];
    *out = (struct flow_person){.name = actor};
    while (rest.n > 0) {
        Str word = str_trim(str_cut(&rest, ','));
        uint32_t bit = 0;
        if (str_eq(word, S("本人")) || str_eq(word, S("own")))
            out->subject = own;
        else if (!role_find_bit(word, &bit))
            return cli_usage(c, ZE(c, "没有角色“%.*s”。", "there is no role “%.*s”."),
                             STR_ARG(word));
        out->roles |= bit;
    }
    return 0;
}

/* --- one act --- */

static int desk_open(struct desk *d, struct cli *c)
{
    *d = (struct desk){.c = c};
    int code = case_today(c, &d->flow.today);
    if (code == 0)
        code = store_open(c, &d->store, DB_WRITE);
    if (code == 0)
        code = store_begin(c, &d->store);
    if (code != 0)
        return code;
    d->flow.act = &d->store.act;
    d->flow.diags = &d->store.diags;
    d->flow.calendar = embed_file("packs/national/工作日历.csv");
    flow_begin(&d->flow);
    return 0;
}

static struct flow_view view_of(struct desk *d)
{
    return (struct flow_view){d->store.conn, d->c->arena,     d->store.county,
                              d->flow.today, &d->store.diags, NULL};
}

static int desk_fail(struct desk *d, enum status st)
{
    flow_end(&d->flow);
    return store_fail(d->c, &d->store, st);
}

static int desk_close(struct desk *d, const char *verb, Str object)
{
    flow_end(&d->flow);
    int code = store_commit(d->c, &d->store, str_of(verb), object, S("{}"));
    if (code == 0)
        store_close(&d->store);
    return code;
}

static Str named(struct cli *c, int64_t number)
{
    return arena_fmt(c->arena, "case %lld", (long long)number);
}

static int say_now(struct desk *d, int64_t number, const char *verb)
{
    struct cli *c = d->c;
    struct flow_view v = view_of(d);
    struct flow_case now;
    enum status st = flow_get_now(&v, number, &now);
    if (st != OK)
        return desk_fail(d, st);
    int code = desk_close(d, verb, named(c, number));
    if (code == 0)
        buf_fmt(&c->out, ZE(c, "办件 %lld：%.*s%s\n", "case %lld: %.*s%s\n"), (long long)number,
                STR_ARG(now.state),
                now.half ? ZE(c, "（还要另一个人办）", " (it wants another person)") : "");
    return code;
}

/* --set 字段=值 .. */
static int read_given(struct cli *c, struct flow_given *out)
{
    struct flow_value *all = ARENA_ARRAY(c->arena, struct flow_value, c->args.set_n + 1);
    *out = (struct flow_given){all, 0, c->args.value[OPT_NOTE]};
    for (size_t i = 0; i < c->args.set_n; i++) {
        Str value = c->args.set[i];
        if (str_find(value, S("=")) == value.n)
            return cli_usage(c, ZE(c, "--set “%.*s”写成 字段=值。", "--set “%.*s”: FIELD=VALUE."),
                             STR_ARG(value));
        Str field = str_trim(str_cut(&value, '='));
        all[out->n++] = (struct flow_value){.field = field, .value = str_trim(value)};
    }
    return 0;
}

/* --- opening --- */

/* A document given as a file is kept; its first case type. */
static enum status keep_document(struct desk *d, Str path, struct flow_new *in, Str *kind)
{
    struct arena *a = d->c->arena;
    struct rules *rules;
    struct matter *m;
    size_t n;
    int err = 0;
    Str text;
    TRY(file_read(a, &text, path, DOCUMENT_MAX, &err));
    TRY(check_load(a, &rules, path, text, &d->store.diags));
    TRY(matter_read(a, &m, &n, rules, role_find_bit, &d->store.diags));
    if (n == 0)
        return diag_add(&d->store.diags, DIAG_FLOW_TYPE, (Span){0, 0}, path, NO_ARG, NO_ARG);
    in->type = m[0].name;
    *kind = rules->subject;
    return flow_keep_rules(&d->flow, text, &in->rules);
}

static enum status find_type(struct desk *d, struct flow_new *in, Str *kind)
{
    Str word = d->c->args.operand[0];
    struct flow_view v = view_of(d);
    struct flow_type type;
    if (str_ends(word, S(".md")))
        return keep_document(d, word, in, kind);
    TRY(flow_type_find(&v, word, &type));
    in->type = type.name;
    in->rules = type.hash;
    *kind = type.kind;
    return OK;
}

static enum status find_subject(struct desk *d, Str kind, int64_t *subject)
{
    Str id = d->c->args.operand[1];
    enum status st = record_subject(d->store.conn, d->store.county, kind, id, subject);
    if (st == ERR_GONE)
        (void)diag_add(&d->store.diags, DIAG_FLOW_SUBJECT, (Span){0, 0}, id, kind, NO_ARG);
    return st;
}

int cmd_case_open(struct cli *c)
{
    struct desk d;
    struct flow_new in = {.title = c->args.value[OPT_TITLE]};
    int64_t number = 0;
    Str kind = S("");
    int code = read_given(c, &in.given);
    if (code == 0 && c->args.given[OPT_PARENT])
        code = run_number(c, c->args.value[OPT_PARENT], &in.parent);
    if (code == 0)
        code = desk_open(&d, c);
    if (code != 0)
        return code;
    enum status st = find_type(&d, &in, &kind);
    if (st == OK)
        st = find_subject(&d, kind, &in.subject);
    if (st != OK)
        return desk_fail(&d, st);
    code = case_person(c, d.store.actor, in.subject, &d.flow.who);
    if (code != 0)
        return code;
    st = flow_open(&d.flow, &in, &number);
    return st == OK ? say_now(&d, number, "case.open") : desk_fail(&d, st);
}

/* --- a step, a paper --- */

/* The case of the first operand, and who acts. */
static int begin_on(struct desk *d, struct cli *c, struct flow_case *out)
{
    int64_t number = 0;
    int code = case_number(c, &number);
    if (code == 0)
        code = desk_open(d, c);
    if (code != 0)
        return code;
    struct flow_view v = view_of(d);
    enum status st = flow_get(&v, number, out);
    return st == OK ? case_person(c, d->store.actor, out->subject, &d->flow.who) : desk_fail(d, st);
}

int cmd_case_do(struct cli *c)
{
    struct desk d;
    struct flow_case x;
    struct flow_given given;
    bool half;
    int code = read_given(c, &given);
    if (code == 0)
        code = begin_on(&d, c, &x);
    if (code != 0)
        return code;
    enum status st = flow_do(&d.flow, x.number, x.seq, c->args.operand[1], &given, &half);
    return st == OK ? say_now(&d, x.number, "case.step") : desk_fail(&d, st);
}

int cmd_case_paper(struct cli *c)
{
    struct desk d;
    struct flow_case x;
    int err = 0;
    Str bytes, path = c->args.operand[2], file = path;
    enum status st = file_read(c->arena, &bytes, path, PAPER_MAX, &err);
    if (st != OK)
        return cli_fail_file(c, st, path, err, false);
    while (str_find(file, S("/")) < file.n)
        (void)str_cut(&file, '/');
    int code = begin_on(&d, c, &x);
    if (code != 0)
        return code;
    st = flow_hand_in(&d.flow, x.number, c->args.operand[1], file, bytes);
    return st == OK ? say_now(&d, x.number, "case.paper") : desk_fail(&d, st);
}

/* --- terms that are over --- */

int cmd_case_tick(struct cli *c)
{
    struct desk d;
    size_t n = 0;
    int code = desk_open(&d, c);
    if (code != 0)
        return code;
    d.flow.who = (struct flow_person){.name = d.store.actor, .system = true};
    enum status st = flow_tick(&d.flow, &n);
    if (st != OK)
        return desk_fail(&d, st);
    code = desk_close(&d, "case.tick", S("cases"));
    if (code == 0)
        buf_fmt(&c->out, ZE(c, "到期办了 %zu 件\n", "%zu taken on whose term was over\n"), n);
    return code;
}
