/* verb_audit.c - the verbs for whoever audits a store, or looks after it. */
#include "cmd/verb/verb_int.h"

#define LAST OPT_QUIET, OPT_LANG, OPT_HELP

const struct verb VERBS_AUDIT[] = {
    {.name = "audit verify",
     .group = GROUP_AUDIT,
     .operands = {"", ""},
     .run = cmd_audit_verify,
     .summary = {"核验数据库：有没有绕过程序的改动", "is the store what its acts made it?"},
     .detail = {"从第一个行为起，逐行重算摘要：编号不缺，首尾相连，每张表的每一行都与写入它的行为"
                "所记的相符；由别的表算出的表重新算一遍。单靠库内的记录，发现不了把整条链都重写过"
                "的改动；用 --anchor 给出存在别处的锚点，就能证明到锚点为止没有改动。没有问题时"
                "退出码为 0，有问题为 65。",
                "Computes every digest anew from the first act on: numbers without a gap, each act "
                "hashed with the one before, every row of every table as the act that wrote it "
                "sealed it, every derived table derived again. By itself a store cannot show a "
                "chain that was rewritten whole; --anchor with an anchor kept elsewhere proves "
                "that nothing changed up to it. Exit code 0 when all is well, 65 otherwise."},
     .example = "geci audit verify --db sqlite:zjg.db\n"
                "geci audit verify --db sqlite:zjg.db --anchor 2026-11.txt --key 3b6a27bc…",
     .opts = {OPT_DB, OPT_ANCHOR, OPT_KEY, OPT_JSON, LAST}},
    {.name = "audit list",
     .group = GROUP_AUDIT,
     .operands = {"", ""},
     .run = cmd_audit_list,
     .summary = {"谁在什么时候做了什么", "who did what, and when"},
     .detail = {"一行一个行为，按编号排列。", "A line for each act, in order."},
     .example = "geci audit list --db sqlite:zjg.db --who 张三 --since 2026-11-01",
     .opts = {OPT_DB, OPT_COUNTY, OPT_WHO, OPT_VERB, OPT_OBJECT, OPT_SINCE, OPT_UNTIL, LAST}},
    {.name = "audit show",
     .group = GROUP_AUDIT,
     .operands = {"编号", "NUMBER"},
     .min = 1,
     .max = 1,
     .run = cmd_audit_show,
     .summary = {"一个行为的全部内容", "all about one act"},
     .detail = {"谁、何时、做了什么，写入了哪些表各多少行，摘要是什么。",
                "Who, when and what, which tables it wrote how many rows to, and the digests."},
     .example = "geci audit show 17 --db sqlite:zjg.db",
     .opts = {OPT_DB, OPT_COUNTY, OPT_JSON, LAST}},
    {.name = "audit export",
     .group = GROUP_AUDIT,
     .operands = {"", ""},
     .run = cmd_audit_export,
     .summary = {"导出行为，每行一个 JSON 对象", "the acts as JSON Lines"},
     .detail = {"连同摘要，供别的程序核对或长期保存。",
                "With their digests, for other programs to check or to keep for long."},
     .example = "geci audit export --db sqlite:zjg.db -o 行为.jsonl",
     .opts = {OPT_DB, OPT_COUNTY, OPT_WHO, OPT_VERB, OPT_OBJECT, OPT_SINCE, OPT_UNTIL, OPT_OUTPUT,
              LAST}},
    {.name = "audit key",
     .group = GROUP_AUDIT,
     .operands = {"", ""},
     .run = cmd_audit_key,
     .summary = {"生成签名密钥，或显示已有密钥的公钥",
                 "make a signing key, or show its public key"},
     .detail = {"-o 生成一把 Ed25519 私钥，文件只有本人可读，已有的文件不会覆盖；显示的公钥交给审计"
                "方保存。--key 显示已有私钥的公钥。",
                "-o makes an Ed25519 private key in a file that only you may read and never "
                "overwrites one; the public key it shows is for the auditors to keep. --key shows "
                "the public key of one that you have."},
     .example = "geci audit key -o 审计.pem\ngeci audit key --key 审计.pem",
     .opts = {OPT_KEY, OPT_OUTPUT, LAST}},
    {.name = "audit sign",
     .group = GROUP_AUDIT,
     .operands = {"", ""},
     .run = cmd_audit_sign,
     .summary = {"给链头签名，存进库里", "sign the head of the chain, in the store"},
     .detail = {"签名本身也是一个行为。想要别人也能证明，还要用 geci audit anchor 把锚点存到别处。",
                "Signing is an act itself. For others to be sure, keep an anchor elsewhere too: "
                "geci audit anchor."},
     .example = "geci audit sign --db sqlite:zjg.db --key 审计.pem",
     .opts = {OPT_DB, OPT_COUNTY, OPT_ACTOR, OPT_KEY, LAST}},
    {.name = "audit anchor",
     .group = GROUP_AUDIT,
     .operands = {"", ""},
     .run = cmd_audit_anchor,
     .summary = {"写出锚点：链头的摘要，交给别人保存",
                 "write anchors: the heads of the chains, for others to keep"},
     .detail = {"每个县（或 --county 指明的县）一行文字，可以打印、发邮件、贴在公告里。收到的人"
                "不需要信任数据库：以后凭它"
                "就能证明此前的记录一字未改。给出 --key 就签上名。不写数据库。",
                "A line of text for each county, or the one of --county, to be printed, mailed or "
                "posted. Whoever keeps it need not trust the store: later it proves "
                "that nothing before it was changed. "
                "Signed when --key is given. Writes nothing to the store."},
     .example = "geci audit anchor --db sqlite:zjg.db --key 审计.pem -o 锚点-2026-11.txt",
     .opts = {OPT_DB, OPT_COUNTY, OPT_KEY, OPT_OUTPUT, OPT_JSON, LAST}},
    {.name = "audit schema",
     .group = GROUP_AUDIT,
     .operands = {"", ""},
     .run = cmd_audit_schema,
     .summary = {"哪些表、哪些列受核验，供别的核验程序用",
                 "which tables and columns are verified, for other verifiers"},
     .detail = {"JSON：每张受封存的表的列及其次序，分片保存的表，由语句算出的表。",
                "JSON: the columns of each sealed table in their order, tables of pieces, tables "
                "that a statement derives."},
     .example = "geci audit schema",
     .opts = {LAST}},
    {.name = "backup",
     .group = GROUP_STORE,
     .operands = {"", ""},
     .run = cmd_backup,
     .summary = {"备份数据库，不用停", "a copy of the store, while it is in use"},
     .detail =
         {"写出一个完整的文件，逐页检查过；旁边的“文件.manifest”记着它的摘要和各县的锚点。已有的"
          "文件不会覆盖。PostgreSQL 的备份见 docs/operate.md。",
          "Writes one whole file, its pages checked; FILE.manifest beside it has its digest "
          "and an anchor of each county. Never overwrites a file. For PostgreSQL see "
          "docs/operate.md."},
     .example = "geci backup --db sqlite:zjg.db -o 备份/zjg-2026-11-22.db",
     .opts = {OPT_DB, OPT_OUTPUT, LAST}},
    {.name = "restore",
     .group = GROUP_STORE,
     .operands = {"备份文件", "FILE"},
     .min = 1,
     .max = 1,
     .run = cmd_restore,
     .summary = {"从备份恢复出一个数据库", "a store from a backup"},
     .detail = {"先核对摘要和整条行为链，都对才放到 --db 所指的位置；那里已有数据库就不动。",
                "Checks the digest and the whole chain of acts first, and only then puts the store "
                "where --db says; a store that is there already is left alone."},
     .example = "geci restore 备份/zjg-2026-11-22.db --db sqlite:新.db",
     .opts = {OPT_DB, LAST}},
    {.name = "migrate",
     .group = GROUP_STORE,
     .operands = {"", ""},
     .run = cmd_migrate,
     .summary = {"把数据库的结构升级到本程序的版本",
                 "bring the schema of a store up to this program's"},
     .detail =
         {"每一步是一个事务，不成就原样不动；SQLite 先在旁边留一份备份。--dry-run 试走一遍再全部"
          "撤销。",
          "Each step is one transaction, and when one fails the store is as it was; of SQLite "
          "a backup is made beside it first. --dry-run goes all the way and undoes it."},
     .example = "geci migrate --db sqlite:zjg.db --dry-run",
     .opts = {OPT_DB, OPT_DRY_RUN, LAST}},
    {.name = NULL},
};
