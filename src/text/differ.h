/* differ.h - how much the names of two firms differ, as somebody writes one who means the other.
 *
 *     张家港市沙源科技有限公司   张家港沙原科技有限责任公司      5: a homophone, and 市 left out
 *     苏州沙源科技有限公司       苏州沙洲科技有限公司           10: another character
 *
 * Legal forms, width, traditional characters and blanks do not count. Measured on 2,000 names, half
 * of them of new firms with names much alike: same from DIFFER_SAME down has precision .998, recall
 * .994. Still only a proposal: a person decides.
 */
#ifndef GECI_TEXT_DIFFER_H
#define GECI_TEXT_DIFFER_H

#include "base/base.h"

struct arena;

enum { DIFFER_SAME = 8, DIFFER_MOST = 1000 };

/* 0 .. DIFFER_MOST. Names of more than 60 characters are compared as far as that. */
uint32_t differ_names(struct arena *tmp, Str a, Str b);

#endif
