/* ask.c - a question as words, and the grams that documents with them have.
 *
 * Words end at blanks and where the script changes; each is looked for by itself, wherever it
 * stands in a document. Letters are read as pinyin in every sensible way, and as letters too.
 */
#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "match/search_int.h"

enum { CODE_TYPED_MIN = 3, SHORT_LETTERS = 5, INITIALS_MAX = 10, COMPANY_N = 2 };

static void add_gram(struct question *q, enum gram kind, uint32_t key, uint32_t glyph)
{
    for (uint32_t i = 0; i < q->gram_n; i++)
        if (q->gram[i].key == key)
            return;
    if (q->gram_n == ASK_GRAMS_MAX)
        return;
    q->gram[q->gram_n++] = (struct ask_gram){.key = key,
                                             .kind = (uint8_t)kind,
                                             .word = (uint8_t)(q->word_n - 1),
                                             .glyph = (uint8_t)glyph};
}

/* --- characters --- */

static void add_sounds(struct question *q, Readings a, Readings b, uint32_t glyph)
{
    uint16_t x[PINYIN_READINGS], y[PINYIN_READINGS];
    uint32_t n = pinyin_each(a, x), m = pinyin_each(b, y);
    for (uint32_t i = 0; i < n; i++)
        for (uint32_t k = 0; k < m; k++)
            add_gram(q, GRAM_SOUND, gram_of(GRAM_SOUND, x[i], y[k], 0), glyph);
}

static void add_characters(struct question *q, struct ask_word *w)
{
    for (uint32_t i = 0; i < w->n; i++) {
        w->heard[i] = pinyin_of(w->glyph[i]);
        add_gram(q, GRAM_ONE, gram_of(GRAM_ONE, w->glyph[i], 0, 0), i);
        if (i == 0)
            add_gram(q, GRAM_HEAD, gram_of(GRAM_HEAD, w->glyph[i], 0, 0), i);
        if (i >= 1) {
            add_gram(q, GRAM_TWO, gram_of(GRAM_TWO, w->glyph[i - 1], w->glyph[i], 0), i);
            add_sounds(q, w->heard[i - 1], w->heard[i], i);
        }
        if (i >= 2)
            add_gram(q, GRAM_SKIP, gram_of(GRAM_SKIP, w->glyph[i - 2], w->glyph[i], 0), i);
    }
}

/* --- letters --- */

struct steps {
    struct pinyin_step at[PINYIN_STEPS_MAX];
    uint32_t n;
    Str letters;
};

static uint16_t letter_of(const struct steps *s, uint32_t i)
{
    return (uint8_t)s->letters.p[s->at[i].beg];
}

static void add_third(struct question *q, const struct steps *s, uint32_t a, uint32_t b)
{
    for (uint32_t c = b + 1; c < s->n && s->at[c].beg <= s->at[b].end; c++)
        if (s->at[c].beg == s->at[b].end)
            add_gram(q, GRAM_LETTERS3,
                     gram_of(GRAM_LETTERS3, letter_of(s, a), letter_of(s, b), letter_of(s, c)),
                     s->at[a].beg);
}

static void add_second(struct question *q, const struct steps *s, uint32_t a)
{
    for (uint32_t b = a + 1; b < s->n && s->at[b].beg <= s->at[a].end; b++) {
        if (s->at[b].beg != s->at[a].end)
            continue;
        if (s->at[a].syllable != UINT16_MAX && s->at[b].syllable != UINT16_MAX)
            add_gram(q, GRAM_SOUND, gram_of(GRAM_SOUND, s->at[a].syllable, s->at[b].syllable, 0),
                     s->at[a].beg);
        else if (s->letters.n <= SHORT_LETTERS)
            add_gram(q, GRAM_LETTERS2, gram_of(GRAM_LETTERS2, letter_of(s, a), letter_of(s, b), 0),
                     s->at[a].beg);
        add_third(q, s, a, b);
    }
}

/* Every letter a first letter: what a short run may be even where it can be read as syllables. */
static void add_initials(struct question *q, const struct ask_word *w)
{
    const Glyph *g = w->glyph;
    for (uint32_t i = 1; i < w->n && w->n <= SHORT_LETTERS; i++)
        add_gram(q, GRAM_LETTERS2, gram_of(GRAM_LETTERS2, g[i - 1], g[i], 0), i);
    for (uint32_t i = 2; i < w->n && w->n <= INITIALS_MAX; i++)
        add_gram(q, GRAM_LETTERS3, gram_of(GRAM_LETTERS3, g[i - 2], g[i - 1], g[i]), i);
}

static void add_letters(struct question *q, struct ask_word *w)
{
    char letter[ASK_GLYPHS_MAX];
    struct steps s = {.letters = {letter, w->n}};
    for (uint32_t i = 0; i < w->n; i++)
        letter[i] = glyph_is_latin(w->glyph[i]) ? (char)w->glyph[i] : '1';
    add_gram(q, GRAM_HEAD, gram_of(GRAM_HEAD, w->glyph[0], 0, 0), 0);
    if (w->n == 1)
        add_gram(q, GRAM_ONE, gram_of(GRAM_ONE, w->glyph[0], 0, 0), 0);
    for (uint32_t i = 1; i < w->n; i++)
        add_gram(q, GRAM_TWO, gram_of(GRAM_TWO, w->glyph[i - 1], w->glyph[i], 0), i);
    s.n = pinyin_read(s.at, s.letters);
    for (uint32_t a = 0; a < s.n; a++) {
        bool whole = s.at[a].beg == 0 && s.at[a].end == w->n;
        if (whole && s.at[a].syllable != UINT16_MAX)
            add_gram(q, GRAM_SYLLABLE, gram_of(GRAM_SYLLABLE, s.at[a].syllable, 0, 0), 0);
        add_second(q, &s, a);
    }
    add_initials(q, w);
}

/* --- words --- */

static void add_word(struct question *q, const Glyph *g, uint32_t n)
{
    uint32_t have = 0;
    for (uint32_t i = 0; i < q->word_n; i++)
        have += q->word[i].n;
    n = n < ASK_GLYPHS_MAX - have ? n : ASK_GLYPHS_MAX - have;
    if (n == 0 || q->word_n == WORDS_MAX)
        return;
    struct ask_word *w = &q->word[q->word_n++];
    *w = (struct ask_word){.n = n};
    memcpy(w->glyph, g, n * sizeof *g);
    for (uint32_t i = 0; i < n; i++)
        w->latin = w->latin || glyph_is_latin(g[i]);
    if (w->latin)
        add_letters(q, w);
    else
        add_characters(q, w);
}

/* 0: goes with either side. */
static int script_of(Glyph g)
{
    return glyph_is_digit(g) ? 0 : glyph_is_latin(g) ? 1 : 2;
}

static void add_run(struct question *q, const struct folded *f)
{
    uint32_t beg = 0;
    int script = 0;
    for (uint32_t i = 0; i < f->n; i++) {
        int other = script_of(f->at[i]);
        if (script != 0 && other != 0 && other != script) {
            add_word(q, f->at + beg, i - beg);
            beg = i;
        }
        script = other != 0 ? other : script;
    }
    add_word(q, f->at + beg, f->n - beg);
}

/* What is left of a legal form at the end: 公司, 有限, 有限责任. */
static void cut_form(struct folded *f)
{
    static const Glyph ends[][4] = {
        {0x516C, 0x53F8}, {0x6709, 0x9650, 0x8D23, 0x4EFB}, {0x6709, 0x9650}};
    for (size_t k = 0; k < ARRAY_N(ends); k++) {
        uint32_t n = ends[k][2] == 0 ? 2 : 4;
        if (f->n >= n + COMPANY_N && memcmp(f->at + f->n - n, ends[k], n * sizeof(Glyph)) == 0) {
            f->n -= n;
            return;
        }
    }
}

static Str cut_blank(Str *rest)
{
    size_t at = 0, len = 1;
    for (; at < rest->n; at += len) {
        Rune r = rune_fold(utf8_at(*rest, at, &len));
        if (r <= ' ' || r == ',' || r == ';' || r == '+' || r == 0x3001)
            break;
    }
    Str head = str_sub(*rest, 0, at);
    *rest = at < rest->n ? str_sub(*rest, at + len, rest->n) : S("");
    return head;
}

/* Letters and digits only, of which one is a digit. */
static bool may_be_code(Str s)
{
    bool digit = false;
    for (size_t i = 0; i < s.n; i++) {
        if ((unsigned char)s.p[i] >= 0x80)
            return false;
        digit = digit || (s.p[i] >= '0' && s.p[i] <= '9');
    }
    return digit && s.n >= CODE_TYPED_MIN;
}

void ask_read(struct arena *tmp, struct question *out, Str text)
{
    Str code = code_fold(tmp, text);
    out->word_n = out->gram_n = 0;
    out->code = may_be_code(code) ? code : S("");
    while (text.n > 0) {
        struct folded f;
        Str one = cut_blank(&text);
        segment_fold(tmp, &f, one);
        cut_form(&f);
        add_run(out, &f);
    }
}
