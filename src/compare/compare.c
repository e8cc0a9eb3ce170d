/* compare.c - both sides, subject by subject. */
#include "compare/compare.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/decimal.h"
#include "base/str.h"
#include "col/dataset.h"
#include "compare/compare_int.h"
#include "explain/explain.h"
#include "explain/item.h"
#include "grade/pop.h"

/* ---- both sides ---- */

int32_t compare_first(const struct rules *r, enum item_kind k)
{
    for (uint32_t i = 0; i < r->item_n; i++)
        if (r->item[i].kind == k && (k != ITEM_SCORE || r->item[i].parent < 0))
            return (int32_t)i;
    return -1;
}

static void rank_rows(struct compare *k, struct compare_side *s)
{
    if (s->score < 0)
        return;
    uint32_t n = s->data->row_n;
    s->rank = ARENA_ARRAY(k->arena, Cell, (size_t)n + 1);
    struct pop_in in = {.x = result_cells(k->arena, s->res, s->score),
                        .row_n = n,
                        .group = ARENA_ARRAY(k->arena, uint32_t, (size_t)n + 1),
                        .group_n = 1,
                        .scale = s->rules->item[s->score].type.scale,
                        .op = OP_RANK,
                        .method = TIES_MIN};
    struct arena *tmp = arena_open();
    pop_rank_intervals(tmp, s->rank, &in);
    arena_close(tmp);
}

/* Of one file the rows are the same but for what --lenient left out of one; of two runs subjects
 * may have come and gone. False: nobody is on both sides. */
static bool pair_rows(struct compare *k)
{
    const struct dataset *old = k->side[OLD].data, *new = k->side[NEW].data;
    for (int side = 0; side < 2; side++)
        k->row_of[side] = ARENA_ARRAY(k->arena, uint32_t, (size_t)old->row_n + 1);
    for (uint32_t i = 0; i < old->row_n; i++) {
        bool here = i < new->row_n &&str_eq(new->id[i], old->id[i]);
        int64_t at = here ? (int64_t)i : dataset_row(new, old->id[i]);
        if (at < 0)
            continue;
        k->row_of[OLD][k->row_n] = i;
        k->row_of[NEW][k->row_n++] = (uint32_t)at;
    }
    k->only[OLD] = old->row_n - k->row_n;
    k->only[NEW] = new->row_n - k->row_n;
    return k->row_n > 0 || old->row_n + new->row_n == 0;
}

bool compare_open(struct compare *k)
{
    for (int side = 0; side < 2; side++) {
        struct compare_side *s = &k->side[side];
        s->score = compare_first(s->rules, ITEM_SCORE);
        s->grade = compare_first(s->rules, ITEM_GRADE);
        rank_rows(k, s);
    }
    return pair_rows(k);
}

/* ---- one subject ---- */

static Str printed(const struct compare *k, const struct compare_side *s, int32_t item,
                   uint32_t row)
{
    if (item < 0)
        return S("");
    const struct item *it = &s->rules->item[item];
    struct buf b;
    buf_init(&b, k->arena, 4096);
    cell_print(&b, s->rules, s->data, it->type, item_unit(it), result_cell(s->res, item, row),
               k->lang);
    return buf_str(&b);
}

static Str printed_rank(const struct compare *k, const struct compare_side *s, uint32_t row)
{
    struct buf b;
    if (s->rank == NULL)
        return S("");
    buf_init(&b, k->arena, 256);
    cell_print(&b, s->rules, NULL, (Type){.kind = TYPE_NUM}, NULL, s->rank[row], k->lang);
    return buf_str(&b);
}

Str compare_cell(const struct compare *k, int side, int32_t item, uint32_t row)
{
    return printed(k, &k->side[side], item, compare_row(k, side, row));
}

Str compare_id(const struct compare *k, uint32_t row)
{
    return k->side[OLD].data->id[compare_row(k, OLD, row)];
}

Str compare_subject(const struct compare *k, uint32_t row)
{
    const struct dataset *d = k->side[OLD].data;
    Str name = d->name == NULL ? S("") : d->name[compare_row(k, OLD, row)];
    return name.n > 0 ? name : compare_id(k, row);
}

int32_t compare_twin(const struct rules *from, uint32_t item, const struct rules *to)
{
    int32_t twin = rule_find_item(to, from->item[item].name);
    return twin >= 0 && to->item[twin].kind == from->item[item].kind ? twin : -1;
}

Str compare_arrow(const struct compare *k, Str old, Str new)
{
    if (str_eq(old, new))
        return old;
    old = old.n == 0 ? S("—") : old;
    new = new.n == 0 ? S("—") : new;
    return arena_fmt(k->arena, "%.*s → %.*s", STR_ARG(old), STR_ARG(new));
}

/* Gates, passes and policies that are not the same on both sides: "规模 不符→符合; 通过 …"; and
 * where nothing can be told of the score on either, its parts. */
static Str other_changes(const struct compare *k, uint32_t row, bool with_parts)
{
    struct buf b;
    buf_init(&b, k->arena, 1 << 16);
    const struct rules *r = k->side[OLD].rules;
    for (uint32_t i = 0; i < r->item_n; i++) {
        const struct item *it = &r->item[i];
        bool kind = it->kind == ITEM_GATE || it->kind == ITEM_PASS || it->kind == ITEM_POLICY ||
                    (with_parts && it->kind == ITEM_SCORE);
        int32_t twin = kind ? compare_twin(r, i, k->side[NEW].rules) : -1;
        if (twin < 0)
            continue;
        Str old = compare_cell(k, OLD, (int32_t)i, row);
        Str new = compare_cell(k, NEW, twin, row);
        if (!str_eq(old, new))
            buf_fmt(&b, "%s%.*s %.*s→%.*s", b.n > 0 ? ZE(k, "；", "; ") : "", STR_ARG(it->name),
                    STR_ARG(old), STR_ARG(new));
    }
    return buf_str(&b);
}

int compare_direction(const struct compare *k, uint32_t row)
{
    if (k->side[OLD].score < 0 || k->side[NEW].score < 0)
        return 2;
    Cell a = result_cell(k->side[OLD].res, k->side[OLD].score, compare_row(k, OLD, row));
    Cell b = result_cell(k->side[NEW].res, k->side[NEW].score, compare_row(k, NEW, row));
    int sa = k->side[OLD].rules->item[k->side[OLD].score].type.scale;
    int sb = k->side[NEW].rules->item[k->side[NEW].score].type.scale;
    bool open = a.lo == -WIDE_INF || a.hi == WIDE_INF || b.lo == -WIDE_INF || b.hi == WIDE_INF;
    if (open)
        return 2;
    int lo = wide_cmp(b.lo, sb, a.lo, sa), hi = wide_cmp(b.hi, sb, a.hi, sa);
    if (lo == 0 && hi == 0)
        return 0;
    if (lo >= 0 && hi >= 0)
        return 1;
    return lo <= 0 && hi <= 0 ? -1 : 2;
}

struct compare_change compare_change(const struct compare *k, uint32_t row)
{
    Str s0 = compare_cell(k, OLD, k->side[OLD].score, row),
        s1 = compare_cell(k, NEW, k->side[NEW].score, row);
    Str r0 = printed_rank(k, &k->side[OLD], compare_row(k, OLD, row)),
        r1 = printed_rank(k, &k->side[NEW], compare_row(k, NEW, row));
    Str g0 = compare_cell(k, OLD, k->side[OLD].grade, row),
        g1 = compare_cell(k, NEW, k->side[NEW].grade, row);
    int direction = compare_direction(k, row);
    struct compare_change ch = {.direction = direction,
                                .score = compare_arrow(k, s0, s1),
                                .rank = compare_arrow(k, r0, r1),
                                .grade = compare_arrow(k, g0, g1),
                                .other = other_changes(k, row, direction == 2 && str_eq(s0, s1))};
    ch.any = !str_eq(s0, s1) || !str_eq(g0, g1) || ch.other.n > 0;
    ch.shifted = !ch.any && !str_eq(r0, r1);
    return ch;
}

void compare_count(struct compare *k, const struct compare_change *ch)
{
    k->moved += ch->any;
    k->shifted += ch->shifted;
    k->up += ch->direction == 1;
    k->down += ch->direction == -1;
    k->same += ch->direction == 0;
    k->open += ch->direction == 2;
}
