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
