/* format.h - a rule document as it is laid out by everybody: what `geci fmt` writes. */
#ifndef GECI_CHECK_FORMAT_H
#define GECI_CHECK_FORMAT_H

#include "base/base.h"

struct arena;
struct buf;
struct diags;

/* Canonical layout: one blank line between blocks, but none between a heading and its attributes;
 * `- key: value`, cells padded by one blank, `|---|` rules (alignment kept), half-width colon after
 * keys, no trailing blanks, LF, one newline at the end. Notes stay as they are. Idempotent; reading
 * the result gives the same sections, attributes, cells and clauses. Refuses a document the reader
 * reports errors for (ERR_INPUT). */
NODISCARD enum status format_document(struct arena *tmp, struct buf *out, Str text,
                                      struct diags *ds);

#endif
