/* import.h - an uploaded file, read as a request says. */
#ifndef GECI_API_NOUN_IMPORT_H
#define GECI_API_NOUN_IMPORT_H

#include "api/upload.h"
#include "exchange/import.h"

struct api_import_file;
struct api_import_how;
struct api_import_preview;
struct call;

struct reading {
    struct upload up;
    Str bytes;
    struct rules *kind;
    struct intake src;
    struct import m;  /* data NULL: the table cannot be read as facts; `faults` say why */
    bool only_rows;   /* nothing else is wrong than rows, if anything */
    struct diags all; /* what load_csv said */
    Str town;         /* rows of this locality only; p NULL: of any */
};

/* The caller's own upload, its table, and the rows of it. `tick` may be NULL. */
NODISCARD enum status import_read(struct call *c, int64_t no, const struct api_import_how *how,
                                  const struct sheet_tick *tick, struct reading *out);
/* The locality whose rows the caller may bring; p NULL: any. ERR_DENIED: none at all. */
NODISCARD enum status import_town(struct call *c, Str kind, Str *town);
/* What is known of an upload. */
NODISCARD enum status import_file_of(struct call *c, const struct upload *u,
                                     struct api_import_file *out);
/* twin.c: rows that look like a subject known under another identity. */
NODISCARD enum status import_twins(struct call *c, const struct reading *r,
                                   struct api_import_preview *out);
NODISCARD enum status import_book(struct call *c, const struct reading *r, Str *out);

#endif
