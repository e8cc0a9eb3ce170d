/* sample.c - the verb `sample`: fictitious enterprises as a CSV file, with the flaws of real ones.
 *
 * Columns serve the documents 高新技术企业认定, 科技型中小企业评价 and the example grades of
 * Zhangjiagang. Of every thousand figures about 30 are left out and 60 are written as people do:
 * with a unit, in full-width digits, with thousands commas, between blanks. All can be read.
 */
#include "base/arena.h"
#include "base/csv.h"
#include "base/decimal.h"
#include "base/str.h"
#include "base/utf8.h"
#include "cmd/cli.h"
#include "cmd/embed.h"
#include "demo/firm.h"

enum {
    ROWS_DEFAULT = 200,
    ROWS_MAX = 5000000,
    YEAR_DEFAULT = 2025,
    MISSING_PPM = 30000,
    UNIT_PPM = 25000,
    WIDE_PPM = 10000,
    COMMA_PPM = 15000,
    BLANK_PPM = 10000,
    FLAW_BASE = 1 << 20, /* draws of flaws start here, one for each column */
    FLUSH_BYTES = 1 << 20,
    TEXT_MAX = 256,
};

struct writer {
    struct cli *c;
    struct arena *tmp;
    struct draw draw;
    uint32_t column;
    bool first;
};

/* ---- one cell ---- */

static void put(struct writer *w, Str text)
{
    csv_write_cell(&w->c->out, text, w->first, false);
    w->first = false;
    w->column++;
}

static Str full_width(struct arena *tmp, Str s)
{
    struct buf b;
    buf_init(&b, tmp, TEXT_MAX);
    for (size_t i = 0; i < s.n; i++) {
        char out[4];
        size_t n = utf8_encode(out, (Rune)(unsigned char)s.p[i] - '!' + 0xFF01);
        buf_add(&b, (Str){out, n});
    }
    return buf_str(&b);
}

static Str with_commas(struct arena *tmp, Str s)
{
    struct buf b;
    size_t whole = str_find(s, S("."));
    buf_init(&b, tmp, TEXT_MAX);
    for (size_t i = 0; i < s.n; i++) {
        if (i > 0 && i < whole && (whole - i) % 3 == 0 && s.p[i - 1] != '-')
            buf_char(&b, ',');
        buf_char(&b, s.p[i]);
    }
    return buf_str(&b);
}

/* A figure as the form asks for it, or with one of the flaws. */
static void put_figure(struct writer *w, Wide m, int scale, const char *unit)
{
    struct buf b;
    uint32_t what = FLAW_BASE + w->column;
    int64_t flaw = draw_ppm(w->draw, what);
    buf_init(&b, w->tmp, TEXT_MAX);
    dec_print(&b, m, scale);
    Str text = buf_str(&b);
    if ((flaw -= MISSING_PPM) < 0)
        text = S("");
    else if ((flaw -= UNIT_PPM) < 0)
        text = arena_fmt(w->tmp, "%.*s%s", STR_ARG(text), unit);
    else if ((flaw -= WIDE_PPM) < 0)
        text = full_width(w->tmp, text);
    else if ((flaw -= COMMA_PPM) < 0)
        text = with_commas(w->tmp, text);
    else if (flaw - BLANK_PPM < 0)
        text = arena_fmt(w->tmp, " %.*s ", STR_ARG(text));
    put(w, text);
}

static void put_money(struct writer *w, int64_t yuan)
{
    put_figure(w, yuan / 100, 2, "万元"); /* hundreds of yuan are hundredths of 万元 */
}

static void put_count(struct writer *w, int64_t n, const char *unit)
{
    put_figure(w, n, 0, unit);
}

static void put_yes(struct writer *w, bool yes)
{
    bool blank = draw_chance(w->draw, FLAW_BASE + w->column, MISSING_PPM / 3);
    put(w, blank ? S("") : yes ? S("是") : S("否"));
}

static void put_choice(struct writer *w, const char *text)
{
    bool blank = draw_chance(w->draw, FLAW_BASE + w->column, MISSING_PPM / 2);
    put(w, blank ? S("") : str_of(text));
}

static void put_years(struct writer *w, const struct firm *f, const int64_t *value,
                      const char *unit)
{
    for (int y = 0; y < FIRM_YEARS; y++) {
        if (y < f->first_year)
            put(w, S("")); /* there was no firm yet */
        else if (unit == NULL)
            put_money(w, value[y]);
        else
            put_count(w, value[y], unit);
    }
}

/* ---- the file ---- */

static const char *const review_names[REVIEWS] = {
    "先进程度评审分",     "核心支持评审分",      "数量评审分",         "获得方式评审分",
    "编制标准评审分",     "成果转化评审分",      "研发管理制度评审分", "研发机构与产学研评审分",
    "成果转化激励评审分", "人才培养与评价评审分"};

static void put_head(struct writer *w, int year)
{
    /* @ stands for the three years */
    static const char *const names[] = {
        "统一社会信用代码",   "企业名称",       "成立日期",       "所在区镇",
        "行业代码",           "销售收入@",      "营业收入@",      "总收入",
        "高新技术产品收入",   "研发费用@",      "境内研发费用@",  "净资产@",
        "资产总额",           "成本费用",       "技术合同成交额", "产学研合作金额@",
        "职工总数",           "科技人员数",     "研发人员数",     "硕士以上人数",
        "Ⅰ类知识产权",        "Ⅱ类知识产权",    "有效发明专利数", "发明专利授权数@",
        "科技成果转化数@",    "技术先进性",     "核心支持性",     "获得方式",
        "参与编制标准",       "研发指标",       "梯度称号",       "一年内重大事故或违法",
        "重大事故或严重失信", "近三年违法失信", "严重失信",       "有效高企证书",
        "国家科技奖励前三",   "省部级研发机构", "主导制定标准",   "首次参评",
        "居民企业",           "产品和服务",     "核心知识产权",   "技术领域"};
    w->first = true;
    for (size_t i = 0; i < ARRAY_N(names); i++) {
        Str name = str_of(names[i]);
        bool yearly = str_ends(name, S("@"));
        for (int y = 0; y < (yearly ? FIRM_YEARS : 1); y++)
            put(w, yearly ? arena_fmt(w->tmp, "%.*s%d", STR_ARG(name), year - FIRM_YEARS + 1 + y)
                          : name);
    }
    for (int k = 0; k < REVIEWS; k++)
        put(w, str_of(review_names[k]));
    csv_write_end(&w->c->out);
}

static void put_amounts(struct writer *w, const struct firm *f)
{
    put_years(w, f, f->revenue, NULL);
    put_years(w, f, f->revenue, NULL);
    put_money(w, f->income);
    put_money(w, f->hitech);
    put_years(w, f, f->rnd, NULL);
    put_years(w, f, f->rnd_home, NULL);
    put_years(w, f, f->equity, NULL);
    put_money(w, f->assets);
    put_money(w, f->cost);
    put_money(w, f->contracts);
    put_years(w, f, f->cooperation, NULL);
}

static void put_counts(struct writer *w, const struct firm *f)
{
    put_count(w, f->staff, "人");
    put_count(w, f->tech_staff, "人");
    put_count(w, f->rnd_staff, "人");
    put_count(w, f->masters, "人");
    put_count(w, f->ip1, "项");
    put_count(w, f->ip2, "项");
    put_count(w, f->ip1, "件");
    put_years(w, f, f->grants, "件");
    put_years(w, f, f->transfers, "项");
}

static void put_qualities(struct writer *w, const struct firm *f)
{
    static const char *const advance[] = {"高", "较高", "一般", "较低", "无"};
    static const char *const support[] = {"强", "较强", "一般", "较弱", "无"};
    put_choice(w, advance[f->advance]);
    put_choice(w, support[f->support]);
    put_choice(w, f->own_work ? "有自主研发" : "仅有受让受赠和并购等");
    put_yes(w, f->standards_part);
    put_choice(w, f->by_cost ? "按成本分" : "按收入分");
    put_choice(w, f->title);
    put_yes(w, f->accident);
    put_yes(w, f->accident || f->dishonest);
    put_yes(w, f->dishonest);
    put_yes(w, f->dishonest);
    put_yes(w, f->hnte);
    put_yes(w, f->award);
    put_yes(w, f->lab);
    put_yes(w, f->standards_lead);
    put_yes(w, f->first_time);
}

/* What a person decides: decided where the file has been reviewed. */
static void put_judgements(struct writer *w, const struct firm *f)
{
    for (int k = 0; k < 2; k++)
        put(w, S("是"));
    for (int k = 0; k < 2; k++)
        put(w, f->reviewed ? S("是") : S(""));
    for (int k = 0; k < REVIEWS; k++)
        put(w, f->reviewed ? arena_fmt(w->tmp, "%lld", (long long)f->review[k]) : S(""));
}

static void put_firm(struct writer *w, const struct firm *f)
{
    w->first = true;
    w->column = 0;
    put(w, f->id);
    put(w, f->name);
    put(w, day_str(w->tmp, f->founded));
    put(w, f->locality);
    put(w, f->industry);
    put_amounts(w, f);
    put_counts(w, f);
    put_qualities(w, f);
    put_judgements(w, f);
    csv_write_end(&w->c->out);
}

/* The fifteen statistical units; the zone without a code of its own is left out. */
static size_t read_towns(struct arena *keep, Str **out)
{
    struct csv c;
    size_t n = 0, cap = 0;
    csv_open(&c, keep, embed_file("packs/zhangjiagang/regions.csv"));
    *out = NULL;
    while (csv_next(&c, NULL) == OK && c.cell_n > 0)
        if (str_starts(c.cell[0].text, S("320582")) && !str_starts(c.cell[0].text, S("3205829")))
            VEC_PUSH(keep, *out, n, cap) = c.cell[0].text;
    ASSERT(n > 0);
    return n;
}

struct request {
    int rows, year;
    uint64_t seed;
};

static int read_request(struct cli *c, struct request *r)
{
    const struct args *a = &c->args;
    *r = (struct request){.rows = ROWS_DEFAULT, .year = YEAR_DEFAULT, .seed = 1};
    if (a->given[OPT_COUNT] &&
        (!args_int(a->value[OPT_COUNT], &r->rows) || r->rows < 1 || r->rows > ROWS_MAX))
        return cli_usage(c, ZE(c, "--n 应为 1 到 %d 的整数。", "--n is a number from 1 to %d."),
                         ROWS_MAX);
    if (a->given[OPT_SEED] && !args_u64(a->value[OPT_SEED], &r->seed))
        return cli_usage(c, "%s",
                         ZE(c, "--seed 应为不超过 19 位的整数。",
                            "--seed is a whole number of at most 19 digits."));
    if (a->given[OPT_PERIOD] &&
        (!args_int(a->value[OPT_PERIOD], &r->year) || r->year < 1950 || r->year > 2999))
        return cli_usage(
            c, "%s", ZE(c, "--period 应为年份，如 2025。", "--period is a year, such as 2025."));
    return 0;
}

int cmd_sample(struct cli *c)
{
    struct request r;
    struct quantiles q;
    int code = read_request(c, &r);
    if (code == 0)
        code = cli_output_open(c);
    if (code != 0)
        return code;
    struct arena *tmp = arena_open();
    Str *town;
    quantiles_read(&q, embed_file("packs/sample/calibration.csv"));
    struct firm_source source = {
        .keep = tmp, .quantiles = &q, .seed = r.seed, .year = r.year, .block = BLOCK_REAL};
    source.town_n = read_towns(c->arena, &town);
    source.town = town;
    struct writer w = {.c = c, .tmp = tmp};
    put_head(&w, r.year);
    ArenaMark mark = arena_mark(tmp);
    for (int i = 0; i < r.rows; i++) {
        struct firm f;
        arena_reset(tmp, mark);
        firm_make(&source, (uint32_t)i, &f);
        w.draw = (struct draw){.seed = r.seed, .row = (uint32_t)i};
        put_firm(&w, &f);
        if (c->out.n > FLUSH_BYTES)
            cli_flush(c);
    }
    arena_close(tmp);
    return cli_output_close(c, true);
}
