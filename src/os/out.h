/* out.h - writing text to a file or to a standard stream.
 *
 *     out_open -> out_write .. -> out_commit        the file appears whole, or
 *                              -> out_drop          stays as it was
 *
 * A file is written beside its place under a passing name, synced and renamed, so that a reader
 * sees the old text or the new one, and a crash leaves the old. A link is followed; what is no
 * regular file (a terminal, a pipe) is written straight. `-` or an empty path is standard output.
 * Errors: as file.h; the first one sticks, later writes do nothing, out_commit returns it.
 */
#ifndef GECI_OS_OUT_H
#define GECI_OS_OUT_H

#include "base/base.h"

struct arena;
struct out;

NODISCARD enum status out_open(struct arena *keep, struct out **out, Str path, int *err);
void out_write(struct out *o, Str text);
NODISCARD enum status out_commit(struct out *o, int *err);
void out_drop(struct out *o);

/* All at once. */
NODISCARD enum status out_file(Str path, Str text, int *err);

/* A new file that only its owner may read; ERR_DENIED with EEXIST when there is one already. */
NODISCARD enum status out_secret(Str path, Str text, int *err);

void out_remove(Str path); /* a file this program made; failure does not matter */

/* To standard output or standard error; false: it could not all be written. */
bool out_stdout(Str text);
bool out_stderr(Str text);

#endif
