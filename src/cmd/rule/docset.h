/* docset.h - the rule documents that the words of a command line stand for. */
#ifndef GECI_CMD_DOCSET_H
#define GECI_CMD_DOCSET_H

#include "cmd/cli.h"

struct docset {
    Str *path;
    size_t n, cap;
};

/* Files as named, folders as every document below them; exit code, complaints made. */
int docset_open(struct cli *c, struct docset *out);

struct document {
    Str path, text;
    struct rules *rules; /* NULL: it could not be read */
    struct diags diags;
    enum status status;
};
/* Reads and compiles; 0 unless the file itself could not be read. */
int docset_read(struct cli *c, Str path, struct document *out);
/* Reads all of them and checks them together (check_together). *out has set->n documents; exit
 * code. */
int docset_read_all(struct cli *c, const struct docset *set, struct document **out);

#endif
