/* sqlite_memory.c - where SQLite has its memory from: pages of its caches are slots in large pages,
 * the rest is malloc's. Writing 100,000 rows took 12,000 pages, each a fault and, in a thread that
 * is not the first, a call of the C library into the system. */
#include <malloc.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "db/db_int.h"
#include "os/slots.h"

enum { PAGE = 4096 };

static void *take(int n)
{
    void *slot = n > PAGE && n <= SLOT_BYTES ? slots_take() : NULL;
    return slot != NULL ? slot : malloc((size_t)n);
}

static void give(void *p)
{
    if (slots_has(p))
        slots_give(p);
    else
        free(p);
}

static int size_of(void *p)
{
    return slots_has(p) ? SLOT_BYTES : (int)malloc_usable_size(p);
}

static void *resize(void *p, int n)
{
    if (!slots_has(p))
        return realloc(p, (size_t)n);
    if (n <= SLOT_BYTES)
        return p;
    void *wider = malloc((size_t)n);
    if (wider != NULL) {
        memcpy(wider, p, SLOT_BYTES);
        slots_give(p);
    }
    return wider;
}

static int round_up(int n)
{
    return (n + 7) & ~7;
}

static int start(void *arg)
{
    (void)arg;
    return SQLITE_OK;
}

static void stop(void *arg)
{
    (void)arg;
}

void db_sqlite_memory(void)
{
    static const sqlite3_mem_methods METHODS = {take,     give,  resize, size_of,
                                                round_up, start, stop,   NULL};
    (void)sqlite3_config(SQLITE_CONFIG_MALLOC, &METHODS); /* refused once the library is in use */
}
