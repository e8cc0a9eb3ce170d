/* bytes.h - little-endian figures out of bytes that are there. */
#ifndef GECI_SHEET_BYTES_H
#define GECI_SHEET_BYTES_H

#include "base/base.h"

static inline uint32_t u16_at(Str s, size_t at)
{
    ASSERT(at + 2 <= s.n);
    return (uint32_t)((unsigned char)s.p[at] | (unsigned char)s.p[at + 1] << 8);
}

static inline uint32_t u32_at(Str s, size_t at)
{
    return u16_at(s, at) | u16_at(s, at + 2) << 16;
}

static inline uint64_t u64_at(Str s, size_t at)
{
    return u32_at(s, at) | (uint64_t)u32_at(s, at + 4) << 32;
}

#endif
