/* turn.c - the values of a lever at which a comparison turns.
 *
 * A comparison is a number, left minus right; it turns where the number's sign changes. The nearest
 * such value is found among the lever's whole steps: once at the far end, to see that it turns at
 * all, then outward by growing strides, then by secants between a value before and one behind, each
 * followed by its neighbour (a straight line is done with two), and halvings between, so that no
 * shape takes more than some two hundred evaluations. One sign change in a direction is taken for
 * granted; what turns back further out is not seen.
 */
#include "base/decimal.h"
#include "eval/cell.h"
#include "seek/seek_int.h"

enum { STRIDE = 4, TURNS_MAX = 400, STEPS_UP = 24, PIECES = 6 };

struct probe {
    struct seek *s;
    uint32_t lever;
    const struct atom *atom;
    Wide above; /* of steps: the count to be passed, or with `down` to be fallen below */
    bool down;
    bool (*met)(struct seek *s, void *arg);
    void *arg;
};

static int sign(Wide d)
{
    return (d > 0) - (d < 0);
}

static bool common(Wide *a, int sa, Wide *b, int sb)
{
    return sa >= sb ? wide_rescale(b, *b, sb, sa, ROUND_DOWN)
                    : wide_rescale(a, *a, sa, sb, ROUND_DOWN);
}

/* Left minus right with the lever at `v`. False: not known there. */
static bool look(const struct probe *p, Wide v, Wide *d)
{
    struct seek *s = p->s;
    Cell a, b;
    if (state_spent(s))
        return false;
    state_set(s, p->lever, v);
    if (p->met != NULL) {
        *d = p->met(s, p->arg) ? 1 : -1;
        return true;
    }
    ASSERT(p->atom != NULL); /* what has no `met` compares */
    if (!state_value(s, p->atom->a, &a) || cell_is_bad(a) || a.lo == -WIDE_INF)
        return false;
    if (p->atom->b == NULL) {
        *d = (p->down ? a.lo < p->above : a.lo > p->above) ? 1 : -1;
        return true;
    }
    if (!state_value(s, p->atom->b, &b) || cell_is_bad(b) || b.lo == -WIDE_INF ||
        !common(&a.lo, p->atom->a->type.scale, &b.lo, p->atom->b->type.scale))
        return false;
    *d = a.lo - b.lo;
    return true;
}

/* Between the steps `near`, with the old sign, and `far`, with another. */
struct bracket {
    Wide from, step; /* value = from + k * step */
    Wide near, far, near_d, far_d;
};

static bool take(const struct probe *p, struct bracket *k, Wide at)
{
    Wide d;
    if (!look(p, k->from + at * k->step, &d))
        return false;
    bool turned = sign(d) != sign(k->near_d);
    *(turned ? &k->far : &k->near) = at;
    *(turned ? &k->far_d : &k->near_d) = d;
    return true;
}

/* Where the line through both ends crosses zero, strictly between them. */
static Wide secant(const struct bracket *k)
{
    Wide part, wide = k->far - k->near;
    if (!wide_muldiv(&part, wide, k->near_d, k->near_d - k->far_d, ROUND_CEIL))
        part = wide / 2;
    part = part < 1 ? 1 : part > wide - 1 ? wide - 1 : part;
    return k->near + part;
}

static bool close_in(const struct probe *p, struct bracket *k)
{
    Wide last = 0;
    for (int i = 0; k->far - k->near > 1 && i < TURNS_MAX; i++) {
        Wide at = k->near + (k->far - k->near) / 2;
        if (i % 3 == 0)
            at = last = secant(k);
        else if (i % 3 == 1)
            at = last == k->near ? last + 1 : last - 1;
        if (!take(p, k, at))
            return false;
    }
    return k->far - k->near == 1;
}

/* The nearest value from `from` on at which the sign is another; `*d` is there. */
static bool turn(const struct probe *p, Wide from, bool up, Wide *v, Wide *d)
{
    const struct lever *l = &p->s->lever[p->lever];
    struct bracket k = {.from = from, .step = up ? l->step : -l->step};
    Wide far = ((up ? l->hi : l->lo) - from) / k.step;
    if (far <= 0 || !look(p, from, &k.near_d))
        return false;
    k.far = far;
    if (!look(p, from + far * k.step, &k.far_d) &&
        (--k.far <= 0 || !look(p, from + k.far * k.step, &k.far_d))) /* a denominator at zero */
        return false;
    if (sign(k.far_d) == sign(k.near_d))
        return false;
    Wide first = (from < 0 ? -from : from) / l->step / 64;
    for (Wide stride = first > 0 ? first : 1; k.near + stride < k.far; stride *= STRIDE) {
        Wide was = k.near;
        if (!take(p, &k, k.near + stride))
            return false;
        if (k.near == was)
            break;
    }
    if (!close_in(p, &k))
        return false;
    *v = from + k.far * k.step;
    *d = k.far_d;
    return true;
}

/* A comparison that becomes equal turns once more behind. */
static void turn_atom(struct probe *p, bool up, struct moves *m)
{
    Wide from = p->s->lever[p->lever].now, v, d;
    if (!turn(p, from, up, &v, &d))
        return;
    lever_move(p->s, p->lever, v, m);
    if (d == 0 && turn(p, v, up, &v, &d))
        lever_move(p->s, p->lever, v, m);
}

static void turn_steps(struct probe *p, bool up, struct moves *m)
{
    Wide from = p->s->lever[p->lever].now, d;
    for (int dir = 0; dir < 2 && !state_spent(p->s); dir++) {
        Wide v = from;
        p->down = dir == 1;
        for (int i = 0; i < STEPS_UP; i++) {
            Cell c;
            state_set(p->s, p->lever, v);
            if (!state_value(p->s, p->atom->a, &c) || cell_is_bad(c) || cell_is_open(c))
                break;
            p->above = c.lo;
            if (!turn(p, v, up, &v, &d))
                break;
            lever_move(p->s, p->lever, v, m);
        }
    }
}

void turn_moves(struct seek *s, uint32_t lever, uint64_t with, struct moves *m)
{
    uint64_t bit = (uint64_t)1 << lever;
    if (s->lever[lever].kind != TYPE_NUM)
        return;
    for (size_t i = 0; i < s->atom_n; i++) {
        const struct atom *a = &s->atom[i];
        if ((a->smooth & bit) == 0 || (with != 0 && (a->levers & with) == 0))
            continue;
        struct probe p = {.s = s, .lever = lever, .atom = a};
        for (int up = 0; up < 2; up++)
            if (a->b != NULL)
                turn_atom(&p, up != 0, m);
            else
                turn_steps(&p, up != 0, m);
    }
    state_reset(s, lever);
}

void turn_pieces(struct seek *s, uint32_t lever, struct moves *m)
{
    const struct lever *l = &s->lever[lever];
    for (int i = 1; l->kind == TYPE_NUM && l->step > 1 && i <= PIECES; i++) {
        lever_move(s, lever, l->now + i * l->step, m);
        lever_move(s, lever, l->now - i * l->step, m);
    }
}

void turn_until(struct seek *s, uint32_t lever, bool (*met)(struct seek *s, void *arg), void *arg,
                struct moves *m)
{
    struct probe p = {.s = s, .lever = lever, .met = met, .arg = arg};
    Wide v, d;
    for (int up = 0; s->lever[lever].kind == TYPE_NUM && up < 2; up++)
        if (turn(&p, s->lever[lever].now, up != 0, &v, &d))
            lever_move(s, lever, v, m);
    state_reset(s, lever);
}
