/* What reads is canonical and reads back to itself; what does not, says why, in bounds. */
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/utf8.h"
#include "field/uscc.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    enum { AT = 7 };
    struct arena *a = arena_open();
    struct diags ds;
    Uscc id, again;
    Str text = {(const char *)data, size};
    diags_init(&ds, a);
    if (uscc_parse(&id, text, AT, &ds) == OK) {
        ASSERT(ds.n == 0 && id.ch[USCC_LEN - 1] == uscc_check_char(id.ch));
        ASSERT(uscc_parse(&again, (Str){id.ch, USCC_LEN}, 0, &ds) == OK);
        ASSERT(memcmp(&id, &again, sizeof id) == 0);
        uscc_warn_org_code(&id, (Span){0, 1}, &ds);
        ASSERT((ds.n == 0) == uscc_org_code_ok(&id) && ds.error_n == 0);
    } else {
        struct buf b;
        ASSERT(ds.n == 1 && ds.error_n == 1);
        ASSERT(ds.at[0].span.beg >= AT && ds.at[0].span.end - AT <= size);
        ASSERT(uscc_parse(&again, text, 0, NULL) == ERR_INPUT);
        buf_init(&b, a, BUF_MAX);
        diag_render(&b, &ds.at[0], S("f"), text, LANG_ZH);
        ASSERT(b.n > 0 && b.p[b.n - 1] == '\n');
    }
    arena_close(a);
    return 0;
}
