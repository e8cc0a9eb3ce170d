/* utf8.h - reading UTF-8 code points; widths; folding of full-width forms. Pure. */
#ifndef GECI_BASE_UTF8_H
#define GECI_BASE_UTF8_H

#include "base/base.h"

typedef uint32_t Rune;

enum { RUNE_BAD = 0xFFFD };

/* The code point at s.p[at], at < s.n; *len is its bytes (1 and RUNE_BAD for an ill-formed byte:
 * overlong, surrogate, beyond U+10FFFF, cut off). */
Rune utf8_at(Str s, size_t at, size_t *len);
/* Offset of the first ill-formed byte, or s.n. */
size_t utf8_bad_at(Str s);
size_t utf8_encode(char out[static 4], Rune r);

/* Columns on a terminal: 0 for combining marks, 2 for East Asian wide and full-width, else 1. */
int rune_width(Rune r);
size_t utf8_width(Str s);
size_t utf8_count(Str s); /* code points */

/* Full-width forms U+FF01..FF5E and U+3000, and the Chinese marks that rule text uses as operators
 * (，；：（）【】 、 stays), to their ASCII twins: （ -> ( ， -> , ％ -> % ≤ and ≥ stay. */
Rune rune_fold(Rune r);
/* Is there a character in it that rune_fold changes? */
bool utf8_has_wide(Str s);

/* Letters that may stand in a name: ASCII letters, '_', CJK ideographs, other Unicode letters and
 * letter numbers (Ⅰ Ⅱ, α); digits only behind the first. */
bool rune_is_letter(Rune r);
bool rune_is_digit(Rune r); /* '0'..'9' after folding */

#endif
