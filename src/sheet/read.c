/* read.c - which reader a file wants, and the child process it runs in. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "os/child.h"
#include "sheet/readers.h"

enum {
    CHILD_MEMORY_BYTES = 768 << 20,
    CHILD_ANSWER_BYTES = 256 << 20,
    CHILD_CPU_S = 60,
    CHILD_WALL_S = 300,
};

static const Str zip_mark = {"PK\3\4", 4}, cfb_mark = {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8};

bool sheet_is_packed(Str bytes)
{
    return str_starts(bytes, zip_mark) || str_starts(bytes, cfb_mark) ||
           str_starts(bytes, S("PK\5\6"));
}

static enum status read_any(struct arena *keep, struct wire *w, Str bytes)
{
    if (bytes.n > SHEET_FILE_MAX)
        return wire_fault(w, SHEET_FILE_LARGE, S(""));
    if (str_trim(bytes).n == 0)
        return wire_fault(w, SHEET_EMPTY, S(""));
    if (str_starts(bytes, cfb_mark))
        return xls_read(keep, w, bytes);
    if (sheet_is_packed(bytes))
        return xlsx_read(keep, w, bytes);
    for (size_t i = 0; i < bytes.n; i++)
        if (bytes.p[i] == '\0')
            return wire_fault(w, SHEET_NOT_KNOWN, S(""));
    return text_read(keep, w, bytes);
}

/* ---- in this process ---- */

static void put_here(void *ctx, Str bytes)
{
    buf_add(ctx, bytes);
}

enum status sheet_read_here(struct arena *keep, struct book **out, Str bytes,
                            struct sheet_fault *fault)
{
    struct arena *tmp = arena_open();
    struct buf b;
    struct wire w = {.put = put_here, .ctx = &b};
    buf_init(&b, keep, CHILD_ANSWER_BYTES);
    (void)read_any(tmp, &w, bytes); /* the wire has what went wrong */
    wire_end(&w);
    arena_close(tmp);
    if (b.over) {
        *fault = (struct sheet_fault){.code = SHEET_LONG};
        return sheet_fault_status(fault->code);
    }
    return wire_read(keep, out, buf_str(&b), fault);
}

/* ---- in a child ---- */

static void put_child(void *ctx, Str bytes)
{
    child_write(ctx, bytes);
}

static void tell_child(void *ctx, uint64_t done, uint64_t total)
{
    child_tell(ctx, done, total);
}

static enum status read_in_child(struct child_pipe *to, void *arg)
{
    const Str *bytes = arg;
    struct wire w = {.put = put_child, .tell = tell_child, .ctx = to};
    (void)read_any(arena_open(), &w, *bytes); /* the wire has what went wrong */
    wire_end(&w);
    return OK;
}

static enum sheet_fault_code fault_of(enum child_end end)
{
    switch (end) {
    case CHILD_DONE: return SHEET_NONE;
    case CHILD_BARE: return SHEET_BARE;
    case CHILD_MEMORY: return SHEET_MEMORY;
    case CHILD_CPU:
    case CHILD_LATE: return SHEET_TIME;
    case CHILD_LONG: return SHEET_LONG;
    case CHILD_CANCELLED: return SHEET_CANCELLED;
    case CHILD_DENIED:
    case CHILD_CRASHED:
    default: return SHEET_CRASH;
    }
}

enum status sheet_read(struct arena *keep, struct book **out, Str bytes,
                       const struct sheet_tick *tick, struct sheet_fault *fault)
{
    struct child_result r;
    struct child_job job = {.fn = read_in_child,
                            .arg = &bytes,
                            .memory_bytes = CHILD_MEMORY_BYTES,
                            .answer_bytes = CHILD_ANSWER_BYTES,
                            .cpu_s = CHILD_CPU_S,
                            .wall_s = CHILD_WALL_S,
                            .tick = tick == NULL ? NULL : tick->tick,
                            .ctx = tick == NULL ? NULL : tick->ctx};
    *out = NULL;
    child_run(keep, &r, &job);
    if (r.end == CHILD_DONE)
        return wire_read(keep, out, r.answer, fault);
    *fault = (struct sheet_fault){.code = fault_of(r.end)};
    return sheet_fault_status(fault->code);
}
