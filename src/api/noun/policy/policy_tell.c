/* policy_tell.c - who is entitled to a policy and was not told so yet, and telling them. */
#include "api/call.h"
#include "api/noun/policy/policy_all.h"
#include "api/noun/policy/policy_book.h"
#include "api_types.h"
#include "base/arena.h"
#include "base/json.h"
#include "base/order.h"
#include "col/dataset.h"
#include "record/record.h"
#include "sql.h"

struct telling {
    struct call *c;
    Str key, name;
    int64_t *entitled; /* subjects, in order */
    size_t entitled_n;
    struct api_policy_tell_done *out;
};

/* ---- who is entitled ---- */

static bool is_later(const void *subject, uint32_t a, uint32_t b)
{
    const int64_t *of = subject;
    return of[a] > of[b];
}

static enum status find_entitled(struct telling *t, const struct policy_source *s, uint32_t policy)
{
    struct call *c = t->c;
    struct everybody x = {.c = c, .e = s->e};
    TRY(everybody_facts(&x, c->today, RECORD_NOW));
    TRY(everybody_evaluate(&x, c->today, day_year(c->today) - 1));
    const struct item *it = &s->e->rules->item[s->e->policy[policy].item];
    t->key = arena_copy(c->arena, policy_key(it->code, it->name));
    t->name = arena_copy(c->arena, it->name);
    t->entitled = ARENA_ARRAY(c->arena, int64_t, x.data->row_n + 1);
    uint32_t *row = order_rows(c->arena, x.data->row_n, is_later, x.subject);
    for (uint32_t i = 0; i < x.data->row_n; i++)
        if (entitle_amount(x.e, x.res, policy, row[i]).lo > 0)
            t->entitled[t->entitled_n++] = x.subject[row[i]];
    return OK;
}

static enum status look(struct telling *t, Str id)
{
    const struct policy_book *book;
    const struct policy_source *s;
    uint32_t policy;
    TRY(policy_book_take(t->c, &book));
    enum status st = policy_find(book, id, &s, &policy) && policy_in_force(s->e->rules, t->c->today)
                         ? find_entitled(t, s, policy)
                         : ERR_GONE;
    policy_book_give(t->c, book);
    return st;
}

/* ---- who was told ---- */

/* Keeps of those entitled who was not told. */
static enum status leave_out_told(struct telling *t)
{
    struct db_rows rows;
    struct sql_policy_told_to_row r;
    size_t from = 0, n = 0;
    TRY(sql_policy_told_to(t->c->conn, &(struct sql_policy_told_to){t->c->county, t->key}, &rows));
    while (sql_policy_told_to_next(&rows, &r)) {
        while (from < t->entitled_n && t->entitled[from] < r.subject)
            t->entitled[n++] = t->entitled[from++];
        from += from < t->entitled_n && t->entitled[from] == r.subject;
    }
    while (from < t->entitled_n)
        t->entitled[n++] = t->entitled[from++];
    t->entitled_n = n;
    return db_rows_end(&rows);
}

enum status api_policy_telling_get(struct call *c, const struct api_policy_telling_get_in *in,
                                   struct api_policy_telling *out)
{
    struct telling t = {.c = c};
    struct sql_policy_told_last_row last;
    TRY(look(&t, in->id));
    out->policy = in->id;
    out->key = t.key;
    out->entitled = (int64_t)t.entitled_n;
    TRY(leave_out_told(&t));
    TRY(sql_policy_told_last_one(c->conn, c->arena,
                                 &(struct sql_policy_told_last){c->county, t.key}, &last));
    out->waiting = (int64_t)t.entitled_n;
    out->told = last.n;
    out->last = (struct api_int){last.at_us.set, last.at_us.v};
    return OK;
}

/* ---- telling ---- */

/* Others may have told some meanwhile: who was not told is asked in the act. */
static enum status tell(struct call *c, void *arg)
{
    struct telling *t = arg;
    TRY(leave_out_told(t));
    for (size_t i = 0; i < t->entitled_n; i++)
        TRY(sql_policy_told_add(c->conn,
                                &(struct sql_policy_told_add){c->county, c->act->no, (int64_t)i,
                                                              t->key, t->name, t->entitled[i]}));
    *t->out = (struct api_policy_tell_done){c->act->no, (int64_t)t->entitled_n};
    c->object = arena_fmt(c->arena, "policy %.*s", STR_ARG(t->key));
    json_kint(&c->body, "told", t->out->told);
    return OK;
}

enum status api_policy_tell(struct call *c, const struct api_policy_tell_in *in,
                            struct api_policy_tell_done *out)
{
    struct telling t = {.c = c, .out = out};
    TRY(look(&t, in->id));
    return call_act(c, tell, &t);
}
