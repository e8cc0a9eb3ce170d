/* place.c - the kinds that are neither firms nor persons: a table of columns each. */
#include "demo/demo_int.h"

enum { W_TOWN = 1, W_CHAIN, W_FIRM, W_SPECS = 10, OF_SCORED = 2000 };

static const struct spec town_specs[] = {
    {"财政科技支出(元)@", EVEN, 30000000, 900000000, 0, NULL},
    {"一般公共预算支出(元)@", EVEN, 1200000000, 9000000000, 0, NULL},
    {"研发人员数@", EVEN, 400, 9000, 0, NULL},
    {"就业人员数(人)@", EVEN, 20000, 180000, 0, NULL},
    {"研发经费(元)@", EVEN, 150000000, 4000000000, 0, NULL},
    {"研发经费目标(元)@", PART, 92, 108, 1, NULL},
    {"规上工业研发费用(元)@", PART, 70, 95, 2, NULL},
    {"规上工业营业收入(元)@", EVEN, 6000000000, 160000000000, 0, NULL},
    {"新产品销售收入(元)@", PART, 12, 45, 1, NULL},
    {"高企数@", EVEN, 20, 260, 0, NULL},
    {"高企目标@", PART, 90, 112, 1, NULL},
    {"科小数@", EVEN, 20, 240, 0, NULL},
    {"创新服务机构数@", EVEN, 2, 30, 0, NULL},
    {"加计扣除减免额(元)@", EVEN, 10000000, 500000000, 0, NULL},
    {"科普经费(元)@", EVEN, 200000, 4000000, 0, NULL},
    {"常住人口(人)@", EVEN, 30000, 280000, 0, NULL},
    {"发明专利拥有量@", EVEN, 60, 3500, 0, NULL},
    {"能源消费量@", EVEN, 80000, 3000000, 0, NULL},
    {"地区生产总值(元)@", EVEN, 4000000000, 90000000000, 0, NULL},
    {"数据造假@", YES, 0, 0, 0, NULL},
    {"迟报次数@", LOW, 0, 3, 0, NULL},
    {"专利申请量@", EVEN, 200, 4000, 0, NULL},
    {"专利申请目标@", PART, 90, 110, 1, NULL},
    {"产学研项目数@", EVEN, 5, 120, 0, NULL},
    {"产学研项目目标@", PART, 85, 115, 1, NULL},
    {"高新技术产业产值(元)@", EVEN, 3000000000, 60000000000, 0, NULL},
    {"工业产值(元)@", EVEN, 70000000000, 170000000000, 0, NULL},
};

static const struct spec carrier_specs[] = {
    {"运营状态", RARER, 0, 0, 0, "停运;筹建;在营;在营;在营"},
    {"级别", RARER, 0, 0, 0, "国家级;省级;苏州市级;张家港市级"},
    {"载体类型", RARER, 0, 0, 0, "加速器;孵化器;众创空间"},
    {"管理人员数", EVEN, 5, 30, 0, NULL},
    {"专业服务人员数", PART, 50, 100, 1, NULL},
    {"在孵企业数", EVEN, 10, 120, 0, NULL},
    {"主导产业在孵企业数", PART, 25, 95, 1, NULL},
    {"孵化基金规模(元)", EVEN, 0, 20000000, 0, NULL},
    {"国家级平台数", LOW, 0, 3, 0, NULL},
    {"省级平台数", LOW, 0, 4, 0, NULL},
    {"市级平台数", LOW, 0, 8, 0, NULL},
    {"在孵企业有效知识产权数", EVEN, 20, 600, 0, NULL},
    {"重大安全事故", YES, 5000, 0, 0, NULL},
    {"新增高企数@", LOW, 0, 10, 0, NULL},
    {"当年毕业企业数@", LOW, 0, 15, 0, NULL},
    {"获投融资在孵企业数@", LOW, 0, 10, 0, NULL},
    {"总收入(元)@", EVEN, 2000000, 40000000, 0, NULL},
    {"房租物业收入(元)@", PART, 20, 80, 1, NULL},
};

static const struct spec institute_specs[] = {
    {"建设状态", RARER, 0, 0, 0, "筹建;在建设期;正常运行"},
    {"机构类型", ANY, 0, 0, 0, "研究开发型;孵化转化型"},
    {"独立法人", YES, 950000, 0, 0, NULL},
    {"生产性企业", YES, 20000, 0, 0, NULL},
    {"研发人员数", EVEN, 15, 120, 0, NULL},
    {"硕士或高级职称人数", PART, 30, 80, 1, NULL},
    {"场地面积", EVEN, 800, 12000, 0, NULL},
    {"设备原值(元)", EVEN, 1500000, 60000000, 0, NULL},
    {"研发投入(元)@", EVEN, 2000000, 30000000, 0, NULL},
    {"孵化企业数@", LOW, 0, 8, 0, NULL},
    {"总收入(元)@", EVEN, 3000000, 50000000, 0, NULL},
    {"财政拨款(元)@", PART, 10, 70, 1, NULL},
    {"技术服务收入(元)@", PART, 5, 60, 2, NULL},
    {"发明专利授权数@", LOW, 0, 14, 0, NULL},
    {"服务本地企业数@", EVEN, 4, 60, 0, NULL},
};

static const struct spec lead_specs[] = {
    {"项目状态", RARER, 0, 0, 0, "落户;签约;流失;研判;在谈"},
    {"项目来源", ANY, 0, 0, 0, "驻点;科招中心;区镇;其他"},
    {"技术水平", RARER, 0, 0, 0, "国际领先;国内领先;省内先进;一般"},
    {"带头人层次", RARER, 0, 0, 0, "国家级;省级;市级;其他"},
    {"市场阶段", ANY, 0, 0, 0, "已有订单;样机试用;样机;概念"},
    {"核心发明专利数", LOW, 0, 15, 0, NULL},
    {"研发团队人数", LOW, 3, 60, 0, NULL},
    {"产学研合作单位数", LOW, 0, 5, 0, NULL},
    {"计划投资(元)", LOW, 5000000, 900000000, 0, NULL},
    {"知识产权纠纷", YES, 15000, 0, 0, NULL},
    {"科技属性", YES, 700000, 0, 0, NULL},
    {"人才属性", YES, 350000, 0, 0, NULL},
    {"产业属性", YES, 600000, 0, 0, NULL},
};

static const struct spec platform_specs[] = {
    {"平台类型", ANY, 0, 0, 0,
     "工程技术研究中心;重点实验室;院士工作站;研究生工作站;博士后工作站;公共技术服务平台;"
     "创新联合体"},
    {"平台级别", RARER, 0, 0, 0, "国家级;省级;设区市级;县级"},
    {"运行状态", RARER, 0, 0, 0, "撤销;建设中;运行"},
    {"可共享设备数", LOW, 0, 60, 0, NULL},
    {"对外服务次数@", LOW, 0, 300, 0, NULL},
};

static const struct spec result_specs[] = {
    {"成果类型", RARER, 0, 0, 0, "其他;新品种;软件;论文;专利"},
    {"技术成熟度", EVEN, 3, 9, 0, NULL},
    {"转化状态", RARER, 0, 0, 0, "撤回;已转化;中试;洽谈;待转化"},
};

static const struct spec need_specs[] = {
    {"保密级别", ANY, 0, 0, 0, "公开;定向公开;不公开"},
    {"悬赏金额(元)", LOW, 100000, 8000000, 0, NULL},
    {"需求状态", ANY, 0, 0, 0, "登记;核实;发榜;对接;签约;完成"},
};

struct place {
    const char *head; /* who it is, then where and in which chain */
    const struct spec *spec;
    size_t spec_n;
    const char *source, *reporter;
    int month, day;
    bool once; /* reported in the first year only */
};

#define SPECS(s) (s), ARRAY_N(s)
static const struct place places[KIND_N] = {
    [KIND_TOWN] = {"区划代码,区镇名称,单位类别", SPECS(town_specs), "示例生成·统计年报",
                   "示例·统计局", 1, 21, false},
    [KIND_CARRIER] = {"统一社会信用代码,载体名称,所在区镇,主导产业链", SPECS(carrier_specs),
                      "示例生成·载体年报", "示例·创业服务中心", 1, 22, false},
    [KIND_INSTITUTE] = {"统一社会信用代码,机构名称,所在区镇,主攻产业链", SPECS(institute_specs),
                        "示例生成·机构年报", "示例·科技局平台科", 1, 23, false},
    [KIND_PLATFORM] = {"平台编号,平台名称,所在区镇,产业链,依托企业", SPECS(platform_specs),
                       "示例生成·平台台账", "示例·科技局平台科", 1, 24, false},
    [KIND_LEAD] = {"项目编号,项目名称,意向区镇,产业链", SPECS(lead_specs), "示例生成·招商台账",
                   "示例·科招中心", 1, 25, true},
    [KIND_NEED] = {"需求编号,需求名称,所在区镇,产业链,提出企业,需求内容", SPECS(need_specs),
                   "示例生成·需求征集", "示例·科招中心", 1, 26, true},
    [KIND_RESULT] = {"成果编号,成果名称,产业链,完成专家", SPECS(result_specs), "示例生成·成果库",
                     "示例·科招中心", 1, 27, true},
};

static uint32_t how_many(const struct demo *d, enum kind kind)
{
    const struct demo_counts *n = &d->n;
    int64_t all = kind == KIND_TOWN        ? n->towns
                  : kind == KIND_CARRIER   ? n->carriers
                  : kind == KIND_INSTITUTE ? n->institutes
                  : kind == KIND_PLATFORM  ? n->platforms
                  : kind == KIND_LEAD      ? n->leads
                  : kind == KIND_NEED      ? n->needs
                                           : n->results;
    return (uint32_t)all;
}

static void put_town(const struct demo *d, struct form *t, uint32_t row)
{
    bool zone = str_starts(d->town[row], S("3205824"));
    form_put(t, d->town[row]);
    form_put(t, d->town_name[row]);
    form_put(t, zone ? S("开发区") : S("镇街道"));
}

static void put_firm_of(const struct demo *d, struct form *t, struct draw draw)
{
    form_put(t, d->firm[draw_range(draw, W_FIRM, 0, d->n.scored - 1)].id);
}

/* Code, name, town and chain, and the firm behind it where there is one. */
static void put_who(const struct demo *d, struct form *t, enum kind kind, uint32_t row)
{
    struct draw draw = demo_draw(d, kind, row);
    const char *chain = CHAINS[draw_range(draw, W_CHAIN, 0, CHAIN_N - 1)];
    struct arena *a = t->arena;
    unsigned no = row + 1;
    if (kind == KIND_CARRIER) {
        form_put(t, firm_code(a, BLOCK_CARRIER, d->o->seed, row));
        form_put(t, arena_fmt(a, "示例%s孵化载体%02u", chain, no));
    } else if (kind == KIND_INSTITUTE) {
        form_put(t, firm_code(a, BLOCK_LAB, d->o->seed, row));
        form_put(t, arena_fmt(a, "示例%s研究院%02u", chain, no));
    } else if (kind == KIND_PLATFORM) {
        form_put(t, arena_fmt(a, "示例P%04u", no));
        form_put(t, arena_fmt(a, "示例%s创新平台%04u", chain, no));
    } else if (kind == KIND_LEAD) {
        form_put(t, arena_fmt(a, "示例L%04u", no));
        form_put(t, arena_fmt(a, "示例%s招商项目%04u", chain, no));
    } else if (kind == KIND_RESULT) {
        Str topic = demo_topic(a, draw, str_of(chain));
        form_put(t, arena_fmt(a, "示例R%04u", no));
        form_put(t, arena_fmt(a, "示例成果%04u：%.*s", no, STR_ARG(topic)));
        form_put(t, str_of(chain));
        form_put(t, arena_fmt(a, "示例E%05u", (unsigned)draw_range(draw, W_FIRM, 1, d->n.experts)));
        return;
    } else {
        form_put(t, arena_fmt(a, "示例N%03u", no));
        Str topic = demo_topic(a, draw, str_of(chain));
        form_put(t, arena_fmt(a, "示例技术需求%03u：%.*s", no, STR_ARG(topic)));
    }
    form_put(t, demo_town(d, draw, W_TOWN));
    form_put(t, str_of(chain));
    if (kind == KIND_PLATFORM || kind == KIND_NEED)
        put_firm_of(d, t, draw);
    if (kind == KIND_NEED)
        form_put(t, demo_problem(a, draw, str_of(chain)));
}

static enum status report_kind(struct demo *d, enum kind kind, int year)
{
    const struct place *p = &places[kind];
    struct buf head;
    struct form t;
    uint32_t n = how_many(d, kind);
    buf_init(&head, d->keep, BUF_MAX);
    buf_add(&head, str_of(p->head));
    specs_head(&head, p->spec, p->spec_n);
    buf_char(&head, '\0');
    form_open(&t, buf_str(&head).p, year);
    uint32_t from = p->once ? demo_joined(n, year - 1) : 0;
    for (uint32_t row = from; row < (kind == KIND_TOWN ? n : demo_joined(n, year)); row++) {
        if (kind == KIND_TOWN)
            put_town(d, &t, row);
        else
            put_who(d, &t, kind, row);
        specs_put(&t, p->spec, p->spec_n, demo_draw(d, kind, row), W_SPECS, year);
        form_end(&t);
    }
    return hand_in(d, &t,
                   &(struct filing){kind, demo_day(year + 1, p->month, p->day), year,
                                    str_of(p->source), str_of(p->reporter)});
}

enum status report_places(struct demo *d, int year)
{
    static const enum kind order[] = {KIND_TOWN, KIND_CARRIER, KIND_INSTITUTE, KIND_PLATFORM,
                                      KIND_LEAD, KIND_NEED,    KIND_RESULT};
    for (size_t i = 0; i < ARRAY_N(order); i++)
        TRY(report_kind(d, order[i], year));
    return OK;
}
