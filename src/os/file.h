/* file.h - reading files and finding rule documents in folders.
 *
 * Errors: a failed call leaves *err with errno, the status says what the caller does next:
 * ERR_GONE (no such file), ERR_DENIED (may not), ERR_LIMIT (too large: EFBIG), ERR_IO (the rest).
 * Texts live on `keep`. Writing is os/out.h.
 */
#ifndef GECI_OS_FILE_H
#define GECI_OS_FILE_H

#include "base/base.h"
#include "base/diag.h"

struct arena;

enum file_kind { FILE_NONE, FILE_REGULAR, FILE_FOLDER, FILE_OTHER };

enum file_kind file_kind(Str path); /* follows links */

/* The whole file, `-` for standard input; at most `max` bytes. */
NODISCARD enum status file_read(struct arena *keep, Str *out, Str path, size_t max, int *err);

/* Every *.md below `folder` but README.md, in byte order of their paths. Hidden entries are left
 * out, linked folders not entered. */
NODISCARD enum status file_list_documents(struct arena *keep, Str **out, size_t *out_n, Str folder,
                                          int *err);

/* What errno means for the caller, and in words. */
enum status file_status(int err);
Str file_error(struct arena *keep, int err, enum lang lang);

#endif
