/* kind.c - the verbs `kind set` and `kind list`: what the store keeps facts of. */
#include "base/arena.h"
#include "base/str.h"
#include "cmd/rule/docset.h"
#include "cmd/store/store.h"
#include "record/record.h"
#include "sql.h"

static int put_one(struct cli *c, struct store *s, struct record *r, const struct document *d,
                   size_t *n)
{
    bool changed;
    enum status st = record_kind_put(r, c->arena, &changed, d->text, &s->diags);
    if (st != OK)
        return store_fail(c, s, st);
    *n += changed;
    if (!c->quiet)
        buf_fmt(&c->out, "%.*s: %s\n", STR_ARG(d->rules->name),
                changed ? ZE(c, "已登记", "in force now") : ZE(c, "没有变化", "unchanged"));
    return 0;
}

/* Rules among the documents are left to `geci check`. */
static int put_all(struct cli *c, struct store *s, const struct document *d, size_t n)
{
    int code = store_begin(c, s);
    size_t changed = 0, kinds = 0;
    struct record r = record_of(&s->act);
    for (size_t i = 0; i < n && code == 0; i++)
        if (d[i].rules->doc_class != DOC_RULES) {
            code = put_one(c, s, &r, &d[i], &changed);
            kinds++;
        }
    if (code != 0)
        return code;
    if (kinds == 0)
        return store_fail(
            c, s,
            diag_add(&s->diags, DIAG_RECORD_NO_KIND, (Span){0, 0}, d[0].path, NO_ARG, NO_ARG));
    if (changed > 0)
        return store_commit(c, s, S("kind.set"), S("kind"),
                            arena_fmt(c->arena, "{\"kinds\":%zu}", changed));
    db_rollback(s->conn);
    return 0;
}

int cmd_kind_set(struct cli *c)
{
    struct docset set;
    struct document *doc = NULL;
    struct store s;
    int code = docset_open(c, &set);
    if (code == 0)
        code = docset_read_all(c, &set, &doc);
    for (size_t i = 0; code == 0 && i < set.n; i++)
        if (doc[i].diags.error_n > 0) {
            cli_diags(c, &doc[i].diags, doc[i].path, doc[i].text);
            code = EXIT_DATA;
        }
    if (code == 0)
        code = store_open(c, &s, DB_WRITE);
    if (code != 0)
        return code;
    code = put_all(c, &s, doc, set.n);
    store_close(&s);
    return code;
}

static int64_t subjects_of(struct cli *c, struct store *s, Str kind)
{
    struct db_rows rows;
    struct sql_subject_count_row row;
    int64_t n = 0;
    if (sql_subject_count(s->conn, &(struct sql_subject_count){s->county}, &rows) != OK)
        return 0;
    while (sql_subject_count_next(&rows, &row))
        n = str_eq(row.kind, kind) ? row.subjects : n;
    (void)c;
    return db_rows_end(&rows) == OK ? n : 0;
}

int cmd_kind_list(struct cli *c)
{
    struct store s;
    struct db_rows rows;
    struct sql_kind_names_row row;
    Str *name = NULL;
    size_t n = 0, cap = 0;
    int code = store_open(c, &s, DB_READ);
    if (code != 0)
        return code;
    enum status st = sql_kind_names(s.conn, &(struct sql_kind_names){s.county}, &rows);
    while (st == OK && sql_kind_names_next(&rows, &row))
        VEC_PUSH(c->arena, name, n, cap) = arena_copy(c->arena, row.kind);
    if (st == OK)
        st = db_rows_end(&rows);
    if (st != OK)
        return store_fail(c, &s, st);
    for (size_t i = 0; i < n; i++)
        buf_fmt(&c->out, ZE(c, "%.*s: %lld 个\n", "%.*s: %lld\n"), STR_ARG(name[i]),
                (long long)subjects_of(c, &s, name[i]));
    store_close(&s);
    return 0;
}
