/* seek_say.c - an answer of `seek` in words.
 *
 * What is assumed is said with every answer: the others stay, each fact moves by itself, other
 * periods stay, and how far the search went.
 */
#include "cmd/rule/seek_say.h"

#include "base/arena.h"
#include "base/decimal.h"
#include "base/str.h"
#include "col/dataset.h"
#include "explain/explain.h"
#include "explain/item.h"
#include "explain/missing.h"

enum { EFFECTS_SHOWN = 4, COST_DIGITS = 4, TEXT_MAX = 1 << 16 };

/* ---- values in words ---- */

static Str printed(const struct asked *a, Type t, const struct unit *unit, Cell v)
{
    struct buf b;
    buf_init(&b, a->c->arena, TEXT_MAX);
    cell_print(&b, a->j.rules, a->j.data, t, unit, v, a->c->lang);
    return buf_str(&b);
}

Str seek_say_item(const struct asked *a, uint32_t item, Cell v)
{
    const struct item *it = &a->j.rules->item[item];
    return printed(a, it->type, item_unit(it), v);
}

static Str truth_text(const struct asked *a, Cell v)
{
    return str_of(v.lo == TRUTH_MET     ? ZE(a->c, "是", "yes")
                  : v.lo == TRUTH_UNMET ? ZE(a->c, "否", "no")
                                        : ZE(a->c, "缺数", "missing"));
}

Str seek_say_fact(const struct asked *a, uint32_t field, Cell v)
{
    const struct field *f = &a->j.rules->field[field];
    return f->type.kind == TYPE_TRUTH ? truth_text(a, v) : printed(a, f->type, f->unit, v);
}

/* "研发费用 再增 76.5984万元（236.48万元 → 313.0784万元）" */
static void add_change(const struct asked *a, const struct seek_change *ch)
{
    struct buf *b = &a->c->out;
    const struct field *f = &a->j.rules->field[ch->field];
    Str from = seek_say_fact(a, ch->field, ch->from), to = seek_say_fact(a, ch->field, ch->to);
    cli_paint(a->c, PAINT_BOLD, f->name);
    if (f->type.kind != TYPE_NUM || ch->from.lo != ch->from.hi) {
        buf_fmt(b, ZE(a->c, " 改为 %.*s（原为 %.*s）", " becomes %.*s (was %.*s)"), STR_ARG(to),
                STR_ARG(from));
        return;
    }
    Wide by = ch->to.lo - ch->from.lo;
    Cell size = {by < 0 ? -by : by, by < 0 ? -by : by};
    buf_fmt(b, ZE(a->c, " %s %.*s（%.*s → %.*s）", " %s by %.*s (%.*s → %.*s)"),
            by > 0 ? ZE(a->c, "再增", "up") : ZE(a->c, "减", "down"),
            STR_ARG(seek_say_fact(a, ch->field, size)), STR_ARG(from), STR_ARG(to));
}

/* Rounded to four decimals, and said so. */
static Str cost_text(const struct asked *a, Wide cost)
{
    struct buf b;
    Wide cut = 0, back = 0;
    buf_init(&b, a->c->arena, TEXT_MAX);
    if (!wide_rescale(&cut, cost, SEEK_COST_SCALE, COST_DIGITS, ROUND_HALF_UP) ||
        !wide_rescale(&back, cut, COST_DIGITS, SEEK_COST_SCALE, ROUND_DOWN))
        back = cost;
    if (back != cost)
        buf_add(&b, S("≈"));
    dec_print(&b, back, SEEK_COST_SCALE);
    return buf_str(&b);
}

/* ---- what a change does ---- */

/* 0: a leaf's points, 1: a gate or pass, 2: a grade; -1: of no interest here. */
static int interest(const struct item *it)
{
    if (it->kind == ITEM_SCORE)
        return it->child_n == 0 ? 0 : -1;
    return it->kind == ITEM_GATE || it->kind == ITEM_PASS ? 1 : it->kind == ITEM_GRADE ? 2 : -1;
}

static Str effect_text(const struct asked *a, uint32_t item, Cell from, Cell to)
{
    const struct item *it = &a->j.rules->item[item];
    struct buf b;
    buf_init(&b, a->c->arena, TEXT_MAX);
    buf_fmt(&b, "%.*s ", STR_ARG(it->name));
    if (it->kind == ITEM_SCORE && from.lo == from.hi && to.lo == to.hi) {
        Cell by = {to.lo - from.lo, to.lo - from.lo};
        buf_fmt(&b, ZE(a->c, "%s%.*s 分", "%s%.*s points"), by.lo > 0 ? "+" : "",
                STR_ARG(printed(a, it->type, NULL, by)));
    } else if (it->kind == ITEM_GRADE) {
        buf_fmt(&b, ZE(a->c, "升至 %.*s", "becomes %.*s"), STR_ARG(seek_say_item(a, item, to)));
    } else {
        buf_fmt(&b, "%.*s → %.*s", STR_ARG(seek_say_item(a, item, from)),
                STR_ARG(seek_say_item(a, item, to)));
    }
    return buf_str(&b);
}

static void add_effects(const struct asked *a, const Cell *without, const Cell *with)
{
    size_t n = 0;
    for (int kind = 0; kind <= 2; kind++)
        for (uint32_t i = 0; i < a->j.rules->item_n; i++) {
            if (interest(&a->j.rules->item[i]) != kind ||
                (without[i].lo == with[i].lo && without[i].hi == with[i].hi))
                continue;
            if (++n > EFFECTS_SHOWN)
                return;
            buf_add(&a->c->out, str_of(n == 1 ? ZE(a->c, "：", ": ") : ZE(a->c, "，", ", ")));
            buf_add(&a->c->out, effect_text(a, i, without[i], with[i]));
        }
}

/* ---- a goal in words ---- */

static void say_title(const struct asked *a)
{
    Str name = a->j.data->name != NULL ? a->j.data->name[a->row] : S("");
    buf_fmt(&a->c->out, "%.*s%s%.*s\n%.*s\n", STR_ARG(name), name.n > 0 ? " " : "",
            STR_ARG(a->j.data->id[a->row]), STR_ARG(job_title(a->c, &a->j)));
}

static void say_assumed(const struct asked *a)
{
    if (a->c->quiet)
        return;
    buf_add(
        &a->c->out,
        str_of(ZE(a->c,
                  "（假定：其他企业不变，名次和百分位按原来的总体；每个事实可以单独变动；"
                  "往年的数和缺的数不动。",
                  "(Assumed: the others stay, ranks and percentiles as published; each fact can "
                  "change by itself; other years and missing facts stay. ")));
    buf_add(&a->c->out,
            str_of(a->opts.price != NULL
                       ? ZE(a->c, "成本按成本表，没有列出的事实不动。）\n",
                            "Costs are those of the file; facts not listed stay.)\n")
                       : ZE(a->c,
                            "作除数的数不减；代价为各数的相对变动之和，"
                            "是否改一个计 1，选项按名单里相隔几项计。）\n",
                            "Divisors do not shrink; effort is the sum of relative changes, "
                            "a yes counting 1, a choice the places it is away in its list.)\n")));
}

static const char *proof_text(const struct cli *c, enum seek_proof p)
{
    return p == SEEK_BEST ? ZE(c, "已证最省", "proven cheapest")
           : p == SEEK_THRESHOLDS
               ? ZE(c, "在各临界值的组合中最省", "cheapest of all combinations of thresholds")
               : ZE(c, "限定次数内找到的最省办法，未证最省",
                    "the best found within the budget, not proven");
}

/* What the goal waits for, so that nobody thinks it hopeless. */
static void say_missing(const struct asked *a, uint32_t item)
{
    const Fact *f;
    struct buf b;
    struct missing *m = missing_open(a->c->arena, a->j.rules, a->j.period);
    size_t n = missing_list(m, a->j.res, a->row, &item, 1, &f);
    buf_init(&b, a->c->arena, TEXT_MAX);
    for (size_t i = 0; i < n; i++) {
        buf_add(&b, str_of(i > 0 ? ZE(a->c, "、", ", ") : ""));
        missing_name(&b, a->j.rules, f[i], a->j.period);
    }
    if (n > 0)
        buf_fmt(&a->c->out,
                ZE(a->c, "还缺：%.*s；补上以后再看。\n", "missing: %.*s; fill in first.\n"),
                STR_ARG(buf_str(&b)));
}

static void say_failed(const struct asked *a, const struct seek_answer *w)
{
    struct buf *b = &a->c->out;
    if (w->end == SEEK_UNREACHABLE)
        buf_fmt(b,
                ZE(a->c, "达不到：可以变动的事实怎样变，都不能满足“%.*s”。\n",
                   "Out of reach: whatever the facts that may change, “%.*s” is not met.\n"),
                STR_ARG(w->stuck));
    else if (w->proof == SEEK_BUDGET_OUT)
        buf_fmt(b,
                ZE(a->c, "试算 %u 次，没有找到办法（不等于达不到）。\n",
                   "%u evaluations found no way (there may be one).\n"),
                w->evaluations);
    else
        buf_fmt(b,
                ZE(a->c, "达不到：各临界值的组合都试过，没有一种满足“%.*s”。\n",
                   "Out of reach: no combination of thresholds meets “%.*s”.\n"),
                STR_ARG(w->stuck));
}

void seek_say_goal(const struct asked *a, const struct seek_goal *g, const struct seek_answer *w)
{
    struct buf *b = &a->c->out;
    const struct item *it = &a->j.rules->item[g->item];
    say_title(a);
    buf_fmt(b, ZE(a->c, "目标 %.*s（%.*s 现为 %.*s）\n", "goal %.*s (%.*s is %.*s)\n"),
            STR_ARG(str_trim(a->c->args.value[OPT_GOAL])), STR_ARG(it->name),
            STR_ARG(seek_say_item(a, g->item, w->before)));
    if (w->end == SEEK_ALREADY) {
        buf_add(b, str_of(ZE(a->c, "已经达到，不用变动。\n", "It is reached already.\n")));
        return;
    }
    if (w->end != SEEK_REACHED) {
        say_failed(a, w);
        say_missing(a, w->stuck_item >= 0 ? (uint32_t)w->stuck_item : g->item);
        say_assumed(a);
        return;
    }
    for (uint32_t i = 0; i < w->change_n; i++) {
        Cell *without = NULL;
        buf_add(b, S("  · "));
        add_change(a, &w->change[i]);
        if (seek_without(a->c->arena, &without, a->j.plan, a->j.res, a->row, w, i) == OK)
            add_effects(a, without, w->item);
        buf_char(b, '\n');
    }
    buf_fmt(b, ZE(a->c, "%s %.*s（%s）；%.*s：%.*s → ", "%s %.*s (%s); %.*s: %.*s → "),
            a->opts.price != NULL ? ZE(a->c, "总成本", "total cost")
                                  : ZE(a->c, "总代价", "total effort"),
            STR_ARG(cost_text(a, w->cost)), proof_text(a->c, w->proof), STR_ARG(it->name),
            STR_ARG(seek_say_item(a, g->item, w->before)));
    cli_paint(a->c, PAINT_BOLD, seek_say_item(a, g->item, w->after));
    buf_char(b, '\n');
    say_assumed(a);
}

/* ---- steps in words ---- */

void seek_say_steps(const struct asked *a, const struct seek_step *step, uint32_t n)
{
    struct buf *b = &a->c->out;
    const struct rules *r = a->j.rules;
    say_title(a);
    buf_add(b, str_of(n == 0 ? ZE(a->c, "没有一项评分能再进一步。\n", "No score has a next step.\n")
                             : ZE(a->c, "再进一步（按每份代价得分多少排列）\n",
                                  "next steps (most points for the effort first)\n")));
    for (uint32_t i = 0; i < n; i++) {
        const struct seek_step *s = &step[i];
        buf_add(b, S("  · "));
        add_change(a, &s->change);
        buf_fmt(b, ZE(a->c, "：%.*s，", ": %.*s, "),
                STR_ARG(effect_text(a, s->leaf, s->leaf_from, s->leaf_to)));
        Str cell = str_trim(str_sub(r->text, s->interval.beg, s->interval.end));
        if (cell.n > 0)
            buf_fmt(b, ZE(a->c, "到 %.*s 一档，", "in %.*s, "), STR_ARG(cell));
        if (s->leaf != s->top)
            buf_fmt(b, "%.*s %.*s → %.*s%s", STR_ARG(r->item[s->top].name),
                    STR_ARG(seek_say_item(a, s->top, s->top_from)),
                    STR_ARG(seek_say_item(a, s->top, s->top_to)), ZE(a->c, "，", ", "));
        buf_fmt(b, ZE(a->c, "代价 %.*s\n", "effort %.*s\n"), STR_ARG(cost_text(a, s->change.cost)));
    }
    say_assumed(a);
}
