/* expert.c - experts that nobody is: names of four syllables that are no names, a number each.
 *
 * 16 syllables make 65,536 names, one for each expert.
 */
#include "demo/demo_int.h"

enum { W_PERSON = 1, W_UNIT = 30, W_PLACE, W_CHAIN = 33, W_STATE, W_YEARLY = 60 };

static const struct spec person[] = {
    {.head = "职称", .how = RARER, .words = "正高;副高;中级;其他"},
    {.head = "人才称号", .how = RARER, .words = "国家级;省级;市级;无"},
    {.head = "代表性发明专利数", .how = LOW, .hi = 12},
    {.head = "代表性论文数", .how = LOW, .hi = 30},
    {.head = "成果类型", .how = ANY, .words = "专利成果;论文成果"},
    {.head = "学术不端", .how = YES, .lo = 300},
};

static const struct spec yearly[] = {
    {.head = "成果转化金额(元)@", .how = LOW, .hi = 4000000},
    {.head = "服务本市企业数@", .how = LOW, .hi = 12},
    {.head = "推送需求数@", .how = LOW, .lo = 1, .hi = 24},
    {.head = "回应需求数@", .how = PART, .lo = 20, .hi = 100, .back = 1},
    {.head = "企业满意度@", .how = EVEN, .lo = 60, .hi = 100},
};

static Str number_of(struct form *t, uint32_t row)
{
    return arena_fmt(t->arena, "示例E%05u", row + 1);
}

/* 4 bits a syllable; an odd factor and a sum keep the 65,536 names apart. */
static Str name_of(const struct demo *d, struct form *t, uint32_t row)
{
    static const char *const syllable[16] = {"卡", "洛", "维", "塔", "米", "诺", "菲", "札",
                                             "姆", "贝", "尔", "吉", "萨", "沃", "丹", "图"};
    enum { FACTOR = 40503, MASK = 0xFFFF };
    uint32_t x = (row * FACTOR + (uint32_t)(d->o->seed & MASK)) & MASK;
    return arena_fmt(t->arena, "示例·%s%s%s%s", syllable[x >> 12], syllable[x >> 8 & 15],
                     syllable[x >> 4 & 15], syllable[x & 15]);
}

static void put_person(const struct demo *d, struct form *t, uint32_t row)
{
    static const char *const unit[] = {"示例大学",         "示例理工学院",
                                       "示例材料研究所",   "示例产业技术研究院",
                                       "示例职业技术学院", "示例检验检测中心"};
    struct draw draw = demo_draw(d, KIND_EXPERT, row);
    Str chain = str_of(CHAINS[draw_range(draw, W_CHAIN, 0, CHAIN_N - 1)]);
    form_put(t, number_of(t, row));
    form_put(t, name_of(d, t, row));
    form_put(t, str_of(unit[draw_range(draw, W_UNIT, 0, (int64_t)ARRAY_N(unit) - 1)]));
    form_put(t, demo_town(d, draw, W_PLACE));
    form_put(t, demo_knows(t->arena, draw, chain));
    form_put(t, chain);
    form_put(t, draw_chance(draw, W_STATE, 15000) ? S("暂停") : S("在库"));
    specs_put(t, person, ARRAY_N(person), draw, W_PERSON, 0);
    form_end(t);
}

static enum status report_persons(struct demo *d, int year)
{
    struct buf head;
    struct form t;
    uint32_t n = (uint32_t)d->n.experts;
    buf_init(&head, d->keep, BUF_MAX);
    buf_add(&head, S("专家编号,姓名,任职单位,服务区镇,专业方向,产业链,在库状态"));
    specs_head(&head, person, ARRAY_N(person));
    buf_char(&head, '\0');
    form_open(&t, buf_str(&head).p, year);
    for (uint32_t row = demo_joined(n, year - 1); row < demo_joined(n, year); row++)
        put_person(d, &t, row);
    return hand_in(d, &t,
                   &(struct filing){KIND_EXPERT, demo_day(year + 1, 1, 10), year,
                                    S("示例生成·专家库"), S("示例·科招中心")});
}

enum status report_experts(struct demo *d, int year)
{
    struct buf head;
    struct form t;
    TRY(report_persons(d, year));
    buf_init(&head, d->keep, BUF_MAX);
    buf_add(&head, S("专家编号"));
    specs_head(&head, yearly, ARRAY_N(yearly));
    buf_char(&head, '\0');
    form_open(&t, buf_str(&head).p, year);
    for (uint32_t row = 0; row < demo_joined((uint32_t)d->n.experts, year); row++) {
        form_put(&t, number_of(&t, row));
        specs_put(&t, yearly, ARRAY_N(yearly), demo_draw(d, KIND_EXPERT, row), W_YEARLY, year);
        form_end(&t);
    }
    return hand_in(d, &t,
                   &(struct filing){KIND_EXPERT, demo_day(year + 1, 1, 20), year,
                                    S("示例生成·需求对接系统"), S("示例·科招中心")});
}
