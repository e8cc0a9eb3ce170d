/* seal.c - digests of the rows that an act adds to sealed tables, as they are written: reading them
 * back costs as much as writing them.
 *
 * They hold for plain inserts of whole rows, `INSERT INTO t (its columns) VALUES ($1, $2 ..)`, in
 * the order of the key. Whatever else an act does to a table makes its digest void, and the rows
 * are read (audit/act.c): an undone part, rows in another order, a statement of another form. */
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "db/db_int.h"

enum { COUNTY_N = 32 }; /* a longer one is read back */
enum form { FORM_UNKNOWN, FORM_PLAIN, FORM_OTHER };

struct sealing {
    enum digest_by by;
    int64_t act; /* 0: none has begun */
    char county[COUNTY_N];
    size_t county_n;
    enum form *form; /* by statement */
    struct table {
        struct digest *digest; /* NULL: nothing was written yet */
        int64_t n;
        bool is_void;
    } * table; /* by seal */
};

static struct sealing *sealing_of(struct db_conn *c)
{
    if (c->sealing == NULL) {
        c->sealing = ARENA_NEW(c->arena, struct sealing);
        c->sealing->form = ARENA_ARRAY(c->arena, enum form, (size_t)sql_statement_n());
        c->sealing->table = ARENA_ARRAY(c->arena, struct table, (size_t)db_seal_n() + 1);
    }
    return c->sealing;
}

void db_seal_begin(struct db_conn *c, enum digest_by by, Str county, int64_t act)
{
    struct sealing *s = sealing_of(c);
    for (int i = 0; i < db_seal_n(); i++) {
        struct table *t = &s->table[i];
        if (t->digest != NULL && s->by != by) {
            digest_close(t->digest);
            t->digest = NULL;
        }
        if (t->digest != NULL && t->n > 0)
            (void)digest_end(t->digest); /* of an act that came to nothing */
        t->n = 0;
        t->is_void = false;
    }
    s->by = by;
    s->act = county.n <= COUNTY_N ? act : 0;
    s->county_n = s->act == 0 ? 0 : county.n;
    memcpy(s->county, county.p, s->county_n);
}

void db_seal_void(struct db_conn *c)
{
    for (int i = 0; c->sealing != NULL && i < db_seal_n(); i++)
        c->sealing->table[i].is_void = true;
}

void db_seal_close(struct db_conn *c)
{
    for (int i = 0; c->sealing != NULL && i < db_seal_n(); i++)
        if (c->sealing->table[i].digest != NULL)
            digest_close(c->sealing->table[i].digest);
    c->sealing = NULL;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\n';
}

/* The same but for blanks and ends of lines. */
static bool same_words(Str a, Str b)
{
    size_t i = 0, j = 0;
    for (;; i++, j++) {
        while (i < a.n && is_blank(a.p[i]))
            i++;
        while (j < b.n && is_blank(b.p[j]))
            j++;
        if (i == a.n || j == b.n)
            return i == a.n && j == b.n;
        if (a.p[i] != b.p[j])
            return false;
    }
}

static enum form form_of(const struct db_conn *c, const struct sql_statement *s)
{
    struct buf b;
    struct arena *tmp = arena_open();
    buf_init(&b, tmp, BUF_MAX);
    buf_fmt(&b, "INSERT INTO %s (%s) VALUES (", db_seal_table(s->seal), db_seal_columns(s->seal));
    for (int i = 1; i <= s->in_n; i++)
        buf_fmt(&b, i > 1 ? ", $%d" : "$%d", i);
    buf_char(&b, ')');
    bool plain = same_words(buf_str(&b), str_of(s->text[c->db->kind]));
    arena_close(tmp);
    return plain ? FORM_PLAIN : FORM_OTHER;
}

static bool is_next(const struct sealing *s, const struct table *t, const struct db_value *in)
{
    return in[1].i == s->act && in[2].i == t->n && str_eq(in[0].s, (Str){s->county, s->county_n});
}

static void add_value(struct digest *d, const struct db_value *v)
{
    if (v->kind == 0)
        digest_null(d);
    else if (v->kind == 'i')
        digest_int(d, v->i);
    else
        digest_field(d, v->s);
}

void db_seal_add(struct db_conn *c, int statement, const struct db_value *in)
{
    const struct sql_statement *info = sql_statement(statement);
    struct sealing *s = c->sealing;
    if (s == NULL || s->act == 0)
        return;
    struct table *t = &s->table[info->seal];
    if (s->form[statement] == FORM_UNKNOWN)
        s->form[statement] = form_of(c, info);
    t->is_void |= s->form[statement] != FORM_PLAIN || !is_next(s, t, in);
    if (t->is_void)
        return;
    if (t->digest == NULL)
        t->digest = digest_open(s->by);
    for (int i = 0; i < info->in_n; i++)
        add_value(t->digest, &in[i]);
    t->n++;
}

bool db_seal_digest(struct db_conn *c, int seal, Digest *out, int64_t *n)
{
    const struct sealing *s = c->sealing;
    struct table *t = s == NULL ? NULL : &s->table[seal];
    if (t == NULL || s->act == 0 || t->is_void || t->n == 0)
        return false;
    *out = digest_end(t->digest);
    *n = t->n;
    t->n = 0;
    t->is_void = true; /* what the act writes still is read */
    return true;
}
