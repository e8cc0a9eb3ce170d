/* view.h - a file's bytes where the system has them already, without a copy.
 *
 * Reading a large file costs fresh pages for the copy, and on many machines those cost more than
 * the copying. A view maps the file; a lease keeps others from changing it meanwhile (they wait, 45
 * seconds at most unless the system was told otherwise), so that the bytes stay what they were.
 * Where no lease is to be had (somebody has it open for writing, a network file system, a file of
 * another owner), for small files and pipes, the file is read as file_read does.
 */
#ifndef GECI_OS_VIEW_H
#define GECI_OS_VIEW_H

#include "base/base.h"

struct arena;
struct file_view;

/* Errors as of file_read. The bytes last until view_close, or as long as `keep`. */
NODISCARD enum status view_open(struct arena *keep, struct file_view **v, Str *out, Str path,
                                size_t max, int *err);
void view_close(struct file_view *v); /* NULL is fine */

#endif
