#include "help/eval_help.h"
#include "seek/seek.h"

static const char doc[] = "## 评分 w\n- 满分: 10\n- 计量: x\n- 通过: w >= 6\n"
                          "## 格次 g\n- 依据: w\n\n| w | g |\n|---|---|\n| >= 8 | 甲 |\n"
                          "| [5, 8) | 乙 |\n| < 5 | 丙 |\n"
                          "## 格次 h\n- 依据: w\n\n| w | h |\n|---|---|\n| < 5 | 下 |\n"
                          "| >= 5 | 上 |\n"
                          "## 条件 k\n- 须: a 且 b\n"
                          "## 参数 p\n- 值: 3\n"
                          "## 政策 m\n- 条件: a\n- 金额: 2万元\n";

static struct seek_goal goal;
static struct seek_fault fault;

static enum status read(struct scored *s, const char *text, enum lang lang)
{
    return seek_goal_read(s->arena, &goal, s->r, str_of(text), lang, &fault);
}

/* A goal that is none: where, and what is said. */
static void check_bad(struct scored *s, const char *text, uint32_t beg, uint32_t end,
                      const char *says)
{
    CHECK(read(s, text, LANG_EN) == ERR_INPUT);
    CHECK_INT(fault.span.beg, beg);
    CHECK_INT(fault.span.end, end);
    CHECK_STR(fault.text, says);
    CHECK(read(s, text, LANG_ZH) == ERR_INPUT && fault.text.n > 0);
}

TEST(goals_of_each_kind_are_read)
{
    struct scored s = score_body(doc, "x=1");
    CHECK(read(&s, "w >= 7.5分", LANG_ZH) == OK);
    CHECK(goal.kind == SEEK_NUMBER && goal.op == OP_GE && goal.value == 75000);
    CHECK(read(&s, "w＞7", LANG_ZH) == OK && goal.op == OP_GT && goal.value == 70000);
    CHECK(read(&s, "w≤7", LANG_ZH) == OK && goal.op == OP_LE);
    CHECK(read(&s, " g >= 乙 ", LANG_ZH) == OK);
    CHECK(goal.kind == SEEK_GRADE && goal.row == 1 && !goal.rows_up);
    CHECK(read(&s, "h≥上", LANG_ZH) == OK && goal.rows_up && goal.row == 1);
    CHECK(read(&s, "k", LANG_ZH) == OK && goal.kind == SEEK_TRUTH);
    CHECK(read(&s, "k = 符合", LANG_ZH) == OK && read(&s, "k=met", LANG_ZH) == OK);
    CHECK(read(&s, "w通过", LANG_ZH) == OK && goal.kind == SEEK_TRUTH);
    CHECK(read(&s, "m", LANG_ZH) == OK && goal.op == OP_GT && goal.value == 0);
    CHECK(read(&s, "m >= 1.5万元", LANG_ZH) == OK && goal.op == OP_GE);
    unscore(&s);
}

TEST(goals_that_are_none_say_why)
{
    struct scored s = score_body(doc, "x=1");
    check_bad(&s, "ww >= 3", 0, 2, "there is no item “ww”; did you mean w");
    check_bad(&s, ">= 3", 0, 4, "a goal is NAME >= VALUE");
    check_bad(&s, "w >= ", 2, 4, "the value to be reached is missing");
    check_bad(&s, "w", 0, 1, "“w” is a number; write it as w >= 70");
    check_bad(&s, "w = 7", 4, 5, "“w” is a number; write it as w >= 70");
    check_bad(&s, "x >= 7", 0, 1, "“x” is a field; a goal is a gate, score, grade, rank or policy");
    check_bad(&s, "p >= 7", 0, 1, "“p” is a Param; a goal is a gate, score, grade, rank or policy");
    check_bad(&s, "k >= 7", 5, 6, "“k” is a gate; the goal can only be k = met");
    check_bad(&s, "k = 不符", 4, 10, "“k” is a gate; the goal can only be k = met");
    check_bad(&s, "g >= 丁", 5, 8, "the grades of “g” are 甲, 乙, 丙; write it as g >= 甲");
    check_bad(&s, "h < 上", 4, 7, "the grades of “h” are 下, 上; write it as h >= 上");
    CHECK(read(&s, "w >= 很多", LANG_ZH) == ERR_INPUT && fault.span.beg == 5);
    unscore(&s);
}
