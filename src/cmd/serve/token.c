/* token.c - the verbs `token ..`. */
#include "access/token.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/moment.h"
#include "base/str.h"
#include "cmd/serve/access.h"
#include "explain/layout.h"
#include "os/term.h"
#include "sql.h"

enum { DAYS_DEFAULT = 90 };

static bool read_scopes(struct cli *c, uint32_t *out)
{
    Str rest = c->args.given[OPT_SCOPES] ? c->args.value[OPT_SCOPES] : S("read");
    *out = 0;
    while (rest.n > 0) {
        uint32_t scope = token_scope_find(str_trim(str_cut(&rest, ',')));
        if (scope == 0)
            return false;
        *out |= scope;
    }
    return *out != 0;
}

int cmd_token_new(struct cli *c)
{
    static const int64_t DAY_US = INT64_C(86400) * MOMENT_SECOND;
    struct access_work w;
    struct token_new in = {.title = c->args.value[OPT_TITLE]};
    char text[TOKEN_TEXT_N + 1];
    int64_t number = 0;
    int days = DAYS_DEFAULT;
    if (c->args.given[OPT_DAYS] && !args_int(c->args.value[OPT_DAYS], &days))
        return cli_usage(c, "%s", ZE(c, "--days 是天数", "--days is a number of days"));
    if (!read_scopes(c, &in.scopes))
        return cli_usage(
            c, "%s",
            ZE(c,
               "--scopes 从 read write import export run ledger rules admin screen 里选，逗号分隔",
               "--scopes are of read write import export run ledger rules admin screen, "
               "with commas"));
    int exit = access_work_open(c, &w, true);
    if (exit != 0)
        return exit;
    enum status st = access_work_account(c, &w, &in.account);
    in.until_us = w.desk.act->at_us + days * DAY_US;
    if (st == OK)
        st = token_make(&w.desk, &in, text, &number);
    Str shown = arena_fmt(c->arena, "%lld", (long long)number);
    exit = access_work_end(
        c, &w, st, (struct act_words){.verb = S("token.new"), .object = shown, .body = S("{}")});
    if (exit != 0)
        return exit;
    cli_warn(c, ZE(c, "令牌 %.*s 只显示这一次：", "token %.*s is shown this once:"),
             STR_ARG(shown));
    buf_fmt(&c->out, "%s\n", text);
    secret_wipe(text, sizeof text);
    return 0;
}

int cmd_token_revoke(struct cli *c)
{
    struct access_work w;
    uint64_t number;
    if (!args_u64(c->args.operand[0], &number) || number > INT64_MAX)
        return cli_usage(c, "%s",
                         ZE(c, "编号见 geci token list", "see geci token list for numbers"));
    int exit = access_work_open(c, &w, true);
    if (exit != 0)
        return exit;
    enum status st = token_end(&w.desk, 0, (int64_t)number);
    return access_work_end(c, &w, st,
                           (struct act_words){.verb = S("token.revoke"),
                                              .object = c->args.operand[0],
                                              .body = S("{}")});
}

static Str scopes_str(struct cli *c, uint32_t scopes)
{
    struct buf b;
    buf_init(&b, c->arena, BUF_MAX);
    for (uint32_t bit = 1; bit <= TOKEN_ALL; bit <<= 1)
        if ((scopes & bit) != 0)
            buf_fmt(&b, "%s%.*s", b.n > 0 ? "," : "", STR_ARG(token_scope_word(bit)));
    return buf_str(&b);
}

static enum status list(struct cli *c, struct store *s, struct grid *g)
{
    struct db_rows rows;
    struct sql_api_token_all_row row;
    TRY(sql_api_token_all(s->conn, &(struct sql_api_token_all){s->county, 0}, &rows));
    while (sql_api_token_all_next(&rows, &row)) {
        if (row.ended > 0)
            continue;
        grid_cell(g, arena_fmt(c->arena, "%lld", (long long)row.token));
        grid_cell(g, arena_copy(c->arena, row.name));
        grid_cell(g, arena_copy(c->arena, row.title));
        grid_cell(g, scopes_str(c, (uint32_t)row.scopes));
        grid_cell(g, day_str(c->arena, moment_day(row.until_us, ZONE_CHINA)));
        grid_cell(g, row.used.set && row.used.v > 0 ? day_str(c->arena, (Day)row.used.v) : S(""));
    }
    return db_rows_end(&rows);
}

int cmd_token_list(struct cli *c)
{
    struct store s;
    struct grid g;
    int exit = store_open(c, &s, DB_READ);
    if (exit != 0)
        return exit;
    grid_open(&g, c->arena);
    grid_column(&g, str_of(ZE(c, "编号", "number")), true, 0);
    grid_column(&g, str_of(ZE(c, "账号", "account")), false, 0);
    grid_column(&g, str_of(ZE(c, "用途", "title")), false, 24);
    grid_column(&g, str_of(ZE(c, "范围", "scopes")), false, 0);
    grid_column(&g, str_of(ZE(c, "到哪天", "until")), false, 0);
    grid_column(&g, str_of(ZE(c, "最后用过", "last used")), false, 0);
    enum status st = list(c, &s, &g);
    if (st != OK)
        return store_fail(c, &s, st);
    (void)grid_print(&c->out, &g, 0,
                     (size_t)term_columns()); /* what does not fit is for wider ones */
    store_close(&s);
    return 0;
}
