/* wasm.c - what the library needs besides itself to live in WebAssembly. tools/wasm.sh compiles it
 * in place of base/base.c; no other build does. web/engine/geci.js is the other side.
 *
 * The module asks its host for one thing, `env.memory`, whose maximum bounds what a job may take:
 * no file, clock, environment or random source. What libc's formatting could write to is answered
 * with an error here. A failed ASSERT, memory that ran out, or a smashed stack keeps its words and
 * traps; afterwards nothing in the instance may be relied on, and the host must drop it.
 */
#include <stdio.h>

#include "base/arena.h"
#include "base/str.h"

#define EXPORT(name) __attribute__((export_name(#name))) name

static char stopped[256]; /* why the instance trapped */
static struct arena *room;

_Noreturn void base_panic(const char *file, int line, const char *what)
{
    (void)snprintf(stopped, sizeof stopped, "%s:%d: %s", file, line, what); /* cut when long */
    __builtin_trap();
}

/* The words of the last trap, "" if it was none of ours. */
const char *EXPORT(geci_wasm_stopped)(void);
const char *geci_wasm_stopped(void)
{
    return stopped;
}

/* Memory for the arguments of one call. Everything handed out goes with geci_wasm_clear. */
void *EXPORT(geci_wasm_room)(size_t n);
void *geci_wasm_room(size_t n)
{
    if (room == NULL)
        room = arena_open();
    return arena_alloc(room, n, 1, _Alignof(max_align_t));
}

void EXPORT(geci_wasm_clear)(void);
void geci_wasm_clear(void)
{
    arena_close(room);
    room = NULL;
}

/* Debian's compiler-rt is built with the stack protector and leaves these two to the program. */
uintptr_t __stack_chk_guard = 0x9e3779b9;
_Noreturn void __stack_chk_fail(void);
_Noreturn void __stack_chk_fail(void)
{
    base_panic(__FILE__, __LINE__, "stack smashed");
}

/* vfprintf drags in the standard streams, and they these. Nothing calls them. */
enum { WASI_EBADF = 8 };
#define NO_FILE(name, ...)                                         \
    int32_t __imported_wasi_snapshot_preview1_##name(__VA_ARGS__); \
    int32_t __imported_wasi_snapshot_preview1_##name(__VA_ARGS__)
#define UNUSED __attribute__((unused))
NO_FILE(fd_close, UNUSED int32_t fd)
{
    return WASI_EBADF;
}
NO_FILE(fd_write, UNUSED int32_t fd, UNUSED int32_t from, UNUSED int32_t n, UNUSED int32_t done)
{
    return WASI_EBADF;
}
NO_FILE(fd_seek, UNUSED int32_t fd, UNUSED int64_t by, UNUSED int32_t whence, UNUSED int32_t at)
{
    return WASI_EBADF;
}
