/* align.c - what was typed, laid along a text.
 *
 *     typed   京     山 轻     机            each typed character stands for one of the text;
 *     text    京 …   山 轻 工  机 械         what is passed over in the text costs a little
 *
 * cell (i, j): the most that i typed characters are worth when the last that stands for anything
 * stands for the text's j-th. A character is worth its weight, a homophone some four fifths of it,
 * two swapped nine tenths, one that is not there nothing; side by side counts more. Letters go
 * through the text by syllables: all of one, its first letter, or what was typed of the last.
 *
 * Cost: typed times text, some hundred cells for a name.
 */
#include <string.h>

#include "base/str.h"
#include "match/search_int.h"

enum {
    UNREACHED = -(1 << 28),
    WHOLE = 1000,
    PASSED_COST = 5,   /* a character of the text that is passed over */
    START_COST = 1,    /* the same in front of the first, */
    START_COST_N = 12, /* so many of them at most */
    WRONG_COST = 4,    /* a typed character that stands for nothing */
    BESIDE_PART = 5,   /* side by side is worth a fifth more */
    INITIAL_COST = 8,  /* a first letter is less sure than a syllable */
    LETTER_PASSED_COST = 16,
    LETTER_WRONG_COST = 50,
};

struct cell {
    int worth;
    uint8_t from_i, from_j;
    uint8_t stands; /* characters of the text that the last step stands for: those before this j */
};

/* How a character of the text may be typed in letters. */
struct spelt {
    uint32_t n;
    Str syllable[PINYIN_READINGS];
};

struct table {
    const struct ask_word *w;
    const Glyph *text;
    uint32_t n; /* of the text */
    Readings heard[GLYPHS_MAX];
    struct spelt spelt[GLYPHS_MAX]; /* for letters */
    struct cell cell[ASK_GLYPHS_MAX + 1][GLYPHS_MAX + 1];
};

/* A way so far: i typed characters are done, the next may stand for the text's j-th. */
struct way {
    uint32_t i, j, from_j; /* from_j: the cell it came by; j when nothing was passed over */
    int worth;
    bool beside;
};

static void go(struct table *t, const struct way *at, uint32_t typed, uint32_t stands, int gain)
{
    struct cell *to = &t->cell[at->i + typed][at->j + stands];
    int worth = at->worth + gain + (at->beside && gain > 0 ? gain / BESIDE_PART : 0);
    if (worth > to->worth)
        *to = (struct cell){worth, (uint8_t)at->i, (uint8_t)at->from_j, (uint8_t)stands};
}

static bool sounds_alike(Readings a, Readings b)
{
    bool one_each = ((a | b) & ~(Readings)PINYIN_ONE) == 0;
    return a != 0 && (a == b || (!one_each && pinyin_same(a, b)));
}

static void step_characters(struct table *t, const struct way *at)
{
    const struct ask_word *w = t->w;
    uint32_t i = at->i, j = at->j;
    if (w->glyph[i] == t->text[j]) {
        go(t, at, 1, 1, w->weight[i]);
        return;
    }
    if (sounds_alike(w->heard[i], t->heard[j]))
        go(t, at, 1, 1, w->by_ear[i]);
    if (i + 1 < w->n && j + 1 < t->n && w->glyph[i] == t->text[j + 1] &&
        w->glyph[i + 1] == t->text[j])
        go(t, at, 2, 2, (w->weight[i] + w->weight[i + 1]) * 9 / 10);
}

static void step_syllable(struct table *t, const struct way *at, Str syllable)
{
    const struct ask_word *w = t->w;
    uint32_t n = 0;
    while (n < syllable.n && at->i + n < w->n && w->glyph[at->i + n] == (uint8_t)syllable.p[n])
        n++;
    int worth = (int)n * w->weight[at->i];
    if (n == syllable.n)
        go(t, at, n, 1, worth);
    else if (n > 0 && at->i + n == w->n) /* still being typed */
        go(t, at, n, 1, worth - INITIAL_COST);
    if (n > 0 && syllable.n > 1)
        go(t, at, 1, 1, w->weight[at->i] - INITIAL_COST);
    if (n > 1 && syllable.n > 2 && syllable.p[1] == 'h')
        go(t, at, 2, 1, 2 * w->weight[at->i] - INITIAL_COST);
}

static void step_letters(struct table *t, const struct way *at)
{
    const struct spelt *s = &t->spelt[at->j];
    Glyph typed = t->w->glyph[at->i];
    if (t->text[at->j] == typed)
        go(t, at, 1, 1, t->w->weight[at->i]);
    for (uint32_t k = 0; k < s->n; k++)
        if ((uint8_t)s->syllable[k].p[0] == typed)
            step_syllable(t, at, s->syllable[k]);
}

static void step(struct table *t, const struct way *at)
{
    if (at->j == t->n)
        return;
    if (t->w->latin)
        step_letters(t, at);
    else
        step_characters(t, at);
}

/* All ways on from i typed characters. */
static void fill_row(struct table *t, uint32_t i)
{
    const struct ask_word *w = t->w;
    int passed_cost = w->latin ? LETTER_PASSED_COST : PASSED_COST;
    int wrong_cost = w->latin ? LETTER_WRONG_COST : WRONG_COST;
    struct way passed = {.i = i, .worth = UNREACHED};
    for (uint32_t j = 0; j <= t->n; j++) {
        int worth = t->cell[i][j].worth;
        passed.worth -= i == 0 ? 0 : passed_cost;
        passed.j = j;
        if (i > 0 && passed.worth > UNREACHED / 2)
            step(t, &passed);
        if (worth == UNREACHED)
            continue;
        struct way here = {i, j, j, worth, i > 0 || j == 0};
        step(t, &here);
        here.beside = false;
        go(t, &here, 1, 0, -wrong_cost);
        if (j < t->n)
            go(t, &here, 1, 1, -wrong_cost); /* stands for another: no mark, see trace */
        if (worth >= passed.worth) {
            passed.worth = worth;
            passed.from_j = j;
        }
    }
}

/* Marks what stands for something, backwards from the end of the best way. */
static void trace(const struct table *t, uint32_t i, uint32_t j, bool *mark)
{
    while (i > 0) {
        /* cppcheck-suppress arrayIndexOutOfBoundsCond; a row for each glyph of the question */
        const struct cell *c = &t->cell[i][j];
        bool wrong = c->worth <= t->cell[c->from_i][c->from_j].worth;
        for (uint32_t k = 0; k < c->stands && !wrong; k++)
            mark[j - 1 - k] = true;
        i = c->from_i;
        j = c->from_j;
    }
}

static void read_text(struct table *t)
{
    uint16_t syllable[PINYIN_READINGS];
    for (uint32_t j = 0; j < t->n; j++) {
        t->heard[j] = pinyin_of(t->text[j]);
        if (!t->w->latin)
            continue;
        t->spelt[j].n = pinyin_each(t->heard[j], syllable);
        for (uint32_t k = 0; k < t->spelt[j].n; k++)
            t->spelt[j].syllable[k] = pinyin_text(syllable[k]);
    }
}

int align_word(const struct ask_word *w, const Glyph *text, uint32_t n, bool *mark)
{
    struct table t;
    uint32_t best = 0;
    t.w = w;
    t.text = text;
    t.n = n < GLYPHS_MAX ? n : GLYPHS_MAX;
    if (w->n == 0 || t.n == 0)
        return 0;
    read_text(&t);
    for (uint32_t i = 0; i <= w->n; i++)
        for (uint32_t j = 0; j <= t.n; j++)
            t.cell[i][j].worth = UNREACHED;
    for (uint32_t j = 0; j < t.n; j++) {
        int passed = (int)(j < START_COST_N ? j : START_COST_N);
        t.cell[0][j] = (struct cell){.worth = -passed * START_COST};
    }
    for (uint32_t i = 0; i < w->n; i++)
        fill_row(&t, i);
    for (uint32_t j = 1; j <= t.n; j++)
        if (t.cell[w->n][j].worth > t.cell[w->n][best].worth)
            best = j;
    int worth = t.cell[w->n][best].worth;
    if (worth <= 0)
        return 0;
    if (mark != NULL)
        trace(&t, w->n, best, mark);
    int whole = w->mass + w->mass / BESIDE_PART;
    return worth >= whole ? WHOLE : (int)((int64_t)worth * WHOLE / whole);
}
