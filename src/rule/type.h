/* type.h - types of the rule language.
 *
 *     number   dimension (元, 人, 元/人 ..) and a static number of decimals
 *     truth    met / unmet / unknown / manual / not applicable
 *     text     a label, coded in the dictionary of the data set
 *     day      days since 1970-01-01
 */
#ifndef GECI_RULE_TYPE_H
#define GECI_RULE_TYPE_H

#include "base/base.h"
#include "col/cell.h"
#include "field/unit.h"

enum type_kind { TYPE_NONE, TYPE_NUM, TYPE_TRUTH, TYPE_TEXT, TYPE_DAY };

typedef struct Type {
    enum type_kind kind;
    uint8_t scale; /* decimals of a number, 0 for the other kinds */
    Dim dim;
} Type;

/* Five results of a gate; plain conditions use the first four.
 *   and:  UNMET > UNKNOWN > MANUAL > MET          (the strongest wins; NA counts as MET)
 *   or:   MET > UNKNOWN > MANUAL > UNMET          (NA counts as UNMET)
 *   not:  swaps MET and UNMET, keeps the others */
enum truth { TRUTH_UNMET, TRUTH_MET, TRUTH_UNKNOWN, TRUTH_MANUAL, TRUTH_NA };

#endif
