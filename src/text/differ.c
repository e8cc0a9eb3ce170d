#include "text/differ.h"

#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "text/fold.h"
#include "text/pinyin.h"

enum {
    GLYPHS_MAX = 60,
    LEVEL_COST = 1, /* 市 behind a place */
    HEARD_COST = 4, /* a homophone */
    LEFT_OUT_COST = 6,
    SWAP_COST = 6,
    OTHER_COST = 10,
    BRANCH_COST = 20, /* a branch is a firm of its own */
    LEVEL_FROM = 2,
    LEVEL_TO = 4,
};

struct firm {
    Str branch;
    struct folded name;
};

static bool cut_end(Str *s, Str end)
{
    if (s->n <= end.n || !str_ends(*s, end))
        return false;
    s->n -= end.n;
    return true;
}

static void read_firm(struct arena *tmp, struct firm *out, Str name)
{
    static const char *const forms[] = {"有限责任公司", "有限公司", "公司"};
    Str s = fold_text(tmp, name), firm = S("公司");
    bool branch = str_ends(s, S("分公司")) || str_ends(s, S("分厂")) || str_ends(s, S("办事处"));
    size_t at = branch ? str_find(s, firm) + firm.n : s.n;
    out->branch = at < s.n ? str_sub(s, at, s.n) : S("");
    s.n -= out->branch.n;
    for (size_t i = 0; i < ARRAY_N(forms); i++)
        if (cut_end(&s, str_of(forms[i])))
            break;
    fold_glyphs(tmp, &out->name, s);
    out->name.n = out->name.n < GLYPHS_MAX ? out->name.n : GLYPHS_MAX;
}

/* Of a character that only one of the two has. */
static uint32_t left_out(const struct folded *f, uint32_t i)
{
    static const Glyph levels[] = {0x7701, 0x5E02, 0x53BF, 0x533A}; /* 省 市 县 区 */
    for (size_t k = 0; k < ARRAY_N(levels) && i >= LEVEL_FROM && i <= LEVEL_TO; k++)
        if (f->at[i] == levels[k])
            return LEVEL_COST;
    return LEFT_OUT_COST;
}

static uint32_t instead(Glyph a, Glyph b)
{
    return a == b                                    ? 0
           : pinyin_same(pinyin_of(a), pinyin_of(b)) ? (uint32_t)HEARD_COST
                                                     : (uint32_t)OTHER_COST;
}

static uint32_t least(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

/* Edit distance with these costs. */
static uint32_t distance(const struct folded *a, const struct folded *b)
{
    uint32_t d[GLYPHS_MAX + 1][GLYPHS_MAX + 1];
    d[0][0] = 0;
    for (uint32_t k = 0; k < b->n; k++)
        d[0][k + 1] = d[0][k] + left_out(b, k);
    for (uint32_t i = 0; i < a->n; i++) {
        d[i + 1][0] = d[i][0] + left_out(a, i);
        for (uint32_t k = 0; k < b->n; k++) {
            uint32_t best = d[i][k] + instead(a->at[i], b->at[k]);
            best = least(best, d[i][k + 1] + left_out(a, i));
            best = least(best, d[i + 1][k] + left_out(b, k));
            if (i > 0 && k > 0 && a->at[i] == b->at[k - 1] && a->at[i - 1] == b->at[k])
                best = least(best, d[i - 1][k - 1] + SWAP_COST);
            d[i + 1][k + 1] = best;
        }
    }
    return d[a->n][b->n];
}

uint32_t differ_names(struct arena *tmp, Str a, Str b)
{
    ArenaMark mark = arena_mark(tmp);
    struct firm x, y;
    read_firm(tmp, &x, a);
    read_firm(tmp, &y, b);
    uint32_t cost = distance(&x.name, &y.name) + (str_eq(x.branch, y.branch) ? 0 : BRANCH_COST);
    arena_reset(tmp, mark);
    return least(cost, DIFFER_MOST);
}
