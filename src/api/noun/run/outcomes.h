/* outcomes.h - runs evaluated anew, kept for the next question about them.
 *
 * What a run came to never changes, so what was evaluated once answers explanations and what-ifs
 * for as long as it is kept. The last two are. One question at a time: the engine's what-ifs want
 * it so, and take a millisecond. Threads: any that may wait.
 */
#ifndef GECI_API_OUTCOMES_H
#define GECI_API_OUTCOMES_H

#include "run/run.h"

struct outcomes;

struct outcomes *outcomes_open(struct arena *keep);
void outcomes_close(struct outcomes *o);
/* The outcome of a computed run, evaluated if it is not there: a second or two. On OK the caller
 * holds it alone until outcomes_give. */
NODISCARD enum status outcomes_take(struct outcomes *o, struct db_conn *conn, Str county,
                                    const struct run *run, const struct run_outcome **out,
                                    struct diags *ds);
void outcomes_give(struct outcomes *o);

#endif
