/* entitle_int.h - what the files of this folder share. */
#ifndef GECI_ENTITLE_ENTITLE_INT_H
#define GECI_ENTITLE_ENTITLE_INT_H

#include "col/dataset.h"
#include "entitle/entitle.h"
#include "rule/cell.h"

enum { ENTITLE_FEN_DECIMALS = 2, ENTITLE_SHARE_DECIMALS = 6, ENTITLE_WHOLE = 1000000 };

/* Fen of a policy's cell: nothing below 0, nothing above BEST_OPEN. */
Money entitle_money(Cell c);

#endif
