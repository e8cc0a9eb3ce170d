/* compare.c - the verb `compare`: the same subjects under two sets of rules. */
#include "cmd/rule/compare.h"

#include "base/arena.h"
#include "base/csv.h"
#include "base/json.h"
#include "base/str.h"
#include "cmd/report.h"
#include "cmd/store/run.h"
#include "col/dataset.h"
#include "explain/item.h"
#include "explain/layout.h"
#include "load/gcol.h"
#include "os/term.h"

enum { NAME_COLUMNS = 30, GATES_COLUMNS = 48, ROWS_SHOWN = 100 };

struct side {
    struct job job;
    struct report report;
};
struct comparison {
    struct cli *c;
    struct side side[2];
    struct compare k;
};

/* ---- both sides ---- */

/* Two runs of a store, or two documents over a data file. */
static bool of_runs(struct cli *c)
{
    return c->args.given[OPT_DB] || (!c->args.given[OPT_DATA] && term_env("GECI_DB").n > 0);
}

static int document_job(struct cli *c, struct job *j, Str path)
{
    int code = job_doc(c, j, path);
    if (code == 0)
        code = job_when(c, j);
    if (code == 0)
        code = job_data(c, j, c->args.value[OPT_DATA]);
    return code == 0 ? job_run(c, j) : code;
}

static int open_side(struct cli *c, struct comparison *x, int side)
{
    struct side *s = &x->side[side];
    *s = (struct side){.job = {.values_only = true}};
    int code = of_runs(c) ? run_job(c, &s->job, c->args.operand[side])
                          : document_job(c, &s->job, c->args.operand[side]);
    if (code != 0)
        return code;
    report_open(&s->report, c, &s->job, false);
    x->k.side[side] =
        (struct compare_side){.rules = s->job.rules, .data = s->job.data, .res = s->job.res};
    return 0;
}

/* A column that only the file has. */
static bool find_column(void *ctx, Str name, struct compare_column *out)
{
    const struct comparison *x = ctx;
    const struct job *j = &x->side[OLD].job;
    if (!compare_csv_column(x->c->arena, j->data_text, j->rules->id_field, name, out))
        return false;
    if (j->columns == NULL)
        return true;
    struct buf b; /* two columns of a column file as the rows of a CSV */
    buf_init(&b, x->c->arena, BUF_MAX);
    buf_add(&b, S("id,label\n"));
    gcol_print(&b, j->columns, (const size_t[]){out->id, out->at}, 2, 0, gcol_row_n(j->columns));
    *out = (struct compare_column){.text = buf_str(&b), .at = 1};
    return true;
}

/* ---- output ---- */

static void print_totals(struct cli *c, const struct compare *k)
{
    buf_fmt(&c->out,
            ZE(c,
               "\n共 %u 个主体：%zu 个有变化，另有 %zu 个只是名次变动；得分升 %zu、降 %zu、不变 "
               "%zu、未定 %zu。\n",
               "\n%u subjects: %zu change, %zu more only in rank; scores: %zu rise, %zu fall, %zu "
               "stay, %zu open.\n"),
            k->row_n, k->moved, k->shifted, k->up, k->down, k->same, k->open);
    if (k->only[OLD] + k->only[NEW] > 0)
        buf_fmt(&c->out,
                ZE(c, "另有 %zu 家只在前一次，%zu 家只在后一次，不在比较之内。\n",
                   "%zu more are in the old one only, %zu in the new one only; not compared.\n"),
                k->only[OLD], k->only[NEW]);
}

static bool is_named(const struct compare *k)
{
    const struct dataset *d = k->side[OLD].data;
    return d->name != NULL && k->row_n > 0 && d->name[0].n > 0;
}

static bool is_graded(const struct compare *k)
{
    return k->side[OLD].grade >= 0 || k->side[NEW].grade >= 0;
}

static void open_table(struct cli *c, const struct compare *k, struct grid *g)
{
    const char *who = is_named(k) ? ZE(c, "名称", "name") : ZE(c, "编号", "id");
    grid_open(g, c->arena);
    grid_column(g, S(""), false, 0);
    grid_column(g, str_of(who), false, NAME_COLUMNS);
    grid_column(g, str_of(ZE(c, "得分", "score")), true, 0);
    grid_column(g, str_of(ZE(c, "名次", "rank")), true, 0);
    if (is_graded(k))
        grid_column(g, str_of(ZE(c, "格次", "grade")), false, 0);
    grid_column(g, str_of(ZE(c, "其他", "others")), false, GATES_COLUMNS);
}

static void add_row(const struct compare *k, struct grid *g, const struct compare_change *ch,
                    uint32_t row)
{
    static const char *const mark[] = {"▼", " ", "▲", "？"};
    grid_cell(g, str_of(mark[ch->direction + 1]));
    grid_cell(g, compare_subject(k, row));
    grid_cell(g, ch->score);
    grid_cell(g, ch->rank);
    if (is_graded(k))
        grid_cell(g, ch->grade);
    grid_cell(g, ch->other);
}

static void print_table(struct comparison *x, const struct impact *m)
{
    struct cli *c = x->c;
    struct compare *k = &x->k;
    struct grid g;
    open_table(c, k, &g);
    size_t shown = 0, most = c->args.given[OPT_ALL] ? SIZE_MAX : ROWS_SHOWN;
    uint32_t *row = report_order(&x->side[NEW].report);
    for (uint32_t i = 0; i < k->row_n; i++) { /* both data sets are one file: the same rows */
        struct compare_change ch = compare_change(k, row[i]);
        compare_count(k, &ch);
        if ((ch.any || c->args.given[OPT_ALL]) && shown++ < most)
            add_row(k, &g, &ch, row[i]);
    }
    buf_fmt(&c->out, ZE(c, "旧：%.*s\n新：%.*s\n\n", "old: %.*s\nnew: %.*s\n\n"),
            STR_ARG(job_title(c, &x->side[OLD].job)), STR_ARG(job_title(c, &x->side[NEW].job)));
    if (g.cell_n > g.column_n)
        (void)grid_print(&c->out, &g, 0, (size_t)term_columns()); /* the rest is in --json */
    else
        buf_add(&c->out,
                str_of(ZE(c, "没有一个主体的得分、格次或条件有变化。\n", "Nobody moves.\n")));
    if (shown > most)
        buf_fmt(&c->out,
                ZE(c,
                   "……有变化的共 %zu 个，这里是新得分最高的 %zu 个；"
                   "全部见 --all 或 --json。\n",
                   "... %zu change, the %zu with the highest new scores shown; all with --all or "
                   "--json.\n"),
                shown, most);
    print_totals(c, k);
    compare_text(c, k, m);
}

static void json_side(struct json *j, const char *key, const struct compare_side *s)
{
    char hex[65];
    sha256_hex(hex, s->rules->hash);
    json_key(j, str_of(key));
    json_obj(j);
    json_kstr(j, "name", s->rules->name);
    json_kstr(j, "version", s->rules->version);
    json_kstr(j, "status", str_of(item_status(s->rules->status, LANG_EN)));
    json_kstr(j, "sha256", str_of(hex));
    json_obj_end(j);
}

static void print_json(struct comparison *x, const struct impact *m)
{
    struct compare *k = &x->k;
    static const char *const word[] = {"down", "same", "up", "open"};
    struct json j;
    json_open(&j, &x->c->out, true);
    json_obj(&j);
    json_kstr(&j, "format", S("geci-compare-1"));
    json_side(&j, "old", &k->side[OLD]);
    json_side(&j, "new", &k->side[NEW]);
    json_kint(&j, "period", x->side[OLD].job.period);
    json_key(&j, S("subjects"));
    json_arr(&j);
    for (uint32_t row = 0; row < k->row_n; row++) {
        struct compare_change ch = compare_change(k, row);
        compare_count(k, &ch);
        if (!ch.any && !x->c->args.given[OPT_ALL])
            continue;
        json_obj(&j);
        json_kstr(&j, "id", compare_id(k, row));
        json_kstr(&j, "direction", str_of(word[ch.direction + 1]));
        json_kstr(&j, "score", ch.score);
        json_kstr(&j, "rank", ch.rank);
        json_kstr(&j, "grade", ch.grade);
        json_kstr(&j, "others", ch.other);
        json_obj_end(&j);
    }
    json_arr_end(&j);
    json_kint(&j, "changed", (int64_t)k->moved);
    json_kint(&j, "rank_only", (int64_t)k->shifted);
    json_kint(&j, "up", (int64_t)k->up);
    json_kint(&j, "down", (int64_t)k->down);
    json_kint(&j, "same", (int64_t)k->same);
    json_kint(&j, "open", (int64_t)k->open);
    json_kint(&j, "old_only", (int64_t)k->only[OLD]);
    json_kint(&j, "new_only", (int64_t)k->only[NEW]);
    compare_json(k, m, &j);
    json_obj_end(&j);
    buf_char(&x->c->out, '\n');
}

/* The names of --by. */
static int read_by(struct cli *c, Str *by, size_t *n)
{
    Str rest = c->args.given[OPT_BY] ? c->args.value[OPT_BY] : S("");
    while (rest.n > 0) {
        Str name = str_trim(str_cut(&rest, ','));
        if (*n == SPLITS_MAX)
            return cli_usage(c, ZE(c, "--by 最多 %d 个。", "--by takes at most %d names."),
                             SPLITS_MAX);
        if (name.n > 0)
            by[(*n)++] = name;
    }
    return 0;
}

int cmd_compare(struct cli *c)
{
    struct comparison x = {.c = c,
                           .k = {.arena = c->arena, .lang = c->lang, .column = find_column}};
    x.k.ctx = &x;
    if (!of_runs(c) && !c->args.given[OPT_DATA])
        return cli_usage(c, "%s",
                         ZE(c, "还缺数据：--data 文件.csv；或用 --db 比较库里的两次测算。",
                            "--data FILE.csv is missing, or --db for two runs of a store."));
    Str by[SPLITS_MAX], unknown;
    size_t by_n = 0;
    int code = read_by(c, by, &by_n);
    for (int side = 0; code == 0 && side < 2; side++)
        code = open_side(c, &x, side);
    if (code != 0)
        return code;
    if (!compare_open(&x.k))
        return cli_fail(c, ERR_INPUT,
                        ZE(c, "两边没有相同的主体（编号列不同？），没法逐家对照。",
                           "the two sides have no subject in common (other id columns?)."));
    struct impact m;
    if (!compare_sum(&x.k, &m, by, by_n, &unknown))
        return cli_fail(c, ERR_GONE,
                        ZE(c, "--by “%.*s”：规则里没有这样的文本字段或分组，数据里也没有这一列。",
                           "--by “%.*s”: no such label in the documents, nor column in the data."),
                        STR_ARG(unknown));
    if (c->args.given[OPT_JSON])
        print_json(&x, &m);
    else
        print_table(&x, &m);
    return 0;
}
