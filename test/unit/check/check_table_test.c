/* The table checks against brute force: random small tables, every value tried one by one. */
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/str.h"
#include "check/check.h"
#include "rule/model.h"
#include "t.h"

/* Numbers are drawn in halves: bounds are whole, so every cell between bounds has a half in it. */
enum { LOW = -6, HIGH = 18, INPUT_MAX = 3, ROW_MAX = 5, OPTION_N = 3 };
enum { TOLD_MAX = 5 }; /* of one table no more gaps are told: not all can be compared */
enum kind { WHOLE, DECIMAL, CHOICE, TRUTH };

struct drawn_test {
    bool any;
    bool has_lo, has_hi, lo_in, hi_in; /* numbers, in halves */
    int lo, hi;
    unsigned set; /* options or truths, one bit each */
};

struct drawn_table {
    uint32_t input_n, row_n;
    bool first_hit;
    enum kind kind[INPUT_MAX];
    bool ranged[INPUT_MAX]; /* 范围: [0, 6] */
    struct drawn_test cell[ROW_MAX][INPUT_MAX];
};

static uint64_t seed;

static int draw(int n)
{
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (int)((seed >> 33) % (uint64_t)n);
}

static bool is_number(enum kind k)
{
    return k == WHOLE || k == DECIMAL;
}

static struct drawn_test draw_test(enum kind k)
{
    struct drawn_test t = {.any = draw(6) == 0, .set = 1U << draw(k == TRUTH ? 2 : OPTION_N)};
    if (k == CHOICE && draw(3) == 0)
        t.set |= 1U << draw(OPTION_N);
    t.has_lo = draw(4) > 0;
    t.has_hi = !t.has_lo || draw(3) > 0;
    t.lo_in = draw(2) == 0;
    t.hi_in = draw(2) == 0;
    t.lo = 2 * draw(6);
    t.hi = t.lo + 2 * draw(4) - (draw(20) == 0 ? 4 : 0);
    return t;
}

static struct drawn_table draw_table(void)
{
    struct drawn_table t = {.input_n = 1 + (uint32_t)draw(INPUT_MAX),
                            .row_n = 1 + (uint32_t)draw(ROW_MAX),
                            .first_hit = draw(3) == 0};
    for (uint32_t i = 0; i < t.input_n; i++) {
        t.kind[i] = (enum kind)draw(4);
        t.ranged[i] = draw(2) == 0;
    }
    for (uint32_t row = 0; row < t.row_n; row++)
        for (uint32_t i = 0; i < t.input_n; i++)
            t.cell[row][i] = draw_test(t.kind[i]);
    return t;
}

/* --- as a document --- */

static const char *const option[OPTION_N] = {"甲", "乙", "丙"};

static void write_set(struct buf *out, enum kind k, unsigned set)
{
    bool any = false;
    for (int i = 0; i < OPTION_N; i++)
        if (set >> i & 1) {
            buf_add(out, any ? S("; ") : S(""));
            buf_add(out, k == TRUTH ? (i == 1 ? S("是") : S("否")) : str_of(option[i]));
            any = true;
        }
}

static void write_test(struct buf *out, enum kind k, const struct drawn_test *t)
{
    if (t->any)
        buf_add(out, S("-"));
    else if (!is_number(k))
        write_set(out, k, t->set);
    else if (t->has_lo && t->has_hi)
        buf_fmt(out, "%c%d, %d%c", t->lo_in ? '[' : '(', t->lo / 2, t->hi / 2,
                t->hi_in ? ']' : ')');
    else if (t->has_lo)
        buf_fmt(out, "%s %d", t->lo_in ? ">=" : ">", t->lo / 2);
    else
        buf_fmt(out, "%s %d", t->hi_in ? "<=" : "<", t->hi / 2);
}

static void write_table(struct buf *out, const struct drawn_table *t)
{
    static const char *const type[] = {"数", "数", "选项", "是否"};
    buf_add(out, S("# t\n- 状态: 示例\n\n## 字段\n| 名称 | 类型 | 小数 | 选项 | 范围 |\n"
                   "|---|---|---|---|---|\n"));
    for (uint32_t i = 0; i < t->input_n; i++)
        buf_fmt(out, "| 入%u | %s | %s | %s | %s |\n", i, type[t->kind[i]],
                t->kind[i] == WHOLE ? "0" : "", t->kind[i] == CHOICE ? "甲; 乙; 丙" : "",
                is_number(t->kind[i]) && t->ranged[i] ? "[0, 6]" : "");
    buf_fmt(out, "\n## 评分 分\n%s\n|", t->first_hit ? "- 命中: 首行\n" : "");
    for (uint32_t i = 0; i < t->input_n; i++)
        buf_fmt(out, " 入%u |", i);
    buf_add(out, S(" 得分 |\n|"));
    for (uint32_t i = 0; i <= t->input_n; i++)
        buf_add(out, S("---|"));
    for (uint32_t row = 0; row < t->row_n; row++) {
        buf_add(out, S("\n| "));
        for (uint32_t i = 0; i < t->input_n; i++) {
            write_test(out, t->kind[i], &t->cell[row][i]);
            buf_add(out, S(" | "));
        }
        buf_add(out, S("1 |"));
    }
    buf_char(out, '\n');
}

/* --- by brute force --- */

static int first_value(enum kind k)
{
    return is_number(k) ? LOW : 0;
}

static int last_value(enum kind k)
{
    return is_number(k) ? HIGH : k == TRUTH ? 1 : OPTION_N - 1;
}

static bool meets(enum kind k, const struct drawn_test *t, int v)
{
    if (t->any)
        return true;
    if (!is_number(k))
        return t->set >> v & 1;
    return (!t->has_lo || v > t->lo || (t->lo_in && v == t->lo)) &&
           (!t->has_hi || v < t->hi || (t->hi_in && v == t->hi));
}

/* Can the input have this value at all? */
static bool occurs(const struct drawn_table *t, uint32_t i, int v)
{
    if (!is_number(t->kind[i]))
        return true;
    return (t->kind[i] != WHOLE || v % 2 == 0) && (!t->ranged[i] || (v >= 0 && v <= 12));
}

/* -1 below what the rows speak of, 0 inside, 1 above. Halves stand for the cells around them. */
static int side(const struct drawn_table *t, uint32_t i, int v)
{
    int lo = HIGH + 1, hi = LOW - 1;
    for (uint32_t row = 0; row < t->row_n; row++)
        for (int x = LOW; x <= HIGH; x++)
            if (meets(t->kind[i], &t->cell[row][i], x)) {
                lo = x < lo ? x : lo;
                hi = x > hi ? x : hi;
            }
    return v < lo ? -1 : v > hi ? 1 : 0;
}

struct found {
    bool overlap, gap, end;
    bool first[ROW_MAX], any[ROW_MAX]; /* rows that are the first somewhere; that match somewhere */
};

static void try_one(const struct drawn_table *t, const int *v, struct found *f)
{
    uint32_t hits = 0;
    bool inside = true, told = true;
    for (uint32_t row = 0; row < t->row_n; row++) {
        bool all = true;
        for (uint32_t i = 0; i < t->input_n; i++)
            all &= meets(t->kind[i], &t->cell[row][i], v[i]);
        f->any[row] |= all;
        f->first[row] |= all && hits == 0;
        hits += all;
    }
    f->overlap |= hits > 1;
    for (uint32_t i = 0; i < t->input_n && hits == 0; i++)
        if (is_number(t->kind[i]) && side(t, i, v[i]) != 0) {
            inside = false;
            told &= t->ranged[i];
        }
    f->gap |= hits == 0 && inside;
    f->end |= hits == 0 && !inside && told;
}

static struct found try_all(const struct drawn_table *t)
{
    struct found f = {0};
    int v[INPUT_MAX];
    for (uint32_t i = 0; i < t->input_n; i++)
        v[i] = first_value(t->kind[i]);
    for (;;) {
        bool possible = true;
        for (uint32_t i = 0; i < t->input_n; i++)
            possible &= occurs(t, i, v[i]);
        if (possible)
            try_one(t, v, &f);
        uint32_t i = 0;
        for (; i < t->input_n && v[i] == last_value(t->kind[i]); i++)
            v[i] = first_value(t->kind[i]);
        if (i == t->input_n)
            return f;
        v[i]++;
    }
}

/* --- compared --- */

static uint32_t count_of(const struct diags *ds, enum diag_code code)
{
    uint32_t n = 0;
    for (size_t i = 0; i < ds->n; i++)
        n += ds->at[i].code == code;
    return n;
}

/* A row with a test that nothing meets is told of as such, not as unreachable. */
static bool has_empty(const struct drawn_table *t, uint32_t row)
{
    for (uint32_t i = 0; i < t->input_n; i++) {
        const struct drawn_test *x = &t->cell[row][i];
        if (is_number(t->kind[i]) && !x->any && x->has_lo && x->has_hi &&
            (x->lo > x->hi || (x->lo == x->hi && !(x->lo_in && x->hi_in))))
            return true;
    }
    return false;
}

static bool agrees(const struct drawn_table *t, const struct diags *ds)
{
    struct found f = try_all(t);
    uint32_t unreachable = 0, empty = 0;
    for (uint32_t row = 0; row < t->row_n; row++) {
        empty += has_empty(t, row);
        unreachable += !has_empty(t, row) && !(t->first_hit ? f.first[row] : f.any[row]);
    }
    bool gap = f.gap && !t->first_hit, end = f.end || (f.gap && t->first_hit);
    return (count_of(ds, DIAG_BAND_OVERLAP) > 0) == (f.overlap && !t->first_hit) &&
           (count_of(ds, DIAG_BAND_GAP) > 0) == gap &&
           (count_of(ds, DIAG_BAND_GAP_END) > 0) == end &&
           (count_of(ds, DIAG_RANGE_EMPTY) > 0) == (empty > 0) &&
           count_of(ds, DIAG_ROW_UNREACHABLE) == unreachable &&
           count_of(ds, DIAG_BAND_UNCHECKED) == 0;
}

TEST(check_tables_agree_with_brute_force)
{
    uint32_t with_gap = 0, with_overlap = 0, clean = 0;
    for (int i = 0; i < 4000; i++) {
        struct arena *a = arena_open();
        struct diags ds;
        struct rules *r;
        struct buf text;
        seed = 20260401 + (uint64_t)i;
        struct drawn_table t = draw_table();
        diags_init(&ds, a);
        buf_init(&text, a, BUF_MAX);
        write_table(&text, &t);
        enum status st = check_load(a, &r, S("t.md"), buf_str(&text), &ds);
        with_gap += count_of(&ds, DIAG_BAND_GAP) > 0;
        with_overlap += count_of(&ds, DIAG_BAND_OVERLAP) > 0;
        clean += st == OK;
        uint32_t gaps = count_of(&ds, DIAG_BAND_GAP) + count_of(&ds, DIAG_BAND_GAP_END);
        if (gaps < TOLD_MAX && !agrees(&t, &ds)) {
            for (size_t k = 0; k < ds.n; k++)
                diag_render(&text, &ds.at[k], S("t.md"), r->text, LANG_ZH);
            t_fail(__FILE__, __LINE__, arena_copy(a, buf_str(&text)).p);
        }
        arena_close(a);
    }
    CHECK(with_gap > 400 && with_overlap > 400 && clean > 200);
}
