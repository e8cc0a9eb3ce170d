/* head_int.h - a dataset for the columns that a header names. */
#ifndef GECI_LOAD_HEAD_INT_H
#define GECI_LOAD_HEAD_INT_H

#include "base/base.h"
#include "load/head.h"

struct arena;
struct dataset;

#endif
