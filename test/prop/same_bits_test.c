/* The same bits on any compiler and any number of threads: digests of whole results, kept in
 * same_bits.sha256 (`GECI_ACCEPT=1` rewrites it, after a change that is meant to change results).
 *
 * A result is written out as text, every item of every subject; what is digested is that text: the
 * sample enterprises under two national documents, and a hundred random documents.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/decimal.h"
#include "base/hash.h"
#include "base/str.h"
#include "load/load.h"
#include "os/workers.h"
#include "prop/run.h"
#include "prop/sample.h"
#include "t.h"

enum { RANDOM = 100, HEX = 64 };

static const char expected_path[] = "test/prop/same_bits.sha256";
static const char *const packs[] = {"packs/national/科技型中小企业评价.md",
                                    "packs/national/高新技术企业认定.md"};

static void add_end(struct buf *b, const struct result *res, Type t, Wide v)
{
    if (v == WIDE_INF || v == -WIDE_INF)
        buf_char(b, v < 0 ? '<' : '>');
    else if (t.kind == TYPE_TEXT)
        buf_add(b, labels_text(res->data->labels, (uint32_t)v));
    else
        dec_print(b, v, t.scale);
}

static void add_result(struct buf *b, const struct result *res)
{
    for (uint32_t row = 0; row < res->row_n; row++)
        for (uint32_t i = 0; i < res->rules->item_n; i++) {
            const struct item *it = &res->rules->item[i];
            buf_fmt(b, "%.*s %.*s ", (int)res->data->id[row].n, res->data->id[row].p,
                    (int)it->name.n, it->name.p);
            add_end(b, res, it->type, result_cell(res, i, row).lo);
            buf_char(b, ' ');
            add_end(b, res, it->type, result_cell(res, i, row).hi);
            buf_char(b, '\n');
        }
}

/* Scores on one thread or two, whatever the data's faults, and adds what comes out. */
static void add_scores(struct buf *b, struct run *w, uint32_t threads)
{
    struct result *res = NULL;
    w->o.workers = threads > 1 ? workers_open(w->keep, threads) : NULL;
    w->o.chunk_rows = threads > 1 ? 16 : 0;
    if (run_vector(w, &res) == OK)
        add_result(b, res);
    if (threads > 1)
        workers_close(w->o.workers);
}

static void digest_pack(char hex[static HEX + 1], const char *path, uint32_t threads)
{
    size_t doc_n = 0, csv_n = 0;
    char *doc = t_read(t_source(path), &doc_n);
    char *csv = t_read(t_source("packs/sample/enterprises.csv"), &csv_n);
    struct run w;
    struct buf b;
    (void)run_open(&w, (Str){doc, doc_n}, (Str){csv, csv_n}, 20545, 2025); /* faults are meant */
    buf_init(&b, w.keep, BUF_MAX);
    bool planned = plan_build(w.keep, &w.plan, w.r, w.o.as_of, w.o.period, &w.ds) == OK;
    CHECK(planned && w.d->row_n == 200);
    if (planned)
        add_scores(&b, &w, threads);
    CHECK(b.n > 0);
    sha256_hex(hex, sha256_of(buf_str(&b)));
    run_close(&w);
    t_release(doc);
    t_release(csv);
}

static void digest_random(char hex[static HEX + 1], uint32_t threads)
{
    struct sha256 h;
    sha256_init(&h);
    for (uint64_t seed = 1; seed <= RANDOM; seed++) {
        struct arena *keep = arena_open();
        struct sample s;
        struct run w;
        struct buf b;
        sample_make(keep, &s, seed, SAMPLE_ALL);
        buf_init(&b, keep, BUF_MAX);
        if (run_open(&w, s.doc, sample_csv(keep, &s, NULL), SAMPLE_DAY, SAMPLE_YEAR))
            add_scores(&b, &w, threads);
        sha256_add(&h, buf_str(&b));
        run_close(&w);
        arena_close(keep);
    }
    sha256_hex(hex, sha256_end(&h));
}

static void add_line(struct buf *b, const char *hex, const char *name)
{
    buf_fmt(b, "%s  %s\n", hex, name);
}

TEST(prop_results_are_the_same_bits_everywhere)
{
    struct arena *keep = arena_open();
    struct buf b;
    char one[HEX + 1], two[HEX + 1];
    buf_init(&b, keep, BUF_MAX);
    for (size_t i = 0; i < ARRAY_N(packs); i++) {
        digest_pack(one, packs[i], 1);
        digest_pack(two, packs[i], 2);
        CHECK_STR(((Str){two, HEX}), one);
        add_line(&b, one, packs[i]);
    }
    digest_random(one, 1);
    digest_random(two, 2);
    CHECK_STR(((Str){two, HEX}), one);
    add_line(&b, one, "random documents");
    if (getenv("GECI_ACCEPT") != NULL) {
        FILE *out = fopen(t_source(expected_path), "wb");
        CHECK(out != NULL && fwrite(b.p, 1, b.n, out) == b.n && fclose(out) == 0);
    }
    size_t n = 0;
    char *want = t_read(t_source(expected_path), &n);
    CHECK_STR(buf_str(&b), want);
    t_release(want);
    arena_close(keep);
}
