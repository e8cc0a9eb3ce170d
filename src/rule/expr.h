/* expr.h - the expression tree, with the place of every part in the document.
 *
 * Built by rule/parse_expr.c, resolved and typed by rule/resolve.c; immutable afterwards. Score
 * forms, weights and gates are turned into expressions too (rule/form.c), so whoever evaluates has
 * one thing to walk. Periods: a tree is evaluated *at a shift* (years or quarters back from the
 * period of evaluation); EXPR_FIELD reads its column at that shift, EXPR_AT and the period
 * functions change it for their operand.
 */
#ifndef GECI_RULE_EXPR_H
#define GECI_RULE_EXPR_H

#include "base/base.h"
#include "base/decimal.h"
#include "rule/type.h"

enum expr_kind {
    EXPR_CONST, /* number, truth, text or day: `value` (a Cell: 25~30 is an interval constant) */
    EXPR_NAME,  /* before resolving */
    EXPR_FIELD, /* field[ref] */
    EXPR_ITEM,  /* item[ref] */
    EXPR_AS_OF, /* 评价日, a day;  */
    EXPR_YEAR,  /* 评价期: the year of evaluation (of the shift), a number */
    EXPR_OP,    /* op over arg[] */
    EXPR_TABLE, /* decision table `table` */
    EXPR_AT,    /* arg[0] evaluated at another period, see `at` */
    EXPR_SPAN,  /* fold `op` of arg[0] over the last `span_n` periods; see `since` */
    EXPR_POP,   /* population function `op` over arg[0..] (AGG_COPELAND too); see `pop` */
};

struct md_table; /* rule/read.h */

/* Operators and functions: rule/op_list.h, X-macro OP(id, zh, en, min_args, max_args, class). */
enum op_class { OPC_ARITH, OPC_LOGIC, OPC_COMPARE, OPC_FUNC, OPC_SPAN, OPC_POP, OPC_AGG };
enum op {
#define OP(id, zh, en, lo, hi, cls) OP_##id,
#include "rule/op_list.h"
#undef OP
    OP_N
};

struct op_info {
    const char *zh, *en;    /* "" = no function name: written as an operator or built by forms */
    int min_args, max_args; /* max -1: any number */
    enum op_class cls;
};
const struct op_info *op_info(enum op op);

enum period_unit { PERIOD_NONE, PERIOD_YEAR, PERIOD_QUARTER };

enum pop_method { /* 法 / method, by function; 0 = the function's default */
                  POP_DEFAULT,
                  PCT_MIN,  /* 最低秩: (#below) / (n - 1), SQL percent_rank; n = 1 -> 0 */
                  PCT_MID,  /* 半秩: (#below + #equal / 2) / n, self included (default) */
                  PCT_CUM,  /* 累积: #below-or-equal / n */
                  PCT_OPEN, /* 去端: (#below + 1) / (n + 1) with mid ranks: (mid rank) / (n + 1) */
                  SD_SAMPLE,  /* 样本: n - 1 (default) */
                  SD_ALL,     /* 总体: n */
                  TIES_MIN,   /* 并列取小: 1 2 2 4 (default) */
                  TIES_MAX,   /* 并列取大: 1 3 3 4 */
                  TIES_MEAN,  /* 平均: 1 2.5 2.5 4 */
                  TIES_DENSE, /* 密集: 1 2 2 3 */
};

struct pop {
    struct expr **by; /* 同: text, truth, day or number expressions that cut the peer groups */
    uint32_t by_n;
    enum pop_method method;
    uint32_t min_group; /* 最小组: a group with fewer definite members falls back to everybody; 0 */
    bool ascending;     /* 次序 升: the smallest is first (rank) or best (percentile) */
    struct expr *lo, *hi; /* 下限 上限: constants, or NULL = observed */
    uint32_t quota_e6; /* OP_BOARD, 名额取整: (rank - quota) / n; 0 down, 500000 half-up, 999999 up,
                             so that a share of p means down, half-up or up (p n) places */
};

enum { EXPR_HEIGHT_MAX = 400 };

struct expr {
    enum expr_kind kind;
    enum op op;
    Span span;
    Type type;
    struct expr **arg;
    uint32_t arg_n;
    Cell value;   /* EXPR_CONST */
    Str name;     /* EXPR_NAME; EXPR_CONST text: the label; otherwise for messages */
    uint32_t ref; /* EXPR_FIELD, EXPR_ITEM; EXPR_CONST text: code in rules.label */
    struct table *table;
    struct pop *pop;
    struct expr *since;      /* EXPR_SPAN: 自: a day; periods before its year are left out */
    uint32_t span_n;         /* EXPR_SPAN: how many periods, the current one included */
    enum period_unit period; /* EXPR_SPAN, EXPR_AT */
    int at;                  /* EXPR_AT: relative (<= 0) or, with at_abs, the year itself */
    bool at_abs;
    bool any_unit;     /* EXPR_CONST: a bare 0, or one built by a form: takes its sibling's unit */
    uint16_t height;   /* of the tree below, leaves 0; at most EXPR_HEIGHT_MAX */
    uint8_t round_to;  /* OP_ROUND..: decimals */
    enum rounding how; /* OP_ROUND */
    uint32_t
        present_e6; /* OP_AGG_*: 有效: least share of children present, in millionths; 0 = off */
    const struct unit *unit; /* EXPR_CONST number: the unit as written, for printing */
};

/* A test in a table cell: one input against one of several alternatives. */
enum test_kind { TEST_ANY, TEST_CMP, TEST_RANGE, TEST_PREFIX };
struct test {
    enum test_kind kind;
    enum op op;           /* TEST_CMP: OP_EQ OP_NE OP_LT OP_LE OP_GT OP_GE */
    struct expr *lo, *hi; /* TEST_CMP and TEST_PREFIX: lo;  TEST_RANGE: either may be NULL */
    bool lo_in, hi_in;    /* is the bound itself inside? */
    Span span;
};
struct cell_test { /* met if any of them is (; or 、 between them); 0 tests never occur */
    struct test *test;
    uint32_t test_n;
    Span span;
};

struct table_row {
    struct cell_test *cell; /* input_n of them */
    struct expr *result;
    Span span;
    int32_t from, until; /* 生效 失效 of the row: Days, both inclusive; whole range if not given */
    Span from_span;
    uint32_t md_row; /* in table.md */
};

/* A decision table: the first row whose cells are all met gives the result. `first_hit` false: rows
 * must not overlap (checked), so order does not matter. Rows that may or may not hold (unknown or
 * interval inputs) widen the result to the hull of every possible row. */
struct table {
    struct expr **input;
    uint32_t input_n;
    struct table_row *row;
    uint32_t row_n;
    bool first_hit;
    bool dated;
    bool labels; /* results are labels (分组, 格次), not expressions */
    Span span;
    const struct md_table *md; /* as written, for explanations; NULL for tables made by weights */
    uint32_t *column;          /* md column of each input */
};

#endif
