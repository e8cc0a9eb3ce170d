/* jail.h - what the printer gives up before it reads outside bytes. */
#ifndef GECI_PRINT_JAIL_H
#define GECI_PRINT_JAIL_H

#include <stdbool.h>

/* No network, no other programs or processes, no writing to files: such calls fail from now on.
 * Reading stays: fonts are files. False: the kernel does not have it. */
bool jail_shut(void);

#endif
