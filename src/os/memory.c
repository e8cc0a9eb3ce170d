#include "os/memory.h"

#include <stdlib.h> /* __GLIBC__ */

#ifdef __GLIBC__
#    include <malloc.h>
#endif

void memory_keep(void)
{
#ifdef M_MMAP_THRESHOLD
    enum { LARGEST_KEPT = 32 << 20, KEPT = 1 << 30 };
    (void)mallopt(M_MMAP_THRESHOLD, LARGEST_KEPT);
    (void)mallopt(M_TRIM_THRESHOLD, KEPT);
#endif
}

void memory_give(void)
{
#ifdef __GLIBC__
    (void)malloc_trim(0); /* says only whether there was any */
#endif
}
