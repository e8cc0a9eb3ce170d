/* Bounds and 备选: one moved alone must give what the document edited by hand gives. */
#include "help/eval_help.h"
#include "robust/robust.h"
#include "robust/vary.h"

#define FIELDS                                                       \
    "# 例\n- 版本: 1\n- 生效: 2024-06-30\n- 状态: 示例\n\n" \
    "## 字段\n\n| 名称 | 类型 | 范围 |\n|---|---|---|\n"     \
    "| x | 数 | [0, 100] |\n| y | 数 | [0, 100] |\n"               \
    "| z | 数 | [0, 100] |\n\n"
#define ROWS                                                      \
    "## 测试\n| x | y | z |\n|---|---|---|\n| 10 | 90 | 31 |\n" \
    "| 21 | 71 | 36 |\n| 35 | 60 | 44 |\n| 44 | 52 | 50 |\n"      \
    "| 52 | 47 | 53 |\n| 63 | 33 | 58 |\n| 71 | 24 | 66 |\n"      \
    "| 80 | 19 | 72 |\n| 95 | 8 | 90 |\n"

/* Every kind of bound and of 备选. */
static const char doc[] = FIELDS
    "## 参数 线\n- 值: 50\n- 浮动: 20%\n- 备选: 30; 70\n\n"
    "## 指标 甲分\n- 式: 极差标准化(缩尾(x, 20%, 80%))\n- 浮动: 40%\n- 备选: 百分位(x)\n\n"
    "## 评分 分\n- 汇总: 算术平均\n- 备选: 几何平均; 调和平均; 取小\n\n"
    "### 甲\n- 权重: 2\n- 满分: 1\n- 式: 0.1 + 0.9 × 甲分\n\n"
    "### 乙\n- 权重: 3\n- 满分: 1\n- 浮动: 30%\n\n| y | 乙 |\n|---|---|\n| >= 50 | 1 |\n"
    "| [20, 50) | 0.6 |\n| < 20 | 0.2 |\n\n"
    "### 丙\n- 权重: 1\n- 浮动: 10%\n\n#### 丁\n- 满分: 0.5\n"
    "- 式: 如果 z >= 线 则 0.5 否则 z / 200\n\n#### 戊\n- 满分: 0.5\n- 计量: z\n- 标准: 80\n\n"
    "## 格次 等\n- 依据: 分\n- 浮动: 10%\n\n| 分 | 等 |\n|---|---|\n"
    "| >= 0.6 | 优 |\n| < 0.6 | 良 |\n\n" ROWS;

static uint32_t rank_of(const struct scored *s, uint32_t row)
{
    int32_t score = item_of(s, "分");
    uint32_t rank = 1;
    for (uint32_t i = 0; i < s->res->row_n; i++)
        rank += result_cell(s->res, score, i).lo > result_cell(s->res, score, row).lo;
    return rank;
}

/* The sum of rank shifts when the document is edited. */
static uint64_t shift_by(const struct scored *s, struct edit *edit, size_t n)
{
    struct scored other =
        score_doc(arena_copy(s->arena, vary_text(s->arena, s->r->text, edit, n)).p);
    uint64_t sum = 0;
    for (uint32_t row = 0; row < s->res->row_n; row++) {
        uint32_t a = rank_of(s, row), b = rank_of(&other, row);
        sum += a > b ? a - b : b - a;
    }
    unscore(&other);
    return sum;
}

static struct robust *moved(struct scored *s, const struct robust_opts *o)
{
    struct robust *r = NULL;
    CHECK(robust_run(s->arena, &r, s->res, (uint32_t)item_of(s, "分"), o) == OK);
    return r;
}

TEST(assume_one_alone_is_the_document_edited)
{
    struct scored s = score_doc(doc);
    struct robust *r = moved(&s, &(struct robust_opts){.draws = 50, .spread_ppm = 200000});
    uint32_t bounds = 0, instead = 0;
    uint64_t any = 0;
    CHECK_INT(r->weight_n, 5);
    CHECK_INT(r->kept_n, 0);
    for (uint32_t q = r->weight_n; q < r->factor_n; q++) {
        const struct robust_factor *x = &r->factor[q];
        struct edit one, *edit = &one;
        if (x->kind == ROBUST_INSTEAD) {
            one = vary_instead(s.r, x->item, x->instead);
            CHECK_INT(x->shift[0], 0);
            CHECK_INT(x->shift[1], shift_by(&s, edit, 1));
            instead++;
        }
        for (int end = 0; x->kind == ROBUST_BOUNDS && end < 2; end++) {
            int32_t ppm = (int32_t)x->spread_ppm;
            uint32_t n = vary_bounds(s.arena, &edit, s.r, x->item, end == 0 ? -ppm : ppm);
            CHECK(n > 0);
            CHECK_INT(x->shift[end], shift_by(&s, edit, n));
            bounds++;
        }
        any += x->shift[0] + x->shift[1];
    }
    CHECK_INT(bounds, 8);  /* 线 甲分 乙 等 */
    CHECK_INT(instead, 6); /* 30 70, 百分位, 几何 调和 取小 */
    CHECK(any > 0);
    CHECK(r->subject[0].low.grade[0] > 0 && r->subject[0].low.grade[0] < 50);
    unscore(&s);
}

TEST(assume_what_is_not_declared_stays)
{
    struct scored s =
        score_doc(FIELDS "## 评分 分\n\n### 甲\n- 满分: 10\n\n| x | 甲 |\n|---|---|\n"
                         "| >= 50 | 10 |\n| < 50 | 4 |\n\n### 乙\n- 满分: 10\n- 计量: y\n"
                         "- 标准: 80\n\n" ROWS);
    struct robust_opts o = {.draws = 20, .spread_ppm = 200000};
    struct robust *r = moved(&s, &o);
    CHECK_INT(r->factor_n, 2);
    o.bounds_ppm = 100000;
    r = moved(&s, &o);
    CHECK_INT(r->factor_n, 4);
    CHECK_INT(r->factor[2].kind, ROBUST_BOUNDS);
    CHECK_INT(r->factor[2].spread_ppm, 100000);
    unscore(&s);
}

/* A veto is as it was evaluated, so what moves it is not tried. */
TEST(assume_gives_up_what_acts_beside_the_leaves)
{
    struct scored s =
        score_doc(FIELDS "## 参数 线\n- 值: 30\n- 浮动: 20%\n\n## 评分 分\n- 一票否决: z < 线\n\n"
                         "### 甲\n- 满分: 10\n- 式: x / 10\n\n### 乙\n- 满分: 10\n"
                         "- 式: 取小(y, 线) / 10\n\n" ROWS);
    struct robust *r = moved(&s, &(struct robust_opts){.draws = 20, .spread_ppm = 200000});
    CHECK_INT(r->factor_n, 2);
    CHECK_INT(r->kept_n, 1);
    CHECK_INT(r->kept[0].why, ROBUST_BESIDE);
    CHECK(r->kept[0].assumed);
    unscore(&s);
}

/* Unknown under 备选 only: the subject is open, and counts by its sure points. */
TEST(assume_opens_whom_an_alternative_opens)
{
    struct scored s =
        score_doc(FIELDS "## 评分 分\n\n### 甲\n- 满分: 10\n- 式: x / 10\n- 备选: z / 10\n\n"
                         "### 乙\n- 满分: 10\n- 式: y / 10\n\n"
                         "## 测试\n| x | y | z |\n|---|---|---|\n| 10 | 20 | |\n| 20 | 30 | 5 |\n");
    struct robust *r = moved(&s, &(struct robust_opts){.draws = 40, .spread_ppm = 0});
    CHECK_INT(r->open_n, 1);
    CHECK(r->subject[0].open);
    CHECK_INT(r->subject[0].low.p95, 2);
    CHECK_INT(r->subject[0].high.p05, 1);
    unscore(&s);
}
