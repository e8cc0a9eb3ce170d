/* fold.h - one spelling for what is written in many: full width, upper case, traditional
 * characters. Blanks, brackets and marks fall away.
 *
 *     text      深 圳 市 （ 集 团 ）          bytes 0 3 6 9 12 15 18
 *     folded    深 圳 市 集 团                of[3] = {12, 15}
 *
 * An index, a question and the comparison of names read one folding, so that they agree; the offset
 * map leads a place in what was folded back to the bytes somebody wrote, for marking them.
 */
#ifndef GECI_TEXT_FOLD_H
#define GECI_TEXT_FOLD_H

#include "base/base.h"
#include "base/utf8.h"

struct arena;

/* The folded character, or 0: it falls away. */
Rune fold_rune(Rune r);
/* The folded text, on `keep`. */
Str fold_text(struct arena *keep, Str s);

/* A folded character in two bytes. Those beyond the first plane, of which few stand in names, share
 * the numbers of the private use area: two of them may look alike to a search, never to a score. */
typedef uint16_t Glyph;

struct folded {
    Glyph *at;
    Span *of; /* of[i]: the bytes of the source that at[i] was read from; ascending */
    uint32_t n;
};
/* On `keep`. `s` is at most 4 GB. */
void fold_glyphs(struct arena *keep, struct folded *out, Str s);

bool glyph_is_latin(Glyph g); /* a .. z */
bool glyph_is_digit(Glyph g);

#endif
