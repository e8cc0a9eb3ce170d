/* fault.h - lets a test make the n-th system call fail, for every n.
 *
 * The functions of os/ that change the world ask fault_due() before each call; in production the
 * counter is 0 and the answer always no. One thread sets it and runs the code under test.
 */
#ifndef GECI_OS_FAULT_H
#define GECI_OS_FAULT_H

#include "base/base.h"

void fault_set(int nth); /* the nth call from now fails, once; 0: none */
bool fault_due(void);    /* true: fail now, with errno set to EIO */

#endif
