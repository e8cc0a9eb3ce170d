/* explain_cell.c - one value as people read it, never rounded in silence.
 *
 * A value goes out in the unit asked for, else in its base unit, money of 10,000 yuan and more in
 * 万元. It is exact while it has at most six decimals there; longer ones are cut (towards zero, so
 * that 4.9999…% never reads as 5%) to four decimals, or as many as show four digits, behind ≈.
 */
#include "base/arena.h"
#include "base/buf.h"
#include "base/decimal.h"
#include "base/str.h"
#include "col/dataset.h"
#include "explain/explain.h"

enum { EXACT_DECIMALS = 6, CUT_DECIMALS = 4, EXTRA_SCALE = 10, WAN = 10000, HUGE_DIGITS = 26 };

struct shown {
    Wide m;
    int scale;
    bool cut;
};

/* As many decimals as show four digits, but no fewer than four. */
static struct shown cut_short(Dec d, enum rounding how)
{
    Wide less = 0;
    for (int to = CUT_DECIMALS; to < d.scale; to++)
        if (wide_rescale(&less, d.m, d.scale, to, how) && less != 0 &&
            (to == CUT_DECIMALS || less >= 1000 || less <= -1000)) {
            Dec short_one = dec_trim((Dec){less, to});
            return (struct shown){short_one.m, short_one.scale, true};
        }
    return (struct shown){d.m, d.scale, true};
}

static bool is_decimal(int64_t num)
{
    while (num % 10 == 0)
        num /= 10;
    return num == 1;
}

/* m * 10^-scale of base units in units of num/den. A unit that is no power of ten (8 亩 are
 * 5333.3333 ㎡) gives the nearest figure. */
static struct shown in_unit(Wide m, int scale, int64_t num, int64_t den)
{
    Wide up = m, back = m, wide = m;
    int at = scale;
    if (num != den && scale + EXTRA_SCALE <= DEC_SCALE_MAX &&
        wide_rescale(&up, m, scale, scale + EXTRA_SCALE, ROUND_DOWN))
        at = scale + EXTRA_SCALE;
    else
        up = m;
    bool exact = num == den || (wide_muldiv(&wide, up, den, num, ROUND_DOWN) &&
                                wide_muldiv(&back, wide, num, den, ROUND_DOWN) && back == up);
    Dec d = dec_trim((Dec){wide, at});
    if (exact && d.scale <= EXACT_DECIMALS)
        return (struct shown){d.m, d.scale, false};
    return cut_short(d, is_decimal(num) ? ROUND_DOWN : ROUND_HALF_UP);
}

static bool is_money(Dim d)
{
    Dim yuan = {.exp = {[DIM_YUAN] = 1}};
    return dim_eq(d, yuan);
}

/* Too large to be put into another unit; nobody reads it anyway. */
static bool is_huge(Wide m)
{
    Wide most = wide_pow10(HUGE_DIGITS);
    return m != WIDE_INF && m != -WIDE_INF && (m > most || m < -most);
}

/* The unit to print in: the one asked for, 万元 for large money, or NULL. */
static const struct unit *choose_unit(Type type, const struct unit *show, Cell c)
{
    if (is_huge(c.lo) || is_huge(c.hi))
        return NULL;
    if (show != NULL && dim_eq(show->dim, type.dim))
        return show;
    if (!is_money(type.dim))
        return NULL;
    Wide line = wide_pow10(type.scale) * WAN;
    bool large = (c.lo != -WIDE_INF && (c.lo >= line || c.lo <= -line)) ||
                 (c.hi != WIDE_INF && (c.hi >= line || c.hi <= -line));
    return unit_find(large ? S("万元") : S("元"));
}

static struct shown in_type(Type type, const struct unit *unit, Wide m)
{
    return unit == NULL ? in_unit(m, type.scale, 1, 1)
                        : in_unit(m, type.scale, unit->num, unit->den);
}

static void print_unit(struct buf *out, Type type, const struct unit *unit, enum lang lang)
{
    if (unit == NULL) {
        if (!dim_is_none(type.dim))
            dim_print(out, type.dim, lang == LANG_EN);
        return;
    }
    Str zh = str_of(unit->zh), en = str_of(unit->en);
    if (str_eq(zh, S("分")))
        return; /* what is counted in points says so itself */
    if (lang == LANG_ZH || str_eq(zh, S("%")) || str_eq(zh, S("‰")) || str_eq(zh, en)) {
        buf_add(out, zh);
        return;
    }
    buf_char(out, ' ');
    for (size_t i = 0; i < en.n; i++) /* wan_yuan is the word of the language */
        buf_char(out, en.p[i] == '_' ? ' ' : en.p[i]);
}

/* "≈22.95~74.59%", "≥11.82": one ≈ for both ends. Cut towards zero, a figure above zero still
 * bounds from below: ≥ needs no ≈ behind it. */
static void print_numbers(struct buf *out, Type type, const struct unit *show, Cell c,
                          enum lang lang)
{
    const struct unit *unit = choose_unit(type, show, c);
    bool low = c.lo != -WIDE_INF, high = c.hi != WIDE_INF && c.lo != c.hi, bound = c.hi == WIDE_INF;
    struct shown lo = in_type(type, unit, low ? c.lo : 0),
                 hi = in_type(type, unit, high ? c.hi : 0);
    if (!low || bound)
        buf_add(out, low ? S("≥") : S("≤"));
    if ((lo.cut && !(bound && c.lo >= 0)) || hi.cut)
        buf_add(out, S("≈"));
    if (low)
        dec_print(out, lo.m, lo.scale);
    if (low && high)
        buf_char(out, '~');
    if (high)
        dec_print(out, hi.m, hi.scale);
    print_unit(out, type, unit, lang);
}

static Str label_of(const struct rules *r, const struct dataset *d, Wide code)
{
    if (d != NULL && code >= 0 && code < labels_n(d->labels))
        return labels_text(d->labels, (uint32_t)code);
    if (d == NULL && code >= 0 && code < r->label_n)
        return r->label[code];
    return S("?");
}

static void print_truth(struct buf *out, Cell c, enum lang lang)
{
    static const char *const word[][2] = {[TRUTH_UNMET] = {"不符", "unmet"},
                                          [TRUTH_MET] = {"符合", "met"},
                                          [TRUTH_UNKNOWN] = {"待补", "unknown"},
                                          [TRUTH_MANUAL] = {"人工", "manual"},
                                          [TRUTH_NA] = {"不适用", "n/a"}};
    ASSERT(c.lo >= TRUTH_UNMET && c.lo <= TRUTH_NA);
    buf_add(out, str_of(word[c.lo][lang]));
}

/* srccheck:params as explain/explain.h has them: a value needs its type, unit and dictionary. */
void cell_print(struct buf *out, const struct rules *r, const struct dataset *d, Type type,
                const struct unit *show, Cell c, enum lang lang)
{
    if (type.kind == TYPE_TRUTH) {
        print_truth(out, c, lang);
        return;
    }
    if (c.lo == -WIDE_INF && c.hi == WIDE_INF) {
        buf_add(out, lang == LANG_EN ? S("missing") : S("缺数"));
        return;
    }
    switch (type.kind) {
    case TYPE_TEXT:
        buf_add(out, label_of(r, d, c.lo));
        if (c.hi != c.lo) {
            buf_char(out, '~');
            buf_add(out, label_of(r, d, c.hi));
        }
        return;
    case TYPE_DAY:
        if (c.lo != -WIDE_INF)
            day_print(out, (Day)c.lo);
        if (c.hi != c.lo)
            buf_char(out, '~');
        if (c.hi != c.lo && c.hi != WIDE_INF)
            day_print(out, (Day)c.hi);
        return;
    case TYPE_NUM: print_numbers(out, type, show, c, lang); return;
    case TYPE_NONE:
    case TYPE_TRUTH: break;
    }
    buf_char(out, '?');
}
