/* A column file is refused, or it is the CSV that is printed from it: the same columns, ids, labels
 * and diagnostics under a rule document; and writing that CSV as a column file and printing it
 * again gives it back.
 *
 * No mutation keeps a SHA-256, so those of the bytes are set right first, as far as there are
 * sections where the directory says; behind a '#' the bytes are taken as they are. Lines are left
 * out of the comparison where a cell has a newline.
 */
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/csv.h"
#include "base/hash.h"
#include "base/str.h"
#include "base/swar.h"
#include "load/gcol.h"
#include "same.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { ENTRY = 64, HASH_AT = 32, SECTIONS_AT = 20, OFFSET_AT = 8, BYTES_AT = 16 };

static void put_hash(char *entry, Str a, Str b)
{
    struct sha256 h;
    sha256_init(&h);
    sha256_add(&h, a);
    sha256_add(&h, b);
    const Sha256 hash = sha256_end(&h);
    memcpy(entry + HASH_AT, hash.byte, sizeof hash.byte);
}

static Str rehashed(struct arena *a, Str bytes)
{
    char *p = arena_raw(a, bytes.n + 1, 1);
    memcpy(p, bytes.p, bytes.n);
    if (bytes.n < ENTRY)
        return bytes;
    const size_t most = bytes.n / ENTRY - 1, said = swar_load(p + SECTIONS_AT) & UINT32_MAX;
    const size_t n = said < most ? said : most;
    for (size_t i = 1; i <= n; i++) {
        const uint64_t at = swar_load(p + i * ENTRY + OFFSET_AT);
        const uint64_t len = swar_load(p + i * ENTRY + BYTES_AT);
        if (at >= (n + 1) * ENTRY && at <= bytes.n && len <= bytes.n - at)
            put_hash(p + i * ENTRY, (Str){p + at, len}, S(""));
    }
    put_hash(p, (Str){p, HASH_AT}, (Str){p + ENTRY, n * ENTRY});
    return (Str){p, bytes.n};
}

static size_t newlines(Str s)
{
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++)
        n += s.p[i] == '\n';
    return n;
}

static Str written(struct arena *a, Str csv)
{
    struct buf b;
    struct diags ds;
    Str *part;
    size_t n = 0;
    diags_init(&ds, a);
    buf_init(&b, a, BUF_MAX);
    ASSERT(gcol_write(a, &part, &n, csv, &ds) == OK);
    for (size_t i = 0; i < n; i++)
        buf_add(&b, part[i]);
    return buf_str(&b);
}

static void compare(struct arena *a, Str bytes)
{
    const struct gcol *g, *again;
    struct diags ds;
    struct loaded one, two;
    diags_init(&ds, a);
    if (!gcol_is(bytes))
        return;
    if (gcol_open(a, &g, bytes, &ds) != OK) {
        ASSERT(ds.error_n == 1);
        return;
    }
    const Str csv = gcol_csv(a, g);
    loaded_csv(a, &one, csv);
    loaded_gcol(a, &two, g);
    ASSERT(one.st == two.st && (one.d == NULL) == (two.d == NULL));
    if (one.d != NULL)
        same_data(one.d, two.d);
    if (newlines(csv) == (size_t)gcol_row_n(g) + 1)
        same_diags(&one.ds, &two.ds);
    ASSERT(gcol_open(a, &again, written(a, csv), &ds) == OK);
    ASSERT(str_eq(gcol_csv(a, again), csv));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_open();
    const Str bytes = {(const char *)data, size};
    if (str_starts(bytes, S("#")))
        compare(a, str_sub(bytes, 1, size));
    else
        compare(a, rehashed(a, bytes));
    arena_close(a);
    return 0;
}
