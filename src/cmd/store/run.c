/* run.c - the verbs `run new` to `run withdraw`: one step of a run each, one act of the store. */
#include "run/run.h"

#include "base/arena.h"
#include "base/json.h"
#include "base/str.h"
#include "cmd/embed.h"
#include "cmd/job.h"
#include "cmd/store/run.h"
#include "cmd/store/store.h"
#include "os/clock.h"
#include "os/file.h"
#include "os/workers.h"

struct step {
    struct cli *c;
    struct store store;
    struct run_desk desk;
    int64_t number; /* of the run, or of the appeal */
    struct buf body;
    struct json json; /* of the act, in the making */
};

/* --- words of the command line --- */

int run_number(struct cli *c, Str word, int64_t *out)
{
    int n;
    if (!args_int(word, &n) || n < 1)
        return cli_usage(c, ZE(c, "“%.*s”不是编号", "“%.*s” is no number"), STR_ARG(word));
    *out = n;
    return 0;
}

static int day_option(struct cli *c, enum opt o, Day *day)
{
    if (!c->args.given[o] || day_parse(day, c->args.value[o]))
        return 0;
    return cli_usage(c,
                     ZE(c, "--%s “%.*s”不是日期，写成 2026-04-01 这样。",
                        "--%s “%.*s” is no day; write it like 2026-04-01."),
                     option_info(o)->name, STR_ARG(c->args.value[o]));
}

static int note(struct cli *c, Str *out)
{
    *out = str_trim(c->args.value[OPT_NOTE]);
    if (out->n > 0)
        return 0;
    return cli_usage(c, ZE(c, "要用 --note 写明理由", "say why with --note"));
}

static int read_file(struct cli *c, Str path, size_t max, Str *out)
{
    int err = 0;
    enum status st = file_read(c->arena, out, path, max, &err);
    return st == OK ? 0 : cli_fail_file(c, st, path, err, false);
}

/* --- one act --- */

static int begin(struct step *s, struct cli *c)
{
    *s = (struct step){.c = c};
    Day today = clock_today();
    int code = day_option(c, OPT_TODAY, &today);
    if (code == 0)
        code = store_open(c, &s->store, DB_WRITE);
    if (code == 0)
        code = store_begin(c, &s->store);
    if (code != 0)
        return code;
    s->desk = (struct run_desk){&s->store.act, s->store.actor, today, &s->store.diags};
    buf_init(&s->body, c->arena, BUF_MAX);
    json_open(&s->json, &s->body, false);
    json_obj(&s->json);
    return 0;
}

/* Ends the act of a step that went well, or tells why it did not. */
static int end(struct step *s, enum status st, const char *verb, const char *what)
{
    struct cli *c = s->c;
    if (st != OK)
        return store_fail(c, &s->store, st);
    json_kstr(&s->json, "today", day_str(c->arena, s->desk.today));
    json_obj_end(&s->json);
    int code =
        store_commit(c, &s->store, str_of(verb),
                     arena_fmt(c->arena, "%s %lld", what, (long long)s->number), buf_str(&s->body));
    if (code == 0)
        store_close(&s->store);
    return code;
}

static int begin_numbered(struct step *s, struct cli *c)
{
    int64_t number = 0;
    int code = run_number(c, c->args.operand[0], &number);
    if (code == 0)
        code = begin(s, c);
    s->number = number;
    return code;
}

static int say(struct step *s, int code, const char *zh, const char *en)
{
    struct cli *c = s->c;
    if (code == 0)
        buf_fmt(&c->out, c->lang == LANG_ZH ? "第 %lld 号%s\n" : "%lld: %s\n", (long long)s->number,
                c->lang == LANG_ZH ? zh : en);
    return code;
}

/* --- the steps --- */

static int draft_of(struct cli *c, struct run_draft *d)
{
    struct job j = {0};
    int code = job_doc(c, &j, c->args.operand[0]);
    if (code == 0)
        code = job_when(c, &j);
    if (code != 0)
        return code;
    *d = (struct run_draft){j.rules->name, j.rules->text, j.as_of, j.period, 0};
    if (d->period == INT32_MIN)
        d->period = day_year(j.as_of) - 1;
    if (c->args.given[OPT_TITLE])
        d->title = c->args.value[OPT_TITLE];
    return c->args.given[OPT_REPLACES] ? run_number(c, c->args.value[OPT_REPLACES], &d->replaces)
                                       : 0;
}

int cmd_run_new(struct cli *c)
{
    struct step s;
    struct run_draft d;
    int code = draft_of(c, &d);
    if (code == 0)
        code = begin(&s, c);
    if (code != 0)
        return code;
    enum status st = run_new(&s.desk, &d, &s.number);
    json_kstr(&s.json, "title", d.title);
    json_kint(&s.json, "period", d.period);
    return say(&s, end(&s, st, "run.new", "run"), "测算已起草", "drafted");
}

int cmd_run_compute(struct cli *c)
{
    struct step s;
    int threads = 0;
    int code = job_threads(c, &threads);
    if (code == 0)
        code = begin_numbered(&s, c);
    if (code != 0)
        return code;
    cli_progress(c, ZE(c, "测算第 %lld 号……", "computing run %lld ..."), (long long)s.number);
    struct workers *w = workers_open(c->arena, (uint32_t)threads);
    enum status st = run_compute(&s.desk, s.number, w);
    workers_close(w);
    return say(&s, end(&s, st, "run.compute", "run"), "测算已算好", "computed");
}

int cmd_run_review(struct cli *c)
{
    struct step s;
    int code = begin_numbered(&s, c);
    if (code != 0)
        return code;
    enum status st = run_review(&s.desk, s.number, c->args.value[OPT_NOTE]);
    return say(&s, end(&s, st, "run.review", "run"), "测算已复核", "reviewed");
}

/* The calendar of --calendar, or the national one that the program carries. */
static int notice_of(struct cli *c, struct run_notice *n, Day today)
{
    enum { CALENDAR_MAX = 4 << 20 };
    n->first = today;
    n->calendar = embed_file("packs/national/工作日历.csv");
    if (!args_int(c->args.value[OPT_DAYS], &n->days) || n->days < 1)
        return cli_usage(c, ZE(c, "要用 --days 写明公示几个工作日",
                               "say with --days how many working days the notice runs"));
    int code = day_option(c, OPT_FROM, &n->first);
    if (code == 0 && c->args.given[OPT_CALENDAR])
        code = read_file(c, c->args.value[OPT_CALENDAR], CALENDAR_MAX, &n->calendar);
    return code;
}

int cmd_run_publish(struct cli *c)
{
    struct step s;
    struct run_notice n;
    Day today = clock_today();
    int code = day_option(c, OPT_TODAY, &today);
    if (code == 0)
        code = notice_of(c, &n, today);
    if (code == 0)
        code = begin_numbered(&s, c);
    if (code != 0)
        return code;
    enum status st = run_publish(&s.desk, s.number, &n);
    json_kint(&s.json, "days", n.days);
    return say(&s, end(&s, st, "run.publish", "run"), "测算已公示", "published");
}

int cmd_run_appeal(struct cli *c)
{
    struct step s;
    Str text;
    int code = note(c, &text);
    if (code == 0 && !c->args.given[OPT_ID])
        code = cli_usage(c, ZE(c, "要用 --id 写明是谁的异议", "name the subject with --id"));
    if (code == 0)
        code = begin_numbered(&s, c);
    if (code != 0)
        return code;
    json_kint(&s.json, "run", s.number);
    json_kstr(&s.json, "id", c->args.value[OPT_ID]);
    enum status st = run_appeal(&s.desk, s.number, c->args.value[OPT_ID], text, &s.number);
    return say(&s, end(&s, st, "run.appeal", "appeal"), "异议已受理", "appeal taken");
}

static int verdict(struct cli *c, bool *upheld)
{
    Str word = c->args.operand[1];
    *upheld = str_eq(word, S("成立")) || str_eq(word, S("upheld"));
    if (*upheld || str_eq(word, S("不成立")) || str_eq(word, S("rejected")))
        return 0;
    return cli_usage(c, ZE(c, "“%.*s”应写 成立 或 不成立", "“%.*s” should be upheld or rejected"),
                     STR_ARG(word));
}

int cmd_run_decide(struct cli *c)
{
    struct step s;
    Str why;
    bool upheld;
    int code = verdict(c, &upheld);
    if (code == 0)
        code = note(c, &why);
    if (code == 0)
        code = begin_numbered(&s, c);
    if (code != 0)
        return code;
    enum status st = run_decide(&s.desk, s.number, upheld, why);
    json_kbool(&s.json, "upheld", upheld);
    return say(&s, end(&s, st, "run.decide", "appeal"), "异议已答复", "appeal decided");
}

int cmd_run_finish(struct cli *c)
{
    struct step s;
    int code = begin_numbered(&s, c);
    if (code != 0)
        return code;
    enum status st = run_finish(&s.desk, s.number);
    return say(&s, end(&s, st, "run.finish", "run"), "测算已定稿", "final");
}

int cmd_run_withdraw(struct cli *c)
{
    struct step s;
    Str why;
    int code = note(c, &why);
    if (code == 0)
        code = begin_numbered(&s, c);
    if (code != 0)
        return code;
    enum status st = run_withdraw(&s.desk, s.number, why);
    return say(&s, end(&s, st, "run.withdraw", "run"), "测算已撤回", "withdrawn");
}
