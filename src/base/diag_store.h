/* diag_store.h - diagnostics of the store and of what stands on it; read by base/diag_list.h. The
 * engine for browsers does without them. */

/* Opening a store */
DIAG(STORE_URL, "STORE-URL", SEV_ERROR, "看不懂数据库地址“{0}”", "“{0}” is no address of a store",
     "写成 sqlite:路径, 或 postgres://用户@主机/库名",
     "write sqlite:PATH, or postgres://user@host/database")
DIAG(STORE_GONE, "STORE-GONE", SEV_ERROR, "没有数据库“{0}”, 或打不开{1?: }",
     "there is no store “{0}”, or it cannot be opened{1?: }",
     "检查地址和权限; 新建请用 geci init --db 地址",
     "check the address and your rights; make a new one with geci init --db ADDRESS")
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
