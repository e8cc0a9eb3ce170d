/* book.c - the rules that the county goes by, drafted, reviewed and published by three people. */
#include "access/role.h"
#include "demo/demo_int.h"
#include "rulebook/rulebook.h"

#define AUTHOR   S("示例·编制")
#define REVIEWER S("示例·复核")
#define HEAD     S("示例·主任")

static const char *const documents[] = {
    "packs/national/高新技术企业认定.md",
    "packs/national/科技型中小企业评价.md",
    "packs/zhangjiagang/科技型企业.md",
    "packs/zhangjiagang/产业专家.md",
    "packs/zhangjiagang/科创孵化载体.md",
    "packs/zhangjiagang/新型研发机构.md",
    "packs/zhangjiagang/区镇.md",
    "packs/zhangjiagang/科技招商项目.md",
    "packs/zhangjiagang/企业科技创新积分.md",
    "packs/zhangjiagang/policy/企业科技政策.md",
    "packs/zhangjiagang/policy/机构与平台政策.md",
    "packs/zhangjiagang/policy/人才与合作政策.md",
    "packs/zhangjiagang/事项/产学研预研资金.md",
    "packs/zhangjiagang/事项/免申即享兑付.md",
    "packs/zhangjiagang/事项/即申即享兑付.md",
    "packs/zhangjiagang/事项/承诺兑现.md",
    "packs/zhangjiagang/事项/技术需求揭榜.md",
    "packs/zhangjiagang/事项/科研悬赏.md",
    "packs/zhangjiagang/事项/研发众包.md",
    "packs/zhangjiagang/事项/创新挑战赛事.md",
    "packs/zhangjiagang/事项/创新挑战赛.md",
    "packs/zhangjiagang/事项/企业走访.md",
    "packs/zhangjiagang/事项/科技副总.md",
    "packs/zhangjiagang/事项/青博荟顾问.md",
    "packs/zhangjiagang/事项/院士结对.md",
    "packs/zhangjiagang/事项/科技镇长团.md",
    "packs/zhangjiagang/事项/专家同意.md",
    "packs/zhangjiagang/事项/平台服务上架.md",
    "packs/zhangjiagang/事项/平台服务预约.md",
    "packs/zhangjiagang/事项/成果转化对接.md",
};

enum step { DRAFT, REVIEW, PUBLISH };

static enum status take(struct demo *d, enum step step, Str text, int64_t *entry)
{
    const Str who[] = {AUTHOR, REVIEWER, HEAD};
    const Str verb[] = {S("rule.draft"), S("rule.review"), S("rule.publish")};
    TRY(demo_begin(d, d->today));
    const struct rulebook_desk desk = {&d->act, who[step], d->diags, role_find_bit};
    switch (step) {
    case DRAFT: TRY(rulebook_draft(&desk, text, entry)); break;
    case REVIEW: TRY(rulebook_review(&desk, *entry, S("与来源逐条核对过（示例）"))); break;
    case PUBLISH: TRY(rulebook_publish(&desk, *entry, S("局务会通过（示例）"))); break;
    }
    return demo_commit(d, who[step], verb[step], arena_fmt(d->tmp, "rule %lld", (long long)*entry),
                       S("{}"));
}

enum status publish_rules(struct demo *d)
{
    for (size_t i = 0; i < ARRAY_N(documents); i++) {
        int64_t entry = 0;
        for (int step = DRAFT; step <= PUBLISH; step++)
            TRY(take(d, (enum step)step, d->o->file(documents[i]), &entry));
    }
    return OK;
}
