/* roles.h - what a kind's document says of its fields for matching.
 *
 *     ## 匹配                    ## Match
 *     - 单位: 任职单位           - unit: employer       whom it belongs to
 *     - 正文: 需求内容; 指标     - body: description    long texts; the others are key words
 *     - 密级: 保密级别 = 公开    - level: secrecy = open     what may be told to others outside
 *
 * Each may be left out, as the section may: no unit, no long texts, a level by field (分级) alone.
 */
#ifndef GECI_MATCH_ROLES_H
#define GECI_MATCH_ROLES_H

#include "base/base.h"
#include "base/diag.h"
#include "rule/model.h"

struct arena;

struct match_roles {
    int32_t unit;  /* field, or -1 */
    bool *body;    /* by field */
    int32_t level; /* field, or -1; open where it is */
    Str open;
};

/* ERR_INPUT: NAME-UNKNOWN, KEY-UNKNOWN, KIND-ROLE over what is wrong; what is right is read. */
NODISCARD enum status match_roles_read(struct arena *keep, struct match_roles *out,
                                       const struct rules *kind, struct diags *ds);

#endif
