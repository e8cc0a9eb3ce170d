#include "cmd/match/eval_set.h"

#include <jansson.h>
#include <string.h>

#include "base/arena.h"
#include "base/csv.h"
#include "base/str.h"
#include "cmd/cli.h"

enum { TITLE_WEIGHT = 3, READ_BYTES = 1800, GAIN_MAX = 20, TITLE_KIN = 25 };

struct reader {
    struct cli *c;
    struct eval_set *set;
    Str dir;
    struct index {
        uint64_t hash;
        uint32_t at; /* one more than the place; 0: free */
    } * doc, *query;
    size_t mask;
    size_t unread; /* lines that say nothing that is understood */
};

const char *eval_kind_name(enum eval_kind k)
{
    static const char *const name[] = {"needs", "experts", "questions", "papers"};
    return name[k];
}

static enum status rows(struct reader *r, struct eval_table *out, const char *name,
                        const char *head)
{
    return eval_must(r->c, eval_rows(r->c, out, r->dir, name, head), r->dir, name);
}

/* --- by id --- */

static uint32_t *slot(struct index *x, size_t mask, Str id)
{
    uint64_t hash = str_hash(id) | 1;
    size_t at = hash & mask;
    while (x[at].at != 0 && x[at].hash != hash)
        at = (at + 1) & mask;
    x[at].hash = hash;
    return &x[at].at;
}

static void index_all(struct reader *r)
{
    struct eval_set *s = r->set;
    size_t n = 1024;
    while (n < 2 * (s->doc_n + s->query_n))
        n *= 2;
    r->mask = n - 1;
    r->doc = ARENA_ARRAY(r->c->arena, struct index, n);
    r->query = ARENA_ARRAY(r->c->arena, struct index, n);
    for (size_t i = 0; i < s->doc_n; i++)
        *slot(r->doc, r->mask, s->doc_id[i]) = (uint32_t)i + 1;
    for (size_t i = 0; i < s->query_n; i++)
        *slot(r->query, r->mask, s->query[i].id) = (uint32_t)i + 1;
}

static void add_doc(struct reader *r, Str id, Str first, Str second)
{
    struct eval_set *s = r->set;
    struct rank_doc d = {.id = (uint32_t)s->doc_n, .field = {first, second}};
    VEC_PUSH(r->c->arena, s->doc_id, s->doc_id_n, s->doc_id_cap) = id;
    VEC_PUSH(r->c->arena, s->doc, s->doc_n, s->doc_cap) = d;
}

static struct eval_query *add_query(struct reader *r, Str id, Str text)
{
    struct eval_set *s = r->set;
    struct eval_query *q = &VEC_PUSH(r->c->arena, s->query, s->query_n, s->query_cap);
    *q = (struct eval_query){.id = id, .part = {{text, 1}}};
    return q;
}

static void judge(struct reader *r, Str query, Str doc, uint8_t gain)
{
    uint32_t q = *slot(r->query, r->mask, query), d = *slot(r->doc, r->mask, doc);
    r->unread += q == 0 || d == 0;
    if (q == 0 || d == 0)
        return;
    struct eval_query *x = &r->set->query[q - 1];
    VEC_PUSH(r->c->arena, x->at, x->n, x->cap) = (struct judged){d - 1, gain};
}

static enum status read_qrels(struct reader *r, bool gains)
{
    struct eval_table t;
    TRY(rows(r, &t, "qrels.tsv", gains ? "need achievement gain" : "query_id doc_id"));
    index_all(r);
    for (size_t i = 0; i < t.n; i += t.columns) {
        int gain = 1;
        if (gains && (!args_int(t.cell[i + 2], &gain) || gain < 0 || gain > GAIN_MAX)) {
            r->unread++;
            continue;
        }
        judge(r, t.cell[i], t.cell[i + 1], (uint8_t)gain);
    }
    return OK;
}

/* --- needs and achievements --- */

/* As much as is read of a description: the rest is about the firm. Whole characters. */
static Str beginning(Str s)
{
    size_t n = s.n < READ_BYTES ? s.n : READ_BYTES;
    while (n > 0 && n < s.n && ((unsigned char)s.p[n] & 0xC0) == 0x80)
        n--;
    return str_sub(s, 0, n);
}

static Str text_of(struct reader *r, const json_t *o, const char *key)
{
    const char *text = json_string_value(json_object_get(o, key));
    return text == NULL ? S("") : arena_copy(r->c->arena, str_of(text));
}

static enum status read_needs(struct reader *r, const char *name, bool judged)
{
    Str text;
    TRY(eval_text(r->c, &text, r->dir, name));
    while (text.n > 0) {
        Str line = str_cut(&text, '\n');
        json_t *o = line.n == 0 ? NULL : json_loadb(line.p, line.n, 0, NULL);
        r->unread += o == NULL && line.n > 0;
        if (o == NULL)
            continue;
        struct rank_part part[RANK_PARTS] = {{text_of(r, o, "title"), TITLE_WEIGHT},
                                             {beginning(text_of(r, o, "content")), 1}};
        if (judged)
            memcpy(add_query(r, text_of(r, o, "id"), S(""))->part, part, sizeof part);
        else
            memcpy(VEC_PUSH(r->c->arena, r->set->spare, r->set->spare_n, r->set->spare_cap), part,
                   sizeof part);
        json_decref(o);
    }
    return OK;
}

static enum status read_need_set(struct reader *r)
{
    struct eval_table t;
    TRY(read_needs(r, "needs.jsonl", true));
    TRY(rows(r, &t, "achievements.tsv", "id title_words"));
    for (size_t i = 0; i < t.n; i += t.columns)
        add_doc(r, t.cell[i], t.cell[i + 1], S(""));
    enum status st = read_needs(r, "needs_unjudged.jsonl", false);
    r->set->kind = EVAL_NEEDS;
    r->set->opts = (struct rank_opts){.weight = {1}, .k1 = 120, .b = 60};
    r->set->kin_weight = TITLE_KIN;
    return st == OK || st == ERR_GONE ? read_qrels(r, true) : st;
}

/* --- experts, questions, papers --- */

static enum status read_experts(struct reader *r)
{
    struct eval_table t;
    TRY(eval_rows(r->c, &t, r->dir, "experts.tsv", "expert earlier_project_titles"));
    for (size_t i = 0; i < t.n; i += t.columns)
        add_doc(r, t.cell[i], t.cell[i + 1], S(""));
    TRY(rows(r, &t, "queries.tsv", "qid expert project_title"));
    for (size_t i = 0; i < t.n; i += t.columns)
        (void)add_query(r, t.cell[i], t.cell[i + 2]);
    index_all(r);
    for (size_t i = 0; i < t.n; i += t.columns)
        judge(r, t.cell[i], t.cell[i + 1], 1);
    r->set->kind = EVAL_EXPERTS;
    r->set->opts = (struct rank_opts){.weight = {1}, .k1 = 90, .b = 40};
    return OK;
}

static enum status read_questions(struct reader *r)
{
    struct eval_table t;
    TRY(eval_rows(r->c, &t, r->dir, "docs.tsv", "doc_id title text"));
    for (size_t i = 0; i < t.n; i += t.columns)
        add_doc(r, t.cell[i], t.cell[i + 1], t.cell[i + 2]);
    TRY(rows(r, &t, "queries.tsv", "query_id query"));
    for (size_t i = 0; i < t.n; i += t.columns)
        (void)add_query(r, t.cell[i], t.cell[i + 1]);
    r->set->kind = EVAL_QUESTIONS;
    r->set->opts = (struct rank_opts){.weight = {1, 1}, .k1 = 120, .b = 75};
    return read_qrels(r, false);
}

static enum status read_papers(struct reader *r, Str text)
{
    static const char *const name[] = {"id", "title", "abstract", "keywords"};
    enum { ID, TITLE, ABSTRACT, KEYWORDS, NAMES };
    size_t at[NAMES], most = 0;
    struct csv csv;
    struct diags ds;
    diags_init(&ds, r->c->arena);
    csv_open(&csv, r->c->arena, text);
    TRY(csv_next(&csv, &ds));
    for (size_t k = 0; k < NAMES; k++) {
        for (at[k] = 0; at[k] < csv.cell_n && !str_eq(csv.cell[at[k]].text, str_of(name[k]));)
            at[k]++;
        most = at[k] > most ? at[k] : most;
        if (at[k] == csv.cell_n) {
            (void)cli_fail(r->c, ERR_INPUT,
                           ZE(r->c, "%.*s：表头没有列“%s”", "%.*s: the head has no column “%s”"),
                           STR_ARG(r->dir), name[k]);
            return ERR_INPUT;
        }
    }
    for (;;) {
        TRY(csv_next(&csv, &ds));
        if (csv.cell_n <= most)
            break;
        uint32_t doc = (uint32_t)r->set->doc_n;
        add_doc(r, csv.cell[at[ID]].text, csv.cell[at[ABSTRACT]].text, S(""));
        for (size_t k = TITLE; k < NAMES; k += KEYWORDS - TITLE) {
            struct eval_query *q = add_query(r, csv.cell[at[ID]].text, csv.cell[at[k]].text);
            q->keywords = k == KEYWORDS;
            VEC_PUSH(r->c->arena, q->at, q->n, q->cap) = (struct judged){doc, 1};
        }
    }
    r->set->kind = EVAL_PAPERS;
    r->set->opts = (struct rank_opts){.weight = {1}, .k1 = 120, .b = 75};
    return OK;
}

/* What was read must come to something. */
static enum status look_over(const struct reader *r)
{
    struct cli *c = r->c;
    size_t judged = 0;
    for (size_t i = 0; i < r->set->query_n; i++)
        judged += r->set->query[i].n;
    if (r->unread > 0)
        cli_warn(c,
                 ZE(c, "%.*s：%zu 行读不懂，或所指的需求、成果不在表里，没有算",
                    "%.*s: %zu lines not understood, or of texts that are not there: left out"),
                 STR_ARG(r->dir), r->unread);
    if (judged > 0)
        return OK;
    (void)cli_fail(c, ERR_INPUT,
                   ZE(c, "%.*s：%zu 条问题、%zu 条文本，没有一条判断对得上",
                      "%.*s: %zu questions and %zu texts, and no judgement that is of them"),
                   STR_ARG(r->dir), r->set->query_n, r->set->doc_n);
    return ERR_INPUT;
}

enum status eval_set_read(struct cli *c, struct eval_set *out, Str dir)
{
    static enum status (*const kinds[])(struct reader *) = {read_need_set, read_experts,
                                                            read_questions};
    static const char *const papers[] = {"csl_dev_1000.csv", "csl_test_1000.csv", "csl.csv"};
    struct reader r = {.c = c, .set = out, .dir = dir};
    enum status st = ERR_GONE;
    for (size_t i = 0; i < ARRAY_N(kinds) && st == ERR_GONE; i++) {
        *out = (struct eval_set){0};
        st = kinds[i](&r);
    }
    for (size_t i = 0; i < ARRAY_N(papers) && st == ERR_GONE; i++) {
        Str text;
        *out = (struct eval_set){0};
        st = eval_text(c, &text, dir, papers[i]);
        if (st == OK)
            st = read_papers(&r, text);
    }
    return st == OK ? look_over(&r) : st;
}
