/* Small documents whose ranks can be worked out by hand, and what must hold for every draw. */
#include <string.h>

#include "base/buf.h"
#include "base/workers.h"
#include "help/eval_help.h"
#include "robust/robust.h"

#define HEAD "# 例\n- 版本: 1\n- 生效: 2024-06-30\n- 状态: 示例\n\n## 字段\n\n"

/* 甲 50 + 乙 50: first 40 + 10, then 10 + 39, then nothing. */
static const char two[] = HEAD "| 名称 | 类型 | 范围 |\n|---|---|---|\n"
                               "| x | 数 | [0, 50] |\n| y | 数 | [0, 50] |\n\n"
                               "## 评分 分\n- 满分: 100\n\n### 甲\n- 满分: 50\n- 式: x\n\n"
                               "### 乙\n- 满分: 50\n- 式: y\n\n"
                               "## 格次 等\n- 依据: 分\n- 排名: 全体\n\n| 分 | 等 |\n|---|---|\n"
                               "| >= 48 | 优 |\n| [20, 48) | 良 |\n| < 20 | 差 |\n\n"
                               "## 测试\n| x | y |\n|---|---|\n| 40 | 10 |\n| 10 | 39 |\n"
                               "| 0 | 0 |\n";

/* Every kind of node, an open subject, a veto, weights by segment. */
static const char many[] = HEAD
    "| 名称 | 类型 | 选项 | 范围 |\n|---|---|---|---|\n| x | 数 | | [0, 1] |\n"
    "| y | 数 | | [0, 1] |\n| z | 数 | | [0, 1] |\n"
    "| 段 | 选项 | 早; 晚 | |\n| 失信 | 是否 | | |\n\n"
    "## 分组 期\n| 段 | 期 |\n|---|---|\n| 早 | 初 |\n| 晚 | 后 |\n\n"
    "## 评分 分\n- 满分: 100\n- 汇总: 加权\n- 权重按: 期\n- 一票否决: 失信\n- 精度: 2\n\n"
    "| 权重 | 初 | 后 |\n|---|---|---|\n| 甲 | 70 | 40 |\n| 乙 | 30 | 60 |\n\n"
    "### 甲\n- 汇总: 算术平均\n- 精度: 6\n\n#### 子\n- 式: x\n\n#### 丑\n- 权重: 2\n- 式: y\n\n"
    "### 乙\n- 汇总: 取大\n- 精度: 6\n\n#### 寅\n- 式: z\n\n#### 卯\n- 汇总: 几何平均\n\n"
    "##### 辰\n- 式: x\n\n##### 巳\n- 式: y\n\n"
    "## 格次 名次\n- 依据: 分\n- 排名: 全体\n\n"
    "## 测试\n| x | y | z | 段 | 失信 |\n|---|---|---|---|---|\n| 0.3 | 0.7 | 0.2 | 早 | 否 |\n"
    "| 0.9 | 0.1 | 0.4 | 晚 | 否 |\n| 0.5 | 0.5 | 0.5 | 早 | 是 |\n| 0.6 | | 0.1 | 晚 | 否 |\n"
    "| 0.2 | 0.8 | 0.9 | 晚 | 否 |\n| 0.4 | 0.4 | 0.4 | 早 | 否 |\n| 0.1 | 0.2 | 0.3 | | 否 |\n";

/* As many threads as it says, one after the other, the last first. */
static void run_backwards(struct workers *w, void (*job)(void *arg, uint32_t i), void *arg,
                          uint32_t n)
{
    (void)w;
    while (n > 0)
        job(arg, --n);
}

static struct robust *shaken(struct scored *s, const struct robust_opts *o)
{
    struct robust *r = NULL;
    CHECK(robust_run(s->arena, &r, s->res, (uint32_t)item_of(s, "分"), o) == OK);
    return r;
}

static bool same_place(const struct robust *r, const struct robust_place *a,
                       const struct robust_place *b)
{
    bool same = a->nominal == b->nominal && a->median == b->median && a->p05 == b->p05 &&
                a->p95 == b->p95 && a->top == b->top && a->shift_sum == b->shift_sum &&
                a->mover == b->mover && a->by[0] == b->by[0] && a->by[1] == b->by[1];
    for (uint32_t g = 0; g < r->label_n; g++)
        same = same && a->grade[g] == b->grade[g];
    return same;
}

static bool same_robust(const struct robust *a, const struct robust *b)
{
    bool same = a->subject_n == b->subject_n && a->factor_n == b->factor_n &&
                a->shift_sum == b->shift_sum &&
                memcmp(a->draw_shift, b->draw_shift, a->opts.draws * sizeof *a->draw_shift) == 0;
    for (uint32_t i = 0; same && i < a->subject_n; i++) {
        const struct robust_subject *x = &a->subject[i], *y = &b->subject[i];
        same = x->open == y->open && same_place(a, &x->low, &y->low) &&
               (!x->open || same_place(a, &x->high, &y->high));
    }
    for (uint32_t q = 0; same && q < a->factor_n; q++)
        same = memcmp(a->factor[q].shift, b->factor[q].shift, sizeof a->factor[q].shift) == 0;
    return same;
}

TEST(robust_two_by_hand)
{
    struct scored s = score_doc(two);
    struct robust *r = shaken(
        &s, &(struct robust_opts){.draws = 400, .spread_ppm = 200000, .seed = 1, .top_n = 1});
    const struct robust_subject *x = r->subject;
    CHECK_INT(r->subject_n, 3);
    CHECK_INT(r->weight_n, 2);
    CHECK_INT(x[0].low.nominal, 1);
    CHECK_INT(x[1].low.nominal, 2);
    CHECK_INT(x[2].low.nominal, 3);
    /* The first leads while 甲 has more than 49.15 of the 100 points. */
    CHECK_INT(x[0].low.p05, 1);
    CHECK_INT(x[0].low.p95, 2);
    CHECK_INT(x[2].low.p05, 3);
    CHECK_INT(x[0].low.top + x[1].low.top, 400);
    CHECK_INT(x[2].low.top, 0);
    CHECK(x[0].low.top > 200 && x[0].low.top < 260);
    /* 甲 at 40 and 乙 at 60: 44 to 54.8; at 60 and 40: 56 to 43.2. */
    CHECK_INT(r->factor[0].shift[0], 2);
    CHECK_INT(r->factor[0].moved[0], 2);
    CHECK_INT(r->factor[0].shift[1], 0);
    CHECK_INT(x[0].low.mover, 0);
    CHECK_INT(x[0].low.by[0], 1);
    CHECK_INT(x[0].low.by[1], 0);
    CHECK_INT(x[2].low.mover, -1);
    CHECK_STR(r->label[0], "优");
    CHECK_INT(x[2].low.grade[2], 400);
    CHECK_INT(x[0].low.grade[0] + x[0].low.grade[1], 400);
    CHECK(x[0].low.grade[0] > 0 && x[0].low.grade[1] > 0);
    unscore(&s);
}

TEST(robust_nothing_moves_nobody)
{
    struct scored s = score_doc(many);
    struct robust *r = shaken(&s, &(struct robust_opts){.draws = 3, .seed = 9});
    int32_t rank = item_of(&s, "名次");
    CHECK_INT(r->shift_sum, 0);
    for (uint32_t i = 0; i < r->subject_n; i++) {
        const struct robust_subject *x = &r->subject[i];
        CHECK_INT(x->low.p05, x->low.nominal);
        CHECK_INT(x->low.p95, x->low.nominal);
        CHECK_INT(x->low.mover, -1);
        if (!x->open && x->row != 2) /* the one left out may be before the last */
            CHECK_INT(x->low.nominal, result_cell(s.res, rank, x->row).lo);
    }
    unscore(&s);
}

TEST(robust_many_nodes)
{
    struct scored s = score_doc(many);
    struct robust *r = shaken(&s, &(struct robust_opts){.draws = 200, .spread_ppm = 300000});
    CHECK_INT(r->subject_n, 6); /* the last has no segment */
    CHECK_INT(r->left_out, 1);
    CHECK_INT(r->open_n, 1);
    CHECK_INT(r->weight_n, 8); /* 子 丑, 辰 巳, and 甲 乙 in two segments */
    CHECK_STR(r->factor[4].segment, "初");
    CHECK_INT(r->kept_n, 0);
    CHECK_INT(r->subject[2].low.p05, 6); /* the veto holds */
    CHECK(r->subject[3].open);
    CHECK(r->subject[3].high.median <= r->subject[3].low.median);
    CHECK(r->shift_sum > 0);
    unscore(&s);
}

/* The document with every `from` written as `to`, in the arena. */
static const char *with(struct arena *a, const char *doc, const char *from, const char *to)
{
    struct buf b;
    buf_init(&b, a, 100000);
    for (const char *next = strstr(doc, from); next != NULL; next = strstr(doc, from)) {
        buf_fmt(&b, "%.*s%s", (int)(next - doc), doc, to);
        doc = next + strlen(from);
    }
    buf_add(&b, str_of(doc));
    buf_char(&b, 0);
    return buf_str(&b).p;
}

/* Sums that exceed 64 bits, because the parts have many decimals, place everybody alike. */
TEST(robust_wide_sums_place_alike)
{
    static const struct {
        const char *doc, *from, *to;
    } docs[] = {{two, "- 式:", "- 精度: 12\n- 式:"}, {many, "- 精度: 6", "- 精度: 12"}};
    for (size_t i = 0; i < ARRAY_N(docs); i++) {
        struct robust_opts o = {.draws = 200, .spread_ppm = 200000, .seed = 3};
        struct arena *tmp = arena_open();
        struct scored s = score_doc(docs[i].doc),
                      fine = score_doc(with(tmp, docs[i].doc, docs[i].from, docs[i].to));
        struct robust *a = shaken(&s, &o), *b = shaken(&fine, &o);
        CHECK_INT(b->kept_n, 0);
        CHECK(same_robust(a, b));
        unscore(&s);
        unscore(&fine);
        arena_close(tmp);
    }
}

TEST(robust_threads_and_blocks_never_matter)
{
    struct scored s = score_doc(many);
    struct robust_opts o = {.draws = 301, .spread_ppm = 250000, .seed = 5, .top_n = 2};
    struct robust *one = shaken(&s, &o);
    struct workers w = {.run = run_backwards};
    o.workers = &w;
    for (w.n = 1; w.n < 12; w.n += 5)
        CHECK(same_robust(one, shaken(&s, &o)));
    o.matrix_bytes = 1;
    CHECK(same_robust(one, shaken(&s, &o)));
    o.seed = 6;
    CHECK(!same_robust(one, shaken(&s, &o)));
    unscore(&s);
}

TEST(robust_many_subjects_in_blocks)
{
    struct scored s = score_doc(two);
    uint32_t n = 3000;
    struct dataset *d = dataset_open(s.arena, n);
    for (uint32_t i = 0; i < s.r->label_n; i++)
        (void)labels_code(d->labels, s.r->label[i]);
    for (uint32_t row = 0; row < n; row++) {
        d->id[row] = arena_fmt(s.arena, "%u", row);
        for (uint32_t f = 0; f < 2; f++)
            column_set(dataset_column(d, f, COL_NO_PERIOD), row, (row * (f + 7919)) % 50);
    }
    s.d = d;
    rescore(&s);
    struct robust_opts o = {.draws = 20, .spread_ppm = 200000};
    struct robust *all = shaken(&s, &o);
    o.matrix_bytes = 20000; /* 7 tiles of 64 subjects */
    CHECK(same_robust(all, shaken(&s, &o)));
    int32_t rank = item_of(&s, "等名次");
    bool same = true;
    for (uint32_t i = 0; i < n; i++)
        same = same && result_cell(s.res, rank, i).lo == all->subject[i].low.nominal;
    CHECK(same);
    unscore(&s);
}

/* What cannot be given back bit for bit is left as it was evaluated. */
static void check_kept(const char *body, const char *rows, enum robust_why why)
{
    struct arena *tmp = arena_open();
    struct scored s = score_doc(arena_fmt(tmp,
                                          "%s| 名称 | 类型 |\n|---|---|\n| x | 数 |\n| y | 数 |\n"
                                          "| a | 是否 |\n\n%s\n## 测试\n%s",
                                          HEAD, body, rows)
                                    .p);
    struct robust *r = NULL;
    enum status st = robust_run(s.arena, &r, s.res, (uint32_t)item_of(&s, "分"),
                                &(struct robust_opts){.draws = 1});
    CHECK(st == ERR_INPUT);
    CHECK_INT(r->kept_n, why != ROBUST_SHAKEN);
    if (r->kept_n > 0)
        CHECK_INT(r->kept[0].why, why);
    unscore(&s);
    arena_close(tmp);
}

TEST(robust_keeps_what_it_cannot_redo)
{
    const char *row = "| x | y | a |\n|---|---|---|\n| 1 | 2 | 是 |\n";
    check_kept("## 评分 分\n- 汇总: 科普兰\n\n### 甲\n- 式: x\n\n### 乙\n- 式: y\n", row,
               ROBUST_FORM);
    check_kept("## 评分 分\n- 汇总: 加权\n\n### 甲\n- 权重: y\n- 式: x\n\n### 乙\n- 式: y\n", row,
               ROBUST_WEIGHTS);
    check_kept("## 评分 分\n- 汇总: 算术平均\n\n### 甲\n- 适用: 非 a\n- 式: x\n\n### 乙\n- 式: y\n",
               row, ROBUST_DIFFERS);
    check_kept("## 评分 分\n- 式: x\n", row, ROBUST_FORM);
    check_kept("## 评分 分\n\n### 甲\n- 式: x\n\n### 乙\n- 加分: 是\n- 式: y\n", row,
               ROBUST_SHAKEN);
    check_kept("## 评分 分\n- 汇总: 加权\n\n### 甲\n- 权重: 1\n- 式: x\n\n### 乙\n- 权重: 2\n"
               "- 式: y\n",
               "| x | y | a |\n|---|---|---|\n| | 2 | 是 |\n", ROBUST_SHAKEN);
    /* three prime 满分 have no common multiple in 64 bits */
    check_kept("## 评分 分\n- 满分: 300009\n\n### 甲\n- 满分: 100003\n- 式: x\n\n"
               "### 乙\n- 满分: 99991\n- 式: y\n\n### 丙\n- 满分: 100015\n- 式: y\n",
               row, ROBUST_WIDE);
}

TEST(robust_bonus_deduction_and_cap)
{
    struct scored s =
        score_doc(HEAD "| 名称 | 类型 |\n|---|---|\n| x | 数 |\n| y | 数 |\n| z | 数 |\n\n"
                       "## 评分 分\n- 满分: 20\n- 封顶: 18\n\n### 甲\n- 满分: 15\n- 式: x\n\n"
                       "### 乙\n- 满分: 5\n- 式: y\n\n### 奖\n- 加分: 是\n- 式: z\n\n"
                       "### 罚\n- 扣分: 是\n- 式: y\n\n"
                       "## 测试\n| x | y | z |\n|---|---|---|\n| 10 | 5 | 1 |\n| 11 | 1 | 2 |\n"
                       "| 15 | 0 | 9 |\n| 0 | 5 | -8 |\n");
    struct robust *r = shaken(&s, &(struct robust_opts){.draws = 100, .spread_ppm = 500000});
    CHECK_INT(r->weight_n, 2);
    CHECK_INT(r->subject[2].low.p95, 1); /* at the cap */
    CHECK_INT(r->subject[3].low.nominal, 4);
    CHECK_INT(r->subject[1].low.nominal, 2);
    unscore(&s);
}
