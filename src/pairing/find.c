/* find.c - the best for each need, by what the rosters hold. */
#include "base/arena.h"
#include "base/str.h"
#include "pairing/pairing_int.h"
#include "query/query.h"
#include "sql.h"

enum { REFUSED_MAX = 256 };

struct finding {
    struct suits *suits;
    const struct pairing_ask *ask;
    const struct roster *r;
    struct arena *keep, *tmp; /* tmp: of one need */
    uint32_t each;            /* found for it */
    struct pairing_pairs out;
};

static enum status read_refused(struct finding *f, int64_t need, int64_t *out, size_t *n)
{
    struct db_rows rows;
    struct sql_match_refused_row row;
    TRY(sql_match_refused(f->ask->conn, &(struct sql_match_refused){f->ask->county, need}, &rows));
    while (sql_match_refused_next(&rows, &row))
        if (*n < REFUSED_MAX)
            out[(*n)++] = row.answer;
    return db_rows_end(&rows);
}

static bool is_in(const int64_t *all, size_t n, int64_t one)
{
    for (size_t i = 0; i < n; i++)
        if (all[i] == one)
            return true;
    return false;
}

static int32_t within(int32_t score)
{
    return score < 0 ? 0 : score > ASSIGN_SCORE_MAX ? ASSIGN_SCORE_MAX : score;
}

static enum status find_for(struct finding *f, uint32_t row)
{
    const struct pairing_ask *ask = f->ask;
    int64_t refused[REFUSED_MAX];
    size_t refused_n = 0;
    struct suit_side side;
    struct suits_found found;
    TRY(suit_side(f->tmp, ask->scope, f->r, f->r->subject[row], &side));
    struct suit_ask q = {
        .of = &side, .kind = ask->other, .scope = ask->other_scope, .top = f->each};
    Str house = suit_house(f->keep, &side);
    TRY(suits_past(ask->conn, f->tmp, ask->county, house, &q));
    TRY(read_refused(f, f->r->subject[row], refused, &refused_n));
    TRY(suits_find(f->suits, f->tmp, &q, &found));
    Str need = arena_copy(f->keep, side.tie[0].identity);
    Str place = arena_copy(f->keep, side.doc.place), chain = arena_copy(f->keep, side.doc.chain);
    for (size_t i = 0; i < found.n; i++)
        if (!is_in(refused, refused_n, found.at[i].subject))
            VEC_PUSH(f->keep, f->out.at, f->out.n, f->out.cap) =
                (struct pairing_pair){.need = need,
                                      .answer = arena_copy(f->keep, found.at[i].identity),
                                      .place = place,
                                      .chain = chain,
                                      .house = house,
                                      .score = within(found.at[i].score)};
    return OK;
}

static enum status find_all(struct finding *f, uint32_t *needs)
{
    const struct pairing_ask *ask = f->ask;
    struct selection *chosen;
    struct query_page page = {0};
    struct arena *rows = arena_open();
    const ArenaMark mark = arena_mark(f->tmp);
    enum status st = query_select(ask->scope, f->r, &(struct query_ask){.where = ask->where}, rows,
                                  &chosen, ask->diags);
    if (st == OK)
        st = query_all(chosen, &(struct query_list){0}, rows, &page, ask->diags);
    *needs = st == OK ? page.n : 0;
    if (*needs > PAIRING_NEEDS_MAX)
        st = diag_add(ask->diags, DIAG_PAIRING_MANY, (Span){0, 0}, arena_fmt(f->keep, "%u", page.n),
                      arena_fmt(f->keep, "%d", PAIRING_NEEDS_MAX), NO_ARG);
    f->each = *needs > PAIRING_PAIRS_MAX / PAIRING_EACH ? PAIRING_PAIRS_MAX / *needs : PAIRING_EACH;
    for (uint32_t i = 0; i < *needs && st == OK; i++) {
        st = find_for(f, page.row[i]);
        arena_reset(f->tmp, mark);
        if (st == OK && ask->tick != NULL && !ask->tick(ask->ctx, i + 1, *needs))
            st = ERR_BUSY;
    }
    arena_close(rows);
    return st;
}

enum status pairing_find(struct suits *s, struct rosters *all, struct arena *keep,
                         const struct pairing_ask *ask, uint32_t *needs, Str *text)
{
    struct finding f = {.suits = s, .ask = ask, .keep = arena_open(), .tmp = arena_open()};
    f.r = roster_take(all, ask->kind);
    enum status st = f.r == NULL ? ERR_GONE : find_all(&f, needs);
    if (st == OK)
        *text = pairing_text(keep, &f.out, false);
    roster_release(f.r);
    arena_close(f.keep);
    arena_close(f.tmp);
    return st;
}
