/* technique.c - words of techniques as officers put them into force. */
#include "base/arena.h"
#include "base/str.h"
#include "db/db.h"
#include "query/technique_int.h"
#include "rulebook/rulebook.h"

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
