/* twins.c - the verb `twins`: subjects of a store that are probably one. */
#include "text/twins.h"

#include "base/arena.h"
#include "base/str.h"
#include "cmd/listing.h"
#include "cmd/store/store.h"
#include "record/record.h"

enum { SCORE_MIN = 60 };

enum { C_SCORE, C_WHY, C_ID, C_NAME, C_OTHER_ID, C_OTHER_NAME, C_N };

static int put_twins(struct cli *c, const struct twins *t, const struct record_now *now)
{
    struct listing out = {0};
    struct out_cell cell[C_N] = {0};
    const struct out_column column[C_N] = {
        [C_SCORE] = {.head = str_of(ZE(c, "相像", "score")), .kind = OUT_NUMBER},
        [C_WHY] = {.head = str_of(ZE(c, "原因", "why"))},
        [C_ID] = {.head = str_of(ZE(c, "身份", "identity"))},
        [C_NAME] = {.head = str_of(ZE(c, "名称", "name"))},
        [C_OTHER_ID] = {.head = str_of(ZE(c, "另一身份", "other_identity"))},
        [C_OTHER_NAME] = {.head = str_of(ZE(c, "另一名称", "other_name"))},
    };
    int least = c->args.given[OPT_ALL] ? 0 : SCORE_MIN;
    listing_fact(&out, "种类", c->args.operand[0]);
    int code = listing_open(&out, c, str_of(ZE(c, "可能重复", "twins")), column, C_N);
    if (code != 0)
        return code;
    for (size_t i = 0; i < t->n && t->at[i].score >= least; i++) {
        const struct twin *pair = &t->at[i];
        cell[C_SCORE].text = arena_fmt(c->arena, "%d", pair->score);
        cell[C_WHY].text = str_of(twin_why_name(pair->why, c->lang == LANG_EN));
        cell[C_ID].text = now[pair->a].identity;
        cell[C_NAME].text = now[pair->a].name;
        cell[C_OTHER_ID].text = now[pair->b].identity;
        cell[C_OTHER_NAME].text = now[pair->b].name;
        listing_row(&out, cell);
    }
    return listing_close(&out);
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
    code = put_twins(c, &t, now);
    store_close(&s);
    return code;
}

/* --- merged, and split again --- */

static int change(struct cli *c, bool split)
{
    const struct args *a = &c->args;
    struct store s;
    struct rules *kind;
    Str why = str_trim(a->value[OPT_NOTE]);
    if (why.n == 0)
        return cli_usage(c, "%s", ZE(c, "要用 --note 写明依据", "say why with --note"));
    int code = store_open(c, &s, DB_WRITE);
    code = code != 0 ? code : store_begin(c, &s);
    if (code != 0)
        return code;
    struct record r = record_of(&s.act);
    enum status st = record_kind_get(s.conn, c->arena, &kind, s.county, a->operand[0], RECORD_NOW);
    if (st == OK)
        st = split ? record_split(&r, kind, a->operand[1], why, &s.diags)
                   : record_merge(&r, kind, a->operand[1], a->operand[2], why, &s.diags);
    if (st == ERR_GONE) {
        store_close(&s);
        return cli_fail(c, st, "%s",
                        ZE(c, "库里没有这一类，或没有这个主体", "the store has no such subject"));
    }
    if (st != OK)
        return store_fail(c, &s, st);
    Str object = arena_fmt(c->arena, "%.*s %.*s", STR_ARG(a->operand[0]), STR_ARG(a->operand[1]));
    code = store_commit(c, &s, split ? S("subject.split") : S("subject.merge"), object, S("{}"));
    if (code == 0)
        store_close(&s);
    return code;
}

int cmd_merge(struct cli *c)
{
    return change(c, false);
}

int cmd_split(struct cli *c)
{
    return change(c, true);
}
