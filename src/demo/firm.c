/* firm.c - draws one enterprise.
 *
 * Sizes follow listed firms (packs/sample/calibration.csv) divided by SIZE_FACTOR, which is ours
 * (示例): it puts the median revenue near 45 million yuan and the median staff near 45. Shares and
 * growth rates are taken as they are, growth held within -50 % .. +150 %; the lowest quarter of R&D
 * intensities is left out, since firms that apply for a title do some R&D. Names are put together
 * from syllables and are not meant to be anybody's.
 */
#include "demo/firm.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "field/uscc.h"

enum { SIZE_FACTOR = 40, WAN = 10000, CENT = 100 /* figures are whole hundreds of yuan */ };

/* What is drawn; a new one goes to the end, so that the others stay. */
enum what {
    W_REVENUE,
    W_GROWTH,
    W_INTENSITY,
    W_INTENSITY_YEAR,
    W_MARGIN,
    W_STAFF,
    W_TECH,
    W_RND_STAFF,
    W_MASTERS,
    W_EQUITY,
    W_ASSETS,
    W_COST,
    W_HITECH,
    W_INCOME,
    W_HOME,
    W_CONTRACT,
    W_COOPERATE,
    W_IP1,
    W_IP2,
    W_GRANTS,
    W_TRANSFER,
    W_ADVANCE,
    W_SUPPORT,
    W_OWN,
    W_PART,
    W_LEAD,
    W_AWARD,
    W_LAB,
    W_HNTE,
    W_ACCIDENT,
    W_DISHONEST,
    W_FIRST,
    W_BY_COST,
    W_TITLE,
    W_AGE,
    W_MONTH,
    W_DAY,
    W_TOWN,
    W_TRADE,
    W_NAME_A,
    W_NAME_B,
    W_NAME_KIND,
    W_NAME_PLACE,
    W_NAME_FORM,
    W_CODE,
    W_REVIEWED,
    W_REVIEW,
    W_STEP = 100 /* the k-th draw of one kind: what + k * W_STEP */
};

static struct draw draw_of(const struct firm_source *s, uint32_t row)
{
    return (struct draw){.seed = s->seed, .row = row};
}

/* x times ppm, to whole hundreds. */
static int64_t share(int64_t x, int64_t ppm)
{
    return (int64_t)((Wide)x * ppm / PPM) / CENT * CENT;
}

static int64_t clamp(int64_t x, int64_t lo, int64_t hi)
{
    return x < lo ? lo : x > hi ? hi : x;
}

/* ---- who it is ---- */

struct trade {
    const char *code;
    int chain; /* of CHAINS, as packs/zhangjiagang/产业链.md has it */
    const char *word[3];
};

const char *const CHAINS[CHAIN_N] = {"冶金新材料",
                                     "智能装备",
                                     "化工新材料",
                                     "高端纺织",
                                     "新能源",
                                     "数字经济",
                                     "生物医药及高端医疗器械",
                                     "先进特色半导体"};

/* GB/T 4754-2017 classes that belong to the county's eight chains, and words of their trades. */
static const struct trade trades[] = {
    {"3130", 0, {"金属制品", "特钢材料", "冷轧科技"}},
    {"3252", 0, {"铝业", "铜材科技", "金属材料"}},
    {"3311", 0, {"金属结构", "钢构工程", "装备制造"}},
    {"3484", 1, {"机械零部件", "精密机械", "传动科技"}},
    {"3523", 1, {"塑料机械", "橡塑装备", "智能装备"}},
    {"3551", 1, {"纺织机械", "印染装备", "智能纺机"}},
    {"3670", 1, {"汽车零部件", "汽车科技", "动力部件"}},
    {"4011", 1, {"自动化仪表", "测控技术", "传感科技"}},
    {"2614", 2, {"化工新材料", "精细化工", "新材料"}},
    {"2651", 2, {"高分子材料", "树脂科技", "聚合物科技"}},
    {"2927", 2, {"塑料制品", "复合材料", "包装材料"}},
    {"1713", 3, {"纺织科技", "毛纺织", "纤维科技"}},
    {"1781", 3, {"非织造布", "产业用纺织品", "面料科技"}},
    {"2829", 3, {"化纤", "特种纤维", "纤维材料"}},
    {"3841", 4, {"锂电科技", "储能科技", "新能源"}},
    {"3825", 4, {"光伏科技", "太阳能科技", "光电能源"}},
    {"6513", 5, {"软件", "信息技术", "数字科技"}},
    {"6450", 5, {"云计算", "数据服务", "互联科技"}},
    {"3982", 5, {"电子材料", "电子元件", "电路科技"}},
    {"2770", 6, {"医用材料", "生物科技", "卫生用品"}},
    {"3584", 6, {"医疗器械", "医疗科技", "康复器械"}},
    {"3972", 7, {"半导体材料", "芯片封装", "微电子"}},
    {"3562", 7, {"半导体设备", "晶圆装备", "精密装备"}},
    {"3985", 7, {"电子专用材料", "光学材料", "氮化镓材料"}},
};

static Str name_of(const struct firm_source *s, uint32_t row, const struct trade *t)
{
    static const char *const first[] = {"锐", "博", "汇", "晟", "恒", "启", "瑞", "凯",
                                        "卓", "腾", "朗", "骏", "澜", "沙", "港", "暨",
                                        "梁", "棠", "隽", "曜", "昶", "屹"};
    static const char *const second[] = {"合", "源", "信", "达", "宏", "拓", "泽", "航",
                                         "盛", "越", "芯", "能", "科", "远", "宁", "川",
                                         "舟", "禾", "煜", "舜", "峤", "垚"};
    static const char *const place[] = {"张家港", "张家港市", "江苏", "苏州"};
    static const char *const form[] = {"有限公司", "有限公司", "有限公司", "股份有限公司"};
    struct draw d = draw_of(s, row);
    int64_t a = draw_range(d, W_NAME_A, 0, (int64_t)ARRAY_N(first) - 1);
    int64_t b = draw_range(d, W_NAME_B, 0, (int64_t)ARRAY_N(second) - 1);
    return arena_fmt(s->keep, "%s%s%s%s%s", place[draw_range(d, W_NAME_PLACE, 0, 3)], first[a],
                     second[b], t->word[draw_range(d, W_NAME_KIND, 0, 2)],
                     form[draw_range(d, W_NAME_FORM, 0, 3)]);
}

/* The row is in the serial number, so that no two of one block are alike. */
Str firm_code(struct arena *keep, const char *block, uint64_t seed, uint32_t row)
{
    static const char alphabet[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    enum { RADIX = sizeof alphabet - 1, ORG_AT = 8, ORG_BODY = 8, BLOCK = 3, SERIAL = 5 };
    char id[USCC_LEN + 1] = "91320582";
    uint64_t serial = (draw_bits((struct draw){.seed = seed}, W_CODE) + row * 7919ULL) %
                      28629151; /* 31 to the 5th; 7919 has no factor in common with it */
    memcpy(id + ORG_AT, block, BLOCK);
    for (int i = SERIAL - 1; i >= 0; i--) {
        id[ORG_AT + ORG_BODY - SERIAL + i] = alphabet[serial % RADIX];
        serial /= RADIX;
    }
    id[ORG_AT + ORG_BODY] = uscc_org_check_char(id + ORG_AT);
    id[USCC_LEN - 1] = uscc_check_char(id);
    return arena_copy(keep, (Str){id, USCC_LEN});
}

/* Zones and the towns beside them hold most firms. */
static Str town_of(const struct firm_source *s, uint32_t row)
{
    static const char *const busy[] = {"320582401", "320582100", "320582403", "320582101",
                                       "320582406", "320582103", "320582001"};
    struct draw d = draw_of(s, row);
    if (draw_chance(d, W_TOWN, 700000))
        return str_of(busy[draw_range(d, W_TOWN + W_STEP, 0, (int64_t)ARRAY_N(busy) - 1)]);
    return s->town[draw_range(d, W_TOWN + 2 * W_STEP, 0, (int64_t)s->town_n - 1)];
}

static void make_identity(const struct firm_source *s, uint32_t row, struct firm *f)
{
    struct draw d = draw_of(s, row);
    const struct trade *t = &trades[draw_range(d, W_TRADE, 0, (int64_t)ARRAY_N(trades) - 1)];
    f->industry = str_of(t->code);
    f->chain = t->chain;
    f->name = name_of(s, row, t);
    f->id = firm_code(s->keep, s->block, s->seed, row);
    f->locality = town_of(s, row);
    int age = (int)draw_range(d, W_AGE, 0, 19);
    age = age < 1 ? 1 : age == 1 ? 2 : age; /* one in twenty has two years of figures */
    bool made = day_of(&f->founded, s->year - age, (int)draw_range(d, W_MONTH, 1, 12),
                       (int)draw_range(d, W_DAY, 1, 28));
    ASSERT(made);
    f->first_year = age >= FIRM_YEARS - 1 ? 0 : FIRM_YEARS - 1 - age;
}

/* ---- figures ---- */

/* Backwards from the last year: each year before is what grew into it. */
static void make_sizes(const struct firm_source *s, uint32_t row, struct firm *f)
{
    struct draw d = draw_of(s, row);
    const struct quantiles *q = s->quantiles;
    int64_t size = draw_ppm(d, W_REVENUE);
    f->revenue[FIRM_YEARS - 1] =
        quantiles_at(q, Q_REVENUE, size) / QUANTILE_SCALE / SIZE_FACTOR / CENT * CENT;
    int64_t base = 250000 + draw_ppm(d, W_INTENSITY) * 3 / 4;
    for (int y = FIRM_YEARS - 1; y >= 0; y--) {
        uint32_t k = (uint32_t)y * W_STEP;
        int64_t intensity = quantiles_at(q, Q_RND_INTENSITY, base);
        intensity = intensity * draw_range(d, W_INTENSITY_YEAR + k, 850, 1150) / 1000;
        f->rnd[y] = share(f->revenue[y], intensity);
        f->rnd_home[y] =
            draw_chance(d, W_HOME + k, 750000)
                ? f->rnd[y]
                : share(f->rnd[y], draw_range(d, W_HOME + k + W_STEP * 10, 550000, PPM));
        if (y == 0)
            break;
        int64_t growth = quantiles_at(q, Q_REVENUE_GROWTH, draw_ppm(d, W_GROWTH + k));
        growth = clamp(growth, -500000, 1500000);
        f->revenue[y - 1] = (int64_t)((Wide)f->revenue[y] * PPM / (PPM + growth)) / CENT * CENT;
    }
}

static void make_balance(const struct firm_source *s, uint32_t row, struct firm *f)
{
    struct draw d = draw_of(s, row);
    int last = FIRM_YEARS - 1;
    int64_t revenue = f->revenue[last];
    f->equity[last] = share(revenue, draw_range(d, W_EQUITY, 250000, 1100000));
    int64_t profit = 0;
    for (int y = last; y > 0; y--) {
        int64_t margin =
            quantiles_at(s->quantiles, Q_NET_MARGIN, draw_ppm(d, W_MARGIN + (uint32_t)y * W_STEP));
        int64_t one = share(f->revenue[y], clamp(margin, -150000, 250000));
        profit = y == last ? one : profit;
        f->equity[y - 1] =
            clamp(f->equity[y] - one, f->equity[y] / 10 / CENT * CENT, f->equity[y] * 3);
    }
    f->assets = share(f->equity[last], draw_range(d, W_ASSETS, 1300000, 2600000));
    f->income = share(revenue, draw_range(d, W_INCOME, 1000000, 1030000));
    f->hitech = share(revenue, draw_range(d, W_HITECH, 480000, 980000));
    f->cost = share(revenue - profit, draw_range(d, W_COST, 900000, 1000000));
    f->contracts = draw_chance(d, W_CONTRACT, 400000)
                       ? share(f->rnd[last], draw_range(d, W_CONTRACT + W_STEP, 50000, 900000))
                       : 0;
    for (int y = 0; y < FIRM_YEARS; y++) {
        uint32_t k = (uint32_t)y * W_STEP;
        f->cooperation[y] = draw_chance(d, W_COOPERATE + k, 450000)
                                ? draw_range(d, W_COOPERATE + k + W_STEP * 10, 5, 90) * WAN
                                : 0;
    }
}

static void make_people(const struct firm_source *s, uint32_t row, struct firm *f)
{
    struct draw d = draw_of(s, row);
    const struct quantiles *q = s->quantiles;
    int64_t per_head = quantiles_at(q, Q_REVENUE_PER_HEAD, draw_ppm(d, W_STAFF)) / QUANTILE_SCALE;
    f->staff = clamp(f->revenue[FIRM_YEARS - 1] / per_head, 4, 5000);
    int64_t share_ppm = quantiles_at(q, Q_RND_STAFF_SHARE, draw_ppm(d, W_TECH));
    f->tech_staff = clamp((f->staff * share_ppm + PPM / 2) / PPM, 1, f->staff);
    f->rnd_staff =
        clamp(f->tech_staff * draw_range(d, W_RND_STAFF, 700, 1000) / 1000, 1, f->tech_staff);
    share_ppm = quantiles_at(q, Q_MASTER_SHARE, draw_ppm(d, W_MASTERS)) / 2;
    f->masters = (f->staff * share_ppm + PPM / 2) / PPM;
}

/* Rights and results grow with what was spent on R&D, with a wide spread. */
static void make_results(const struct firm_source *s, uint32_t row, struct firm *f)
{
    struct draw d = draw_of(s, row);
    int last = FIRM_YEARS - 1;
    int64_t spent = f->rnd[last] / WAN;
    f->ip1 = draw_chance(d, W_IP1, 350000)
                 ? 0
                 : draw_range(d, W_IP1 + W_STEP, 0, clamp(spent / 120, 0, 40));
    f->ip2 = draw_chance(d, W_IP2, 80000)
                 ? 0
                 : draw_range(d, W_IP2 + W_STEP, 0, clamp(spent / 25, 3, 90));
    int64_t left = f->ip1, busy = clamp(spent / 100, 0, 3); /* results there surely are */
    for (int y = last; y >= 0; y--) {
        uint32_t k = (uint32_t)y * W_STEP;
        f->grants[y] = draw_range(d, W_GRANTS + k, 0, (left + 1) / 2);
        left -= f->grants[y];
        f->transfers[y] = draw_range(d, W_TRANSFER + k, busy, clamp(2 + spent / 60, 2, 10));
    }
}

/* 0 best .. 3; `cut` are the shares of the first, the first two, the first three, in hundredths.
 */
static int quality(struct draw d, uint32_t what, const int64_t cut[3])
{
    int64_t at = draw_range(d, what, 0, 99);
    return at < cut[0] ? 0 : at < cut[1] ? 1 : at < cut[2] ? 2 : 3;
}

static void make_qualities(const struct firm_source *s, uint32_t row, struct firm *f)
{
    struct draw d = draw_of(s, row);
    int last = FIRM_YEARS - 1;
    int64_t spent = f->rnd[last] / WAN;
    f->advance = quality(d, W_ADVANCE, (const int64_t[]){35, 72, 92});
    f->support = quality(d, W_SUPPORT, (const int64_t[]){40, 78, 94});
    f->own_work = draw_chance(d, W_OWN, 920000);
    f->standards_part = draw_chance(d, W_PART, 180000);
    f->standards_lead = f->standards_part && draw_chance(d, W_LEAD, 150000);
    f->award = draw_chance(d, W_AWARD, 4000);
    f->lab = spent > 300 && draw_chance(d, W_LAB, 200000);
    f->hnte = spent > 100 && draw_chance(d, W_HNTE, 380000);
    f->accident = draw_chance(d, W_ACCIDENT, 8000);
    f->dishonest = draw_chance(d, W_DISHONEST, 10000);
    f->first_time = draw_chance(d, W_FIRST, 220000);
    f->by_cost = (Wide)f->rnd[last] * 20 > (Wide)f->cost * 5; /* a quarter of cost pays better */
    bool fast = f->revenue[last] > 3 * f->revenue[0] / 2 && f->revenue[last] > 2000LL * WAN;
    f->title = draw_chance(d, W_TITLE, 4000) ? "独角兽"
               : fast && f->hnte             ? "瞪羚"
               : f->hnte                     ? "高企"
               : spent >= 10                 ? "科小"
                                             : "无";
}

/* ---- the experts ---- */

/* A whole number of points within the band the guide gives (国科发火〔2016〕195号). */
static int64_t judge(struct draw d, uint32_t k, int64_t lo, int64_t hi)
{
    return draw_range(d, W_REVIEW + k * W_STEP, lo, hi);
}

static void make_reviews(const struct firm_source *s, uint32_t row, struct firm *f)
{
    struct draw d = draw_of(s, row);
    static const int64_t low[] = {7, 5, 3, 1}, high[] = {8, 6, 4, 2};
    f->reviewed = draw_chance(d, W_REVIEWED, 600000);
    int band = f->ip1 >= 1 ? 0 : f->ip2 >= 5 ? 1 : f->ip2 >= 3 ? 2 : 3;
    bool none = f->ip1 + f->ip2 == 0;
    int years = FIRM_YEARS - f->first_year;
    int64_t sum = 0;
    for (int y = f->first_year; y < FIRM_YEARS; y++)
        sum += f->transfers[y];
    static const int64_t transfer_low[] = {0, 1, 7, 13, 19, 25},
                         transfer_high[] = {0, 6, 12, 18, 24, 30};
    int64_t rate = clamp(sum / years, 0, 5);
    f->review[0] = judge(d, 0, low[f->advance], high[f->advance]);
    f->review[1] = judge(d, 1, low[f->support], high[f->support]);
    f->review[2] = none ? 0 : judge(d, 2, low[band], high[band]);
    f->review[3] = f->own_work ? judge(d, 3, 3, 6) : judge(d, 3, 1, 3);
    f->review[4] = f->standards_part ? judge(d, 4, 1, 2) : 0;
    f->review[5] = judge(d, 5, transfer_low[rate], transfer_high[rate]);
    f->review[6] = judge(d, 6, 4, 6);
    f->review[7] = judge(d, 7, 3, 6);
    f->review[8] = judge(d, 8, 2, 4);
    f->review[9] = judge(d, 9, 2, 4);
}

void firm_make(const struct firm_source *s, uint32_t row, struct firm *out)
{
    *out = (struct firm){0};
    make_identity(s, row, out);
    make_sizes(s, row, out);
    make_balance(s, row, out);
    make_people(s, row, out);
    make_results(s, row, out);
    make_qualities(s, row, out);
    make_reviews(s, row, out);
}
