/* rows.c - some rows of a dataset as a dataset of their own. */
#include <string.h>

#include "query/query_int.h"

uint32_t bit_next(const uint64_t *bits, uint32_t i, uint32_t n)
{
    if (i >= n)
        return n;
    size_t w = i / WORD_ROWS;
    uint64_t word = bits[w] & UINT64_MAX << i % WORD_ROWS;
    while (word == 0 && ++w < vec_words(n))
        word = bits[w];
    return word == 0 ? n : (uint32_t)(w * WORD_ROWS + (size_t)__builtin_ctzll(word));
}

static bool is_empty(const struct column *c)
{
    for (size_t w = 0; w < vec_words(c->row_n); w++)
        if ((c->missing[w] ^ vec_word(w, c->row_n)) != 0)
            return false;
    return true;
}

/* Dictionaries keep their codes: texts come in the order of the codes. */
static struct labels *own_labels(struct arena *keep, const struct labels *from)
{
    struct labels *l = labels_open(keep);
    for (uint32_t code = 0; code < labels_n(from); code++)
        (void)labels_code(l, labels_text(from, code)); /* the same code again */
    return l;
}

static void take_figures(struct column *to, const struct column *from, const uint32_t *row,
                         uint32_t n)
{
    size_t size = vec_size(from->type);
    for (uint32_t i = 0; i < n; i++) {
        if (row[i] == UINT32_MAX || !column_has(from, row[i])) {
            memset((char *)to->value + i * size, 0, size);
            continue;
        }
        memcpy((char *)to->value + i * size, (const char *)from->value + row[i] * size, size);
        to->missing[i / WORD_ROWS] &= ~((uint64_t)1 << i % WORD_ROWS);
    }
}

static void take_column(struct dataset *to, const struct column *from, const struct rows_taken *t)
{
    struct column c = *from;
    size_t words = vec_words(t->n);
    c.row_n = t->n;
    c.shared = false;
    c.arena = to->arena;
    c.value = arena_raw(to->arena, (size_t)t->n + 1, vec_size(from->type));
    c.missing = arena_raw(to->arena, words + 1, sizeof(uint64_t));
    if (t->from == NULL) {
        memcpy(c.value, from->value, t->n * vec_size(from->type));
        memcpy(c.missing, from->missing, words * sizeof(uint64_t));
    } else {
        for (size_t w = 0; w < words; w++)
            c.missing[w] = vec_word(w, t->n);
        take_figures(&c, from, t->from, t->n);
    }
    VEC_PUSH(to->arena, to->column, to->column_n, to->column_cap) = c;
}

struct dataset *rows_take(struct arena *keep, const struct dataset *d, const struct rows_taken *t)
{
    ASSERT(t->from != NULL || t->n == d->row_n);
    struct dataset *out = ARENA_NEW(keep, struct dataset);
    out->arena = keep;
    out->row_n = t->n;
    out->id = ARENA_ARRAY(keep, Str, t->n);
    for (uint32_t i = 0; i < t->n; i++) {
        uint32_t row = t->from == NULL ? i : t->from[i];
        if (row != UINT32_MAX)
            out->id[i] = t->own_texts ? arena_copy(keep, d->id[row]) : d->id[row];
    }
    out->labels = t->own_texts ? own_labels(keep, d->labels) : labels_copy(keep, d->labels);
    for (size_t i = 0; i < d->column_n; i++) {
        const struct column *c = &d->column[i];
        if ((t->want == NULL || t->want[c->field]) && (!t->own_texts || !is_empty(c)))
            take_column(out, c, t);
    }
    return out;
}
