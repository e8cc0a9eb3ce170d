/* technique.c - words of techniques as officers put them into force, and what was learned. */
#include "base/arena.h"
#include "base/str.h"
#include "db/db.h"
#include "query/technique_int.h"
#include "record/record.h"
#include "rulebook/rulebook.h"
#include "sql.h"

/* What such a document is about. */
static const char subject_zh[] = "需求与供给的文本", subject_en[] = "texts of needs and supplies";

struct technique *technique_open(Str text, Sha256 hash)
{
    struct arena *own = arena_open();
    struct technique *t = ARENA_NEW(own, struct technique);
    *t = (struct technique){.own = own, .refs = 1, .hash = hash};
    if (text.n > 0 && taxonomy_read(own, &t->taxonomy, arena_copy(own, text), NULL) != OK)
        t->taxonomy = NULL;
    return t;
}

void technique_close(struct technique *t)
{
    arena_close(t->own);
}

enum status technique_find(struct db_conn *c, struct arena *keep, Str county, Str *text,
                           Sha256 *hash)
{
    struct rulebook_entry *all, *last = NULL;
    size_t n;
    TRY(rulebook_all(c, keep, &all, &n, county));
    for (size_t i = 0; i < n; i++)
        if (all[i].state == RULEBOOK_PUBLISHED && (last == NULL || all[i].entry > last->entry) &&
            (str_eq(all[i].kind, str_of(subject_zh)) || str_eq(all[i].kind, str_of(subject_en))))
            last = &all[i];
    if (last == NULL)
        return ERR_GONE;
    *hash = last->hash;
    return rulebook_text(c, keep, text, county, last);
}

/* --- what was learned --- */

void learned_close(struct learned *l)
{
    sense_close(l->sense);
    arena_close(l->own);
}

static bool is_known(struct learned *const *known, size_t n, const Sha256 *hash,
                     const struct sql_match_learned_now_row *row)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(known[i]->kind, row->kind) && known[i]->weight == row->weight &&
            str_eq(sha256_str(&known[i]->hash), sha256_str(hash)))
            return true;
    return false;
}

static enum status learned_open(struct db_conn *c, Str county, const Sha256 *hash,
                                const struct sql_match_learned_now_row *row, struct learned **out)
{
    struct arena *own = arena_open(), *tmp = arena_open();
    Str bytes;
    *out = ARENA_NEW(own, struct learned);
    **out = (struct learned){.own = own,
                             .refs = 1,
                             .hash = *hash,
                             .kind = arena_copy(own, row->kind),
                             .weight = (uint16_t)row->weight};
    enum status st = content_get(c, tmp, &bytes, county, *hash, SENSE_BYTES_MAX);
    if (st == OK)
        (*out)->sense = sense_read(bytes);
    arena_close(tmp);
    if (st == OK && (*out)->sense == NULL)
        st = ERR_INPUT;
    if (st != OK)
        learned_close(*out);
    return st;
}

enum status learned_find(struct db_conn *c, Str county, struct learned *const *known,
                         size_t known_n, struct learned *out[static LEARNED_MAX], size_t *n)
{
    struct arena *tmp = arena_open();
    struct sql_match_learned_now_row row, *all = NULL;
    struct db_rows rows;
    size_t all_n = 0, cap = 0;
    *n = 0;
    enum status st = sql_match_learned_now(c, &(struct sql_match_learned_now){county}, &rows);
    while (st == OK && sql_match_learned_now_next(&rows, &row)) {
        row.kind = arena_copy(tmp, row.kind);
        row.model = arena_copy(tmp, row.model);
        VEC_PUSH(tmp, all, all_n, cap) = row;
    }
    st = st == OK ? db_rows_end(&rows) : st;
    for (size_t i = 0; i < all_n && *n < LEARNED_MAX && st == OK; i++) {
        Sha256 hash = sha256_from(all[i].model);
        if (!is_known(known, known_n, &hash, &all[i])) {
            st = learned_open(c, county, &hash, &all[i], &out[*n]);
            *n += st == OK;
        }
    }
    arena_close(tmp);
    return st;
}
