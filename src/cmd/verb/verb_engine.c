/* verb_engine.c - the verbs that need rule documents and data files only. */
#include "cmd/verb/verb_int.h"

const struct verb VERBS_ENGINE[] = {
    {.name = "check",
     .group = GROUP_RULES,
     .operands = {"规则文档|文件夹…", "DOC|PACK…"},
     .min = 1,
     .max = -1,
     .run = cmd_check,
     .summary = {"检查规则文档：名字、单位、档位、出处、测试",
                 "check rule documents: names, units, bands, sources"},
     .detail =
         {"逐行检查规则文档，指出文件、行、列和改法。没有错误时退出码为 0，有错误为 65；警告不"
          "算错误。"
          "给文件夹时检查其中所有 .md 文档（README.md 除外）。",
          "Checks rule documents and points at file, line and column, with a way out. Exit code 0 "
          "without errors, 65 with errors; warnings are not errors. A folder stands for every "
          ".md in it but README.md."},
     .example = "geci check packs/national/科技型中小企业评价.md\ngeci check packs --json",
     .opts = {OPT_JSON, OPT_QUIET, OPT_LANG, OPT_HELP}},
    {.name = "fmt",
     .group = GROUP_RULES,
     .operands = {"规则文档…", "DOC…"},
     .min = 1,
     .max = -1,
     .run = cmd_fmt,
     .summary = {"把规则文档排成标准版面", "lay rule documents out the canonical way"},
     .detail = {"只动空格、空行、表格线和冒号，不动文字。有错误的文档不动。",
                "Changes blanks, empty lines, table rules and colons, never words. A document with "
                "errors is left alone."},
     .example = "geci fmt 我的办法.md\ngeci fmt --check packs/national/*.md",
     .opts = {OPT_CHECK, OPT_STDOUT, OPT_QUIET, OPT_LANG, OPT_HELP}},
    {.name = "test",
     .group = GROUP_RULES,
     .operands = {"规则文档|文件夹…", "DOC|PACK…"},
     .min = 1,
     .max = -1,
     .run = cmd_test,
     .summary = {"运行规则文档自带的测试例子", "run the examples that rule documents carry"},
     .detail =
         {"逐例计算“## 测试”下的表格，不符的例子指出文件、行、列，应得多少、实得多少、为什么。"
          "最后一行为“N passed, N failed, N skipped”；有不符时退出码为 65。",
          "Runs the tables under “## Tests”. A failing example is shown with file, line and "
          "column, "
          "what was expected, what came out and why. The last line is “N passed, N failed, N "
          "skipped”; exit code 65 when one failed."},
     .example = "geci test packs",
     .opts = {OPT_JSON, OPT_QUIET, OPT_LANG, OPT_HELP}},
    {.name = "score",
     .group = GROUP_SCORES,
     .operands = {"规则文档", "DOC"},
     .min = 0,
     .max = 1,
     .run = cmd_score,
     .summary = {"按规则给数据表中的每个主体计分", "score every subject of a data file"},
     .detail =
         {"每个主体一行：条件、评分、是否通过、格次、名次、政策。确定的得分写作 88，"
          "因缺数或待专家评定而不能确定的写作区间 61~78，完全未知的留空；缺哪些数列在最后一列。"
          "规则状态（官方、二手、示例）随每行输出。-o 的文件名以 .xlsx 结尾写成 Excel，以 .jsonl "
          "结尾每行一个 JSON，这两种里还写着查询、规则和数据的哈希、评价日、评价期和行数。",
          "One line a subject: gates, scores, passes, grades, ranks, policies. A definite score is "
          "88, one that missing data or a pending opinion leaves open is an interval 61~78, an "
          "unknown one empty; what is missing stands in the last column. The status of the rules "
          "goes with every line. -o FILE.xlsx writes a workbook, FILE.jsonl a JSON a line: both "
          "also say the query, hashes of rules and data, day, year and how many rows."},
     .example = "geci score packs/national/科技型中小企业评价.md -d packs/sample/enterprises.csv\n"
                "geci score 办法.md -d 企业.csv --period 2025 -o 得分.xlsx",
     .opts = {OPT_DATA, OPT_RUN, OPT_DB, OPT_COUNTY, OPT_AS_OF, OPT_PERIOD, OPT_OUTPUT,
              OPT_FORMAT_SCORE, OPT_JSON, OPT_ALL, OPT_LENIENT, OPT_THREADS, OPT_QUIET, OPT_LANG,
              OPT_HELP}},
    {.name = "policy",
     .group = GROUP_SCORES,
     .operands = {"政策文档|文件夹…", "DOC|PACK…"},
     .min = 1,
     .max = -1,
     .run = cmd_policy,
     .summary = {"每个主体能享受哪些政策、多少、怎么发、还差什么",
                 "what each subject is entitled to, how much, when and why"},
     .detail =
         {"逐项政策算出金额，精确到分，再按“叠加”在一组里取舍，得出合计；叠加未明确的，"
          "三种读法并排列出。--id 看一个主体：可以享受、待补数据、待人工判断、差一点（列出"
          "最小的变动）、不适用（列出不符的条件）。不写 --id 时在终端上按政策列出家数和合计，"
          "写到文件或管道时每个主体每项政策一行。--past 与以前几年比较，--ahead 往后推算。",
          "Works out each policy to the fen, then which of a group count, and the sum; where "
          "stacking is not stated the three readings stand side by side. --id: one subject: "
          "entitled, facts missing, to be judged, near (with the smallest change), not "
          "applicable (with what is not met). Without it: counts and sums by policy on a "
          "terminal, a row for each subject and policy into a file or a pipe. --past compares "
          "years, --ahead forecasts."},
     .example = "geci policy packs/zhangjiagang/policy -d 企业.csv\n"
                "geci policy packs/zhangjiagang/policy -d 企业.csv --id 91320582…\n"
                "geci policy packs/zhangjiagang/policy -d 企业.csv -o 政策.xlsx",
     .opts = {OPT_DATA, OPT_DB, OPT_COUNTY, OPT_ID, OPT_PAST, OPT_AHEAD, OPT_AS_OF, OPT_PERIOD,
              OPT_OUTPUT, OPT_JSON, OPT_LENIENT, OPT_THREADS, OPT_QUIET, OPT_LANG, OPT_HELP}},
    {.name = "explain",
     .group = GROUP_SCORES,
     .operands = {"规则文档", "DOC"},
     .min = 0,
     .max = 1,
     .run = cmd_explain,
     .summary = {"解释一个主体的每一分从哪里来",
                 "explain where each point of a subject comes from"},
     .detail =
         {"从结果一直追到数据和条文：命中哪一行、用了哪些数、封顶、权重、缺什么数；"
          "最后列出再进一步差多少。",
          "From the result down to facts and clauses: the row that was hit, the inputs, caps, "
          "weights, what is missing; and at the end what the next step would take."},
     .example = "geci explain packs/national/科技型中小企业评价.md -d packs/sample/enterprises.csv "
                "--id 91320582…",
     .opts = {OPT_DATA, OPT_RUN, OPT_DB, OPT_COUNTY, OPT_ID, OPT_ITEM, OPT_FORMAT_EXPLAIN, OPT_JSON,
              OPT_AS_OF, OPT_PERIOD, OPT_OUTPUT, OPT_LENIENT, OPT_QUIET, OPT_LANG, OPT_HELP}},
    {.name = "whatif",
     .group = GROUP_SCORES,
     .operands = {"规则文档", "DOC"},
     .min = 0,
     .max = 1,
     .run = cmd_whatif,
     .summary = {"假如某个数变了，结果怎样变", "what would change if a fact were different"},
     .detail = {"列出每个变了的项：原来多少、现在多少。数据文件不会被改动。",
                "Lists every item that changes, old and new. The data file is left alone."},
     .example = "geci whatif 办法.md -d 企业.csv --id 91320582… --set '研发费用=320万元' "
                "--set '科技人员数=40'",
     .opts = {OPT_DATA, OPT_RUN, OPT_DB, OPT_COUNTY, OPT_ID, OPT_SET, OPT_RERANK, OPT_JSON,
              OPT_AS_OF, OPT_PERIOD, OPT_LENIENT, OPT_QUIET, OPT_LANG, OPT_HELP}},
    {.name = "seek",
     .group = GROUP_SCORES,
     .operands = {"规则文档", "DOC"},
     .min = 0,
     .max = 1,
     .run = cmd_seek,
     .summary = {"要达到某个格次、得分、条件或政策，最少要变动什么",
                 "the least changes that reach a grade, score, gate or policy"},
     .detail =
         {"找出代价最小的一组变动，每一组都精确重算过。目标写作 '格次>=A'、'得分>=70分'、"
          "'条件=符合'（或只写名称）、'政策>0'（或只写名称）。不写目标时，列出每项评分再进一步"
          "要变动什么、得多少分。假定其他企业不变，每个事实可以单独变动，往年的数和缺的数不动；"
          "没有成本表时作除数的数不减，代价为相对变动之和，"
          "是否改一个计 1，选项按名单里相隔几项计。试算次数有限，没有试完时会说明不是"
          "已证最省。达到或已经达到时退出码为 0，达不到为 65，次数用完还没有找到为 69。",
          "Finds the cheapest set of changes; every set was evaluated exactly. A goal is "
          "'GRADE>=A', 'SCORE>=70', 'GATE=met' (or its name), 'POLICY>0' (or its name). Without "
          "one, lists the next threshold of each score and the points it brings. The others are "
          "assumed to stay, each fact to change by itself, other years and missing facts to stay; "
          "without costs divisors do not shrink, and effort is the sum of relative changes, "
          "a yes counting 1, a choice the places it is away in its list. "
          "Evaluations are limited: an answer says when it is not proven cheapest. Exit code 0 "
          "when reached, 65 when out of reach, 69 when the limit came first."},
     .example = "geci seek packs/national/科技型中小企业评价.md -d packs/sample/enterprises.csv "
                "--id 91320582MA1MNRTF5K --goal '评价得分>=80'\n"
                "geci seek 办法.md -d 企业.csv --id 91320582… --goal '格次>=A' --cost 成本.csv",
     .opts = {OPT_DATA, OPT_RUN, OPT_DB, OPT_COUNTY, OPT_ID, OPT_GOAL, OPT_COST, OPT_JSON,
              OPT_AS_OF, OPT_PERIOD, OPT_LENIENT, OPT_QUIET, OPT_LANG, OPT_HELP}},
    {.name = "compare",
     .group = GROUP_SCORES,
     .operands = {"旧规则|测算号 新规则|测算号", "DOC_OLD|RUN DOC_NEW|RUN"},
     .min = 2,
     .max = 2,
     .run = cmd_compare,
     .summary = {"同一批数据按新旧两份规则各算一遍，看谁升谁降",
                 "who moves when one set of rules replaces another"},
     .detail =
         {"规则变动的影响：逐个主体列出得分、名次、格次、条件的变化；再列升降各几家、平均多少、"
          "升降最多的十家和原因，格次转移表，新符合和不再符合各条件的家数，每项政策和合计的金额"
          "（到分），名次变动，按区镇、分组等的小计。",
          "The impact of a rule change: score, rank, grade and gates of each subject; then how "
          "many rise and fall, by how much, the ten largest with the reason, the grade transition "
          "matrix, gates gained and lost, the exact cost of each policy and of all, rank shifts, "
          "and subtotals by locality, segment or any label."},
     .example = "geci compare 办法2025.md 办法2026.md -d 企业.csv\n"
                "geci compare 办法2025.md 办法2026.md -d 企业.csv --by 所在区镇,产业链\n"
                "geci compare 3 5 --db sqlite:zjg.db",
     .opts = {OPT_DATA, OPT_DB, OPT_COUNTY, OPT_BY, OPT_AS_OF, OPT_PERIOD, OPT_ALL, OPT_JSON,
              OPT_LENIENT, OPT_THREADS, OPT_QUIET, OPT_LANG, OPT_HELP}},
    {.name = "robust",
     .group = GROUP_SCORES,
     .operands = {"规则文档", "DOC"},
     .min = 0,
     .max = 1,
     .run = cmd_robust,
     .summary = {"权重、界限、算法若稍有不同，名次和格次还稳不稳",
                 "how far ranks and grades hang on weights, bounds and methods"},
     .detail =
         {"各组权重（合计的组为下级的满分）随机上下浮动、总和不变，重算许多次："
          "每个主体的名次中位数和 5%~95% 区间、落在各格次的比例、进前 N 名的概率；"
          "再逐项单独调到两端，看哪一项动了谁。文档里写了“浮动”的各节，"
          "界限（分档、门槛、上下限、缩尾）也在写明的范围内一起变；写了“备选”的，"
          "算式或汇总方法在备选中轮换。种子相同则结果相同，与线程数无关。",
          "Moves the weights of every group at random (where a group adds up: the maxima of its "
          "parts), sums kept, many times: median and 5%~95% ranks, share of draws in each grade, "
          "chance to be among the first N; then each factor alone to both ends: which moves whom. "
          "Where the document says “vary”, bounds (bands, thresholds, limits, winsorising) move in "
          "that range too; where it says “instead”, formulas or ways to add up take turns. "
          "The same seed gives the same result, on any number of threads."},
     .example = "geci robust 办法.md -d 企业.csv\n"
                "geci robust 办法.md -d 企业.csv --draws 5000 --weights 10% --top 50 --json",
     .opts = {OPT_DATA,    OPT_RUN,     OPT_DB,      OPT_COUNTY, OPT_ITEM,   OPT_DRAWS, OPT_SEED,
              OPT_WEIGHTS, OPT_BOUNDS,  OPT_TOP,     OPT_AS_OF,  OPT_PERIOD, OPT_ALL,   OPT_JSON,
              OPT_OUTPUT,  OPT_LENIENT, OPT_THREADS, OPT_QUIET,  OPT_LANG,   OPT_HELP}},
    {.name = "template",
     .group = GROUP_OTHER,
     .operands = {"规则文档", "DOC"},
     .min = 1,
     .max = 1,
     .run = cmd_template,
     .summary = {"按规则文档做一份填报模板（xlsx）", "make a workbook to fill in for a document"},
     .detail =
         {"每个字段一列：列名带单位，批注写着含义、单位、范围和留空怎么算，是否和选项有下拉列表；"
          "“说明”工作表逐项写清。填好的模板不用对列名，直接作 --data。文件名以 .csv "
          "结尾则只写表头和一行例子。--period 给年度字段的列名加上年份。",
          "A column a field: its unit in the name, meaning, bounds and what a blank means as a "
          "remark, lists for yes or no and choices; a sheet 说明 tells of each. A filled one goes "
          "straight into --data. A name that ends in .csv gives the header and an example only. "
          "--period puts the year into the names of yearly fields."},
     .example = "geci template packs/national/科技型中小企业评价.md --period 2024 -o 填报.xlsx",
     .opts = {OPT_OUTPUT, OPT_PERIOD, OPT_QUIET, OPT_LANG, OPT_HELP}},
    {.name = "preview",
     .group = GROUP_OTHER,
     .operands = {"规则文档", "DOC"},
     .min = 1,
     .max = 1,
     .run = cmd_preview,
     .summary = {"试读一个表格：表头在哪、列怎么对、哪些格有错",
                 "try a spreadsheet: its header, its columns, its bad cells"},
     .detail =
         {"不计分，只看表格能不能用：找到的表头、每列对上哪个字段、哪些行跳过和为什么、"
          "每个坏格一句话（第几行、第几列、写着什么、怎么改），最后是好行坏行各多少。--failed "
          "把坏行写成工作簿，原样的格加上原因，改好可以再交。全部通过时退出码为 0，否则为 65。",
          "Scores nothing, only says whether the sheet will do: the header found, the field of "
          "each column, the rows left out and why, a line a bad cell (row, column, what it says, "
          "what to do), and how many rows are good. --failed writes the bad rows as a workbook "
          "with the reasons, to be mended and handed in again. Exit code 0 when all are good, "
          "else 65."},
     .example = "geci preview 办法.md -d 企业.xls\n"
                "geci preview 办法.md -d 企业.xlsx --failed 未通过.xlsx",
     .opts = {OPT_DATA, OPT_FAILED, OPT_JSON, OPT_QUIET, OPT_LANG, OPT_HELP}},
    {.name = "convert",
     .group = GROUP_OTHER,
     .operands = {"文件.csv|文件.gcol", "FILE.csv|FILE.gcol"},
     .min = 1,
     .max = 1,
     .run = cmd_convert,
     .summary = {"数据表在 CSV 与列文件（.gcol）之间转换",
                 "turn a CSV into a column file and back"},
     .detail =
         {"列文件按列存放，每列有校验和，比 CSV 小，读起来更快，适合几十万行以上、"
          "要反复计分的数据；凡是写 --data 的地方都可以用。转换不看规则文档，每一格的文字原样不变："
          "转回来的 CSV 逐格相同，按它计分逐字节相同。输入是哪一种看内容，不看文件名。",
          "A column file keeps a table column by column, with checksums, smaller and faster to "
          "read than a CSV: for data of hundreds of thousands of rows that are scored again and "
          "again, wherever --data is given. No rule document is asked and no cell changes: the CSV "
          "made of it has the same cells, scores from it are the same bytes. The content says "
          "which of the two it is, not its name."},
     .example = "geci convert 企业.csv -o 企业.gcol\ngeci score 办法.md -d 企业.gcol\n"
                "geci convert 企业.gcol -o 企业.csv",
     .opts = {OPT_OUTPUT, OPT_QUIET, OPT_LANG, OPT_HELP}},
    {.name = "sample",
     .group = GROUP_OTHER,
     .operands = {"", ""},
     .run = cmd_sample,
     .summary = {"生成虚构的示例数据", "make fictitious sample data"},
     .detail =
         {"企业是虚构的；数值的分布取自上市公司的公开统计，按县域企业规模缩小（示例）。"
          "同样的种子得同样的文件。",
          "The firms are fictitious; figures follow public statistics of listed firms, scaled down "
          "to a county (example). The same seed gives the same file."},
     .example = "geci sample --n 500 --seed 7 -o 企业.csv",
     .opts = {OPT_KIND, OPT_COUNT, OPT_SEED, OPT_PERIOD, OPT_OUTPUT, OPT_QUIET, OPT_LANG,
              OPT_HELP}},
    {.name = "demo",
     .group = GROUP_OTHER,
     .operands = {"", ""},
     .run = cmd_demo,
     .summary = {"演示：给示例企业计分、解释一家；加 --db 建一个示范县",
                 "score, explain, ask what if; with --db a whole county"},
     .detail =
         {"用内置的规则和数据，不读任何文件。加 --db 则把一个示范县放进新数据库：六类主体、三年"
          "数据、核实和退回、各年测算、公示、异议和更正、每种角色一个账号，全部是虚构的示例，规模与"
          "张家港市相当。同样的种子得同样的县。PostgreSQL 要用 --access-key 指明服务密钥。",
          "Uses built-in rules and data and reads no file. With --db it fills a new store with a "
          "fictitious county of real size: six kinds of subjects, three years of figures, "
          "what was verified and returned, runs with notices, appeals and a correction, an "
          "account for each role. The same seed gives the same county. A PostgreSQL store wants "
          "the server's key named with --access-key."},
     .example = "geci demo --db sqlite:demo.db",
     .opts = {OPT_DB, OPT_SEED, OPT_SCALE, OPT_THREADS, OPT_ACCESS_KEY, OPT_QUIET, OPT_LANG,
              OPT_HELP}},
    {.name = "doctor",
     .group = GROUP_OTHER,
     .operands = {"", ""},
     .run = cmd_doctor,
     .summary = {"检查程序自身和运行环境", "check the program and where it runs"},
     .detail =
         {"核对内置算法和规则，查看语言、终端、线程和磁盘；用 --db 或 GECI_DB 指明了数据库，就"
          "还检查它：结构、语句、每一页、空间、行为链。全部正常时退出码为 0。",
          "Checks arithmetic and built-in rules, and looks at language, terminal, threads and "
          "disk; with --db or GECI_DB also at a store: schema, statements, every page, space, the "
          "chain of acts. Exit code 0 when all is well."},
     .opts = {OPT_DB, OPT_JSON, OPT_QUIET, OPT_LANG, OPT_HELP}},
    {.name = "docs",
     .group = GROUP_OTHER,
     .operands = {"diagnostics|man|audit-schema|language-tables|completion [bash|zsh|fish]",
                  "diagnostics|man|audit-schema|language-tables|completion [bash|zsh|fish]"},
     .min = 1,
     .max = 2,
     .operand_choices = "diagnostics|man|audit-schema|language-tables|completion",
     .run = cmd_docs,
     .summary = {"输出由程序生成的文档：诊断、手册、补全、语言表",
                 "write documents that the program makes"},
     .detail = {"写到标准输出，与环境变量中的语言无关。",
                "Writes to standard output, whatever the language of the environment."},
     .example = "geci docs completion bash > /etc/bash_completion.d/geci",
     .opts = {OPT_LANG, OPT_HELP}},
    {.name = "help",
     .group = GROUP_OTHER,
     .operands = {"[命令]", "[VERB]"},
     .max = 2,
     .run = cmd_help,
     .summary = {"显示用法", "show help"},
     .detail = {"", ""},
     .opts = {OPT_LANG, OPT_HELP}},
    {.name = "version",
     .group = GROUP_OTHER,
     .operands = {"", ""},
     .run = cmd_version,
     .summary = {"显示版本", "show the version"},
     .detail = {"", ""},
     .opts = {OPT_JSON, OPT_LANG, OPT_HELP}},
    {.name = NULL},
};
