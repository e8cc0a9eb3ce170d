/* memory.h - how this process gets its memory, and what it does with what it has given back. */
#ifndef GECI_OS_MEMORY_H
#define GECI_OS_MEMORY_H

/* Keeps freed memory for the next run instead of handing it to the system, which would have to
 * clear every page again: half the time of a short run over many columns. Asks for large pages
 * where arenas take large blocks: of a million subjects' columns, each touched for the first time,
 * pages of 4 KB cost a third of the time of reading them from a CSV. For programs that score many
 * subjects; call it once, first of all. Does nothing where the system has no switch. */
void memory_keep(void);

#endif
