/* slots.h - room for thousands of things of one size that come and go, out of large pages.
 *
 * A first touch of new memory then costs a fault for two megabytes, not one for each thing, and no
 * call of the C library into the system. One range of addresses for the process, of which only what
 * was once used takes memory; that stays with the process. For any thread.
 */
#ifndef GECI_OS_SLOTS_H
#define GECI_OS_SLOTS_H

#include "base/base.h"

enum { SLOT_BYTES = 4416 }; /* a page of a database of 4,096 bytes, and what is known of it */

void *slots_take(void); /* NULL: none is left, or the system has no large pages */
bool slots_has(const void *p);
void slots_give(void *p); /* one of them */

#endif
