/* diag_case.h - diagnostics of case types (matter/) and of cases (flow/); read by base/diag_list.h.
 * Browsers get none. */

/* Case types */
DIAG(CASE_EMPTY, "CASE-EMPTY", SEV_ERROR, "“{0}”没有名字, 或没有“状态”表、“步骤”表",
     "“{0}” has no name, or no table of states or of steps",
     "写成 ## 事项 名字, 下面一张表头以“状态”开始, 一张以“步骤”开始",
     "write “## Case name”, then a table whose head begins with “state” and one with “step”")
DIAG(CASE_TABLE, "CASE-TABLE", SEV_ERROR, "事项“{1}”不认识以“{0}”开头的表",
     "case “{1}” has no table that begins with “{0}”", "只有五张表: 状态 步骤 填报 材料 度量",
     "there are five tables: state step form paper measure")
DIAG(CASE_LONG, "CASE-LONG", SEV_ERROR, "事项“{1}”以“{0}”开头的表行数太多",
     "the table of case “{1}” that begins with “{0}” has too many rows",
     "最多 200 个状态, 400 步, 40 项度量", "200 states, 400 steps, 40 measures at most")
DIAG(CASE_COLUMN, "CASE-COLUMN", SEV_ERROR, "事项“{1}”的这张表没有“{0}”列, 或写了两次",
     "this table of case “{1}” has no column “{0}”, or it stands twice",
     "各表的列见 docs/language.md 的“事项”", "docs/language.md, “Case”, lists the columns")
DIAG(CASE_KEY, "CASE-KEY", SEV_ERROR, "事项“{1}”没有属性“{0}”", "case “{1}” has no attribute “{0}”",
     "可用: 政策 发起 日历 评审 收款 文号 一次 密级 分类 说明 来源",
     "there are: policy opened_by calendar reviews payee decision once level category note source")
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
     "the state needs a term, “{0}” leaves it, and “system” may take it")
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

/* Cases */
DIAG(FLOW_TYPE, "FLOW-TYPE", SEV_ERROR, "没有事项“{0}”", "there is no case type “{0}”",
     "有哪些见 geci case types; 文档要先发布",
     "geci case types lists them; publish the document first")
DIAG(FLOW_GONE, "FLOW-GONE", SEV_ERROR, "没有办件 {0}", "there is no case {0}", "", "")
DIAG(FLOW_SUBJECT, "FLOW-SUBJECT", SEV_ERROR, "没有“{1}”“{0}”", "there is no {1} “{0}”",
     "用统一社会信用代码等身份", "use its identity, such as its credit code")
DIAG(FLOW_SEQ, "FLOW-SEQ", SEV_ERROR, "办件 {0} 已经有人办过, 现在是第 {1} 条, “{2}”",
     "somebody was there before: case {0} is at entry {1}, “{2}”", "看过最新的情况再办",
     "look at it again first")
DIAG(FLOW_STEP, "FLOW-STEP", SEV_ERROR, "“{1}”的时候不能“{0}”", "“{0}” cannot be done in “{1}”",
     "看 geci case show 里的“下一步”", "geci case show lists what can")
DIAG(FLOW_WHO, "FLOW-WHO", SEV_ERROR, "“{0}”不能办“{1}”", "“{0}” may not do “{1}”",
     "由事项里写明的人办", "the case type says who may")
DIAG(FLOW_OPENER, "FLOW-OPENER", SEV_ERROR, "“{0}”不能发起“{1}”", "“{0}” may not open “{1}”", "",
     "")
DIAG(FLOW_KIND, "FLOW-KIND", SEV_ERROR, "“{0}”不办给“{1}”, 只办给“{2}”",
     "“{0}” is not for “{1}” but for “{2}”", "", "")
DIAG(FLOW_ONCE, "FLOW-ONCE", SEV_ERROR, "“{0}”一年只办一次, 今年已有办件 {1}",
     "“{0}” once a year: there is case {1}", "在原来的办件上办", "go on with that one")
DIAG(FLOW_FIELD, "FLOW-FIELD", SEV_ERROR, "“{1}”不填“{0}”, 或填了两次",
     "“{1}” does not ask for “{0}”, or it is given twice", "", "")
DIAG(FLOW_VALUE, "FLOW-VALUE", SEV_ERROR, "“{0}”填的“{1}”不对{2?: }",
     "“{1}” will not do for “{0}”{2?: }", "", "")
DIAG(FLOW_LACKS, "FLOW-LACKS", SEV_ERROR, "还不能“{0}”, 缺: {1}", "“{0}” still lacks: {1}",
     "填上字段, 交上材料", "fill in the fields, hand in the papers")
DIAG(FLOW_PROOF, "FLOW-PROOF", SEV_ERROR, "办件 {0} 不是 {1}: {2}", "case {0} is not {1}: {2}",
     "填本人的、现在有效的那一件的编号", "give the number of that person's own, which is in force")
DIAG(FLOW_USE, "FLOW-USE", SEV_ERROR, "“{0}”在 {1} 已约给{2}", "“{0}” is taken {1} by {2}",
     "换个日期, 或先取消那一件", "choose other days, or cancel that one first")
DIAG(FLOW_ABOVE, "FLOW-ABOVE", SEV_ERROR, "“{0}”不能放在办件 {1} 下面",
     "“{0}” cannot be under case {1}", "上级要是还在办的“{2}”", "above it goes a “{2}” under way")
DIAG(FLOW_MUST, "FLOW-MUST", SEV_ERROR, "还不能“{0}”: “{1}”为{2}",
     "“{0}” wants “{1}”, which is {2}", "看条件里每一项是多少",
     "look at each part of the condition")
DIAG(FLOW_SET, "FLOW-SET", SEV_ERROR, "“{0}”写不上: 不知道“{1}”是多少",
     "“{0}” cannot be set: “{1}” is not known", "", "")
DIAG(FLOW_AMOUNT, "FLOW-AMOUNT", SEV_ERROR, "“{0}”不是大于零的整分金额",
     "“{0}” is no amount above 0 in whole fen", "先补上缺的数", "fill in what is missing")
DIAG(FLOW_NOTHING, "FLOW-NOTHING", SEV_ERROR, "“{0}”没有可付的: 没有预留, 或都已付、在途",
     "“{0}”: nothing to pay: nothing is reserved, or all is paid or on its way", "在途的等银行回单",
     "wait for what the bank says")
DIAG(FLOW_RECLAIM, "FLOW-RECLAIM", SEV_ERROR, "“{0}”追回的比已付的多 {1} 元",
     "“{0}” asks back {1} yuan more than was paid", "", "")
DIAG(FLOW_CALENDAR, "FLOW-CALENDAR", SEV_ERROR, "“{0}”要按工作日公示, 而工作日历没有安排到",
     "“{0}” counts working days of a year that is not arranged", "先更新工作日历",
     "bring the calendar up to date")
DIAG(FLOW_PAPER, "FLOW-PAPER", SEV_ERROR, "“{1}”的时候不收“{0}”, 或文件是空的",
     "“{0}” is not taken in “{1}”, or the file is empty", "", "")
DIAG(FLOW_TAKES, "FLOW-TAKES", SEV_ERROR, "“{0}”的时候不收{1}", "“{0}” takes no {1}", "", "")
DIAG(FLOW_BIDDER, "FLOW-BIDDER", SEV_ERROR, "“{0}”不能揭榜: 要是主体自己的账号, 并且不是发榜的",
     "“{0}” cannot bid: it takes a subject's own account, and not that of who asks", "", "")
DIAG(FLOW_BID_TWICE, "FLOW-BID-TWICE", SEV_ERROR, "办件 {0} 已经投过标, 第 {1} 号",
     "case {0} has your bid already, number {1}", "一家一份, 投出不改", "one each, and for good")
DIAG(FLOW_BID, "FLOW-BID", SEV_ERROR, "没有这份标书 {0}, 或已开、未开", "there is no such bid {0}",
     "", "")
DIAG(FLOW_SEAL, "FLOW-SEAL", SEV_ERROR, "标书 {0} 与封存时的指纹不符",
     "bid {0} is not what was sealed", "报价、正文、密语要与投标时一字不差, 密语至少 16 个字节",
     "price, text and secret must be what was sealed; the secret has 16 bytes or more")
DIAG(FLOW_CONFLICT, "FLOW-CONFLICT", SEV_ERROR, "与标书 {0} 的投标人有利益关系({1}), 须回避",
     "tied to the bidder of {0} ({2})", "请别人评", "ask somebody else")
DIAG(FLOW_ASKED, "FLOW-ASKED", SEV_ERROR, "已经请了“{0}”", "“{0}” was asked already", "", "")
DIAG(FLOW_REVIEWED, "FLOW-REVIEWED", SEV_ERROR, "“{0}”已经评过", "“{0}” has reviewed it", "", "")
DIAG(FLOW_SCORE, "FLOW-SCORE", SEV_ERROR, "评分要在 {0} 和 {1} 之间, 低不过高, 并写意见",
     "a score lies between {0} and {1}, its low end first, with words", "", "")

/* Rounds of batch matching (pairing/) */
DIAG(PAIRING_GONE, "PAIRING-GONE", SEV_ERROR, "没有第 {0} 轮批量匹配", "there is no round {0}", "",
     "")
DIAG(PAIRING_STATE, "PAIRING-STATE", SEV_ERROR, "第 {0} 轮批量匹配现在是“{1}”, 不能走这一步",
     "round {0} is “{2}”: this step is not open to it",
     "顺序是: 草稿, 提交发布, 由另一人发布; 改了名额或锁定就回到草稿",
     "the order is draft, propose, publish by another; a changed limit or lock makes a draft of it")
DIAG(PAIRING_SAME, "PAIRING-SAME", SEV_ERROR, "第 {0} 轮是“{1}”提交的, 发布要换人",
     "round {0} was proposed by “{1}”: another person must publish it",
     "提交和发布须由不同的人办理", "proposing and publishing take different people")
DIAG(PAIRING_LOCKED, "PAIRING-LOCKED", SEV_ERROR, "定下的“{0}”和“{1}”超过了名额",
     "“{0}” and “{1}”, which are locked, are past a limit", "放开一对, 或放宽名额",
     "unlock a pair, or raise the limit")
DIAG(PAIRING_NEED, "PAIRING-NEED", SEV_ERROR, "第 {0} 轮里没有需求“{1}”",
     "round {0} has no need “{1}”", "核对编号; 新登记的需求要另起一轮",
     "check the id; needs registered since take a new round")
DIAG(PAIRING_LIMIT, "PAIRING-LIMIT", SEV_ERROR, "名额写得不对", "these limits are none",
     "每个需求 1 到 64 个, 每个供给 0 到 65535 个; 保底写成 320582100=3;320582101=1",
     "1 to 64 for a need, 0 to 65535 for one of the supply; floors as 320582100=3;320582101=1")
DIAG(PAIRING_MANY, "PAIRING-MANY", SEV_ERROR, "选中了 {0} 个需求, 一轮最多 {1} 个",
     "{0} needs were chosen, a round takes {1}", "加一个条件, 分几轮",
     "add a condition, take several rounds")

/* Subjects that are one (record/twin.c) */
DIAG(TWIN_SELF, "TWIN-SELF", SEV_ERROR, "“{0}”不能并入“{1}”", "“{0}” cannot go into “{1}”",
     "两个要是同一类里不同的主体", "they are different subjects of one kind")
DIAG(TWIN_MERGED, "TWIN-MERGED", SEV_ERROR, "“{0}”已经并入别的主体, 或有别的并入了它",
     "“{0}” is merged already, or others are merged into it", "先拆开, 再合并",
     "split first, then merge")
DIAG(TWIN_APART, "TWIN-APART", SEV_ERROR, "“{0}”没有并入别的主体",
     "“{0}” is not merged into another", "", "")
