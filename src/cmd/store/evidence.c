/* evidence.c - the verb `evidence get`: what was kept with facts, read back. */
#include "base/arena.h"
#include "base/str.h"
#include "cmd/store/store.h"
#include "os/term.h"
#include "record/record.h"
#include "sql.h"

enum { PREFIX_MIN = 8 };

/* The content whose hash begins so; ERR_GONE: none, ERR_INPUT: several. */
static enum status find(struct store *s, struct arena *keep, Str prefix, Sha256 *out)
{
    struct db_rows rows;
    struct sql_content_all_row row;
    size_t n = 0;
    TRY(sql_content_all(s->conn, &(struct sql_content_all){s->county}, &rows));
    while (sql_content_all_next(&rows, &row))
        if (row.hash.n == sizeof out->byte && str_starts(arena_hex(keep, row.hash), prefix)) {
            for (size_t i = 0; i < row.hash.n; i++)
                out->byte[i] = (unsigned char)row.hash.p[i];
            n++;
        }
    TRY(db_rows_end(&rows));
    return n == 1 ? OK : n == 0 ? ERR_GONE : ERR_INPUT;
}

static int say_missing(struct cli *c, enum status st, Str hash)
{
    if (st == ERR_INPUT)
        return cli_fail(c, st,
                        ZE(c, "以“%.*s”开头的不止一份，请多写几位",
                           "several begin with “%.*s”; write more of it"),
                        STR_ARG(hash));
    return cli_fail(c, st, ZE(c, "库里没有“%.*s”这份内容", "the store has no content “%.*s”"),
                    STR_ARG(hash));
}

int cmd_evidence_get(struct cli *c)
{
    struct store s;
    Sha256 hash;
    Str bytes, prefix = c->args.operand[0];
    if (prefix.n < PREFIX_MIN)
        return cli_usage(c, ZE(c, "哈希至少写前 %d 位", "write at least %d digits of the hash"),
                         PREFIX_MIN);
    if (!c->args.given[OPT_OUTPUT] && term_is_tty(TERM_OUT))
        return cli_usage(c, "%s", ZE(c, "还缺写到哪里：-o 文件。", "-o FILE is missing."));
    int code = store_open(c, &s, DB_READ);
    if (code != 0)
        return code;
    enum status st = find(&s, c->arena, prefix, &hash);
    if (st == ERR_GONE || st == ERR_INPUT) {
        store_close(&s);
        return say_missing(c, st, prefix);
    }
    if (st == OK)
        st = content_get(s.conn, c->arena, &bytes, s.county, hash, CONTENT_MAX);
    if (st != OK)
        return store_fail(c, &s, st);
    store_close(&s);
    code = cli_output_open(c);
    if (code != 0)
        return code;
    buf_add(&c->out, bytes);
    return cli_output_close(c, true);
}
