/* policy_say.c - what one subject is entitled to, in words. */
#include "base/arena.h"
#include "base/str.h"
#include "cmd/rule/policy.h"
#include "col/dataset.h"
#include "explain/item.h"
#include "explain/layout.h"

enum { WIDE = 96, TEXT_MAX = 1 << 16 };

static void say(struct cli *c, const char *head, Str text)
{
    struct buf b;
    if (text.n == 0)
        return;
    buf_init(&b, c->arena, TEXT_MAX);
    buf_fmt(&b, "%s%.*s", head, STR_ARG(text));
    layout_wrap(&c->out, buf_str(&b), 6, WIDE);
}

static Str joined(struct cli *c, const Str *at, size_t n)
{
    struct buf b;
    buf_init(&b, c->arena, TEXT_MAX);
    for (size_t i = 0; i < n; i++) {
        buf_add(&b, i == 0 ? S("") : str_of(ZE(c, "、", ", ")));
        buf_add(&b, at[i]);
    }
    return buf_str(&b);
}

/* "市级认定 否 → 是、研发费用 90万元 → 100万元" */
static Str changes(struct cli *c, const struct statement_line *l)
{
    struct buf b;
    buf_init(&b, c->arena, TEXT_MAX);
    for (size_t i = 0; i < l->change_n; i++)
        buf_fmt(&b, "%s%.*s %.*s → %.*s", i == 0 ? "" : ZE(c, "，", ", "),
                STR_ARG(l->change[i].field), STR_ARG(l->change[i].from), STR_ARG(l->change[i].to));
    return buf_str(&b);
}

static Str readings(struct cli *c, const Money m[READ_N])
{
    struct buf b;
    buf_init(&b, c->arena, TEXT_MAX);
    for (int r = 0; r < READ_N; r++)
        buf_fmt(&b, "%s%s %.*s", r == 0 ? "" : ZE(c, "；", "; "),
                entitle_reading_name((enum reading)r, c->lang), STR_ARG(policy_money(c, m[r])));
    return buf_str(&b);
}

static bool same(const Money m[READ_N])
{
    return m[READ_HIGHEST].lo == m[READ_SUM].lo && m[READ_HIGHEST].hi == m[READ_SUM].hi &&
           m[READ_HIGHEST].lo == m[READ_TOP_UP].lo && m[READ_HIGHEST].hi == m[READ_TOP_UP].hi;
}

static void say_counts(struct cli *c, const struct statement_line *l)
{
    if (l->policy->apart) {
        say(c, "", str_of(ZE(c, "不计入合计", "not in the sum")));
        return;
    }
    if (!same(l->own->counts))
        say(c, ZE(c, "叠加未明确，本项算：", "stacking not stated; of it counts: "),
            readings(c, l->own->counts));
    else if (l->own->binding[READ_HIGHEST] == BIND_OTHER)
        say(c, ZE(c, "以别项为准：", "another one counts: "), l->instead);
    else if (l->own->binding[READ_HIGHEST] != BIND_NONE)
        say(c, "", str_of(statement_binding_name(l->own->binding[READ_HIGHEST], c->lang)));
}

static void say_levels(struct cli *c, const struct statement_line *l, enum link_basis basis,
                       const char *head)
{
    Money part[ENTITLE_PARTIES_MAX];
    struct buf b;
    buf_init(&b, c->arena, TEXT_MAX);
    entitle_share(l->policy, basis, l->own->amount, part);
    for (uint32_t i = 0; i < l->policy->party_n; i++)
        buf_fmt(&b, "%s%.*s %.*s", i == 0 ? "" : ZE(c, "，", ", "),
                STR_ARG(l->policy->party[i].name), STR_ARG(policy_money(c, part[i])));
    say(c, head, buf_str(&b));
}

static void say_linked(struct cli *c, const struct statement_line *l)
{
    if (l->policy->party_n == 0 || l->own->amount.hi == FEN_OPEN)
        return;
    if (l->policy->basis != LINK_FIRST)
        say_levels(c, l, LINK_TOTAL,
                   ZE(c, "分担（金额是合计）：", "shared (the amount is the total): "));
    if (l->policy->basis != LINK_TOTAL)
        say_levels(c, l, LINK_FIRST,
                   ZE(c, "分担（金额是首方的）：", "shared (the amount is the first one's): "));
}

/* What stands between them and it. */
static void say_lacks(struct cli *c, const struct statement_line *l)
{
    if (l->standing == STAND_NEAR)
        say(c, ZE(c, "只要：", "if only: "), changes(c, l));
    else
        say(c, l->standing == STAND_NOT ? ZE(c, "不符：", "not met: ") : ZE(c, "待定：", "open: "),
            joined(c, l->unmet, l->unmet_n));
    say(c, ZE(c, "尚缺：", "missing: "), joined(c, l->missing, l->missing_n));
    say(c, ZE(c, "待人判断：", "to be judged: "), joined(c, l->judge, l->judge_n));
}

static void say_paid(struct cli *c, const struct statement_line *l)
{
    struct buf b;
    buf_init(&b, c->arena, TEXT_MAX);
    statement_steps(&b, l->due, l->due_n, c->lang);
    if (l->policy->step_n > 0)
        say(c, ZE(c, "发放：", "paid: "), buf_str(&b));
    say_linked(c, l);
    say(c, ZE(c, "条文：", "clause: "), l->item->clause);
}

static void say_line(struct cli *c, const struct policy_doc *d, const struct statement_line *l)
{
    size_t line, column;
    bool near = l->standing == STAND_NEAR, refused = l->standing == STAND_NOT;
    buf_fmt(&c->out, "    %.*s", STR_ARG(l->item->name));
    if (!refused)
        buf_fmt(&c->out, "  %.*s", STR_ARG(policy_money(c, near ? l->near : l->own->amount)));
    diag_line_col(d->text, l->item->span.beg, &line, &column);
    buf_fmt(&c->out, ZE(c, "  〔第 %zu 行〕\n", "  [line %zu]\n"), line);
    if (!refused && !near)
        say_counts(c, l);
    say_lacks(c, l);
    if (!refused && !near)
        say_paid(c, l);
}

void policy_say(struct policy_job *p, size_t doc, const struct statement *s)
{
    struct cli *c = p->c;
    const struct policy_doc *d = &p->doc[doc];
    buf_fmt(&c->out, "%s%.*s\n", doc == 0 ? "" : "\n", STR_ARG(job_title(c, &d->job)));
    if (d->skipped)
        buf_add(&c->out, str_of(ZE(c, "  这一天不在施行期内，仅供参考。\n",
                                   "  Not in force on this day.\n")));
    say(c, ZE(c, "合计：", "in all: "),
        s->sum.differ ? readings(c, s->sum.total) : policy_money(c, s->sum.total[READ_HIGHEST]));
    if (s->sum.apart.hi > 0)
        say(c, ZE(c, "另有不计入合计的：", "and apart from it: "), policy_money(c, s->sum.apart));
    for (int k = 0; k < STAND_N; k++) {
        bool any = false;
        for (size_t i = 0; i < s->line_n; i++) {
            if (s->line[i].standing != (enum standing)k)
                continue;
            if (!any)
                buf_fmt(&c->out, "  %s\n", statement_standing_name((enum standing)k, c->lang));
            any = true;
            say_line(c, d, &s->line[i]);
        }
    }
}
