/* sample.h - random rule documents with data to go with them, the same for the same seed.
 *
 * A document has fields of every type, period and blank policy, and a few items of every kind that
 * refer to earlier ones; expressions are typed and carry units, so nearly all documents compile.
 * Data are small numbers with many ties, zeros and gaps.
 */
#ifndef GECI_TEST_PROP_SAMPLE_H
#define GECI_TEST_PROP_SAMPLE_H

#include "base/base.h"

struct arena;

enum { SAMPLE_ROWS = 24, SAMPLE_YEAR = 2024, SAMPLE_DAY = 20269 /* 2025-06-30 */ };

struct sample {
    Str doc;
    Str head, row[SAMPLE_ROWS]; /* of the CSV, each with its newline */
    Str full[SAMPLE_ROWS];      /* the same facts with every gap filled */
    uint32_t row_n;
};

enum sample_kind {
    SAMPLE_ALL,
    SAMPLE_PLAIN,  /* nothing that looks at others or asks what is missing: more facts can only
                     narrow a result */
    SAMPLE_BLANKS, /* as all, and leaves and policies that say what blanks count as */
};

void sample_make(struct arena *keep, struct sample *out, uint64_t seed, enum sample_kind kind);
/* The CSV with its rows in the given order (NULL: as they are). */
Str sample_csv(struct arena *keep, const struct sample *s, const uint32_t *order);
Str sample_full_csv(struct arena *keep, const struct sample *s);

#endif
