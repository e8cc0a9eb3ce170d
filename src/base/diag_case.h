/* diag_case.h - diagnostics of case types (matter/) and of cases (flow/); read by base/diag_list.h.
 * Browsers get none. */

/* Case types */
DIAG(CASE_EMPTY, "CASE-EMPTY", SEV_ERROR, "“{0}”没有名字, 或没有“状态”表、“步骤”表",
     "“{0}” has no name, or no table of states or of steps",
     "写成 ## 事项 名字, 下面一张表头以“状态”开始, 一张以“步骤”开始",
     "write “## Case name”, then a table whose head begins with “state” and one with “step”")
DIAG(CASE_TABLE, "CASE-TABLE", SEV_ERROR, "事项“{1}”不认识以“{0}”开头的表",
     "case “{1}” has no table that begins with “{0}”", "只有四张表: 状态 步骤 填报 材料",
     "there are four tables: state step form paper")
DIAG(CASE_COLUMN, "CASE-COLUMN", SEV_ERROR, "事项“{1}”的这张表没有“{0}”列, 或写了两次",
     "this table of case “{1}” has no column “{0}”, or it stands twice",
     "各表的列见 docs/language.md 的“事项”", "docs/language.md, “Case”, lists the columns")
DIAG(CASE_KEY, "CASE-KEY", SEV_ERROR, "事项“{1}”没有属性“{0}”", "case “{1}” has no attribute “{0}”",
     "可用: 政策 发起 日历 评审 收款 文号 一次 说明 来源",
     "there are: policy opened_by calendar reviews payee decision once note source")
DIAG(CASE_OPENER, "CASE-OPENER", SEV_ERROR, "“{0}”没有写谁可以发起",
     "“{0}” does not say who may open one", "补一行 “- 发起: 本人”",
     "add a line “- opened_by: own”")
DIAG(CASE_TWICE, "CASE-TWICE", SEV_ERROR, "事项“{1}”里“{0}”重名或没有名字",
     "in case “{1}” “{0}” stands twice, or has no name", "状态、步骤的名字各不相同",
     "states and steps have names of their own")
DIAG(CASE_STATE, "CASE-STATE", SEV_ERROR, "事项“{1}”没有状态“{0}”", "case “{1}” has no state “{0}”",
     "先写进“状态”表", "list it in the table of states first")
DIAG(CASE_STEP, "CASE-STEP", SEV_ERROR, "事项“{1}”没有步骤“{0}”", "case “{1}” has no step “{0}”",
     "先写进“步骤”表", "list it in the table of steps first")
DIAG(CASE_WHO, "CASE-WHO", SEV_ERROR, "没有角色“{0}”", "there is no role “{0}”",
     "写角色名, 如 经办 局领导 区镇 评审, 或 本人 系统; 几个用 ; 隔开",
     "name roles such as officer, leader, town, judge, or own, system; several with ;")
DIAG(CASE_PEOPLE, "CASE-PEOPLE", SEV_ERROR, "人数“{0}”不对: 1 或 2, 系统办的只能是 1",
     "“{0}” people: it is 1 or 2, and 1 where the system may", "留空就是 1", "leave it blank for 1")
DIAG(CASE_FIELD, "CASE-FIELD", SEV_ERROR, "“{0}”不是事项“{1}”的填报字段",
     "“{0}” is no field on the form of case “{1}”", "在 “## 字段 {1}” 里写明类型和单位",
     "declare it under “## Fields {1}”")
DIAG(CASE_NAME, "CASE-NAME", SEV_ERROR, "没有叫“{0}”的字段或指标{1?; 相近的有: }",
     "nothing is called “{0}”{1?; the nearest: }", "文本要加引号; 要算的先写成指标",
     "texts take quotes; what is to be computed is an indicator first")
DIAG(CASE_VALUE, "CASE-VALUE", SEV_ERROR, "“{0}”读不懂", "“{0}” cannot be read", "写成 {1}",
     "write {1}")
DIAG(CASE_TAKES, "CASE-TAKES", SEV_ERROR, "不能受理“{0}”", "a state cannot take “{0}”",
     "可以是 评审 揭榜 开标; 有评审的要写 “- 评审: 3人; 0~100”",
     "reviews, bids, opening; for reviews say “- reviews: 3; 0~100”")
DIAG(CASE_TERM, "CASE-TERM", SEV_ERROR, "期限“{0}”读不懂", "“{0}” is no term",
     "写成 5个工作日、30天, 或表单上的一个日期字段",
     "write “5 working days”, “30 days” or a day on the form")
DIAG(CASE_CALENDAR, "CASE-CALENDAR", SEV_ERROR, "“{0}”按工作日算, 但没有写按哪份日历",
     "“{0}” counts working days, but no calendar is named",
     "补一行 “- 日历: 国务院办公厅节假日安排”", "add a line “- calendar: …”")
DIAG(CASE_OVERDUE, "CASE-OVERDUE", SEV_ERROR, "状态“{1}”到期不能办“{0}”",
     "“{0}” cannot be taken when the term of “{1}” is over",
     "要有期限, “{0}”要从这个状态出发, 并且“谁”里有“系统”",
     "the state needs a term, the step leaves it, and “system” may take it")
DIAG(CASE_COST, "CASE-COST", SEV_ERROR, "条件“{0}”太复杂", "the condition “{0}” is too costly",
     "拆成几个指标", "divide it into indicators")
DIAG(CASE_EFFECT, "CASE-EFFECT", SEV_ERROR, "效果“{0}”读不懂", "“{0}” is no effect",
     "只有: 通知 谁; 公示 5个工作日; 预留 金额 1:1; 应付 1期; 作废; 追回 金额; 派 谁; "
     "置 字段 = 值; 建 事项",
     "there are: notify, notice, reserve, pay, void, reclaim, assign, set, open")
DIAG(CASE_AMOUNT, "CASE-AMOUNT", SEV_ERROR, "“{0}”不是以元计的数", "“{0}” is no amount of money",
     "写单位为元、万元的填报字段或指标", "name a field or indicator in yuan")
DIAG(CASE_SET, "CASE-SET", SEV_ERROR, "“{0}”与字段“{1}”的类型不一致",
     "“{0}” is not of the type of field “{1}”", "", "")
DIAG(CASE_MONEY, "CASE-MONEY", SEV_ERROR, "“{0}”要动钱, 却缺“{1}”",
     "“{0}” moves money, but there is no “{1}”", "在事项的属性里补上", "add the attribute")
DIAG(CASE_REACH, "CASE-REACH", SEV_ERROR, "状态“{0}”从“{1}”出发走不到",
     "state “{0}” cannot be reached from “{1}”", "补上到它的步骤, 或删去它",
     "add a step that leads there, or remove it")
DIAG(CASE_DEAD, "CASE-DEAD", SEV_ERROR, "状态“{0}”没有出路, 又没有标为终",
     "no step leaves state “{0}”, and it is no end", "“终”列写 是, 或补上离开它的步骤",
     "write yes under “end”, or add a step")
DIAG(CASE_TRAP, "CASE-TRAP", SEV_ERROR, "从状态“{0}”走不到任何终点",
     "no end can be reached from state “{0}”", "补上通往终点的步骤",
     "add a step that leads to an end")
