/* search_int.h - what an index is made of, and how a question is read.
 *
 *     index  ->  segment  segment  small segment        never changed; shared between indexes
 *                   `-- gone                            documents replaced or deleted since
 *
 * A segment is columns over its documents, in order of id:
 *
 *     glyph     沙 源 医 疗 科 技 0 曾 用 名 0 单 位    folded, without 有限公司; 0 between texts
 *     grams     gram -> documents that have it
 */
#ifndef GECI_MATCH_SEARCH_INT_H
#define GECI_MATCH_SEARCH_INT_H

#include "match/lists_int.h"
#include "match/search.h"
#include "text/fold.h"
#include "text/gram.h"
#include "text/pinyin.h"

enum { GLYPHS_MAX = 120, SEARCH_TEXTS = SEARCH_PARTS };

struct segment {
    struct arena *own;
    uint32_t users; /* indexes that share it */
    uint32_t n;
    uint32_t *id; /* ascending */
    uint8_t (*facet)[SEARCH_FACETS];
    uint8_t *prior;
    uint8_t *length; /* glyphs of the name, at most 255 */
    char *text;
    uint32_t
        *text_at; /* SEARCH_TEXTS of each document, in order of enum search_part, and the end */
    Glyph *glyph;
    uint32_t *glyph_at;          /* and the end */
    struct lists grams;          /* documents, ascending */
    uint32_t *by_code, code_n;   /* documents with a code, in order of it */
    uint32_t *by_inner, inner_n; /* those with a USCC, in order of its organisation code */
};

struct piece {
    struct segment *segment;
    uint64_t *gone; /* by document; NULL: none */
    uint32_t gone_n;
};

struct search_index {
    struct arena *own;
    struct piece *piece;
    uint32_t piece_n;
    uint32_t n;
};

/* --- segment.c --- */

struct segment *segment_build(const struct search_doc *d, uint32_t n);
void segment_close(struct segment *s); /* when nobody uses it */
Str segment_text(const struct segment *s, uint32_t doc, enum search_part part);
/* The document with this id, or UINT32_MAX. */
uint32_t segment_find(const struct segment *s, uint32_t id);
/* Folds the part of a name that is searched: legal forms are left out, but for a name that is
 * nothing else. */
void segment_fold(struct arena *keep, struct folded *out, Str name);

/* --- code.c --- */

/* A code as it is kept: upper case, without blanks. */
Str code_fold(struct arena *keep, Str s);
void code_sort(struct segment *s, struct arena *tmp);
enum { CODE_ORG_AT = 8, CODE_ORG_LEN = 9, CODE_LEN = 18 };
/* Documents [*lo, *hi) of by_code, or of by_inner, whose code begins with `head`. */
void code_range(const struct segment *s, bool inner, Str head, uint32_t *lo, uint32_t *hi);
/* Valid codes an error away from `typed`, each once. */
enum { CODE_NEAR_MAX = 96 };
uint32_t code_near(char out[static CODE_NEAR_MAX][CODE_LEN], Str typed);

/* --- ask.c --- */

enum { WORDS_MAX = 8, ASK_GRAMS_MAX = 224, ASK_GLYPHS_MAX = 64 };

struct ask_gram {
    uint32_t key;
    uint8_t kind; /* enum gram */
    uint8_t word;
    uint8_t glyph; /* of a GRAM_ONE: which of the word's */
    uint32_t seen; /* documents that have it and are in scope */
    uint32_t weight;
};

struct ask_word {
    bool latin;
    uint32_t n;
    Glyph glyph[ASK_GLYPHS_MAX];
    Readings heard[ASK_GLYPHS_MAX];
    int weight[ASK_GLYPHS_MAX]; /* of each, by how rare it is */
    int by_ear[ASK_GLYPHS_MAX]; /* what a homophone of it is worth */
    int mass;
};

struct question {
    struct ask_word word[WORDS_MAX];
    uint32_t word_n;
    struct ask_gram gram[ASK_GRAMS_MAX];
    uint32_t gram_n;
    Str code; /* may be one, folded; or empty */
};

void ask_read(struct arena *tmp, struct question *out, Str text);

/* --- align.c --- */

/* What is typed laid along a text: how much of it is there, 0 .. 1000. `mark` gets true for every
 * glyph of the text that stands for one typed; or NULL. */
int align_word(const struct ask_word *w, const Glyph *text, uint32_t n, bool *mark);

#endif
