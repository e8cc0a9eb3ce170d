/* cockpit_move.c - who moved between two runs of a rule document, and by which items. How far is
 * read from the roster; why from the lines that both runs kept. */
#include "api/noun/cockpit/cockpit.h"
#include "api/noun/data/subject.h"
#include "api/noun/run/run.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/csv.h"
#include "base/order.h"
#include "base/str.h"
#include "record/record.h"
#include "rule/model.h"

enum { MOST = 20, USUAL = 5, PARTS = 3, REASON_MAX = 2000 };

/* --- how far --- */

struct change {
    uint32_t row;
    Wide before, now; /* scores */
};

struct changes {
    const struct outcome *before, *now;
    struct query_figures was, is, rank_was, rank_is;
    struct selection *all;
    struct change *rise, *fall;
    uint32_t rise_n, fall_n;
};

static bool is_less(const void *ctx, uint32_t a, uint32_t b)
{
    const struct change *x = ctx;
    Wide da = x[a].now - x[a].before, db = x[b].now - x[b].before;
    return da < 0 ? da > db : da < db;
}

/* The farthest first. */
static struct change *most_of(struct call *c, struct change *x, uint32_t *n, uint32_t most)
{
    const uint32_t *order = order_rows(c->arena, *n, is_less, x);
    *n = *n < most ? *n : most;
    struct change *out = ARENA_ARRAY(c->arena, struct change, *n + 1);
    for (uint32_t i = 0; i < *n; i++)
        out[i] = x[order[i]];
    return out;
}

static enum status figures(struct call *c, struct changes *x)
{
    TRY(cockpit_select(c, S(""), &x->all));
    TRY(query_figures(x->all, x->before->score, c->arena, &x->was, &c->diags));
    TRY(query_figures(x->all, x->now->score, c->arena, &x->is, &c->diags));
    if (x->before->rank.n == 0 || x->now->rank.n == 0)
        return OK;
    TRY(query_figures(x->all, x->before->rank, c->arena, &x->rank_was, &c->diags));
    return query_figures(x->all, x->now->rank, c->arena, &x->rank_is, &c->diags);
}

static enum status find_changes(struct call *c, struct changes *x, uint32_t most)
{
    TRY(figures(c, x));
    x->rise = ARENA_ARRAY(c->arena, struct change, x->is.n + 1);
    x->fall = ARENA_ARRAY(c->arena, struct change, x->is.n + 1);
    for (uint32_t i = 0; i < x->is.n; i++) {
        struct change one = {i, x->was.value[i], x->is.value[i]};
        if (!x->was.known[i] || !x->is.known[i] || one.before == one.now)
            continue;
        if (one.now > one.before)
            x->rise[x->rise_n++] = one;
        else
            x->fall[x->fall_n++] = one;
    }
    x->rise = most_of(c, x->rise, &x->rise_n, most);
    x->fall = most_of(c, x->fall, &x->fall_n, most);
    return OK;
}

/* --- why --- */

/* The results of a run: what it kept, and the head of it. */
struct kept {
    Str text;
    Str *head;
    size_t head_n;
};

static enum status open_kept(struct call *c, int64_t run, struct kept *out)
{
    struct run r;
    struct csv csv;
    TRY(run_seen(c, run, &r));
    if (!r.computed)
        return ERR_GONE;
    TRY(content_get(c->conn, c->arena, &out->text, c->county, r.results, CONTENT_MAX));
    csv_open(&csv, c->arena, out->text);
    TRY(csv_next(&csv, &c->diags));
    out->head = ARENA_ARRAY(c->arena, Str, csv.cell_n + 1);
    out->head_n = csv.cell_n;
    for (size_t i = 0; i < csv.cell_n; i++)
        out->head[i] = csv.cell[i].text;
    return OK;
}

/* The line of an identity; false: it has none. Identities begin a line, behind them a comma. */
static bool find_line(struct call *c, const struct kept *k, Str identity, struct csv *out)
{
    Str mark = arena_fmt(c->arena, "\n%.*s,", STR_ARG(identity));
    size_t at = str_find(k->text, mark);
    if (at == k->text.n)
        return false;
    csv_open(out, c->arena, str_sub(k->text, at + 1, k->text.n));
    return csv_next(out, &c->diags) == OK && out->cell_n > 0;
}

static Str cell_of(const struct kept *k, const struct csv *line, Str item)
{
    for (size_t i = 0; i < k->head_n && i < line->cell_n; i++)
        if (str_eq(k->head[i], item))
            return line->cell[i].text;
    return S("");
}

static bool change_of(Str before, Str now, Dec *out)
{
    Dec a, b;
    Wide wa, wb;
    if (!dec_parse(&a, before, NULL) || !dec_parse(&b, now, NULL))
        return false;
    out->scale = a.scale > b.scale ? a.scale : b.scale;
    return wide_rescale(&wa, a.m, a.scale, out->scale, ROUND_HALF_UP) &&
           wide_rescale(&wb, b.m, b.scale, out->scale, ROUND_HALF_UP) && wide_sub(&out->m, wb, wa);
}

struct part {
    struct api_cockpit_part api;
    Dec change;
    bool known;
};

static Wide size_of(const struct part *p)
{
    return p->change.m < 0 ? -p->change.m : p->change.m;
}

/* The one that moved most comes first; what cannot be compared comes last. */
static bool is_smaller(const void *ctx, uint32_t a, uint32_t b)
{
    const struct part *x = ctx;
    if (x[a].known != x[b].known)
        return !x[a].known;
    return wide_cmp(size_of(&x[a]), x[a].change.scale, size_of(&x[b]), x[b].change.scale) < 0;
}

/* The items below the score that have none below them: where points come from. */
static bool is_part(const struct rules *doc, uint32_t i, Str score)
{
    uint32_t top = i;
    for (uint32_t k = 0; k < doc->item_n; k++)
        if (doc->item[k].parent == (int32_t)i)
            return false;
    while (doc->item[top].parent >= 0)
        top = (uint32_t)doc->item[top].parent;
    return doc->item[i].kind == ITEM_SCORE && top != i && str_eq(doc->item[top].name, score);
}

static struct part part_of(struct call *c, Str item, Str before, Str now)
{
    struct part p = {.api = {arena_copy(c->arena, item), before, now, NO_ARG}};
    p.known = change_of(before, now, &p.change);
    if (p.known)
        p.api.change = call_decimal(c, p.change.m, p.change.scale);
    return p;
}

/* --- in words --- */

static void say_part(struct buf *zh, struct buf *en, const struct part *p)
{
    const struct api_cockpit_part *a = &p->api;
    const char *by = p->change.m > 0 ? "+" : "";
    buf_fmt(zh, "%s%.*s %.*s→%.*s（%s%.*s）", zh->n > 0 ? "；" : "", STR_ARG(a->item),
            STR_ARG(a->before), STR_ARG(a->now), by, STR_ARG(a->change));
    buf_fmt(en, "%s%.*s %.*s→%.*s (%s%.*s)", en->n > 0 ? "; " : "", STR_ARG(a->item),
            STR_ARG(a->before), STR_ARG(a->now), by, STR_ARG(a->change));
}

static void say_why(struct call *c, struct api_cockpit_mover *out, const struct part *p, size_t n)
{
    struct buf zh, en;
    buf_init(&zh, c->arena, REASON_MAX);
    buf_init(&en, c->arena, REASON_MAX);
    for (size_t i = 0; i < n; i++)
        if (p[i].known && p[i].change.m != 0)
            say_part(&zh, &en, &p[i]);
    out->reason = zh.n > 0 ? buf_str(&zh) : S("各得分项没有变化，变的是汇总或扣减");
    out->reason_en =
        en.n > 0 ? buf_str(&en) : S("no item changed; what did is how they are summed up");
}

struct why {
    struct kept before, now;
    struct rules *doc; /* of now */
    Str score;         /* as the document calls it */
};

static enum status write_why(struct call *c, const struct why *w, Str identity,
                             struct api_cockpit_mover *out)
{
    struct csv was, is;
    size_t n = 0;
    if (!find_line(c, &w->before, identity, &was) || !find_line(c, &w->now, identity, &is))
        return ERR_GONE;
    struct part *p = ARENA_ARRAY(c->arena, struct part, w->doc->item_n + 1);
    for (uint32_t i = 0; i < w->doc->item_n; i++)
        if (is_part(w->doc, i, w->score))
            p[n++] =
                part_of(c, w->doc->item[i].name, cell_of(&w->before, &was, w->doc->item[i].name),
                        cell_of(&w->now, &is, w->doc->item[i].name));
    const uint32_t *order = order_rows(c->arena, (uint32_t)n, is_smaller, p);
    struct part *sorted = ARENA_ARRAY(c->arena, struct part, n + 1);
    for (size_t i = 0; i < n; i++)
        sorted[i] = p[order[i]];
    n = n < PARTS ? n : PARTS;
    out->parts.at = ARENA_ARRAY(c->arena, struct api_cockpit_part, n + 1);
    for (size_t i = 0; i < n; i++)
        out->parts.at[out->parts.n++] = sorted[i].api;
    say_why(c, out, sorted, n);
    return OK;
}

static enum status open_why(struct call *c, int64_t before, int64_t now, struct why *w)
{
    struct run r;
    struct diags own;
    Str text;
    TRY(open_kept(c, before, &w->before));
    TRY(open_kept(c, now, &w->now));
    TRY(run_seen(c, now, &r));
    TRY(content_get(c->conn, c->arena, &text, c->county, r.rules, CONTENT_MAX));
    diags_init(&own, c->arena);
    TRY(rule_load(c->arena, &w->doc, r.title, text, &own));
    for (uint32_t i = 0; i < w->doc->item_n && w->score.n == 0; i++)
        if (w->doc->item[i].kind == ITEM_SCORE && w->doc->item[i].parent < 0)
            w->score = w->doc->item[i].name;
    return OK;
}

/* --- the answer --- */

static struct api_int rank_at(const struct query_figures *f, uint32_t i)
{
    Wide whole;
    bool ok =
        i < f->n && f->known[i] && wide_rescale(&whole, f->value[i], f->scale, 0, ROUND_HALF_UP);
    return (struct api_int){ok, ok ? (int64_t)whole : 0};
}

static enum status write_who(struct call *c, struct selection *all, uint32_t row,
                             struct api_cockpit_mover *out)
{
    struct query_page page;
    Str field[2] = {cockpit_role(c, SUBJECT_ROLE_NAME), cockpit_role(c, SUBJECT_ROLE_LOCALITY)};
    Str *to[2] = {&out->name, &out->locality};
    out->identity = arena_copy(c->arena, query_identity(all, row));
    for (int i = 0; i < 2; i++) {
        struct query_list l = {.field = &field[i], .field_n = 1, .limit = 1};
        *to[i] = S("");
        if (field[i].n == 0)
            continue;
        TRY(query_list(all, &l, c->arena, &page, &c->diags));
        *to[i] = str_or_empty(subject_cell(c, &page, row, 0));
    }
    return OK;
}

static enum status write_mover(struct call *c, const struct changes *x, const struct why *w,
                               const struct change *one, struct api_cockpit_mover *out)
{
    *out = (struct api_cockpit_mover){
        .rank_before = rank_at(&x->rank_was, one->row),
        .rank_now = rank_at(&x->rank_is, one->row),
        .score_before = subject_figure(c, x->was.field, one->before),
        .score_now = subject_figure(c, x->is.field, one->now),
        .change = subject_figure(c, x->is.field, one->now - one->before),
    };
    TRY(write_who(c, x->all, x->is.row[one->row], out));
    return write_why(c, w, out->identity, out);
}

static enum status write_counts(struct call *c, const struct changes *x,
                                struct api_cockpit_movers *out)
{
    Str is = x->now->score, was = x->before->score;
    Str up = cockpit_compared(c, is, ">", was);
    Str down = cockpit_compared(c, is, "<", was);
    Str same = cockpit_compared(c, is, "=", was);
    Str came = cockpit_both(c, cockpit_is(c, was, S("")), cockpit_known(c, is));
    Str gone = cockpit_both(c, cockpit_known(c, was), cockpit_is(c, is, S("")));
    TRY(cockpit_count(c, S("升"), up, &out->up));
    TRY(cockpit_count(c, S("降"), down, &out->down));
    TRY(cockpit_count(c, S("不变"), same, &out->same));
    TRY(cockpit_count(c, S("新增"), came, &out->new));
    return cockpit_count(c, S("不再有"), gone, &out->gone);
}

static enum status write_side(struct call *c, const struct changes *x, const struct why *w,
                              const struct change *one, uint32_t n, struct api_cockpit_mover **out)
{
    *out = ARENA_ARRAY(c->arena, struct api_cockpit_mover, n + 1);
    for (uint32_t i = 0; i < n; i++)
        TRY(write_mover(c, x, w, &one[i], &(*out)[i]));
    return OK;
}

static enum status write_movers(struct call *c, struct changes *x, uint32_t most,
                                struct api_cockpit_movers *out)
{
    struct why w = {.score = S("")};
    out->kind = arena_copy(c->arena, c->roster->kind);
    TRY(cockpit_run(c, x->before, &out->before));
    TRY(cockpit_run(c, x->now, &out->now));
    TRY(find_changes(c, x, most));
    TRY(write_counts(c, x, out));
    TRY(open_why(c, x->before->run, x->now->run, &w));
    out->rises.n = x->rise_n;
    out->falls.n = x->fall_n;
    TRY(write_side(c, x, &w, x->rise, x->rise_n, &out->rises.at));
    return write_side(c, x, &w, x->fall, x->fall_n, &out->falls.at);
}

/* What came before: of a run that is not published the one in force, else the one before that. */
static const struct outcome *before(const struct outcome *all, size_t n, const struct outcome *now)
{
    enum outcome_when when = now->when == OUTCOME_DRAFT ? OUTCOME_NOW : OUTCOME_BEFORE;
    for (size_t i = 0; i < n; i++)
        if (all[i].when == when && str_eq(all[i].document, now->document))
            return &all[i];
    return NULL;
}

enum status api_cockpit_movers(struct call *c, const struct api_cockpit_movers_in *in,
                               struct api_cockpit_changes *out)
{
    const struct outcome *all;
    int64_t most = in->most.set ? in->most.v : USUAL;
    if (most < 1 || most > MOST)
        return call_refuse(c, DIAG_API_TYPE, S("most"), S("1..20"));
    TRY(cockpit_open(c, in->kind));
    size_t n = roster_outcomes(c->roster, &all);
    out->documents.at = ARENA_ARRAY(c->arena, struct api_cockpit_movers, n + 1);
    for (size_t i = 0; i < n; i++) {
        struct changes x = {.now = &all[i], .before = before(all, n, &all[i])};
        if (all[i].when == OUTCOME_BEFORE || x.before == NULL || all[i].score.n == 0 ||
            x.before->score.n == 0 || !cockpit_sees(c, &all[i]))
            continue;
        TRY(write_movers(c, &x, (uint32_t)most, &out->documents.at[out->documents.n++]));
    }
    return OK;
}

/* --- between any two runs, read from what they kept --- */

enum { PAGE = 50, PAGE_MOST = 100 };

struct scored {
    Str id, score, rank;
};
struct scores {
    struct scored *at;
    size_t n;
};

static enum status read_scores(struct call *c, const struct kept *k, Str score, Str rank,
                               struct scores *out)
{
    struct csv csv;
    size_t cap = 0;
    csv_open(&csv, c->arena, k->text);
    do {
        TRY(csv_next(&csv, &c->diags)); /* the head is taken too, and is nobody's */
        if (csv.cell_n > 0)
            VEC_PUSH(c->arena, out->at, out->n, cap) =
                (struct scored){csv.cell[0].text, cell_of(k, &csv, score), cell_of(k, &csv, rank)};
    } while (csv.cell_n > 0);
    return OK;
}

static bool is_after(const void *ctx, uint32_t a, uint32_t b)
{
    const struct scored *x = ctx;
    return str_cmp(x[a].id, x[b].id) > 0;
}

static const struct scored *find_scored(const struct scores *s, const uint32_t *order, Str id)
{
    size_t low = 0, high = s->n;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        int way = str_cmp(s->at[order[mid]].id, id);
        if (way == 0)
            return &s->at[order[mid]];
        low = way < 0 ? mid + 1 : low;
        high = way < 0 ? high : mid;
    }
    return NULL;
}

struct moved {
    const struct scored *was, *is;
    uint32_t row;
    struct part by; /* for is_smaller */
};

struct moves {
    struct selection *all; /* in scope, and of the locality */
    struct why why;
    struct moved *at;
    size_t n;
};

static bool is_here(struct call *c, const struct moves *m, Str id, uint32_t *row)
{
    int64_t subject;
    return roster_find(c->roster, id, &subject) && query_has(m->all, subject, row);
}

static bool is_nearer(const void *ctx, uint32_t a, uint32_t b)
{
    const struct moved *x = ctx;
    return wide_cmp(size_of(&x[a].by), x[a].by.change.scale, size_of(&x[b].by),
                    x[b].by.change.scale) < 0;
}

/* `way`: 0 up, 1 down, less: both. */
static void find_moves(struct call *c, struct moves *m, const struct scores *was,
                       const struct scores *is, int way, struct api_run_movers *out)
{
    const uint32_t *order = order_rows(c->arena, (uint32_t)was->n, is_after, was->at);
    struct moved one;
    m->at = ARENA_ARRAY(c->arena, struct moved, is->n + 1);
    for (size_t i = 0; i < was->n; i++)
        out->gone += is_here(c, m, was->at[i].id, &one.row);
    for (size_t i = 0; i < is->n; i++) {
        one.is = &is->at[i];
        if (!is_here(c, m, one.is->id, &one.row))
            continue;
        one.was = find_scored(was, order, one.is->id);
        out->gone -= one.was != NULL;
        if (one.was == NULL)
            out->new ++;
        else if (!change_of(one.was->score, one.is->score, &one.by.change))
            out->open++;
        else if (one.by.change.m == 0)
            out->same++;
        else {
            bool up = one.by.change.m > 0;
            *(up ? &out->up : &out->down) += 1;
            if (way < 0 || (way == 0) == up)
                m->at[m->n++] = one;
        }
    }
}

static struct api_int whole_of(Str text)
{
    Dec d;
    bool ok = dec_parse(&d, text, NULL) && d.scale == 0;
    return (struct api_int){ok, ok ? (int64_t)d.m : 0};
}

static enum status write_moves(struct call *c, const struct moves *m, int64_t from, int64_t most,
                               struct api_run_movers *out)
{
    const uint32_t *order = order_rows(c->arena, (uint32_t)m->n, is_nearer, m->at);
    out->movers.at = ARENA_ARRAY(c->arena, struct api_cockpit_mover, (size_t)most + 1);
    for (int64_t i = from; i < (int64_t)m->n && i < from + most; i++) {
        const struct moved *x = &m->at[order[i]];
        struct api_cockpit_mover *to = &out->movers.at[out->movers.n++];
        *to = (struct api_cockpit_mover){
            .rank_before = whole_of(x->was->rank),
            .rank_now = whole_of(x->is->rank),
            .score_before = x->was->score,
            .score_now = x->is->score,
            .change = call_decimal(c, x->by.change.m, x->by.change.scale),
        };
        TRY(write_who(c, m->all, x->row, to));
        TRY(write_why(c, &m->why, x->is->id, to));
    }
    if (from + most < (int64_t)m->n)
        out->next = API_INT_OF(from + most);
    return OK;
}

enum status api_run_movers(struct call *c, const struct api_run_movers_in *in,
                           struct api_run_movers *out)
{
    struct run now, was;
    struct moves m = {.why = {.score = S("")}};
    struct scores before = {0}, after = {0};
    Str rank = S(""), where = S("");
    int64_t most = in->limit.set ? in->limit.v : PAGE, from = in->after.v;
    if (most < 1 || most > PAGE_MOST || from < 0)
        return call_refuse(c, DIAG_API_TYPE, S("limit"), S("1..100"));
    TRY(run_seen(c, in->run, &now));
    TRY(run_seen(c, in->against, &was));
    if (!str_eq(now.kind, was.kind))
        return call_refuse(c, DIAG_API_TYPE, S("against"), now.kind);
    TRY(cockpit_open(c, now.kind));
    if (in->locality.p != NULL)
        where = cockpit_within(c, cockpit_role(c, SUBJECT_ROLE_LOCALITY), in->locality);
    TRY(cockpit_select(c, where, &m.all));
    TRY(open_why(c, in->against, in->run, &m.why));
    bool has = false;
    for (size_t i = 0; i < m.why.before.head_n; i++)
        has |= str_eq(m.why.before.head[i], m.why.score);
    if (!has)
        return call_refuse(c, DIAG_API_NO_COLUMN, m.why.score, NO_ARG);
    for (uint32_t i = m.why.doc->item_n; i-- > 0;)
        if (m.why.doc->item[i].kind == ITEM_RANK)
            rank = m.why.doc->item[i].name;
    TRY(read_scores(c, &m.why.before, m.why.score, rank, &before));
    TRY(read_scores(c, &m.why.now, m.why.score, rank, &after));
    *out = (struct api_run_movers){
        .run = in->run, .against = in->against, .score = arena_copy(c->arena, m.why.score)};
    find_moves(c, &m, &before, &after, in->way, out);
    return write_moves(c, &m, from, most, out);
}
