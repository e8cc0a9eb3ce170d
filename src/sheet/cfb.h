/* cfb.h - a compound file: the streams of an old Office document, out of its chains of sectors. */
#ifndef GECI_SHEET_CFB_H
#define GECI_SHEET_CFB_H

#include "sheet/wire.h"

struct arena;

struct cfb {
    struct arena *arena;
    struct wire *wire;
    Str bytes;
    uint32_t sector, mini; /* bytes of a sector; of a small one */
    uint32_t *fat, *minifat;
    uint32_t fat_n, minifat_n;
    uint32_t small; /* shorter streams lie in small sectors */
    Str directory, ministream;
};

NODISCARD enum status cfb_open(struct cfb *c, struct arena *keep, struct wire *w, Str bytes);
/* The content of a stream of the root; p == NULL: there is none of that (ASCII) name. */
NODISCARD enum status cfb_stream(struct cfb *c, Str *out, const char *name);
bool cfb_has(const struct cfb *c, const char *name);

#endif
