/* heap.h - an allocator for a library that takes one: SQLite's.
 *
 * What it asks for by the thousand, pages of 4,096 bytes and what it knows of them, comes out of
 * large pages: a first touch of new memory costs a fault for two megabytes, not one for each page
 * and a call of the C library into the system. They are of one range of addresses for the process,
 * of which only what was once used takes memory, and stays. All else is malloc's. For any thread.
 */
#ifndef GECI_OS_HEAP_H
#define GECI_OS_HEAP_H

#include "base/base.h"

void *heap_take(size_t n);            /* NULL: no memory */
void *heap_resize(void *p, size_t n); /* the same: `p` is as it was then */
void heap_give(void *p);
size_t heap_size(void *p); /* as much as was asked for, or more */

#endif
