/* gb18030.h - GB 18030-2005 to UTF-8, strict. The table is made by tools/gen_gb18030.c. */
#ifndef GECI_BASE_GB18030_H
#define GECI_BASE_GB18030_H

#include "base/base.h"

struct buf;

/* Appends `bytes` as UTF-8. Returns where the first byte stands that is not GB18030, or bytes.n. */
NODISCARD size_t gb18030_to_utf8(struct buf *out, Str bytes);

#endif
