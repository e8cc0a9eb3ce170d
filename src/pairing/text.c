/* text.c - pairs as a table: 需求,供给,得分,属地,产业链,需求方. The first of a need says all,
 * the others leave out what is of the need: 640,000 pairs take some 20 MB. */
#include "base/arena.h"
#include "base/csv.h"
#include "base/decimal.h"
#include "base/str.h"
#include "pairing/pairing_int.h"

enum { C_NEED, C_ANSWER, C_SCORE, C_PLACE, C_CHAIN, C_HOUSE, COLUMNS };
static const char HEAD[] = "需求,供给,得分,属地,产业链,需求方\n";

Str pairing_text(struct arena *keep, const struct pairing_pairs *x, bool taken_only)
{
    struct buf b;
    Str need = S("");
    buf_init(&b, keep, PAIRING_BYTES_MAX);
    buf_add(&b, str_of(HEAD));
    for (size_t i = 0; i < x->n; i++) {
        const struct pairing_pair *p = &x->at[i];
        if (taken_only && !p->taken)
            continue;
        bool same = str_eq(p->need, need);
        need = p->need;
        csv_write_cell(&b, same ? S("") : p->need, true, false);
        csv_write_cell(&b, p->answer, false, false);
        buf_fmt(&b, ",%d", p->score);
        csv_write_cell(&b, same ? S("") : p->place, false, false);
        csv_write_cell(&b, same ? S("") : p->chain, false, false);
        csv_write_cell(&b, same ? S("") : p->house, false, false);
        csv_write_end(&b);
    }
    return buf_str(&b);
}

/* What this program wrote: whatever else there is would be damage. `before`: the row before. */
static bool read_row(struct arena *keep, const struct csv *c, const struct pairing_pair *before,
                     struct pairing_pair *out)
{
    Dec score;
    if (c->cell_n != COLUMNS || !dec_parse(&score, c->cell[C_SCORE].text, NULL) ||
        score.scale > 0 || score.m < 0 || dec_trim(score).m > ASSIGN_SCORE_MAX)
        return false;
    if (before != NULL && c->cell[C_NEED].text.n == 0)
        *out = *before;
    else
        *out = (struct pairing_pair){.need = arena_copy(keep, c->cell[C_NEED].text),
                                     .place = arena_copy(keep, c->cell[C_PLACE].text),
                                     .chain = arena_copy(keep, c->cell[C_CHAIN].text),
                                     .house = arena_copy(keep, c->cell[C_HOUSE].text)};
    out->answer = arena_copy(keep, c->cell[C_ANSWER].text);
    out->score = (int32_t)dec_trim(score).m;
    return true;
}

enum status pairing_text_read(struct arena *keep, struct pairing_pairs *out, Str text,
                              struct diags *ds)
{
    struct csv c;
    csv_open(&c, keep, text);
    *out = (struct pairing_pairs){0};
    for (size_t i = 0; i < text.n; i++)
        out->cap += text.p[i] == '\n';
    out->at = arena_raw(keep, out->cap + 1, sizeof *out->at);
    ASSERT(out->at != NULL);
    TRY(csv_next(&c, ds)); /* the head */
    for (;;) {
        TRY(csv_next(&c, ds));
        if (c.cell_n == 0)
            return OK;
        struct pairing_pair row;
        if (!read_row(keep, &c, out->n == 0 ? NULL : &out->at[out->n - 1], &row))
            return ERR_IO;
        VEC_PUSH(keep, out->at, out->n, out->cap) = row;
    }
}
