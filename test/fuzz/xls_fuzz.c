/* Old workbooks: a compound file as it comes, or a stream of records in a sound one; the first byte
 * says which. A book comes out, or a fault with words. */
#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "help/book_help.h"
#include "sheet/sheet.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { STREAM_LEAST = 4096, STREAM_MOST = 60000 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0 || size > STREAM_MOST)
        return 0;
    struct arena *a = arena_open();
    struct book *b;
    struct sheet_fault f = {0};
    Str bytes = {(const char *)data + 1, size - 1};
    if (data[0] % 2 == 0) {
        char *stream = arena_alloc(a, size + STREAM_LEAST, 1, 1);
        memcpy(stream, bytes.p, bytes.n);
        bytes = xls_of(a, (Str){stream, bytes.n + STREAM_LEAST}, false);
    }
    enum status st = sheet_read_here(a, &b, bytes, &f);
    ASSERT((st == OK) == (b != NULL) && st == sheet_fault_status(f.code));
    ASSERT(st == OK || sheet_fault_text(a, &f, LANG_EN).n > 0);
    arena_close(a);
    return 0;
}
