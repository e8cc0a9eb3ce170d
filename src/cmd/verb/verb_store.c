/* verb_store.c - the verbs that work on a store: --db. */
#include "cmd/verb/verb_int.h"

#define STORE_OPTS OPT_DB, OPT_COUNTY, OPT_QUIET, OPT_LANG, OPT_HELP
#define ACT_OPTS   OPT_DB, OPT_COUNTY, OPT_ACTOR, OPT_QUIET, OPT_LANG, OPT_HELP

const struct verb VERBS_STORE[] = {
    {.name = "init",
     .group = GROUP_STORE,
     .operands = {"县名", "NAME"},
     .min = 1,
     .max = 1,
     .run = cmd_init,
     .summary = {"新建数据库，或在其中添一个县", "make a store, or add a county to one"},
     .detail = {"新建 --db 所指的数据库（已有就用已有的），把 --county 所指的县登记进去。此后对"
                "这个县的每一次改动都是一个带编号的行为，首尾相连，改不掉。",
                "Makes the store that --db names, or takes the one there is, and enters the county "
                "that --county names. From then on every change of that county is a numbered act "
                "in an unbroken chain."},
     .example = "geci init --db sqlite:zjg.db --county 320582 张家港市",
     .opts = {ACT_OPTS}},
    {.name = "kind set",
     .group = GROUP_STORE,
     .operands = {"种类文档|文件夹…", "DOC|PACK…"},
     .min = 1,
     .max = -1,
     .run = cmd_kind_set,
     .summary = {"登记种类文档：库里记哪些主体、哪些数据",
                 "put documents of kinds in force: what the store keeps of whom"},
     .detail = {"种类文档的头上写着 “- 类: 主体” 或 “- 类: 资料”。其他文档不理会。以后可以换成新的"
                "文档：字段可以增加，已有字段的类型、量纲、期间不能变。",
                "Documents of kinds have “- class: subject” or “- class: record” in their head; "
                "others are left alone. A later document may add fields; those that were there "
                "keep type, dimension and period."},
     .example = "geci kind set --db sqlite:zjg.db packs/zhangjiagang/kinds packs/national/kinds",
     .opts = {ACT_OPTS}},
    {.name = "kind list",
     .group = GROUP_STORE,
     .operands = {"", ""},
     .run = cmd_kind_list,
     .summary = {"列出种类和各有多少个", "list the kinds and how many there are of each"},
     .detail = {"", ""},
     .example = "geci kind list --db sqlite:zjg.db",
     .opts = {STORE_OPTS}},
    {.name = "import",
     .group = GROUP_STORE,
     .operands = {"种类 文件", "KIND FILE"},
     .min = 2,
     .max = 2,
     .run = cmd_import,
     .summary = {"把一张数据表收进库里", "take a table of facts into the store"},
     .detail =
         {"表头是种类文档的字段名，可写 研发费用(万元)@2023。缺省一行有错就都不收，逐格指出错"
          "在哪里、怎么改。文件本身一并存下，同一个文件再来一次不会重复；每个数都查得到是哪"
          "个文件的哪一行。中途按 Ctrl-C 什么也没有收。--as-of 是没有期间的数从哪天起成立，"
          "--period 是没有写年份的列是哪一年。",
          "The header names fields of the kind, as in 研发费用(万元)@2023. By default one bad "
          "row stops all of it, and every bad cell is told of with a way out. The file is "
          "kept: a second time it changes nothing, and every fact leads to its line. Ctrl-C on "
          "the way leaves nothing of it. --as-of is the day from which facts without a period "
          "hold, --period the year of columns that name none."},
     .example =
         "geci import --db sqlite:zjg.db 科技型企业 企业.csv --period 2024\n"
         "geci import --db sqlite:zjg.db 科技型企业 企业.xlsx --good-rows --failed 退回.xlsx",
     .opts = {OPT_GOOD_ROWS, OPT_FAILED, OPT_EVIDENCE_FILE, OPT_AS_OF, OPT_PERIOD, OPT_SOURCE,
              OPT_REPORTER, ACT_OPTS}},
    {.name = "export",
     .group = GROUP_STORE,
     .operands = {"种类", "KIND"},
     .min = 1,
     .max = 1,
     .run = cmd_export,
     .summary = {"把库里现行的数据写成表", "write what holds as a table"},
     .detail =
         {"每个主体一行，每个字段和年份一列，退回的数不算。缺省只写在册的。写出的表可以再"
          "导入，也可以直接用 geci score 计分。-o 的文件名以 .xlsx 结尾写成 Excel，以 .jsonl 结尾"
          "每行一个 JSON，否则是 CSV；文件里还写着查询、县、种类文档的哈希、数据日、截至哪个行为"
          "和行数。",
          "A row a subject, a column a field and year; facts that were returned do not count. "
          "By default only those in a standing that counts. The table can be imported, and "
          "scored with geci score. -o FILE.xlsx writes a workbook, FILE.jsonl a JSON a line, "
          "else CSV: the file also says the query, county, hash of the kind's document, day, "
          "last act and how many rows."},
     .example = "geci export --db sqlite:zjg.db 科技型企业 -o 企业.csv\n"
                "geci export --db sqlite:zjg.db 科技型企业 --as-of 2025-12-31 -o 企业.xlsx",
     .opts = {OPT_OUTPUT, OPT_AS_OF, OPT_ALL, STORE_OPTS}},
    {.name = "list",
     .group = GROUP_STORE,
     .operands = {"种类", "KIND"},
     .min = 1,
     .max = 1,
     .run = cmd_list,
     .summary = {"查：符合条件的有哪些、多少，排序列出", "who meets a condition, how many, sorted"},
     .detail =
         {"条件用规则语言写，字段是种类文档里的，也可以用已公示的得分、格次、名次。缺数据因而"
          "不能判断的另计，不算不符。--by 按字段计数。-o 的文件名以 .xlsx 或 .jsonl "
          "结尾写成工作簿或 JSON Lines，否则是 CSV，查询、种类文档的哈希和行数都在里面；有 --by "
          "时写的是计数。",
          "The condition is one of the rule language over the fields of the kind and over "
          "scores, grades and ranks that were published. Those of which it cannot be said, "
          "for want of facts, are counted apart. --by counts values. -o FILE.xlsx writes a "
          "workbook, FILE.jsonl a JSON a line, else CSV, with the query, the hash of the "
          "kind's document and how many rows; of --by the counts."},
     .example =
         "geci list --db sqlite:zjg.db 科技型企业 --where '研发费用/营业收入>=5%' "
         "--sort -研发费用 --limit 20\n"
         "geci list --db sqlite:zjg.db 科技型企业 --where '创新格次=A' --by 所在区镇,主产业链",
     .opts = {OPT_WHERE, OPT_FIND, OPT_SORT, OPT_FIELDS, OPT_LIMIT, OPT_UNDECIDED, OPT_BY,
              OPT_PERIOD, OPT_FORMAT_SCORE, OPT_JSON, OPT_OUTPUT, STORE_OPTS}},
    {.name = "snapshot",
     .group = GROUP_STORE,
     .operands = {"种类", "KIND"},
     .min = 1,
     .max = 1,
     .run = cmd_snapshot,
     .summary = {"把现行的数据定格，以内容的哈希为名",
                 "keep what holds, under the hash of its content"},
     .detail = {"同样的数据得同样的哈希，与数据库和先后无关。-o 另存一份，谁都可以核对哈希、打开、"
                "用 geci score 再算。",
                "The same facts give the same hash, whatever the database and the order they came "
                "in. -o writes a copy that anybody can hash, open, and score with geci score."},
     .example = "geci snapshot --db sqlite:zjg.db 科技型企业 --as-of 2025-12-31 -o 快照.csv",
     .opts = {OPT_OUTPUT, OPT_AS_OF, ACT_OPTS}},
    {.name = "history",
     .group = GROUP_STORE,
     .operands = {"种类 身份 [字段]", "KIND IDENTITY [FIELD]"},
     .min = 2,
     .max = 3,
     .run = cmd_history,
     .summary = {"一个主体报过的每一个数和它的来历", "every fact ever reported of a subject"},
     .detail =
         {"现行的数前面有 *；核实、退回和佐证材料的哈希写在后面。",
          "What holds is marked *; verified, returned and the hash of evidence stand behind."},
     .example = "geci history --db sqlite:zjg.db 科技型企业 91320582MA1MNRTF5K 研发费用",
     .opts = {STORE_OPTS}},
    {.name = "fact verify",
     .group = GROUP_STORE,
     .operands = {"种类 身份 [列]", "KIND IDENTITY [COLUMN]"},
     .min = 2,
     .max = 3,
     .run = cmd_fact_verify,
     .summary = {"核实一个数，或一次报来的一行", "verify a fact, or a line of a report"},
     .detail =
         {"列写作 研发费用@2024；不写列就是整行，要用 --act 写明哪一次。核实退回过的数，它就"
          "重新算数。",
          "A column is written 研发费用@2024; without one it is the whole line, of the report "
          "that --act names. A fact that was returned counts again once it is verified."},
     .example = "geci fact verify 科技型企业 91320582MA1MNRTF5K 研发费用@2024 --note 审计报告",
     .opts = {OPT_ACT, OPT_NOTE, ACT_OPTS}},
    {.name = "fact return",
     .group = GROUP_STORE,
     .operands = {"种类 身份 [列]", "KIND IDENTITY [COLUMN]"},
     .min = 2,
     .max = 3,
     .run = cmd_fact_return,
     .summary = {"退回一个数，或一次报来的一行；此前的数重新算数",
                 "return a fact, or a line of a report; the one before holds again"},
     .detail = {"--note 写明原因。什么也不删：退回的数和原因都在 history 里。",
                "--note says why. Nothing is deleted: history has the fact and the reason."},
     .example = "geci fact return 科技型企业 91320582MA1MNRTF5K 研发费用@2024 --note 发票不符",
     .opts = {OPT_ACT, OPT_NOTE, ACT_OPTS}},
    {.name = "evidence get",
     .group = GROUP_STORE,
     .operands = {"哈希", "HASH"},
     .min = 1,
     .max = 1,
     .run = cmd_evidence_get,
     .summary = {"取出存下的佐证或原始文件", "get evidence, or the file that facts came from"},
     .detail =
         {"哈希见 geci history 和行为的说明，写前 8 位以上即可。取出时核对内容与哈希相符；不符说明"
          "数据库被改过。",
          "Hashes are told by geci history and by acts; their first 8 digits will do. What "
          "comes out is checked against its hash: if it differs, the store was tampered "
          "with."},
     .example = "geci evidence get 9f86d081 -o 审计报告.pdf --db sqlite:zjg.db",
     .opts = {OPT_OUTPUT, STORE_OPTS}},
    {.name = "twins",
     .group = GROUP_STORE,
     .operands = {"种类", "KIND"},
     .min = 1,
     .max = 1,
     .run = cmd_twins,
     .summary = {"找出可能重复登记的主体", "find subjects that may have been entered twice"},
     .detail = {"代码相同或内含同一组织机构代码、名称折成同一写法（全半角、繁简、冠名地、有限责任与"
                "有限）、曾用名、只差一个字的，成对列出，附原因和相像程度；不合并，由人判断。冠名地"
                "取自种类文档的“地区”。--all 连相像不足 60 的也列。-o 以 .xlsx 或 .jsonl 结尾时写成"
                "工作簿或 JSON Lines。",
                "Pairs with the same code or organisation code, names that are one but for width, "
                "script, place and form, former names, names one character apart: with the reason "
                "and a score. Nothing is merged. Places come from the region of the kind's "
                "document. --all also lists those below 60. -o ending in .xlsx or .jsonl "
                "makes a workbook or JSON Lines."},
     .example = "geci twins --db sqlite:zjg.db 科技型企业 -o 可能重复.csv",
     .opts = {OPT_OUTPUT, OPT_ALL, STORE_OPTS}},
    {.name = "merge",
     .group = GROUP_STORE,
     .operands = {"种类 身份 并入的身份", "KIND IDENTITY INTO"},
     .min = 3,
     .max = 3,
     .run = cmd_merge,
     .summary = {"把重复登记的主体并入另一个", "merge a subject that was registered twice"},
     .detail = {"填报都在，一条不改：留下的说过的算数，没说过的由并入的补。以后用并入的身份报来的也"
                "归它。并错了用 geci split 拆开；以前的测算不变。",
                "No report is changed: what the one that stays says counts, the other fills in the "
                "rest, also what is reported under its identity later. geci split undoes it; runs "
                "computed before stay."},
     .example =
         "geci merge 科技型企业 91320582MA00000001 91320582MA00000002 --note 同一家，两个代码",
     .opts = {OPT_NOTE, OPT_ACTOR, OPT_DB, OPT_COUNTY, OPT_QUIET, OPT_LANG, OPT_HELP}},
    {.name = "split",
     .group = GROUP_STORE,
     .operands = {"种类 身份", "KIND IDENTITY"},
     .min = 2,
     .max = 2,
     .run = cmd_split,
     .summary = {"拆开并错的主体", "split a subject that was merged by mistake"},
     .detail = {"它又是单独的主体，各自的填报归各自。",
                "It is a subject by itself again, each with its own reports."},
     .example = "geci split 科技型企业 91320582MA00000001 --note 不是一家",
     .opts = {OPT_NOTE, OPT_ACTOR, OPT_DB, OPT_COUNTY, OPT_QUIET, OPT_LANG, OPT_HELP}},
    {.name = "run new",
     .group = GROUP_STORE,
     .operands = {"规则文档", "DOC"},
     .min = 1,
     .max = 1,
     .run = cmd_run_new,
     .summary = {"起草一次测算：规则、评价日、评价期", "draft a run: rules, day and year"},
     .detail = {"规则文档的全文按哈希存入数据库。顺序是：起草、计算、复核、公示、定稿、入账；"
                "计算、复核、公示须由不同的人办理。",
                "The whole document is kept by its hash. The order is draft, compute, "
                "review, publish, finish, settle; computing, review and publication take different "
                "people."},
     .example = "geci run new 办法.md --as-of 2026-04-01 --period 2025 --title 2025年度评价",
     .opts = {OPT_TITLE, OPT_AS_OF, OPT_PERIOD, OPT_REPLACES, OPT_TODAY, ACT_OPTS}},
    {.name = "run compute",
     .group = GROUP_STORE,
     .operands = {"测算号", "RUN"},
     .min = 1,
     .max = 1,
     .run = cmd_run_compute,
     .summary = {"取数据快照，测算，给每个主体开凭证",
                 "take a snapshot, score, write a receipt each"},
     .detail = {"快照、结果、凭证存下后不再变动。",
                "Snapshot, results and receipts never change afterwards."},
     .opts = {OPT_THREADS, OPT_TODAY, ACT_OPTS}},
    {.name = "run review",
     .group = GROUP_STORE,
     .operands = {"测算号", "RUN"},
     .min = 1,
     .max = 1,
     .run = cmd_run_review,
     .summary = {"复核；须与计算的人不同", "review, by another person"},
     .detail = {"", ""},
     .opts = {OPT_NOTE, OPT_TODAY, ACT_OPTS}},
    {.name = "run publish",
     .group = GROUP_STORE,
     .operands = {"测算号", "RUN"},
     .min = 1,
     .max = 1,
     .run = cmd_run_publish,
     .summary = {"公示若干工作日；须与复核的人不同", "publish for working days, by another person"},
     .detail =
         {"工作日按国务院办公厅的放假安排数；日历里没有的年份不猜。",
          "Working days follow the State Council; a year that the calendar lacks is not guessed."},
     .example = "geci run publish 3 --days 5 --actor 王主任",
     .opts = {OPT_DAYS, OPT_FROM, OPT_CALENDAR, OPT_TODAY, ACT_OPTS}},
    {.name = "run appeal",
     .group = GROUP_STORE,
     .operands = {"测算号", "RUN"},
     .min = 1,
     .max = 1,
     .run = cmd_run_appeal,
     .summary = {"受理公示期内的异议", "take an appeal during the notice"},
     .detail = {"", ""},
     .example = "geci run appeal 3 --id 91320582… --note 研发费用少报了一笔",
     .opts = {OPT_ID, OPT_NOTE, OPT_TODAY, ACT_OPTS}},
    {.name = "run decide",
     .group = GROUP_STORE,
     .operands = {"异议号 成立|不成立", "APPEAL upheld|rejected"},
     .min = 2,
     .max = 2,
     .run = cmd_run_decide,
     .summary = {"答复异议；成立的要更正数据、另起测算",
                 "decide an appeal; upheld: correct and run again"},
     .detail = {"", ""},
     .opts = {OPT_NOTE, OPT_TODAY, ACT_OPTS}},
    {.name = "run finish",
     .group = GROUP_STORE,
     .operands = {"测算号", "RUN"},
     .min = 1,
     .max = 1,
     .run = cmd_run_finish,
     .summary = {"公示期满且没有未了异议，定稿", "make final after the notice"},
     .detail = {"", ""},
     .opts = {OPT_TODAY, ACT_OPTS}},
    {.name = "run withdraw",
     .group = GROUP_STORE,
     .operands = {"测算号", "RUN"},
     .min = 1,
     .max = 1,
     .run = cmd_run_withdraw,
     .summary = {"撤回还没有定稿的测算", "withdraw a run that is not final"},
     .detail = {"", ""},
     .opts = {OPT_NOTE, OPT_TODAY, ACT_OPTS}},
    {.name = "run list",
     .group = GROUP_STORE,
     .operands = {"", ""},
     .min = 0,
     .max = 0,
     .run = cmd_run_list,
     .summary = {"列出测算", "list the runs"},
     .detail = {"", ""},
     .opts = {OPT_JSON, STORE_OPTS}},
    {.name = "run show",
     .group = GROUP_STORE,
     .operands = {"测算号", "RUN"},
     .min = 1,
     .max = 1,
     .run = cmd_run_show,
     .summary = {"一次测算的来历：规则、快照、每一步、异议",
                 "where a run stands: rules, facts, steps, appeals"},
     .detail = {"", ""},
     .opts = {STORE_OPTS}},
    {.name = "run results",
     .group = GROUP_STORE,
     .operands = {"测算号", "RUN"},
     .min = 1,
     .max = 1,
     .run = cmd_run_results,
     .summary = {"输出一次测算的全部结果", "write the results of a run"},
     .detail =
         {"缺省是存下的 CSV，逐字节不变；-o 以 .xlsx 或 .jsonl 结尾时写成工作簿或 JSON Lines，"
          "规则和快照的哈希也在里面。",
          "The CSV that was kept, byte for byte; with -o ending in .xlsx or .jsonl a workbook "
          "or JSON Lines, which also say the hashes of rules and snapshot."},
     .example = "geci run results 5 -o 结果.xlsx --db sqlite:zjg.db",
     .opts = {OPT_OUTPUT, STORE_OPTS}},
    {.name = "run receipt",
     .group = GROUP_STORE,
     .operands = {"测算号", "RUN"},
     .min = 1,
     .max = 1,
     .run = cmd_run_receipt,
     .summary = {"一个主体的凭证（JSON）：结果、规则和快照的哈希、属于这次测算的证明",
                 "a subject's receipt (JSON) with its proof"},
     .detail = {"", ""},
     .opts = {OPT_ID, STORE_OPTS}},
    {.name = "verify",
     .group = GROUP_STORE,
     .operands = {"测算号", "RUN"},
     .min = 1,
     .max = 1,
     .run = cmd_verify,
     .summary = {"按存下的规则和快照重算一次测算，逐字节核对",
                 "compute a run again and compare byte for byte"},
     .detail = {"", ""},
     .opts = {OPT_THREADS, STORE_OPTS}},
    {.name = NULL},
};
