/* diag_store.h - diagnostics of the store and of what stands on it; read by base/diag_list.h. The
 * engine for browsers does without them. */

/* Opening a store */
DIAG(STORE_URL, "STORE-URL", SEV_ERROR, "看不懂数据库地址“{0}”", "“{0}” is no address of a store",
     "写成 sqlite:路径, 或 postgres://用户@主机/库名",
     "write sqlite:PATH, or postgres://user@host/database")
DIAG(
    STORE_GONE, "STORE-GONE", SEV_ERROR, "没有数据库“{0}”, 或打不开{1?: }",
    "there is no store “{0}”, or it cannot be opened{1?: }",
    "检查地址和权限; 坏了的从备份恢复; 新建请用 geci init --db 地址",
    "check the address and your rights; restore a broken one; make one with geci init --db ADDRESS")
DIAG(STORE_FOREIGN, "STORE-FOREIGN", SEV_ERROR, "“{0}”不是 geci 的数据库",
     "“{0}” is not a store of geci", "检查地址; 不会改动别的程序的数据",
     "check the address; data of other programs is left alone")
DIAG(STORE_BUSY, "STORE-BUSY", SEV_ERROR, "另一个程序正在写数据库“{0}”",
     "another program is writing to the store “{0}”", "等它结束, 或先停下服务, 再试一次",
     "wait until it is done or stop the server, then try again")
DIAG(STORE_NEWER, "STORE-NEWER", SEV_ERROR, "数据库“{0}”的结构是第 {1} 版, 本程序只认到第 {2} 版",
     "the schema of “{0}” is version {1}, this program knows {2}", "换用新版 geci; 旧版不会去改它",
     "use a newer geci; an older one will not touch it")
DIAG(STORE_OLDER, "STORE-OLDER", SEV_ERROR, "数据库“{0}”的结构是第 {1} 版, 本程序要第 {2} 版",
     "the schema of “{0}” is version {1}, this program wants {2}",
     "先备份, 再运行 geci migrate --db 地址", "make a backup, then run geci migrate --db ADDRESS")
DIAG(STORE_EDITED, "STORE-EDITED", SEV_ERROR, "数据库“{0}”的结构与“{1}”不符, 有人改过",
     "the schema of “{0}” is not what “{1}” made: somebody changed it",
     "从备份恢复, 或请管理员查明是谁改的",
     "restore a backup, or have the administrator find out who changed it")
DIAG(STORE_MIGRATE, "STORE-MIGRATE", SEV_ERROR, "升级“{0}”没有成功, 数据库保持原样: {1}",
     "the upgrade “{0}” failed, the store is as it was: {1}",
     "把这条信息连同 geci doctor 的输出发给维护者",
     "send this and what geci doctor prints to the maintainers")

DIAG(STORE_BACKUP, "STORE-BACKUP", SEV_ERROR, "没有写成“{0}”: {1}", "“{0}” was not written: {1}",
     "换一个没有的文件名, 腾出空间; PostgreSQL 见 docs/operate.md",
     "take a name that is not there yet, make room; PostgreSQL: see docs/operate.md")
DIAG(STORE_NO_BACKUP, "STORE-NO-BACKUP", SEV_ERROR, "“{0}”不能用来恢复: {1}",
     "“{0}” cannot be restored: {1}", "换一份备份; 备份文件和它的 .manifest 要在一起",
     "take another backup; the file and its .manifest belong together")

/* Using it */
DIAG(STORE_CONSTRAINT, "STORE-CONSTRAINT", SEV_ERROR, "数据库不允许这样做: {0}",
     "the store does not allow this: {0}", "", "")
DIAG(STORE_FULL, "STORE-FULL", SEV_ERROR, "磁盘已满, 这次写入已全部撤销",
     "the disk is full; nothing of this was kept", "腾出空间后重试, 不需要重启",
     "free some space and try again; no restart is needed")
DIAG(STORE_LOST, "STORE-LOST", SEV_ERROR, "与数据库的连接断了: {0}",
     "the connection to the store was lost: {0}", "看一下上一步是否已经生效, 再重试",
     "see whether the last step took effect, then try again")
DIAG(STORE_STOPPED, "STORE-STOPPED", SEV_ERROR, "数据库读写出过错, 已停止写入以保护数据{0?: }",
     "the store failed to read or write; writing has stopped to protect the data{0?: }",
     "检查磁盘, 运行 geci doctor --db 地址, 再重启",
     "check the disk, run geci doctor --db ADDRESS, then restart")
DIAG(STORE_OTHER, "STORE-OTHER", SEV_ERROR, "数据库报错: {0}", "the store says: {0}",
     "把这条信息发给维护者", "send this to the maintainers")

/* Runs and working days */
DIAG(WORKDAY_LINE, "WORKDAY-LINE", SEV_ERROR, "工作日历中“{0}”这一行读不懂, 或日期没有从早到晚",
     "line “{0}” of the calendar cannot be read, or its days are not in order",
     "每行写 日期,休或班,名称,依据, 一天一行, 从早到晚",
     "write day,休 or 班,name,source: one day a line, in order")
DIAG(WORKDAY_YEAR, "WORKDAY-YEAR", SEV_ERROR, "工作日历里还没有 {0} 年的放假安排, 算不出工作日",
     "the calendar has no arrangement for {0}: working days are unknown",
     "把国务院办公厅当年的放假通知补进日历, 再用 --calendar 给出",
     "add that year's arrangement to the calendar and name it with --calendar")
DIAG(RULEBOOK_GONE, "RULEBOOK-GONE", SEV_ERROR, "规则库里没有第 {0} 号", "there is no rule {0}", "",
     "")
DIAG(RULEBOOK_STATE, "RULEBOOK-STATE", SEV_ERROR, "第 {0} 号规则现在是“{1}”, 不能走这一步",
     "rule {0} is “{2}”: this step is not open to it", "顺序是: 草稿, 复核, 发布; 改正要另起一稿",
     "the order is draft, review, publish; a correction is a new draft")
DIAG(RULEBOOK_SAME, "RULEBOOK-SAME", SEV_ERROR, "第 {0} 号规则“{1}”已经办过一步, 这一步要换人",
     "“{1}” took a step of rule {0}: another person must take this one",
     "起草、复核、发布须由不同的人办理", "drafting, review and publication take different people")
DIAG(RUN_GONE, "RUN-GONE", SEV_ERROR, "没有第 {0} 号测算", "there is no run {0}",
     "geci run list 列出已有的", "geci run list shows those there are")
DIAG(RUN_STATE, "RUN-STATE", SEV_ERROR, "第 {0} 号测算现在是“{1}”, 不能走这一步",
     "run {0} is “{1}”: this step is not open to it",
     "顺序是: 草稿, 计算, 复核, 公示, 定稿, 入账; 改正已公示的结果要另起一次测算",
     "the order is draft, compute, review, publish, finish, settle; a correction is a new run")
DIAG(RUN_KIND, "RUN-KIND", SEV_ERROR, "被更正的测算对象是“{0}”, 新规则的对象是“{1}”",
     "the run to be replaced is about “{0}”, these rules about “{1}”", "更正须用同一类主体的规则",
     "a correction is about the same kind of subjects")
DIAG(RUN_NO_KIND, "RUN-NO-KIND", SEV_ERROR, "库里没有“{0}”这一类主体",
     "the store has no kind “{0}”", "先用 geci init 或 geci import 放入这类主体的文档和数据",
     "put the kind's document and data in first: geci import")
DIAG(RUN_SAME_PERSON, "RUN-SAME-PERSON", SEV_ERROR,
     "第 {0} 号测算的上一步就是“{1}”做的, 这一步要换人",
     "the step before of run {0} was “{1}”'s: another person must take this one",
     "计算、复核、公示须由不同的人办理", "computing, review and publication take different people")
DIAG(RUN_APPEAL_LATE, "RUN-APPEAL-LATE", SEV_ERROR, "第 {0} 号测算的公示已在 {1} 结束",
     "the notice of run {0} ended on {1}", "", "")
DIAG(RUN_SUBJECT, "RUN-SUBJECT", SEV_ERROR, "第 {0} 号测算里没有“{1}”",
     "run {0} has no subject “{1}”", "核对编号", "check the id")
DIAG(RUN_NO_APPEAL, "RUN-NO-APPEAL", SEV_ERROR, "没有第 {0} 号异议", "there is no appeal {0}",
     "geci run show 列出一次测算的异议", "geci run show lists the appeals of a run")
DIAG(RUN_DECIDED, "RUN-DECIDED", SEV_ERROR, "第 {0} 号异议已经答复过, 不能再改",
     "appeal {0} has been decided for good", "", "")
DIAG(RUN_NOTICE_RUNS, "RUN-NOTICE-RUNS", SEV_ERROR, "第 {0} 号测算公示到 {1}, 还没有结束",
     "the notice of run {0} runs until {1}", "到期后再定稿", "finish it after that day")
DIAG(RUN_APPEALS_OPEN, "RUN-APPEALS-OPEN", SEV_ERROR, "第 {0} 号测算还有 {1} 件异议没有答复",
     "{1} appeals of run {0} are not decided", "先逐件答复", "decide them first")
DIAG(RUN_UPHELD, "RUN-UPHELD", SEV_ERROR, "第 {0} 号测算有 {1} 件异议成立, 不能定稿",
     "{1} appeals of run {0} were upheld: it cannot become final",
     "更正数据后新起一次测算: geci run new --replaces",
     "correct the facts and start a new run: geci run new --replaces")

/* What an audit finds. An act is named as 320582 #17 (time, actor, verb). */
DIAG(AUDIT_GAP, "AUDIT-GAP", SEV_ERROR, "缺少行为: {0} 之前没有第 {1} 号",
     "acts are missing: before {0} there is no {1}",
     "行为编号不会跳, 缺号就是被删; 取此前的备份比对, 找回这些记录",
     "numbers never skip, a gap is a deletion: compare with an earlier backup and find them")
DIAG(AUDIT_LINK, "AUDIT-LINK", SEV_ERROR, "链断了: {0} 记的前一摘要, 不是前一个行为的摘要",
     "the chain is broken: {0} follows another act than the one before it",
     "这一个或前一个行为被换过; 用锚点和备份查明是哪一个",
     "this act or the one before was exchanged: anchors and backups tell which")
DIAG(AUDIT_HASH, "AUDIT-HASH", SEV_ERROR, "行为被改过: {0} 的内容与它的摘要不符",
     "an act was changed: {0} is not what its hash says",
     "与备份或 geci audit export 的旧文件比对这一行",
     "compare this row with a backup or an older geci audit export")
DIAG(AUDIT_CLOCK, "AUDIT-CLOCK", SEV_WARN, "时间倒退: {0} 比前一个行为还早",
     "time ran backwards: {0} is earlier than the act before it",
     "核对那时服务器的时钟; 次序以编号为准",
     "look at the server's clock of that time; the numbers give the order")
DIAG(AUDIT_ROW_CHANGED, "AUDIT-ROW-CHANGED", SEV_ERROR,
     "表 {1} 的行被改过: {0} 写入的第 {2} 行与当时的摘要不符",
     "rows of table {1} were changed: n {2} of {0} are not as they were sealed",
     "与备份比对这几行; 未查明之前, 不要以它们为据",
     "compare these rows with a backup; rely on none of them before")
DIAG(AUDIT_ROW_LACK, "AUDIT-ROW-LACK", SEV_ERROR, "表 {1} 少了行: {0} 写入的第 {2} 行不见了",
     "rows of table {1} are gone: n {2} of {0}", "从备份找回", "find them in a backup")
DIAG(AUDIT_ROW_EXTRA, "AUDIT-ROW-EXTRA", SEV_ERROR, "表 {1} 多了行: 第 {2} 行不是 {0} 写入的",
     "table {1} has rows that {0} did not write: n {2}", "查明是谁、何时绕过本程序写入的",
     "find out who wrote them behind the program's back, and when")
DIAG(AUDIT_ROW_STRAY, "AUDIT-ROW-STRAY", SEV_ERROR,
     "表 {0} 有来历不明的行: 没有行为 {1} (第 {2} 行)",
     "table {0} has rows of nobody: there is no act {1} (n {2})", "查明是谁、何时绕过本程序写入的",
     "find out who wrote them behind the program's back, and when")
DIAG(AUDIT_DERIVED_LACK, "AUDIT-DERIVED-LACK", SEV_ERROR, "表 {0} 由别的表算出, 应有而没有: {1}",
     "table {0} is derived and lacks {1}",
     "原始记录没有变, 只是这张表不可信; 查明是谁改的, 再从备份恢复",
     "the records stand, this table does not: find out who changed it, restore a backup")
DIAG(AUDIT_DERIVED_EXTRA, "AUDIT-DERIVED-EXTRA", SEV_ERROR, "表 {0} 由别的表算出, 不该有: {1}",
     "table {0} is derived and should not have {1}",
     "原始记录没有变, 只是这张表不可信; 查明是谁改的, 再从备份恢复",
     "the records stand, this table does not: find out who changed it, restore a backup")
DIAG(AUDIT_CONTENT, "AUDIT-CONTENT", SEV_ERROR, "表 {0} 中的文件被改过: {1} 的 {2}",
     "a file in table {0} was changed: {1}, {2}", "从备份取回这个文件; 名字就是它的 SHA-256",
     "take it from a backup; its name is its SHA-256")
DIAG(AUDIT_CONTENT_LACK, "AUDIT-CONTENT-LACK", SEV_ERROR, "表 {0} 中的文件不见了: {1} 的 {2}",
     "a file is missing from table {0}: {1}, {2}", "从备份取回这个文件; 名字就是它的 SHA-256",
     "take it from a backup; its name is its SHA-256")
DIAG(AUDIT_CONTENT_STRAY, "AUDIT-CONTENT-STRAY", SEV_ERROR, "表 {0} 中有没人登记的文件: {1} 的 {2}",
     "table {0} has a file that nobody registered: {1}, {2}", "查明是谁、何时绕过本程序写入的",
     "find out who wrote it behind the program's back, and when")
DIAG(AUDIT_TABLE, "AUDIT-TABLE", SEV_ERROR, "数据库里多了一张表“{0}”, 不是本程序建的",
     "there is a table “{0}” that this program did not make",
     "查明用途; 别的程序的表请放到别的库里",
     "find out what it is for; tables of other programs belong elsewhere")
DIAG(AUDIT_ANCHOR, "AUDIT-ANCHOR", SEV_ERROR,
     "与锚点不符: {0} 的摘要不是锚点“{1}”所记的, 这一条链被整段改写过",
     "not what was anchored: {0} has another hash than in “{1}”, so the chain was rewritten",
     "锚点之前的某处被改过; 保全现场, 用锚点当时的备份逐行比对",
     "something before it was changed: leave all as it is, compare with a backup of then")
DIAG(AUDIT_TAIL, "AUDIT-TAIL", SEV_ERROR, "链的末尾被截去: 锚点“{1}”记有 {0}, 库里只到第 {2} 号",
     "the end of the chain is cut off: “{1}” anchors {0}, the store ends at {2}",
     "可能是恢复了较旧的备份, 也可能是被删; 找出锚点之后的备份",
     "an older backup was restored, or acts were deleted: find a backup made after the anchor")
DIAG(AUDIT_SIGNATURE, "AUDIT-SIGNATURE", SEV_ERROR, "签名不对: {0}",
     "a signature does not hold: {0}", "这份锚点被改过或抄错, 换一份; 不能据它下结论",
     "the anchor was changed or copied wrongly: take another, conclude nothing from it")
DIAG(AUDIT_KEY, "AUDIT-KEY", SEV_ERROR, "不是指定密钥签的: {0} 的签名者是 {1}, 应为 {2}",
     "signed by another key: {0} by {1}, not by {2}", "确认何时换过密钥, 分别核验",
     "find out when keys were changed, and check with each")
DIAG(AUDIT_UNSIGNED, "AUDIT-UNSIGNED", SEV_ERROR, "锚点“{0}”的 {1} 没有签名",
     "“{0}”: {1} is not signed", "不给 --key 就不要求签名; 或换一份签过名的",
     "leave --key away, or take a signed one")
DIAG(AUDIT_SIGNED_OTHER, "AUDIT-SIGNED-OTHER", SEV_ERROR,
     "与签过名的链头不符: {0} 签的是另一个 {1}", "not what was signed: {0} signs another {1}",
     "签名之前的某处被改写过; 保全现场, 用备份比对",
     "something before it was rewritten: keep everything as it is and compare with a backup")
DIAG(AUDIT_ANCHOR_FILE, "AUDIT-ANCHOR-FILE", SEV_ERROR, "“{0}”里的锚点读不懂, 可能抄漏了",
     "an anchor in “{0}” cannot be read: cut, or mistyped?",
     "锚点是以 geci-anchor-1 开头的一整行, 照原样抄",
     "an anchor is one whole line that begins with geci-anchor-1")
DIAG(AUDIT_NO_ANCHOR, "AUDIT-NO-ANCHOR", SEV_ERROR, "“{0}”里没有锚点",
     "there is no anchor in “{0}”", "锚点由 geci audit anchor 写出",
     "anchors are written by geci audit anchor")
DIAG(AUDIT_KEY_FILE, "AUDIT-KEY-FILE", SEV_ERROR, "“{0}”不是密钥{1?: }", "“{0}” is no key{1?: }",
     "私钥用 geci audit key -o 文件 生成; 公钥是 64 个十六进制字符",
     "make a private key with geci audit key -o FILE; a public key is 64 hexadecimal digits")
DIAG(AUDIT_NO_ACTS, "AUDIT-NO-ACTS", SEV_ERROR, "没有这个县, 或它还没有任何行为",
     "there is no such county, or nothing was done in it yet", "县用 geci init 登记",
     "enter a county with geci init")

/* The ledger */
DIAG(LEDGER_CLIENT, "LEDGER-CLIENT", SEV_ERROR, "编号“{0}”已用于另一笔业务 {1}, 内容不同",
     "the id “{0}” stands for another operation, {1}, of other content",
     "重发时内容要一样; 新业务换一个 --client", "send the same again, or give a new --client")
DIAG(LEDGER_MISSING, "LEDGER-MISSING", SEV_ERROR, "{0}还缺 {1}", "to {2}, {1} is needed",
     "补上 {1}", "give {1}")
DIAG(LEDGER_AMOUNT, "LEDGER-AMOUNT", SEV_ERROR, "金额、积分或单价不在可用范围内",
     "an amount, a number of points or a rate is out of range",
     "金额要大于零、不超过一千亿元, 最多两位小数; 单价低值不高于高值; 兑现至少一分钱",
     "above zero, at most 100 billion yuan; a low rate not above the high; at least a fen")
DIAG(LEDGER_SHARES, "LEDGER-SHARES", SEV_ERROR, "份额不对: 最多 24 份, 每份为正, 分得不少于一分钱",
     "shares: at most 24, each positive and worth a fen", "检查 --levels 或 --stages",
     "see --levels or --stages")
DIAG(LEDGER_ACCOUNT, "LEDGER-ACCOUNT", SEV_ERROR, "没有账户“{0}”", "there is no account “{0}”",
     "用 geci ledger open 开户, 或检查名称、级次和年度",
     "open it with geci ledger open, or look at its name, level and year")
DIAG(LEDGER_EXISTS, "LEDGER-EXISTS", SEV_ERROR, "账户“{0}”{1?, 级次 }已经开过",
     "the account “{0}”{1?, of } exists already", "直接使用; 不需要再开", "use it as it is")
DIAG(LEDGER_SHORT, "LEDGER-SHORT", SEV_ERROR, "“{0}”余额不足, 还差 {1}{2?, 对象 }",
     "“{0}” is short of {1}{2?, for }", "减少数额, 或先追加预算、分配资金; 积分不能透支",
     "ask for less, or raise the budget or the pool first; points cannot be overdrawn")
DIAG(LEDGER_CAP, "LEDGER-CAP", SEV_ERROR, "“{0}”超过政策“{1}”的年度封顶 {2} 元",
     "“{0}” is {2} yuan over the yearly cap of “{1}”",
     "减少数额, 撤销不再需要的预留, 或依文件提高封顶",
     "ask for less, void what is not needed, or raise the cap by a decision")
DIAG(LEDGER_CAP_BELOW, "LEDGER-CAP-BELOW", SEV_ERROR,
     "政策“{1}”的封顶不能低于已用数: “{0}”已用 {2} 元",
     "the cap of “{1}” would be below what “{0}” has had: {2} yuan",
     "封顶不低于已用数, 或先撤销预留", "set it no lower, or void reservations first")
DIAG(LEDGER_ONCE, "LEDGER-ONCE", SEV_ERROR, "“{0}”的事项“{1}”本年度已经奖补过, 见 {2}",
     "“{1}” of “{0}” has been rewarded this year, see {2}",
     "同一事项不重复; 若 {2} 有误, 先撤销或冲正",
     "nothing is rewarded twice; if {2} is wrong, void or reverse it first")
DIAG(LEDGER_RATE, "LEDGER-RATE", SEV_ERROR, "政策“{0}”{1} 年的积分没有单价",
     "points of “{0}”, {1}, have no rate", "依文件用 geci ledger rate 登记",
     "record it by a decision with geci ledger rate")
DIAG(LEDGER_RATE_OPEN, "LEDGER-RATE-OPEN", SEV_ERROR,
     "政策“{0}”{1} 年的积分单价还是区间 {2} 元, 不能兑现",
     "the rate of “{0}”, {1}, is open: {2} yuan a point", "单价确定后用 geci ledger rate 登记",
     "record the rate once it is decided with geci ledger rate")
DIAG(LEDGER_LIFE, "LEDGER-LIFE", SEV_ERROR, "政策“{0}”没有积分有效期的规定",
     "no life of points is set for “{0}”", "依文件用 geci ledger life 登记",
     "record it by a decision with geci ledger life")
DIAG(LEDGER_ALIVE, "LEDGER-ALIVE", SEV_ERROR, "政策“{0}”{1} 年的积分到 {2} 为止都有效",
     "points of “{0}”, {1}, live until {2}", "过了那一天再做到期处理",
     "let them expire after that day")
DIAG(LEDGER_NOTHING, "LEDGER-NOTHING", SEV_ERROR, "没有可处理的: {0}",
     "there is nothing to do: {0}", "", "")
DIAG(LEDGER_GONE, "LEDGER-GONE", SEV_ERROR, "没有业务 {0}, 或不能对它{1}",
     "there is no operation {0}, or none to {2}", "用 geci ledger statement 查编号",
     "look its number up with geci ledger statement")
DIAG(LEDGER_ENDED, "LEDGER-ENDED", SEV_ERROR, "{0} 已经了结, 没有余下的",
     "nothing of {0} is left open", "用 geci ledger trace 看它的去向",
     "see what became of it with geci ledger trace")
DIAG(LEDGER_LATE, "LEDGER-LATE", SEV_ERROR, "{0}: 预留的最后一天已过", "{0}: its last day is over",
     "做过期处理, 再依新的决定预留", "let it lapse and reserve again by a new decision")
DIAG(LEDGER_EARLY, "LEDGER-EARLY", SEV_ERROR, "{0} 还没到日子: {1}", "{0}: not before its day, {1}",
     "到期再办, 或只办已到期的一期 (--stage)", "wait, or name the stage that is due (--stage)")
DIAG(LEDGER_PART, "LEDGER-PART", SEV_ERROR, "{0} 只有 {1} 元可用", "{0} has {1} yuan left",
     "减少数额; 分期的用 --stage 指定一期", "ask for less; of stages name one by --stage")
DIAG(LEDGER_LINKED, "LEDGER-LINKED", SEV_ERROR, "{0} 是联动资助, 各级一并办理, 不能只办一级",
     "{0} is funded jointly: all levels go together", "去掉 --stage", "leave --stage out")
DIAG(LEDGER_STATE, "LEDGER-STATE", SEV_ERROR, "支付 {0} 的状态是“{1}”, 不能这样办",
     "payment {0} is {2}, this cannot be done", "用 geci ledger trace 看它到了哪一步",
     "see where it is with geci ledger trace")
DIAG(LEDGER_VERSION, "LEDGER-VERSION", SEV_ERROR, "支付 {0} 已是第 {1} 版, 与所看的不同",
     "payment {0} is at version {1}, not the one you saw", "看过新版再批: --version {1}",
     "look at it again and give --version {1}")
DIAG(LEDGER_SELF, "LEDGER-SELF", SEV_ERROR, "“{0}”是支付 {1} 的经办人, 不能审批",
     "“{0}” made payment {1} and cannot approve it", "由另外两人审批", "two others have to approve")
DIAG(LEDGER_TWICE, "LEDGER-TWICE", SEV_ERROR, "“{0}”已经批过支付 {1}",
     "“{0}” has approved payment {1} already", "由另一人审批", "somebody else has to approve")
DIAG(LEDGER_MAKER, "LEDGER-MAKER", SEV_ERROR, "“{0}”不是支付 {1} 的经办人, 不能更正",
     "“{0}” did not make payment {1} and cannot amend it", "请经办人更正, 或取消后重办",
     "ask its maker, or cancel it and make another")
DIAG(LEDGER_UNDERWAY, "LEDGER-UNDERWAY", SEV_ERROR, "{0} 已有 {1} 元在支付, 不能冲正",
     "{1} yuan of {0} are being paid: it cannot be reversed",
     "先取消支付; 已付的用 geci ledger clawback",
     "cancel the payment first; what was paid is clawed back")
DIAG(LEDGER_FIXED, "LEDGER-FIXED", SEV_ERROR, "{0} 是“{1}”, 不能冲正",
     "{0} cannot be reversed: to {2}", "预留用 void, 支付用 cancel 或 clawback",
     "void a reservation, cancel or claw back a payment")
DIAG(LEDGER_REVERSED, "LEDGER-REVERSED", SEV_ERROR, "{0} 已由 {1} 冲正", "{0} was reversed by {1}",
     "", "")
DIAG(LEDGER_RECEIPT, "LEDGER-RECEIPT", SEV_ERROR, "没有凭证“{0}”", "there is no receipt “{0}”",
     "凭证写成 测算号/主体代码, 见 geci run receipt; 本库以外的凭证要写 --rules 和 --snapshot",
     "a receipt is RUN/CODE, see geci run receipt; one from elsewhere wants --rules and --snapshot")
DIAG(LEDGER_RECEIPT_OTHER, "LEDGER-RECEIPT-OTHER", SEV_ERROR, "凭证“{0}”不是“{1}”的",
     "receipt “{0}” is not of “{1}”", "--subject 和 --receipt 写同一个主体",
     "give the same subject in --subject and --receipt")
DIAG(LEDGER_RECEIPT_HASH, "LEDGER-RECEIPT-HASH", SEV_ERROR,
     "凭证“{0}”所据的哈希与写的不同, 应为 {1}", "receipt “{0}” stands on another hash: {1}",
     "不写 --rules 和 --snapshot, 就用测算的", "without --rules and --snapshot the run's are taken")
DIAG(LEDGER_NOT_FINAL, "LEDGER-NOT-FINAL", SEV_ERROR, "第 {0} 号测算是“{1}”, 还不能作依据",
     "run {0} is “{2}”: nothing can stand on it", "公示期满后用 geci run finish 定稿",
     "finish it with geci run finish once its notice is over")
DIAG(LEDGER_ITEM, "LEDGER-ITEM", SEV_ERROR, "测算结果里没有“{0}”这一项",
     "the results of the run have no item “{0}”", "geci run results 的第一行列出各项",
     "the first line of geci run results names them")
DIAG(LEDGER_FAULT, "LEDGER-FAULT", SEV_ERROR, "账目不符: {0} ({1})",
     "the ledger is wrong: {0} ({1})", "停止付款, 用 geci audit verify 查是谁改的, 从备份恢复",
     "stop paying; see who changed it with geci audit verify, and restore a backup")

/* Serving */
DIAG(HTTP_LISTEN, "HTTP-LISTEN", SEV_ERROR, "不能在“{0}”上监听: {1}", "cannot listen on “{0}”: {1}",
     "写成 地址:端口, 例如 127.0.0.1:8080; 端口已被占用时换一个, 1024 以下的要有权限",
     "write ADDRESS:PORT, as in 127.0.0.1:8080; take another port if that one is in use, and one "
     "from 1024 on without special rights")
DIAG(HTTP_TRUSTED, "HTTP-TRUSTED", SEV_ERROR, "看不懂可信代理的地址“{0}”",
     "“{0}” is no address of a trusted proxy", "写成 10.0.0.5, 或网段 10.0.0.0/24",
     "write 10.0.0.5, or a network: 10.0.0.0/24")

/* Queries */
DIAG(QUERY_FIELD, "QUERY-FIELD", SEV_ERROR, "“{2}”没有可用的字段“{0}”{1?; 相近的有: }",
     "“{2}” has no field “{0}” to use{1?; the nearest: }",
     "字段名见种类文档, 年份写成 研发费用@2024; 没有权限的字段也不能用来查询",
     "see the document of the kind; a year is written name@2024; fields that are not yours to see "
     "cannot be asked for")
DIAG(QUERY_OP, "QUERY-OP", SEV_ERROR, "字段“{0}”不能这样用: {1}",
     "field “{0}” cannot be used so: {1}",
     "数和日期可以比大小、取区间; 文本和选项可以等于、包含、开头; 分布只对数, 计数只对非数",
     "numbers and days have an order; texts and choices are equal, contain or start; spreads "
     "are of numbers, facets of the rest")
DIAG(QUERY_VALUE, "QUERY-VALUE", SEV_ERROR, "“{1}”不是字段“{0}”的值{2?: }",
     "“{1}” is no value of the field “{0}”{2?: }",
     "数写成 59.9万元, 日期写成 2024-01-31, 选项照文档写",
     "write numbers as 59.9万元, days as 2024-01-31, choices as the document has them")
DIAG(QUERY_VALUES, "QUERY-VALUES", SEV_ERROR, "字段“{0}”: 值的个数不对",
     "field “{0}”: wrong number of values", "“缺”“有”不要值, 区间要两个, 其余至少一个",
     "missing and present take none, between takes two, the others at least one")
DIAG(QUERY_LONG, "QUERY-LONG", SEV_ERROR, "查询太长: {0} 最多 {1}",
     "the query is too long: {0} at most {1}", "分成几次查询", "ask in several queries")
DIAG(QUERY_COST, "QUERY-COST", SEV_ERROR, "这个条件太费时", "this condition takes too long",
     "少用对数、乘方和跨多年的函数, 或把它写成规则文档里的指标",
     "use fewer logarithms, powers and functions over many years, or make it an indicator of a "
     "rule document")
DIAG(QUERY_CURSOR, "QUERY-CURSOR", SEV_ERROR, "翻页标记不属于这次查询",
     "the cursor is not of this query", "从第一页重新查", "start again from the first page")

/* Accounts */
DIAG(ACCESS_NAME, "ACCESS-NAME", SEV_ERROR, "账号名“{0}”不行", "“{0}” will not do as a name",
     "用 2 到 64 个小写字母、数字、汉字或 . _ - @",
     "write 2 to 64 letters a-z, digits, Chinese characters or . _ - @")
DIAG(ACCESS_TAKEN, "ACCESS-TAKEN", SEV_ERROR, "账号“{0}”已经有了", "there is an account “{0}”",
     "换一个名字; 注销的账号也不再给别人用", "take another name; closed ones are never used again")
DIAG(ACCESS_GONE, "ACCESS-GONE", SEV_ERROR, "没有账号“{0}”, 或不能用",
     "there is no account “{0}” in use", "geci user list 列出已有的",
     "geci user list shows those there are")
DIAG(ACCESS_CLOSED, "ACCESS-CLOSED", SEV_ERROR, "账号“{0}”已经注销, 不能再改",
     "account “{0}” is closed for good", "另开一个账号", "open another account")
DIAG(ACCESS_SIDE, "ACCESS-SIDE", SEV_ERROR, "这个账号不能有角色“{0}”",
     "this account cannot have the role {0}",
     "三员互斥, 也不兼业务角色; 一个账号只属于一方, 另一方的角色要另开账号",
     "an account is on one side: the three admins, each kind of user; open another account")
DIAG(ACCESS_PLACE, "ACCESS-PLACE", SEV_ERROR, "角色“{0}”的账号没有说清属于谁, 或说多了",
     "it is not said, or said too much, whom an account of {0} belongs to",
     "区镇要 --locality, 企业、载体、机构要 --subject, 银行要 --organisation, 其余都不要",
     "a town wants --locality, a subject's people --subject, a bank --organisation, others none")
DIAG(ACCESS_SUBJECT, "ACCESS-SUBJECT", SEV_ERROR, "账号“{0}”所属的主体不在库里",
     "the subject of account “{0}” is not in the store", "先导入它的数据", "import its facts first")
DIAG(ACCESS_CODE, "ACCESS-CODE", SEV_ERROR, "验证码不对", "the code is wrong",
     "看准手机时间是否自动, 用下一个码再试",
     "let the phone set its time by itself, take the next code")
DIAG(ACCESS_NO_TOTP, "ACCESS-NO-TOTP", SEV_ERROR, "账号“{0}”没有动态口令",
     "account “{0}” has no authenticator", "", "")
DIAG(ACCESS_LEND_ROLE, "ACCESS-LEND-ROLE", SEV_ERROR, "角色“{0}”不能委托: 自己没有, 或是管理员角色",
     "role {0} cannot be lent: not held, or an admin's", "只能委托自己现有的业务角色",
     "lend a role of your own that is no admin's")
DIAG(ACCESS_LEND_WHOM, "ACCESS-LEND-WHOM", SEV_ERROR, "不能委托给“{0}”",
     "nothing can be lent to “{0}”", "只能委托给同一单位、同一区镇的另一个人",
     "lend to another person of the same house and place")
DIAG(ACCESS_LEND_DAYS, "ACCESS-LEND-DAYS", SEV_ERROR, "委托给“{0}”的起止日期不对",
     "the days of what is lent to “{0}” will not do", "止日不早于起日和今天, 最长一年",
     "the last day is not before the first or today, and a year away at most")
DIAG(ACCESS_ENDED, "ACCESS-ENDED", SEV_ERROR, "没有第 {0} 号, 或已经结束",
     "there is no {0}, or it has ended", "", "")
DIAG(ACCESS_NOT_YOURS, "ACCESS-NOT-YOURS", SEV_ERROR, "第 {0} 号不是您的", "{0} is not yours", "",
     "")
DIAG(DOSSIER_PRINTER, "DOSSIER-PRINTER", SEV_ERROR, "没有 geci-print，做不出 PDF",
     "there is no geci-print to make a PDF with",
     "它与 geci 放在一起; 自己编译的, 先装 libpango1.0-dev (tools/setup.sh run)",
     "it lies beside geci; to build it install libpango1.0-dev (tools/setup.sh run)")
DIAG(DOSSIER_FONT, "DOSSIER-FONT", SEV_ERROR, "这台机器没有中文字体，做不出 PDF",
     "this machine has no font with Chinese letters for a PDF",
     "装 fonts-noto-cjk, 地方小的装 fonts-wqy-microhei",
     "install fonts-noto-cjk, or where there is little room fonts-wqy-microhei")
DIAG(DOSSIER_FAILED, "DOSSIER-FAILED", SEV_ERROR, "PDF 没有做成: {0}", "the PDF was not made: {0}",
     "再试一次; 总是这样就把这句话报给管理员",
     "try again; if it stays so, tell the administrator these words")
DIAG(ACCESS_TOKEN, "ACCESS-TOKEN", SEV_ERROR, "“{0}”的令牌要写明用途和范围",
     "a token of “{0}” needs a title and scopes",
     "范围: read write import export run ledger rules admin screen",
     "scopes: read write import export run ledger rules admin screen")
DIAG(ACCESS_TOKEN_DAYS, "ACCESS-TOKEN-DAYS", SEV_ERROR, "“{0}”的令牌期限不对",
     "the end of a token of “{0}” will not do", "从今天起最长 366 天",
     "366 days from today at most")
DIAG(ACCESS_CONSENT, "ACCESS-CONSENT", SEV_ERROR, "给“{0}”的授权没有写明对象、用途或字段",
     "a consent for “{0}” names no house, purpose or fields", "逐项写明, 最多 200 个字段",
     "name them all, 200 fields at most")
DIAG(ACCESS_CONSENT_WHO, "ACCESS-CONSENT-WHO", SEV_ERROR, "“{0}”不是这家的人, 不能替它授权或撤回",
     "“{0}” does not speak for this subject", "由企业自己的账号办理",
     "its own account gives and revokes")
DIAG(ACCESS_CONSENT_DAYS, "ACCESS-CONSENT-DAYS", SEV_ERROR, "给“{0}”的授权期限不对",
     "the end of the consent for “{0}” will not do", "从今天起最长三年",
     "three years from today at most")
DIAG(ACCESS_NO_JUDGE, "ACCESS-NO-JUDGE", SEV_ERROR, "账号 {0} 不是评审或专家",
     "account {0} is no judge's", "", "")
DIAG(ACCESS_CONFLICT, "ACCESS-CONFLICT", SEV_ERROR, "“{0}”与它有利益关系({1}), 须回避",
     "“{0}” is tied to it ({2}) and cannot judge it", "分给别人", "give it to somebody else")
DIAG(ACCESS_PASSWORD, "ACCESS-PASSWORD", SEV_ERROR, "{0}", "{2}",
     "用几个不相干的词拼成一句只有自己记得住的话", "take some words that do not belong together")
DIAG(ACCESS_KEY, "ACCESS-KEY", SEV_ERROR, "服务密钥“{0}”读不出", "“{0}” holds no server key",
     "64 个十六进制数字; 丢了就用备份的那一份, 否则所有口令都要重设",
     "it is 64 hexadecimal digits; find the copy that was kept, or every password must be set anew")
