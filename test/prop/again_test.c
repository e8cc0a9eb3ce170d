/* What-if costs little because little is done again; here it is held against doing all of it again,
 * on random documents and data (sample.h), with one to three facts of one subject changed.
 *
 * PROP_N documents (else DOCUMENTS), with seeds from PROP_SEED (else 1); a failure names its seed.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/str.h"
#include "eval/run_int.h"
#include "grade/pop_column.h"
#include "load/load.h"
#include "prop/run.h"
#include "prop/sample.h"
#include "t.h"
#include "unit/grade/gen.h"

enum { DOCUMENTS = 200, QUESTIONS = 6, CHANGES_MAX = 3 };

struct trial {
    uint64_t seed;
    struct gen g;
    struct arena *keep;
    struct sample s;
    struct run w;
    struct result *base;
};

static uint64_t setting(const char *name, uint64_t otherwise)
{
    const char *n = getenv(name);
    return n == NULL ? otherwise : strtoull(n, NULL, 10);
}

/* A fact becomes another subject's, a little more than that, or missing. */
static void change_fact(struct gen *g, struct dataset *to, uint32_t at, const struct dataset *from,
                        size_t i, uint32_t other)
{
    const struct column *was = &from->column[i];
    struct column *c = dataset_column(to, was->field, was->period);
    if (gen_int(g, 0, 4) == 0 || !column_has(was, other)) {
        column_clear(c, at);
        return;
    }
    const Wide v = column_value(was, other);
    const bool more = was->type > VEC_I8 && gen_int(g, 0, 3) == 0;
    column_set(c, at, more && v + 1 < labels_n(from->labels) ? v + 1 : v);
}

/* The facts of `row` changed: alone, and among all. */
struct question {
    uint32_t row;
    struct dataset *one, *all;
};

static struct question ask(struct trial *t)
{
    const struct dataset *d = t->w.d;
    struct question q = {.row = (uint32_t)gen_int(&t->g, 0, (int)d->row_n - 1)};
    q.one = dataset_of_row(t->keep, d, q.row);
    q.all = dataset_copy(t->keep, d);
    for (int n = gen_int(&t->g, 1, CHANGES_MAX); n > 0 && d->column_n > 0; n--) {
        const size_t i = (size_t)gen_int(&t->g, 0, (int)d->column_n - 1);
        const uint32_t other = (uint32_t)gen_int(&t->g, 0, (int)d->row_n - 1);
        struct gen same = t->g;
        change_fact(&same, q.one, 0, d, i, other);
        change_fact(&t->g, q.all, q.row, d, i, other);
    }
    return q;
}

/* ---- frozen ---- */

static struct vec with(struct arena *keep, const struct vec *v, size_t row_n, uint32_t row, Cell c)
{
    Cell *cell = vec_cells(keep, v, row_n);
    cell[row] = c;
    return (struct vec){.type = VEC_CELL, .lo = cell};
}

/* A population step over its columns with one row changed, by the whole step. */
static enum status whole_step(struct trial *t, struct row_run *r, uint32_t n, uint32_t row)
{
    const struct plan *p = t->w.plan;
    const struct node *k = &p->node[n];
    const uint32_t row_n = t->base->row_n;
    struct vec *kept = ARENA_ARRAY(t->keep, struct vec, p->node_n);
    struct pop_out out;
    for (uint32_t i = 0; i < k->arg_n; i++) {
        const uint32_t a = p->arg[k->arg + i];
        kept[a] = with(t->keep, &t->base->kept->column[a], row_n, row, r->value[a]);
    }
    struct peerings *g = peerings_open(t->keep, p, row_n);
    run_pop_prepare(g, n, kept);
    TRY(run_pop(t->keep, &out, g, n, kept, NULL));
    r->value[n] = vec_cell(&out.column, row);
    r->has[n] = true;
    return OK;
}

/* All items, or NULL where some step says no. */
static Cell *frozen_by_steps(struct trial *t, const struct question *q)
{
    const struct plan *p = t->w.plan;
    struct row_run r;
    row_run_open(t->keep, &r, p, q->all, q->row);
    for (uint32_t n = 0; n < p->node_n; n++) {
        if (p->node[n].live && p->node[n].op != NODE_POP)
            row_run_node(&r, n);
        else if (p->node[n].live && whole_step(t, &r, n, q->row) != OK)
            return NULL;
        if (p->node[n].checked && r.value[n].lo == WIDE_INF)
            return NULL;
    }
    Cell *item = ARENA_ARRAY(t->keep, Cell, t->w.r->item_n);
    for (uint32_t i = 0; i < t->w.r->item_n; i++)
        item[i] = r.value[p->item[i]];
    return item;
}

static bool same_items(const struct trial *t, const char *what, uint32_t row, const Cell *want,
                       const Cell *got)
{
    for (uint32_t i = 0; i < t->w.r->item_n; i++)
        if (want[i].lo != got[i].lo || want[i].hi != got[i].hi) {
            (void)fprintf(stderr, "%s, seed %llu: %.*s of row %u\n", what,
                          (unsigned long long)t->seed, (int)t->w.r->item[i].name.n,
                          t->w.r->item[i].name.p, row);
            return false;
        }
    return true;
}

static bool frozen_holds(struct trial *t)
{
    for (int i = 0; i < QUESTIONS; i++) {
        const struct question q = ask(t);
        const struct dataset *facts = i % 2 == 0 ? q.one : q.all;
        Cell *want = frozen_by_steps(t, &q), *got = NULL;
        enum status st = eval_frozen(t->keep, &got, t->w.plan, t->base, facts, q.row, &t->w.ds);
        if (want != NULL && (st != OK || !same_items(t, "frozen", q.row, want, got)))
            return false;
    }
    return true;
}

/* ---- run again ---- */

/* From scratch, in other chunks; and again. The same status, the same cells? */
static bool again_holds(struct trial *t, const char *what, const struct plan *p,
                        const struct result *base, const struct dataset *d)
{
    char name[64];
    struct result *want = NULL, *got = NULL;
    struct eval_opts o = base->opts;
    (void)snprintf(name, sizeof name, "%s, seed %llu", what, (unsigned long long)t->seed);
    o.chunk_rows = (uint32_t)gen_int(&t->g, 0, 2);
    const enum status st = eval_run(t->keep, &want, p, d, &o, &t->w.ds);
    if (eval_again(t->keep, &got, p, base, d, &t->w.ds) != st)
        return false;
    if (st != OK || !run_same(name, want, got, NULL))
        return st != OK;
    Cell *one = NULL, *two = NULL; /* what was taken serves as what was computed */
    const uint32_t row = (uint32_t)gen_int(&t->g, 0, (int)d->row_n - 1);
    return eval_frozen(t->keep, &one, p, want, t->w.d, row, &t->w.ds) !=
               eval_frozen(t->keep, &two, p, got, t->w.d, row, &t->w.ds) ||
           one == NULL || same_items(t, name, row, one, two);
}

static bool rerank_holds(struct trial *t)
{
    for (int i = 0; i < QUESTIONS; i++) {
        const struct question q = ask(t);
        if (!again_holds(t, "reranked", t->w.plan, t->base, q.all))
            return false;
    }
    struct result *once = NULL, *twice = NULL; /* of nothing, and of that */
    return eval_again(t->keep, &once, t->w.plan, t->base, t->w.d, &t->w.ds) == OK &&
           eval_again(t->keep, &twice, t->w.plan, once, t->w.d, &t->w.ds) == OK &&
           run_same("again of nothing", t->base, once, NULL) &&
           run_same("again of that", t->base, twice, NULL) &&
           again_holds(t, "reranked later", t->w.plan, twice, ask(t).all);
}

/* ---- two classes, in which most are peers ---- */

static const char ranges[] =
    "# 位次\n- 生效: 2020-01-01\n- 状态: 示例\n- 身份: 编号\n\n## 字段\n\n"
    "| 名称 | 类型 | 小数 |\n|---|---|---|\n"
    "| 类 | 数 | 0 |\n| 甲 | 数 | 2 |\n| 乙 | 数 | 0 |\n\n"
    "## 指标 高低\n- 式: 极差标准化(缩尾(甲, 10%, 90%, 同 类), 同 类)\n\n"
    "## 指标 又高低\n- 式: 极差标准化(缩尾(乙, 20%, 70%, 同 类), 同 类)\n\n"
    "## 指标 位次\n- 式: 名次(高低 + 又高低)\n";

static Str range_facts(struct trial *t)
{
    struct buf b;
    buf_init(&b, t->keep, 1 << 16);
    buf_add(&b, S("编号,类,甲,乙\n"));
    for (int row = 0, n = gen_int(&t->g, 1, 150); row < n; row++) {
        const int class = gen_int(&t->g, 0, 9);
        buf_fmt(&b, "E%d,%d", row, class == 0 ? 3 : 1 + class % 2);
        for (int i = 0; i < 2; i++)
            if (gen_int(&t->g, 0, 5) == 0)
                buf_add(&b, S(","));
            else
                buf_fmt(&b, ",%d", gen_int(&t->g, -20, i == 0 ? 3000 : 9));
        buf_add(&b, S("\n"));
    }
    return buf_str(&b);
}

/* Each question is put to the answer before. */
static bool ranges_hold(struct trial *t)
{
    for (int i = 0; i < QUESTIONS; i++) {
        const struct question q = ask(t);
        if (!again_holds(t, "ranges", t->w.plan, t->base, q.all) ||
            eval_again(t->keep, &t->base, t->w.plan, t->base, q.all, &t->w.ds) != OK)
            return false;
        t->w.d = q.all;
    }
    return true;
}

TEST(prop_ranges_of_most_rows_again_are_a_run_from_scratch)
{
    for (uint64_t seed = 1; seed <= DOCUMENTS; seed++) {
        struct trial t = {.seed = seed, .g = {.state = seed}, .keep = arena_open()};
        CHECK(run_open(&t.w, str_of(ranges), range_facts(&t), SAMPLE_DAY, SAMPLE_YEAR));
        CHECK(run_vector(&t.w, &t.base) == OK && ranges_hold(&t));
        run_close(&t.w);
        arena_close(t.keep);
    }
}

/* One digit of the document becomes another. */
static Str revised(struct trial *t)
{
    Str doc = arena_copy(t->keep, t->s.doc);
    char *p = ARENA_ARRAY(t->keep, char, doc.n + 1);
    for (size_t i = 0; i < doc.n; i++)
        p[i] = doc.p[i];
    const size_t from = (size_t)gen_int(&t->g, 0, (int)doc.n - 1);
    for (size_t i = from; i < doc.n; i++)
        if (p[i] >= '0' && p[i] <= '9') {
            p[i] = (char)('0' + gen_int(&t->g, 0, 9));
            break;
        }
    return (Str){p, doc.n};
}

static uint64_t revisions; /* that could be tried */

/* Again with the columns read before; from scratch with a file that is read anew. */
static bool revision_holds(struct trial *t, struct run *other, const struct dataset *d)
{
    struct result *want = NULL, *got = NULL;
    const enum status st = run_vector(other, &want);
    return eval_again(t->keep, &got, other->plan, t->base, d, &other->ds) == st &&
           (st != OK || run_same("revised", want, got, NULL));
}

static bool revised_holds(struct trial *t)
{
    bool good = true;
    for (int i = 0; i < QUESTIONS && good; i++) {
        struct run other;
        const Str csv = sample_csv(t->keep, &t->s, NULL);
        if (run_open(&other, revised(t), csv, SAMPLE_DAY, SAMPLE_YEAR)) {
            const struct dataset *d = load_as(t->keep, t->w.d, t->w.r, other.r);
            revisions += d != NULL;
            good = d == NULL || revision_holds(t, &other, d);
        }
        run_close(&other);
    }
    return good;
}

/* ---- all documents ---- */

static void for_all(bool (*holds)(struct trial *t))
{
    uint64_t n = setting("PROP_N", DOCUMENTS), tried = 0;
    for (uint64_t i = 0; i < n; i++) {
        struct trial t = {.seed = setting("PROP_SEED", 1) + i, .keep = arena_open()};
        t.g.state = t.seed;
        sample_make(t.keep, &t.s, t.seed, SAMPLE_ALL);
        bool opens =
            run_open(&t.w, t.s.doc, sample_csv(t.keep, &t.s, NULL), SAMPLE_DAY, SAMPLE_YEAR) &&
            run_vector(&t.w, &t.base) == OK && t.w.d->row_n > 0;
        tried += opens;
        const bool good = !opens || holds(&t);
        CHECK(good);
        if (!good)
            (void)fprintf(stderr, "seed %llu\n", (unsigned long long)t.seed);
        run_close(&t.w);
        arena_close(t.keep);
    }
    CHECK(tried * 5 >= n * 4);
}

TEST(prop_frozen_what_if_is_each_step_done_again)
{
    for_all(frozen_holds);
}

TEST(prop_run_again_is_a_run_from_scratch)
{
    for_all(rerank_holds);
}

TEST(prop_run_of_a_revision_is_a_run_from_scratch)
{
    revisions = 0;
    for_all(revised_holds);
    CHECK(revisions > setting("PROP_N", DOCUMENTS));
}
