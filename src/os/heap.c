#include "os/heap.h"

#include <malloc.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum {
    PAGE = 4096,
    SLOT = 4416, /* a page and what SQLite 3.40 knows of it, to the next 64 bytes */
    LARGE_PAGE = 1 << 21,
    RANGE = 1 << 28,
};

struct slot {
    struct slot *next;
};

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static _Atomic(char *) range; /* NULL: not asked for yet, or refused */
static size_t used;           /* bytes that were once taken, from its start */
static struct slot *given;    /* back */
static bool asked;

/* Not where the sanitizers watch memory: they know malloc. */
static void obtain(void)
{
    asked = true;
#if defined(MADV_HUGEPAGE) && !(defined(ARENA_DEBUG) && ARENA_DEBUG)
    char *p = mmap(NULL, RANGE + LARGE_PAGE, PROT_READ | PROT_WRITE,
                   MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if ((void *)p == MAP_FAILED)
        return;
    p += -(uintptr_t)p & (LARGE_PAGE - 1);
    if (madvise(p, RANGE, MADV_HUGEPAGE) == 0) /* else a range that nobody touches */
        range = p;
#endif
}

static void *take_slot(void)
{
    (void)pthread_mutex_lock(&mutex); /* cannot fail */
    if (!asked)
        obtain();
    struct slot *s = given;
    if (s != NULL) {
        given = s->next;
    } else if (range != NULL && RANGE - used >= SLOT) {
        s = (void *)(range + used);
        used += SLOT;
    }
    (void)pthread_mutex_unlock(&mutex); /* nor this */
    return s;
}

static bool is_slot(const void *p)
{
    return range != NULL && (uintptr_t)p - (uintptr_t)range < RANGE;
}

void *heap_take(size_t n)
{
    void *slot = n > PAGE && n <= SLOT ? take_slot() : NULL;
    return slot != NULL ? slot : malloc(n);
}

void heap_give(void *p)
{
    struct slot *s = p;
    if (!is_slot(p)) {
        free(p);
        return;
    }
    (void)pthread_mutex_lock(&mutex); /* cannot fail */
    s->next = given;
    given = s;
    (void)pthread_mutex_unlock(&mutex); /* nor this */
}

size_t heap_size(void *p)
{
    return is_slot(p) ? SLOT : malloc_usable_size(p);
}

void *heap_resize(void *p, size_t n)
{
    if (!is_slot(p))
        return realloc(p, n);
    if (n <= SLOT)
        return p;
    void *wider = malloc(n);
    if (wider != NULL) {
        memcpy(wider, p, SLOT);
        heap_give(p);
    }
    return wider;
}
