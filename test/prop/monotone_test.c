/* More of a good never lowers a score that is monotone in it: bands that rise, steps, ratios,
 * places in the population, under every aggregation. One fact of one subject is raised, everybody
 * is scored again, and none of that subject's scores may have fallen, at either end.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/str.h"
#include "prop/run.h"
#include "prop/sample.h"
#include "t.h"
#include "unit/grade/gen.h"

enum { GOODS = 4, ROWS = 12, TRIALS = 400, MISSING = -1 };

struct town {
    struct gen g;
    struct arena *keep;
    struct buf doc;
    int fact[ROWS][GOODS]; /* in tenths */
    int group[ROWS];
};

static int pick(struct town *t, int n)
{
    return gen_int(&t->g, 0, n - 1);
}

/* Writes the text with $ as one of the goods and & as who the peers are. */
static void say(struct town *t, const char *text)
{
    static const char *const peers[] = {"", ", 同 组", ", 同 组, 最小组 5"};
    int good = pick(t, GOODS);
    const char *among = peers[pick(t, 3)];
    for (const char *p = text; *p != '\0'; p++) {
        if (*p == '$')
            buf_fmt(&t->doc, "x%d", good);
        else if (*p == '&')
            buf_add(&t->doc, str_of(among));
        else
            buf_char(&t->doc, *p);
    }
}

static void measure(struct town *t)
{
    static const char *const of[] = {"$",          "($ * 2 + 1)",     "平均($, 3)",
                                     "取大($, 2)", "自然对数($ + 1)", "开方($)"};
    say(t, "- 计量: ");
    say(t, of[pick(t, (int)ARRAY_N(of))]);
    say(t, "\n");
}

static void bands(struct town *t)
{
    int a = 1 + pick(t, 4), b = a + 1 + pick(t, 4);
    say(t, "\n| $ | 得分 |\n|---|---|\n");
    buf_fmt(&t->doc, "| >= %d | 5 |\n| [%d, %d) | 3 |\n", b, a, b);
    buf_fmt(&t->doc, "| < %d | %s |\n", a, pick(t, 3) ? "1" : "1~2");
}

static void form(struct town *t)
{
    static const char *const measured[] = {"- 门槛: 2\n- 起步分: 1\n- 每: 1\n- 得: 0.7\n",
                                           "- 每: 2\n- 得: 1\n- 零头: 进一\n",
                                           "- 每: 3\n- 得: 2\n- 零头: 按比例\n",
                                           "- 目标: 6\n- 超额: 1\n",
                                           "- 标准: 6\n",
                                           "- 均值: 3\n- 起步分: 2\n- 每: 5%\n- 得: 0.2\n"};
    static const char *const placed[] = {
        "百分位($&) * 8", "极差标准化($&) * 8", "标准分($&) + 3",     "距标杆($&) * 8",
        "波达分($&) / 2", "9 - 名次($&)",       "缩尾($, 10%, 90%&)", "$ / 2 + 百分位($&)"};
    int k = pick(t, 8);
    if (k == 0) {
        bands(t);
    } else if (k < 5) {
        measure(t);
        say(t, measured[pick(t, (int)ARRAY_N(measured))]);
    } else {
        say(t, "- 式: ");
        say(t, placed[pick(t, (int)ARRAY_N(placed))]);
        say(t, "\n");
    }
}

static void make_document(struct town *t)
{
    static const char *const aggregates[] = {"合计",     "加权", "算术平均", "几何平均",
                                             "调和平均", "取大", "取小"};
    static const char *const weights[] = {"0.5", "0.3", "0.2"};
    say(t, "# 多多益善\n\n- 状态: 示例\n- 对象: 镇\n\n## 字段\n\n"
           "| 名称 | 类型 | 范围 |\n|---|---|---|\n| 组 | 文本 | |\n");
    for (int i = 0; i < GOODS; i++)
        buf_fmt(&t->doc, "| x%d | 数 | [0, 9] |\n", i);
    for (int i = 0; i < 3; i++) {
        buf_fmt(&t->doc, "\n## 评分 评%d\n\n- 汇总: %s\n", i,
                aggregates[pick(t, (int)ARRAY_N(aggregates))]);
        for (int k = 0; k < 3; k++) {
            buf_fmt(&t->doc, "\n### 分%d%d\n\n- 满分: 9\n- 权重: %s\n", i, k, weights[k]);
            form(t);
        }
    }
}

static void make_facts(struct town *t)
{
    for (int row = 0; row < ROWS; row++) {
        t->group[row] = pick(t, 3);
        for (int i = 0; i < GOODS; i++)
            t->fact[row][i] = pick(t, 8) == 0 ? MISSING : pick(t, 81);
    }
}

static Str csv_of(struct town *t)
{
    struct buf b;
    buf_init(&b, t->keep, BUF_MAX);
    buf_add(&b, S("编号,组"));
    for (int i = 0; i < GOODS; i++)
        buf_fmt(&b, ",x%d", i);
    for (int row = 0; row < ROWS; row++) {
        buf_fmt(&b, "\nT%02d,%c", row, "abc"[t->group[row]]);
        for (int i = 0; i < GOODS; i++)
            if (t->fact[row][i] == MISSING)
                buf_char(&b, ',');
            else
                buf_fmt(&b, ",%d.%d", t->fact[row][i] / 10, t->fact[row][i] % 10);
    }
    buf_char(&b, '\n');
    return buf_str(&b);
}

static bool score(struct town *t, struct run *w, struct result **out)
{
    bool good = run_open(w, buf_str(&t->doc), csv_of(t), SAMPLE_DAY, SAMPLE_YEAR) &&
                run_vector(w, out) == OK;
    if (!good)
        run_complain(w);
    return good;
}

static bool never_falls(struct town *t, const struct run *w, const struct result *was,
                        const struct result *is, uint32_t row)
{
    for (uint32_t i = 0; i < w->r->item_n; i++) {
        Cell a = result_cell(was, i, row), b = result_cell(is, i, row);
        if (b.lo >= a.lo && b.hi >= a.hi)
            continue;
        (void)fprintf(stderr, "%.*s of T%02u fell\n%.*s\n", (int)w->r->item[i].name.n,
                      w->r->item[i].name.p, row, (int)t->doc.n, t->doc.p);
        return false;
    }
    return true;
}

TEST(prop_more_never_scores_less)
{
    int raised = 0;
    for (uint64_t seed = 1; seed <= TRIALS; seed++) {
        struct town t = {.g = {seed}, .keep = arena_open()};
        struct run before, after;
        struct result *was = NULL, *is = NULL;
        buf_init(&t.doc, t.keep, BUF_MAX);
        make_document(&t);
        make_facts(&t);
        bool good = score(&t, &before, &was);
        CHECK(good);
        int row = pick(&t, ROWS), i = pick(&t, GOODS);
        if (good && t.fact[row][i] != MISSING) {
            t.fact[row][i] += 1 + pick(&t, 90 - t.fact[row][i]);
            CHECK(score(&t, &after, &is) && never_falls(&t, &after, was, is, (uint32_t)row));
            run_close(&after);
            raised++;
        }
        run_close(&before);
        arena_close(t.keep);
    }
    CHECK(raised > TRIALS / 2);
}
