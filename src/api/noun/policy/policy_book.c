/* policy_book.c - one book in front, made anew when other entries are published. */
#include "api/noun/policy/policy_book.h"

#include "api/call.h"
#include "api/server_int.h"
#include "base/arena.h"
#include "base/decimal.h"
#include "base/str.h"
#include "check/check.h"
#include "os/thread.h"
#include "rule/walk.h"
#include "rulebook/rulebook.h"

enum { MARK_MAX = 1 << 16, FEN_DECIMALS = 2 };

struct policy_books {
    struct lock *lock;
    struct policy_book *now; /* NULL at first; the lock's holder counts as one user */
};

struct policy_books *policy_books_open(struct arena *keep)
{
    struct policy_books *b = ARENA_NEW(keep, struct policy_books);
    b->lock = lock_open(keep);
    return b;
}

static void release(const struct policy_book *book)
{
    if (book != NULL && --*book->users == 0)
        arena_close(book->arena);
}

void policy_books_close(struct policy_books *b)
{
    release(b->now);
    lock_close(b->lock);
}

/* ---- making one ---- */

static void see_expr(void *arg, const struct expr *e)
{
    bool *population = arg;
    *population |= e->kind == EXPR_POP;
}

static bool needs_all(struct arena *tmp, const struct rules *r)
{
    bool population = false;
    struct walker w = {.visit = see_expr, .arg = &population, .tmp = tmp};
    for (uint32_t i = 0; i < r->item_n; i++)
        walk_expr(&w, r->item[i].expr);
    for (uint32_t i = 0; i < r->field_n; i++)
        population |= r->field[i].blank == BLANK_MEAN || r->field[i].blank == BLANK_MEDIAN;
    return population;
}

/* A document that was published compiles; one whose policies do not is left to its authors. */
static enum status add_source(struct call *c, struct policy_book *b, const struct rulebook_entry *e)
{
    struct diags ds;
    struct rules *r;
    struct entitle *own;
    Str text;
    diags_init(&ds, b->arena);
    TRY(rulebook_text(c->conn, b->arena, &text, c->county, e));
    if (check_load(b->arena, &r, S("rules.md"), text, &ds) != OK ||
        entitle_open(b->arena, &own, r, &ds) != OK || own->policy_n == 0)
        return OK;
    struct rulebook_entry whole;
    TRY(rulebook_get(c->conn, c->arena, &whole, c->county, e->entry));
    int64_t act = whole.step_n > 0 ? whole.step[whole.step_n - 1].act : 0;
    b->at[b->n++] = (struct policy_source){e->entry, act, own, needs_all(b->arena, r)};
    return OK;
}

static Str mark_of(struct call *c, const struct rulebook_entry *e, size_t n)
{
    struct buf b;
    buf_init(&b, c->arena, MARK_MAX);
    for (size_t i = 0; i < n; i++)
        if (e[i].state == RULEBOOK_PUBLISHED)
            buf_fmt(&b, "%lld ", (long long)e[i].entry);
    return buf_str(&b);
}

static enum status make(struct call *c, struct policy_book **out, const struct rulebook_entry *e,
                        size_t n, Str mark)
{
    struct arena *a = arena_open();
    struct policy_book *b = ARENA_NEW(a, struct policy_book);
    *b = (struct policy_book){.arena = a, .users = ARENA_NEW(a, int), .mark = arena_copy(a, mark)};
    *b->users = 1;
    b->at = ARENA_ARRAY(a, struct policy_source, n + 1);
    enum status st = OK;
    for (size_t i = 0; i < n && st == OK; i++)
        if (e[i].state == RULEBOOK_PUBLISHED)
            st = add_source(c, b, &e[i]);
    if (st == OK)
        *out = b;
    else
        arena_close(a);
    return st;
}

enum status policy_book_take(struct call *c, const struct policy_book **out)
{
    struct policy_books *books = c->api->policies;
    struct rulebook_entry *e;
    size_t n;
    enum status st = OK;
    TRY(rulebook_all(c->conn, c->arena, &e, &n, c->county));
    Str mark = mark_of(c, e, n);
    lock_take(books->lock);
    if (books->now == NULL || !str_eq(books->now->mark, mark)) {
        struct policy_book *made = NULL;
        st = make(c, &made, e, n, mark);
        if (st == OK) {
            release(books->now);
            books->now = made;
        }
    }
    if (st == OK) {
        ++*books->now->users;
        *out = books->now;
    }
    lock_give(books->lock);
    return st;
}

void policy_book_give(struct call *c, const struct policy_book *book)
{
    struct policy_books *books = c->api->policies;
    lock_take(books->lock);
    release(book);
    lock_give(books->lock);
}

/* ---- looking ---- */

Str policy_id(struct arena *keep, const struct policy_source *s, uint32_t policy)
{
    return arena_fmt(keep, "%lld.%u", (long long)s->entry, policy);
}

Str policy_key(Str code, Str name)
{
    return code.n > 0 ? code : name;
}

struct api_policy_money policy_range(struct call *c, Money m)
{
    return (struct api_policy_money){call_decimal(c, m.lo, FEN_DECIMALS),
                                     m.hi == FEN_OPEN ? NO_ARG
                                                      : call_decimal(c, m.hi, FEN_DECIMALS)};
}

bool policy_find(const struct policy_book *b, Str id, const struct policy_source **s,
                 uint32_t *policy)
{
    Str rest = id, first = str_cut(&rest, '.');
    Dec entry, at;
    if (!dec_parse(&entry, first, NULL) || !dec_parse(&at, rest, NULL) || entry.scale != 0 ||
        at.scale != 0 || at.m < 0)
        return false;
    for (size_t i = 0; i < b->n; i++)
        if (b->at[i].entry == entry.m && at.m < b->at[i].e->policy_n) {
            *s = &b->at[i];
            *policy = (uint32_t)at.m;
            return true;
        }
    return false;
}

bool policy_in_force(const struct rules *r, Day day)
{
    return (!r->has_from || day >= r->from) && (!r->has_until || day <= r->until);
}
