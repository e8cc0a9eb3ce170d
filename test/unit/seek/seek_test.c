#include "base/buf.h"
#include "base/decimal.h"
#include "help/eval_help.h"
#include "seek/seek.h"

/* "x=5 a=1; 0.25 best": the changes as mantissas without trailing zeros, the cost, the proof. */
static Str told(struct scored *s, const struct seek_answer *a)
{
    static const char *const end[] = {"already", "", "unreachable", "not found"};
    static const char *const proof[] = {"best", "thresholds", "budget"};
    struct buf b;
    buf_init(&b, s->arena, 4000);
    for (uint32_t i = 0; i < a->change_n; i++) {
        const struct field *f = &s->r->field[a->change[i].field];
        buf_fmt(&b, "%.*s=", (int)f->name.n, f->name.p);
        dec_print(&b, a->change[i].to.lo, f->type.scale);
        buf_char(&b, ' ');
    }
    if (a->end != SEEK_REACHED)
        buf_fmt(&b, "%s", end[a->end]);
    else {
        dec_print(&b, a->cost, SEEK_COST_SCALE);
        buf_fmt(&b, " %s", proof[a->proof]);
    }
    return buf_str(&b);
}

static void check_priced(const char *body, const char *given, const char *prices, const char *text,
                         const char *want)
{
    struct scored s = score_body(body, given);
    struct seek_goal g;
    struct seek_fault f = {{0, 0}, S("")};
    struct seek_answer a;
    struct seek_price *p = NULL;
    struct seek_opts o = {.lang = LANG_ZH};
    CHECK_INT(s.st, OK);
    CHECK(prices == NULL || seek_prices_read(s.arena, &p, s.r, str_of(prices), LANG_ZH, &f) == OK);
    o.price = p;
    if (s.st == OK && seek_goal_read(s.arena, &g, s.r, str_of(text), LANG_ZH, &f) == OK) {
        CHECK(seek_goal(s.arena, &a, s.p, s.res, 0, &g, &o) == OK);
        CHECK_STR(told(&s, &a), want);
    } else {
        CHECK_STR(f.text, "");
    }
    unscore(&s);
}

static void check_goal(const char *body, const char *given, const char *text, const char *want)
{
    check_priced(body, given, NULL, text, want);
}

static const char bands[] = "## 评分 w\n### 甲\n| x | 甲 |\n|---|---|\n| >= 10 | 5 |\n"
                            "| [4, 10) | 3 |\n| < 4 | 0 |\n"
                            "### 乙\n| y | 乙 |\n|---|---|\n| > 6 | 4 |\n| <= 6 | 1 |\n"
                            "### 丙\n- 标志: a; b\n- 得: 2\n"
                            "## 格次 g\n- 依据: w\n\n| w | g |\n|---|---|\n| >= 9 | A |\n"
                            "| [6, 9) | B |\n| < 6 | C |\n";

TEST(scores_and_grades_over_bands)
{
    const char *given = "x=2; y=5; a=否; b=是";
    check_goal(bands, given, "w >= 3", "already");
    check_goal(bands, given, "w >= 6", "y=6.000001 0.2000002 best");
    check_goal(bands, given, "g >= B", "y=6.000001 0.2000002 best");
    check_goal(bands, given, "w >= 9", "x=4 y=6.000001 1.2000002 best");
    check_goal(bands, given, "g >= A", "x=4 y=6.000001 1.2000002 best");
    check_goal(bands, given, "w >= 13", "x=10 a=1 y=6.000001 5.2000002 best");
    check_goal(bands, given, "w > 13", "unreachable");
    check_goal(bands, given, "甲 >= 3", "x=4 1 best");
    check_goal(bands, "x=12; y=8; a=是; b=是", "w <= 8", "y=6 x=9.999999 0.41666675 best");
}

TEST(gates_are_sought_part_by_part)
{
    const char *body = "## 条件 k\n- 须: x >= 5 且 r <= 3 且 a 且 (y > 2 或 n >= 8)\n";
    check_goal(body, "x=4; r=4; a=否; y=1; n=7", "k", "a=1 x=5 r=3 n=8 1.642857143 best");
    check_goal(body, "x=9; r=2; a=是; y=3; n=0", "k", "already");
    check_goal(body, "x=9; r=2; y=3; n=0", "k", "unreachable"); /* a is missing */
    check_goal("## 条件 k\n- 须: c = “高”\n", "c=低", "k", "c=0 2 best");
    check_goal("## 条件 k\n- 须: 非 a\n", "a=是", "k", "unreachable");
    check_goal("## 条件 k\n- 须: x > 0 且 x < 0\n", "x=1", "k", "not found");
}

TEST(ratios_move_the_upper_fact)
{
    check_goal("## 条件 k\n- 须: x / y >= 50%\n", "x=4; y=10", "k", "x=5 0.25 thresholds");
    check_goal("## 条件 k\n- 须: 合计(u, 近2年) >= 10\n", "u@2022=3; u=4", "k", "u=7 0.75 best");
    check_goal("## 条件 k\n- 须: 增长率(u) >= 20%\n", "u@2022=5; u=4", "k", "u=6 0.5 best");
}

/* Points are rounded to four decimals, money to fen: what rounds up to the goal reaches it. */
TEST(lines_are_closed_to_the_last_digit)
{
    check_goal("## 评分 w\n### 甲\n- 式: x × 2\n### 乙\n- 式: y × 3\n", "x=5; y=5", "w >= 28",
               "y=5.999984 0.1999968 thresholds");
    check_goal("## 评分 w\n- 满分: 10\n- 计量: x\n- 每: 3\n- 得: 2\n", "x=2", "w >= 6",
               "x=9 3.5 best");
    check_goal("## 评分 w\n- 满分: 10\n- 计量: x\n- 每: 3\n- 得: 2\n- 零头: 按比例\n", "x=3",
               "w >= 5", "x=7.499925 1.499975 best");
    check_goal("## 评分 w\n- 满分: 10\n- 计量: x\n- 每: 3\n- 得: 2\n", "x=2", "w > 10",
               "unreachable");
}

TEST(policies_are_paid_or_not)
{
    const char *body = "## 政策 m\n- 条件: a 且 x >= 3\n- 金额: y × 1元\n";
    check_goal(body, "a=否; x=2; y=5", "m", "a=1 x=3 1.5 best");
    check_goal(body, "a=是; x=3; y=5", "m >= 8元", "y=7.995 0.599 thresholds");
    check_goal(body, "a=是; x=3; y=5", "m > 0", "already");
}

TEST(prices_decide)
{
    const char *given = "x=2; y=5; a=否; b=是";
    check_priced(bands, given, "字段,单位成本,最多\nx,1,\ny,9,\n", "w >= 6", "x=4 2 best");
    check_priced(bands, given, "字段,单位成本,最多\nx,1,1\ny,9,\n", "w >= 6",
                 "y=6.000001 9.000009 best");
    check_priced(bands, given, "字段,单位成本,最多\nx,1,1\n", "w >= 6", "unreachable");
    check_priced(bands, given, "字段,单位成本\na,7\n", "w >= 5", "a=1 7 best");
    check_priced(bands, given, "字段,单位成本\nx,0\n", "w >= 8", "x=10 0 best");
    check_priced("## 条件 k\n- 须: x / y >= 50%\n", "x=4; y=10", "字段,单位成本\nx,9\ny,1\n", "k",
                 "y=8 2 thresholds");
    check_priced("## 条件 k\n- 须: 非 a\n", "a=是", "字段,单位成本\na,2\n", "k", "a=0 2 best");
}

/* Fourteen facts, each worth a point a step, and a goal that takes 60 steps: sets by size would not
 * come to it within any budget. */
TEST(goals_far_off_are_met_by_many_moves)
{
    enum { FACTS = 14 };
    struct arena *tmp = arena_open();
    struct buf b;
    buf_init(&b, tmp, 20000);
    buf_fmt(&b, "# 远\n- 状态: 示例\n\n## 字段\n\n| 名称 | 类型 | 范围 |\n|---|---|---|\n");
    for (int i = 0; i < FACTS; i++)
        buf_fmt(&b, "| f%d | 数 | [0, 100] |\n", i);
    buf_fmt(&b, "\n## 评分 w\n");
    for (int i = 0; i < FACTS; i++)
        buf_fmt(&b, "\n### g%d\n- 满分: 6\n- 计量: f%d\n- 每: %d\n- 得: 1\n", i, i, FACTS - i);
    buf_fmt(&b, "\n## 测试\n|");
    for (int i = 0; i < 2 * FACTS; i++)
        buf_fmt(&b, i < FACTS ? " f%d |" : i == FACTS ? "\n|---|" : "---|", i);
    buf_fmt(&b, "\n|");
    for (int i = 0; i < FACTS; i++)
        buf_fmt(&b, " 0 |");
    buf_char(&b, '\n');
    buf_char(&b, 0);
    struct scored s = score_doc(buf_str(&b).p);
    struct seek_goal g;
    struct seek_fault f;
    struct seek_answer a = {0};
    struct seek_opts o = {.lang = LANG_ZH};
    CHECK(seek_goal_read(s.arena, &g, s.r, S("w >= 60"), LANG_ZH, &f) == OK);
    CHECK(seek_goal(s.arena, &a, s.p, s.res, 0, &g, &o) == OK);
    CHECK_INT(a.end, SEEK_REACHED);
    CHECK_INT(a.proof, SEEK_BUDGET_OUT);
    CHECK_INT(a.change_n, 10);                          /* the cheap ones, whole */
    CHECK(a.cost == 330 * wide_pow10(SEEK_COST_SCALE)); /* 6 x (1 + .. + 10) */
    unscore(&s);
    arena_close(tmp);
}

TEST(steps_list_what_brings_points)
{
    struct scored s = score_body(bands, "x=2; y=5; a=否; b=是");
    struct seek_opts o = {.lang = LANG_ZH};
    struct seek_step *step = NULL;
    uint32_t n = 0;
    CHECK(seek_steps(s.arena, &step, &n, s.p, s.res, 0, &o) == OK);
    CHECK_INT(n, 3);
    CHECK_STR(s.r->item[step[0].leaf].name, "乙");
    CHECK_INT(step[0].gain, 30000);
    CHECK_STR(str_sub(s.r->text, step[0].interval.beg, step[0].interval.end), "> 6");
    CHECK_STR(s.r->item[step[1].leaf].name, "甲");
    CHECK_STR(s.r->field[step[2].change.field].name, "a");
    unscore(&s);
}
