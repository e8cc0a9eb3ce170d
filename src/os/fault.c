#include "os/fault.h"

#include <errno.h>

static int countdown;

void fault_set(int nth)
{
    countdown = nth;
}

bool fault_due(void)
{
    if (countdown == 0 || --countdown > 0)
        return false;
    errno = EIO;
    return true;
}
