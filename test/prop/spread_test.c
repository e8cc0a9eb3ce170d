/* Figures far apart and close together in one column: population functions of whole documents
 * against the reference, on data near what a column holds (2^47 .. 2^62, either sign), in mixed
 * scales, with ties, neighbours that differ by the last digit, small figures between, and gaps.
 *
 * PROP_N documents (else DOCUMENTS), with seeds from PROP_SEED (else 1); a failure names its seed,
 * and PROP_SHOW=1 prints the document and its data.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/decimal.h"
#include "base/str.h"
#include "os/workers.h"
#include "prop/run.h"
#include "t.h"
#include "unit/grade/gen.h"

enum {
    DOCUMENTS = 200,
    ROWS = 120,
    FEW = 30,
    FIELDS = 3,
    ITEMS = 12,
    POOL = 12,
    YEAR = 2024,
    DAY = 20269
};

struct maker {
    struct gen g;
    struct buf doc, csv;
    int scale[FIELDS];
};

static uint64_t setting(const char *name, uint64_t otherwise)
{
    const char *n = getenv(name);
    return n == NULL ? otherwise : strtoull(n, NULL, 10);
}

static int pick(struct maker *m, int n)
{
    return gen_int(&m->g, 0, n - 1);
}

/* ---- the document ---- */

static const char *group(struct maker *m)
{
    static const char *const by[] = {"", "", "同 区", "同 区, 最小组 4"};
    return by[pick(m, 4)];
}

/* A population function with its options, of field `f`. */
static void add_function(struct maker *m, int f)
{
    static const struct {
        const char *open, *options[4];
    } fns[] = {
        {"百分位", {"法 半秩", "法 最低秩", "法 累积", "法 去端"}},
        {"名次", {"", "并列 取大", "并列 平均, 次序 升", "并列 密集"}},
        {"波达分", {"", "", "", ""}},
        {"极差标准化", {"", "", "下限 0, 上限 1000000", "下限 -4000000000000"}},
        {"标准分", {"", "法 样本", "法 总体", ""}},
        {"距标杆", {"", "", "", ""}},
        {"缩尾", {"5%, 95%", "0%, 50%", "25%, 75%", "10%, 90%"}},
        {"偏度处理", {"2, 3.5, 5", "1, 2, 3", "0.5, 1, 2", "2, 3.5, 1"}},
        {"组均值", {"", "", "", ""}},
        {"组中位数", {"", "", "", ""}},
        {"组合计", {"", "", "", ""}},
        {"组分位数", {"30%", "0%", "100%", "66.6%"}},
        {"组标准差", {"", "", "", ""}},
        {"组最大", {"", "", "", ""}},
        {"补均值", {"", "", "", ""}},
        {"补中位数", {"", "", "", ""}},
    };
    int k = pick(m, ARRAY_N(fns));
    const char *option = fns[k].options[pick(m, 4)], *by = group(m);
    buf_fmt(&m->doc, "%s(数%d%s%s%s%s)", fns[k].open, f, option[0] != 0 ? ", " : "", option,
            by[0] != 0 ? ", " : "", by);
}

static void make_document(struct maker *m)
{
    buf_add(&m->doc, S("# 悬殊的数\n\n- 状态: 示例\n\n## 字段\n\n"
                       "| 名称 | 类型 | 小数 | 缺数 |\n|---|---|---|---|\n| 区 | 文本 | | |\n"));
    for (int f = 0; f < FIELDS; f++) {
        m->scale[f] = pick(m, 7);
        buf_fmt(&m->doc, "| 数%d | 数 | %d | %s |\n", f, m->scale[f],
                pick(m, 4) == 0 ? "组中位数" : "");
    }
    for (int i = 0; i < ITEMS; i++) {
        buf_fmt(&m->doc, "\n## 指标 项%d\n\n- 式: ", i);
        add_function(m, pick(m, FIELDS));
        buf_char(&m->doc, '\n');
    }
    int f = pick(m, FIELDS);
    buf_fmt(&m->doc, "\n## 格次 档\n\n- 依据: 数%d\n- 排名: 全体\n- 方式: 分位\n\n", f);
    buf_add(&m->doc, S("| 依据 | 档 |\n|---|---|\n| (0, 20%] | 甲 |\n| > 20% | 乙 |\n"));
}

/* ---- the data ---- */

/* Around a power of two, by a few last digits; or small. */
static Wide figure(struct maker *m)
{
    Wide v = (Wide)1 << (pick(m, 3) == 0 ? pick(m, 20) : 47 + pick(m, 16));
    v += pick(m, 5) - 2;
    return pick(m, 3) == 0 ? -v : v;
}

static void make_data(struct maker *m)
{
    Wide pool[FIELDS][POOL];
    for (int f = 0; f < FIELDS; f++)
        for (int i = 0; i < POOL; i++)
            pool[f][i] = i > 0 && pick(m, 3) == 0 ? pool[f][i - 1] + 1 : figure(m);
    buf_add(&m->csv, S("编号,区,数0,数1,数2\n"));
    for (int row = 1 + pick(m, pick(m, 3) == 0 ? ROWS : FEW); row > 0; row--) {
        buf_fmt(&m->csv, "S%02d,%s", row, pick(m, 2) ? "东" : "西");
        for (int f = 0; f < FIELDS; f++) {
            buf_char(&m->csv, ',');
            if (pick(m, 9) > 0)
                dec_print(&m->csv, pool[f][pick(m, POOL)], m->scale[f]);
        }
        buf_char(&m->csv, '\n');
    }
}

/* ---- one document ---- */

static uint64_t scored;

static bool holds(struct run *w, const char *what)
{
    struct result *a = NULL, *b = NULL;
    enum status want = run_ref(w, &b), got = run_vector(w, &a);
    scored += got == OK;
    if (want != got)
        (void)fprintf(stderr, "%s: status %d, the reference %d\n", what, got, want);
    if (want != got || (got == OK && !run_same(what, a, b, NULL)))
        return false;
    if (got != OK)
        return true;
    w->o.chunk_rows = 7;
    w->o.workers = workers_open(w->keep, 2);
    bool same = run_vector(w, &a) == OK && run_same(what, a, b, NULL);
    workers_close(w->o.workers);
    return same;
}

TEST(prop_far_apart_figures_are_placed_as_by_the_reference)
{
    uint64_t n = setting("PROP_N", DOCUMENTS);
    scored = 0;
    for (uint64_t i = 0; i < n; i++) {
        struct arena *keep = arena_open();
        struct maker m = {.g = {setting("PROP_SEED", 1) + i}};
        struct run w;
        buf_init(&m.doc, keep, BUF_MAX);
        buf_init(&m.csv, keep, BUF_MAX);
        Str what = arena_fmt(keep, "spread, seed %llu", (unsigned long long)m.g.state);
        make_document(&m);
        make_data(&m);
        bool opens = run_open(&w, buf_str(&m.doc), buf_str(&m.csv), DAY, YEAR);
        bool good = opens && holds(&w, what.p);
        CHECK(good);
        if (!opens)
            run_complain(&w);
        if (!good && getenv("PROP_SHOW") != NULL)
            (void)fprintf(stderr, "%.*s\n%.*s\n", (int)m.doc.n, buf_str(&m.doc).p, (int)m.csv.n,
                          buf_str(&m.csv).p);
        run_close(&w);
        arena_close(keep);
    }
    CHECK(scored * 2 > n);
}
