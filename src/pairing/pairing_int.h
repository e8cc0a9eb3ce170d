/* pairing_int.h - what the files of this folder share. */
#ifndef GECI_PAIRING_PAIRING_INT_H
#define GECI_PAIRING_PAIRING_INT_H

#include "base/buf.h"
#include "base/order.h"
#include "pairing/pairing.h"

/* Pairs as CSV, and back: those that are taken, or all. */
Str pairing_text(struct arena *keep, const struct pairing_pairs *x, bool taken_only);
NODISCARD enum status pairing_text_read(struct arena *keep, struct pairing_pairs *out, Str text,
                                        struct diags *ds);

#endif
