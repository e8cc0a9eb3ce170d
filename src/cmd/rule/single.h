/* single.h - one subject: its next steps, and what a changed fact would change. */
#ifndef GECI_CMD_SINGLE_H
#define GECI_CMD_SINGLE_H

#include "cmd/job.h"

/* At most `most` next steps, under a heading; nothing if there are none. */
void single_next(struct cli *c, const struct job *j, uint32_t row, uint32_t most);

struct outcome {          /* what a row would come to */
    struct dataset *data; /* with the assignments */
    Cell *item;           /* rules->item_n */
};
/* The row's results with the assignments; the population as it is, or with --rerank evaluated anew.
 * Exit code. */
int single_change(struct cli *c, const struct job *j, uint32_t row, const Str *set, size_t set_n,
                  struct outcome *out);
/* A line for every item that differs, old and new. */
void single_changes(struct cli *c, const struct job *j, uint32_t row, const struct outcome *after);

/* The item that --item names, by name, -1 without the option; a complaint offers what is close. */
int single_item(struct cli *c, const struct job *j, int32_t *item);

#endif
