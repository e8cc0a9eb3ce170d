#include "rule/words.h"

#include "base/str.h"

static const struct {
    enum word_class cls;
    enum word id;
    const char *zh, *en;
} words[] = {
#define WORD(cls, id, zh, en) {WORD_##cls, W_##id, zh, en},
#include "rule/word_list.h"
#undef WORD
};

static char fold_case(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool same_folded(Str a, const char *z)
{
    Str b = str_of(z);
    if (a.n != b.n || NEVER(a.n == 0)) /* a keyword without a twin */
        return false;
    for (size_t i = 0; i < a.n; i++)
        if (fold_case(a.p[i]) != fold_case(b.p[i]))
            return false;
    return true;
}

enum word word_find(enum word_class cls, Str text, bool *english)
{
    for (size_t i = 0; i < ARRAY_N(words); i++) {
        if (words[i].cls != cls)
            continue;
        bool zh = same_folded(text, words[i].zh);
        if (!zh && !same_folded(text, words[i].en))
            continue;
        if (english != NULL)
            *english = !zh;
        return words[i].id;
    }
    return W_NONE;
}

Str word_near(enum word_class cls, Str text)
{
    Str best = S("");
    size_t best_at = 3;
    for (size_t i = 0; i < ARRAY_N(words); i++) {
        if (words[i].cls != cls)
            continue;
        Str twin[2] = {str_of(words[i].zh), str_of(words[i].en)};
        for (int k = 0; k < 2; k++) {
            size_t d = str_distance(text, twin[k], best_at);
            if (d < best_at && d < twin[k].n / 2 + 1) {
                best = twin[k];
                best_at = d;
            }
        }
    }
    return best;
}

Str word_text(enum word w, bool english)
{
    size_t i = 0;
    while (words[i].id != w) {
        i++;
        ASSERT(i < ARRAY_N(words));
    }
    return str_of(english ? words[i].en : words[i].zh);
}
