#include <string.h>

#include "audit/verify_int.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "db/db.h"
#include "sql.h"

/* Derived tables */

enum { SHOWN_MAX = 200 };

/* `county=320582 act=17 hash=9f..`: a row as messages show it. */
static Str shown(struct arena *keep, const char *columns, const struct db_seal_row *row)
{
    struct buf b;
    Str left = str_of(columns);
    buf_init(&b, keep, SHOWN_MAX);
    for (int i = 0; i < row->n && !b.over; i++) {
        Str name = str_trim(str_cut(&left, ',')), at = row->at[i];
        bool is_text = at.p != NULL;
        buf_fmt(&b, "%s%.*s=", i == 0 ? "" : " ", (int)name.n, name.p);
        for (size_t k = 0; k < at.n && is_text; k++)
            is_text = at.p[k] >= ' ' || at.p[k] < 0;
        if (at.p == NULL)
            buf_add(&b, S("NULL"));
        else if (is_text && at.n < SHOWN_MAX / 2 && str_find(name, S("hash")) == name.n)
            buf_add(&b, at);
        else
            buf_fmt(&b, "(%zu)", at.n);
    }
    return buf_str(&b);
}

static enum status check_derived(struct verify *v, int i, bool extra)
{
    struct db_rows rows;
    struct db_seal_row row;
    TRY(db_derived_open(v->conn, i, extra, &rows));
    while (db_seal_next(&rows, &row))
        (void)audit_tell(v, extra ? DIAG_AUDIT_DERIVED_EXTRA : DIAG_AUDIT_DERIVED_LACK,
                         str_of(db_derived_table(i)), shown(v->keep, db_derived_columns(i), &row),
                         NO_ARG); /* is OK */
    return db_rows_end(&rows);
}

/* Contents */

struct pieces {
    struct verify *v;
    const char *table;
    struct digest *sha256;
    struct db_rows wholes;
    struct db_seal_row whole; /* county, hash: the next that there should be */
    bool has_whole;
};

static void tell_content(struct pieces *p, enum diag_code code, Str county, Str hash)
{
    (void)audit_tell(p->v, code, str_of(p->table), county, arena_hex(p->v->keep, hash)); /* is OK */
}

/* Empty contents have no piece. */
static bool is_empty_content(Str hash)
{
    Digest none = digest_of(DIGEST_SHA256, S(""));
    return str_eq(hash, digest_str(&none));
}

static void end_content(struct pieces *p, Str county, Str hash, bool in_order)
{
    Digest got = digest_end(p->sha256);
    bool wanted = false;
    if (county.p == NULL)
        return;
    while (p->has_whole && !wanted) {
        int order = str_cmp(p->whole.at[0], county);
        order = order != 0 ? order : str_cmp(p->whole.at[1], hash);
        if (order > 0)
            break;
        wanted = order == 0;
        if (order < 0 && !is_empty_content(p->whole.at[1]))
            tell_content(p, DIAG_AUDIT_CONTENT_LACK, p->whole.at[0], p->whole.at[1]);
        p->has_whole = db_seal_next(&p->wholes, &p->whole);
    }
    if (!wanted)
        tell_content(p, DIAG_AUDIT_CONTENT_STRAY, county, hash);
    else if (!in_order || !str_eq(hash, digest_str(&got)))
        tell_content(p, DIAG_AUDIT_CONTENT, county, hash);
}

static void walk_pieces(struct pieces *p, struct db_rows *rows)
{
    struct db_seal_row row;
    struct arena *a = arena_open();
    Str county = NO_ARG, hash = NO_ARG;
    int64_t next = 0;
    bool in_order = true;
    while (db_seal_next(rows, &row)) {
        if (!str_eq(county, row.at[0]) || !str_eq(hash, row.at[1])) {
            end_content(p, county, hash, in_order);
            county = arena_copy(a, row.at[0]);
            hash = arena_copy(a, row.at[1]);
            next = 0;
            in_order = true;
        }
        in_order &= row.no == next++;
        digest_add(p->sha256, row.at[3]);
        p->v->out->rows++;
    }
    end_content(p, county, hash, in_order);
    for (; p->has_whole; p->has_whole = db_seal_next(&p->wholes, &p->whole)) {
        if (!is_empty_content(p->whole.at[1]))
            tell_content(p, DIAG_AUDIT_CONTENT_LACK, p->whole.at[0], p->whole.at[1]);
    }
    arena_close(a);
}

static enum status check_pieces(struct verify *v, int i)
{
    struct pieces p = {.v = v, .table = db_pieces_table(i)};
    struct db_rows rows;
    TRY(db_pieces_open(v->conn, i, true, &p.wholes));
    p.has_whole = db_seal_next(&p.wholes, &p.whole);
    enum status st = db_pieces_open(v->conn, i, false, &rows);
    if (st == OK) {
        p.sha256 = digest_open(DIGEST_SHA256);
        walk_pieces(&p, &rows);
        digest_close(p.sha256);
        st = db_rows_end(&rows);
    }
    enum status ended = db_rows_end(&p.wholes);
    return st != OK ? st : ended;
}

/* Signatures and anchors */

static bool is_good(struct verify *v, const struct anchor *a, Str which)
{
    if (!anchor_signature_ok(a)) {
        (void)audit_tell(v, DIAG_AUDIT_SIGNATURE, which, NO_ARG, NO_ARG); /* is OK */
        return false;
    }
    if (v->q->key == NULL || memcmp(v->q->key->byte, a->key.byte, SIGN_KEY_N) == 0)
        return true;
    (void)audit_tell(v, DIAG_AUDIT_KEY, which, arena_hex(v->keep, sign_key_str(&a->key)),
                     arena_hex(v->keep, sign_key_str(v->q->key))); /* is OK */
    return false;
}

static bool copy_exactly(uint8_t *to, Str from, size_t n)
{
    if (from.n == n)
        memcpy(to, from.p, n);
    return from.n == n;
}

static void check_signed(struct verify *v, const struct sql_act_signed_all_row *row)
{
    struct anchor a = {.county = row->county,
                       .act = row->head,
                       .at_us = row->at_us,
                       .by = (enum digest_by)row->hash_by,
                       .is_signed = true};
    Str which = arena_fmt(v->keep, "act_signed %.*s #%lld n=%lld", (int)row->county.n,
                          row->county.p, (long long)row->act, (long long)row->n);
    bool whole = copy_exactly(a.hash.byte, row->hash, DIGEST_N) &&
                 copy_exactly(a.key.byte, row->key, SIGN_KEY_N) &&
                 copy_exactly(a.signature.byte, row->signature, SIGNATURE_N);
    v->out->signatures++;
    if (!whole)
        (void)audit_tell(v, DIAG_AUDIT_SIGNATURE, which, NO_ARG, NO_ARG); /* is OK */
    else if (is_good(v, &a, which) && !str_eq(row->hash, row->act_hash))
        (void)audit_tell(v, DIAG_AUDIT_SIGNED_OTHER, which,
                         arena_fmt(v->keep, "%.*s #%lld", (int)row->county.n, row->county.p,
                                   (long long)row->head),
                         NO_ARG); /* is OK */
}

static enum status check_signatures(struct verify *v)
{
    struct db_rows rows;
    struct sql_act_signed_all_row row;
    TRY(sql_act_signed_all(v->conn, &rows));
    while (sql_act_signed_all_next(&rows, &row))
        check_signed(v, &row);
    return db_rows_end(&rows);
}

static struct audit_chain *chain_of(const struct verify *v, Str county)
{
    for (size_t i = 0; i < v->out->chain_n; i++) {
        if (str_eq(v->out->chain[i].county, county))
            return &v->out->chain[i];
    }
    return NULL;
}

/* Anchors of acts that there are have been compared already. */
static void check_anchor(struct verify *v, const struct anchor *a)
{
    Str act = arena_fmt(v->keep, "%.*s #%lld", (int)a->county.n, a->county.p, (long long)a->act);
    struct audit_chain *chain = chain_of(v, a->county);
    if (chain == NULL || chain->last < a->act)
        (void)audit_tell(v, DIAG_AUDIT_TAIL, act, a->file,
                         arena_fmt(v->keep, "%lld", chain == NULL ? 0LL : (long long)chain->last));
    if (a->is_signed)
        (void)is_good(v, a,
                      arena_fmt(v->keep, "%.*s: %.*s", (int)a->file.n, a->file.p, (int)act.n,
                                act.p)); /* told */
    else if (v->q->key != NULL)
        (void)audit_tell(v, DIAG_AUDIT_UNSIGNED, a->file, act, NO_ARG); /* is OK */
}

/* Tables that nothing here looks at must not be there. */

bool audit_covers(Str table)
{
    if (str_eq(table, S("act")) || str_eq(table, S("schema_version")))
        return true;
    for (int i = 0; i < db_seal_n(); i++) {
        if (str_eq(table, str_of(db_seal_table(i))))
            return true;
    }
    for (int i = 0; i < db_derived_n(); i++) {
        if (str_eq(table, str_of(db_derived_table(i))))
            return true;
    }
    for (int i = 0; i < db_pieces_n(); i++) {
        if (str_eq(table, str_of(db_pieces_table(i))))
            return true;
    }
    return false;
}

static bool is_unsealed(Str table)
{
    for (int i = 0; db_unsealed_table(i) != NULL; i++) {
        if (str_eq(table, str_of(db_unsealed_table(i))))
            return true;
    }
    return false;
}

static bool is_by_code(const struct verify *v, Str table)
{
    for (size_t i = 0; i < v->q->derived_n; i++) {
        if (str_eq(table, str_of(v->q->derived[i].table)))
            return true;
    }
    return false;
}

static enum status check_names(struct verify *v)
{
    struct db_rows rows;
    struct sql_table_names_row row;
    TRY(sql_table_names(v->conn, &rows));
    while (sql_table_names_next(&rows, &row)) {
        if (!audit_covers(row.name) && !is_by_code(v, row.name) && !is_unsealed(row.name))
            (void)audit_tell(v, DIAG_AUDIT_TABLE, row.name, NO_ARG, NO_ARG); /* is OK */
    }
    return db_rows_end(&rows);
}

/* Those derived by statements, then those by code. */
static enum status check_all_derived(struct verify *v)
{
    for (int i = 0; i < db_derived_n(); i++) {
        TRY(check_derived(v, i, false));
        TRY(check_derived(v, i, true));
    }
    for (size_t i = 0; i < v->q->derived_n; i++)
        TRY(v->q->derived[i].check(v->conn, v->keep, v->ds));
    return OK;
}

enum status audit_verify_rest(struct verify *v)
{
    TRY(check_all_derived(v));
    for (int i = 0; i < db_pieces_n(); i++)
        TRY(check_pieces(v, i));
    TRY(check_signatures(v));
    for (size_t i = 0; i < v->q->anchor_n; i++)
        check_anchor(v, &v->q->anchor[i]);
    return check_names(v);
}
