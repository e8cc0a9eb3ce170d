/* subject.h - what lists and the file of one subject share. */
#ifndef GECI_API_SUBJECT_H
#define GECI_API_SUBJECT_H

#include "api/type/type.h"

struct api_subject_page;
struct api_subject_query;
struct call;
struct field;
struct query_page;
struct selection;

/* What is asked, within the caller's scope: c->roster, c->scope. Its limit, order and columns are
 * for others. */
NODISCARD enum status subject_select(struct call *c, Str kind, const struct api_subject_query *q,
                                     struct selection **out);
/* The same, whole: a page of it. */
NODISCARD enum status subject_page(struct call *c, Str kind, const struct api_subject_query *q,
                                   struct api_subject_page *out);
/* A value as people write it; p == NULL where it is missing, or not to be seen. */
Str subject_cell(struct call *c, const struct query_page *p, uint32_t row, uint32_t column);
Str subject_column(struct call *c, const struct query_page *p, uint32_t column); /* 研发费用@2024 */
struct api_int subject_act(const struct call *c); /* after which it holds, if it may be told */
Str subject_figure(struct call *c, const struct field *f, Wide m); /* in its own unit */

#endif
