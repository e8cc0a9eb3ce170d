/* pairing.c - rounds in the store. */
#include "pairing/pairing.h"

#include "audit/act.h"
#include "base/arena.h"
#include "base/str.h"
#include "col/dataset.h"
#include "pairing/pairing_int.h"
#include "record/record.h"
#include "sql.h"

static const char WHY[] = "批量匹配"; /* of what is said of a published pair */

const char *pairing_state_name(enum pairing_state s, bool english)
{
    static const char *const name[][2] = {[PAIRING_DRAFT] = {"草稿", "draft"},
                                          [PAIRING_PROPOSED] = {"待发布", "proposed"},
                                          [PAIRING_PUBLISHED] = {"已发布", "published"},
                                          [PAIRING_GIVEN_UP] = {"作废", "given up"}};
    return name[s][english];
}

/* --- looking --- */

static enum status read_limits(const struct pairing_view *v, struct pairing *out, int64_t *act)
{
    struct sql_pairing_limit_now_row row;
    TRY(sql_pairing_limit_now_one(v->conn, v->keep,
                                  &(struct sql_pairing_limit_now){v->county, out->number}, &row));
    out->limits = (struct pairing_limits){.each = (uint32_t)row.each,
                                          .places = (uint32_t)row.places,
                                          .split = (enum pairing_split)row.split,
                                          .floor = (uint32_t)row.floor};
    *act = row.act;
    return pairing_floors_read(v->keep, &out->limits, row.own) == OK ? OK : ERR_IO;
}

static enum status last_lock(const struct pairing_view *v, int64_t number, int64_t *act)
{
    struct db_rows rows;
    struct sql_pairing_locks_row row;
    TRY(sql_pairing_locks(v->conn, &(struct sql_pairing_locks){v->county, number}, &rows));
    while (sql_pairing_locks_next(&rows, &row))
        *act = row.act > *act ? row.act : *act;
    return db_rows_end(&rows);
}

/* A limit or a lock behind a proposal makes a draft of it. */
static enum status read_state(const struct pairing_view *v, struct pairing *out)
{
    struct sql_pairing_step_last_row step;
    int64_t changed = 0;
    TRY(read_limits(v, out, &changed));
    TRY(last_lock(v, out->number, &changed));
    enum status st = sql_pairing_step_last_one(
        v->conn, v->keep, &(struct sql_pairing_step_last){v->county, out->number}, &step);
    if (st == ERR_GONE)
        return OK;
    TRY(st);
    if (step.state == PAIRING_PROPOSED && step.act < changed)
        return OK;
    out->state = (enum pairing_state)step.state;
    out->proposed_by = step.actor;
    out->since_us = step.at_us;
    if (step.result.n > 0)
        out->result = sha256_from(step.result);
    return OK;
}

static enum status read_rounds(const struct pairing_view *v, int64_t number, struct pairing **out,
                               size_t *n)
{
    struct db_rows rows;
    struct sql_pairing_all_row row;
    size_t cap = 0;
    *out = NULL;
    *n = 0;
    TRY(sql_pairing_all(v->conn, &(struct sql_pairing_all){v->county, number}, &rows));
    while (sql_pairing_all_next(&rows, &row))
        VEC_PUSH(v->keep, *out, *n, cap) =
            (struct pairing){.number = row.number,
                             .title = arena_copy(v->keep, row.title),
                             .kind = arena_copy(v->keep, row.kind),
                             .other = arena_copy(v->keep, row.other),
                             .where = arena_copy(v->keep, row.chosen),
                             .found = sha256_from(row.pairs),
                             .by = arena_copy(v->keep, row.actor),
                             .proposed_by = S(""),
                             .at_us = row.at_us,
                             .since_us = row.at_us};
    TRY(db_rows_end(&rows));
    for (size_t i = 0; i < *n; i++)
        TRY(read_state(v, &(*out)[i]));
    return OK;
}

enum status pairing_list(const struct pairing_view *v, struct pairing **out, size_t *n)
{
    return read_rounds(v, 0, out, n);
}

static Str number_text(struct arena *keep, int64_t number)
{
    return arena_fmt(keep, "%lld", (long long)number);
}

enum status pairing_get(const struct pairing_view *v, int64_t number, struct pairing *out)
{
    struct pairing *one = NULL;
    size_t n = 0;
    TRY(number > 0 ? read_rounds(v, number, &one, &n) : OK);
    if (n == 1) {
        *out = one[0];
        return OK;
    }
    (void)diag_add(v->diags, DIAG_PAIRING_GONE, (Span){0, 0}, number_text(v->keep, number), NO_ARG,
                   NO_ARG);
    return ERR_GONE;
}

static enum status read_content(const struct pairing_view *v, Sha256 hash,
                                struct pairing_pairs *out)
{
    Str text;
    TRY(content_get(v->conn, v->keep, &text, v->county, hash, PAIRING_BYTES_MAX));
    return pairing_text_read(v->keep, out, text, v->diags);
}

/* The pair of a lock; one that was not among the best of its need comes behind all others of it. */
static struct pairing_pair *pair_of(struct arena *keep, struct pairing_pairs *x, Str need,
                                    Str answer)
{
    size_t last = x->n;
    for (size_t i = 0; i < x->n; i++) {
        if (!str_eq(x->at[i].need, need))
            continue;
        if (str_eq(x->at[i].answer, answer))
            return &x->at[i];
        last = i;
    }
    if (last == x->n)
        return NULL;
    (void)VEC_PUSH(keep, x->at, x->n, x->cap);
    for (size_t i = x->n - 1; i > last + 1; i--)
        x->at[i] = x->at[i - 1];
    x->at[last + 1] = (struct pairing_pair){.need = x->at[last].need,
                                            .answer = arena_copy(keep, answer),
                                            .place = x->at[last].place,
                                            .chain = x->at[last].chain,
                                            .house = x->at[last].house};
    return &x->at[last + 1];
}

static enum status read_locks(const struct pairing_view *v, int64_t number,
                              struct pairing_pairs *out)
{
    struct db_rows rows;
    struct sql_pairing_locks_row row;
    TRY(sql_pairing_locks(v->conn, &(struct sql_pairing_locks){v->county, number}, &rows));
    while (sql_pairing_locks_next(&rows, &row)) {
        struct pairing_pair *p = pair_of(v->keep, out, row.need, row.answer);
        if (p == NULL)
            continue;
        p->lock = (uint8_t)row.lock;
        p->why = arena_copy(v->keep, row.why);
    }
    return db_rows_end(&rows);
}

enum status pairing_read(const struct pairing_view *v, const struct pairing *x,
                         struct pairing_pairs *out)
{
    TRY(read_content(v, x->state == PAIRING_PUBLISHED ? x->result : x->found, out));
    for (size_t i = 0; i < out->n && x->state == PAIRING_PUBLISHED; i++)
        out->at[i].taken = true;
    return x->state == PAIRING_PUBLISHED ? OK : read_locks(v, x->number, out);
}

/* --- acts --- */

static struct pairing_view view_of(const struct pairing_desk *d)
{
    return (struct pairing_view){d->act->conn, d->act->arena, d->act->county, d->diags};
}

static enum status get_open(const struct pairing_desk *d, int64_t number, unsigned states,
                            struct pairing *out)
{
    struct pairing_view v = view_of(d);
    TRY(pairing_get(&v, number, out));
    if ((states >> out->state & 1) != 0)
        return OK;
    return diag_add(d->diags, DIAG_PAIRING_STATE, (Span){0, 0}, number_text(v.keep, number),
                    str_of(pairing_state_name(out->state, false)),
                    str_of(pairing_state_name(out->state, true)));
}

enum { OPEN = 1u << PAIRING_DRAFT | 1u << PAIRING_PROPOSED };

static enum status add_limits(const struct pairing_desk *d, int64_t number,
                              const struct pairing_limits *x)
{
    if (x->each < 1 || x->each > PAIRING_EACH || x->places > UINT16_MAX ||
        x->own_n > PAIRING_OWN_MAX)
        return diag_add(d->diags, DIAG_PAIRING_LIMIT, (Span){0, 0}, NO_ARG, NO_ARG, NO_ARG);
    return sql_pairing_limit_add(
        d->act->conn,
        &(struct sql_pairing_limit_add){d->act->county, d->act->no, 0, number, x->each, x->places,
                                        x->split, x->floor, pairing_floors_text(d->act->arena, x)});
}

enum status pairing_open(const struct pairing_desk *d, const struct pairing_new *in,
                         int64_t *number)
{
    struct act *a = d->act;
    struct record r = record_of(a);
    struct sql_pairing_last_row last;
    Sha256 hash;
    TRY(content_put(&r, &hash, in->found, S("text/csv")));
    TRY(sql_pairing_last_one(a->conn, a->arena, &(struct sql_pairing_last){a->county}, &last));
    *number = last.number + 1;
    TRY(sql_pairing_add(a->conn,
                        &(struct sql_pairing_add){a->county, a->no, 0, *number, in->title, in->kind,
                                                  in->other, in->where, sha256_str(&hash)}));
    return add_limits(d, *number, &in->limits);
}

enum status pairing_limit(const struct pairing_desk *d, int64_t number,
                          const struct pairing_limits *limits)
{
    struct pairing x;
    TRY(get_open(d, number, OPEN, &x));
    return add_limits(d, number, limits);
}

enum status pairing_lock(const struct pairing_desk *d, int64_t number,
                         const struct pairing_pair *pair, size_t n)
{
    struct act *a = d->act;
    struct pairing x;
    struct pairing_view v = view_of(d);
    struct pairing_pairs all;
    TRY(get_open(d, number, OPEN, &x));
    TRY(read_content(&v, x.found, &all));
    for (size_t i = 0; i < n; i++) {
        if (pair_of(v.keep, &all, pair[i].need, pair[i].answer) == NULL)
            return diag_add(d->diags, DIAG_PAIRING_NEED, (Span){0, 0}, number_text(v.keep, number),
                            pair[i].need, NO_ARG);
        TRY(sql_pairing_lock_add(a->conn, &(struct sql_pairing_lock_add){
                                              a->county, a->no, (int64_t)i, number, pair[i].need,
                                              pair[i].answer, pair[i].lock, pair[i].why}));
    }
    return OK;
}

static enum status add_step(const struct pairing_desk *d, int64_t number, enum pairing_state state,
                            const Sha256 *result, Str why)
{
    struct act *a = d->act;
    return sql_pairing_step_add(a->conn,
                                &(struct sql_pairing_step_add){a->county, a->no, 0, number, state,
                                                               sha256_str(result), why});
}

enum status pairing_propose(const struct pairing_desk *d, int64_t number, Str why,
                            struct pairing_plan *out)
{
    struct pairing x;
    struct pairing_view v = view_of(d);
    struct pairing_pairs all;
    struct record r = record_of(d->act);
    Sha256 hash;
    TRY(get_open(d, number, 1u << PAIRING_DRAFT, &x));
    TRY(pairing_read(&v, &x, &all));
    TRY(pairing_solve(v.keep, &all, &x.limits, out, d->diags));
    TRY(content_put(&r, &hash, pairing_text(v.keep, &all, true), S("text/csv")));
    return add_step(d, number, PAIRING_PROPOSED, &hash, why);
}

enum status pairing_give_up(const struct pairing_desk *d, int64_t number, Str why)
{
    struct pairing x;
    TRY(get_open(d, number, OPEN, &x));
    return add_step(d, number, PAIRING_GIVEN_UP, NULL, why);
}

/* All subjects of a kind by identity, read at once: a question for each of 51,541 takes a server of
 * its own, as PostgreSQL is, half a minute. */
struct known {
    struct labels *identity;
    int64_t *subject;
    size_t n, cap;
};

static enum status read_known(const struct pairing_view *v, Str kind, struct known *out)
{
    struct db_rows rows;
    struct sql_subject_known_row row;
    struct record_twin *twin;
    size_t twin_n;
    *out = (struct known){.identity = labels_open(v->keep),
                          .subject = ARENA_ARRAY(v->keep, int64_t, 1)};
    TRY(sql_subject_known(v->conn, &(struct sql_subject_known){v->county, kind}, &rows));
    while (sql_subject_known_next(&rows, &row)) {
        uint32_t code = labels_code(out->identity, row.identity);
        ASSERT(code == out->n);
        VEC_PUSH(v->keep, out->subject, out->n, out->cap) = row.subject;
    }
    TRY(db_rows_end(&rows));
    TRY(record_twins(v->conn, v->keep, &twin, &twin_n, v->county, kind));
    for (size_t i = 0; i < twin_n; i++)
        out->subject[labels_find(out->identity, twin[i].identity)] = twin[i].into;
    return OK;
}

static enum status find_known(const struct known *k, Str identity, int64_t *subject)
{
    int64_t at = labels_find(k->identity, identity);
    *subject = at < 0 ? 0 : k->subject[at];
    return at < 0 ? ERR_GONE : OK;
}

enum status pairing_publish(const struct pairing_desk *d, int64_t number, Str why,
                            struct pairing_pairs *out)
{
    struct pairing x;
    struct pairing_view v = view_of(d);
    TRY(get_open(d, number, 1u << PAIRING_PROPOSED, &x));
    if (str_eq(x.proposed_by, d->who))
        return diag_add(d->diags, DIAG_PAIRING_SAME, (Span){0, 0}, number_text(v.keep, number),
                        d->who, NO_ARG);
    struct known needs, answers;
    TRY(read_content(&v, x.result, out));
    TRY(read_known(&v, x.kind, &needs));
    TRY(read_known(&v, x.other, &answers));
    Str why_each = arena_fmt(v.keep, "%s %lld", WHY, (long long)number);
    for (size_t i = 0; i < out->n; i++) {
        struct pairing_pair *p = &out->at[i];
        int64_t need, answer;
        p->taken = true;
        TRY(find_known(&needs, p->need, &need));
        TRY(find_known(&answers, p->answer, &answer));
        TRY(sql_match_said_add(
            v.conn, &(struct sql_match_said_add){v.county, d->act->no, (int64_t)i, need, 0,
                                                 p->house, answer, 1, 0, p->score, why_each}));
    }
    return add_step(d, number, PAIRING_PUBLISHED, &x.result, why);
}
