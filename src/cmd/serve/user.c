/* user.c - the verbs `user ..`: accounts, their roles, states and passwords. */
#include "access/account.h"
#include "access/password.h"
#include "access/totp.h"
#include "base/arena.h"
#include "base/json.h"
#include "base/moment.h"
#include "base/str.h"
#include "cmd/serve/access.h"
#include "explain/layout.h"
#include "os/clock.h"
#include "os/file.h"
#include "os/term.h"
#include "sql.h"

enum { PASSWORD_FILE_MAX = 1 << 12 };

/* The first line of a file. */
static int password_of_file(struct cli *c, Str *out)
{
    Str file = c->args.value[OPT_PASSWORD_FILE];
    int err = 0;
    enum status st = file_read(c->arena, out, file, PASSWORD_FILE_MAX, &err);
    if (st != OK)
        return cli_fail_file(c, st, file, err, false);
    Str rest = *out;
    *out = str_cut(&rest, '\n');
    if (str_ends(*out, S("\r")))
        out->n--;
    return 0;
}

/* Typed twice at the terminal; never on the command line, which others can see. */
static int password_typed(struct cli *c, Str *out)
{
    Str again;
    bool good = term_password(c->arena, out, str_of(ZE(c, "新口令：", "new password: "))) &&
                term_password(c->arena, &again, str_of(ZE(c, "再输一次：", "once more: ")));
    if (!good)
        return cli_usage(c, "%s",
                         ZE(c, "这里没有终端，口令请用 --password-file 给出",
                            "there is no terminal here: give the password with --password-file"));
    bool same = str_eq(*out, again);
    secret_wipe_str(again);
    return same
               ? 0
               : cli_fail(c, ERR_INPUT, "%s", ZE(c, "两次输入的口令不同。", "they are different."));
}

/* A password that will do for the account, hashed; nothing in clear is left. */
static int ask_password(struct cli *c, struct access *x, Str name, Str *kept)
{
    Str password = {0};
    struct diags ds;
    int exit = c->args.given[OPT_PASSWORD_FILE] ? password_of_file(c, &password)
                                                : password_typed(c, &password);
    if (exit != 0)
        return exit;
    enum password_fault fault = password_fault(password, name);
    if (fault == PASSWORD_FINE)
        *kept = password_hash(c->arena, x, password);
    secret_wipe_str(password);
    if (fault == PASSWORD_FINE)
        return kept->n > 0 ? 0
                           : cli_fail(c, ERR_LIMIT, "%s", ZE(c, "内存不够。", "out of memory."));
    diags_init(&ds, c->arena);
    (void)diag_add(&ds, DIAG_ACCESS_PASSWORD, (Span){0, 0}, password_fault_text(fault, true),
                   NO_ARG, password_fault_text(fault, false)); /* told next */
    cli_diags(c, &ds, S("geci"), NO_ARG);
    return EXIT_DATA;
}

static int read_role(struct cli *c, enum opt o, enum role *out)
{
    if (c->args.given[o] && role_find(c->args.value[o], out) && *out != ROLE_PUBLIC)
        return 0;
    return cli_usage(c, "%s",
                     ZE(c,
                        "要写明角色：officer 经办、reviewer 复核、leader 局领导、author 规则编制、"
                        "town 区镇、enterprise 企业、carrier 载体、institute 新型研发机构、expert "
                        "专家、judge 评审、bank 银行/基金、finance 财政、auditor 审计、"
                        "system_admin、security_admin、audit_admin 三员",
                        "name a role: officer reviewer leader author town enterprise carrier "
                        "institute expert judge bank finance auditor system_admin security_admin "
                        "audit_admin"));
}

/* The subject of --subject; 0 when it is not given. */
static enum status find_subject(struct cli *c, struct access_work *w, int64_t *out)
{
    struct sql_account_subject_row row;
    Str identity = c->args.value[OPT_SUBJECT];
    *out = 0;
    if (!c->args.given[OPT_SUBJECT])
        return OK;
    enum status st = sql_account_subject_one(
        w->store.conn, c->arena, &(struct sql_account_subject){w->store.county, identity}, &row);
    if (st == ERR_GONE)
        (void)diag_add(&w->store.diags, DIAG_ACCESS_SUBJECT, (Span){0, 0}, c->args.operand[0],
                       NO_ARG, NO_ARG); /* st says more */
    *out = st == OK ? row.subject : 0;
    return st;
}

static Str body_of(struct cli *c, const char *key, Str value)
{
    struct json j;
    struct buf b;
    buf_init(&b, c->arena, BUF_MAX);
    json_open(&j, &b, false);
    json_obj(&j);
    if (value.n > 0)
        json_kstr(&j, key, value);
    json_obj_end(&j);
    return buf_str(&b);
}

static enum status add(struct cli *c, struct access_work *w, enum role role, Str kept)
{
    int64_t account = 0;
    struct account in = {.name = c->args.operand[0],
                         .title = c->args.value[OPT_TITLE],
                         .side = role_side(role),
                         .locality = c->args.value[OPT_LOCALITY],
                         .organisation = c->args.value[OPT_ORGANISATION]};
    TRY(find_subject(c, w, &in.subject));
    TRY(account_add(&w->desk, &in, role, &account));
    return account_password(&w->desk, account, kept, true, 0);
}

int cmd_user_add(struct cli *c)
{
    struct access_work w;
    enum role role = ROLE_PUBLIC;
    Str kept = {0};
    int exit = read_role(c, OPT_ROLE, &role);
    if (exit == 0)
        exit = access_key_open(c, &w.access);
    if (exit != 0)
        return exit;
    exit = ask_password(c, w.access, c->args.operand[0], &kept);
    access_close(w.access);
    if (exit == 0)
        exit = access_work_open(c, &w, true);
    if (exit != 0)
        return exit;
    enum status st = add(c, &w, role, kept);
    exit = access_work_end(
        c, &w, st,
        (struct act_words){.verb = S("account.add"),
                           .object = c->args.operand[0],
                           .body = body_of(c, "role", str_of(role_name(role)->word))});
    if (exit == 0)
        buf_fmt(
            &c->out,
            ZE(c, "已开账号 %.*s（%s）；第一次登录时要改口令。\n",
               "account %.*s (%s) is open; its password has to be changed at the first login.\n"),
            STR_ARG(c->args.operand[0]), ZE(c, role_name(role)->zh, role_name(role)->en));
    return exit;
}

int cmd_user_passwd(struct cli *c)
{
    struct access_work w;
    int64_t account = 0;
    Str kept = {0}, name = account_name_fold(c->arena, c->args.operand[0]);
    int exit = access_key_open(c, &w.access);
    if (exit != 0)
        return exit;
    exit = ask_password(c, w.access, name, &kept);
    access_close(w.access);
    if (exit == 0)
        exit = access_work_open(c, &w, true);
    if (exit != 0)
        return exit;
    enum status st = access_work_account(c, &w, &account);
    if (st == OK)
        st = account_password(&w.desk, account, kept, true, 0);
    return access_work_end(
        c, &w, st,
        (struct act_words){.verb = S("account.password"), .object = name, .body = S("{}")});
}

int cmd_user_role(struct cli *c)
{
    struct access_work w;
    enum role role = ROLE_PUBLIC;
    int64_t account = 0;
    bool take = c->args.given[OPT_NO_ROLE];
    if (take && c->args.given[OPT_ROLE])
        return cli_usage(c, "%s",
                         ZE(c, "--role 和 --no-role 一次只办一样", "give or take, one at a time"));
    int exit = read_role(c, take ? OPT_NO_ROLE : OPT_ROLE, &role);
    if (exit == 0)
        exit = access_work_open(c, &w, false);
    if (exit != 0)
        return exit;
    enum status st = access_work_account(c, &w, &account);
    if (st == OK)
        st = account_role(&w.desk, account, role, !take);
    return access_work_end(
        c, &w, st,
        (struct act_words){.verb = take ? S("account.take") : S("account.give"),
                           .object = account_name_fold(c->arena, c->args.operand[0]),
                           .body = body_of(c, "role", str_of(role_name(role)->word))});
}

static int set_state(struct cli *c, enum account_state state, Str verb)
{
    struct access_work w;
    int64_t account = 0;
    Str why = c->args.value[OPT_NOTE];
    int exit = access_work_open(c, &w, false);
    if (exit != 0)
        return exit;
    enum status st = access_work_account(c, &w, &account);
    if (st == OK)
        st = account_state(&w.desk, account, state, why.n > 0 ? why : S(""));
    return access_work_end(
        c, &w, st,
        (struct act_words){.verb = verb,
                           .object = account_name_fold(c->arena, c->args.operand[0]),
                           .body = body_of(c, "why", why)});
}

int cmd_user_lock(struct cli *c)
{
    return set_state(c, ACCOUNT_LOCKED, S("account.lock"));
}

int cmd_user_unlock(struct cli *c)
{
    return set_state(c, ACCOUNT_OPEN, S("account.unlock"));
}

int cmd_user_close(struct cli *c)
{
    return set_state(c, ACCOUNT_CLOSED, S("account.close"));
}

int cmd_user_totp_off(struct cli *c)
{
    struct access_work w;
    int64_t account = 0;
    int exit = access_work_open(c, &w, true);
    if (exit != 0)
        return exit;
    enum status st = access_work_account(c, &w, &account);
    if (st == OK) {
        st = totp_drop(&w.desk, account);
        if (st == ERR_GONE)
            (void)diag_add(&w.store.diags, DIAG_ACCESS_NO_TOTP, (Span){0, 0}, c->args.operand[0],
                           NO_ARG, NO_ARG); /* st says more */
    }
    return access_work_end(
        c, &w, st,
        (struct act_words){.verb = S("account.totp-off"),
                           .object = account_name_fold(c->arena, c->args.operand[0]),
                           .body = S("{}")});
}

/* --- the list --- */

static Str roles_str(struct cli *c, uint32_t roles, uint32_t lent)
{
    struct buf b;
    buf_init(&b, c->arena, BUF_MAX);
    for (unsigned i = 0; i < ROLE_N; i++) {
        if (((roles | lent) & ROLE_BIT(i)) == 0)
            continue;
        const struct role_name *name = role_name((enum role)i);
        bool borrowed = (roles & ROLE_BIT(i)) == 0;
        buf_fmt(&b, "%s%s%s", b.n > 0 ? ZE(c, "、", ", ") : "", ZE(c, name->zh, name->en),
                borrowed ? ZE(c, "（受托）", " (lent)") : "");
    }
    return buf_str(&b);
}

static Str whose(const struct sql_account_all_row *row)
{
    return row->locality.n > 0       ? row->locality
           : row->organisation.n > 0 ? row->organisation
                                     : row->identity;
}

static enum status list(struct cli *c, struct store *s, struct grid *g, bool brief)
{
    static const char *const STATES[][2] = {
        {"", ""}, {"", ""}, {"停用", "locked"}, {"注销", "closed"}};
    struct db_rows rows;
    struct sql_account_all_row row;
    Day today = moment_day(clock_us(), ZONE_CHINA);
    TRY(sql_account_all(s->conn, &(struct sql_account_all){s->county, 0, INT32_MAX, S("")}, &rows));
    while (sql_account_all_next(&rows, &row)) {
        uint32_t own, lent;
        int64_t account = row.account;
        grid_cell(g, arena_copy(c->arena, row.name));
        grid_cell(g, arena_copy(c->arena, row.title));
        Str place = arena_copy(c->arena, whose(&row));
        const char *state = STATES[row.state][c->lang == LANG_ZH ? 0 : 1];
        bool second = row.second > 0;
        TRY(account_roles(s->conn, s->county, account, today, &own, &lent));
        grid_cell(g, roles_str(c, own, lent));
        grid_cell(g, place);
        if (brief)
            continue;
        grid_cell(g, second ? str_of(ZE(c, "有", "yes")) : S(""));
        grid_cell(g, str_of(state));
    }
    return db_rows_end(&rows);
}

enum status user_table(struct cli *c, struct store *s, bool brief)
{
    struct grid g;
    grid_open(&g, c->arena);
    grid_column(&g, str_of(ZE(c, "账号", "name")), false, 0);
    grid_column(&g, str_of(ZE(c, "是谁", "title")), false, 24);
    grid_column(&g, str_of(ZE(c, "角色", "roles")), false, 0);
    grid_column(&g, str_of(ZE(c, "属于", "of")), false, 24);
    if (!brief) {
        grid_column(&g, str_of(ZE(c, "动态口令", "second factor")), false, 0);
        grid_column(&g, str_of(ZE(c, "状态", "state")), false, 0);
    }
    TRY(list(c, s, &g, brief));
    (void)grid_print(&c->out, &g, brief ? 2 : 0,
                     (size_t)term_columns()); /* what does not fit is for wider ones */
    return OK;
}

int cmd_user_list(struct cli *c)
{
    struct store s;
    int exit = store_open(c, &s, DB_READ);
    if (exit != 0)
        return exit;
    enum status st = user_table(c, &s, false);
    if (st != OK)
        return store_fail(c, &s, st);
    store_close(&s);
    return 0;
}
