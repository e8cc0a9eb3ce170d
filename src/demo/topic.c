/* topic.c - what made-up needs are about and made-up experts know: a topic of a chain, a side of
 * it. Words of the trades, but nobody's need. */
#include "demo/demo_int.h"

enum { TOPICS = 4, SIDES = 6, W_TOPIC = 70, W_SIDE, W_OTHER, W_LIMIT };

static const char *const topic[CHAIN_N][TOPICS] = {
    {"高强钢丝拉拔", "热轧板形控制", "不锈钢酸洗", "铝合金连铸"},
    {"激光焊接机器人", "精密减速器", "数控机床主轴", "自动化仓储分拣"},
    {"高分子合成", "电子级溶剂提纯", "废盐资源化", "胶粘剂配方"},
    {"非织造布工艺", "功能纤维纺丝", "无水染色", "毛纺后整理"},
    {"锂电池正极材料", "氢燃料电池双极板", "光伏组件回收", "储能热管理"},
    {"工业软件建模", "设备预测性维护", "视觉质量检测", "供应链数据治理"},
    {"医用高分子材料", "体外诊断试剂", "骨科植入物涂层", "微流控芯片"},
    {"化合物半导体外延", "功率器件封装", "晶圆清洗设备", "光电器件测试"},
};
static const char *const side[SIDES] = {"在线检测", "工艺优化", "能耗降低",
                                        "寿命提升", "国产替代", "缺陷识别"};

static size_t chain_no(Str chain)
{
    size_t i = 0;
    while (i + 1 < CHAIN_N && !str_eq(str_of(CHAINS[i]), chain))
        i++;
    return i;
}

static const char *topic_of(struct draw d, Str chain)
{
    return topic[chain_no(chain)][draw_range(d, W_TOPIC, 0, TOPICS - 1)];
}

static const char *side_of(struct draw d, uint32_t what)
{
    return side[draw_range(d, what, 0, SIDES - 1)];
}

Str demo_topic(struct arena *keep, struct draw d, Str chain)
{
    return arena_fmt(keep, "%s%s", topic_of(d, chain), side_of(d, W_SIDE));
}

Str demo_knows(struct arena *keep, struct draw d, Str chain)
{
    return arena_fmt(keep, "%s的%s与%s", topic_of(d, chain), side_of(d, W_SIDE),
                     side_of(d, W_OTHER));
}

Str demo_problem(struct arena *keep, struct draw d, Str chain)
{
    return arena_fmt(
        keep,
        "示例：现有%s环节靠人工经验，%s跟不上产线，希望找到能做%s的团队，%d个月内在产线"
        "上验证。",
        topic_of(d, chain), side_of(d, W_SIDE), side_of(d, W_OTHER),
        (int)draw_range(d, W_LIMIT, 6, 24));
}
