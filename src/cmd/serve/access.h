/* access.h - what the verbs about accounts share: the server's key, and one act on a desk. */
#ifndef GECI_CMD_ACCESS_H
#define GECI_CMD_ACCESS_H

#include "access/access.h"
#include "cmd/store/store.h"

/* The key of --access-key, of the file that GECI_ACCESS_KEY names, or of the file beside a SQLite
 * store, which is made when it is missing. Exit code. */
int access_key_open(struct cli *c, struct access **out);

/* A store, an act of it and a desk on it. */
struct access_work {
    struct store store;
    struct access *access; /* NULL unless asked for */
    struct access_desk desk;
};
int access_work_open(struct cli *c, struct access_work *w, bool key);
/* Ends the act and commits, or undoes it and says why; closes. */
int access_work_end(struct cli *c, struct access_work *w, enum status st, struct act_words words);
/* The account of the first operand; a missing one is told. */
enum status access_work_account(struct cli *c, struct access_work *w, int64_t *out);

/* Adds a table of the accounts to what is printed; `brief`: only who they are. Within a
 * transaction. */
NODISCARD enum status user_table(struct cli *c, struct store *s, bool brief);

#endif
