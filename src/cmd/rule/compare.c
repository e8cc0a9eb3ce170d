/* compare.c - the verb `compare`: the same subjects under two sets of rules.
 *
 * Items are matched by kind and name; where the first scores or grades have different names, they
 * are matched as the first of their kind. Ranks are by the first score, as intervals: best = 1 +
 * surely better ones, worst = 1 + possibly better ones.
 */
#include "cmd/rule/compare.h"

#include "base/arena.h"
#include "base/decimal.h"
#include "base/json.h"
#include "base/layout.h"
#include "base/str.h"
#include "cmd/store/run.h"
#include "col/dataset.h"
#include "explain/explain.h"
#include "explain/item.h"
#include "grade/pop.h"
#include "os/term.h"

enum { NAME_COLUMNS = 30, GATES_COLUMNS = 48, ROWS_SHOWN = 100 };

/* ---- both sides ---- */

static int32_t first_of(const struct rules *r, enum item_kind k)
{
    for (uint32_t i = 0; i < r->item_n; i++)
        if (r->item[i].kind == k && (k != ITEM_SCORE || r->item[i].parent < 0))
            return (int32_t)i;
    return -1;
}

static void rank_rows(struct cli *c, struct side *s)
{
    if (s->score < 0)
        return;
    uint32_t n = s->job.data->row_n;
    s->rank = ARENA_ARRAY(c->arena, Cell, (size_t)n + 1);
    struct pop_in in = {.x = result_cells(c->arena, s->job.res, s->score),
                        .row_n = n,
                        .group = ARENA_ARRAY(c->arena, uint32_t, (size_t)n + 1),
                        .group_n = 1,
                        .scale = s->job.rules->item[s->score].type.scale,
                        .op = OP_RANK,
                        .method = TIES_MIN};
    struct arena *tmp = arena_open();
    pop_rank_intervals(tmp, s->rank, &in);
    arena_close(tmp);
}

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

static int open_side(struct cli *c, struct side *s, size_t operand)
{
    *s = (struct side){.job = {.values_only = true}};
    int code = of_runs(c) ? run_job(c, &s->job, c->args.operand[operand])
                          : document_job(c, &s->job, c->args.operand[operand]);
    if (code != 0)
        return code;
    report_open(&s->report, c, &s->job, false);
    s->score = first_of(s->job.rules, ITEM_SCORE);
    s->grade = first_of(s->job.rules, ITEM_GRADE);
    rank_rows(c, s);
    return 0;
}

/* ---- one subject ---- */

static Str printed(struct cli *c, const struct side *s, int32_t item, uint32_t row)
{
    if (item < 0)
        return S("");
    const struct item *it = &s->job.rules->item[item];
    struct buf b;
    buf_init(&b, c->arena, 4096);
    cell_print(&b, s->job.rules, s->job.data, it->type, item_unit(it),
               result_cell(s->job.res, item, row), c->lang);
    return buf_str(&b);
}

static Str printed_rank(struct cli *c, const struct side *s, uint32_t row)
{
    struct buf b;
    if (s->rank == NULL)
        return S("");
    buf_init(&b, c->arena, 256);
    cell_print(&b, s->job.rules, NULL, (Type){.kind = TYPE_NUM}, NULL, s->rank[row], c->lang);
    return buf_str(&b);
}

Str compare_cell(const struct compare *k, int side, int32_t item, uint32_t row)
{
    return printed(k->c, &k->side[side], item, compare_row(k, side, row));
}

Str compare_id(const struct compare *k, uint32_t row)
{
    return k->side[OLD].job.data->id[compare_row(k, OLD, row)];
}

Str compare_subject(const struct compare *k, uint32_t row)
{
    const struct dataset *d = k->side[OLD].job.data;
    Str name = d->name == NULL ? S("") : d->name[compare_row(k, OLD, row)];
    return name.n > 0 ? name : compare_id(k, row);
}

int32_t compare_twin(const struct rules *from, uint32_t item, const struct rules *to)
{
    int32_t twin = rule_find_item(to, from->item[item].name);
    return twin >= 0 && to->item[twin].kind == from->item[item].kind ? twin : -1;
}

/* "88 → 76", or the one value when both are alike. */
Str compare_arrow(struct cli *c, Str old, Str new)
{
    if (str_eq(old, new))
        return old;
    old = old.n == 0 ? S("—") : old;
    new = new.n == 0 ? S("—") : new;
    return arena_fmt(c->arena, "%.*s → %.*s", STR_ARG(old), STR_ARG(new));
}

/* Gates, passes and policies that are not the same on both sides: "规模 不符→符合; 通过 …". */
static Str other_changes(const struct compare *k, uint32_t row)
{
    struct cli *c = k->c;
    struct buf b;
    buf_init(&b, c->arena, 1 << 16);
    const struct rules *r = k->side[OLD].job.rules;
    for (uint32_t i = 0; i < r->item_n; i++) {
        const struct item *it = &r->item[i];
        bool kind = it->kind == ITEM_GATE || it->kind == ITEM_PASS || it->kind == ITEM_POLICY;
        int32_t twin = kind ? compare_twin(r, i, k->side[NEW].job.rules) : -1;
        if (twin < 0)
            continue;
        Str old = compare_cell(k, OLD, (int32_t)i, row);
        Str new = compare_cell(k, NEW, twin, row);
        if (!str_eq(old, new))
            buf_fmt(&b, "%s%.*s %.*s→%.*s", b.n > 0 ? ZE(c, "；", "; ") : "", STR_ARG(it->name),
                    STR_ARG(old), STR_ARG(new));
    }
    return buf_str(&b);
}

/* -1 falls, 1 rises, 0 stays, 2 cannot be told. */
int compare_direction(const struct compare *k, uint32_t row)
{
    if (k->side[OLD].score < 0 || k->side[NEW].score < 0)
        return 2;
    Cell a = result_cell(k->side[OLD].job.res, k->side[OLD].score, compare_row(k, OLD, row));
    Cell b = result_cell(k->side[NEW].job.res, k->side[NEW].score, compare_row(k, NEW, row));
    int sa = k->side[OLD].job.rules->item[k->side[OLD].score].type.scale;
    int sb = k->side[NEW].job.rules->item[k->side[NEW].score].type.scale;
    bool open = a.lo == -WIDE_INF || a.hi == WIDE_INF || b.lo == -WIDE_INF || b.hi == WIDE_INF;
    if (open)
        return 2;
    int lo = wide_cmp(b.lo, sb, a.lo, sa), hi = wide_cmp(b.hi, sb, a.hi, sa);
    if (lo == 0 && hi == 0)
        return 0;
    if (lo >= 0 && hi >= 0)
        return 1;
    return lo <= 0 && hi <= 0 ? -1 : 2;
}

struct change {
    int direction;
    Str score, rank, grade, other;
    bool any, shifted; /* something of its own; nothing but the rank */
};

static struct change change_of(const struct compare *k, uint32_t row)
{
    struct cli *c = k->c;
    Str s0 = compare_cell(k, OLD, k->side[OLD].score, row),
        s1 = compare_cell(k, NEW, k->side[NEW].score, row);
    Str r0 = printed_rank(c, &k->side[OLD], compare_row(k, OLD, row)),
        r1 = printed_rank(c, &k->side[NEW], compare_row(k, NEW, row));
    Str g0 = compare_cell(k, OLD, k->side[OLD].grade, row),
        g1 = compare_cell(k, NEW, k->side[NEW].grade, row);
    struct change ch = {.direction = compare_direction(k, row),
                        .score = compare_arrow(c, s0, s1),
                        .rank = compare_arrow(c, r0, r1),
                        .grade = compare_arrow(c, g0, g1),
                        .other = other_changes(k, row)};
    ch.any = !str_eq(s0, s1) || !str_eq(g0, g1) || ch.other.n > 0;
    ch.shifted = !ch.any && !str_eq(r0, r1);
    return ch;
}

static void count(struct compare *k, const struct change *ch)
{
    k->moved += ch->any;
    k->shifted += ch->shifted;
    k->up += ch->direction == 1;
    k->down += ch->direction == -1;
    k->same += ch->direction == 0;
    k->open += ch->direction == 2;
}

/* ---- output ---- */

static void print_totals(struct compare *k)
{
    struct cli *c = k->c;
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
    const struct dataset *d = k->side[OLD].job.data;
    return d->name != NULL && k->row_n > 0 && d->name[0].n > 0;
}

static bool is_graded(const struct compare *k)
{
    return k->side[OLD].grade >= 0 || k->side[NEW].grade >= 0;
}

static void open_table(const struct compare *k, struct grid *g)
{
    struct cli *c = k->c;
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

static void add_row(const struct compare *k, struct grid *g, const struct change *ch, uint32_t row)
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

static void print_table(struct compare *k, const struct impact *m)
{
    struct cli *c = k->c;
    struct grid g;
    open_table(k, &g);
    size_t shown = 0, most = c->args.given[OPT_ALL] ? SIZE_MAX : ROWS_SHOWN;
    uint32_t *row = report_order(&k->side[NEW].report);
    for (uint32_t i = 0; i < k->row_n; i++) { /* both data sets are one file: the same rows */
        struct change ch = change_of(k, row[i]);
        count(k, &ch);
        if ((ch.any || c->args.given[OPT_ALL]) && shown++ < most)
            add_row(k, &g, &ch, row[i]);
    }
    buf_fmt(&c->out, ZE(c, "旧：%.*s\n新：%.*s\n\n", "old: %.*s\nnew: %.*s\n\n"),
            STR_ARG(job_title(c, &k->side[OLD].job)), STR_ARG(job_title(c, &k->side[NEW].job)));
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
    print_totals(k);
    compare_text(k, m);
}

static void json_side(struct json *j, const char *key, const struct side *s)
{
    char hex[65];
    sha256_hex(hex, s->job.rules->hash);
    json_key(j, str_of(key));
    json_obj(j);
    json_kstr(j, "name", s->job.rules->name);
    json_kstr(j, "version", s->job.rules->version);
    json_kstr(j, "status", str_of(item_status(s->job.rules->status, LANG_EN)));
    json_kstr(j, "sha256", str_of(hex));
    json_obj_end(j);
}

static void print_json(struct compare *k, const struct impact *m)
{
    static const char *const word[] = {"down", "same", "up", "open"};
    struct json j;
    json_open(&j, &k->c->out, true);
    json_obj(&j);
    json_kstr(&j, "format", S("geci-compare-1"));
    json_side(&j, "old", &k->side[OLD]);
    json_side(&j, "new", &k->side[NEW]);
    json_kint(&j, "period", k->side[OLD].job.period);
    json_key(&j, S("subjects"));
    json_arr(&j);
    for (uint32_t row = 0; row < k->row_n; row++) {
        struct change ch = change_of(k, row);
        count(k, &ch);
        if (!ch.any && !k->c->args.given[OPT_ALL])
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
    buf_char(&k->c->out, '\n');
}

/* Of one file the rows are the same but for what --lenient left out of one; of two runs subjects
 * may have come and gone. False: nobody is on both sides. */
static bool pair_rows(struct compare *k)
{
    const struct dataset *old = k->side[OLD].job.data, *new = k->side[NEW].job.data;
    for (int side = 0; side < 2; side++)
        k->row_of[side] = ARENA_ARRAY(k->c->arena, uint32_t, (size_t)old->row_n + 1);
    for (uint32_t i = 0; i < old->row_n; i++) {
        bool here = i < new->row_n &&str_eq(new->id[i], old->id[i]);
        int64_t at = here ? (int64_t)i : dataset_row(new, old->id[i]);
        if (at < 0)
            continue;
        k->row_of[OLD][k->row_n] = i;
        k->row_of[NEW][k->row_n++] = (uint32_t)at;
    }
    k->only[OLD] = old->row_n - k->row_n;
    k->only[NEW] = new->row_n - k->row_n;
    return k->row_n > 0 || old->row_n + new->row_n == 0;
}

int cmd_compare(struct cli *c)
{
    struct compare k = {.c = c};
    if (!of_runs(c) && !c->args.given[OPT_DATA])
        return cli_usage(c, "%s",
                         ZE(c, "还缺数据：--data 文件.csv；或用 --db 比较库里的两次测算。",
                            "--data FILE.csv is missing, or --db for two runs of a store."));
    int code = open_side(c, &k.side[OLD], 0);
    if (code == 0)
        code = open_side(c, &k.side[NEW], 1);
    if (code != 0)
        return code;
    if (!pair_rows(&k))
        return cli_fail(c, ERR_INPUT,
                        ZE(c, "两边没有相同的主体（编号列不同？），没法逐家对照。",
                           "the two sides have no subject in common (other id columns?)."));
    struct impact m;
    code = compare_sum(&k, &m);
    if (code != 0)
        return code;
    if (c->args.given[OPT_JSON])
        print_json(&k, &m);
    else
        print_table(&k, &m);
    return 0;
}
