/* str.h - questions about borrowed strings. No allocation, no locale; bytes are UTF-8. */
#ifndef GECI_BASE_STR_H
#define GECI_BASE_STR_H

#include "base/base.h"

Str str_of(const char *z); /* borrows a NUL-terminated string */
Str str_or_empty(Str s);   /* what is missing (p == NULL) as empty */
Str str_sub(Str s, size_t beg, size_t end);
bool str_eq(Str a, Str b);
int str_cmp(Str a, Str b); /* byte order, as memcmp: <0, 0, >0 */
bool str_starts(Str s, Str prefix);
bool str_ends(Str s, Str suffix);
/* ASCII blanks, and U+3000 (ideographic space), cut off both ends. */
Str str_trim(Str s);
/* Offset of the first `needle` in `s`, or s.n. */
size_t str_find(Str s, Str needle);
/* Cuts `*rest` at the first byte `sep`: returns what is before it, `*rest` becomes what is after.
 * Without a `sep` returns everything and empties `*rest`. */
Str str_cut(Str *rest, char sep);
uint64_t str_hash(Str s); /* for hash tables only; the same on every machine */

/* Bytes as lower-case hexadecimal digits, with a NUL behind: `out` has room for 2 * bytes.n + 1. */
void str_hex(char *out, Str bytes);
/* The n bytes that 2 * n digits of either case stand for; false: `hex` is something else. */
NODISCARD bool str_unhex(uint8_t *out, size_t n, Str hex);

/* Edit distance in code points (insert, delete, replace, swap neighbours), capped: returns `cap`
 * as soon as the distance reaches it, and for names of more than 64 code points. Serves "did you
 * mean". */
size_t str_distance(Str a, Str b, size_t cap);

#endif
