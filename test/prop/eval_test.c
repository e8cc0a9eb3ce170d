/* What must hold for every document and every data set, on random ones (sample.h).
 *
 * PROP_N documents a property (else DOCUMENTS), with seeds from PROP_SEED (else 1); a failure names
 * its seed, and PROP_SHOW=1 prints the document and its data.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/str.h"
#include "check/format.h"
#include "os/workers.h"
#include "prop/run.h"
#include "prop/sample.h"
#include "rule/read.h"
#include "t.h"
#include "unit/grade/gen.h"

enum { DOCUMENTS = 200 };

static uint64_t setting(const char *name, uint64_t otherwise)
{
    const char *n = getenv(name);
    return n == NULL ? otherwise : strtoull(n, NULL, 10);
}

/* One document with its data and the results of the plain run. */
struct trial {
    uint64_t seed;
    char what[64];
    struct arena *keep;
    struct sample s;
    struct run w;
    enum status st;
    struct result *base;
};

/* True if the property holds. */
typedef bool Property(struct trial *t);

static void show(const struct trial *t)
{
    Str csv = sample_csv(t->keep, &t->s, NULL);
    run_complain(&t->w);
    (void)fprintf(stderr, "%.*s\n%.*s\n", (int)t->s.doc.n, t->s.doc.p, (int)csv.n, csv.p);
}

static bool scored(struct trial *t)
{
    if (!run_open(&t->w, t->s.doc, sample_csv(t->keep, &t->s, NULL), SAMPLE_DAY, SAMPLE_YEAR))
        return false;
    t->st = run_vector(&t->w, &t->base);
    return true;
}

struct outcome {
    uint64_t refused, failed;
};

static void for_seed(uint64_t seed, const char *name, enum sample_kind kind, Property *holds,
                     struct outcome *out)
{
    struct trial t = {.seed = seed, .keep = arena_open()};
    (void)snprintf(t.what, sizeof t.what, "%s, seed %llu", name, (unsigned long long)t.seed);
    sample_make(t.keep, &t.s, t.seed, kind);
    bool compiles = scored(&t);
    out->refused += !compiles || t.st != OK;
    bool good = !compiles || holds(&t);
    out->failed += !good;
    if (!good)
        t_fail(__FILE__, __LINE__, t.what);
    if (getenv("PROP_SHOW") != NULL && (!good || !compiles))
        show(&t);
    run_close(&t.w);
    arena_close(t.keep);
}

/* Nearly all documents must compile, and nearly all of those give results. */
static void for_all(const char *name, enum sample_kind kind, Property *holds)
{
    uint64_t n = setting("PROP_N", DOCUMENTS), first = setting("PROP_SEED", 1);
    struct outcome out = {0};
    for (uint64_t i = 0; i < n; i++)
        for_seed(first + i, name, kind, holds, &out);
    uint64_t refused = out.refused, failed = out.failed;
    if (refused * 5 > n || failed > 0)
        (void)fprintf(stderr, "%s: %llu refused, %llu failed of %llu\n", name,
                      (unsigned long long)refused, (unsigned long long)failed,
                      (unsigned long long)n);
    CHECK(refused * 5 <= n);
}

static bool like_reference(struct trial *t)
{
    struct result *ref = NULL;
    enum status st = run_ref(&t->w, &ref);
    if (st != t->st)
        (void)fprintf(stderr, "%s: status %d and %d\n", t->what, t->st, st);
    return st == t->st && (st != OK || run_same(t->what, t->base, ref, NULL));
}

TEST(prop_vector_is_the_reference)
{
    for_all("reference", SAMPLE_ALL, like_reference);
    for_all("reference of plain ones", SAMPLE_PLAIN, like_reference);
    for_all("reference of blanks", SAMPLE_BLANKS, like_reference);
}

/* Documents that once told the two apart: steps of a column narrower than what is known of it,
 * roots to the last decimal, rates of one interval below zero, a quotient of nobody's figures. */
TEST(prop_vector_is_the_reference_where_it_once_was_not)
{
    static const struct {
        uint64_t seed;
        enum sample_kind kind;
    } once[] = {{1104, SAMPLE_ALL},  {6714, SAMPLE_ALL},   {7825, SAMPLE_ALL},
                {12803, SAMPLE_ALL}, {5657, SAMPLE_PLAIN}, {8522, SAMPLE_PLAIN}};
    struct outcome out = {0};
    for (size_t i = 0; i < ARRAY_N(once); i++)
        for_seed(once[i].seed, "reference", once[i].kind, like_reference, &out);
    CHECK_INT(out.refused, 0);
}

/* Runs again under other options; the same results? */
static bool same_again(struct trial *t)
{
    struct result *again = NULL;
    return run_vector(&t->w, &again) == t->st &&
           (t->st != OK || run_same(t->what, t->base, again, NULL));
}

static bool any_chunk(struct trial *t)
{
    static const uint32_t rows[] = {1, 7, CHUNK_ROWS};
    for (size_t i = 0; i < ARRAY_N(rows); i++) {
        t->w.o.chunk_rows = rows[i];
        if (!same_again(t))
            return false;
    }
    return true;
}

TEST(prop_chunks_do_not_matter)
{
    for_all("chunks", SAMPLE_ALL, any_chunk);
}

static bool any_threads(struct trial *t)
{
    t->w.o.workers = workers_open(t->keep, 2);
    t->w.o.chunk_rows = 3;
    bool same = same_again(t);
    workers_close(t->w.o.workers);
    return same;
}

TEST(prop_threads_do_not_matter)
{
    for_all("threads", SAMPLE_ALL, any_threads);
}

/* What only traces need is given back early, or not made at all. */
static bool values_only(struct trial *t)
{
    t->w.o.values_only = true;
    t->w.o.chunk_rows = 64;
    return same_again(t);
}

TEST(prop_traces_given_up_do_not_matter)
{
    for_all("values only", SAMPLE_ALL, values_only);
}

static bool any_order(struct trial *t)
{
    uint32_t order[SAMPLE_ROWS] = {0}, place[SAMPLE_ROWS] = {0};
    struct gen g = {t->seed};
    for (uint32_t i = 0; i < t->s.row_n; i++) {
        uint32_t k = (uint32_t)gen_int(&g, 0, (int)i);
        order[i] = order[k];
        order[k] = i;
    }
    for (uint32_t i = 0; i < t->s.row_n; i++)
        place[order[i]] = i;
    struct run other;
    struct result *res = NULL;
    bool same =
        run_open(&other, t->s.doc, sample_csv(t->keep, &t->s, order), SAMPLE_DAY, SAMPLE_YEAR) &&
        run_vector(&other, &res) == t->st &&
        (t->st != OK || run_same(t->what, t->base, res, place));
    run_close(&other);
    return same;
}

TEST(prop_order_of_rows_does_not_matter)
{
    for_all("order", SAMPLE_ALL, any_order);
}

static bool nothing_changed(struct trial *t)
{
    struct run *w = &t->w;
    for (uint32_t row = 0; t->st == OK && row < w->d->row_n; row++) {
        struct dataset *copy = dataset_copy(w->keep, w->d);
        Cell *cell = NULL;
        if (eval_frozen(w->keep, &cell, w->plan, t->base, copy, row, &w->ds) != OK)
            return false;
        for (uint32_t i = 0; i < w->r->item_n; i++)
            if (cell[i].lo != result_cell(t->base, i, row).lo ||
                cell[i].hi != result_cell(t->base, i, row).hi) {
                (void)fprintf(stderr, "%s: %.*s of row %u\n", t->what, (int)w->r->item[i].name.n,
                              w->r->item[i].name.p, row);
                return false;
            }
    }
    return true;
}

TEST(prop_what_if_of_nothing_is_the_baseline)
{
    for_all("what-if", SAMPLE_ALL, nothing_changed);
}

/* Is `now` one of the outcomes that `then` allowed? */
static bool allowed(Type t, Cell then, Cell now)
{
    if (t.kind == TYPE_TRUTH)
        return then.lo == TRUTH_UNKNOWN || then.lo == TRUTH_MANUAL || then.lo == now.lo;
    if (t.kind == TYPE_TEXT)
        return then.lo != then.hi || (now.lo == then.lo && now.hi == then.hi);
    return then.lo <= now.lo && now.hi <= then.hi;
}

static bool narrows(struct trial *t)
{
    struct run full;
    struct result *res = NULL;
    bool good = run_open(&full, t->s.doc, sample_full_csv(t->keep, &t->s), SAMPLE_DAY, SAMPLE_YEAR);
    enum status st = good ? run_vector(&full, &res) : ERR_INPUT;
    for (uint32_t i = 0; t->st == OK && st == OK && i < t->w.r->item_n; i++)
        for (uint32_t row = 0; row < t->w.d->row_n && good; row++) {
            const struct item *it = &t->w.r->item[i];
            good = allowed(it->type, result_cell(t->base, i, row), result_cell(res, i, row));
            if (!good)
                (void)fprintf(stderr, "%s: %.*s of row %u\n", t->what, (int)it->name.n, it->name.p,
                              row);
        }
    run_close(&full);
    return good;
}

/* Unknown is not zero: what a missing fact may turn out to be was inside the interval before. */
TEST(prop_more_facts_only_narrow_results)
{
    for_all("facts", SAMPLE_PLAIN, narrows);
}

static bool within_bounds(struct trial *t)
{
    const struct rules *r = t->w.r;
    for (uint32_t i = 0; t->st == OK && i < r->item_n; i++) {
        const struct item *it = &r->item[i];
        const struct expr *bound[2] = {it->max, it->cap};
        for (int k = 0; k < 2; k++) {
            if (it->kind != ITEM_SCORE || bound[k] == NULL || bound[k]->kind != EXPR_CONST ||
                (k == 0 && it->excess != NULL))
                continue;
            Wide top = bound[k]->value.hi * wide_pow10(it->type.scale);
            for (uint32_t row = 0; row < t->w.d->row_n; row++) {
                Cell c = result_cell(t->base, i, row);
                bool unknown = c.hi == WIDE_INF && r->item[i].present_e6 > 0;
                unknown |= it->parent >= 0 && r->item[it->parent].present_e6 > 0;
                if (!unknown && (c.hi > top || (k == 0 && c.lo < 0)))
                    return false;
            }
        }
    }
    return true;
}

TEST(prop_maximum_and_cap_are_never_exceeded)
{
    for_all("bounds", SAMPLE_ALL, within_bounds);
}

/* A sum of children and nothing else. */
static bool is_plain_sum(const struct rules *r, const struct item *it)
{
    if (it->kind != ITEM_SCORE || it->form != FORM_GROUP || it->agg != OP_AGG_SUM ||
        it->max != NULL || it->cap != NULL || it->veto != NULL || it->applies != NULL ||
        it->present_e6 > 0)
        return false;
    for (uint32_t k = 0; k < it->child_n; k++)
        if (r->item[it->child[k]].type.scale > it->type.scale)
            return false;
    return true;
}

static Wide end_sum(const struct trial *t, const struct item *it, uint32_t row, bool upper)
{
    Wide sum = 0;
    for (uint32_t k = 0; k < it->child_n; k++) {
        const struct item *child = &t->w.r->item[it->child[k]];
        Cell c = result_cell(t->base, it->child[k], row);
        if (child->deduction)
            c = (Cell){-c.hi, -c.lo};
        Wide end = upper ? c.hi : c.lo;
        if (end == WIDE_INF || end == -WIDE_INF)
            return end;
        sum += end * wide_pow10(it->type.scale - child->type.scale);
    }
    return sum;
}

static bool adds_up(struct trial *t)
{
    for (uint32_t i = 0; t->st == OK && i < t->w.r->item_n; i++) {
        const struct item *it = &t->w.r->item[i];
        for (uint32_t row = 0; row < t->w.d->row_n && is_plain_sum(t->w.r, it); row++)
            if (result_cell(t->base, i, row).lo != end_sum(t, it, row, false) ||
                result_cell(t->base, i, row).hi != end_sum(t, it, row, true))
                return false;
    }
    return true;
}

TEST(prop_children_add_up_to_their_group)
{
    for_all("sums", SAMPLE_ALL, adds_up);
}

static bool same_after_format(struct trial *t)
{
    struct buf once, twice;
    struct diags ds;
    diags_init(&ds, t->keep);
    buf_init(&once, t->keep, BUF_MAX);
    buf_init(&twice, t->keep, BUF_MAX);
    if (format_document(t->keep, &once, t->s.doc, &ds) != OK ||
        format_document(t->keep, &twice, buf_str(&once), &ds) != OK ||
        !str_eq(buf_str(&once), buf_str(&twice)))
        return false;
    struct run other;
    struct result *res = NULL;
    bool same = run_open(&other, buf_str(&once), sample_csv(t->keep, &t->s, NULL), SAMPLE_DAY,
                         SAMPLE_YEAR) &&
                run_vector(&other, &res) == t->st &&
                (t->st != OK || run_same(t->what, t->base, res, NULL));
    run_close(&other);
    return same;
}

TEST(prop_layout_does_not_matter)
{
    for_all("format", SAMPLE_ALL, same_after_format);
}
