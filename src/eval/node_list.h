/* node_list.h - what a plan is made of: NODE(id, kernel, arguments).
 *
 * Far fewer than the operators of the language: plan_lower.c writes the rest in terms of these.
 * kernel_none is work that is no row kernel. -1: any number of arguments. No include guard. */

NODE(CONST, kernel_none, 0) /* `value` for every row */
NODE(FIELD, kernel_none, 0) /* column (ref, period); `value` where it is missing */
NODE(POP, kernel_none, -1) /* population step pop[ref] over the first arguments, keys behind them */

/* numbers and days; `scale` is the result's, scale_of[] the arguments' */
NODE(RESCALE, kernel_rescale, 1) /* to `scale`, rounded `how` */
NODE(NEG, kernel_neg, 1)
NODE(ABS, kernel_abs, 1)
NODE(ADD, kernel_add, 2) /* arguments at the result's scale, as with SUB MAX MIN */
NODE(SUB, kernel_sub, 2)
NODE(MAX, kernel_max, 2)
NODE(MIN, kernel_min, 2)
NODE(MUL, kernel_mul, 2)
NODE(DIV, kernel_div, 2) /* rounded `how` */
NODE(SQRT, kernel_sqrt, 1)
NODE(LN, kernel_ln, 1)
NODE(LOG10, kernel_log10, 1)
NODE(EXP, kernel_exp, 1)
NODE(POW, kernel_pow, 2)
NODE(CAGR, kernel_cagr, 2) /* (last / first)^(1 / ref) - 1 */
NODE(GEO, kernel_geo, -1)  /* x1 w1 x2 w2 ..; all x at one scale, all w at one */
NODE(HARM, kernel_harm, -1)
NODE(RANGE, kernel_range, 2)
NODE(REVIEWED, kernel_reviewed, 2)
NODE(YEARS, kernel_years, 2)
NODE(YEAR_OF, kernel_year_of, 1)

/* truth */
NODE(AND, kernel_and, 2)
NODE(OR, kernel_or, 2)
NODE(NOT, kernel_invert, 1)
NODE(EQ_NUM, kernel_eq_num, 2) /* numbers and days; any scales, as with LT LE */
NODE(EQ_TEXT, kernel_eq_text, 2)
NODE(EQ_TRUTH, kernel_eq_truth, 2)
NODE(LT, kernel_lt, 2)
NODE(LE, kernel_le, 2)
NODE(MISSING, kernel_missing, 1)
NODE(STARTS, kernel_starts, 2) /* text, prefix */
NODE(KEPT, kernel_kept, 2)     /* does a period of year arg1 count, since the year arg0? */

/* any type; values at the result's scale */
NODE(TALLY, kernel_tally, 1)     /* 1 where met, 0 where not, [0, 1] where that is open */
NODE(IF, kernel_if, 3)           /* condition, then, else */
NODE(ROW, kernel_row, 3)         /* a decision row: its truth, its result, the rows below */
NODE(ROW_END, kernel_row_end, 1) /* no row at all: unknown */
NODE(DEFAULT, kernel_default, 2)
NODE(CARRY, kernel_carry, 2) /* the first where definite, else the second */
