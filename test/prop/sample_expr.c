#include "base/arena.h"
#include "base/str.h"
#include "prop/sample_int.h"

static void say(struct maker *m, const char *text)
{
    buf_add(&m->b, str_of(text));
}

static void name(struct maker *m, Str s)
{
    buf_add(&m->b, s);
}

/* A random field or item of the kind (numbers: and dimension), or NULL. */
static const struct made_field *any_field(struct maker *m, enum made_kind kind, int dim)
{
    int first = pick(m, (int)m->field_n);
    for (size_t i = 0; i < m->field_n; i++) {
        const struct made_field *f = &m->field[((size_t)first + i) % m->field_n];
        if (f->kind == kind && (kind != KIND_NUM || f->dim == dim))
            return f;
    }
    return NULL;
}

static const struct made_item *any_item(struct maker *m, enum made_kind kind, int dim)
{
    int first = m->item_n == 0 ? 0 : pick(m, (int)m->item_n);
    for (size_t i = 0; i < m->item_n; i++) {
        const struct made_item *it = &m->item[((size_t)first + i) % m->item_n];
        if (it->kind == kind && (kind != KIND_NUM || it->dim == dim))
            return it;
    }
    return NULL;
}

static bool item_ref(struct maker *m, enum made_kind kind, int dim)
{
    const struct made_item *it = chance(m, 35) ? any_item(m, kind, dim) : NULL;
    if (it != NULL)
        name(m, it->name);
    return it != NULL;
}

void sample_constant(struct maker *m, int dim, int least, int most)
{
    static const char *const units[] = {"", "万元", "人"};
    buf_fmt(&m->b, "%d%s", gen_int(&m->g, least, most), units[dim]);
}

static void constant(struct maker *m, int dim)
{
    int n = pick(m, 40);
    if (dim == DIM_MONEY)
        buf_fmt(&m->b, n % 3 ? "%d万元" : "%d000元", n);
    else if (dim == DIM_HEADS)
        buf_fmt(&m->b, "%d人", n);
    else if (n % 4 == 0)
        buf_fmt(&m->b, "%d.%d%%", n, pick(m, 10));
    else
        buf_fmt(&m->b, n % 4 == 1 ? "(-%d.%d)" : "%d.%d", n / 4, pick(m, 10));
}

static void leaf(struct maker *m, int dim)
{
    const struct made_field *f = any_field(m, KIND_NUM, dim);
    if (item_ref(m, KIND_NUM, dim))
        return;
    if (f == NULL || chance(m, 25)) {
        if (chance(m, 3))
            say(m, "0");
        else
            constant(m, dim);
        return;
    }
    if (f->period == 0 || chance(m, 60)) {
        name(m, f->name);
        return;
    }
    switch (pick(m, 4)) {
    case 0: buf_fmt(&m->b, "%.*s@-1", (int)f->name.n, f->name.p); break;
    case 1: buf_fmt(&m->b, "%.*s@2022", (int)f->name.n, f->name.p); break;
    case 2: buf_fmt(&m->b, "上年(%.*s)", (int)f->name.n, f->name.p); break;
    default: buf_fmt(&m->b, "往年(%.*s, 2)", (int)f->name.n, f->name.p);
    }
}

/* f(x, y, ..) over n numbers of a dimension */
static void call(struct maker *m, const char *f, int n, int dim, int depth)
{
    buf_fmt(&m->b, "%s(", f);
    for (int i = 0; i < n; i++) {
        say(m, i > 0 ? ", " : "");
        sample_num(m, dim, depth);
    }
    say(m, ")");
}

static void infix(struct maker *m, const char *op, int a, int b, int depth)
{
    say(m, "(");
    sample_num(m, a, depth);
    buf_fmt(&m->b, " %s ", op);
    sample_num(m, b, depth);
    say(m, ")");
}

static void span_tail(struct maker *m)
{
    buf_fmt(&m->b, ", 近%d", 1 + pick(m, 4));
    say(m, chance(m, 80) ? "年" : "季");
    if (!m->plain && chance(m, 30)) {
        say(m, ", 自 ");
        sample_day(m);
    }
    say(m, ")");
}

static void spanned(struct maker *m, int dim, int depth)
{
    static const char *const same[] = {"合计", "平均", "期间最大", "期间最小", "沿用"};
    buf_fmt(&m->b, "%s(", same[pick(m, m->plain ? 4 : 5)]);
    sample_num(m, dim, depth);
    span_tail(m);
}

/* 同 a b, 最小组 n */
static void peers(struct maker *m)
{
    static const char *const groups[] = {"文1", "选1", "真1"};
    const struct made_item *seg = NULL;
    for (size_t i = 0; i < m->item_n; i++)
        if (m->item[i].segment)
            seg = &m->item[i];
    if (chance(m, 60)) {
        buf_fmt(&m->b, ", 同 %s", groups[pick(m, 3)]);
        if (seg != NULL && chance(m, 50)) {
            say(m, " ");
            name(m, seg->name);
        }
        if (chance(m, 40))
            buf_fmt(&m->b, ", 最小组 %d", 1 + pick(m, 6));
    }
}

/* Population functions that keep the dimension. */
static void pop_same(struct maker *m, int dim, int depth)
{
    static const char *const plain[] = {"组均值", "组中位数", "组合计",   "组最大",
                                        "组最小", "补均值",   "补中位数", "组标准差"};
    int k = pick(m, 11);
    buf_fmt(&m->b, "%s(", k < 8 ? plain[k] : k == 8 ? "缩尾" : k == 9 ? "偏度处理" : "组分位数");
    sample_num(m, dim, depth);
    int a = pick(m, 40), b = pick(m, 41), c = pick(m, 5);
    if (k == 8)
        buf_fmt(&m->b, ", %d%%, %d%%", a, 60 + b);
    else if (k == 9)
        buf_fmt(&m->b, ", %d, %d.5, %d", a % 3, b % 4, 1 + c);
    else if (k == 10)
        buf_fmt(&m->b, ", %d%%", pick(m, 101));
    peers(m);
    if (k == 7 && chance(m, 30))
        say(m, ", 法 总体");
    say(m, ")");
}

/* The range of winsorised figures, which a run may do in one step. */
static void pop_winsorised(struct maker *m, int depth)
{
    const char *same = chance(m, 50) ? ", 同 选1" : "";
    say(m, "极差标准化(缩尾(");
    sample_num(m, pick(m, DIM_COUNT), depth);
    int a = pick(m, 40), b = pick(m, 41);
    buf_fmt(&m->b, ", %d%%, %d%%%s)%s)", a, 60 + b, same, same);
}

/* Population functions that give a plain number. */
static void pop_plain(struct maker *m, int depth)
{
    if (chance(m, 10)) {
        pop_winsorised(m, depth);
        return;
    }
    static const char *const fns[] = {"百分位",     "名次",   "波达分", "组计数",
                                      "极差标准化", "标准分", "距标杆"};
    static const char *const methods[] = {"", ", 法 半秩", ", 法 最低秩", ", 法 累积", ", 法 去端"};
    static const char *const ties[] = {"", ", 并列 取小", ", 并列 取大", ", 并列 平均",
                                       ", 并列 密集"};
    int k = pick(m, 7), dim = pick(m, DIM_COUNT);
    buf_fmt(&m->b, "%s(", fns[k]);
    sample_num(m, dim, depth);
    peers(m);
    if (k == 0)
        say(m, methods[pick(m, 5)]);
    if (k == 1)
        say(m, ties[pick(m, 5)]);
    if (k <= 2 && chance(m, 30))
        say(m, ", 次序 升");
    if (k == 4 && chance(m, 40)) {
        say(m, ", 下限 ");
        sample_constant(m, dim, 0, 5);
    }
    if (k == 4 && chance(m, 40)) {
        say(m, ", 上限 ");
        sample_constant(m, dim, 6, 30);
    }
    if (k == 5 && chance(m, 40))
        say(m, ", 法 总体");
    say(m, ")");
}

/* before x after */
static void wrapped(struct maker *m, const char *before, int dim, const char *after, int depth)
{
    say(m, before);
    sample_num(m, dim, depth);
    say(m, after);
}

static void power(struct maker *m, int depth)
{
    wrapped(m, "(限幅(", DIM_NONE, chance(m, 50) ? ", 0.1, 5) ^ " : ", -2, 5) ^ ", depth);
    if (chance(m, 60))
        say(m, chance(m, 50) ? "2)" : "0.5)");
    else
        wrapped(m, "限幅(", DIM_NONE, ", -2, 2))", depth);
}

static void over_days(struct maker *m)
{
    static const char *const before[] = {"(年数(", "(年份(", "(天数("};
    int k = pick(m, 3);
    say(m, before[k]);
    sample_day(m);
    if (k == 2) {
        say(m, ", ");
        sample_day(m);
    }
    say(m, k == 0 ? ", 评价日) / 1年)" : k == 1 ? ") - 评价期)" : ") / 30天)");
}

/* Plain numbers out of other things. */
static void plain_only(struct maker *m, int depth)
{
    int dim = pick(m, DIM_COUNT);
    switch (pick(m, 15)) {
    case 0: infix(m, "/", dim, dim, depth); break;
    case 1: infix(m, "*", DIM_NONE, DIM_NONE, depth); break;
    case 2: call(m, "目标区间", 3, dim, depth); break;
    case 3: call(m, "达标率", 2, dim, depth); break;
    case 4:
        wrapped(m, "增长率(", dim, "", depth);
        if (chance(m, 40))
            say(m, ")");
        else
            span_tail(m);
        break;
    case 5:
        wrapped(m, "复合增长率(", dim, "", depth);
        span_tail(m);
        break;
    case 6:
        say(m, "计数(");
        sample_truth(m, depth);
        say(m, ", ");
        sample_truth(m, depth);
        say(m, ")");
        break;
    case 7: call(m, "自然对数", 1, DIM_NONE, depth); break;
    case 8:
        if (chance(m, 50))
            wrapped(m, "指数函数(取小(3, ", DIM_NONE, "))", depth);
        else
            wrapped(m, "指数函数(限幅(", DIM_NONE, ", -3, 3))", depth);
        break;
    case 9: call(m, "开方", 1, DIM_NONE, depth); break;
    case 10: power(m, depth); break;
    case 11: call(m, "常用对数", 1, DIM_NONE, depth); break;
    default: over_days(m);
    }
}

static void num_if(struct maker *m, int dim, int depth)
{
    say(m, "(如果 ");
    sample_truth(m, depth);
    say(m, " 则 ");
    sample_num(m, dim, depth);
    say(m, " 否则 ");
    sample_num(m, dim, depth);
    say(m, ")");
}

static void rounded(struct maker *m, int dim, int depth)
{
    static const char *const fns[] = {"四舍五入", "舍尾", "进一", "四舍六入", "取整"};
    int k = pick(m, 5);
    buf_fmt(&m->b, "%s(", fns[k]);
    sample_num(m, dim, depth);
    if (k < 4 && chance(m, 70))
        buf_fmt(&m->b, ", %d", pick(m, 5));
    say(m, ")");
}

void sample_num(struct maker *m, int dim, int depth)
{
    if (depth <= 0 || chance(m, 15)) {
        leaf(m, dim);
        return;
    }
    depth--;
    switch (pick(m, dim == DIM_NONE ? 26 : 19)) {
    case 0:
    case 1: infix(m, "+", dim, dim, depth); break;
    case 2: infix(m, "-", dim, dim, depth); break;
    case 3: infix(m, "*", dim, DIM_NONE, depth); break;
    case 4: infix(m, "/", dim, DIM_NONE, depth); break;
    case 5: call(m, "取大", 1 + pick(m, 3), dim, depth); break;
    case 6: call(m, chance(m, 50) ? "封顶" : "保底", 2, dim, depth); break;
    case 7: call(m, "限幅", 3, dim, depth); break;
    case 8: rounded(m, dim, depth); break;
    case 9: call(m, "绝对值", 1, dim, depth); break;
    case 10: num_if(m, dim, depth); break;
    case 11: call(m, m->plain ? "取大" : "补值", 2, dim, depth); break;
    case 12: call(m, "平均", 1 + pick(m, 3), dim, depth); break;
    case 13:
        say(m, "(");
        sample_constant(m, dim, 0, 9);
        say(m, " ~ ");
        sample_constant(m, dim, 9, 20);
        say(m, ")");
        break;
    case 14: spanned(m, dim, depth); break;
    case 15: call(m, "取小", 1 + pick(m, 3), dim, depth); break;
    case 16: call(m, "合计", 1 + pick(m, 3), dim, depth); break;
    case 17:
    case 18:
        if (m->plain)
            leaf(m, dim);
        else if (dim == DIM_NONE && chance(m, 50))
            pop_plain(m, depth);
        else
            pop_same(m, dim, depth);
        break;
    default: plain_only(m, depth);
    }
}

static void compare(struct maker *m, int depth)
{
    static const char *const ops[] = {"<", "<=", ">", ">=", "=", "<>"};
    int dim = pick(m, DIM_COUNT);
    say(m, "(");
    sample_num(m, dim, depth);
    if (chance(m, 20)) {
        say(m, chance(m, 50) ? " 在 [" : " 在 (");
        sample_constant(m, dim, 0, 6);
        say(m, ", ");
        sample_constant(m, dim, 7, 20);
        say(m, chance(m, 50) ? "])" : "))");
        return;
    }
    buf_fmt(&m->b, " %s ", pick(m, 8) ? ops[pick(m, 4)] : ops[4]);
    sample_num(m, dim, depth);
    if (chance(m, 15)) {
        say(m, " <= ");
        sample_constant(m, dim, 10, 30);
    }
    say(m, ")");
}

static void about_text(struct maker *m, int depth)
{
    if (chance(m, 30)) {
        say(m, "开头(");
        sample_text(m, 0);
        buf_fmt(&m->b, ", \"3\", \"%s\")", sample_texts[pick(m, TEXT_N)]);
        return;
    }
    say(m, "(");
    if (chance(m, 90))
        name(m, any_field(m, KIND_TEXT, 0)->name);
    else
        sample_text(m, depth);
    bool one = chance(m, 60);
    say(m, one ? " = \"" : " 在 (\"高\"; \"");
    say(m, sample_texts[pick(m, TEXT_N)]);
    say(m, one ? "\")" : "\"))");
}

static void truth_leaf(struct maker *m)
{
    const struct made_field *f = any_field(m, KIND_TRUTH, 0);
    if (chance(m, 15)) {
        for (size_t i = 0; i < m->item_n; i++)
            if (m->item[i].passes) {
                buf_fmt(&m->b, "通过(%.*s)", (int)m->item[i].name.n, m->item[i].name.p);
                return;
            }
    }
    if (item_ref(m, KIND_TRUTH, 0))
        return;
    name(m, f->name);
}

static void truth_fold(struct maker *m, const char *before, const char *between, int depth)
{
    say(m, before);
    sample_truth(m, depth);
    say(m, between);
    sample_truth(m, depth);
    say(m, ")");
}

void sample_truth(struct maker *m, int depth)
{
    if (depth <= 0) {
        truth_leaf(m);
        return;
    }
    depth--;
    switch (pick(m, 12)) {
    case 0: truth_fold(m, "(", " 且 ", depth); break;
    case 1: truth_fold(m, "(", " 或 ", depth); break;
    case 2:
        say(m, "(非 ");
        sample_truth(m, depth);
        say(m, ")");
        break;
    case 3: truth_fold(m, "全部(", ", ", depth); break;
    case 4: truth_fold(m, "任一(", ", ", depth); break;
    case 5: about_text(m, depth); break;
    case 6:
        if (m->plain) {
            compare(m, depth);
            break;
        }
        say(m, "缺(");
        sample_num(m, pick(m, DIM_COUNT), depth);
        say(m, ")");
        break;
    case 7:
        say(m, chance(m, 50) ? "逐年(" : "任一年(");
        sample_truth(m, depth);
        span_tail(m);
        break;
    case 8:
        say(m, "(");
        sample_day(m);
        say(m, chance(m, 50) ? " <= " : " > ");
        sample_day(m);
        say(m, ")");
        break;
    case 9:
        if (chance(m, 50)) {
            truth_leaf(m);
            break;
        }
        say(m, "(如果 ");
        truth_leaf(m);
        truth_fold(m, " 则 ", " 否则 ", depth);
        break;
    default: compare(m, depth);
    }
}

void sample_text(struct maker *m, int depth)
{
    const struct made_field *f = any_field(m, KIND_TEXT, 0);
    if (depth > 0 && chance(m, 20)) {
        say(m, "(如果 ");
        sample_truth(m, depth - 1);
        buf_fmt(&m->b, " 则 \"%s\" 否则 ", sample_texts[pick(m, TEXT_N)]);
        sample_text(m, depth - 1);
        say(m, ")");
    } else if (!item_ref(m, KIND_TEXT, 0)) {
        name(m, f->name);
    }
}

void sample_day(struct maker *m)
{
    if (chance(m, 60))
        name(m, any_field(m, KIND_DAY, 0)->name);
    else if (chance(m, 30))
        say(m, "评价日");
    else
        buf_fmt(&m->b, "20%02d-06-15", 10 + pick(m, 16));
}
