/* probe.h - requests that servers read differently, and what ours makes of each.
 *
 * Each is sent as it stands, and then the line of a second request that must not be answered when
 * the first is refused. `reason` is the word of the refusal; NULL: it is a good request, whose
 * answers (`status` of the first, `answers` in all) are counted.
 */
#ifndef GECI_TEST_PROBE_H
#define GECI_TEST_PROBE_H

#include "base/base.h"

struct probe {
    const char *name;
    Str bytes;
    int status;
    const char *reason;
    int answers;
};

extern const struct probe probes[];
extern const size_t probe_n;

#endif
