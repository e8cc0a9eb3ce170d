/* rank.c - `match rank`: two tables of texts become pairs with scores, as `match assign` reads. */
#include "match/rank.h"

#include <stdio.h>

#include "base/arena.h"
#include "base/str.h"
#include "cmd/job.h"
#include "cmd/listing.h"
#include "cmd/match/table.h"
#include "os/workers.h"

enum { T_ID, T_TITLE, T_TEXT, T_COLUMNS, T_MUST = T_TEXT };
enum { C_NEED, C_SUPPLY, C_SCORE, C_WHY, COLUMNS };
enum { EACH = 64, PART_NEEDS = 128, REASONS = 5, WHY_BYTES = 400 };

struct text {
    Str id;
    struct rank_doc doc;
};

struct texts {
    struct text *at;
    size_t n, cap;
};

struct match_hit {
    uint32_t doc;
    int32_t score;
    Str why;
};

struct ranking {
    struct cli *c;
    struct texts need, supply;
    struct rank_doc *doc; /* of the supply */
    struct rank_index *index;
    uint32_t each;
    bool reasons;
    struct arena **part; /* what was found for PART_NEEDS needs each */
    struct match_hit **hit;
    uint32_t *hit_n;
};

static int read_texts(struct cli *c, struct texts *out, Str path)
{
    static const char *const zh[] = {"编号", "名称", "说明"}, *const en[] = {"id", "title", "text"};
    struct match_table t;
    int code = match_table_open(c, &t, path);
    for (int i = 0; code == 0 && i < T_COLUMNS; i++)
        code = match_table_column(&t, i, zh[i], en[i], i < T_MUST);
    while (code == 0 && match_table_next(&t)) {
        struct rank_doc d = {.id = (uint32_t)out->n,
                             .field = {match_cell(&t, T_TITLE), match_cell(&t, T_TEXT)}};
        VEC_PUSH(c->arena, out->at, out->n, out->cap) = (struct text){match_cell(&t, T_ID), d};
    }
    if (code == 0 && out->n >= RANK_DOCS_MAX)
        return cli_fail(c, ERR_LIMIT, ZE(c, "%.*s：行数太多。", "%.*s: too many rows."),
                        STR_ARG(path));
    return code != 0 ? code : match_table_end(&t);
}

/* "焊接机器人 512、视觉 310、其余 88": the parts add up to the score. */
static Str say_why(struct ranking *r, struct arena *tmp, const struct rank_ask *ask,
                   const struct rank_teller *teller, const struct rank_hit *hit)
{
    struct rank_why why;
    struct buf b;
    int32_t rest = hit->score;
    rank_why(tmp, teller, hit, &r->doc[hit->doc], &why);
    buf_init(&b, tmp, WHY_BYTES);
    for (uint32_t i = 0; i < why.n && i < REASONS; i++) {
        const struct rank_reason *x = &why.at[i];
        Str said = str_sub(ask->part[x->part].text, x->asked.beg, x->asked.end);
        if (b.n + said.n > WHY_BYTES / 2)
            break;
        buf_fmt(&b, "%s%.*s %d", i > 0 ? "、" : "", STR_ARG(said), x->worth);
        rest -= x->worth;
    }
    if (rest != 0)
        buf_fmt(&b, ZE(r->c, "、其余 %d", "、the rest %d"), rest);
    return buf_str(&b);
}

static void rank_part_job(void *arg, uint32_t at)
{
    struct ranking *r = arg;
    struct arena *own = arena_open(), *tmp = arena_open();
    struct rank_room *room = rank_room_open();
    r->part[at] = own;
    for (size_t i = (size_t)at * PART_NEEDS; i < r->need.n && i < ((size_t)at + 1) * PART_NEEDS;
         i++) {
        const struct rank_doc *d = &r->need.at[i].doc;
        struct rank_ask ask = {.part = {{d->field[0], 2}, {d->field[1], 1}}, .top = r->each};
        struct rank_found f;
        rank_run(tmp, room, r->index, &ask, &f);
        const struct rank_teller *teller = r->reasons ? rank_tell(tmp, r->index, &ask) : NULL;
        r->hit[i] = arena_raw(own, f.n + 1, sizeof *r->hit[i]);
        r->hit_n[i] = f.n;
        for (uint32_t k = 0; k < f.n; k++)
            r->hit[i][k] = (struct match_hit){
                f.hit[k].doc, f.hit[k].score,
                r->reasons ? arena_copy(own, say_why(r, tmp, &ask, teller, &f.hit[k])) : S("")};
        arena_reset(tmp, (ArenaMark){0});
    }
    rank_room_close(room);
    arena_close(tmp);
}

static int put_hits(struct ranking *r)
{
    static const char *const zh[] = {"需求", "供给", "得分", "理由"};
    static const char *const en[] = {"need", "supply", "score", "why"};
    struct cli *c = r->c;
    struct listing out = {0};
    struct out_cell cell[COLUMNS] = {0};
    struct out_column column[COLUMNS] = {0};
    uint32_t columns = r->reasons ? COLUMNS : C_WHY;
    for (uint32_t i = 0; i < columns; i++)
        column[i].head = str_of(ZE(c, zh[i], en[i]));
    column[C_SCORE].kind = OUT_NUMBER;
    int code = listing_open(&out, c, str_of(ZE(c, "匹配", "matches")), column, columns);
    for (size_t i = 0; code == 0 && i < r->need.n; i++)
        for (uint32_t k = 0; k < r->hit_n[i]; k++) {
            char score[16];
            (void)snprintf(score, sizeof score, "%d", r->hit[i][k].score);
            cell[C_NEED].text = r->need.at[i].id;
            cell[C_SUPPLY].text = r->supply.at[r->hit[i][k].doc].id;
            cell[C_SCORE].text = str_of(score);
            cell[C_WHY].text = r->hit[i][k].why;
            listing_row(&out, cell);
        }
    return code != 0 ? code : listing_close(&out);
}

static void rank_all(struct ranking *r, int threads)
{
    static const struct rank_opts opts = {.weight = {2, 1}, .k1 = 120, .b = 60};
    struct arena *a = r->c->arena;
    uint32_t parts = (uint32_t)((r->need.n + PART_NEEDS - 1) / PART_NEEDS);
    r->doc = arena_raw(a, r->supply.n + 1, sizeof *r->doc);
    for (size_t i = 0; i < r->supply.n; i++)
        r->doc[i] = r->supply.at[i].doc;
    r->part = ARENA_ARRAY(a, struct arena *, parts + 1);
    r->hit = ARENA_ARRAY(a, struct match_hit *, r->need.n + 1);
    r->hit_n = ARENA_ARRAY(a, uint32_t, r->need.n + 1);
    r->index = rank_build(r->doc, (uint32_t)r->supply.n, &opts);
    struct workers *w = workers_open(a, (uint32_t)threads);
    workers_run(w, rank_part_job, r, parts);
    workers_close(w);
    rank_close(r->index);
}

int cmd_match_rank(struct cli *c)
{
    struct ranking r = {.c = c, .reasons = c->args.given[OPT_REASONS]};
    int threads = 0, each = EACH;
    if (c->args.given[OPT_EACH] &&
        (!args_int(c->args.value[OPT_EACH], &each) || each < 1 || each > RANK_TOP_MAX))
        return cli_usage(c, ZE(c, "--each 要 1 到 %d 的整数。", "--each: 1 to %d."), RANK_TOP_MAX);
    int code = job_threads(c, &threads);
    code = code != 0 ? code : read_texts(c, &r.need, c->args.operand[0]);
    code = code != 0 ? code : read_texts(c, &r.supply, c->args.operand[1]);
    if (code != 0)
        return code;
    r.each = (uint32_t)each;
    rank_all(&r, threads);
    code = put_hits(&r);
    for (size_t i = 0; i * PART_NEEDS < r.need.n; i++)
        arena_close(r.part[i]);
    return code;
}
