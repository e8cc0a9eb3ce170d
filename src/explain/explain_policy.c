/* explain_policy.c - why a policy pays what it pays, and which of its 叠加组 does. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "explain/explain_int.h"

enum { TEXT_MAX = 1 << 16 };

static void say_instalments(struct explain *x, struct why *w)
{
    struct buf b;
    buf_init(&b, x->arena, TEXT_MAX);
    for (uint32_t i = 0; i < w->it->instalment_n; i++) {
        const struct pair *p = &w->it->instalment[i];
        buf_fmt(&b, "%s%.*s%s%.*s", i == 0 ? "" : EX(x, "；", "; "), STR_ARG(p->label),
                p->label.n > 0 ? " " : "", STR_ARG(why_source(x, p->a)));
    }
    if (b.n > 0)
        why_say(x, w, EX(x, "分期：%.*s", "instalments: %.*s"), STR_ARG(buf_str(&b)));
}

/* ---- which policy of a 叠加组 pays ---- */

static bool shares(const struct item *a, const struct item *b)
{
    return b->kind == ITEM_POLICY && str_eq(a->stacking_group, b->stacking_group) &&
           (b->stacking == STACK_HIGHEST || b->stacking == STACK_TOP_UP);
}

/* The one that surely is highest, the first of those that are level; -1: not settled. Which may
 * pay goes into `list`, with its amount. */
static int64_t highest_of_group(const struct explain *x, const struct item *own, struct buf *list)
{
    int64_t best = -1;
    Cell most = CELL_UNKNOWN, c;
    for (uint32_t i = 0; i < x->rules->item_n; i++)
        if (shares(own, &x->rules->item[i]) &&
            (best < 0 || result_cell(x->res, i, x->row).lo > most.lo)) {
            best = i;
            most = result_cell(x->res, i, x->row);
        }
    bool settled = true;
    for (uint32_t i = 0; i < x->rules->item_n; i++) {
        const struct item *it = &x->rules->item[i];
        c = result_cell(x->res, i, x->row);
        if (!shares(own, it) || c.hi <= 0 || c.hi < most.lo)
            continue;
        settled &= i == best || c.hi == most.lo;
        buf_fmt(list, "%s%.*s %.*s", list->n > 0 ? EX(x, "、", ", ") : "", STR_ARG(it->name),
                STR_ARG(why_cell(x, it->type, item_unit(it), c)));
    }
    return settled ? best : -1;
}

static void say_group_pays(struct explain *x, struct why *w)
{
    const struct item *it = w->it;
    struct buf list;
    buf_init(&list, x->arena, TEXT_MAX);
    if (it->stacking_group.n == 0 || !shares(it, it))
        return;
    int64_t best = highest_of_group(x, it, &list);
    Str group = it->stacking_group, amount = S("");
    const struct item *pays = best < 0 ? it : &x->rules->item[best];
    if (best >= 0)
        amount = why_cell(x, pays->type, item_unit(pays), result_cell(x->res, best, x->row));
    if (list.n == 0)
        why_say(x, w, EX(x, "叠加组“%.*s”：都不发", "group “%.*s”: none pays"), STR_ARG(group));
    else if (best < 0)
        why_say(x, w,
                EX(x, "叠加组“%.*s”：以哪项为准未定（%.*s）",
                   "group “%.*s”: which one counts is not settled (%.*s)"),
                STR_ARG(group), STR_ARG(buf_str(&list)));
    else if (best == w->item)
        why_say(x, w,
                EX(x, "叠加组“%.*s”：以本项为准，共 %.*s",
                   "group “%.*s”: this one counts, %.*s in all"),
                STR_ARG(group), STR_ARG(amount));
    else
        why_say(x, w,
                EX(x, "叠加组“%.*s”：以 %.*s 为准，共 %.*s%s",
                   "group “%.*s”: %.*s counts, %.*s in all%s"),
                STR_ARG(group), STR_ARG(pays->name), STR_ARG(amount),
                it->stacking == STACK_HIGHEST
                    ? EX(x, "，本项不另发", "; this one pays nothing more")
                    : "");
}

/* Written as one figure or as two ends: nothing to be worked out. */
static bool is_written(const struct expr *e)
{
    return e->kind == EXPR_CONST || (e->kind == EXPR_OP && e->op == OP_RANGE &&
                                     is_written(e->arg[0]) && is_written(e->arg[1]));
}

void why_policy(struct explain *x, struct why *w)
{
    static const char *const stacking[][2] = {
        [STACK_UNSTATED] = {"与其他政策能否叠加：文件未明确", "stacking with others: not stated"},
        [STACK_HIGHEST] = {"与同类政策就高不重复", "the highest of its group only"},
        [STACK_TOP_UP] = {"与同类政策补差", "tops up what its group has paid"},
        [STACK_SUM] = {"可与其他政策叠加", "adds to other policies"}};
    const struct item *it = w->it;
    if (it->beneficiary.n > 0)
        why_say(x, w, EX(x, "受益人：%.*s", "beneficiary: %.*s"), STR_ARG(it->beneficiary));
    if (it->when != NULL)
        why_checks(x, w, it->when, 0);
    if (it->amount != NULL && it->amount->kind == EXPR_TABLE)
        why_table(x, w, it->amount, "");
    else if (it->amount != NULL)
        why_say(x, w, EX(x, "金额：%.*s", "amount: %.*s"),
                STR_ARG(is_written(it->amount) ? why_print(x, it->amount) : why_is(x, it->amount)));
    if (it->cap != NULL)
        why_say(x, w, EX(x, "最高 %.*s", "at most %.*s"), STR_ARG(why_print(x, it->cap)));
    say_instalments(x, w);
    if (it->linked.n > 0)
        why_say(x, w, EX(x, "联动比例：%.*s", "shared: %.*s"), STR_ARG(it->linked));
    why_say(x, w, "%s", stacking[it->stacking][x->lang]);
    say_group_pays(x, w);
    why_facts(x, w, it->expr);
}
