/* seek_test.c - seek finds what trying every combination of thresholds finds.
 *
 * Small random documents: bands that rise or do as they like, a gate over two facts, a grade. Every
 * fact is tried at its present value and on both sides of every bound; the cheapest combination
 * that reaches the goal must cost what seek says, and seek must reach the goal if any does.
 */
#include "base/buf.h"
#include "base/decimal.h"
#include "eval/cell.h"
#include "prop/run.h"
#include "rule/model.h"
#include "seek/seek.h"
#include "t.h"

enum { TRIALS = 150, FACTS = 4, BOUNDS = 3, MOST = 90, YEAR = 2024 };

struct town {
    uint64_t seed;
    struct arena *keep;
    struct buf doc;
    struct run w;
    struct result *res;
    int fact[FACTS], bound[FACTS][BOUNDS]; /* tenths */
    int gate;                              /* one more bound, of x0 */
    struct seek_goal goal;
    int64_t best; /* cost, at SEEK_COST_SCALE; -1: out of reach */
};

static int pick(struct town *t, int n)
{
    t->seed = t->seed * 6364136223846793005u + 1442695040888963407u;
    return (int)((t->seed >> 33) % (uint64_t)n);
}

static void say_leaf(struct town *t, int i, bool rising)
{
    int *b = t->bound[i], points = pick(t, 3);
    b[0] = 5 + pick(t, 20);
    b[1] = b[0] + 5 + pick(t, 20);
    b[2] = b[1] + 5 + pick(t, 20);
    buf_fmt(&t->doc, "\n### 分%d\n\n| x%d | 分%d |\n|---|---|\n", i, i, i);
    for (int k = 0; k <= BOUNDS; k++) {
        if (k == 0)
            buf_fmt(&t->doc, "| < %d.%d | %d |\n", b[0] / 10, b[0] % 10, points);
        else if (k < BOUNDS)
            buf_fmt(&t->doc, "| [%d.%d, %d.%d) | %d |\n", b[k - 1] / 10, b[k - 1] % 10, b[k] / 10,
                    b[k] % 10, points);
        else
            buf_fmt(&t->doc, "| >= %d.%d | %d |\n", b[k - 1] / 10, b[k - 1] % 10, points);
        points = rising ? points + 1 + pick(t, 5) : pick(t, 15);
    }
}

static Str make(struct town *t)
{
    struct buf csv;
    bool rising = pick(t, 3) > 0;
    buf_init(&t->doc, t->keep, 1 << 16);
    buf_add(&t->doc, S("# 寻求\n\n- 状态: 示例\n\n## 字段\n\n| 名称 | 类型 | 小数 | 范围 |\n"
                       "|---|---|---|---|\n"));
    for (int i = 0; i < FACTS; i++)
        buf_fmt(&t->doc, "| x%d | 数 | 1 | [0, 9] |\n", i);
    buf_add(&t->doc, S("\n## 评分 总分\n\n- 汇总: 合计\n"));
    for (int i = 0; i < FACTS; i++)
        say_leaf(t, i, rising);
    int gate = t->bound[pick(t, 2)][pick(t, BOUNDS)];
    buf_fmt(&t->doc, "\n## 条件 两样\n- 须: 总分 >= %d 且 x0 <= %d.%d\n", 8 + pick(t, 20),
            gate / 10, gate % 10);
    buf_fmt(&t->doc,
            "\n## 格次 等\n- 依据: 总分\n\n| 总分 | 等 |\n|---|---|\n| >= %d | A |\n"
            "| [%d, %d) | B |\n| < %d | C |\n",
            20, 12, 20, 12);
    buf_init(&csv, t->keep, 1 << 12);
    buf_add(&csv, S("编号,x0,x1,x2,x3\nT"));
    for (int i = 0; i < FACTS; i++) {
        t->fact[i] = pick(t, MOST);
        buf_fmt(&csv, ",%d.%d", t->fact[i] / 10, t->fact[i] % 10);
    }
    buf_char(&csv, '\n');
    t->gate = gate;
    return buf_str(&csv);
}

/* ---- every combination ---- */

static Wide cost_of(int from, int to)
{
    Wide c = 0;
    int size = to > from ? to - from : from - to, by = from > 10 ? from : 10;
    CHECK(wide_div(&c, size, 0, by, 0, SEEK_COST_SCALE, ROUND_HALF_UP));
    return c;
}

static bool reached(struct town *t, const int *value)
{
    struct dataset *d = dataset_copy(t->keep, t->w.d);
    Cell *c = NULL;
    for (uint32_t i = 0; i < FACTS; i++)
        column_set(dataset_column(d, i, COL_NO_PERIOD), 0, value[i]);
    if (eval_frozen(t->keep, &c, t->w.plan, t->res, d, 0, NULL) != OK)
        return false;
    Cell is = c[t->goal.item];
    return t->goal.kind == SEEK_GRADE    ? is.lo == is.hi && is.lo <= t->goal.row
           : t->goal.kind == SEEK_NUMBER ? is.lo >= t->goal.value
                                         : truth_of(is) == TRUTH_MET;
}

static void try_from(struct town *t, int i, int *value, Wide cost)
{
    if (t->best >= 0 && cost >= t->best)
        return;
    if (i == FACTS) {
        if (reached(t, value))
            t->best = (int64_t)cost;
        return;
    }
    for (int k = -1; k < 2 * BOUNDS + 2; k++) {
        int b = k >= 2 * BOUNDS ? t->gate : k >= 0 ? t->bound[i][k / 2] : 0;
        value[i] = k < 0 ? t->fact[i] : k >= 2 * BOUNDS ? b + k % 2 : b - k % 2;
        if (value[i] >= 0 && value[i] <= MOST)
            try_from(t, i + 1, value, cost + cost_of(t->fact[i], value[i]));
    }
}

static bool read_goal(struct town *t, int which)
{
    static const char *const goal[] = {"总分 >= 18", "等 >= B", "两样", "等>=A"};
    struct seek_fault f = {{0, 0}, {"", 0}};
    Str text = {goal[which], 0};
    while (text.p[text.n] != '\0')
        text.n++;
    return seek_goal_read(t->keep, &t->goal, t->w.r, text, LANG_ZH, &f) == OK;
}

static void check_town(struct town *t, size_t *found)
{
    struct seek_opts o = {.lang = LANG_ZH};
    struct seek_answer a;
    int value[FACTS];
    t->best = -1;
    try_from(t, 0, value, 0);
    CHECK(seek_goal(t->keep, &a, t->w.plan, t->res, 0, &t->goal, &o) == OK);
    CHECK((a.end == SEEK_ALREADY || a.end == SEEK_REACHED) == (t->best >= 0));
    CHECK_INT(a.cost, t->best >= 0 ? t->best : 0);
    CHECK(a.end != SEEK_REACHED || a.proof == SEEK_BEST);
    *found += a.end == SEEK_REACHED;
}

TEST(prop_seek_is_as_cheap_as_trying_all)
{
    size_t found = 0;
    for (int trial = 1; trial <= TRIALS; trial++) {
        struct town t = {.seed = (uint64_t)trial * 977, .keep = arena_open()};
        Str csv = make(&t);
        Day day = 0;
        CHECK(day_of(&day, YEAR + 1, 6, 1));
        bool good = run_open(&t.w, buf_str(&t.doc), csv, day, YEAR) &&
                    run_vector(&t.w, &t.res) == OK && read_goal(&t, trial % 4);
        CHECK(good);
        if (!good)
            run_complain(&t.w);
        else
            check_town(&t, &found);
        run_close(&t.w);
        arena_close(t.keep);
    }
    CHECK(found > TRIALS / 4);
}
