/* verb_match.c - how well search and matching do on questions with known answers. */
#include "cmd/verb/verb_int.h"

#define LIMIT_OPTS OPT_EACH, OPT_PLACES, OPT_SPLIT, OPT_FLOOR, OPT_FLOORS
#define ROUND_OPTS OPT_DB, OPT_COUNTY, OPT_QUIET, OPT_LANG, OPT_HELP

const struct verb VERBS_MATCH[] = {
    {.name = "search eval",
     .group = GROUP_MATCH,
     .operands = {"文件夹", "DIR"},
     .min = 1,
     .max = 1,
     .run = cmd_search_eval,
     .summary = {"用已知答案的一批查法，量检索找得准不准、快不快",
                 "measure search on questions whose answers are known"},
     .detail =
         {"文件夹里是 enterprise_names.tsv（名称；可另有代码、曾用名、其他）、queries.tsv（查法、"
          "输入的字、要找的名称），可有 dedupe.tsv；也可压缩成 .gz。每种查法一行：排第一、排前十的"
          "比例，方括号里是 95% 区间（自助法，对问题抽样，种子固定）。",
          "The folder has enterprise_names.tsv (name; maybe code, former names, more), queries.tsv "
          "(kind, what is typed, the name wanted) and maybe dedupe.tsv, packed (.gz) or not. One "
          "line a kind: shares found first and among ten, with 95 % intervals by bootstrap over "
          "the questions, seed fixed."},
     .example = "geci search eval names/",
     .opts = {OPT_OUTPUT, OPT_QUIET, OPT_LANG, OPT_HELP}},
    {.name = "match eval",
     .group = GROUP_MATCH,
     .operands = {"文件夹", "DIR"},
     .min = 1,
     .max = 1,
     .run = cmd_match_eval,
     .summary = {"用已知答案的需求，量匹配得准不准",
                 "measure matching on needs whose answers are known"},
     .detail =
         {"文件夹里是需求和成果（needs.jsonl、achievements.tsv、qrels.tsv）、专家（experts.tsv、"
          "queries.tsv）、问题和条文（docs.tsv、queries.tsv、qrels.tsv）或论文（csl.csv）。先按文字"
          "排（words）；给 --train 时再从那个文件夹的答案学习，两者合起来排（words+sense）；"
          "两个文件夹是同一个时，分五份轮流学和考。"
          "ndcg10_judged 只排评过的，其余在全部中排；方括号里是 95% 区间。",
          "The folder has needs and achievements (needs.jsonl, achievements.tsv, qrels.tsv), "
          "experts (experts.tsv, queries.tsv), questions and clauses (docs.tsv, queries.tsv, "
          "qrels.tsv) or papers (csl.csv). Ranked by words; with --train also by what is learned "
          "from that folder's answers (words+sense); of the same folder four fifths teach and one "
          "is asked, in turn. ndcg10_judged ranks those judged only, the "
          "others all; 95 % intervals in brackets."},
     .example = "geci match eval needs/ --train others/",
     .opts = {OPT_TRAIN, OPT_OUTPUT, OPT_QUIET, OPT_LANG, OPT_HELP}},
    {.name = "match train",
     .group = GROUP_MATCH,
     .operands = {"供给种类", "KIND"},
     .min = 1,
     .max = 1,
     .run = cmd_match_train,
     .summary = {"从匹配的结果学习；在没学过的结果上确有提高才采用",
                 "learn from what came of matches; adopted if it then does better"},
     .detail =
         {"读库里说过的结果：采纳、联系过、签约、不合适（对主体提的；事项里的文字不读）。"
          "结果分五份，轮流拿四份学、一份考（MRR@10），和现行的比："
          "现行的也照当时学过的重新训练，谁都没见过考题。"
          "提高的 95% 区间下端在零以上才采用，记一条存证，服务随即改用；否则说明为什么，"
          "什么也不改。同一个库得出同一个模型。",
          "Reads what was said of matches: accepted, contacted, contracted, refused (to subjects "
          "that asked; texts of cases are not read). Four fifths teach, one is asked (MRR@10), in "
          "turn, beside what is in force, which is trained again as it was: neither has seen what "
          "it is asked. Adopted, as an act, where the lower end of the gain is above nothing, and "
          "a server goes on with it; else it says why and changes nothing. The same store gives "
          "the same model."},
     .example = "geci match train 产业专家 --db sqlite:county.db",
     .opts = {OPT_ACTOR, ROUND_OPTS}},
    {.name = "match for",
     .group = GROUP_MATCH,
     .operands = {"种类 标识", "KIND ID"},
     .min = 2,
     .max = 2,
     .run = cmd_match_for,
     .summary = {"库里谁适合这个需求（专家、平台、成果），为什么；反过来也行",
                 "who in the store suits a need, and why; or the needs for somebody"},
     .detail = {"两边的文字取自库里现行的数据，个人信息不用。得分是各条理由之和：共有的字词、"
                "与最好的相近、距离、产业链、评分。同一企业的人和平台有利益关系，不列；"
                "同一单位最多三个。",
                "Texts are what the store holds of both, without personal data. A score is the sum "
                "of its reasons: shared words, likeness to the best, distance, chain, grade. Who "
                "belongs to the same firm has a conflict of interest and is left out; three of a "
                "unit at most."},
     .example = "geci match for 技术需求 示例N001 --with 产业专家 --db sqlite:county.db",
     .opts = {OPT_WITH, OPT_LIMIT, OPT_DB, OPT_COUNTY, OPT_OUTPUT, OPT_QUIET, OPT_LANG, OPT_HELP}},
    {.name = "match rank",
     .group = GROUP_MATCH,
     .operands = {"需求表 供给表", "NEEDS SUPPLY"},
     .min = 2,
     .max = 2,
     .run = cmd_match_rank,
     .summary = {"给每个需求找文字最相近的专家、成果或平台，说出理由",
                 "the supply nearest to each need in its words, and why"},
     .detail =
         {"两张表（CSV）都有 编号、名称 两列，可有 说明。供给可以是专家、成果、平台，也可以反过来给"
          "专家找需求。得分按共有的字和词对有多少见算，以千分之一个标准差计；得出的表可以直接交给 "
          "match assign。",
          "Both tables (CSV) have id and title, maybe text. Supply may be experts, achievements, "
          "platforms, or needs for an expert. A score counts what the two texts share, rare "
          "things more, in thousandths of a standard deviation; match assign reads the result."},
     .example = "geci match rank needs.csv experts.csv --each 10 --reasons",
     .opts = {OPT_EACH, OPT_REASONS, OPT_THREADS, OPT_OUTPUT, OPT_QUIET, OPT_LANG, OPT_HELP}},
    {.name = "match assign",
     .group = GROUP_MATCH,
     .operands = {"配对表", "PAIRS"},
     .min = 1,
     .max = 1,
     .run = cmd_match_assign,
     .summary = {"在名额之内，给所有需求一起找总分最高的配法",
                 "who gets whom: the highest sum of scores that keeps the limits"},
     .detail =
         {"表（CSV）有 需求、供给、得分 三列；可另有 锁定（定、不要）、组（街镇或产业链）、名额"
          "（这个供给最多接几个）。先尽量多配，再求总分最高；名额不够时先保各组的 --floor。得出的是"
          "最优解，不是近似；改名额、改锁定再算一遍，就知道差多少。",
          "The table (CSV) has need, supply, score; maybe locked (in, out), group (a town, a "
          "chain), places (how many this supply takes). As many pairs as can be, then the highest "
          "sum; where places are few, groups get their --floor first. The result is the optimum. "
          "Change places or locks and run it again to see what that costs."},
     .example = "geci match assign pairs.csv --each 3 --places 2 -o plan.csv",
     .opts = {OPT_EACH, OPT_PLACES, OPT_FLOOR, OPT_OUTPUT, OPT_QUIET, OPT_LANG, OPT_HELP}},
    {.name = "match round",
     .group = GROUP_MATCH,
     .operands = {"种类", "KIND"},
     .min = 1,
     .max = 1,
     .run = cmd_match_round,
     .summary = {"批量匹配：为库里一类需求一起找人选，起一轮",
                 "batch matching: find the best for all needs of a kind"},
     .detail =
         {"给每个需求找最合适的 64 个（需求过万时少些；有利益关系的、说过不合适的不列），"
          "存成一轮草稿，再在名额之内求总分最高的配法。看、试别的名额：match plan；"
          "定或不要：match lock；"
          "改名额：match limit；发布要两个人：match propose、match publish。",
          "The best 64 for each need (fewer of more than 10,000; none with a conflict of "
          "interest, none that was refused) are kept as a round, a draft; who gets whom is the "
          "highest sum within the limits. match plan shows it, or tries other limits; match lock "
          "fixes pairs; match limit changes limits; match propose and match publish take two."},
     .example = "geci match round 技术需求 --title 一季度 --each 3 --split place --floor 2",
     .opts = {OPT_WITH, OPT_WHERE, OPT_TITLE, LIMIT_OPTS, OPT_ACTOR, ROUND_OPTS}},
    {.name = "match plan",
     .group = GROUP_MATCH,
     .operands = {"轮次", "ROUND"},
     .min = 1,
     .max = 1,
     .run = cmd_match_plan,
     .summary = {"一轮批量匹配怎么配；给别的名额就试算，不保存",
                 "who gets whom in a round; or with other limits"},
     .detail = {"一行一对。写了 --each、--places、--split、--floor、--floors 就按这些试算。",
                "A line a pair. With --each, --places, --split, --floor or --floors: by these, and "
                "nothing is kept."},
     .example = "geci match plan 1 --places 3",
     .opts = {LIMIT_OPTS, OPT_OUTPUT, ROUND_OPTS}},
    {.name = "match lock",
     .group = GROUP_MATCH,
     .operands = {"轮次 需求 供给 定|不要|放开", "ROUND NEED ANSWER in|out|free"},
     .min = 4,
     .max = 4,
     .run = cmd_match_lock,
     .summary = {"在一轮里定下或排除一对", "lock a pair of a round, in or out"},
     .detail = {"定下的不在人选里也可以。提交过的一轮由此回到草稿。",
                "It need not be among those found. A round that was proposed is a draft again."},
     .example = "geci match lock 1 示例N001 示例E00017 定 --note 会上定的",
     .opts = {OPT_NOTE, OPT_ACTOR, ROUND_OPTS}},
    {.name = "match limit",
     .group = GROUP_MATCH,
     .operands = {"轮次", "ROUND"},
     .min = 1,
     .max = 1,
     .run = cmd_match_limit,
     .summary = {"改一轮的名额和保底", "change the limits of a round"},
     .detail = {"没写的不变。提交过的一轮由此回到草稿。",
                "What is not said stays. A round that was proposed is a draft again."},
     .example = "geci match limit 1 --each 2 --split chain --floor 3",
     .opts = {LIMIT_OPTS, OPT_ACTOR, ROUND_OPTS}},
    {.name = "match propose",
     .group = GROUP_MATCH,
     .operands = {"轮次", "ROUND"},
     .min = 1,
     .max = 1,
     .run = cmd_match_propose,
     .summary = {"提交一轮批量匹配，等人发布", "propose a round for publication"},
     .detail = {"把这时的配法存下来。", "What it comes to now is kept."},
     .example = "geci match propose 1",
     .opts = {OPT_NOTE, OPT_ACTOR, ROUND_OPTS}},
    {.name = "match publish",
     .group = GROUP_MATCH,
     .operands = {"轮次", "ROUND"},
     .min = 1,
     .max = 1,
     .run = cmd_match_publish,
     .summary = {"发布一轮批量匹配；须与提交的人不同", "publish a round, by another person"},
     .detail = {"每一对记为采纳，与发布在同一条存证里。",
                "Each pair is said to be accepted, in the same act."},
     .example = "geci match publish 1",
     .opts = {OPT_NOTE, OPT_ACTOR, ROUND_OPTS}},
    {.name = NULL},
};
