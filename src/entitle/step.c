/* step.c - when an amount is paid, and by whom. */
#include "base/arena.h"
#include "base/decimal.h"
#include "entitle/entitle_int.h"

static int64_t portion(int64_t fen, int64_t num, int64_t den)
{
    Wide v;
    if (fen == FEN_OPEN)
        return FEN_OPEN;
    bool ok = wide_muldiv(&v, fen, num, den, ROUND_FLOOR);
    ASSERT(ok);
    return (int64_t)v;
}

static int64_t rest_of(int64_t fen, int64_t paid)
{
    return fen == FEN_OPEN ? FEN_OPEN : fen - paid;
}

/* ---- steps ---- */

static enum truth ready(const struct result *res, const struct step *s, uint32_t row)
{
    if (s->gate >= 0)
        return truth_of(result_cell(res, s->gate, row));
    if (s->fact < 0)
        return TRUTH_MET;
    const struct column *c = dataset_find(res->data, (uint32_t)s->fact, COL_NO_PERIOD);
    if (c == NULL)
        c = dataset_find(res->data, (uint32_t)s->fact, res->opts.period);
    return c == NULL || !column_has(c, row) ? TRUTH_UNKNOWN : (enum truth)column_value(c, row);
}

/* Of what is left, a fixed sum: all at once, or so often as it goes into it. */
static int64_t take_fixed(const struct step *s, int64_t left, int64_t *times)
{
    *times = 1;
    if (s->months == 0 || left == FEN_OPEN)
        return left < s->value ? left : s->value;
    *times = left / s->value;
    return *times * s->value;
}

static struct due due_of(const struct step *s, Money amount, Money *paid, bool last)
{
    struct due d = {.label = s->label, .months = s->months, .times_lo = 1, .times_hi = 1};
    Money left = {rest_of(amount.lo, paid->lo), rest_of(amount.hi, paid->hi)};
    if (s->form == STEP_AMOUNT) {
        int64_t lo = take_fixed(s, left.lo, &d.times_lo), hi = take_fixed(s, left.hi, &d.times_hi);
        *paid = (Money){paid->lo + lo, paid->hi + hi};
        d.amount = s->months > 0 ? (Money){s->value, s->value} : (Money){lo, hi};
        return d;
    }
    d.amount = last ? left
                    : (Money){portion(amount.lo, s->value, ENTITLE_WHOLE),
                              portion(amount.hi, s->value, ENTITLE_WHOLE)};
    paid->lo += d.amount.lo;
    paid->hi += d.amount.hi == FEN_OPEN ? 0 : d.amount.hi;
    return d;
}

size_t entitle_steps(struct arena *keep, struct due **out, const struct subject_row *at,
                     uint32_t policy, Money amount)
{
    const struct policy *p = &at->e->policy[policy];
    Money paid = {0, 0};
    *out = ARENA_ARRAY(keep, struct due, (size_t)p->step_n + 1);
    if (p->step_n == 0) {
        **out = (struct due){S(""), amount, 1, 1, 0, TRUTH_MET};
        return 1;
    }
    for (uint32_t i = 0; i < p->step_n; i++) {
        (*out)[i] = due_of(&p->step[i], amount, &paid, i + 1 == p->step_n);
        (*out)[i].ready = ready(at->res, &p->step[i], at->row);
    }
    return p->step_n;
}

/* ---- levels ---- */

void entitle_share(const struct policy *p, enum link_basis basis, Money amount, Money *part)
{
    int64_t whole = 0, first = p->party[0].weight;
    Money left = amount;
    for (uint32_t i = 0; i < p->party_n; i++)
        whole += p->party[i].weight;
    for (uint32_t i = 0; i < p->party_n; i++) {
        int64_t den = basis == LINK_FIRST ? first : whole, num = p->party[i].weight;
        part[i] = (Money){portion(amount.lo, num, den), portion(amount.hi, num, den)};
        if (basis != LINK_FIRST && i + 1 == p->party_n)
            part[i] = left;
        left = (Money){rest_of(left.lo, part[i].lo), rest_of(left.hi, part[i].hi)};
    }
}
