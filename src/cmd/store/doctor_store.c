/* doctor_store.c - the verb `doctor`, on a store: does it open, is it whole, is there room? */
#include "base/arena.h"
#include "base/moment.h"
#include "base/str.h"
#include "cmd/cli.h"
#include "cmd/store/doctor.h"
#include "cmd/store/store.h"
#include "db/backup.h"
#include "db/raw.h"
#include "os/clock.h"

static const int64_t MIB = 1 << 20, FREE_LEAST = INT64_C(256) << 20,
                     HOUR = INT64_C(3600) * MOMENT_SECOND;

static void check_statements(struct doctor *d, struct cli *c, struct db_conn *conn)
{
    int n = db_statement_n();
    for (int i = 0; i < n; i++) {
        if (db_statement_check(conn, i) != OK) {
            doctor_tell(d, "语句", "statements", false,
                        arena_fmt(c->arena, "%s: %s", db_statement_name(i), db_fault(conn)->text));
            return;
        }
    }
    doctor_tell(d, "语句", "statements", true, arena_fmt(c->arena, "%d", n));
}

static void check_health(struct doctor *d, struct cli *c, struct db_conn *conn)
{
    struct db_health h;
    if (db_health(conn, c->arena, &h) != OK) {
        doctor_tell(d, "数据页", "pages", false, str_of(db_fault(conn)->text));
        return;
    }
    doctor_tell(d, "数据页", "pages", str_eq(h.pages, S("ok")), h.pages);
    if (h.bytes < 0)
        return;
    doctor_remark(d, "大小", "size",
                  arena_fmt(c->arena, ZE(c, "%lld MiB，日志 %lld MiB", "%lld MiB, log %lld MiB"),
                            (long long)(h.bytes / MIB),
                            (long long)(h.wal_bytes < 0 ? 0 : h.wal_bytes / MIB)));
    doctor_tell(d, "剩余空间", "free space",
                h.free_bytes > FREE_LEAST && h.free_bytes > h.bytes / 10,
                arena_fmt(c->arena, "%lld MiB", (long long)(h.free_bytes / MIB)));
}

/* The chain, and whether the last act lies in the future: then some clock was wrong. */
static void check_chain(struct doctor *d, struct cli *c, struct store *s)
{
    struct audit_asked q = store_asked(c);
    struct audit_found f;
    int64_t last = 0;
    enum status st = audit_verify(s->conn, c->arena, &f, &q, &s->diags);
    Str text = st != OK ? str_of(db_fault(s->conn)->text)
               : s->diags.error_n > 0
                   ? arena_fmt(c->arena,
                               ZE(c, "%zu 处问题，见 geci audit verify",
                                  "%zu things wrong, see geci audit verify"),
                               s->diags.error_n)
                   : arena_fmt(c->arena, ZE(c, "%lld 个行为，%lld 行", "%lld acts, %lld rows"),
                               (long long)f.acts, (long long)f.rows);
    doctor_tell(d, "行为链", "chain of acts", st == OK && s->diags.error_n == 0, text);
    for (size_t i = 0; i < f.chain_n; i++)
        last = f.chain[i].last_us > last ? f.chain[i].last_us : last;
    if (last > 0)
        doctor_tell(d, "最后行为", "last act", last < clock_us() + HOUR,
                    moment_str(c->arena, last, ZONE_CHINA));
}

void doctor_store(struct doctor *d, struct cli *c)
{
    struct store s;
    int exit = store_look(c, &s);
    doctor_tell(d, "数据库", "store", exit == 0, store_url(c));
    if (exit != 0)
        return;
    doctor_remark(d, "结构", "schema",
                  arena_fmt(c->arena, ZE(c, "第 %d 版", "version %d"), db_schema_before(s.db)));
    if (db_begin(s.conn) == OK) {
        check_statements(d, c, s.conn);
        check_health(d, c, s.conn);
        db_rollback(s.conn);
    }
    check_chain(d, c, &s);
    store_close(&s);
}
