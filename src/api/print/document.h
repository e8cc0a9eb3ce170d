/* document.h - the API as others read it, from the same tables that serve it. */
#ifndef GECI_API_DOCUMENT_H
#define GECI_API_DOCUMENT_H

#include "api/type/type.h"

struct buf;

extern const struct api_type *const API_TYPES[];
extern const int API_TYPE_N;
const struct api_type *api_type_named(const char *name); /* NULL: none such */

void api_openapi(struct buf *out);    /* OpenAPI 3.1, JSON */
void api_typescript(struct buf *out); /* types and a function a route, for the client */
void api_matrix(struct buf *out);     /* Markdown: who may do what */

#endif
