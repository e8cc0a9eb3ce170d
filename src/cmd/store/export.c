/* export.c - the verbs `export`, `snapshot` and `history`: facts out of a store. */
#include "audit/anchor.h"
#include "base/arena.h"
#include "base/hash.h"
#include "base/moment.h"
#include "base/str.h"
#include "cmd/listing.h"
#include "cmd/store/store.h"
#include "col/dataset.h"
#include "os/clock.h"
#include "record/record.h"

static int open_kind(struct cli *c, struct store *s, enum db_mode mode, struct rules **kind)
{
    Str name = c->args.operand[0];
    int code = store_open(c, s, mode);
    if (code != 0)
        return code;
    enum status st = mode == DB_WRITE ? db_begin(s->conn) : OK;
    if (st == OK)
        st = record_kind_get(s->conn, c->arena, kind, s->county, name, RECORD_NOW);
    if (mode == DB_WRITE)
        db_rollback(s->conn);
    if (st == OK)
        return 0;
    if (st != ERR_GONE)
        return store_fail(c, s, st);
    store_close(s);
    return cli_fail(c, st, ZE(c, "库里没有种类“%.*s”", "the store has no kind “%.*s”"),
                    STR_ARG(name));
}

static int read_day(struct cli *c, Day *day)
{
    *day = clock_today();
    if (c->args.given[OPT_AS_OF] && !day_parse(day, c->args.value[OPT_AS_OF]))
        return cli_usage(c,
                         ZE(c, "--as-of 要写成 2026-04-01 这样", "write --as-of like 2026-04-01"));
    return 0;
}

/* ---- export ---- */

enum { ID_WIDTH = 21 };

struct place {
    const struct field *field;
    const struct column *column;
};

/* Columns as the document has them, periods in order. */
static struct place *order_columns(struct arena *tmp, const struct rules *kind,
                                   const struct dataset *d, size_t *n)
{
    struct place *p = ARENA_ARRAY(tmp, struct place, d->column_n + 1);
    *n = 0;
    for (size_t i = 0; i < d->column_n; i++) {
        const struct column *c = &d->column[i];
        size_t at = *n;
        if (c->field == (uint32_t)kind->role[SUBJECT_ROLE_ID])
            continue;
        for (; at > 0 &&
               (p[at - 1].column->field > c->field ||
                (p[at - 1].column->field == c->field && p[at - 1].column->period > c->period));
             at--)
            p[at] = p[at - 1];
        p[at] = (struct place){&kind->field[c->field], c};
        ++*n;
    }
    return p;
}

static struct out_column *columns_of(struct cli *c, const struct rules *kind, const struct place *p,
                                     size_t n)
{
    struct out_column *col = ARENA_ARRAY(c->arena, struct out_column, n + 1);
    col[0].head = kind->field[kind->role[SUBJECT_ROLE_ID]].name;
    col[0].width = ID_WIDTH;
    for (size_t i = 0; i < n; i++) {
        struct buf head;
        enum type_kind of = p[i].field->type.kind;
        buf_init(&head, c->arena, BUF_MAX);
        record_show_head(&head, p[i].field, p[i].column->period);
        col[i + 1].head = buf_str(&head);
        col[i + 1].kind = of == TYPE_NUM ? OUT_NUMBER : of == TYPE_DAY ? OUT_DAY : OUT_TEXT;
    }
    return col;
}

/* Cells of a row: the texts stand on `tmp`. */
static void set_cells(struct out_cell *cell, struct arena *tmp, const struct place *p, size_t n,
                      const struct dataset *d, uint32_t row)
{
    cell[0].text = d->id[row];
    for (size_t i = 0; i < n; i++) {
        struct buf b;
        buf_init(&b, tmp, BUF_MAX);
        if (column_has(p[i].column, row))
            record_show_value(&b, p[i].field, d->labels, column_value(p[i].column, row));
        cell[i + 1].text = buf_str(&b);
    }
}

/* What a reader must know who has only the file. */
static void tell_facts(struct cli *c, struct listing *t, const struct store *s,
                       const struct rules *kind, Day day, int64_t act)
{
    bool all = c->args.given[OPT_ALL];
    char hex[65];
    struct buf on;
    sha256_hex(hex, kind->hash);
    buf_init(&on, c->arena, 32);
    day_print(&on, day);
    listing_fact(t, ZE(c, "查询", "query"),
                 arena_fmt(c->arena, "geci export %.*s --county %.*s --as-of %.*s%s",
                           STR_ARG(kind->name), STR_ARG(s->county), STR_ARG(buf_str(&on)),
                           all ? " --all" : ""));
    listing_fact(t, ZE(c, "县", "county"), s->county);
    listing_fact(t, ZE(c, "种类", "kind"), kind->name);
    listing_fact(t, ZE(c, "种类文档哈希", "document sha256"), arena_copy(c->arena, str_of(hex)));
    listing_fact(t, ZE(c, "数据日", "as of"), buf_str(&on));
    listing_fact(t, ZE(c, "截至行为", "until act"), arena_fmt(c->arena, "%lld", (long long)act));
    listing_fact(t, ZE(c, "范围", "which"),
                 str_of(all ? ZE(c, "全部", "all") : ZE(c, "在册", "in standing")));
    listing_fact(t, ZE(c, "程序", "engine"), S("geci " GECI_VERSION));
}

static int write_export(struct cli *c, struct listing *t, const struct rules *kind,
                        const struct dataset *d)
{
    size_t n;
    const struct place *p = order_columns(c->arena, kind, d, &n);
    struct out_cell *cell = ARENA_ARRAY(c->arena, struct out_cell, n + 1);
    int code = listing_open(t, c, kind->name, columns_of(c, kind, p, n), (uint32_t)n + 1);
    if (code != 0)
        return code;
    struct arena *tmp = arena_open();
    const ArenaMark mark = arena_mark(tmp);
    for (uint32_t row = 0; row < d->row_n; row++) {
        set_cells(cell, tmp, p, n, d, row);
        listing_row(t, cell);
        arena_reset(tmp, mark);
    }
    arena_close(tmp);
    return listing_close(t);
}

int cmd_export(struct cli *c)
{
    struct store s;
    struct rules *kind = NULL;
    struct record_facts x;
    struct anchor last;
    struct listing t = {.for_people = true};
    Day day;
    int code = read_day(c, &day);
    if (code == 0)
        code = open_kind(c, &s, DB_READ, &kind);
    if (code != 0 || kind == NULL)
        return code;
    enum status st = record_facts(s.conn, c->arena, &x,
                                  &(struct record_asked){.county = s.county,
                                                         .kind = kind->name,
                                                         .as = kind,
                                                         .day = day,
                                                         .until_act = RECORD_NOW,
                                                         .active = !c->args.given[OPT_ALL]});
    if (st == OK)
        st = anchor_last(s.conn, c->arena, &last, s.county);
    if (st != OK)
        return store_fail(c, &s, st);
    tell_facts(c, &t, &s, kind, day, last.act);
    code = write_export(c, &t, kind, x.data);
    store_close(&s);
    return code;
}

/* ---- snapshot ---- */

int cmd_snapshot(struct cli *c)
{
    struct store s;
    struct rules *kind = NULL;
    struct record_snapshot snap;
    char hex[65];
    Day day;
    int code = read_day(c, &day);
    if (code == 0)
        code = open_kind(c, &s, DB_WRITE, &kind);
    if (code != 0 || kind == NULL)
        return code;
    code = store_begin(c, &s);
    if (code != 0)
        return code;
    struct record r = record_of(&s.act);
    enum status st = record_snapshot_add(&r, c->arena, &snap, kind, day, RECORD_NOW);
    if (st != OK)
        return store_fail(c, &s, st);
    sha256_hex(hex, snap.hash);
    code =
        store_commit(c, &s, S("snapshot.take"), kind->name,
                     arena_fmt(c->arena, "{\"hash\":\"%s\",\"subjects\":%u}", hex, snap.subjects));
    if (code != 0)
        return code;
    if (c->args.given[OPT_OUTPUT]) {
        code = cli_output_open(c);
        buf_add(&c->out, snap.text);
        code = code == 0 ? cli_output_close(c, true) : code;
    }
    if (code == 0 && !c->quiet)
        buf_fmt(&c->out, ZE(c, "%s  %.*s %u 个\n", "%s  %.*s %u\n"), hex, STR_ARG(kind->name),
                snap.subjects);
    store_close(&s);
    return code;
}

/* ---- history ---- */

static void put_entry(struct cli *c, const struct rules *kind, const struct record_entry *e)
{
    struct buf *b = &c->out;
    static const char *const verdicts[][2] = {
        [RECORD_VERIFIED] = {"核实", "verified"}, [RECORD_RETURNED] = {"退回", "returned"}};
    buf_add(b, e->holds ? S("* ") : S("  "));
    buf_add(b, e->column);
    buf_add(b, S(" = "));
    record_show_entry(b, c->arena, kind, e);
    buf_fmt(b, ZE(c, "，第 %lld 号行为 ", ", act %lld "), (long long)e->act);
    buf_add(b, moment_str(c->arena, e->at_us, ZONE_CHINA));
    buf_fmt(b, ZE(c, "，%.*s 报，来源 %.*s", ", by %.*s, from %.*s"), STR_ARG(e->reporter),
            STR_ARG(e->source));
    if (e->at > 0)
        buf_fmt(b, ZE(c, " 第 %lld 行", " line %lld"), (long long)e->at);
    if (e->verdict != 0)
        buf_fmt(b, ZE(c, "，%.*s %s%s%.*s", ", %.*s %s%s%.*s"), STR_ARG(e->judge),
                verdicts[e->verdict][c->lang], e->why.n > 0 ? " " : "", STR_ARG(e->why));
    if (e->evidence.n > 0)
        buf_fmt(b, ZE(c, "，佐证 %.*s", ", evidence %.*s"),
                STR_ARG(arena_hex(c->arena, e->evidence)));
    buf_char(b, '\n');
}

int cmd_history(struct cli *c)
{
    struct store s;
    struct rules *kind = NULL;
    struct record_entries all = {0};
    int64_t subject = 0;
    int code = open_kind(c, &s, DB_READ, &kind);
    if (code != 0)
        return code;
    Str id = c->args.operand[1], field = c->args.operand_n > 2 ? c->args.operand[2] : S("");
    enum status st = record_subject(s.conn, s.county, kind->name, id, &subject);
    if (st == ERR_GONE) {
        store_close(&s);
        return cli_fail(c, st, ZE(c, "“%.*s”里没有“%.*s”", "“%.*s” has no “%.*s”"),
                        STR_ARG(kind->name), STR_ARG(id));
    }
    if (st == OK)
        st = record_history(s.conn, c->arena, &all, s.county, subject, field);
    if (st != OK)
        return store_fail(c, &s, st);
    for (size_t i = 0; i < all.n; i++)
        put_entry(c, kind, &all.at[i]);
    store_close(&s);
    return 0;
}
