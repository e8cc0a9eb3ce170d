/* fact.c - the verbs `fact verify` and `fact return`: what somebody found out about a fact. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/json.h"
#include "base/str.h"
#include "cmd/store/run.h"
#include "cmd/store/store.h"
#include "record/record.h"

struct asked {
    struct cli *c;
    struct store s;
    Str kind, identity, column; /* column empty: the whole line */
    Str why;
    int64_t act, subject; /* act 0: whatever holds */
};

static int read_words(struct asked *q, enum record_verdict verdict)
{
    const struct args *a = &q->c->args;
    q->kind = a->operand[0];
    q->identity = a->operand[1];
    q->column = a->operand_n > 2 ? a->operand[2] : S("");
    q->why = str_trim(a->value[OPT_NOTE]);
    if (verdict == RECORD_RETURNED && q->why.n == 0)
        return cli_usage(q->c, ZE(q->c, "要用 --note 写明退回的原因", "say why with --note"));
    if (q->column.n == 0 && !a->given[OPT_ACT])
        return cli_usage(q->c, ZE(q->c, "写明哪一列，或用 --act 写明哪一次报来的整行",
                                  "name a column, or with --act the report whose line it is"));
    return a->given[OPT_ACT] ? run_number(q->c, a->value[OPT_ACT], &q->act) : 0;
}

static int unknown(struct asked *q, const char *zh, const char *en)
{
    store_close(&q->s);
    return cli_fail(q->c, ERR_GONE, q->c->lang == LANG_ZH ? "“%.*s”%s" : "“%.*s” %s",
                    STR_ARG(q->identity), q->c->lang == LANG_ZH ? zh : en);
}

/* The line that the words mean: of that act, or the one whose cell holds. */
static const struct record_entry *find_line(const struct asked *q, const struct record_entries *all)
{
    for (size_t i = 0; i < all->n; i++) {
        const struct record_entry *e = &all->at[i];
        if ((q->column.n == 0 || str_eq(e->column, q->column)) &&
            (q->act == 0 ? e->holds : e->act == q->act))
            return e;
    }
    return NULL;
}

static Str words_of(struct asked *q, const struct record_entry *e)
{
    struct json j;
    struct buf b;
    buf_init(&b, q->c->arena, BUF_MAX);
    json_open(&j, &b, false);
    json_obj(&j);
    json_kint(&j, "of_act", e->act);
    json_kint(&j, "of_n", e->n);
    json_kstr(&j, "identity", q->identity);
    json_kstr(&j, "column", q->column);
    json_kstr(&j, "why", q->why);
    json_obj_end(&j);
    return buf_str(&b);
}

static int mark(struct asked *q, const struct record_entry *e, enum record_verdict verdict)
{
    int code = store_begin(q->c, &q->s);
    if (code != 0)
        return code;
    struct record r = record_of(&q->s.act);
    enum status st = record_mark_add(&r, &(struct record_mark){.of_act = e->act,
                                                               .of_n = e->n,
                                                               .subject = q->subject,
                                                               .field = q->column,
                                                               .verdict = verdict,
                                                               .why = q->why});
    if (st != OK)
        return store_fail(q->c, &q->s, st);
    return store_commit(q->c, &q->s,
                        verdict == RECORD_VERIFIED ? S("fact.verify") : S("fact.return"), q->kind,
                        words_of(q, e));
}

static int judge(struct cli *c, enum record_verdict verdict)
{
    struct asked q = {.c = c};
    struct record_entries all = {0};
    int code = read_words(&q, verdict);
    if (code == 0)
        code = store_open(c, &q.s, DB_WRITE);
    if (code != 0)
        return code;
    enum status st = db_begin(q.s.conn);
    if (st == OK)
        st = record_subject(q.s.conn, q.s.county, q.kind, q.identity, &q.subject);
    if (st == OK)
        st = record_history(q.s.conn, c->arena, &all, q.s.county, q.subject, S(""));
    db_rollback(q.s.conn);
    if (st == ERR_GONE)
        return unknown(&q, "不在库里", "is not in the store");
    if (st != OK)
        return store_fail(c, &q.s, st);
    const struct record_entry *e = find_line(&q, &all);
    if (e == NULL)
        return unknown(&q, "没有报过这样的数；列怎么写、是哪一次，见 geci history",
                       "has no such fact; geci history tells columns and acts");
    code = mark(&q, e, verdict);
    if (code == 0 && !c->quiet)
        buf_fmt(&c->out, ZE(c, "第 %lld 号行为报的%s%.*s：%s\n", "what act %lld said%s%.*s: %s\n"),
                (long long)e->act, q.column.n > 0 ? ZE(c, " ", " of ") : "", STR_ARG(q.column),
                verdict == RECORD_VERIFIED ? ZE(c, "核实了", "verified")
                                           : ZE(c, "退回了", "returned"));
    store_close(&q.s);
    return code;
}

int cmd_fact_verify(struct cli *c)
{
    return judge(c, RECORD_VERIFIED);
}

int cmd_fact_return(struct cli *c)
{
    return judge(c, RECORD_RETURNED);
}
