/* doctor.c - the verb `doctor`: is the program sound, and is the place it runs in? */
#include "cmd/store/doctor.h"

#include "base/arena.h"
#include "base/decimal.h"
#include "base/json.h"
#include "base/str.h"
#include "check/check.h"
#include "cmd/cli.h"
#include "cmd/embed.h"
#include "explain/layout.h"
#include "field/uscc.h"
#include "os/clock.h"
#include "os/file.h"
#include "os/out.h"
#include "os/term.h"
#include "os/workers.h"
#include "rule/model.h"

struct finding {
    const char *name[2];
    bool good, matters; /* one that does not matter is only told */
    Str text;
};

enum { FINDINGS_MAX = 24 };
struct doctor {
    struct cli *c;
    struct finding at[FINDINGS_MAX];
    size_t n;
};

void doctor_tell(struct doctor *d, const char *zh, const char *en, bool good, Str text)
{
    ASSERT(d->n < FINDINGS_MAX);
    text = arena_copy(d->c->arena, text);
    d->at[d->n++] = (struct finding){.name = {zh, en}, .good = good, .matters = true, .text = text};
}

void doctor_remark(struct doctor *d, const char *zh, const char *en, Str text)
{
    doctor_tell(d, zh, en, true, text);
    d->at[d->n - 1].matters = false;
}

/* 2/3 to 12 decimals, ln 2, SHA-256 of "abc" (FIPS 180-4), a known identifier: known answers. */
static void check_arithmetic(struct doctor *d)
{
    Wide third = 0, ln = 0;
    char hex[65];
    bool good = wide_div(&third, 2, 0, 3, 0, 12, ROUND_HALF_UP) && third == 666666666667 &&
                wide_ln(&ln, 2, 0, 12) && ln == 693147180560;
    doctor_tell(d, "十进制运算", "decimal arithmetic", good,
                S("2/3 = 0.666666666667, ln 2 = 0.69314718056"));
    sha256_hex(hex, sha256_of(S("abc")));
    good = str_eq(str_sub(str_of(hex), 0, 16), S("ba7816bf8f01cfea"));
    doctor_tell(d, "摘要 SHA-256", "SHA-256", good, str_sub(str_of(hex), 0, 16));
    Uscc id;
    good = uscc_parse(&id, S("91350100M000100Y43"), 0, NULL) == OK && uscc_org_code_ok(&id);
    doctor_tell(d, "信用代码校验", "identifier check", good, S("91350100M000100Y43"));
}

static void check_rules(struct doctor *d)
{
    static const char *const files[] = {"packs/national/科技型中小企业评价.md",
                                        "packs/national/高新技术企业认定.md"};
    for (size_t i = 0; i < ARRAY_N(files); i++) {
        struct rules *r = NULL;
        struct diags ds;
        diags_init(&ds, d->c->arena);
        enum status st = check_load(d->c->arena, &r, str_of(files[i]), embed_file(files[i]), &ds);
        doctor_tell(d, "内置规则", "built-in rules", st == OK, r->name);
    }
}

static void check_disk(struct doctor *d)
{
    struct cli *c = d->c;
    Str folder = term_env("TMPDIR").n > 0 ? term_env("TMPDIR") : S("/tmp");
    Str path = arena_fmt(c->arena, "%.*s/geci-doctor.txt", STR_ARG(folder)), back;
    int err = 0;
    enum status st = out_file(path, S("geci"), &err);
    if (st == OK)
        st = file_read(c->arena, &back, path, 100, &err);
    bool good = st == OK && str_eq(back, S("geci"));
    if (st == OK)
        out_remove(path);
    doctor_tell(d, "临时文件夹可写", "temporary folder", good,
                good ? folder : file_error(c->arena, err, c->lang));
}

static void check_place(struct doctor *d)
{
    struct cli *c = d->c;
    Day today = clock_today();
    doctor_tell(d, "系统日期", "today", today > 20000 /* 2024-10-04 */, day_str(c->arena, today));
    doctor_remark(d, "线程", "threads", arena_fmt(c->arena, "%u", workers_cpus()));
    doctor_remark(d, "语言", "language", str_of(ZE(c, "中文", "English")));
    Str width = arena_fmt(c->arena, ZE(c, "%d 列%s", "%d columns%s"), term_columns(),
                          term_colour(TERM_OUT) ? ZE(c, "，彩色", ", colour") : "");
    doctor_remark(d, "终端", "terminal", term_is_tty(TERM_OUT) ? width : S("-"));
}

static void print_text(const struct doctor *d)
{
    struct cli *c = d->c;
    struct grid g;
    grid_open(&g, c->arena);
    grid_column(&g, S(""), false, 0);
    grid_column(&g, str_of(ZE(c, "项目", "what")), false, 0);
    grid_column(&g, str_of(ZE(c, "情况", "how")), false, 0);
    for (size_t i = 0; i < d->n; i++) {
        const struct finding *f = &d->at[i];
        grid_cell(&g, f->matters ? (f->good ? S("✓") : S("✗")) : S("·"));
        grid_cell(&g, str_of(f->name[c->lang]));
        grid_cell(&g, f->text);
    }
    (void)grid_print(&c->out, &g, 0, (size_t)term_columns()); /* three narrow columns */
}

static void print_json(const struct doctor *d)
{
    struct json j;
    json_open(&j, &d->c->out, true);
    json_obj(&j);
    json_kstr(&j, "format", S("geci-doctor-1"));
    json_kstr(&j, "version", S(GECI_VERSION));
    json_key(&j, S("findings"));
    json_arr(&j);
    for (size_t i = 0; i < d->n; i++) {
        json_obj(&j);
        json_kstr(&j, "name", str_of(d->at[i].name[LANG_EN]));
        json_kbool(&j, "good", d->at[i].good);
        json_kstr(&j, "text", d->at[i].text);
        json_obj_end(&j);
    }
    json_arr_end(&j);
    json_obj_end(&j);
    buf_char(&d->c->out, '\n');
}

int cmd_doctor(struct cli *c)
{
    struct doctor d = {.c = c};
    size_t bad = 0;
    check_arithmetic(&d);
    check_rules(&d);
    check_disk(&d);
    check_place(&d);
    if (c->args.given[OPT_DB] || term_env("GECI_DB").n > 0)
        doctor_store(&d, c);
    for (size_t i = 0; i < d.n; i++)
        bad += !d.at[i].good;
    if (c->args.given[OPT_JSON]) {
        print_json(&d);
        return bad > 0 ? EXIT_IO : 0;
    }
    buf_add(&c->out, S("geci " GECI_VERSION "\n\n"));
    print_text(&d);
    buf_add(&c->out, bad == 0 ? str_of(ZE(c, "\n一切正常。\n", "\nAll is well.\n"))
                              : str_of(ZE(c, "\n有 ✗ 的项目需要处理。\n",
                                          "\nSee to what is marked "
                                          "✗.\n")));
    return bad > 0 ? EXIT_IO : 0;
}
