/* memory.h - what this process does with memory it has given back. */
#ifndef GECI_OS_MEMORY_H
#define GECI_OS_MEMORY_H

/* Keeps freed memory for the next run instead of handing it to the system, which would have to
 * clear every page again: half the time of a short run over many columns. For programs that score
 * again and again; call it once, first of all. Does nothing where the C library has no switch. */
void memory_keep(void);

/* Hands back what is free now, all the same: when something large is over for a while. */
void memory_give(void);

#endif
