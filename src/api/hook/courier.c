/* courier.c - one thread: looks at what was done, and tells those who want to know. One at a time:
 * a receiver that does not answer costs the others ten seconds, and is asked later each time. */
#include "api/follower.h"
#include "api/hook/hook.h"
#include "api/server_int.h"
#include "base/arena.h"
#include "base/str.h"
#include "os/clock.h"
#include "outside/outside.h"
#include "sql.h"

enum { LOOK_MS = 1000, WAIT_S = 10, ANSWER_MAX = 64 << 10, ACTS_MAX = 1000 };

static const int64_t SECOND_US = 1000000;
static const int64_t AGAIN_S[HOOK_TRIES_MAX] = {10, 60, 300, 1800, 7200, 21600, 86400, 0};

struct courier {
    struct api *api;
    struct follower thread;
};

/* One round. */
struct round {
    struct courier *x;
    struct arena *tmp;
    struct hook *hook;
    size_t hook_n;
    struct due {
        int64_t hook, act;
    } * fresh;
    size_t fresh_n, fresh_cap;
    int64_t *seen; /* of each hook, now */
    struct sql_hook_due_row *due;
    size_t due_n, due_cap;
};

/* --- what is wanted of what was done --- */

static enum status look_for(struct round *r, size_t i)
{
    struct db_rows rows;
    struct sql_act_find_row row;
    const struct hook *h = &r->hook[i];
    struct sql_act_find ask = {
        .county = r->x->api->o.county, .from_us = 0, .to_us = INT64_MAX, .after = h->seen};
    TRY(sql_act_find(r->x->thread.conn, &ask, &rows));
    for (int n = 0; n < ACTS_MAX && sql_act_find_next(&rows, &row); n++) {
        r->seen[i] = row.act;
        if (hook_wants(h, row.act, row.verb))
            VEC_PUSH(r->tmp, r->fresh, r->fresh_n, r->fresh_cap) = (struct due){h->hook, row.act};
    }
    return db_rows_end(&rows);
}

static enum status look(struct round *r)
{
    struct courier *x = r->x;
    struct db_rows rows;
    struct sql_hook_due_row row;
    struct sql_hook_due ask = {x->api->o.county, clock_us()};
    TRY(hook_all(x->thread.conn, r->tmp, x->api->o.access, x->api->o.county, &r->hook, &r->hook_n));
    r->seen = ARENA_ARRAY(r->tmp, int64_t, r->hook_n + 1);
    for (size_t i = 0; i < r->hook_n; i++) {
        r->seen[i] = r->hook[i].seen;
        TRY(look_for(r, i));
    }
    TRY(sql_hook_due(x->thread.conn, &ask, &rows));
    while (sql_hook_due_next(&rows, &row))
        VEC_PUSH(r->tmp, r->due, r->due_n, r->due_cap) = row;
    return db_rows_end(&rows);
}

static enum status note(struct write_job *job, struct db_conn *c, struct arena *tmp)
{
    struct round *r = job->arg;
    Str county = r->x->api->o.county;
    int64_t now = clock_us();
    (void)tmp;
    for (size_t i = 0; i < r->fresh_n; i++)
        TRY(sql_hook_delivery_add(
            c, &(struct sql_hook_delivery_add){county, r->fresh[i].hook, r->fresh[i].act, now}));
    for (size_t i = 0; i < r->hook_n; i++)
        if (r->seen[i] != r->hook[i].seen)
            TRY(sql_hook_see(c, &(struct sql_hook_see){county, r->hook[i].hook, r->seen[i]}));
    return OK;
}

static bool is_new(const struct round *r)
{
    for (size_t i = 0; i < r->hook_n; i++)
        if (r->seen[i] != r->hook[i].seen)
            return true;
    return false;
}

/* --- telling --- */

struct result {
    struct courier *x;
    struct sql_hook_delivery_set set;
};

static enum status keep_outcome(struct write_job *job, struct db_conn *c, struct arena *tmp)
{
    (void)tmp;
    return sql_hook_delivery_set(c, &((struct result *)job->arg)->set);
}

static void ask(struct courier *x, struct arena *tmp, const struct hook *h, int64_t act, Str body,
                struct outside_answer *out)
{
    Str county = x->api->o.county, secret = hook_secret(tmp, x->api->o.access, county, h->hook);
    Str timestamp = arena_fmt(tmp, "%lld", (long long)(clock_us() / SECOND_US));
    Str event = hook_event(tmp, county, h->hook, act),
        sign = hook_sign(tmp, secret, timestamp, body);
    Str header[] = {S("Content-Type: application/json; charset=utf-8"),
                    S("Expect:"),
                    S("User-Agent: geci/" GECI_VERSION),
                    arena_fmt(tmp, "X-Geci-Event: %.*s", STR_ARG(event)),
                    arena_fmt(tmp, "X-Geci-Timestamp: %.*s", STR_ARG(timestamp)),
                    arena_fmt(tmp, "X-Geci-Signature: %.*s", STR_ARG(sign))};
    struct outside_ask q = {.url = h->url,
                            .post = true,
                            .body = body,
                            .header = header,
                            .header_n = ARRAY_N(header),
                            .wait_s = WAIT_S,
                            .answer_bytes = ANSWER_MAX};
    outside_ask(tmp, out, &q, &x->api->o.outside);
}

static void weigh(struct result *o, const struct hook *h, int tries,
                  const struct outside_answer *got)
{
    bool taken = got->end == OUTSIDE_ANSWERED && hook_taken(h->form, got->status, got->body);
    o->set.tries = tries + 1;
    o->set.at_us = clock_us();
    o->set.status = got->status;
    o->set.ended = got->end;
    o->set.state = taken                           ? HOOK_DELIVERED
                   : o->set.tries < HOOK_TRIES_MAX ? HOOK_WAITING
                                                   : HOOK_FAILED;
    o->set.due_us = o->set.at_us + AGAIN_S[tries < HOOK_TRIES_MAX ? tries : 0] * SECOND_US;
}

/* What came of it could not be kept: it is told again, under the same id. */
static enum status tell(struct round *r, const struct hook *h, const struct sql_hook_due_row *due)
{
    struct courier *x = r->x;
    struct arena *tmp = arena_open();
    struct outside_answer got = {.end = OUTSIDE_BROKEN, .body = S("")};
    struct result o = {.x = x,
                       .set = {.county = x->api->o.county, .hook = h->hook, .act = due->act}};
    struct write_job job = {.run = keep_outcome, .arg = &o};
    Str body = S("");
    enum status st = db_begin(x->thread.conn);
    if (st == OK) {
        st = hook_payload(x->thread.conn, tmp, x->api->o.county, h, due->act, &body);
        db_rollback(x->thread.conn);
    }
    if (st == OK)
        ask(x, tmp, h, due->act, body, &got);
    weigh(&o, h, (int)due->tries, &got);
    st = writer_run(x->api->writer, &job);
    arena_close(tmp);
    return st;
}

/* True: there is more to do at once. */
static bool go(struct courier *x)
{
    struct arena *tmp = arena_open();
    struct round r = {.x = x, .tmp = tmp};
    struct write_job job = {.run = note, .arg = &r};
    enum status st = db_begin(x->thread.conn);
    if (st == OK) {
        st = look(&r);
        db_rollback(x->thread.conn);
    }
    bool noted = st == OK && is_new(&r) && writer_run(x->api->writer, &job) == OK;
    for (size_t i = 0; st == OK && i < r.due_n && !follower_closing(&x->thread); i++)
        for (size_t k = 0; k < r.hook_n; k++)
            if (r.hook[k].hook == r.due[i].hook)
                st = tell(&r, &r.hook[k], &r.due[i]);
    arena_close(tmp);
    return noted && r.fresh_n > 0; /* they are due */
}

/* --- the thread --- */

static void follow(void *arg)
{
    struct courier *x = arg;
    for (bool more = false; follower_sleep(&x->thread, more ? 0 : clock_ms() + LOOK_MS);)
        more = go(x);
}

enum status courier_open(struct arena *keep, struct courier **out, struct api *a, struct diags *ds)
{
    struct courier *x = ARENA_NEW(keep, struct courier);
    x->api = a;
    outside_init();
    TRY(follower_open(keep, &x->thread, a->o.db, follow, x, ds));
    *out = x;
    return OK;
}

void courier_close(struct courier *x)
{
    follower_close(&x->thread);
}
