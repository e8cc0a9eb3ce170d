/* vary.h - a document with an assumption changed, as an edit of its text.
 *
 * So whatever a changed assumption gives, anybody with an editor can have it too: nothing is
 * computed in another way than by compiling a document. The bounds of a section are
 *
 *     the value of a 参数                        numbers in the cells a table tests
 *     what a formula compares with              门槛 目标 标准, if they are numbers
 *     bounds of 目标区间 达标率 限幅 封顶 保底 极差标准化, both ends of 缩尾
 *
 * as far as they are written as numbers other than 0. They are multiplied, all by the same factor,
 * so that bands neither open nor overlap; of 缩尾 the shares cut off at either end are.
 */
#ifndef GECI_ROBUST_VARY_H
#define GECI_ROBUST_VARY_H

#include "rule/model.h"

enum { VARY_MILLION = 1000000 };

struct edit {
    Span span;
    Str text;
};

/* Edits that multiply the bounds of an item by 1 + ppm / 10^6; their number, 0: it has none. */
uint32_t vary_bounds(struct arena *keep, struct edit **out, const struct rules *r, uint32_t item,
                     int32_t ppm);
/* The edit that puts the k-th 备选 in its place. */
struct edit vary_instead(const struct rules *r, uint32_t item, uint32_t k);
/* The text edited; where edits meet the first one counts. Sorts `edit`. */
Str vary_text(struct arena *keep, Str text, struct edit *edit, size_t n);

#endif
