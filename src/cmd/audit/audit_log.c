/* audit_log.c - the verbs that show acts: `audit list`, `audit show`, `audit export`. */
#include "audit/act.h"
#include "audit/verify.h"
#include "base/arena.h"
#include "base/json.h"
#include "base/moment.h"
#include "base/str.h"
#include "cmd/cli.h"
#include "cmd/store/store.h"
#include "explain/layout.h"
#include "os/clock.h"
#include "os/out.h"
#include "os/term.h"
#include "sql.h"

enum { LIST_MAX = 2000, EXPORT_CHUNK = 1 << 20 };

/* A day of an option as the moment it began, or with `after` the next one did. */
static int read_day(struct cli *c, enum opt o, bool after, int64_t *at_us)
{
    Day day;
    if (!c->args.given[o])
        return 0;
    if (!day_parse(&day, c->args.value[o]))
        return cli_usage(c,
                         ZE(c, "--%s 要写成 2026-11-01 这样的日期，不是“%.*s”",
                            "--%s is a day such as 2026-11-01, not “%.*s”"),
                         option_info(o)->name, STR_ARG(c->args.value[o]));
    *at_us = moment_of_day(day + (after ? 1 : 0), ZONE_CHINA);
    return 0;
}

static Str given(const struct cli *c, enum opt o)
{
    return c->args.given[o] ? c->args.value[o] : NO_ARG;
}

static int read_filter(struct cli *c, const struct store *s, struct sql_act_find *f)
{
    *f = (struct sql_act_find){.county = s->county,
                               .actor = given(c, OPT_WHO),
                               .verb = given(c, OPT_VERB),
                               .object = given(c, OPT_OBJECT),
                               .from_us = INT64_MIN,
                               .to_us = INT64_MAX};
    int exit = read_day(c, OPT_SINCE, false, &f->from_us);
    return exit != 0 ? exit : read_day(c, OPT_UNTIL, true, &f->to_us);
}

static void list_row(struct cli *c, struct grid *g, const struct sql_act_find_row *row)
{
    grid_cell(g, arena_fmt(c->arena, "%lld", (long long)row->act));
    grid_cell(g, moment_str(c->arena, row->at_us, ZONE_CHINA));
    grid_cell(g, arena_copy(c->arena, row->actor));
    grid_cell(g, arena_copy(c->arena, row->verb));
    grid_cell(g, arena_copy(c->arena, row->object));
    grid_cell(g, str_eq(row->body, S("{}")) ? S("") : arena_copy(c->arena, row->body));
}

static enum status list(struct cli *c, struct store *s, const struct sql_act_find *f, int64_t *n)
{
    struct grid g;
    struct db_rows rows;
    struct sql_act_find_row row;
    grid_open(&g, c->arena);
    grid_column(&g, str_of(ZE(c, "编号", "no.")), true, 0);
    grid_column(&g, str_of(ZE(c, "时间", "when")), false, 0);
    grid_column(&g, str_of(ZE(c, "谁", "who")), false, 24);
    grid_column(&g, str_of(ZE(c, "做了什么", "did what")), false, 24);
    grid_column(&g, str_of(ZE(c, "对什么", "to what")), false, 40);
    grid_column(&g, str_of(ZE(c, "说明", "and")), false, 80);
    TRY(sql_act_find(s->conn, f, &rows));
    for (*n = 0; *n <= LIST_MAX && sql_act_find_next(&rows, &row); ++*n) {
        if (*n < LIST_MAX)
            list_row(c, &g, &row);
    }
    TRY(db_rows_end(&rows));
    (void)grid_print(&c->out, &g, 0, (size_t)term_columns()); /* what does not fit is in show */
    return OK;
}

int cmd_audit_list(struct cli *c)
{
    struct store s;
    struct sql_act_find f;
    int64_t n = 0;
    int exit = store_open(c, &s, DB_READ);
    if (exit != 0)
        return exit;
    exit = read_filter(c, &s, &f);
    enum status st = exit == 0 ? list(c, &s, &f, &n) : OK;
    if (st != OK)
        return store_fail(c, &s, st);
    if (exit == 0 && n > LIST_MAX)
        cli_warn(c,
                 ZE(c, "只列出前 %d 个；缩小范围，或用 geci audit export。",
                    "only the first %d; ask for less, or use geci audit export."),
                 LIST_MAX);
    store_close(&s);
    return exit;
}

static void write_seals(struct json *j, Str seals)
{
    json_key(j, S("seals"));
    json_arr(j);
    while (seals.n > 0) {
        Str line = str_cut(&seals, '\n');
        json_obj(j);
        json_kstr(j, "table", str_cut(&line, ' '));
        json_kstr(j, "rows", str_cut(&line, ' '));
        json_kstr(j, "digest", line);
        json_obj_end(j);
    }
    json_arr_end(j);
}

/* `body` is JSON, but JSON of others: it goes out as the text that was hashed. */
static void write_act(struct json *j, struct arena *a, Str county, const struct act_row *row,
                      Str hash)
{
    json_obj(j);
    json_kstr(j, "county", county);
    json_kint(j, "act", row->act);
    json_kstr(j, "at", moment_rfc3339(a, row->at_us, ZONE_UTC));
    json_kint(j, "at_us", row->at_us);
    json_kstr(j, "actor", row->actor);
    json_kstr(j, "verb", row->verb);
    json_kstr(j, "object", row->object);
    json_kstr(j, "body", row->body);
    write_seals(j, row->seals);
    json_kstr(j, "hash_by", row->hash_by == DIGEST_SM3 ? S("sm3") : S("sha256"));
    json_kstr(j, "prev", arena_hex(a, row->prev));
    json_kstr(j, "hash", arena_hex(a, hash));
    json_obj_end(j);
}

static enum status export_all(struct cli *c, struct store *s, const struct sql_act_find *f)
{
    struct db_rows rows;
    struct sql_act_find_row row;
    TRY(sql_act_find(s->conn, f, &rows));
    while (sql_act_find_next(&rows, &row)) {
        struct json j;
        ArenaMark mark = arena_mark(c->arena);
        struct buf line;
        buf_init(&line, c->arena, BUF_MAX);
        json_open(&j, &line, false);
        const struct act_row act = {row.act,    row.at_us, row.hash_by, row.actor, row.verb,
                                    row.object, row.body,  row.seals,   row.prev};
        write_act(&j, c->arena, s->county, &act, row.hash);
        buf_char(&line, '\n');
        if (c->file != NULL)
            out_write(c->file, buf_str(&line));
        else if (!out_stdout(buf_str(&line)))
            c->out_failed = true;
        arena_reset(c->arena, mark);
    }
    return db_rows_end(&rows);
}

int cmd_audit_export(struct cli *c)
{
    struct store s;
    struct sql_act_find f;
    int exit = store_open(c, &s, DB_READ);
    if (exit != 0)
        return exit;
    exit = read_filter(c, &s, &f);
    if (exit == 0)
        exit = cli_output_open(c);
    if (exit != 0) {
        store_close(&s);
        return exit;
    }
    enum status st = export_all(c, &s, &f);
    if (st != OK) {
        (void)cli_output_close(c, false); /* the old file stays */
        return store_fail(c, &s, st);
    }
    store_close(&s);
    return cli_output_close(c, true);
}

static void show_line(struct cli *c, const char *what, Str text)
{
    cli_paint(c, PAINT_DIM, str_of(what));
    buf_char(&c->out, ' ');
    buf_add(&c->out, text);
    buf_char(&c->out, '\n');
}

static void show(struct cli *c, const struct act_row *row, Str hash)
{
    show_line(c, ZE(c, "编号    ", "number  "), arena_fmt(c->arena, "%lld", (long long)row->act));
    show_line(c, ZE(c, "时间    ", "when    "), moment_str(c->arena, row->at_us, ZONE_CHINA));
    show_line(c, ZE(c, "谁      ", "who     "), row->actor);
    show_line(c, ZE(c, "做了什么", "did what"), row->verb);
    show_line(c, ZE(c, "对什么  ", "to what "), row->object);
    show_line(c, ZE(c, "说明    ", "and     "), row->body);
    for (Str left = row->seals; left.n > 0;) {
        Str line = str_cut(&left, '\n');
        Str table = str_cut(&line, ' '), n = str_cut(&line, ' ');
        show_line(c, ZE(c, "写入    ", "wrote   "),
                  arena_fmt(c->arena, ZE(c, "%.*s %.*s 行", "%.*s, %.*s rows"), STR_ARG(table),
                            STR_ARG(n)));
    }
    show_line(c, ZE(c, "摘要    ", "hash    "), arena_hex(c->arena, hash));
    show_line(c, ZE(c, "前一摘要", "before  "), arena_hex(c->arena, row->prev));
}

int cmd_audit_show(struct cli *c)
{
    struct store s;
    struct sql_act_get_row got;
    uint64_t no;
    if (!args_u64(c->args.operand[0], &no) || no > INT64_MAX)
        return cli_usage(c, ZE(c, "“%.*s”不是行为编号", "“%.*s” is no number of an act"),
                         STR_ARG(c->args.operand[0]));
    int exit = store_open(c, &s, DB_READ);
    if (exit != 0)
        return exit;
    enum status st =
        sql_act_get_one(s.conn, c->arena, &(struct sql_act_get){s.county, (int64_t)no}, &got);
    if (st == ERR_GONE) {
        store_close(&s);
        return cli_fail(c, st, ZE(c, "没有第 %llu 号行为", "there is no act %llu"),
                        (unsigned long long)no);
    }
    if (st != OK)
        return store_fail(c, &s, st);
    const struct act_row row = {(int64_t)no, got.at_us, got.hash_by, got.actor, got.verb,
                                got.object,  got.body,  got.seals,   got.prev};
    if (c->args.given[OPT_JSON]) {
        struct json j;
        json_open(&j, &c->out, true);
        write_act(&j, c->arena, s.county, &row, got.hash);
        buf_char(&c->out, '\n');
    } else {
        show(c, &row, got.hash);
    }
    store_close(&s);
    return 0;
}
