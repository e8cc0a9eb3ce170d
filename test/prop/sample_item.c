#include "base/arena.h"
#include "base/str.h"
#include "prop/sample_int.h"

static void say(struct maker *m, const char *text)
{
    buf_add(&m->b, str_of(text));
}

static void attr_num(struct maker *m, const char *key, int dim, int depth)
{
    buf_fmt(&m->b, "- %s: ", key);
    sample_num(m, dim, depth);
    say(m, "\n");
}

static void attr_truth(struct maker *m, const char *key, int depth)
{
    buf_fmt(&m->b, "- %s: ", key);
    sample_truth(m, depth);
    say(m, "\n");
}

static void attr_constant(struct maker *m, const char *key, int dim, int least, int most)
{
    buf_fmt(&m->b, "- %s: ", key);
    sample_constant(m, dim, least, most);
    say(m, "\n");
}

static struct made_item open_item(struct maker *m, const char *stem, enum made_kind kind, int dim)
{
    return (struct made_item){
        .name = arena_fmt(m->keep, "%s%d", stem, ++m->number), .kind = kind, .dim = dim};
}

static void heading(struct maker *m, const char *kind, Str name)
{
    buf_fmt(&m->b, "## %s %.*s\n\n", kind, (int)name.n, name.p);
}

static void close_item(struct maker *m, struct made_item it)
{
    say(m, "\n");
    if (m->item_n < ITEM_CAP)
        m->item[m->item_n++] = it;
}

static void make_param(struct maker *m)
{
    struct made_item it = open_item(m, "参", KIND_NUM, pick(m, DIM_COUNT));
    heading(m, "参数", it.name);
    if (chance(m, 50)) {
        attr_constant(m, "值", it.dim, 0, 12);
    } else {
        buf_fmt(&m->b, "| 生效 | 失效 | %.*s |\n|---|---|---|\n", (int)it.name.n, it.name.p);
        say(m, "| 2000-01-01 | 2024-12-31 | ");
        sample_constant(m, it.dim, 0, 9);
        say(m, " |\n| 2025-01-01 | | ");
        sample_constant(m, it.dim, 3, 20);
        say(m, " |\n");
    }
    close_item(m, it);
}

/* One of the ways to cut a number into rows that leave no gap: `< a`, `[a, b)`, `>= b`. */
static void cut(struct maker *m, int dim, int row, const int at[2])
{
    static const char *const units[] = {"", "万元", "人"};
    if (row == 0)
        buf_fmt(&m->b, "< %d%s", at[0], units[dim]);
    else if (row == 1)
        buf_fmt(&m->b, "[%d%s, %d%s)", at[0], units[dim], at[1], units[dim]);
    else
        buf_fmt(&m->b, ">= %d%s", at[1], units[dim]);
}

struct bands {
    int dim, at[2];
    bool second;      /* another column, with first hit */
    const char *head; /* of the result */
};

static void open_bands(struct maker *m, struct bands *t, Str head)
{
    t->dim = pick(m, DIM_COUNT);
    t->at[0] = pick(m, 9);
    t->at[1] = t->at[0] + 1 + pick(m, 12);
    t->second = chance(m, 40);
    if (t->second)
        say(m, "- 命中: 首行\n\n");
    say(m, "| ");
    sample_num(m, t->dim, 1);
    say(m, t->second ? (chance(m, 50) ? " | 文1" : " | 真1") : "");
    buf_fmt(&m->b, " | %.*s |\n|---|---|%s\n", (int)head.n, head.p, t->second ? "---|" : "");
}

static void open_row(struct maker *m, const struct bands *t, int row)
{
    say(m, "| ");
    if (t->second && row == 3)
        say(m, "-");
    else
        cut(m, t->dim, row, t->at);
    say(m, t->second ? " | - | " : " | ");
}

static int row_count(const struct bands *t)
{
    return t->second ? 4 : 3;
}

static void make_segment(struct maker *m)
{
    struct made_item it = open_item(m, "组", KIND_TEXT, 0);
    struct bands t;
    it.segment = true;
    it.three = chance(m, 30);
    heading(m, "分组", it.name);
    if (it.three) {
        say(m, "- 命中: 首行\n\n");
        buf_fmt(&m->b, "| 文1 | 判1 | %.*s |\n|---|---|---|\n", (int)it.name.n, it.name.p);
        say(m, "| 高; 中 | 是 | 上 |\n| 3* | - | 中 |\n| 低、高 | 否 | 上 |\n| - | - | 下 |\n");
    } else {
        open_bands(m, &t, it.name);
        for (int row = 0; row < row_count(&t); row++) {
            open_row(m, &t, row);
            buf_fmt(&m->b, "%s |\n", sample_texts[row < 3 ? row : pick(m, 3)]);
        }
    }
    close_item(m, it);
}

static void make_indicator(struct maker *m)
{
    struct made_item it = open_item(m, "指", KIND_NUM, pick(m, DIM_COUNT));
    struct bands t;
    heading(m, "指标", it.name);
    if (!m->plain && chance(m, 20))
        say(m, "- 缺数: 零\n");
    bool down = chance(m, 50);
    if (chance(m, 30))
        buf_fmt(&m->b, "- 精度: %d %s\n", pick(m, 5), down ? "向下" : "四舍五入");
    if (chance(m, 75)) {
        attr_num(m, "式", it.dim, 3);
    } else {
        open_bands(m, &t, it.name);
        for (int row = 0; row < row_count(&t); row++) {
            open_row(m, &t, row);
            sample_num(m, it.dim, 1);
            say(m, " |\n");
        }
    }
    close_item(m, it);
}

static void make_gate(struct maker *m)
{
    static const char *const blanks[] = {"待补", "不符", "符合"};
    struct made_item it = open_item(m, "门", KIND_TRUTH, 0);
    heading(m, "条件", it.name);
    if (chance(m, 85))
        attr_truth(m, "须", 3);
    else
        say(m, "- 人工: 看一看\n");
    if (!m->plain && chance(m, 20))
        buf_fmt(&m->b, "- 缺数: %s\n", blanks[pick(m, 3)]);
    if (chance(m, 25))
        attr_truth(m, "适用", 1);
    close_item(m, it);
}

/* The body of a leaf; `max` points at most. */
static void leaf_table(struct maker *m, int max)
{
    struct bands t;
    open_bands(m, &t, S("得分"));
    for (int row = 0; row < row_count(&t); row++) {
        open_row(m, &t, row);
        int points = row * max / 4;
        buf_fmt(&m->b, chance(m, 30) ? "%d~%d |\n" : "%d |\n", points, points + 1);
    }
}

static void leaf_steps(struct maker *m, int form)
{
    static const char *const fractions[] = {"不计", "按比例", "进一"};
    int dim = pick(m, DIM_COUNT);
    attr_num(m, "计量", dim, 2);
    if (form == 0) {
        attr_constant(m, "门槛", dim, 1, 12);
        attr_constant(m, "起步分", DIM_NONE, 0, 3);
    }
    if (form == 2) {
        say(m, "- 均值: ");
        sample_num(m, dim, 1);
        say(m, "\n- 起步分: 3\n- 每: 5%\n");
    } else {
        attr_constant(m, "每", dim, 1, 5);
    }
    buf_fmt(&m->b, "- 得: 0.%d\n", 1 + pick(m, 9));
    if (chance(m, 50))
        buf_fmt(&m->b, "- 零头: %s\n", fractions[pick(m, 3)]);
}

static void leaf_pairs(struct maker *m, bool flags)
{
    buf_fmt(&m->b, "\n| %s |\n|---|---|\n", flags ? "标志 | 得分" : "计数 | 每项");
    for (int i = 1 + pick(m, 3); i > 0; i--) {
        say(m, "| ");
        if (flags)
            sample_truth(m, 1);
        else
            sample_num(m, pick(m, 2) ? DIM_HEADS : DIM_NONE, 1);
        buf_fmt(&m->b, " | %d |\n", 1 + pick(m, 3));
    }
}

static void leaf_ratio(struct maker *m, const char *key)
{
    int dim = pick(m, DIM_COUNT);
    attr_num(m, "计量", dim, 2);
    attr_num(m, key, dim, 1);
    if (key[0] == "目标"[0] && chance(m, 40) && str_eq(str_of(key), S("目标")))
        say(m, "- 超额: 2\n");
}

static void leaf_form(struct maker *m, int max)
{
    int form = pick(m, 12);
    if (m->blanks && form != 2 && chance(m, 50))
        say(m, "- 缺数: 零分\n");
    switch (form) {
    case 0:
    case 1: leaf_table(m, max); break;
    case 2: say(m, chance(m, 60) ? "- 专家: 0~4\n- 评审: 阅1\n" : "- 专家: 0~4\n"); break;
    case 3: leaf_steps(m, 0); break;
    case 4: leaf_steps(m, 1); break;
    case 5: leaf_steps(m, 2); break;
    case 6: leaf_pairs(m, false); break;
    case 7: leaf_pairs(m, true); break;
    case 8: leaf_ratio(m, "目标"); break;
    case 9: leaf_ratio(m, "标准"); break;
    case 10:
        attr_num(m, "计量", pick(m, DIM_COUNT), 1);
        say(m, "- 定基: 2022\n");
        break;
    default: attr_num(m, "式", DIM_NONE, 3);
    }
}

/* What any node may have; Copeland's weights must be constants, so its children all apply. */
static void node_extras(struct maker *m, bool may_apply)
{
    if (chance(m, 12))
        attr_truth(m, "一票否决", 1);
    if (chance(m, 12))
        attr_constant(m, "封顶", DIM_NONE, 2, 9);
    if (may_apply && chance(m, m->blanks ? 50 : 12))
        attr_truth(m, "适用", 1);
    if (chance(m, 12))
        buf_fmt(&m->b, "- 精度: %d\n", pick(m, 6));
}

struct node {
    int level;
    int agg; /* of the parent */
    const char *weight;
    bool last; /* of its siblings: may be a bonus or a deduction */
};

static Str leaf(struct maker *m, struct node n)
{
    struct made_item it = open_item(m, "分", KIND_NUM, DIM_NONE);
    int max = 4 + pick(m, 8);
    buf_fmt(&m->b, "%.*s %.*s\n\n- 满分: %d\n", n.level, "######", (int)it.name.n, it.name.p, max);
    if (n.weight != NULL)
        buf_fmt(&m->b, "- 权重: %s\n", n.weight);
    else if (n.last && chance(m, 30))
        say(m, chance(m, 50) ? "- 加分: 是\n" : "- 扣分: 是\n");
    if (chance(m, 10))
        buf_fmt(&m->b, "- 最低: 0.%d\n", 1 + pick(m, 9));
    node_extras(m, n.agg != 7);
    leaf_form(m, max);
    close_item(m, it);
    return it.name;
}

static const struct made_item *any_segment(struct maker *m)
{
    for (size_t i = 0; i < m->item_n; i++)
        if (m->item[i].segment)
            return &m->item[i];
    return NULL;
}

/* The weights of the next three leaves, by segment; their names are known beforehand. */
static void weight_table(struct maker *m, const struct made_item *seg)
{
    static const char *const shares[] = {"0.5", "0.3", "0.2"};
    buf_fmt(&m->b, "- 权重按: %.*s\n\n", (int)seg->name.n, seg->name.p);
    say(m, seg->three ? "| 权重 | 上 | 中 | 下 |\n|---|---|---|---|\n"
                      : "| 权重 | 高 | 中 | 低 |\n|---|---|---|---|\n");
    for (int i = 0; i < 3; i++)
        buf_fmt(&m->b, "| 分%d | %s | %s | %s |\n", m->number + 1 + i, shares[i],
                shares[(i + 1) % 3], shares[(i + 2) % 3]);
    say(m, "\n");
}

static void make_group(struct maker *m, struct made_item it, int level)
{
    static const char *const aggregates[] = {"合计",     "加权", "算术平均", "几何平均",
                                             "调和平均", "取大", "取小",     "科普兰"};
    static const char *const weights[] = {"0.5", "0.3", "0.2"};
    int agg = pick(m, m->plain ? 7 : 8);
    const struct made_item *seg = agg > 0 && agg < 7 && chance(m, 30) ? any_segment(m) : NULL;
    buf_fmt(&m->b, "- 汇总: %s\n", aggregates[agg]);
    if (!m->plain && chance(m, 30) && agg != 7)
        buf_fmt(&m->b, "- 有效: %d%%\n", 20 + 10 * pick(m, 9));
    node_extras(m, false);
    if (seg != NULL)
        weight_table(m, seg);
    say(m, "\n");
    bool weighted = seg == NULL && (agg == 1 || agg == 7 || (agg > 1 && chance(m, 50)));
    for (int i = 0; i < 3; i++)
        (void)leaf(m, (struct node){.level = level + 1,
                                    .agg = agg,
                                    .weight = weighted ? weights[i] : NULL,
                                    .last = i == 2 && agg == 0});
    close_item(m, it);
}

static void make_score(struct maker *m)
{
    struct made_item it = open_item(m, "评", KIND_NUM, DIM_NONE);
    heading(m, "评分", it.name);
    if (chance(m, 40)) {
        buf_fmt(&m->b, "- 通过: %.*s >= 0.%d\n", (int)it.name.n, it.name.p, 1 + pick(m, 9));
        it.passes = true;
    }
    if (chance(m, 70)) {
        make_group(m, it, 2);
        return;
    }
    say(m, "- 满分: 60\n\n"); /* two groups under it */
    for (int i = 0; i < 2; i++) {
        struct made_item below = open_item(m, "支", KIND_NUM, DIM_NONE);
        buf_fmt(&m->b, "### %.*s\n\n", (int)below.name.n, below.name.p);
        make_group(m, below, 3);
    }
    close_item(m, it);
}

/* Picks one of three leaves by a text field. */
static void make_choice(struct maker *m)
{
    struct made_item it = open_item(m, "择", KIND_NUM, DIM_NONE);
    heading(m, "评分", it.name);
    say(m, "- 汇总: 择一\n- 选择: 项1\n\n");
    if (m->number > 100)
        return;
    for (int i = 0; i < CHOICE_N; i++) {
        buf_fmt(&m->b, "### %s\n\n- 满分: 9\n", sample_choices[i]);
        leaf_form(m, 9);
        say(m, "\n");
    }
    m->number += 100; /* once: the names of its leaves are fixed */
    close_item(m, it);
}

static void make_grade(struct maker *m)
{
    struct made_item it = open_item(m, "级", KIND_TEXT, 0);
    bool quantile = !m->plain && chance(m, 40), rank = !m->plain && chance(m, 50);
    heading(m, "格次", it.name);
    attr_num(m, "依据", DIM_NONE, 1);
    if (rank)
        say(m, chance(m, 50) ? "- 排名: 全体\n" : "- 排名: 同 选1\n");
    if (chance(m, 20))
        say(m, "- 次序: 升\n");
    if (chance(m, 20))
        say(m, "- 并列: 取大\n");
    if (quantile) {
        static const char *const quotas[] = {"向下", "向上", "四舍五入"};
        say(m, "- 方式: 分位\n");
        if (chance(m, 60))
            buf_fmt(&m->b, "- 名额取整: %s\n", quotas[pick(m, 3)]);
        buf_fmt(&m->b, "\n| 依据 | %.*s |\n|---|---|\n", (int)it.name.n, it.name.p);
        say(m, "| (0, 15%] | 高 |\n| (15%, 50%] | 中 |\n| > 50% | 低 |\n");
    } else {
        buf_fmt(&m->b, "\n| 依据 | %.*s |\n|---|---|\n", (int)it.name.n, it.name.p);
        say(m, "| >= 5 | 高 |\n| [2, 5) | 中 |\n| < 2 | 低 |\n");
    }
    close_item(m, it);
}

static void make_policy(struct maker *m)
{
    struct made_item it = open_item(m, "策", KIND_NUM, DIM_MONEY);
    heading(m, "政策", it.name);
    attr_truth(m, "条件", 2);
    if (m->blanks)
        say(m, chance(m, 50) ? "- 缺数: 不符\n" : "- 叠加: 就高不重复\n- 叠加组: 甲\n");
    attr_num(m, "金额", DIM_MONEY, 2);
    if (chance(m, 50))
        attr_constant(m, "最高", DIM_MONEY, 5, 50);
    close_item(m, it);
}

void sample_item(struct maker *m)
{
    switch (pick(m, 12)) {
    case 0: make_param(m); break;
    case 1:
    case 2: make_segment(m); break;
    case 3:
    case 4:
    case 5: make_indicator(m); break;
    case 6: make_gate(m); break;
    case 7:
    case 8: make_score(m); break;
    case 9:
        if (m->number < 100) {
            make_choice(m);
            break;
        }
        make_score(m);
        break;
    case 10: make_grade(m); break;
    default: make_policy(m);
    }
}
