/* twins.c - the verb `twins`: subjects of a store that are probably one. */
#include "text/twins.h"

#include "base/arena.h"
#include "base/csv.h"
#include "base/str.h"
#include "cmd/store/store.h"
#include "record/record.h"

enum { SCORE_MIN = 60 };

static void put_side(struct cli *c, const struct record_now *n)
{
    csv_write_cell(&c->out, n->identity, false, true);
    csv_write_cell(&c->out, n->name, false, true);
}

static void put_twins(struct cli *c, const struct twins *t, const struct record_now *now)
{
    static const char *const head[][2] = {{"原因", "why"},
                                          {"身份", "identity"},
                                          {"名称", "name"},
                                          {"另一身份", "other_identity"},
                                          {"另一名称", "other_name"}};
    int least = c->args.given[OPT_ALL] ? 0 : SCORE_MIN;
    csv_write_cell(&c->out, str_of(ZE(c, "相像", "score")), true, false);
    for (size_t i = 0; i < ARRAY_N(head); i++)
        csv_write_cell(&c->out, str_of(head[i][c->lang]), false, false);
    csv_write_end(&c->out);
    for (size_t i = 0; i < t->n && t->at[i].score >= least; i++) {
        const struct twin *pair = &t->at[i];
        buf_fmt(&c->out, "%d", pair->score);
        csv_write_cell(&c->out, str_of(twin_why_name(pair->why, c->lang == LANG_EN)), false, false);
        put_side(c, &now[pair->a]);
        put_side(c, &now[pair->b]);
        csv_write_end(&c->out);
    }
}

static enum status find(struct cli *c, struct store *s, struct twins *t, struct record_now **now)
{
    struct rules *kind;
    struct places places;
    size_t n;
    TRY(record_kind_get(s->conn, c->arena, &kind, s->county, c->args.operand[0], RECORD_NOW));
    TRY(record_now_all(s->conn, c->arena, now, &n, s->county, kind->name));
    struct twin_subject *subject = ARENA_ARRAY(c->arena, struct twin_subject, n);
    for (size_t i = 0; i < n; i++) {
        const struct record_now *x = &(*now)[i];
        subject[i] = (struct twin_subject){x->identity, x->name, x->former, x->locality};
    }
    places_read(c->arena, &places, kind->region);
    twins_find(c->arena, t, &places, subject, (uint32_t)n);
    return OK;
}

int cmd_twins(struct cli *c)
{
    struct store s;
    struct twins t;
    struct record_now *now = NULL;
    int code = store_open(c, &s, DB_READ);
    if (code != 0)
        return code;
    enum status st = find(c, &s, &t, &now);
    if (st == ERR_GONE) {
        store_close(&s);
        return cli_fail(c, st, ZE(c, "库里没有种类“%.*s”", "the store has no kind “%.*s”"),
                        STR_ARG(c->args.operand[0]));
    }
    if (st != OK)
        return store_fail(c, &s, st);
    code = cli_output_open(c);
    if (code == 0) {
        put_twins(c, &t, now);
        code = cli_output_close(c, true);
    }
    store_close(&s);
    return code;
}
