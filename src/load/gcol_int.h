/* gcol_int.h - the parts of a column file, for those that write (gcol_write.c), check (gcol.c) and
 * read it under a rule document (load_gcol.c). */
#ifndef GECI_LOAD_GCOL_INT_H
#define GECI_LOAD_GCOL_INT_H

#include "base/hash.h"
#include "base/swar.h"
#include "load/gcol.h"

enum {
    GCOL_VERSION = 1,
    GCOL_ALIGN = 64,
    GCOL_ENTRY = 64, /* bytes of the header, and of each section in the directory */
    GCOL_HASH_AT = 32,
    GCOL_DECIMALS_MAX = 18,
};
#define GCOL_MAGIC S("geci.col")

/* These numbers stand in files. */
enum gcol_kind { GCOL_NAMES, GCOL_TEXTS, GCOL_WORDS, GCOL_CODES, GCOL_FIGURES, GCOL_PRESENT };

/* An entry of the directory. */
struct gcol_section {
    enum gcol_kind kind;
    uint32_t column;
    Str bytes;
    uint32_t n; /* texts, rows */
    uint8_t width, decimals, fixed;
};

struct gcol_texts {
    const char *offset, *text;
    uint32_t n;
};

struct gcol_column {
    Str name;
    enum gcol_kind kind;     /* GCOL_TEXTS, GCOL_WORDS, GCOL_FIGURES */
    struct gcol_texts texts; /* of the rows, or the words */
    const char *value;       /* codes or figures */
    const char *present;     /* of figures */
    unsigned width, decimals;
    bool fixed;
};

struct gcol {
    uint32_t row_n;
    size_t column_n;
    struct gcol_column *column;
    Str head;
};

static inline uint16_t gcol_u16(const char *p)
{
    uint16_t x;
    memcpy(&x, p, sizeof x);
    return __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? x : __builtin_bswap16(x);
}

static inline uint32_t gcol_u32(const char *p)
{
    uint32_t x;
    memcpy(&x, p, sizeof x);
    return __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? x : __builtin_bswap32(x);
}

static inline uint32_t gcol_code(const struct gcol_column *c, uint32_t row)
{
    const char *p = c->value + (size_t)row * c->width;
    return c->width == 1 ? (uint8_t)*p : c->width == 2 ? gcol_u16(p) : gcol_u32(p);
}

static inline int64_t gcol_figure(const struct gcol_column *c, uint32_t row)
{
    const char *p = c->value + (size_t)row * c->width;
    return c->width == 1   ? (int8_t)*p
           : c->width == 2 ? (int16_t)gcol_u16(p)
           : c->width == 4 ? (int32_t)gcol_u32(p)
                           : (int64_t)swar_load(p);
}

/* Of the 64 rows from `row` on, those that have a figure. */
static inline uint64_t gcol_present(const struct gcol_column *c, uint32_t row)
{
    return swar_load(c->present + (size_t)row / SWAR_BLOCK * SWAR_BYTES);
}

static inline Str gcol_text(const struct gcol_texts *t, uint32_t i)
{
    uint32_t beg = gcol_u32(t->offset + (size_t)i * 4),
             end = gcol_u32(t->offset + (size_t)i * 4 + 4);
    return (Str){t->text + beg, end - beg};
}

static inline size_t gcol_padded(size_t n)
{
    return (n + GCOL_ALIGN - 1) / GCOL_ALIGN * GCOL_ALIGN;
}

#endif
