#include "test/trust/ledger_model.h"

#include <string.h>

#define FINE DIAG_CODE_N

void model_init(struct model *m, struct done *done, int64_t *ready)
{
    memset(m, 0, sizeof *m);
    m->done = done;
    m->ready = ready;
    for (int p = 0; p < POLICIES; p++)
        for (int y = 0; y < YEARS; y++) {
            m->cap[p][y] = NONE;
            for (int g = 0; g < GROUPS; g++)
                m->group_cap[p][y][g] = NONE;
        }
    for (int s = 0; s < SUBJECTS; s++)
        m->group[s] = NONE;
}

static bool lacks(const struct ask *a)
{
    bool subject = a->s == NONE, policy = a->p == NONE, year = a->y == NONE;
    bool about = a->about == NONE, amount = a->amount <= 0;
    switch ((int)a->kind) {
    case LEDGER_OPEN: return !a->line || year;
    case LEDGER_RAISE:
    case LEDGER_LOWER: return !a->line || year || amount || !a->decision;
    case LEDGER_ALLOCATE: return policy || year || amount;
    case LEDGER_RATE: return policy || year || amount || !a->decision;
    case LEDGER_CAP: return policy || year || amount;
    case LEDGER_LIFE: return policy || !a->decision;
    case LEDGER_GROUP: return subject || a->grp == NONE;
    case LEDGER_ISSUE: return subject || policy || year || amount || !a->receipt;
    case LEDGER_SPEND: return subject || policy || year || amount || !a->note;
    case LEDGER_EXPIRE: return subject || policy || year;
    case LEDGER_CONVERT: return subject || policy || year || amount || !a->decision;
    case LEDGER_RESERVE: return subject || policy || year || amount || !a->decision || !a->receipt;
    case LEDGER_JOINT:
        return subject || policy || year || amount || !a->decision || !a->receipt ||
               a->share_n == 0;
    case LEDGER_VOID:
    case LEDGER_CANCEL:
    case LEDGER_REVERSE: return about || !a->note;
    case LEDGER_REQUEST:
    case LEDGER_AMEND: return about || !a->payee;
    case LEDGER_RECLAIM: return about || amount || !a->decision;
    case LEDGER_BATCH: return false;
    default: return about;
    }
}

static struct done *add(struct model *m, const struct ask *a, int64_t amount)
{
    struct done *d = &m->done[m->done_n++];
    memset(d, 0, sizeof *d);
    d->ask = *a;
    d->amount = amount;
    d->grp = NONE;
    return d;
}

/* ---- rules and points ---- */

static const struct rule_row *rule_on(const struct rule_row *r, int n, Day day)
{
    const struct rule_row *best = NULL;
    for (int i = 0; i < n; i++)
        if (r[i].day <= day && (best == NULL || r[i].day >= best->day))
            best = &r[i];
    return best;
}

static void add_rule(struct rule_row *r, int *n, struct rule_row one)
{
    ASSERT(*n < RULES_MAX);
    r[(*n)++] = one;
}

static enum diag_code do_rule(struct model *m, const struct ask *a)
{
    int64_t high = a->extra == 0 ? a->amount : a->extra;
    if (a->kind == LEDGER_RATE) {
        if (high < a->amount)
            return DIAG_LEDGER_AMOUNT;
        add_rule(m->rate[a->p][a->y], &m->rate_n[a->p][a->y],
                 (struct rule_row){a->day, a->amount, high});
    } else {
        if (a->extra > 100)
            return DIAG_LEDGER_AMOUNT;
        add_rule(m->life[a->p], &m->life_n[a->p], (struct rule_row){a->day, a->extra, 0});
    }
    add(m, a, a->amount);
    return FINE;
}

static enum diag_code do_cap(struct model *m, const struct ask *a)
{
    if (a->grp != NONE) {
        if (m->group_used[a->p][a->y][a->grp] > a->amount)
            return DIAG_LEDGER_CAP_BELOW;
        m->group_cap[a->p][a->y][a->grp] = a->amount;
    } else {
        for (int s = 0; s < SUBJECTS; s++)
            if (m->used[a->p][a->y][s] > a->amount)
                return DIAG_LEDGER_CAP_BELOW;
        m->cap[a->p][a->y] = a->amount;
    }
    add(m, a, a->amount);
    return FINE;
}

static enum diag_code do_expire(struct model *m, const struct ask *a)
{
    const struct rule_row *life = rule_on(m->life[a->p], m->life_n[a->p], a->day);
    Day last;
    if (life == NULL)
        return DIAG_LEDGER_LIFE;
    if (!day_of(&last, YEAR_0 + a->y + (int)life->low + 1, 1, 1))
        return DIAG_LEDGER_ALIVE;
    if (a->day < last - (m->wrong == 1))
        return DIAG_LEDGER_ALIVE;
    int64_t amount = m->held[a->s][a->p][a->y];
    if (amount == 0)
        return DIAG_LEDGER_NOTHING;
    m->held[a->s][a->p][a->y] = 0;
    m->expired[a->s][a->p][a->y] += amount;
    add(m, a, amount);
    return FINE;
}

static enum diag_code do_points(struct model *m, const struct ask *a)
{
    int64_t *held = &m->held[a->s][a->p][a->y];
    if (a->kind == LEDGER_ISSUE) {
        *held += a->amount;
    } else {
        if (a->amount > *held)
            return DIAG_LEDGER_SHORT;
        *held -= a->amount;
        m->spent[a->s][a->p][a->y] += a->amount;
    }
    add(m, a, a->amount);
    return FINE;
}

/* ---- budgets ---- */

static enum diag_code do_open(struct model *m, const struct ask *a)
{
    int parent = a->extra == 0 ? a->y : (int)a->extra - YEAR_0;
    if (a->p == NONE) {
        if (m->budget[a->lv][a->y].open)
            return DIAG_LEDGER_EXISTS;
        m->budget[a->lv][a->y].open = true;
    } else {
        struct pot *pool = &m->pool[a->lv][a->p][a->y];
        if (parent < 0 || parent >= YEARS || !m->budget[a->lv][parent].open)
            return DIAG_LEDGER_ACCOUNT;
        if (pool->open)
            return DIAG_LEDGER_EXISTS;
        pool->open = true;
        pool->parent = parent;
    }
    add(m, a, a->amount);
    return FINE;
}

static enum diag_code do_budget(struct model *m, const struct ask *a)
{
    struct pot *budget = &m->budget[a->lv][a->y];
    if (!budget->open)
        return DIAG_LEDGER_ACCOUNT;
    if (a->kind == LEDGER_LOWER && a->amount > budget->posted)
        return DIAG_LEDGER_SHORT;
    budget->posted += a->kind == LEDGER_RAISE ? a->amount : -a->amount;
    add(m, a, a->amount);
    return FINE;
}

static enum diag_code do_allocate(struct model *m, const struct ask *a)
{
    struct pot *pool = &m->pool[a->lv][a->p][a->y];
    if (!pool->open)
        return DIAG_LEDGER_ACCOUNT;
    struct pot *budget = &m->budget[a->lv][pool->parent];
    if (a->amount > budget->posted)
        return DIAG_LEDGER_SHORT;
    budget->posted -= a->amount;
    pool->posted += a->amount;
    add(m, a, a->amount);
    return FINE;
}

/* ---- caps and once-only keys ---- */

static enum diag_code may_claim(const struct model *m, const struct ask *a, int64_t amount)
{
    int g = m->group[a->s];
    if (a->item != NONE && m->once[a->item][a->s][a->y] > 0)
        return DIAG_LEDGER_ONCE;
    if (m->cap[a->p][a->y] != NONE && m->used[a->p][a->y][a->s] + amount > m->cap[a->p][a->y])
        return DIAG_LEDGER_CAP;
    if (g != NONE && m->group_cap[a->p][a->y][g] != NONE &&
        m->group_used[a->p][a->y][g] + amount > m->group_cap[a->p][a->y][g])
        return DIAG_LEDGER_CAP;
    return FINE;
}

static void use(struct model *m, const struct done *d, int64_t amount)
{
    const struct ask *a = &d->ask;
    m->used[a->p][a->y][a->s] += amount;
    if (d->grp != NONE)
        m->group_used[a->p][a->y][d->grp] += amount;
}

static void stand(struct model *m, const struct done *d, int64_t parts)
{
    if (d->ask.item != NONE)
        m->once[d->ask.item][d->ask.s][d->ask.y] += parts;
}

static enum diag_code do_convert(struct model *m, const struct ask *a)
{
    const struct rule_row *rate = rule_on(m->rate[a->p][a->y], m->rate_n[a->p][a->y], a->day);
    if (rate == NULL)
        return DIAG_LEDGER_RATE;
    if (rate->low != rate->high)
        return DIAG_LEDGER_RATE_OPEN;
    int64_t fen = (int64_t)((Wide)a->amount * rate->low / 10000);
    int64_t pays = a->extra == 0 ? fen : a->extra;
    if (pays == 0 || (pays != fen && pays != fen + 1))
        return DIAG_LEDGER_AMOUNT;
    struct pot *pool = &m->pool[a->lv][a->p][a->y];
    if (!pool->open)
        return DIAG_LEDGER_ACCOUNT;
    enum diag_code code = may_claim(m, a, pays);
    if (code != FINE)
        return code;
    if (a->amount > m->held[a->s][a->p][a->y] || pays > pool->posted - pool->pending)
        return DIAG_LEDGER_SHORT;
    m->held[a->s][a->p][a->y] -= a->amount;
    m->spent[a->s][a->p][a->y] += a->amount;
    pool->posted -= pays;
    m->payable[a->s] += pays;
    struct done *d = add(m, a, a->amount);
    d->extra = pays;
    d->grp = m->group[a->s];
    d->due = d->due_open = pays;
    d->leg_n = 1;
    d->leg[0] = pays;
    d->leg_lv[0] = a->lv;
    use(m, d, pays);
    stand(m, d, 1);
    return FINE;
}

/* ---- reservations ---- */

/* One share, where none is named. */
static int shares_of(const struct ask *a)
{
    return a->share_n == 0 ? 1 : a->share_n;
}

static int64_t weight_of(const struct ask *a, int i)
{
    return a->share_n == 0 ? 1 : a->share[i].weight;
}

static int level_of(const struct ask *a, int i)
{
    return a->kind == LEDGER_JOINT ? a->share[i].lv : a->lv;
}

/* By weight; the last share takes the rest. Every pool must have what it is to give. */
static enum diag_code split(const struct model *m, const struct ask *a, int64_t all, int64_t *part)
{
    int64_t left = a->amount, want[LEVELS] = {0};
    int n = shares_of(a);
    for (int i = 0; i < n; i++) {
        part[i] = i == n - 1 ? left : a->amount * weight_of(a, i) / all + (m->wrong == 2 && i == 0);
        left -= part[i];
        if (part[i] <= 0)
            return DIAG_LEDGER_SHARES;
        want[level_of(a, i)] += part[i];
    }
    for (int lv = 0; lv < LEVELS; lv++) {
        const struct pot *pool = &m->pool[lv][a->p][a->y];
        if (want[lv] > pool->posted - pool->pending)
            return DIAG_LEDGER_SHORT;
    }
    return FINE;
}

static enum diag_code do_reserve(struct model *m, const struct ask *a)
{
    int n = shares_of(a);
    int64_t all = 0, part[PARTS] = {0};
    if (a->extra != 0 && a->extra < a->day)
        return DIAG_LEDGER_LATE;
    for (int i = 0; i < n; i++) {
        if (!m->pool[level_of(a, i)][a->p][a->y].open)
            return DIAG_LEDGER_ACCOUNT;
        all += weight_of(a, i);
    }
    enum diag_code code = may_claim(m, a, a->amount);
    if (code == FINE)
        code = split(m, a, all, part);
    if (code != FINE)
        return code;
    struct done *d = add(m, a, a->amount);
    d->grp = m->group[a->s];
    d->part_n = n;
    for (int i = 0; i < n; i++) {
        d->part[i].lv = level_of(a, i);
        d->part[i].amount = part[i];
        d->part[i].from = a->share_n == 0 ? 0 : a->share[i].from;
        d->part[i].until = a->extra == 0 ? DAY_MAX : (Day)a->extra;
        d->part[i].open = true;
        m->pool[d->part[i].lv][a->p][a->y].pending += part[i];
    }
    use(m, d, a->amount);
    stand(m, d, n);
    return FINE;
}

static bool chosen(const struct done *d, const struct ask *a, int i)
{
    return d->part[i].open && (a->extra == 0 || a->extra == i + 1);
}

static enum diag_code do_post(struct model *m, const struct ask *a, struct done *about)
{
    const struct ask *of = &about->ask;
    int n = 0, only = 0;
    if (of->kind == LEDGER_JOINT && a->extra != 0)
        return DIAG_LEDGER_LINKED;
    for (int i = about->part_n - 1; i >= 0; i--) {
        if (chosen(about, a, i)) {
            n++;
            only = i;
        }
    }
    if (n == 0)
        return DIAG_LEDGER_ENDED;
    if (a->amount > 0 && (n > 1 || a->amount > about->part[only].amount))
        return DIAG_LEDGER_PART;
    for (int i = 0; i < about->part_n; i++) {
        if (chosen(about, a, i) && a->day < about->part[i].from)
            return DIAG_LEDGER_EARLY;
        if (chosen(about, a, i) && a->day > about->part[i].until)
            return DIAG_LEDGER_LATE;
    }
    struct done *d = add(m, a, 0);
    d->grp = about->grp;
    for (int i = 0; i < about->part_n; i++) {
        if (!chosen(about, a, i))
            continue;
        struct pot *pool = &m->pool[about->part[i].lv][of->p][of->y];
        int64_t amount = a->amount > 0 ? a->amount : about->part[i].amount;
        about->part[i].open = false;
        pool->pending -= about->part[i].amount;
        pool->posted -= amount;
        m->payable[of->s] += amount;
        if (m->wrong != 3)
            use(m, about, amount - about->part[i].amount);
        d->amount += amount;
        d->leg[d->leg_n] = amount;
        d->leg_lv[d->leg_n++] = about->part[i].lv;
    }
    d->due = d->due_open = d->amount;
    d->ask.s = of->s;
    d->ask.p = of->p;
    d->ask.y = of->y;
    d->ask.item = of->item;
    return FINE;
}

static enum diag_code do_void(struct model *m, const struct ask *a, struct done *about)
{
    int64_t amount = 0;
    int n = 0;
    const struct ask *of = &about->ask;
    if (a->kind == LEDGER_VOID && of->kind == LEDGER_JOINT && a->extra != 0)
        return DIAG_LEDGER_LINKED;
    for (int i = 0; i < about->part_n; i++) {
        if (!(a->kind == LEDGER_VOID ? chosen(about, a, i) : about->part[i].open))
            continue;
        if (a->kind == LEDGER_LAPSE && a->day <= about->part[i].until)
            return DIAG_LEDGER_EARLY;
        about->part[i].open = false;
        m->pool[about->part[i].lv][of->p][of->y].pending -= about->part[i].amount;
        amount += about->part[i].amount;
        n++;
    }
    if (n == 0)
        return DIAG_LEDGER_ENDED;
    use(m, about, -amount);
    stand(m, about, -n);
    add(m, a, amount);
    return FINE;
}

/* ---- payments ---- */

static enum diag_code do_request(struct model *m, const struct ask *a, struct done *about)
{
    int64_t amount = a->amount == 0 ? about->due_open : a->amount;
    if (about->reversed || about->due_open == 0)
        return DIAG_LEDGER_ENDED;
    if (amount > about->due_open)
        return DIAG_LEDGER_PART;
    about->due_open -= amount;
    m->payable_pending[about->ask.s] += amount;
    struct done *d = add(m, a, amount);
    d->ask.s = about->ask.s;
    d->state = LEDGER_REQUESTED;
    d->version = 1;
    return FINE;
}

static enum diag_code do_decide(struct model *m, const struct ask *a, struct done *pay)
{
    if (pay->state != LEDGER_REQUESTED)
        return DIAG_LEDGER_STATE;
    if (a->extra != pay->version)
        return DIAG_LEDGER_VERSION;
    if (a->kind == LEDGER_AMEND) {
        if (a->who != pay->ask.who)
            return DIAG_LEDGER_MAKER;
        pay->version++;
        pay->approvals = 0;
        add(m, a, a->amount);
        return FINE;
    }
    if (a->who == pay->ask.who && m->wrong != 4)
        return DIAG_LEDGER_SELF;
    if (pay->approvals == 1 && pay->approved[0] == a->who)
        return DIAG_LEDGER_TWICE;
    pay->approved[pay->approvals++] = a->who;
    if (pay->approvals == 2) {
        pay->state = LEDGER_APPROVED;
        m->payable[pay->ask.s] -= pay->amount;
        m->payable_pending[pay->ask.s] -= pay->amount;
        m->bank += pay->amount;
        m->ready[m->ready_n++] = pay - m->done;
    }
    add(m, a, pay->amount);
    return FINE;
}

static enum diag_code do_cancel(struct model *m, const struct ask *a, struct done *pay)
{
    if (pay->state != LEDGER_REQUESTED)
        return DIAG_LEDGER_STATE;
    pay->state = LEDGER_CANCELLED;
    m->payable_pending[pay->ask.s] -= pay->amount;
    m->done[pay->ask.about].due_open += pay->amount;
    add(m, a, pay->amount);
    return FINE;
}

static enum diag_code do_batch(struct model *m, const struct ask *a)
{
    int64_t amount = 0;
    if (m->ready_n == 0)
        return DIAG_LEDGER_NOTHING;
    for (int64_t i = 0; i < m->ready_n; i++) {
        m->done[m->ready[i]].state = LEDGER_SENT;
        amount += m->done[m->ready[i]].amount;
    }
    m->ready_n = 0;
    add(m, a, amount);
    return FINE;
}

static enum diag_code do_bank(struct model *m, const struct ask *a, struct done *pay)
{
    if (pay->state != LEDGER_SENT)
        return DIAG_LEDGER_STATE;
    m->bank -= pay->amount;
    pay->state = a->kind == LEDGER_PAID ? LEDGER_SETTLED : LEDGER_BOUNCED;
    if (a->kind == LEDGER_BOUNCE) {
        m->payable[pay->ask.s] += pay->amount;
        m->done[pay->ask.about].due_open += pay->amount;
    }
    add(m, a, pay->amount);
    return FINE;
}

/* ---- back ---- */

static enum diag_code do_reclaim(struct model *m, const struct ask *a, struct done *pay)
{
    if (pay->state != LEDGER_SETTLED)
        return DIAG_LEDGER_STATE;
    if (a->amount > pay->amount - pay->claimed)
        return DIAG_LEDGER_PART;
    pay->claimed += a->amount;
    struct done *d = add(m, a, a->amount);
    d->hold = a->amount;
    d->ask.s = pay->ask.s;
    return FINE;
}

static enum diag_code do_recover(struct model *m, const struct ask *a, struct done *claim)
{
    struct done *pay = &m->done[claim->ask.about], *due = &m->done[pay->ask.about];
    int64_t amount = a->amount == 0 || a->kind == LEDGER_VOID ? claim->hold : a->amount;
    if (claim->hold == 0)
        return DIAG_LEDGER_ENDED;
    if (amount > claim->hold)
        return DIAG_LEDGER_PART;
    int64_t back = a->kind == LEDGER_VOID ? 0 : amount, all = 0, left = back;
    pay->claimed -= claim->hold - back;
    claim->hold = 0;
    for (int i = 0; i < due->leg_n; i++)
        all += due->leg[i];
    for (int i = 0; i < due->leg_n; i++) {
        int64_t part = i == due->leg_n - 1 ? left : (int64_t)((Wide)back * due->leg[i] / all);
        m->pool[due->leg_lv[i]][due->ask.p][due->ask.y].posted += part;
        left -= part;
    }
    add(m, a, amount);
    return FINE;
}

static enum diag_code reverse_owed(struct model *m, struct done *d)
{
    if (d->due_open != d->due)
        return DIAG_LEDGER_UNDERWAY;
    m->payable[d->ask.s] -= d->due;
    for (int i = 0; i < d->leg_n; i++)
        m->pool[d->leg_lv[i]][d->ask.p][d->ask.y].posted += d->leg[i];
    use(m, d, -d->due);
    stand(m, d, -d->leg_n);
    if (d->ask.kind == LEDGER_CONVERT) {
        m->held[d->ask.s][d->ask.p][d->ask.y] += d->amount;
        m->spent[d->ask.s][d->ask.p][d->ask.y] -= d->amount;
    }
    return FINE;
}

static enum diag_code take(int64_t *from, int64_t pending, int64_t amount)
{
    if (*from - pending < amount)
        return DIAG_LEDGER_SHORT;
    *from -= amount;
    return FINE;
}

static enum diag_code reverse(struct model *m, struct done *d)
{
    const struct ask *of = &d->ask;
    struct pot *pool = of->p == NONE || of->y == NONE ? NULL : &m->pool[of->lv][of->p][of->y];
    enum diag_code code = FINE;
    switch ((int)of->kind) {
    case LEDGER_RAISE: return take(&m->budget[of->lv][of->y].posted, 0, d->amount);
    case LEDGER_LOWER: m->budget[of->lv][of->y].posted += d->amount; return FINE;
    case LEDGER_ALLOCATE:
        code = take(&pool->posted, pool->pending, d->amount);
        if (code == FINE)
            m->budget[of->lv][pool->parent].posted += d->amount;
        return code;
    case LEDGER_ISSUE: return take(&m->held[of->s][of->p][of->y], 0, d->amount);
    case LEDGER_SPEND:
        m->spent[of->s][of->p][of->y] -= d->amount;
        m->held[of->s][of->p][of->y] += d->amount;
        return FINE;
    case LEDGER_EXPIRE:
        m->expired[of->s][of->p][of->y] -= d->amount;
        m->held[of->s][of->p][of->y] += d->amount;
        return FINE;
    case LEDGER_CONVERT:
    case LEDGER_POST: return reverse_owed(m, d);
    default: return DIAG_LEDGER_FIXED;
    }
}

static enum diag_code do_reverse(struct model *m, const struct ask *a, struct done *d)
{
    enum diag_code code = d->reversed ? DIAG_LEDGER_REVERSED : reverse(m, d);
    if (code != FINE)
        return code;
    d->reversed = true;
    add(m, a, d->amount);
    return FINE;
}

/* Which kinds an operation may go on from. */
static bool fits(enum ledger_kind kind, enum ledger_kind about)
{
    bool holds = about == LEDGER_RESERVE || about == LEDGER_JOINT;
    switch ((int)kind) {
    case LEDGER_POST:
    case LEDGER_LAPSE: return holds;
    case LEDGER_VOID: return holds || about == LEDGER_RECLAIM;
    case LEDGER_REQUEST: return about == LEDGER_POST || about == LEDGER_CONVERT;
    case LEDGER_RECOVER: return about == LEDGER_RECLAIM;
    case LEDGER_REVERSE: return true;
    default: return about == LEDGER_REQUEST;
    }
}

static enum diag_code do_about(struct model *m, const struct ask *a)
{
    struct done *about = a->about < 0 ? NULL : &m->done[a->about];
    if (about == NULL || !fits(a->kind, about->ask.kind))
        return DIAG_LEDGER_GONE;
    switch ((int)a->kind) {
    case LEDGER_POST: return do_post(m, a, about);
    case LEDGER_VOID:
        return about->ask.kind == LEDGER_RECLAIM ? do_recover(m, a, about) : do_void(m, a, about);
    case LEDGER_LAPSE: return do_void(m, a, about);
    case LEDGER_REQUEST: return do_request(m, a, about);
    case LEDGER_AMEND:
    case LEDGER_APPROVE: return do_decide(m, a, about);
    case LEDGER_CANCEL: return do_cancel(m, a, about);
    case LEDGER_PAID:
    case LEDGER_BOUNCE: return do_bank(m, a, about);
    case LEDGER_RECLAIM: return do_reclaim(m, a, about);
    case LEDGER_RECOVER: return do_recover(m, a, about);
    default: return do_reverse(m, a, about);
    }
}

enum diag_code model_do(struct model *m, const struct ask *a)
{
    if (lacks(a))
        return DIAG_LEDGER_MISSING;
    if (a->amount < 0 || a->amount > LEDGER_AMOUNT_MAX || a->extra < 0)
        return DIAG_LEDGER_AMOUNT;
    for (int i = 0; i < a->share_n; i++)
        if (a->share[i].weight <= 0)
            return DIAG_LEDGER_SHARES;
    switch ((int)a->kind) {
    case LEDGER_OPEN: return do_open(m, a);
    case LEDGER_RAISE:
    case LEDGER_LOWER: return do_budget(m, a);
    case LEDGER_ALLOCATE: return do_allocate(m, a);
    case LEDGER_RATE:
    case LEDGER_LIFE: return do_rule(m, a);
    case LEDGER_CAP: return do_cap(m, a);
    case LEDGER_GROUP:
        m->group[a->s] = a->grp;
        add(m, a, a->amount);
        return FINE;
    case LEDGER_ISSUE:
    case LEDGER_SPEND: return do_points(m, a);
    case LEDGER_EXPIRE: return do_expire(m, a);
    case LEDGER_CONVERT: return do_convert(m, a);
    case LEDGER_RESERVE:
    case LEDGER_JOINT: return do_reserve(m, a);
    case LEDGER_BATCH: return do_batch(m, a);
    default: return do_about(m, a);
    }
}
