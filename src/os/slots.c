#include "os/slots.h"

#include <pthread.h>
#include <stdatomic.h>
#include <sys/mman.h>

#if defined(MADV_HUGEPAGE) && !(defined ARENA_DEBUG && ARENA_DEBUG)

enum { LARGE_PAGE = 1 << 21, RANGE = 1 << 28 };

struct slot {
    struct slot *next;
};

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static _Atomic(char *) range; /* NULL: not asked for yet, or refused */
static size_t used;           /* bytes that were once taken, from its start */
static struct slot *given;    /* back */
static bool asked;

static void obtain(void)
{
    asked = true;
    char *p = mmap(NULL, RANGE + LARGE_PAGE, PROT_READ | PROT_WRITE,
                   MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if ((void *)p == MAP_FAILED)
        return;
    p += -(uintptr_t)p & (LARGE_PAGE - 1);
    if (madvise(p, RANGE, MADV_HUGEPAGE) == 0) /* else a range that nobody touches */
        range = p;
}

void *slots_take(void)
{
    (void)pthread_mutex_lock(&mutex); /* cannot fail */
    if (!asked)
        obtain();
    struct slot *s = given;
    if (s != NULL) {
        given = s->next;
    } else if (range != NULL && RANGE - used >= SLOT_BYTES) {
        s = (void *)(range + used);
        used += SLOT_BYTES;
    }
    (void)pthread_mutex_unlock(&mutex); /* nor this */
    return s;
}

bool slots_has(const void *p)
{
    return range != NULL && (uintptr_t)p - (uintptr_t)range < RANGE;
}

void slots_give(void *p)
{
    struct slot *s = p;
    ASSERT(slots_has(p));
    (void)pthread_mutex_lock(&mutex); /* cannot fail */
    s->next = given;
    given = s;
    (void)pthread_mutex_unlock(&mutex); /* nor this */
}

#else

void *slots_take(void)
{
    return NULL;
}

bool slots_has(const void *p)
{
    (void)p;
    return false;
}

void slots_give(void *p)
{
    (void)p;
    ASSERT(false); /* none was taken */
}

#endif
