/* select.c - who is let through: the scope first, and of its rows alone what was asked. */
#include <string.h>

#include "base/hash.h"
#include "eval/eval.h"
#include "field/code.h"
#include "query/query_int.h"
#include "rule/condition.h"
#include "rule/walk.h"

enum { COST_MAX = 2000 }; /* a comparison is 1: some 100 ms for 50,000 rows */

struct selecting {
    struct asking a;
    const struct query_ask *ask;
    struct selection *s;
    struct terms terms;
    uint32_t row_n;
    uint64_t *whole; /* the rows of the scope */
    uint64_t *open;  /* those of which it cannot be decided; s->rows: those met so far */
};

/* --- the scope --- */

static void scope_by_locality(struct selecting *x, const struct scope *sc)
{
    const struct roster *r = x->a.roster;
    int32_t role = r->rules->role[SUBJECT_ROLE_LOCALITY];
    if (role < 0)
        return;
    if (role == r->rules->role[SUBJECT_ROLE_ID]) { /* localities are their own */
        for (uint32_t row = 0; row < x->row_n; row++)
            if (region_within(r->data->id[row], sc->locality))
                bit_set(x->s->rows, row);
        return;
    }
    const struct column *c = dataset_find(r->data, (uint32_t)role, COL_NO_PERIOD);
    enum { UNSEEN, INSIDE, OUTSIDE };
    uint8_t *seen = ARENA_ARRAY(x->a.tmp, uint8_t, labels_n(r->data->labels));
    for (uint32_t row = 0; c != NULL && row < x->row_n; row++) {
        if (!column_has(c, row))
            continue;
        uint32_t code = (uint32_t)column_value(c, row);
        if (seen[code] == UNSEEN)
            seen[code] =
                region_within(labels_text(r->data->labels, code), sc->locality) ? INSIDE : OUTSIDE;
        if (seen[code] == INSIDE)
            bit_set(x->s->rows, row);
    }
}

static uint32_t count_bits(const uint64_t *bits, uint32_t n)
{
    uint32_t sum = 0;
    for (size_t w = 0; w < vec_words(n); w++)
        sum += (uint32_t)__builtin_popcountll(bits[w]);
    return sum;
}

static void apply_scope(struct selecting *x, const struct scope *sc)
{
    const struct roster *r = x->a.roster;
    switch (sc->rule) {
    case SCOPE_NONE: break;
    case SCOPE_ALL:
        for (size_t w = 0; w < vec_words(x->row_n); w++)
            x->s->rows[w] = vec_word(w, x->row_n);
        break;
    case SCOPE_LOCALITY: scope_by_locality(x, sc); break;
    case SCOPE_SUBJECTS:
        for (size_t i = 0; i < sc->subject_n; i++) {
            int64_t row = roster_row(r, sc->subject[i]);
            if (row >= 0)
                bit_set(x->s->rows, (size_t)row);
        }
        break;
    }
    x->s->counts.scope = count_bits(x->s->rows, x->row_n);
    memcpy(x->whole, x->s->rows, vec_words(x->row_n) * sizeof *x->whole);
}

/* Has a row of the scope anything there? */
static bool is_known(const struct selecting *x, const struct column *c)
{
    for (size_t w = 0; w < vec_words(x->row_n); w++)
        if ((x->s->rows[w] & ~c->missing[w]) != 0)
            return true;
    return false;
}

/* The last year of which anything is known of the scope's rows: that of the roster would tell of
 * others. */
static int last_period(const struct selecting *x)
{
    const struct roster *r = x->a.roster;
    int last = 0;
    for (size_t i = 0; i < r->data->column_n; i++) {
        const struct column *c = &r->data->column[i];
        enum period_unit unit = r->rules->field[c->field].period;
        int year = unit == PERIOD_YEAR ? c->period : unit == PERIOD_QUARTER ? c->period / 4 : 0;
        if (year > last && is_known(x, c))
            last = year;
    }
    return last;
}

/* --- conditions --- */

/* An item of the kind's document stands on fields. */
struct reach {
    const struct selecting *x;
    bool all;
};

static void reach_expr(void *arg, const struct expr *e)
{
    struct reach *x = arg;
    const struct roster *r = x->x->a.roster;
    if (e->kind == EXPR_FIELD)
        x->all &= scope_reaches(x->x->a.scope, r, e->ref, PLACE_ASK);
    if (e->kind != EXPR_ITEM)
        return;
    struct walker w = {.visit = reach_expr, .arg = x, .tmp = x->x->a.tmp};
    walk_expr(&w, r->rules->item[e->ref].expr);
}

static bool reaches_item(const struct selecting *x, const struct item *it)
{
    struct reach all = {x, true};
    struct walker w = {.visit = reach_expr, .arg = &all, .tmp = x->a.tmp};
    walk_expr(&w, it->expr);
    return all.all;
}

/* The document as the scope sees it: what it does not reach has no name. */
static struct rules *visible(const struct selecting *x)
{
    const struct roster *r = x->a.roster;
    const struct model *m = r->own->model;
    struct rules *v = ARENA_NEW(x->a.tmp, struct rules);
    *v = *r->rules;
    v->field = ARENA_ARRAY(x->a.tmp, struct field, v->field_n);
    v->item = ARENA_ARRAY(x->a.tmp, struct item, v->item_n);
    for (uint32_t i = 0; i < v->field_n; i++) {
        v->field[i] = r->rules->field[i];
        if (i >= m->kind_field_n || !scope_reaches(x->a.scope, r, i, PLACE_ASK))
            v->field[i].name = S("");
    }
    for (uint32_t i = 0; i < v->item_n; i++) {
        v->item[i] = r->rules->item[i];
        if (!reaches_item(x, &v->item[i]))
            v->item[i].name = S("");
    }
    return v;
}

/* What a gate or item reads. */
struct reading {
    const struct rules *r;
    struct arena *tmp;
    bool *field;     /* by number */
    bool population; /* of a row the rest of the population, too */
};

static void see_expr(void *arg, const struct expr *e)
{
    struct reading *x = arg;
    x->population |= e->kind == EXPR_POP;
    if (e->kind == EXPR_ITEM) {
        struct walker w = {.visit = see_expr, .arg = x, .tmp = x->tmp};
        walk_expr(&w, x->r->item[e->ref].expr);
    }
    if (e->kind != EXPR_FIELD)
        return;
    enum blank_policy blank = x->r->field[e->ref].blank;
    x->field[e->ref] = true;
    x->population |= blank == BLANK_MEAN || blank == BLANK_MEDIAN;
}

static struct reading reading_of(const struct selecting *x, const struct rules *r, uint32_t item)
{
    struct reading see = {.r = r, .tmp = x->a.tmp};
    see.field = ARENA_ARRAY(x->a.tmp, bool, r->field_n);
    struct walker w = {.visit = see_expr, .arg = &see, .tmp = x->a.tmp};
    walk_expr(&w, r->item[item].expr);
    return see;
}

/* The rows that a gate is computed for, and whose result is whose. */
struct batch {
    uint32_t *row; /* of the roster */
    uint32_t n;
    uint64_t *blank; /* rows like the first: nothing that is read is known of them */
};

/* Rows of which nothing is known are all alike: the first of them stands for them. */
static void find_blank(const struct selecting *x, const struct reading *see, struct batch *b)
{
    const struct roster *r = x->a.roster;
    int32_t id = r->rules->role[SUBJECT_ROLE_ID];
    b->blank = ARENA_ARRAY(x->a.tmp, uint64_t, vec_words(x->row_n));
    if (see->population || (id >= 0 && see->field[id]))
        return;
    for (size_t w = 0; w < vec_words(x->row_n); w++)
        b->blank[w] = x->s->rows[w] | x->open[w];
    for (size_t i = 0; i < r->data->column_n; i++)
        for (size_t w = 0; see->field[r->data->column[i].field] && w < vec_words(x->row_n); w++)
            b->blank[w] &= r->data->column[i].missing[w];
}

/* Where a population is looked at, the whole scope is it. */
static struct batch batch_of(const struct selecting *x, const struct reading *see)
{
    struct batch b = {.n = 0};
    find_blank(x, see, &b);
    b.row = ARENA_ARRAY(x->a.tmp, uint32_t, x->s->counts.scope + 1);
    uint32_t first = bit_next(b.blank, 0, x->row_n);
    if (first < x->row_n)
        b.row[b.n++] = first;
    for (size_t w = 0; w < vec_words(x->row_n); w++) {
        uint64_t left = see->population ? x->whole[w] : x->s->rows[w] | x->open[w];
        for (left &= ~b.blank[w]; left != 0; left &= left - 1)
            b.row[b.n++] = (uint32_t)(w * WORD_ROWS + (size_t)__builtin_ctzll(left));
    }
    return b;
}

/* The facts of these rows alone: nothing that is computed of them can tell of others. */
static struct dataset *batch_data(const struct selecting *x, const struct rules *r,
                                  const struct reading *see, struct labels *labels,
                                  const struct batch *b)
{
    struct arena *tmp = x->a.tmp;
    const struct dataset *all = x->a.roster->data;
    struct rows_taken t = {.from = b->row, .n = b->n, .want = see->population ? NULL : see->field};
    struct dataset *d = b->n == x->row_n ? dataset_copy(tmp, all) : rows_take(tmp, all, &t);
    int32_t id = r->role[SUBJECT_ROLE_ID];
    d->labels = labels;
    if (id < 0 || !see->field[id])
        return d;
    struct column *code = dataset_column(d, (uint32_t)id, COL_NO_PERIOD);
    for (uint32_t i = 0; i < b->n; i++)
        column_set(code, i, labels_code(labels, d->id[i]));
    return d;
}

/* Met: it stays as it was; open: it is put aside; else it goes. */
static void take_truth(struct selecting *x, uint32_t row, Wide truth)
{
    uint64_t bit = (uint64_t)1 << row % WORD_ROWS;
    bool in = bit_is_set(x->s->rows, row) || bit_is_set(x->open, row);
    if (truth == TRUTH_MET || truth == TRUTH_NA || !in)
        return;
    if (truth == TRUTH_UNMET)
        x->open[row / WORD_ROWS] &= ~bit;
    else
        x->open[row / WORD_ROWS] |= bit;
    x->s->rows[row / WORD_ROWS] &= ~bit;
}

static void take_truths(struct selecting *x, const struct vec *truth, const struct batch *b)
{
    bool has_blank = b->n > 0 && bit_is_set(b->blank, b->row[0]);
    Wide of_blank = has_blank ? vec_cell(truth, 0).lo : TRUTH_MET;
    for (uint32_t i = has_blank; i < b->n; i++)
        take_truth(x, b->row[i],
                   truth->type == VEC_I8 && !vec_is_open(truth, i) ? ((const int8_t *)truth->lo)[i]
                                                                   : vec_cell(truth, i).lo);
    for (uint32_t row = bit_next(b->blank, 0, x->row_n); of_blank != TRUTH_MET && row < x->row_n;
         row = bit_next(b->blank, row + 1, x->row_n))
        take_truth(x, row, of_blank);
}

static enum status run_gate(struct selecting *x, const struct rules *r, uint32_t item,
                            const struct reading *see, struct labels *labels)
{
    struct arena *tmp = x->a.tmp;
    struct plan *p;
    struct result *res;
    struct batch b = batch_of(x, see);
    struct dataset *d = batch_data(x, r, see, labels, &b);
    struct eval_opts o = {.as_of = x->ask->today, .period = x->s->period, .values_only = true};
    bool *wanted = ARENA_ARRAY(tmp, bool, r->item_n);
    wanted[item] = true;
    TRY(plan_build(tmp, &p, r, o.as_of, o.period, x->a.diags));
    plan_keep(tmp, p, wanted);
    TRY(eval_run(tmp, &res, p, d, &o, x->a.diags));
    take_truths(x, &res->item[item], &b);
    return OK;
}

/* Does it read no figures? Those come first, and leave fewer rows to compute with. */
static bool is_light(const struct reading *see)
{
    bool light = true;
    for (uint32_t i = 0; i < see->r->field_n && light; i++)
        light = !see->field[i] || see->r->field[i].type.kind != TYPE_NUM;
    return light;
}

/* Gates see the rows that those before left over, but for what looks at all of the population. */
static enum status run_gates(struct selecting *x, const struct rules *r, struct labels *labels)
{
    uint32_t base = x->a.roster->rules->item_n, n = r->item_n - base;
    struct reading *see = ARENA_ARRAY(x->a.tmp, struct reading, n);
    for (uint32_t i = 0; i < n; i++)
        see[i] = reading_of(x, r, base + i);
    enum { POPULATION, LIGHT, HEAVY, TURNS };
    for (int turn = 0; turn < TURNS; turn++)
        for (uint32_t i = 0; i < n; i++) {
            int own = see[i].population ? POPULATION : is_light(&see[i]) ? LIGHT : HEAVY;
            if (own == turn)
                TRY(run_gate(x, r, base + i, &see[i], labels));
        }
    return OK;
}

static enum status run_condition(struct selecting *x)
{
    struct arena *tmp = x->a.tmp;
    struct condition c = {.text = x->ask->where,
                          .also = x->terms.all,
                          .labels = labels_copy(tmp, x->a.roster->data->labels),
                          .cost_max = COST_MAX};
    struct rules *r;
    enum status st = rule_condition(tmp, &r, visible(x), &c, x->a.diags);
    if (st == ERR_LIMIT) {
        (void)diag_add(x->a.diags, DIAG_QUERY_COST, (Span){0, (uint32_t)c.text.n}, NO_ARG, NO_ARG,
                       NO_ARG); /* st says so */
        return st;
    }
    TRY(st);
    return run_gates(x, r, c.labels);
}

/* Of rows without a text it cannot be said what it contains. */
static void keep_containing(struct selecting *x, const struct term_text *t)
{
    const struct roster *r = x->a.roster;
    for (uint32_t row = 0; row < x->row_n; row++) {
        bool met = bit_is_set(x->s->rows, row), open = bit_is_set(x->open, row);
        if (!met && !open)
            continue;
        bool known = t->place.identity || (t->place.lo != NULL && column_has(t->place.lo, row));
        Str text = !known ? S("")
                   : t->place.identity
                       ? r->data->id[row]
                       : labels_text(r->data->labels, (uint32_t)column_value(t->place.lo, row));
        bool has = known && str_find(text, t->part) < text.n;
        uint64_t bit = ~((uint64_t)1 << row % WORD_ROWS);
        if (!known && met)
            bit_set(x->open, row);
        if (known && !has)
            x->open[row / WORD_ROWS] &= bit;
        if (!has)
            x->s->rows[row / WORD_ROWS] &= bit;
    }
}

/* --- names --- */

static void keep_found(struct selecting *x)
{
    const struct roster *r = x->a.roster;
    struct search q = {0};
    bool *part[] = {&q.identity, &q.name, &q.former};
    const enum subject_role role[] = {SUBJECT_ROLE_ID, SUBJECT_ROLE_NAME, SUBJECT_ROLE_FORMER};
    for (size_t i = 0; i < ARRAY_N(part); i++) {
        int32_t field = r->rules->role[role[i]];
        *part[i] = field >= 0 && scope_reaches(x->a.scope, r, (uint32_t)field, PLACE_ASK);
    }
    search_open(x->a.tmp, &q, x->ask->q);
    x->s->rank = ARENA_ARRAY(x->s->keep, uint8_t, x->row_n);
    uint64_t *at[] = {x->s->rows, x->open};
    for (size_t k = 0; k < ARRAY_N(at); k++)
        for (uint32_t row = bit_next(at[k], 0, x->row_n); row < x->row_n;
             row = bit_next(at[k], row + 1, x->row_n)) {
            int rank = q.word_n == 0 ? SEARCH_NONE : search_rank(&q, r->own->key[row]);
            x->s->rank[row] = (uint8_t)rank;
            if (rank == SEARCH_NONE)
                at[k][row / WORD_ROWS] &= ~((uint64_t)1 << row % WORD_ROWS);
        }
}

/* --- all of it --- */

static void add_text(struct sha256 *h, Str s)
{
    uint64_t n = s.n;
    sha256_add(h, (Str){(const char *)&n, sizeof n});
    sha256_add(h, s);
}

static void add_number(struct sha256 *h, int64_t n)
{
    sha256_add(h, (Str){(const char *)&n, sizeof n});
}

/* What a cursor is bound to. */
static Sha256 digest_of_ask(const struct scope *s, const struct roster *r,
                            const struct query_ask *ask)
{
    struct sha256 h;
    sha256_init(&h);
    add_text(&h, r->county);
    add_text(&h, r->kind);
    add_number(&h, s->rule);
    add_text(&h, s->locality);
    add_number(&h, s->show);
    add_number(&h, s->ask);
    add_number(&h, s->drafts);
    for (size_t i = 0; s->rule == SCOPE_SUBJECTS && i < s->subject_n; i++)
        add_number(&h, s->subject[i]);
    for (size_t i = 0; s->field != NULL && i < s->field_n; i++)
        add_text(&h, s->field[i]);
    add_text(&h, ask->where);
    add_text(&h, ask->q);
    add_number(&h, ask->undecided);
    add_number(&h, ask->period);
    for (size_t i = 0; i < ask->term_n; i++) {
        add_text(&h, ask->term[i].field);
        add_number(&h, ask->term[i].op);
        for (size_t k = 0; k < ask->term[i].value_n; k++)
            add_text(&h, ask->term[i].value[k]);
    }
    return sha256_end(&h);
}

static enum status too_long(struct diags *ds, const char *what, int most)
{
    char number[16];
    size_t n = 0;
    for (int rest = most; rest > 0; rest /= 10)
        n++;
    for (size_t i = n; i > 0; i--, most /= 10)
        number[i - 1] = (char)('0' + most % 10);
    return diag_add(ds, DIAG_QUERY_LONG, (Span){0, 0}, str_of(what), (Str){number, n}, NO_ARG);
}

static enum status check_ask(const struct query_ask *ask, struct diags *ds)
{
    size_t values = 0;
    for (size_t i = 0; i < ask->term_n; i++)
        values += ask->term[i].value_n;
    if (ask->where.n > QUERY_WHERE_MAX)
        return too_long(ds, "where", QUERY_WHERE_MAX);
    if (ask->q.n > QUERY_Q_MAX)
        return too_long(ds, "q", QUERY_Q_MAX);
    if (ask->term_n > QUERY_TERMS_MAX)
        return too_long(ds, "filter", QUERY_TERMS_MAX);
    if (values > QUERY_VALUES_MAX)
        return too_long(ds, "filter", QUERY_VALUES_MAX);
    const Str text[] = {ask->where, ask->q};
    for (size_t i = 0; i < ARRAY_N(text); i++) {
        size_t bad = utf8_bad_at(text[i]);
        if (bad < text[i].n)
            return diag_add(ds, DIAG_DOC_ENC, (Span){(uint32_t)bad, (uint32_t)bad + 1}, NO_ARG,
                            NO_ARG, NO_ARG);
    }
    return OK;
}

static enum status select_rows(struct selecting *x)
{
    apply_scope(x, x->a.scope);
    x->s->period = x->a.period = x->ask->period != 0 ? x->ask->period : last_period(x);
    TRY(terms_read(&x->terms, &x->a, x->ask));
    if (x->terms.all != NULL || x->ask->where.n > 0)
        TRY(run_condition(x));
    for (size_t i = 0; i < x->terms.contains_n; i++)
        keep_containing(x, &x->terms.contains[i]);
    if (x->ask->q.n > 0)
        keep_found(x);
    x->s->counts.rows = count_bits(x->s->rows, x->row_n);
    x->s->counts.undecided = count_bits(x->open, x->row_n);
    if (x->ask->undecided)
        x->s->rows = x->open;
    return OK;
}

enum status query_select(const struct scope *sc, const struct roster *r,
                         const struct query_ask *ask, struct arena *keep, struct selection **out,
                         struct diags *ds)
{
    struct selection *s = *out = ARENA_NEW(keep, struct selection);
    *s = (struct selection){.scope = sc, .roster = r, .keep = keep};
    TRY(check_ask(ask, ds));
    s->digest = digest_of_ask(sc, r, ask);
    struct selecting x = {
        .a = {sc, r, ask->period, arena_open(), ds}, .ask = ask, .s = s, .row_n = r->data->row_n};
    s->rows = ARENA_ARRAY(keep, uint64_t, vec_words(x.row_n));
    x.open = ARENA_ARRAY(keep, uint64_t, vec_words(x.row_n));
    x.whole = ARENA_ARRAY(x.a.tmp, uint64_t, vec_words(x.row_n) + 1);
    s->today = ask->today;
    Sha256 memo = memo_key(s->digest, ask->today, 0, S(""));
    enum status st = OK;
    if (ask->q.n > 0) { /* ranks are long, and words change with each letter typed */
        st = select_rows(&x);
    } else if (!memo_selection(s, memo)) {
        st = select_rows(&x);
        if (st == OK)
            memo_keep_selection(s, memo);
    }
    arena_close(x.a.tmp);
    return st;
}

struct query_counts query_counts(const struct selection *s)
{
    return s->counts;
}
