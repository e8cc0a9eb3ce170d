/* search.c - parts of names and codes, in whatever spelling.
 *
 *     \n 91320582MA1… \n 张家港示例精工有限公司 \n 曾用名甲 \n      a row's key, folded
 */
#include <string.h>

#include "query/query_int.h"
#include "text/fold.h"

static Str text_of(const struct rules *kind, const struct dataset *d, enum subject_role role,
                   uint32_t row)
{
    int32_t at = kind->role[role];
    const struct column *c = at < 0 ? NULL : dataset_find(d, (uint32_t)at, COL_NO_PERIOD);
    return c != NULL && column_has(c, row) ? labels_text(d->labels, (uint32_t)column_value(c, row))
                                           : S("");
}

bool search_concerns(const struct rules *kind, uint32_t field)
{
    return kind->role[SUBJECT_ROLE_NAME] == (int32_t)field ||
           kind->role[SUBJECT_ROLE_FORMER] == (int32_t)field;
}

Str search_key(struct arena *keep, struct arena *tmp, const struct rules *kind,
               const struct dataset *d, uint32_t row)
{
    ArenaMark mark = arena_mark(tmp);
    Str name = fold_text(tmp, text_of(kind, d, SUBJECT_ROLE_NAME, row));
    Str former = text_of(kind, d, SUBJECT_ROLE_FORMER, row), id = fold_text(tmp, d->id[row]);
    char *to = arena_raw(keep, id.n + name.n + 4 + 3 * former.n, 1);
    size_t n = 0;
    Str part[] = {id, name};
    to[n++] = '\n';
    for (size_t i = 0; i < ARRAY_N(part); i++) {
        memcpy(to + n, part[i].p, part[i].n);
        n += part[i].n;
        to[n++] = '\n';
    }
    while (former.n > 0) {
        Str one = fold_text(tmp, str_cut(&former, ';'));
        memcpy(to + n, one.p, one.n);
        n += one.n;
        to[n++] = '\n';
    }
    arena_reset(tmp, mark);
    return (Str){to, n};
}

void search_open(struct arena *keep, struct search *x, Str q)
{
    size_t n = 0, cap = 0;
    q = str_trim(q);
    while (q.n > 0) {
        Str word = fold_text(keep, str_cut(&q, ' '));
        if (word.n > 0)
            VEC_PUSH(keep, x->word, n, cap) = word;
    }
    x->word_n = (uint32_t)n;
}

/* May the part of the key that holds byte `at` be looked in? */
static bool is_open(const struct search *x, Str key, size_t at)
{
    int part = -1;
    for (size_t i = 0; i < at && part < 2; i++)
        part += key.p[i] == '\n';
    return part == 0 ? x->identity : part == 1 ? x->name : x->former;
}

static int rank_word(const struct search *x, Str key, Str word)
{
    int best = SEARCH_NONE;
    size_t at = str_find(key, word);
    while (best != SEARCH_EXACT && at < key.n) {
        size_t end = at + word.n;
        int rank = key.p[at - 1] != '\n' ? SEARCH_INSIDE
                   : key.p[end] != '\n'  ? SEARCH_PREFIX
                                         : SEARCH_EXACT;
        if (rank < best && is_open(x, key, at))
            best = rank;
        at += 1 + str_find(str_sub(key, at + 1, key.n), word);
    }
    return best;
}

int search_rank(const struct search *x, Str key)
{
    int worst = SEARCH_EXACT;
    for (uint32_t i = 0; i < x->word_n && worst != SEARCH_NONE; i++) {
        int rank = rank_word(x, key, x->word[i]);
        worst = rank > worst ? rank : worst;
    }
    return worst;
}
