/* words.h - looking keywords up in word_list.h, in either language. */
#ifndef GECI_RULE_WORDS_H
#define GECI_RULE_WORDS_H

#include "base/base.h"

enum word_class {
    WORD_KIND,
    WORD_KEY,
    WORD_COLUMN,
    WORD_HEAD,
    WORD_TYPE,
    WORD_PERIODS,
    WORD_BLANKS,
    WORD_STATUSES,
    WORD_ROUNDINGS,
    WORD_AGGREGATES,
    WORD_FRACTIONS,
    WORD_MODES,
    WORD_HITS,
    WORD_STACKINGS,
    WORD_METHODS,
    WORD_TIESES,
    WORD_ORDERS,
    WORD_SCOPES,
    WORD_RANGES,
    WORD_SYNTAX,
    WORD_TRUTHS,
    WORD_RESULTS,
    WORD_UNKNOWNS,
};

/* clang-format off */
enum word {
    W_NONE,
    W_FIELDS, W_PARAM, W_SEGMENT, W_INDICATOR, W_GATE, W_SCORE, W_GRADE, W_POLICY, W_CASE, W_TESTS,
    W_NOTES,
    W_VERSION, W_FROM, W_UNTIL, W_SUBJECT, W_REGION, W_PROCEDURE, W_STATUS, W_SOURCE, W_BASIS,
    W_ACT, W_GUIDE, W_CERTAINTY, W_ID, W_NAME, W_DECIMALS, W_NOTE, W_VALUE, W_FORMULA, W_UNIT,
    W_PRECISION, W_SHOW, W_HIT, W_MUST, W_UNMET, W_BLANK, W_MANUAL, W_APPLIES, W_MAX, W_MAX_BY,
    W_MINIMUM, W_PASS, W_WEIGHT, W_WEIGHT_BY, W_AGGREGATE, W_PRESENT, W_CHOICE, W_CAP, W_TOP,
    W_BONUS, W_DEDUCTION, W_VETO, W_MEASURE, W_EACH, W_GAIN, W_THRESHOLD, W_BASE, W_FRACTION,
    W_EXPERT, W_REVIEW, W_TARGET, W_EXCESS, W_AVERAGE, W_STANDARD, W_BASE_PERIOD, W_FLAGS, W_MODE,
    W_RANK, W_TIES, W_ORDER, W_QUOTA, W_BENEFICIARY, W_WHEN, W_AMOUNT,
    W_INSTALMENTS, W_LINKED, W_STACKING, W_STACK_GROUP, W_AS_OF, W_PERIOD,
    W_COL_NAME, W_COL_TYPE, W_COL_UNIT, W_COL_PERIOD, W_COL_BLANK, W_COL_RANGE, W_COL_DECIMALS,
    W_COL_OPTIONS, W_COL_MEANING, W_COL_SOURCE,
    W_HEAD_RESULT, W_HEAD_POINTS, W_HEAD_COUNT, W_HEAD_EACH, W_HEAD_FLAG, W_HEAD_WEIGHT, W_HEAD_MAX,
    W_HEAD_FROM, W_HEAD_UNTIL, W_HEAD_SHARE, W_HEAD_BY, W_HEAD_LABEL,
    W_T_NUMBER, W_T_YESNO, W_T_JUDGED, W_T_TEXT, W_T_CHOICE, W_T_DAY, W_T_USCC, W_T_REGION,
    W_T_INDUSTRY,
    W_P_YEAR, W_P_QUARTER, W_P_POINT,
    W_B_UNKNOWN, W_B_PENDING, W_B_UNMET, W_B_MET, W_B_ZERO, W_B_MEAN, W_B_MEDIAN, W_B_CARRY,
    W_S_OFFICIAL, W_S_SECONDARY, W_S_EXAMPLE,
    W_R_HALF_UP, W_R_HALF_EVEN, W_R_DOWN, W_R_UP, W_R_FLOOR, W_R_CEIL,
    W_A_SUM, W_A_WEIGHTED, W_A_ARITH, W_A_GEO, W_A_HARM, W_A_MAX, W_A_MIN, W_A_CHOOSE, W_A_COPELAND,
    W_F_WHOLE, W_F_LINEAR, W_F_UP, W_M_QUANTILE, W_M_THRESHOLD, W_H_FIRST, W_H_UNIQUE,
    W_K_HIGHEST, W_K_TOP_UP, W_K_SUM, W_K_UNSTATED,
    W_PM_MID, W_PM_MIN, W_PM_CUM, W_PM_OPEN, W_PM_SAMPLE, W_PM_ALL,
    W_TIE_MIN, W_TIE_MAX, W_TIE_MEAN, W_TIE_DENSE, W_O_DESC, W_O_ASC, W_SC_ALL,
    W_RANGE_ANY,
    W_X_AND, W_X_OR, W_X_NOT, W_X_IN, W_X_IF, W_X_THEN, W_X_ELSE, W_X_WITHIN, W_X_LAST, W_X_SINCE,
    W_X_METHOD, W_X_MIN_GROUP, W_X_LOW, W_X_HIGH, W_X_TIES, W_X_ORDER, W_X_AS_OF, W_X_YEAR,
    W_X_PREV_YEAR,
    W_TRUE_1, W_FALSE_1, W_RES_MET, W_RES_UNMET, W_RES_UNKNOWN, W_RES_MANUAL, W_RES_NA, W_UNKNOWN_1,
    WORD_N
};
/* clang-format on */

/* W_NONE if there is none. English is compared without regard to ASCII case. *english (may be NULL)
 * says which twin it was, when it was one. */
enum word word_find(enum word_class cls, Str text, bool *english);
/* The closest spelling of the class within an edit distance of 2, for "did you mean"; or empty. */
Str word_near(enum word_class cls, Str text);
/* The first spelling in that language. */
Str word_text(enum word w, bool english);

/* 且 或 非 在 如果 则 否则: cannot be a bare name anywhere. */
static inline bool word_is_reserved(enum word w)
{
    return w >= W_X_AND && w <= W_X_ELSE;
}

#endif
