/* book.h - spreadsheets, and CSV made for people, wherever a data file is wanted. */
#ifndef GECI_CMD_BOOK_H
#define GECI_CMD_BOOK_H

#include "cmd/cli.h"
#include "exchange/intake.h"

struct gcol;

/* The table of a spreadsheet that fits the rules best; it is read in a child process. A complaint
 * and an exit code, or 0. */
int book_table(struct cli *c, struct intake *s, const struct rules *r, Str path, Str bytes);
/* s->text, decoded CSV or nothing, becomes CSV as load_csv reads it, whatever the file is; remarks
 * say what was left out and what was taken for what. Plain CSV stays as it is. */
int book_data(struct cli *c, struct intake *s, const struct rules *r, Str path, Str bytes);

/* Opens a column file; a complaint and an exit code, or 0. */
int book_columns(struct cli *c, const struct gcol **out, Str path, Str bytes);
/* As CSV. False: it is past BUF_MAX. */
bool book_csv(struct cli *c, Str *text, const struct gcol *g);
/* A column file becomes its CSV, any other file stays; a complaint and an exit code, or 0. */
int book_unpack(struct cli *c, Str *bytes, Str path);
/* The first lines of it, enough for intake_is_plain. */
Str book_front(struct cli *c, const struct gcol *g);

#endif
