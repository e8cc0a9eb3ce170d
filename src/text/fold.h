/* fold.h - one spelling for what is written in many: full width, upper case, traditional
 * characters. Blanks, brackets and marks fall away. */
#ifndef GECI_TEXT_FOLD_H
#define GECI_TEXT_FOLD_H

#include "base/base.h"
#include "base/utf8.h"

struct arena;

/* The folded character, or 0: it falls away. */
Rune fold_rune(Rune r);
/* The folded text, on `keep`. */
Str fold_text(struct arena *keep, Str s);

#endif
