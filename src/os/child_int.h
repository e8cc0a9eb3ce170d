/* child_int.h - between child.c, which runs the process, and child_jail.c, which shuts it in. */
#ifndef GECI_OS_CHILD_INT_H
#define GECI_OS_CHILD_INT_H

#include "os/child.h"

/* How a child ends that gives no answer; 0 is an answer's. */
enum { EXIT_UNJAILED = 3, EXIT_NO_MEMORY = 4, EXIT_BROKEN = 5 };

/* Gives everything up but memory, and writing to answer_fd. Ends the process if it cannot. */
void child_jail(const struct child_job *job, int answer_fd);

#endif
