/* train.c - `match train`: learns from what was said of matches in a store, and puts it into force
 * where it does better than what is. */
#include "base/arena.h"
#include "base/str.h"
#include "cmd/match/eval_set.h"
#include "cmd/store/store.h"
#include "col/dataset.h"
#include "query/suit.h"
#include "record/record.h"
#include "sql.h"

enum { LEAST = 50, TITLE_KIN = 25 };
enum { SAID_REFUSED = 4 };

static const struct scope everything = {
    .rule = SCOPE_ALL, .show = PROTECT_SENSITIVE, .ask = PROTECT_SENSITIVE};

struct training {
    struct cli *c;
    struct store s;
    struct rosters *all;
    Str kind_learned;
    const struct roster *supply;
    Str *kind; /* whose subjects may have asked */
    size_t kind_n;
    struct eval_set set;
    int64_t *first; /* act, of each question */
    size_t first_n, first_cap;
    uint32_t *doc_of; /* by row; UINT32_MAX: none */
    size_t pairs;
    struct sql_match_learned_now_row now; /* in force; act 0: nothing */
};

/* --- from the store --- */

static enum status read_supply(struct training *t)
{
    struct match_doc *d;
    struct arena *a = t->c->arena;
    struct eval_set *set = &t->set;
    size_t bytes = 0;
    uint32_t n;
    TRY(suit_docs(a, &everything, t->supply, &d, &n));
    t->doc_of = arena_raw(a, t->supply->data->row_n + 1, sizeof *t->doc_of);
    set->doc = arena_raw(a, n + 1, sizeof *set->doc);
    for (uint32_t i = 0; i < n; i++) {
        t->doc_of[d[i].id] = i;
        set->doc[i] = (struct rank_doc){.id = i};
        for (int k = 0; k < MATCH_FIELDS; k++) {
            set->doc[i].field[k] = d[i].text[k];
            bytes += d[i].text[k].n;
        }
    }
    set->doc_n = n;
    set->kind = EVAL_QUESTIONS;
    set->opts = matcher_texts;
    set->kin_weight = bytes > (size_t)n * MATCH_TITLE_BYTES ? 0 : TITLE_KIN;
    return OK;
}

/* ERR_GONE: of no roster any more. */
static enum status add_asker(struct training *t, int64_t subject)
{
    struct suit_side side;
    enum status st = ERR_GONE;
    for (size_t i = 0; i < t->kind_n && st == ERR_GONE; i++) {
        const struct roster *r = roster_take(t->all, t->kind[i]);
        if (r != NULL && roster_row(r, subject) >= 0)
            st = suit_side(t->c->arena, &everything, r, subject, &side);
        roster_release(r);
    }
    if (st != OK)
        return st;
    struct eval_query q = {.id = side.tie[0].identity};
    for (int k = 0; k < MATCH_FIELDS; k++)
        q.part[k] = (struct rank_part){side.doc.text[k], matcher_texts.weight[k]};
    VEC_PUSH(t->c->arena, t->set.query, t->set.query_n, t->set.query_cap) = q;
    VEC_PUSH(t->c->arena, t->first, t->first_n, t->first_cap) = INT64_MAX;
    return OK;
}

/* Accepted 1, contacted 2, contracted 3; refused 0. */
static enum status read_heard(struct training *t)
{
    struct arena *a = t->c->arena;
    struct sql_match_heard_row row, *all = NULL;
    struct db_rows rows;
    size_t n = 0, cap = 0;
    int64_t asker = 0;
    TRY(sql_match_heard(t->s.conn, &(struct sql_match_heard){t->s.county}, &rows));
    while (sql_match_heard_next(&rows, &row))
        VEC_PUSH(a, all, n, cap) = row;
    TRY(db_rows_end(&rows));
    for (size_t i = 0; i < n; i++) {
        int64_t at = roster_row(t->supply, all[i].answer);
        if (at < 0)
            continue;
        if (all[i].asker != asker) {
            enum status st = add_asker(t, all[i].asker);
            if (st == ERR_GONE)
                continue;
            TRY(st);
            asker = all[i].asker;
        }
        struct eval_query *q = &t->set.query[t->set.query_n - 1];
        int64_t *first = &t->first[t->first_n - 1];
        VEC_PUSH(a, q->at, q->n, q->cap) = (struct judged){
            t->doc_of[at], (uint8_t)(all[i].said == SAID_REFUSED ? 0 : all[i].said)};
        *first = all[i].act < *first ? all[i].act : *first;
        t->pairs++;
    }
    return OK;
}

static enum status read_now(struct training *t)
{
    struct db_rows rows;
    struct sql_match_learned_now_row row;
    TRY(sql_match_learned_now(t->s.conn, &(struct sql_match_learned_now){t->s.county}, &rows));
    while (sql_match_learned_now_next(&rows, &row))
        if (str_eq(row.kind, t->kind_learned))
            t->now = (struct sql_match_learned_now_row){.weight = row.weight, .act = row.act};
    return db_rows_end(&rows);
}

static enum status read_all(struct training *t)
{
    t->all = rosters_open(t->c->arena, t->s.county);
    TRY(rosters_refresh(t->all, t->s.conn, &t->s.diags));
    t->kind_n = rosters_kinds(t->all, t->c->arena, &t->kind);
    t->supply = roster_take(t->all, t->kind_learned);
    if (t->supply == NULL)
        return ERR_GONE;
    TRY(read_supply(t));
    TRY(read_heard(t));
    return read_now(t);
}

/* --- into force --- */

static enum status put(struct training *t, Str model, uint16_t weight, const struct figure *more,
                       Sha256 *hash)
{
    struct act *a = &t->s.act;
    struct record r = record_of(a);
    TRY(content_put(&r, hash, model, S("application/octet-stream")));
    return sql_match_learned_add(
        a->conn,
        &(struct sql_match_learned_add){a->county, a->no, 0, t->kind_learned, sha256_str(hash),
                                        weight, (int64_t)t->set.query_n, (int64_t)t->pairs,
                                        more->mean, more->low, more->high});
}

static int adopt(struct training *t, uint16_t weight, const struct figure *more)
{
    struct cli *c = t->c;
    Sha256 hash;
    struct sense *s = eval_learn(c, &t->set, &t->set, &(struct eval_pupils){NULL, EVAL_FOLDS});
    Str model = sense_write(c->arena, s);
    sense_close(s);
    int code = store_open(c, &t->s, DB_WRITE);
    code = code != 0 ? code : store_begin(c, &t->s);
    if (code != 0)
        return code;
    enum status st = put(t, model, weight, more, &hash);
    if (st != OK)
        return store_fail(c, &t->s, st);
    code = store_commit(c, &t->s, S("match.train"), t->kind_learned, S("{}"));
    if (code != 0)
        return code;
    store_close(&t->s);
    Str hex = arena_hex(c->arena, sha256_str(&hash));
    buf_fmt(&c->out,
            ZE(c, "采用，权重 %d.%02d，模型 %.*s\n", "adopted, weight %d.%02d, model %.*s\n"),
            weight / 100, weight % 100, STR_ARG(hex));
    return 0;
}

static void tell(struct training *t, const struct figure *more, uint16_t weight)
{
    struct cli *c = t->c;
    buf_fmt(&c->out,
            ZE(c, "%.*s：%zu 个提问、%zu 对；没学过的提问上，比%s：",
               "%.*s: %zu asked, %zu pairs; on those not learned from, beside %s:"),
            STR_ARG(t->kind_learned), t->set.query_n, t->pairs,
            t->now.act == 0 ? ZE(c, "只按文字", "words alone")
                            : ZE(c, "现行的", "what is in force"));
    eval_print_figure(c, eval_value_name(&t->set), *more);
    buf_fmt(&c->out, ZE(c, "（权重 %d.%02d）\n", " (weight %d.%02d)\n"), weight / 100,
            weight % 100);
}

/* What is in force is trained again as it was, so that neither has seen what it is asked. */
static int train(struct training *t)
{
    struct cli *c = t->c;
    bool *known = ARENA_ARRAY(c->arena, bool, t->set.query_n + 1);
    struct figure more;
    size_t n = t->set.query_n;
    for (size_t i = 0; i < n; i++)
        known[i] = t->first[i] <= t->now.act;
    if (n < LEAST) {
        buf_fmt(&c->out,
                ZE(c, "%.*s：只有 %zu 个提问有过结果，不足 %d 个，不训练；匹配仍按现行的。\n",
                   "%.*s: %zu asked and heard back, fewer than %d: nothing is learned.\n"),
                STR_ARG(t->kind_learned), n, LEAST);
        return 0;
    }
    struct eval_rival rival = {known, (uint16_t)t->now.weight};
    uint16_t weight = eval_weight(c, &t->set, NULL, t->now.act == 0 ? NULL : &rival, &more);
    tell(t, &more, weight);
    if (weight > 0 && more.low > 0)
        return adopt(t, weight, &more);
    buf_fmt(&c->out, "%s",
            ZE(c, "不采用：区间下端不在零以上，说不定只是碰巧；匹配仍按现行的。\n",
               "not adopted: the lower end is not above nothing, it may be chance.\n"));
    return 0;
}

/* The store is let go while there is training: others write meanwhile. */
int cmd_match_train(struct cli *c)
{
    struct training t = {.c = c, .kind_learned = c->args.operand[0]};
    int code = store_open(c, &t.s, DB_READ);
    if (code != 0)
        return code;
    enum status st = read_all(&t);
    if (st == ERR_GONE)
        (void)diag_add(&t.s.diags, DIAG_RUN_NO_KIND, (Span){0, 0}, t.kind_learned, NO_ARG, NO_ARG);
    if (st != OK)
        code = store_fail(c, &t.s, st);
    else
        store_close(&t.s);
    code = st == OK ? train(&t) : code;
    roster_release(t.supply);
    rosters_close(t.all);
    return code;
}
