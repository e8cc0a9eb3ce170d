/* zip.h - the parts of a zip package in memory, unpacked piece by piece, within limits.
 *
 * A part is found by its name; names are never used for anything else. Refused are: more than 1,000
 * parts, encryption, zip64 and sizes beyond SHEET_UNPACKED_MAX, packages within the package, and
 * unpacking more than SHEET_UNPACKED_MAX or 100 times the file in all, whatever sizes are declared.
 */
#ifndef GECI_SHEET_ZIP_H
#define GECI_SHEET_ZIP_H

#include "sheet/wire.h"

struct arena;

struct zip_part {
    Str name;
    Str packed;    /* its bytes as they stand in the file */
    bool deflated; /* else stored */
    uint32_t size; /* as declared */
};

struct zip {
    struct arena *arena;
    struct wire *wire; /* for faults and progress */
    Str bytes;
    struct zip_part *part;
    uint32_t part_n;
    size_t budget; /* bytes that may still be unpacked */
};

NODISCARD enum status zip_open(struct zip *z, struct arena *keep, struct wire *w, Str bytes);
/* NULL: there is none. Upper and lower case are one, as Windows has it. */
const struct zip_part *zip_find(const struct zip *z, Str name);
/* Gives the content to `fn` in pieces; `last` is true once, with the last (it may be empty). */
typedef enum status (*zip_fn)(void *ctx, Str piece, bool last);
NODISCARD enum status zip_unpack(struct zip *z, const struct zip_part *p, zip_fn fn, void *ctx);

#endif
