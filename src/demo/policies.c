/* policies.c - what firms report because policies ask for it. */
#include "base/decimal.h"
#include "demo/demo_int.h"
#include "ledger/ledger.h"

enum { W_POLICY = 5000 };

static const struct spec specs[] = {
    {"科技副总人数@", LOW, 0, 3, 0, NULL},
    {"预研项目进入第二阶段", YES, 20000, 0, 0, NULL},
    {"市级项目立项", YES, 50000, 0, 0, NULL},
    {"技术合同登记", YES, 300000, 0, 0, NULL},
    {"重大成果转化认定", YES, 8000, 0, 0, NULL},
    {"张家港市级工程中心", YES, 120000, 0, 0, NULL},
    {"苏州市级工程中心", YES, 70000, 0, 0, NULL},
    {"江苏省级工程中心", YES, 40000, 0, 0, NULL},
    {"省级工程中心验收合格", YES, 20000, 0, 0, NULL},
    {"苏州市级重点实验室", YES, 10000, 0, 0, NULL},
    {"江苏省级重点实验室", YES, 4000, 0, 0, NULL},
    {"省级重点实验室验收优良", YES, 1000, 0, 0, NULL},
    {"张家港市级院士工作站", YES, 6000, 0, 0, NULL},
    {"江苏省级院士工作站", YES, 3000, 0, 0, NULL},
    {"研究生工作站考评通过", YES, 15000, 0, 0, NULL},
    {"人才企业", YES, 60000, 0, 0, NULL},
    {"上市培育", YES, 10000, 0, 0, NULL},
};

/* What the bureau decided of a firm; the rest it has still to decide. */
static const struct spec decided[] = {
    {"预研后补助核定额(元)@", LOW, 30000, 200000, 0, NULL},
    {"市级项目核定额(元)@", LOW, 50000, 1000000, 0, NULL},
};

static Str points_of(struct demo *d, const struct form *t, Str firm)
{
    const struct points *p = &d->money.points[YEARS - 1];
    struct buf b;
    for (size_t i = 0; i < p->n; i++)
        if (str_eq(p->at[i].identity, firm)) {
            buf_init(&b, t->arena, 64);
            dec_print(&b, p->at[i].e4, LEDGER_POINT_DECIMALS);
            return buf_str(&b);
        }
    return S("0");
}

static void put_firm(struct demo *d, struct form *t, uint32_t row)
{
    struct draw draw = demo_draw(d, KIND_FIRM, row);
    const struct firm *f = &d->firm[row];
    form_put(t, f->id);
    form_put(t, points_of(d, t, f->id));
    specs_put(t, specs, ARRAY_N(specs), draw, W_POLICY, LAST_YEAR);
    if (draw_chance(draw, W_POLICY - 1, 600000)) {
        specs_put(t, decided, ARRAY_N(decided), draw, W_POLICY + SPECS_MAX, LAST_YEAR);
    } else {
        for (size_t i = 0; i < ARRAY_N(decided); i++)
            form_put(t, S(""));
    }
    form_end(t);
}

enum status report_policies(struct demo *d)
{
    struct buf head;
    struct form t;
    buf_init(&head, d->keep, BUF_MAX);
    buf_add(&head, S("统一社会信用代码,核定积分@"));
    specs_head(&head, specs, ARRAY_N(specs));
    specs_head(&head, decided, ARRAY_N(decided));
    buf_char(&head, '\0');
    form_open(&t, buf_str(&head).p, LAST_YEAR);
    for (uint32_t row = 0; row < d->n.scored; row++)
        put_firm(d, &t, row);
    return hand_in(
        d, &t,
        &(struct filing){KIND_FIRM, d->today, LAST_YEAR, S("示例生成·政策申报"), S("示例·各区镇")});
}
