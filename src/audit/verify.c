#include "audit/verify.h"

#include <string.h>

#include "audit/act.h"
#include "audit/verify_int.h"
#include "base/arena.h"
#include "base/moment.h"
#include "base/str.h"
#include "db/db.h"
#include "sql.h"

enum { TICK_ROWS = 1 << 14, COUNTY_MAX = 64 };

/* The next row of a sealed table, if there is one. */
struct table {
    struct db_rows rows;
    struct db_seal_row row;
    Str name;
    bool open, has;
    int64_t told; /* the last act that its stray rows were told of */
};

struct walk {
    struct verify *v;
    struct table *table;
    struct digest *digest[DIGEST_SHA256 + 1];
    struct audit_chain *chain; /* of the county at hand */
    Digest hash;               /* of the act before */
    char county[COUNTY_MAX];
};

enum status audit_tell(struct verify *v, enum diag_code code, Str a0, Str a1, Str a2)
{
    (void)diag_add(v->ds, code, (Span){0, 0}, a0, a1, a2); /* the verdict is in the list */
    return OK;
}

/* "320582 #17 (2026-11-22T08:30:00.000000Z 张三 import.facts)": an act as messages name it. */
static Str act_name(struct arena *keep, Str county, const struct act_row *row)
{
    Str at = moment_str(keep, row->at_us, ZONE_CHINA);
    return arena_fmt(keep, "%.*s #%lld (%.*s %.*s %.*s)", (int)county.n, county.p,
                     (long long)row->act, (int)at.n, at.p, (int)row->actor.n, row->actor.p,
                     (int)row->verb.n, row->verb.p);
}

/* About an act: also notes that it is not well. */
static enum status tell_act(struct walk *w, enum diag_code code, const struct act_row *row, Str a1,
                            Str a2)
{
    if (w->chain->bad == 0) {
        w->chain->bad = row->act;
        w->chain->bad_us = row->at_us;
    }
    return audit_tell(w->v, code, act_name(w->v->keep, w->chain->county, row), a1, a2);
}

static Str range(struct arena *keep, int64_t first, int64_t last)
{
    return first == last ? arena_fmt(keep, "%lld", (long long)first)
                         : arena_fmt(keep, "%lld..%lld", (long long)first, (long long)last);
}

/* Sealed rows */

static void advance(struct walk *w, struct table *t)
{
    t->has = db_seal_next(&t->rows, &t->row);
    w->v->out->rows += t->has;
    if (w->v->out->rows % TICK_ROWS == 0 && w->v->q->tick != NULL)
        w->v->q->tick(w->v->q->ctx, w->v->out->acts, w->v->out->rows);
}

/* Rows that come before the act at hand and belong to none that there is. */
static void skip_strays(struct walk *w, int i, Str county, int64_t act, bool end)
{
    struct table *t = &w->table[i];
    while (t->has) {
        int order = end ? -1 : str_cmp(t->row.at[0], county);
        if (order > 0 || (order == 0 && t->row.act >= act))
            return;
        if (t->told != t->row.act || t->row.no == 0)
            (void)audit_tell(w->v, DIAG_AUDIT_ROW_STRAY, str_of(db_seal_table(i)),
                             arena_fmt(w->v->keep, "%.*s #%lld", (int)t->row.at[0].n,
                                       t->row.at[0].p, (long long)t->row.act),
                             range(w->v->keep, t->row.no, t->row.no)); /* is OK */
        t->told = t->row.act;
        advance(w, t);
    }
}

struct sealed {
    int64_t rows;
    Str hex;
};

/* What the act's seals say of a table; false: nothing. The lines are few. */
static bool find_seal(Str seals, Str table, struct sealed *out)
{
    while (seals.n > 0) {
        Str line = str_cut(&seals, '\n');
        if (!str_eq(str_cut(&line, ' '), table))
            continue;
        Str digits = str_cut(&line, ' ');
        out->rows = 0;
        for (size_t i = 0; i < digits.n && i < 18; i++)
            out->rows = out->rows * 10 + (digits.p[i] - '0');
        out->hex = line;
        return true;
    }
    return false;
}

static enum status tell_rows(struct walk *w, int i, const struct act_row *row, int64_t want,
                             int64_t got, int64_t odd)
{
    enum diag_code code = got < want   ? DIAG_AUDIT_ROW_LACK
                          : got > want ? DIAG_AUDIT_ROW_EXTRA
                                       : DIAG_AUDIT_ROW_CHANGED;
    Str n = odd >= 0     ? range(w->v->keep, odd, odd)
            : got < want ? range(w->v->keep, got, want - 1)
            : got > want ? range(w->v->keep, want, got - 1)
                         : range(w->v->keep, 0, got - 1);
    return tell_act(w, code, row, str_of(db_seal_table(i)), n);
}

/* The rows of one table that the act at hand wrote, and what it sealed. */
static enum status check_table(struct walk *w, int i, const struct act_row *row)
{
    struct table *t = &w->table[i];
    struct sealed want = {0, NO_ARG};
    int64_t n = 0, odd = -1;
    char hex[2 * DIGEST_N + 1];
    bool is_sealed = find_seal(row->seals, t->name, &want);
    struct digest *d = w->digest[row->hash_by];
    while (t->has && t->row.act == row->act && str_eq(t->row.at[0], w->chain->county)) {
        if (t->row.no != n && odd < 0)
            odd = n;
        act_seal_row(d, &t->row);
        n++;
        advance(w, t);
    }
    if (n == 0 && !is_sealed)
        return OK;
    Digest got = digest_end(d);
    digest_hex(hex, &got);
    if (is_sealed && n == want.rows && str_eq(want.hex, str_of(hex)))
        return OK;
    return tell_rows(w, i, row, want.rows, n, odd);
}

/* Which table is that? Acts name them in their order: tried from `from` on. -1: none. */
static int table_named(const struct walk *w, Str name, int from)
{
    int n = db_seal_n();
    for (int k = 0; k < n; k++)
        if (str_eq(name, w->table[(from + k) % n].name))
            return (from + k) % n;
    return -1;
}

/* The tables that the act's seals name: a bit each. */
static enum status named_tables(struct walk *w, const struct act_row *row, uint64_t *named)
{
    int at = -1;
    *named = 0;
    for (Str left = row->seals; left.n > 0;) {
        Str line = str_cut(&left, '\n'), name = str_cut(&line, ' ');
        at = table_named(w, name, at + 1);
        if (at < 0)
            TRY(tell_act(w, DIAG_AUDIT_ROW_LACK, row, name, S("*")));
        else
            *named |= (uint64_t)1 << at;
    }
    return OK;
}

static enum status check_tables(struct walk *w, const struct act_row *row)
{
    uint64_t named;
    TRY(named_tables(w, row, &named));
    for (int i = 0; i < db_seal_n(); i++) {
        const struct table *t = &w->table[i];
        if (t->has && (t->row.act <= row->act || !str_eq(t->row.at[0], w->chain->county)))
            skip_strays(w, i, w->chain->county, row->act, false);
        if ((named >> i & 1) != 0 || (t->has && t->row.act == row->act))
            TRY(check_table(w, i, row));
    }
    return OK;
}

/* Acts */

static bool same(Str bytes, const Digest *d)
{
    return str_eq(bytes, digest_str(d));
}

static enum status check_anchors(struct walk *w, const struct act_row *row, Str hash)
{
    for (size_t i = 0; i < w->v->q->anchor_n; i++) {
        const struct anchor *a = &w->v->q->anchor[i];
        if (a->act != row->act || !str_eq(a->county, w->chain->county))
            continue;
        if (a->by != (enum digest_by)row->hash_by || !same(hash, &a->hash)) {
            TRY(tell_act(w, DIAG_AUDIT_ANCHOR, row, a->file, NO_ARG));
            continue;
        }
        w->v->out->anchors++;
        w->chain->anchored = a->act;
        w->chain->anchored_us = a->at_us;
    }
    return OK;
}

/* The act that begins a county's chain, or one more of it. */
static void enter(struct walk *w, Str county)
{
    struct audit_found *out = w->v->out;
    if (w->chain != NULL && str_eq(w->chain->county, county))
        return;
    VEC_PUSH(w->v->keep, out->chain, out->chain_n, out->chain_cap) =
        (struct audit_chain){.county = arena_copy(w->v->keep, county)};
    w->chain = &out->chain[out->chain_n - 1];
    w->hash = (Digest){{0}};
}

static enum status check_act(struct walk *w, const struct act_row *row, Str hash)
{
    struct audit_chain *chain = w->chain;
    Digest got = act_hash(w->digest[row->hash_by], chain->county, row);
    if (row->act != chain->last + 1)
        TRY(tell_act(w, DIAG_AUDIT_GAP, row, range(w->v->keep, chain->last + 1, row->act - 1),
                     NO_ARG));
    else if (!same(row->prev, &w->hash))
        TRY(tell_act(w, DIAG_AUDIT_LINK, row, NO_ARG, NO_ARG));
    if (!same(hash, &got))
        TRY(tell_act(w, DIAG_AUDIT_HASH, row, NO_ARG, NO_ARG));
    if (chain->acts > 0 && row->at_us < chain->last_us)
        TRY(audit_tell(w->v, DIAG_AUDIT_CLOCK, act_name(w->v->keep, chain->county, row), NO_ARG,
                       NO_ARG));
    TRY(check_anchors(w, row, hash));
    TRY(check_tables(w, row));
    chain->acts++;
    chain->last = row->act;
    chain->last_us = row->at_us;
    if (hash.n == DIGEST_N)
        memcpy(w->hash.byte, hash.p, DIGEST_N);
    return OK;
}

static enum status walk_acts(struct walk *w)
{
    struct db_rows rows;
    struct sql_act_all_row in;
    enum status st = OK;
    TRY(sql_act_all(w->v->conn, &rows));
    while (st == OK && sql_act_all_next(&rows, &in)) {
        const struct act_row row = {in.act,    in.at_us, in.hash_by, in.actor, in.verb,
                                    in.object, in.body,  in.seals,   in.prev};
        enter(w, in.county);
        st = in.hash_by == DIGEST_SM3 || in.hash_by == DIGEST_SHA256
                 ? check_act(w, &row, in.hash)
                 : tell_act(w, DIAG_AUDIT_HASH, &row, NO_ARG, NO_ARG);
        w->v->out->acts++;
    }
    enum status ended = db_rows_end(&rows);
    return st != OK ? st : ended;
}

static enum status open_tables(struct walk *w)
{
    for (int i = 0; i < db_seal_n(); i++) {
        TRY(db_seal_open_all(w->v->conn, i, &w->table[i].rows));
        w->table[i].name = str_of(db_seal_table(i));
        w->table[i].open = true;
        advance(w, &w->table[i]);
    }
    return OK;
}

static enum status close_tables(struct walk *w)
{
    enum status st = OK;
    for (int i = 0; i < db_seal_n(); i++) {
        if (!w->table[i].open)
            continue;
        enum status ended = db_rows_end(&w->table[i].rows);
        st = st == OK ? ended : st;
    }
    return st;
}

static enum status walk_all(struct walk *w)
{
    enum status st = open_tables(w);
    if (st == OK)
        st = walk_acts(w);
    for (int i = 0; i < db_seal_n() && st == OK; i++)
        skip_strays(w, i, NO_ARG, 0, true);
    enum status ended = close_tables(w);
    return st != OK ? st : ended;
}

enum status audit_verify(struct db_conn *c, struct arena *keep, struct audit_found *out,
                         const struct audit_asked *q, struct diags *ds)
{
    *out = (struct audit_found){0};
    struct verify v = {c, keep, out, q, ds};
    struct walk w = {.v = &v, .table = ARENA_ARRAY(keep, struct table, (size_t)db_seal_n() + 1)};
    TRY(db_tell(c, db_begin(c), ds));
    for (int by = DIGEST_SM3; by <= DIGEST_SHA256; by++)
        w.digest[by] = digest_open((enum digest_by)by);
    enum status st = walk_all(&w);
    for (int by = DIGEST_SM3; by <= DIGEST_SHA256; by++)
        digest_close(w.digest[by]);
    if (st == OK)
        st = audit_verify_rest(&v);
    if (st != OK && st != ERR_INPUT)
        (void)db_tell(c, st, ds); /* is st */
    db_rollback(c);
    return st;
}
