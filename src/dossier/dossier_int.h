/* dossier_int.h - lines of the printer. */
#ifndef GECI_DOSSIER_DOSSIER_INT_H
#define GECI_DOSSIER_DOSSIER_INT_H

#include "dossier/dossier.h"

/* A word, then cells: tabs and line ends in them become blanks. Ends with lines_end. */
void lines_word(struct buf *b, const char *word);
void lines_cell(struct buf *b, Str text);
void lines_end(struct buf *b);
void lines_one(struct buf *b, const char *word, Str text);

/* The items of a tree of reasons (geci-explain-1) as rows: score, full score, why, clause. */
NODISCARD enum status reasons_table(struct arena *tmp, struct buf *out, Str tree);

#endif
