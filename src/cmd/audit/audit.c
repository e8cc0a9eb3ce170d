/* audit.c - the verb `audit verify`. */

#include <string.h>

#include "base/arena.h"
#include "base/json.h"
#include "base/moment.h"
#include "base/str.h"
#include "cmd/cli.h"
#include "cmd/store/store.h"
#include "os/clock.h"
#include "os/file.h"

enum { ANCHOR_FILE_MAX = 16 << 20 };

struct asked {
    struct audit_asked q;
    struct anchor *anchor;
    size_t anchor_n;
    SignKey key;
    struct cli *c;
};

static int read_anchors(struct cli *c, struct asked *a, Str file, struct diags *ds)
{
    Str text;
    int err = 0;
    size_t before = a->anchor_n;
    enum status st = file_read(c->arena, &text, file, ANCHOR_FILE_MAX, &err);
    if (st != OK)
        return cli_fail_file(c, st, file, err, false);
    if (!anchor_read(c->arena, &a->anchor, &a->anchor_n, text))
        (void)diag_add(ds, DIAG_AUDIT_ANCHOR_FILE, (Span){0, 0}, file, NO_ARG, NO_ARG); /* told */
    else if (a->anchor_n == before)
        (void)diag_add(ds, DIAG_AUDIT_NO_ANCHOR, (Span){0, 0}, file, NO_ARG, NO_ARG); /* told */
    for (size_t i = before; i < a->anchor_n; i++)
        a->anchor[i].file = file;
    return 0;
}

/* What to verify against. */
static int read_asked(struct cli *c, struct asked *a, struct diags *ds)
{
    const struct args *args = &c->args;
    *a = (struct asked){.c = c};
    for (size_t i = 0; i < args->set_n; i++) {
        int exit = read_anchors(c, a, args->set[i], ds);
        if (exit != 0)
            return exit;
    }
    if (args->given[OPT_KEY] && !str_unhex(a->key.byte, SIGN_KEY_N, args->value[OPT_KEY]))
        (void)diag_add(ds, DIAG_AUDIT_KEY_FILE, (Span){0, 0}, args->value[OPT_KEY], NO_ARG,
                       NO_ARG); /* told */
    a->q = store_asked(c);
    a->q.anchor = a->anchor;
    a->q.anchor_n = a->anchor_n;
    a->q.key = args->given[OPT_KEY] ? &a->key : NULL;
    return 0;
}

static void print_chain(struct cli *c, const struct audit_chain *k)
{
    buf_fmt(&c->out,
            ZE(c, "县 %.*s：%lld 个行为，最后是第 %lld 号（%.*s）",
               "county %.*s: %lld acts, the last is %lld (%.*s)"),
            STR_ARG(k->county), (long long)k->acts, (long long)k->last,
            STR_ARG(moment_str(c->arena, k->last_us, ZONE_CHINA)));
    if (k->anchored > 0)
        buf_fmt(&c->out, ZE(c, "；锚点证明到第 %lld 号", "; anchored up to %lld"),
                (long long)k->anchored);
    buf_char(&c->out, '\n');
    if (k->bad > 0)
        buf_fmt(&c->out,
                ZE(c, "    从第 %lld 号（%.*s）起不可信。\n",
                   "    not to be trusted from %lld (%.*s) on.\n"),
                (long long)k->bad, STR_ARG(moment_str(c->arena, k->bad_us, ZONE_CHINA)));
}

static void print_text(struct cli *c, const struct audit_found *f, const struct asked *a,
                       size_t wrong, int64_t ms)
{
    for (size_t i = 0; i < f->chain_n; i++)
        print_chain(c, &f->chain[i]);
    buf_fmt(&c->out,
            ZE(c,
               "共 %lld 个行为、%lld 行记录、%lld 个签名，%lld 个锚点相符；用时 %lld.%03lld 秒\n",
               "%lld acts, %lld rows, %lld signatures, %lld anchors met; %lld.%03lld s\n"),
            (long long)f->acts, (long long)f->rows, (long long)f->signatures, (long long)f->anchors,
            (long long)(ms / 1000), (long long)(ms % 1000));
    if (wrong > 0)
        buf_fmt(&c->out,
                ZE(c, "发现 %zu 处问题。先保全现场：停写、备份，再逐条查。\n",
                   "%zu things are wrong. Keep everything as it is: stop writing, make "
                   "a backup, then go through them.\n"),
                wrong);
    else
        buf_add(&c->out, str_of(ZE(c, "没有发现改动。\n", "Nothing was changed.\n")));
    if (a->anchor_n == 0 && wrong == 0)
        buf_add(&c->out,
                str_of(ZE(c, "没有给锚点：整条链被重写过也看不出来。见 geci help audit anchor\n",
                          "No anchor was given: a chain rewritten whole would not show. "
                          "See geci help audit anchor\n")));
}

static void print_json(struct cli *c, const struct audit_found *f, struct diags *ds)
{
    struct json j;
    json_open(&j, &c->out, true);
    json_obj(&j);
    json_kstr(&j, "format", S("geci-audit-verify-1"));
    json_kbool(&j, "good", ds->error_n == 0);
    json_kint(&j, "acts", f->acts);
    json_kint(&j, "rows", f->rows);
    json_kint(&j, "signatures", f->signatures);
    json_kint(&j, "anchors", f->anchors);
    json_key(&j, S("counties"));
    json_arr(&j);
    for (size_t i = 0; i < f->chain_n; i++) {
        const struct audit_chain *k = &f->chain[i];
        json_obj(&j);
        json_kstr(&j, "county", k->county);
        json_kint(&j, "acts", k->acts);
        json_kint(&j, "last", k->last);
        json_kint(&j, "anchored", k->anchored);
        json_kint(&j, "bad", k->bad);
        json_obj_end(&j);
    }
    json_arr_end(&j);
    json_key(&j, S("findings"));
    json_arr(&j);
    for (size_t i = 0; i < ds->n; i++)
        diag_json(&j, &ds->at[i], S(""), S(""), c->lang);
    json_arr_end(&j);
    json_obj_end(&j);
    buf_char(&c->out, '\n');
}

static int verify(struct cli *c, const struct asked *a, struct store *s)
{
    struct audit_found found;
    int64_t from = clock_ms();
    enum status st = audit_verify(s->conn, c->arena, &found, &a->q, &s->diags);
    if (c->args.given[OPT_JSON])
        print_json(c, &found, &s->diags);
    else
        cli_diags(c, &s->diags, db_url(s->db), NO_ARG);
    if (st != OK)
        return cli_exit(st);
    if (!c->args.given[OPT_JSON])
        print_text(c, &found, a, s->diags.error_n, clock_ms() - from);
    return s->diags.error_n > 0 ? EXIT_DATA : 0;
}

int cmd_audit_verify(struct cli *c)
{
    struct asked a;
    struct store s;
    struct diags ds;
    diags_init(&ds, c->arena);
    int exit = read_asked(c, &a, &ds);
    if (exit != 0)
        return exit;
    if (ds.error_n > 0) {
        cli_diags(c, &ds, S("geci"), NO_ARG);
        return EXIT_DATA;
    }
    exit = store_look(c, &s);
    if (exit != 0)
        return exit;
    exit = verify(c, &a, &s);
    store_close(&s);
    return exit;
}
