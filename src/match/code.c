/* code.c - codes by their beginning, and with an error in them.
 *
 * A USCC has a check character, by which of the 540 codes that differ from a wrong one in one place
 * at most 18 are valid; so errors are looked up and not searched for.
 */
#include <string.h>

#include "base/arena.h"
#include "base/order.h"
#include "base/str.h"
#include "field/uscc.h"
#include "match/search_int.h"

static const char alphabet[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";

Str code_fold(struct arena *keep, Str s)
{
    char *to = arena_raw(keep, s.n + 1, 4);
    size_t n = 0;
    for (size_t at = 0, len; at < s.n; at += len) {
        Rune r = fold_rune(utf8_at(s, at, &len));
        r = r >= 'a' && r <= 'z' ? r - 'a' + 'A' : r;
        n += r == 0 ? 0 : utf8_encode(to + n, r);
    }
    return (Str){to, n};
}

/* --- order --- */

struct codes {
    const struct segment *s;
    const uint32_t *doc;
    size_t skip; /* bytes in front that do not count */
};

static Str code_of(const struct segment *s, uint32_t doc, bool inner)
{
    Str code = segment_text(s, doc, SEARCH_CODE);
    return inner ? str_sub(code, CODE_ORG_AT, code.n) : code;
}

static bool code_behind(const void *ctx, uint32_t a, uint32_t b)
{
    const struct codes *c = ctx;
    return str_cmp(code_of(c->s, c->doc[a], c->skip > 0), code_of(c->s, c->doc[b], c->skip > 0)) >
           0;
}

static uint32_t *sorted(struct segment *s, struct arena *tmp, const uint32_t *doc, uint32_t n,
                        size_t skip)
{
    struct codes c = {s, doc, skip};
    uint32_t *order = order_rows(tmp, n, code_behind, &c);
    uint32_t *out = arena_raw(s->own, n + 1, sizeof *out);
    for (uint32_t i = 0; i < n; i++)
        out[i] = doc[order[i]];
    return out;
}

void code_sort(struct segment *s, struct arena *tmp)
{
    uint32_t *any = arena_raw(tmp, s->n + 1, sizeof *any);
    uint32_t *uscc = arena_raw(tmp, s->n + 1, sizeof *uscc);
    for (uint32_t i = 0; i < s->n; i++) {
        size_t n = segment_text(s, i, SEARCH_CODE).n;
        if (n > 0)
            any[s->code_n++] = i;
        if (n == CODE_LEN)
            uscc[s->inner_n++] = i;
    }
    s->by_code = sorted(s, tmp, any, s->code_n, 0);
    s->by_inner = sorted(s, tmp, uscc, s->inner_n, CODE_ORG_AT);
}

/* The first of `list` whose code is not before `head`, or, with `past`, does not begin with it
 * either. */
static uint32_t bound(const struct segment *s, bool inner, Str head, bool past)
{
    const uint32_t *list = inner ? s->by_inner : s->by_code;
    uint32_t lo = 0, hi = inner ? s->inner_n : s->code_n;
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        Str code = code_of(s, list[mid], inner);
        if (str_cmp(code, head) < 0 || (past && str_starts(code, head)))
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

void code_range(const struct segment *s, bool inner, Str head, uint32_t *lo, uint32_t *hi)
{
    *lo = bound(s, inner, head, false);
    *hi = bound(s, inner, head, true);
}

/* --- errors --- */

struct near {
    char (*out)[CODE_LEN];
    uint32_t n;
};

static bool is_valid(const char code[static CODE_LEN])
{
    for (size_t i = 0; i < CODE_LEN; i++)
        if (memchr(alphabet, code[i], sizeof alphabet - 1) == NULL)
            return false;
    return uscc_check_char(code) == code[CODE_LEN - 1];
}

static void add(struct near *x, const char code[static CODE_LEN])
{
    if (x->n == CODE_NEAR_MAX || !is_valid(code))
        return;
    for (uint32_t i = 0; i < x->n; i++)
        if (memcmp(x->out[i], code, CODE_LEN) == 0)
            return;
    memcpy(x->out[x->n++], code, CODE_LEN);
}

/* Each character of the alphabet at `at`. */
static void try_all(struct near *x, char code[static CODE_LEN], size_t at)
{
    char was = code[at];
    for (size_t i = 0; i + 1 < sizeof alphabet; i++) {
        code[at] = alphabet[i];
        add(x, code);
    }
    code[at] = was;
}

static void one_wrong(struct near *x, char code[static CODE_LEN])
{
    size_t bad = 0, bad_at = 0;
    for (size_t i = 0; i < CODE_LEN; i++)
        if (memchr(alphabet, code[i], sizeof alphabet - 1) == NULL) {
            bad++;
            bad_at = i;
        }
    for (size_t i = 0; i < CODE_LEN && bad <= 1; i++)
        if (bad == 0 || bad_at == i)
            try_all(x, code, i);
}

static void two_swapped(struct near *x, char code[static CODE_LEN])
{
    for (size_t i = 0; i + 1 < CODE_LEN; i++) {
        char c = code[i];
        code[i] = code[i + 1];
        code[i + 1] = c;
        add(x, code);
        code[i + 1] = code[i];
        code[i] = c;
    }
}

uint32_t code_near(char out[static CODE_NEAR_MAX][CODE_LEN], Str typed)
{
    struct near x = {.out = out};
    char code[CODE_LEN];
    if (typed.n == CODE_LEN) {
        memcpy(code, typed.p, CODE_LEN);
        one_wrong(&x, code);
        two_swapped(&x, code);
    }
    for (size_t at = 0; at < CODE_LEN && typed.n == CODE_LEN - 1; at++) {
        memcpy(code, typed.p, at);
        memcpy(code + at + 1, typed.p + at, typed.n - at);
        code[at] = '0';
        try_all(&x, code, at);
    }
    for (size_t at = 0; at <= CODE_LEN && typed.n == CODE_LEN + 1; at++) {
        memcpy(code, typed.p, at);
        memcpy(code + at, typed.p + at + 1, CODE_LEN - at);
        add(&x, code);
    }
    return x.n;
}
