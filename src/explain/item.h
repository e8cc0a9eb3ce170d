/* item.h - questions about items and results that every kind of output asks. */
#ifndef GECI_EXPLAIN_ITEM_H
#define GECI_EXPLAIN_ITEM_H

#include "base/base.h"
#include "base/diag.h"
#include "rule/model.h"

struct buf;

const char *item_status(enum rule_status s, enum lang lang); /* 官方, official */
/* "【示例】规则名 1.0" */
void item_rules(struct buf *out, const struct rules *r, enum lang lang);
const char *item_kind_name(enum item_kind k, enum lang lang); /* 评分, Score */
/* Shown by itself: gates, scores without a parent, passes, grades, ranks and policies. */
bool item_is_top(const struct rules *r, uint32_t item);
/* A pass or rank that is shown with its score or grade. */
bool item_is_beside(const struct rules *r, uint32_t item);
bool item_has_parts(const struct rules *r, uint32_t item); /* it asks for some gate */
bool item_is_part(const struct rules *r, uint32_t item);   /* some gate asks for it */
/* 显示, else 单位, else the unit of a constant or of a table's results; or NULL. */
const struct unit *item_unit(const struct item *it);
bool item_is_unknown(const struct item *it, Cell c); /* nothing at all is known */

#endif
