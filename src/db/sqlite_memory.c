/* sqlite_memory.c - SQLite's memory, of os/heap.h. */
#include <sqlite3.h>

#include "db/db_int.h"
#include "os/heap.h"

static void *take(int n)
{
    return heap_take((size_t)n);
}

static void *resize(void *p, int n)
{
    return heap_resize(p, (size_t)n);
}

static int size_of(void *p)
{
    return (int)heap_size(p);
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
    static const sqlite3_mem_methods METHODS = {.xMalloc = take,
                                                .xFree = heap_give,
                                                .xRealloc = resize,
                                                .xSize = size_of,
                                                .xRoundup = round_up,
                                                .xInit = start,
                                                .xShutdown = stop};
    (void)sqlite3_config(SQLITE_CONFIG_MALLOC, &METHODS); /* refused once the library is in use */
}
