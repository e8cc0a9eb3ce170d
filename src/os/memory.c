#include "os/memory.h"

#include <stdlib.h> /* __GLIBC__ */
#include <sys/mman.h>

#include "base/arena.h"

#ifdef __GLIBC__
#    include <malloc.h>
#endif

enum { AHEAD = 64 << 20 };

#ifdef MADV_HUGEPAGE
/* A page once touched stays small, and malloc writes behind the block it gives: so the wish goes
 * for what is ahead too, as far as there is any, and for whole pages, whoever shares them. */
static void want_large_pages(void *block, size_t n)
{
    const uintptr_t page = 2 << 20, before = (uintptr_t)block % page;
    const size_t all = (before + n + AHEAD + page - 1) / page * page;
    (void)madvise((char *)block - before, all, MADV_HUGEPAGE); /* it is right without, too */
}
#endif

void memory_keep(void)
{
#ifdef M_MMAP_THRESHOLD
    enum { LARGEST_KEPT = 32 << 20, KEPT = 1 << 30 };
    (void)mallopt(M_MMAP_THRESHOLD, LARGEST_KEPT);
    (void)mallopt(M_TRIM_THRESHOLD, KEPT);
    (void)mallopt(M_TOP_PAD, AHEAD); /* the page in which the heap ends is no large one */
#endif
#ifdef MADV_HUGEPAGE
    arena_on_large(want_large_pages);
#endif
}
