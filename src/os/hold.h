/* hold.h - one process at a time, by a lock on a file. Gone with the process, however it ends. */
#ifndef GECI_OS_HOLD_H
#define GECI_OS_HOLD_H

#include "base/base.h"

/* Makes the file if there is none. ERR_BUSY when another still holds it after `wait_ms`. *hold is
 * to be given to hold_end. */
NODISCARD enum status hold_begin(int *hold, const char *path, uint32_t wait_ms, int *err);
void hold_end(int hold);

#endif
