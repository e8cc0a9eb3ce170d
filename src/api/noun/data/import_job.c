/* import_job.c - an uploaded file into facts: all of it, or its good rows. */
#include "api/call.h"
#include "api/job.h"
#include "api/noun/data/import.h"
#include "api/print/document.h"
#include "api_types.h"
#include "base/arena.h"
#include "base/str.h"
#include "col/dataset.h"
#include "record/record.h"

struct taking {
    struct job *job;
    struct api_import_order ask;
    struct reading r;
};

static bool tick_read(void *ctx, uint64_t done, uint64_t total)
{
    (void)done; /* of bytes: what is told are rows */
    (void)total;
    return job_tick(ctx, 0, 0);
}

static bool tick_write(void *ctx, uint32_t done, uint32_t total)
{
    return job_tick(ctx, done, total);
}

/* The rows that go back, beside the job. */
static enum status leave_book(struct taking *x)
{
    struct job *j = x->job;
    struct call *c = &j->call;
    if (x->r.m.bad_n == 0 || x->r.m.data == NULL)
        return OK;
    TRY(import_book(c, &x->r, &j->result));
    j->media = S(OUT_MEDIA_XLSX);
    j->file = arena_fmt(c->arena, "refused-%lld.xlsx", (long long)j->no);
    return OK;
}

/* What is wrong is bad enough to take nothing. */
static enum status refuse(struct taking *x)
{
    struct call *c = &x->job->call;
    const struct reading *r = &x->r;
    for (size_t i = 0; i < r->all.n && !r->only_rows; i++)
        if (diag_info(r->all.at[i].code)->sev == SEV_ERROR)
            return diag_add(&c->diags, r->all.at[i].code, r->all.at[i].span, r->all.at[i].arg[0],
                            r->all.at[i].arg[1], r->all.at[i].arg[2]);
    return call_refuse(c, DIAG_IMPORT_ROWS, arena_fmt(c->arena, "%u", r->m.bad_n), NO_ARG);
}

static bool is_refused(const struct taking *x)
{
    const struct import *m = &x->r.m;
    return !x->r.only_rows || m->data == NULL ||
           (m->bad_n > 0 && (!x->ask.good_rows.v || import_none_good(m)));
}

static struct import_file file_of(struct taking *x)
{
    const struct api_import_order *o = &x->ask;
    struct job *j = x->job;
    return (struct import_file){.name = x->r.up.name,
                                .bytes = x->r.bytes,
                                .hash = x->r.up.hash,
                                .source = o->source.p != NULL ? o->source : x->r.up.name,
                                .reporter = o->reporter.p != NULL ? o->reporter : j->call.who.name,
                                .tick = tick_write,
                                .ctx = j};
}

/* Since the rows were looked at another may have moved what they are about. */
static enum status look_again(struct taking *x)
{
    struct call *c = &x->job->call;
    uint32_t bad_n = x->r.m.bad_n;
    if (x->r.town.p == NULL)
        return OK;
    TRY(import_local(&x->r.m, c->conn, c->county, x->r.town));
    if (x->r.m.bad_n == bad_n)
        return OK;
    TRY(leave_book(x));
    return is_refused(x) ? refuse(x) : OK;
}

static enum status keep(struct job *j)
{
    struct taking *x = j->own;
    struct call *c = &j->call;
    struct record_counts n;
    struct import_file f = file_of(x);
    int64_t act = 0;
    enum status st = import_known(c->conn, c->county, j->about, &f.hash, x->r.town, &act);
    if (st == OK) /* another program took it meanwhile */
        return call_refuse(c, DIAG_IMPORT_KNOWN, arena_fmt(c->arena, "%lld", (long long)act),
                           NO_ARG);
    if (st != ERR_GONE)
        return st;
    TRY(look_again(x));
    TRY(import_write(&x->r.m, c->act, &f, &n));
    TRY(upload_drop(c->conn, c->county, x->r.up.no));
    import_words(&c->body, &x->r.m, &f, &n);
    c->object = j->about;
    j->outcome->taken = API_INT_OF(n.lines);
    j->outcome->facts = API_INT_OF((int64_t)n.facts);
    j->outcome->subjects = API_INT_OF(n.subjects);
    j->outcome->blank = API_INT_OF(n.blank);
    j->outcome->refused = API_INT_OF(x->r.m.bad_n);
    return OK;
}

/* Taken before: nothing is to be done, and that is no failure. */
static enum status is_known(struct taking *x, bool *known)
{
    struct job *j = x->job;
    struct call *c = &j->call;
    struct upload up;
    Str town;
    int64_t act = 0;
    TRY(upload_get(c, j->input, &up));
    TRY(import_town(c, j->about, &town));
    enum status st = import_known(c->conn, c->county, j->about, &up.hash, town, &act);
    *known = st == OK;
    if (*known)
        j->outcome->repeated = API_INT_OF(act);
    return st == ERR_GONE ? OK : st;
}

enum status import_run(struct job *j)
{
    struct call *c = &j->call;
    struct taking *x = ARENA_NEW(c->arena, struct taking);
    struct sheet_tick tick = {tick_read, j};
    bool known;
    x->job = j;
    TRY(api_read(c->arena, api_type_named("import_order"), &x->ask, j->ask, &c->diags));
    j->outcome = ARENA_NEW(c->arena, struct api_job_outcome);
    TRY(is_known(x, &known));
    if (known)
        return OK;
    TRY(import_read(c, j->input, x->ask.how, &tick, &x->r));
    j->n = x->r.m.data == NULL ? 0 : x->r.m.data->row_n;
    j->outcome->rows = j->n;
    j->outcome->refused = API_INT_OF(x->r.m.bad_n);
    TRY(leave_book(x));
    if (is_refused(x))
        return refuse(x);
    j->own = x;
    j->keep = keep;
    j->verb = "facts.import";
    return OK;
}
