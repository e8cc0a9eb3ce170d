/* lines.h - two texts line by line. */
#ifndef GECI_COMPARE_LINES_H
#define GECI_COMPARE_LINES_H

#include "base/base.h"

struct arena;

enum line_change { LINE_SAME, LINE_OLD, LINE_NEW };
struct compare_line {
    enum line_change change;
    uint32_t at[2]; /* its line in the old and in the new text, from 1; 0: not there */
    Str text;       /* without its end */
};
struct compare_lines {
    struct compare_line *line; /* what is gone before what came in its place */
    size_t n, gone, came;
};
/* The fewest lines gone and come, where they are at most LINES_APART; else everything between the
 * first and the last difference. Texts live in `old` and `new`. */
enum { LINES_APART = 2000 };
void compare_lines(struct arena *keep, struct compare_lines *out, Str old, Str new);

/* Sections begin with a heading (#). One is told by its heading, of equal ones by their order. */
struct compare_section {
    Str heading;      /* without the #; empty: what stands before the first */
    uint32_t line[2]; /* of the heading in either text, from 1; 0: it is not there */
};
/* Those that are not the same on both sides, in the order of the new text, then the removed. */
void compare_sections(struct arena *keep, struct compare_section **out, size_t *n, Str old,
                      Str new);

#endif
