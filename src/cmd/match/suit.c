/* suit.c - `match for`: who suits one subject of a store, and why. */
#include "query/suit.h"

#include "base/arena.h"
#include "base/str.h"
#include "cmd/embed.h"
#include "cmd/listing.h"
#include "cmd/store/store.h"

enum { C_SCORE, C_ID, C_NAME, C_UNIT, C_CHAIN, C_TEXT, C_WHY, COLUMNS };
enum { LIMIT = 10, WHY_BYTES = 600 };

static const struct scope everything = {
    .rule = SCOPE_ALL, .show = PROTECT_SENSITIVE, .ask = PROTECT_SENSITIVE};

static const char *const PART[MATCH_PARTS][2] = {
    {"字词", "words"},         {"与最好的相近", "kin"}, {"历史匹配", "sense"}, {"距离", "near"},
    {"产业链", "chain"},       {"合作过", "past"},      {"有余力", "room"},    {"评分", "grade"},
    {"同一技术", "technique"}, {"外部模型", "model"}};

/* "激光焊接 512、产业链 200": adds up to the score. */
static Str say_why(struct cli *c, const struct suit_side *side, const struct suit *s)
{
    struct buf b;
    int32_t rest = s->score;
    buf_init(&b, c->arena, WHY_BYTES);
    for (size_t i = 0; i < s->why_n; i++) {
        const struct match_reason *w = &s->why[i];
        Str said = w->part == MATCH_WORDS
                       ? str_sub(side->doc.text[w->asked_in], w->asked.beg, w->asked.end)
                       : str_of(ZE(c, PART[w->part][0], PART[w->part][1]));
        if (b.n + said.n > WHY_BYTES / 2)
            break;
        buf_fmt(&b, "%s%.*s %d", i > 0 ? "、" : "", STR_ARG(said), w->worth);
        rest -= w->worth;
    }
    if (rest != 0)
        buf_fmt(&b, ZE(c, "、其余 %d", "、the rest %d"), rest);
    return buf_str(&b);
}

static int put(struct cli *c, const struct suit_side *side, const struct suits_found *f)
{
    static const char *const zh[] = {"得分", "标识", "名称", "单位", "产业链", "方向", "理由"};
    static const char *const en[] = {"score", "id", "name", "unit", "chain", "field", "why"};
    struct listing out = {0};
    struct out_cell cell[COLUMNS] = {0};
    struct out_column column[COLUMNS] = {0};
    for (int i = 0; i < COLUMNS; i++)
        column[i].head = str_of(ZE(c, zh[i], en[i]));
    column[C_SCORE].kind = OUT_NUMBER;
    int code = listing_open(&out, c, str_of(ZE(c, "匹配", "matches")), column, COLUMNS);
    for (size_t i = 0; code == 0 && i < f->n; i++) {
        const struct suit *s = &f->at[i];
        cell[C_SCORE].text = arena_fmt(c->arena, "%d", s->score);
        cell[C_ID].text = s->identity;
        cell[C_NAME].text = f->name == PROTECT_PERSONAL ? S("") : s->name;
        cell[C_UNIT].text = s->doc.unit;
        cell[C_CHAIN].text = s->doc.chain;
        cell[C_TEXT].text = s->doc.text[MATCH_KEYWORDS];
        cell[C_WHY].text = say_why(c, side, s);
        listing_row(&out, cell);
    }
    return code != 0 ? code : listing_close(&out);
}

static void tell(struct cli *c, const struct suits_found *f)
{
    cli_say(c,
            ZE(c, "看了 %u 个；%u 个有利益关系，没有列。",
               "%u looked at; %u with a conflict of interest left out."),
            f->of, f->barred);
}

static enum status find(struct cli *c, struct store *store, struct rosters *all,
                        struct suit_side *side, struct suits_found *out, uint32_t limit)
{
    const struct args *a = &c->args;
    const struct roster *r = roster_take(all, a->operand[0]);
    int64_t subject;
    if (r == NULL)
        return ERR_GONE;
    enum status st = roster_find(r, a->operand[1], &subject)
                         ? suit_side(c->arena, &everything, r, subject, side)
                         : ERR_GONE;
    roster_release(r);
    TRY(st);
    struct suits *s = suits_open(c->arena, all, embed_file("packs/zhangjiagang/技术词表.md"));
    struct suit_ask ask = {.of = side,
                           .kind = a->given[OPT_WITH] ? a->value[OPT_WITH] : S("产业专家"),
                           .scope = &everything,
                           .top = limit,
                           .per_unit = SUITS_PER_UNIT,
                           .reasons = true};
    st = suits_read(s, store->conn, store->county);
    if (st == OK)
        st = suits_find(s, c->arena, &ask, out);
    suits_close(s);
    return st;
}

int cmd_match_for(struct cli *c)
{
    struct store s;
    struct suit_side side;
    struct suits_found found;
    int limit = LIMIT;
    if (c->args.given[OPT_LIMIT] &&
        (!args_int(c->args.value[OPT_LIMIT], &limit) || limit < 1 || limit > SUITS_TOP_MAX))
        return cli_usage(c, ZE(c, "--limit 要 1 到 %d 的整数。", "--limit: 1 to %d."),
                         SUITS_TOP_MAX);
    int code = store_open(c, &s, DB_READ);
    if (code != 0)
        return code;
    struct rosters *all = rosters_open(c->arena, s.county);
    enum status st = rosters_refresh(all, s.conn, &s.diags);
    st = st == OK ? find(c, &s, all, &side, &found, (uint32_t)limit) : st;
    rosters_close(all);
    if (st == ERR_GONE) {
        store_close(&s);
        return cli_fail(c, st,
                        ZE(c, "库里没有“%.*s”“%.*s”，或没有要找的那一类。",
                           "the store has no %.*s %.*s, or not the kind looked for."),
                        STR_ARG(c->args.operand[0]), STR_ARG(c->args.operand[1]));
    }
    if (st != OK)
        return store_fail(c, &s, st);
    code = put(c, &side, &found);
    if (code == 0)
        tell(c, &found);
    store_close(&s);
    return code;
}
