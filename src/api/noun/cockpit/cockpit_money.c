/* cockpit_money.c - points and money by year and locality. A subject out of the caller's sight
 * counts nowhere. */
#include "api/noun/cockpit/cockpit.h"
#include "api/noun/data/subject.h"
#include "api/noun/money/holdings.h"
#include "api/noun/money/ledger.h"
#include "base/arena.h"
#include "base/str.h"

enum { PLACES_MAX = 400, YEARS_MAX = 60, PAGE = 100 };

/* A holding within the caller's sight. */
struct share {
    struct holding of;
    uint32_t place; /* of places */
    Str name;
};

struct shares {
    struct share *at;
    size_t n;
    Str place[PLACES_MAX]; /* codes; the first is empty: not known */
    uint32_t place_n;
};

static uint32_t place_of(struct call *c, struct shares *x, Str code)
{
    uint32_t i = 0;
    code = str_sub(code, 0, QUERY_REGION_DIGITS);
    while (i < x->place_n && !str_eq(x->place[i], code))
        i++;
    if (i == x->place_n && i < PLACES_MAX)
        x->place[x->place_n++] = arena_copy(c->arena, code);
    return i < PLACES_MAX ? i : 0;
}

/* A column that is shown of a kind, on a page of its own. */
static enum status open_page(struct call *c, const struct selection *s, enum subject_role role,
                             struct query_page *out)
{
    Str field = cockpit_role(c, role);
    struct query_list l = {.field = &field, .field_n = 1, .limit = 1};
    *out = (struct query_page){.of = s};
    return field.n == 0 ? OK : query_list(s, &l, c->arena, out, &c->diags);
}

static Str cell_of(struct call *c, const struct query_page *p, uint32_t row)
{
    return p->column_n == 0 ? S("") : str_or_empty(subject_cell(c, p, row, 0));
}

/* Those of a kind that the caller sees get their place; the others' lose their kind. */
static enum status place_kind(struct call *c, struct shares *x, Str kind, bool named)
{
    struct selection *s;
    struct query_page where, name;
    uint32_t row;
    TRY(cockpit_open(c, kind));
    TRY(cockpit_select(c, S(""), &s));
    TRY(open_page(c, s, SUBJECT_ROLE_LOCALITY, &where));
    TRY(open_page(c, s, SUBJECT_ROLE_NAME, &name));
    for (size_t i = 0; i < x->n; i++) {
        struct share *h = &x->at[i];
        const struct share *before = i == 0 ? NULL : &x->at[i - 1];
        if (!str_eq(h->of.kind, kind))
            continue;
        if (!query_has(s, h->of.subject, &row)) {
            h->of.kind = S("");
        } else if (before != NULL && before->of.subject == h->of.subject) {
            h->place = before->place;
            h->name = before->name;
        } else {
            h->place = place_of(c, x, cell_of(c, &where, row));
            h->name = named ? arena_copy(c->arena, cell_of(c, &name, row)) : S("");
        }
    }
    return OK;
}

/* A copy, so that nobody waits for this caller's answer. */
static enum status copy_holdings(struct call *c, struct shares *x)
{
    const struct holding *at;
    size_t n;
    TRY(holdings_take(c, &at, &n));
    x->at = ARENA_ARRAY(c->arena, struct share, n + 1);
    for (; x->n < n; x->n++) {
        struct share *to = &x->at[x->n];
        const struct share *before = x->n == 0 ? NULL : to - 1;
        bool same = before != NULL && before->of.subject == at[x->n].subject;
        to->of = at[x->n];
        to->of.owner = same ? before->of.owner : arena_copy(c->arena, at[x->n].owner);
        to->of.kind = same ? before->of.kind : arena_copy(c->arena, at[x->n].kind);
    }
    holdings_give(c);
    return OK;
}

static bool is_there(const struct shares *x, Str kind)
{
    for (size_t i = 0; i < x->n; i++)
        if (str_eq(x->at[i].of.kind, kind))
            return true;
    return false;
}

static enum status read_shares(struct call *c, bool named, struct shares *x)
{
    struct rosters *all;
    Str *kind;
    *x = (struct shares){.place_n = 1};
    x->place[0] = S("");
    TRY(copy_holdings(c, x));
    TRY(call_rosters(c, &all));
    size_t n = rosters_kinds(all, c->arena, &kind), seen = 0;
    for (size_t i = 0; i < n; i++)
        if (is_there(x, kind[i]))
            TRY(place_kind(c, x, arena_copy(c->arena, kind[i]), named));
    for (size_t i = 0; i < x->n; i++)
        if (x->at[i].of.kind.n > 0)
            x->at[seen++] = x->at[i];
    x->n = seen;
    return OK;
}

/* --- sums --- */

struct sum {
    int64_t held, spent, expired, paid, claimed;
    int64_t subjects, payees;
    Str last, last_paid; /* owners come one after the other: counted once */
};

static void add(struct sum *s, const struct holding *h)
{
    s->held += h->held;
    s->spent += h->spent;
    s->expired += h->expired;
    s->paid += h->paid;
    s->claimed += h->claimed;
    s->subjects += !str_eq(s->last, h->owner);
    s->last = h->owner;
    if (h->paid == 0)
        return;
    s->payees += !str_eq(s->last_paid, h->owner);
    s->last_paid = h->owner;
}

struct ledger_table {
    int64_t year[YEARS_MAX];
    size_t year_n;
    struct sum *cell; /* year_n + 1 by place_n + 1, the last of each being all */
    size_t columns;
};

static size_t year_at(struct ledger_table *t, int64_t year)
{
    size_t i = 0;
    while (i < t->year_n && t->year[i] != year)
        i++;
    if (i == t->year_n && i < YEARS_MAX)
        t->year[t->year_n++] = year;
    return i < YEARS_MAX ? i : YEARS_MAX - 1;
}

static void order_years(struct ledger_table *t)
{
    for (size_t i = 1; i < t->year_n; i++)
        for (size_t k = i; k > 0 && t->year[k - 1] > t->year[k]; k--) {
            int64_t year = t->year[k];
            t->year[k] = t->year[k - 1];
            t->year[k - 1] = year;
        }
}

static void sum_up(struct call *c, const struct shares *x, struct ledger_table *t)
{
    for (size_t i = 0; i < x->n; i++)
        (void)year_at(t, x->at[i].of.year); /* only that it is there */
    order_years(t);
    t->columns = x->place_n + 1;
    t->cell = ARENA_ARRAY(c->arena, struct sum, (t->year_n + 1) * t->columns);
    for (size_t i = 0; i < x->n; i++) {
        const struct share *h = &x->at[i];
        size_t year = year_at(t, h->of.year);
        add(&t->cell[year * t->columns + h->place], &h->of);
        add(&t->cell[year * t->columns + x->place_n], &h->of);
        add(&t->cell[t->year_n * t->columns + h->place], &h->of);
        add(&t->cell[t->year_n * t->columns + x->place_n], &h->of);
    }
}

static struct api_cockpit_sums sums_of(struct call *c, const struct sum *s, int64_t year, Str code,
                                       Str name)
{
    return (struct api_cockpit_sums){
        .year = year,
        .locality = code,
        .name = name,
        .subjects = s->subjects,
        .issued = ledger_points(c, s->held + s->spent + s->expired),
        .held = ledger_points(c, s->held),
        .spent = ledger_points(c, s->spent),
        .expired = ledger_points(c, s->expired),
        .payees = s->payees,
        .paid = ledger_yuan(c, s->paid),
        .reclaimed = ledger_yuan(c, s->claimed),
    };
}

static Str name_of(struct call *c, const struct cockpit_table *regions, Str code)
{
    return code.n == 0 ? S("未填属地") : cockpit_place(c, regions, code);
}

static enum status write_sums(struct call *c, const struct shares *x, const struct ledger_table *t,
                              struct api_cockpit_money *out)
{
    struct cockpit_table regions;
    size_t years = t->year_n, places = x->place_n;
    TRY(cockpit_table(c, call_pack(c)->regions, &regions));
    out->years.at = ARENA_ARRAY(c->arena, struct api_cockpit_sums, years + 1);
    out->localities.at = ARENA_ARRAY(c->arena, struct api_cockpit_sums, places + 1);
    out->cells.at = ARENA_ARRAY(c->arena, struct api_cockpit_sums, years * places + 1);
    for (size_t y = 0; y <= years; y++)
        for (size_t p = 0; p <= places; p++) {
            const struct sum *s = &t->cell[y * t->columns + p];
            Str code = p == places ? S("") : x->place[p];
            Str name = p == places ? S("合计") : name_of(c, &regions, code);
            struct api_cockpit_sums one = sums_of(c, s, y == years ? 0 : t->year[y], code, name);
            if (y == years && p == places)
                out->total = one;
            else if (s->subjects == 0)
                continue;
            else if (y == years)
                out->localities.at[out->localities.n++] = one;
            else if (p == places)
                out->years.at[out->years.n++] = one;
            else
                out->cells.at[out->cells.n++] = one;
        }
    return OK;
}

enum status api_cockpit_money(struct call *c, struct api_cockpit_money *out)
{
    struct shares x;
    struct ledger_table t = {.year_n = 0};
    TRY(read_shares(c, false, &x));
    sum_up(c, &x, &t);
    out->day = c->today;
    if (c->roster != NULL)
        out->act = subject_act(c);
    return write_sums(c, &x, &t, out);
}

/* --- who they are --- */

static bool counts(const struct api_cockpit_holders_in *in, const struct shares *x,
                   const struct share *h)
{
    return (!in->year.set || in->year.v == h->of.year) &&
           (in->locality.p == NULL || str_eq(in->locality, x->place[h->place])) &&
           (!in->paid.v || h->of.paid > 0);
}

static struct api_cockpit_holder holder_of(struct call *c, const struct share *h,
                                           const struct sum *s)
{
    return (struct api_cockpit_holder){
        .kind = h->of.kind,
        .identity = h->of.owner,
        .name = h->name,
        .issued = ledger_points(c, s->held + s->spent + s->expired),
        .held = ledger_points(c, s->held),
        .spent = ledger_points(c, s->spent),
        .expired = ledger_points(c, s->expired),
        .paid = ledger_yuan(c, s->paid),
        .reclaimed = ledger_yuan(c, s->claimed),
    };
}

enum status api_cockpit_holders(struct call *c, const struct api_cockpit_holders_in *in,
                                struct api_cockpit_holders *out)
{
    struct shares x;
    Str after = str_or_empty(in->after);
    TRY(read_shares(c, true, &x));
    out->next = NO_ARG;
    out->holders.at = ARENA_ARRAY(c->arena, struct api_cockpit_holder, PAGE);
    for (size_t i = 0; i < x.n;) {
        struct sum s = {0};
        const struct share *h = &x.at[i];
        bool any = false;
        for (; i < x.n && x.at[i].of.subject == h->of.subject; i++) {
            if (!counts(in, &x, &x.at[i]))
                continue;
            any = true;
            add(&s, &x.at[i].of);
        }
        out->total += any;
        if (!any || str_cmp(h->of.owner, after) <= 0)
            continue;
        if (out->holders.n < PAGE)
            out->holders.at[out->holders.n++] = holder_of(c, h, &s);
        else if (out->next.p == NULL)
            out->next = out->holders.at[PAGE - 1].identity;
    }
    return OK;
}
