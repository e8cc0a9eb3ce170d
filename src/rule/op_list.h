/* op_list.h - every operator and function: OP(id, zh, en, min args, max args, class).
 * Read by the parser, the type checker, both evaluators, explanations and docs/language.md.
 * No include guard: included with OP defined. */

/* operators; the names are not callable */
OP(NONE, "", "", 0, 0, OPC_ARITH)
OP(NEG, "", "", 1, 1, OPC_ARITH)
OP(ADD, "", "", 2, 2, OPC_ARITH)
OP(SUB, "", "", 2, 2, OPC_ARITH)
OP(MUL, "", "", 2, 2, OPC_ARITH)
OP(DIV, "", "", 2, 2, OPC_ARITH) /* by zero: unknown */
OP(AND, "全部", "all", 1, -1, OPC_LOGIC)
OP(OR, "任一", "any", 1, -1, OPC_LOGIC)
OP(NOT, "", "", 1, 1, OPC_LOGIC)
OP(EQ, "", "", 2, 2, OPC_COMPARE)
OP(NE, "", "", 2, 2, OPC_COMPARE)
OP(LT, "", "", 2, 2, OPC_COMPARE)
OP(LE, "", "", 2, 2, OPC_COMPARE)
OP(GT, "", "", 2, 2, OPC_COMPARE)
OP(GE, "", "", 2, 2, OPC_COMPARE)
OP(IF, "", "", 3, 3, OPC_LOGIC) /* 如果 a 则 b 否则 c */

/* row functions */
OP(MAX, "取大", "max", 1, -1, OPC_FUNC)
OP(MIN, "取小", "min", 1, -1, OPC_FUNC)
OP(CAP, "封顶", "cap", 2, 2, OPC_FUNC)
OP(FLOOR_AT, "保底", "floor_at", 2, 2, OPC_FUNC)
OP(CLAMP, "限幅", "clamp", 3, 3, OPC_FUNC)           /* x, lo, hi */
OP(GOALPOST, "目标区间", "goalpost", 3, 3, OPC_FUNC) /* clamp((x - lo) / (hi - lo), 0, 1) */
OP(ATTAIN, "达标率", "attain", 2, 2, OPC_FUNC)       /* min(x / standard, 1) */
OP(ROUND, "四舍五入", "round", 1, 2, OPC_FUNC)       /* the second argument is a literal */
OP(ROUND_DOWN, "舍尾", "trunc", 1, 2, OPC_FUNC)
OP(ROUND_UP, "进一", "roundup", 1, 2, OPC_FUNC)
OP(ROUND_EVEN, "四舍六入", "round_even", 1, 2, OPC_FUNC)
OP(FLOOR, "取整", "floor", 1, 1, OPC_FUNC) /* towards minus infinity, 0 decimals */
OP(ABS, "绝对值", "abs", 1, 1, OPC_FUNC)
OP(SQRT, "开方", "sqrt", 1, 1, OPC_FUNC)
OP(LN, "自然对数", "ln", 1, 1, OPC_FUNC)
OP(LOG10, "常用对数", "log10", 1, 1, OPC_FUNC)
OP(EXP, "指数函数", "exp", 1, 1, OPC_FUNC)
OP(POW, "乘方", "pow", 2, 2, OPC_FUNC)         /* also written x ^ y */
OP(RANGE, "区间", "range", 2, 2, OPC_FUNC)     /* a person decides between the two; also a ~ b */
OP(MISSING, "缺", "missing", 1, 1, OPC_FUNC)   /* is it unknown? always definite */
OP(DEFAULT, "补值", "default", 2, 2, OPC_FUNC) /* the first, or the second where it is unknown */
OP(COUNT, "计数", "count", 1, -1, OPC_FUNC)    /* how many of the conditions are met */
OP(PASSES, "通过", "passes", 1, 1, OPC_FUNC)   /* does the score X pass? */
OP(STARTS, "开头", "starts", 2, -1, OPC_FUNC)  /* text starts with one of the literals */
OP(YEARS, "年数", "years", 2, 2, OPC_FUNC)     /* full years from the first day to the second */
OP(DAYS, "天数", "days", 2, 2, OPC_FUNC)
OP(YEAR_OF, "年份", "year_of", 1, 1, OPC_FUNC)
OP(PREV, "上年", "prev", 1, 1, OPC_FUNC) /* x a year earlier; becomes EXPR_AT */
OP(AGO, "往年", "ago", 2, 2, OPC_FUNC)   /* x n years earlier; becomes EXPR_AT */
OP(REVIEWED, "", "", 2, 2, OPC_FUNC)     /* forms: the expert's figure, if given; must be inside */
OP(UNSETTLED, "", "", 1, 1, OPC_FUNC)    /* forms: is it no single figure? always definite */
OP(STEPS, "", "", 2, 2, OPC_FUNC)        /* forms: whole units of arg1 in arg0, towards zero */

/* over periods: f(x, 近N年[, 自 day]); SUM, MEAN, MAX, MIN also over plain arguments */
OP(SUM, "合计", "sum", 1, -1, OPC_SPAN)
OP(MEAN, "平均", "mean", 1, -1, OPC_SPAN)
OP(SPAN_MAX, "期间最大", "max_over", 1, 1, OPC_SPAN)
OP(SPAN_MIN, "期间最小", "min_over", 1, 1, OPC_SPAN)
OP(GROWTH, "增长率", "growth", 1, 1, OPC_SPAN) /* mean of the yearly x / previous - 1 */
OP(CAGR, "复合增长率", "cagr", 1, 1, OPC_SPAN) /* (last / first)^(1/(N-1)) - 1 */
OP(EACH, "逐年", "each", 1, 1, OPC_SPAN)       /* condition met in every period */
OP(SOME, "任一年", "some", 1, 1, OPC_SPAN)
OP(CARRY, "沿用", "carry", 1, 1, OPC_SPAN) /* the latest known value */

/* over the population (peer groups by 同) */
OP(PERCENTILE, "百分位", "percentile", 1, 1, OPC_POP)
OP(RANK, "名次", "rank", 1, 1, OPC_POP)
OP(BORDA, "波达分", "borda", 1, 1, OPC_POP) /* #below + #equal others / 2 */
OP(MINMAX, "极差标准化", "minmax", 1, 1, OPC_POP)
OP(ZSCORE, "标准分", "zscore", 1, 1, OPC_POP)
OP(TO_MAX, "距标杆", "to_max", 1, 1, OPC_POP)   /* x / largest of the group */
OP(WINSOR, "缩尾", "winsorize", 3, 3, OPC_POP)  /* x, low share, high share */
OP(UNSKEW, "偏度处理", "unskew", 4, 4, OPC_POP) /* x, |skew|, kurtosis, most points treated */
OP(GROUP_MEAN, "组均值", "group_mean", 1, 1, OPC_POP)
OP(GROUP_MEDIAN, "组中位数", "group_median", 1, 1, OPC_POP)
OP(GROUP_SUM, "组合计", "group_sum", 1, 1, OPC_POP)
OP(GROUP_MAX, "组最大", "group_max", 1, 1, OPC_POP)
OP(GROUP_MIN, "组最小", "group_min", 1, 1, OPC_POP)
OP(GROUP_COUNT, "组计数", "group_count", 1, 1, OPC_POP)
OP(GROUP_QUANTILE, "组分位数", "group_quantile", 2, 2, OPC_POP) /* linear interpolation, type 7 */
OP(GROUP_SD, "组标准差", "group_sd", 1, 1, OPC_POP)
OP(IMPUTE_MEAN, "补均值", "impute_mean", 1, 1, OPC_POP)
OP(IMPUTE_MEDIAN, "补中位数", "impute_median", 1, 1, OPC_POP)
OP(BOARD, "", "", 1, 1, OPC_POP) /* 格次 by quantile: share of the group ranked before x */

/* aggregation of children (汇总); args are x1 w1 x2 w2 .. ; COPELAND is over the population */
OP(AGG_SUM, "", "", 2, -1, OPC_AGG)      /* weights 1 */
OP(AGG_WEIGHTED, "", "", 2, -1, OPC_AGG) /* sum of w x */
OP(AGG_ARITH, "", "", 2, -1, OPC_AGG)    /* sum of w x / sum of w */
OP(AGG_GEO, "", "", 2, -1, OPC_AGG)      /* product of x^w, to the power 1 / sum of w */
OP(AGG_HARM, "", "", 2, -1, OPC_AGG)     /* sum of w / sum of (w / x) */
OP(AGG_MAX, "", "", 2, -1, OPC_AGG)
OP(AGG_MIN, "", "", 2, -1, OPC_AGG)
OP(AGG_COPELAND, "", "", 2, -1, OPC_AGG) /* (won - lost) / (n - 1) over all pairs of subjects */
OP(CHOICE, "", "", 3, -1, OPC_FUNC)      /* 择一: chosen label, then label1 x1 label2 x2 .. */
