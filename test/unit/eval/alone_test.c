/* alone_test.c - what a subject gets does not depend on who else is there: a population of figures
 * of one size, many of them missing, beside each of its subjects alone. The size decides in what
 * width all of them are computed, and who has gaps by which way. */
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "help/eval_help.h"

enum { ROWS = 66, GIVEN_N = 400, LARGE = 4, SMALL_SIZES = 2 };

static const char *const FIGURES[] = {
    "x + y",
    "x - n",
    "-n",
    "取大(x, r, n)",
    "取小(x, y, n)",
    "x × 3",
    "x × 0.25",
    "x × y",
    "n × r",
    "x / 4",
    "x / y",
    "n / (r + 1)",
    "四舍五入(x / 3, 1)",
    "取整(x × 0.7)",
    "舍尾(y / 7, 2)",
    "x × 0",
    "1000000000000 × x",
    "如果 a 则 x 否则 r",
    "如果 x > y 则 n 否则 -x",
    "如果 x > 3 且 x < 70 则 1 否则 2",
    "如果 非 (y > 5) 或 y > 100 则 3 否则 -200",
    "计数(a, b, x > 1, 非 j)",
    "补值(x, 7)",
    "区间(r, x)",
    "限幅(n, 1, 90)",
    "绝对值(x - n)",
    "x / 2000000000000000000",
    "y / (0 - 2000000000000000000)",
    "舍尾(x / y, 1)",
    "取整(x × 100 / 3)",
    "补值(如果 a 则 x 否则 n, 3)",
    "计数(a)",
    "计数(j, r > 5)",
    "计数(非 a, x > y)",
    "合计(x, y, n)",
    "平均(r, n)",
    "如果 c = s 则 r 否则 n",
    "如果 j 则 -100 否则 100",
    "取大(如果 a 则 1 否则 -3, 如果 b 则 2 否则 100)",
    "(如果 a 则 1 否则 -3) × (如果 b 则 2 否则 7)",
    "(如果 a 则 0.5 否则 -0.3) × r",
    /* only of small figures: others would be too large */
    "x × 2000000000000000000",
    "2000000000000000000 × y",
    "x × (0 - 2000000000000000000)",
    "(0 - 2000000000000000000) × y",
};

static const char *const TRUTHS[] = {
    "x = y",
    "r = x",
    "x = r",
    "c = s",
    "s = c",
    "x < r",
    "r <= x",
    "n >= x",
    "a 且 b",
    "a 或 j",
    "非 (x > n)",
    "非 a",
    "x > 3.5",
    "非 (c = s)",
    "非 (r > x)",
    "非 (a 且 j)",
    "x = 0.123456789",
    "非 (r = x)",
    "r = n",
    "全部(a, b, j)",
    "y <= -2",
    "x > 100000000000000000",
    "y < 9000000000000000000000000",
    "y > (0 - 9000000000000000000000000)",
    "y = 9000000000000000000000000",
    "j = 否",
    "a = 是",
    "缺(x)",
    "0 < x ≤ 5",
    "全部(a, j)",
    "c = \"高\" 或 a",
    "任一(b, x = 4)",
    "n = 0",
    "r < 2.5",
};

static const char *const SIZES[][6] = {
    {"0", "1", "-2", "4", "5", "70"},
    {"0", "0.5", "-3.25", "126", "-127", "99.75"},
    {"3", "30000", "-29999", "128", "2147483646", "-2147483647"},
    {"4", "4000000000", "-3999999999", "0.000001", "17", "1000000000000"},
    {"5", "1000000000000", "-1000000000000", "3", "2305843009213", "0"},
    {"1", "900000000000", "-400000000000", "0.5", "0.125", "7"},
};

static uint32_t g_state = 1;

static uint32_t below(uint32_t n)
{
    g_state = g_state * 1664525U + 1013904223U;
    return (g_state >> 16) % n;
}

static size_t figures_of(size_t size)
{
    return ARRAY_N(FIGURES) - (size < SMALL_SIZES ? 0 : LARGE);
}

static Str body_of(struct arena *a, size_t size)
{
    struct buf b;
    buf_init(&b, a, 1 << 16);
    for (size_t i = 0; i < figures_of(size); i++)
        buf_fmt(&b, "## 指标 f%zu\n- 式: %s\n\n", i, FIGURES[i]);
    for (size_t i = 0; i < ARRAY_N(TRUTHS); i++)
        buf_fmt(&b, "## 条件 t%zu\n- 须: %s\n\n", i, TRUTHS[i]);
    buf_add(&b, S("## 指标 w\n\n| x | w |\n|---|---|\n| >= 100000000000000000000 | 9 |\n"
                  "| [5, 100000000000000000000) | 4 |\n| [-100000000000000000000, 5) | -7 |\n"
                  "| < -100000000000000000000 | 0 |\n"));
    return buf_str(&b);
}

static void add(char *given, const char *name, const char *value)
{
    size_t n = strlen(given);
    (void)snprintf(given + n, GIVEN_N - n, "%s%s=%s", n > 0 ? "; " : "", name, value); /* fits */
}

/* What is known of one subject. */
static void draw(char *given, size_t size, uint32_t gaps)
{
    static const char *const FIELD[] = {"x", "y"}, *const FLAG[] = {"a", "b", "j"};
    static const char *const WORD[] = {"高", "中", "低"}, *const SMALL[] = {"0", "2", "9.5", "10"};
    given[0] = '\0';
    for (size_t i = 0; i < ARRAY_N(FIELD); i++)
        if (below(10) >= gaps)
            add(given, FIELD[i], SIZES[size][below(6)]);
    if (below(10) >= gaps) {
        const char *n = SIZES[size][below(6)];
        add(given, "n", n[0] == '-' ? n + 1 : n);
    }
    if (below(10) >= gaps)
        add(given, "r", SMALL[below(4)]);
    for (size_t i = 0; i < ARRAY_N(FLAG); i++)
        if (below(10) >= gaps)
            add(given, FLAG[i], below(2) == 0 ? "是" : "否");
    if (below(10) >= gaps)
        add(given, "c", WORD[below(3)]);
    if (below(10) >= gaps)
        add(given, "s", WORD[below(3)]);
}

static void put(struct scored *s, uint32_t row, const char *given)
{
    Str rest = str_of(given);
    while (rest.n > 0 && s->st == OK)
        s->st = load_set(s->d, s->r, row, s->o.period, str_trim(str_cut(&rest, ';')), &s->ds);
}

static struct dataset *nobody(struct scored *s, uint32_t row_n)
{
    struct dataset *d = dataset_open(s->arena, row_n);
    for (uint32_t i = 0; i < s->r->label_n; i++)
        (void)labels_code(d->labels, s->r->label[i]); /* codes are 0, 1, .. */
    for (uint32_t i = 0; i < row_n; i++)
        d->id[i] = arena_fmt(s->arena, "%u", i);
    return d;
}

static int differing(struct scored *all, struct scored *one, uint32_t row, char kind, size_t n)
{
    int wrong = 0;
    for (size_t i = 0; i < n; i++) {
        char name[16];
        (void)snprintf(name, sizeof name, "%c%u", kind, (unsigned)i % 1000); /* fits */
        wrong += !str_eq(shown(all, name, row), shown(one, name, 0));
    }
    return wrong;
}

static void check(const char *body, size_t size, uint32_t gaps)
{
    static char given[ROWS][GIVEN_N];
    struct scored all = score_body(body, "");
    all.d = nobody(&all, ROWS);
    for (uint32_t row = 0; row < ROWS; row++) {
        draw(given[row], size, gaps);
        put(&all, row, given[row]);
    }
    rescore(&all);
    CHECK_INT(all.st, OK);
    struct scored one = score_body(body, "");
    for (uint32_t row = 0; row < ROWS && all.st == OK; row++) {
        one.d = nobody(&one, 1);
        put(&one, 0, given[row]);
        rescore(&one);
        CHECK_INT(one.st, OK);
        CHECK(str_eq(shown(&one, "w", 0), shown(&all, "w", row)));
        CHECK_INT(differing(&all, &one, row, 'f', figures_of(size)), 0);
        CHECK_INT(differing(&all, &one, row, 't', ARRAY_N(TRUTHS)), 0);
    }
    unscore(&one);
    unscore(&all);
}

TEST(eval_of_many_is_that_of_each_alone)
{
    struct arena *a = arena_open();
    for (size_t size = 0; size < ARRAY_N(SIZES); size++) {
        const char *body = arena_copy(a, body_of(a, size)).p;
        for (uint32_t gaps = 0; gaps < 9; gaps += 2)
            check(body, size, gaps);
    }
    arena_close(a);
}
