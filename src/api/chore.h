/* chore.h - small writes that nobody waits for: when a session was last seen, a wrong token.
 *
 * What does not fit into the writer's queue is left out; the next request tries again. From any
 * thread.
 */
#ifndef GECI_API_CHORE_H
#define GECI_API_CHORE_H

#include "access/caller.h"
#include "base/base.h"

struct api;

void chore_touch(struct api *a, const struct caller *who);
void chore_weigh(struct api *a, Str source);
void chore_sweep(struct api *a); /* sessions that have ended */
void chore_tick(struct api *a);  /* steps of cases whose term is over */

#endif
