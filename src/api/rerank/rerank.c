#include "api/rerank/rerank.h"

#include "api/member.h"
#include "base/arena.h"
#include "base/decimal.h"
#include "base/str.h"

enum { WAIT_S = 3, WAIT_MAX = 10, WEIGHT = 500, WEIGHT_MAX = 2000 };
enum { FINE_ONE = 1 << 16, FINE_MOST = 256 };

const size_t rerank_answer_max[RERANK_WAYS] = {256 << 10, 8 << 20};

/* --- the file --- */

/* -1: it is there, and no figure from 1 to `most`. */
static int64_t figure_of(const json_t *root, const char *name, int64_t otherwise, int64_t most)
{
    const json_t *v = json_object_get(root, name);
    int64_t n = v == NULL ? otherwise : json_integer_value(v);
    return n >= 1 && n <= most ? n : -1;
}

/* What is wrong with it; NULL: nothing. */
static const char *read(struct arena *keep, struct rerank_options *o, const json_t *root)
{
    Str level = member_kept(keep, root, "level", "公开");
    int64_t wait = figure_of(root, "wait_s", WAIT_S, WAIT_MAX);
    int64_t weight = figure_of(root, "weight", WEIGHT, WEIGHT_MAX);
    Str kind = member_kept(keep, root, "kind", "reranker");
    *o = (struct rerank_options){.url = member_kept(keep, root, "url", ""),
                                 .model = member_kept(keep, root, "model", ""),
                                 .title = member_kept(keep, root, "title", "外部模型"),
                                 .key = member_kept(keep, root, "key", ""),
                                 .wait_s = (uint32_t)wait,
                                 .weight = (uint32_t)weight,
                                 .organisation = member_kept(keep, root, "organisation", ""),
                                 .purpose = member_kept(keep, root, "purpose", "")};
    o->way = str_eq(kind, S("embeddings")) ? RERANK_VECTORS : RERANK_SCORES;
    o->level = str_eq(level, S("内部")) ? PROTECT_INTERNAL : PROTECT_PUBLIC;
    if (o->url.n == 0 || o->model.n == 0)
        return "url, model";
    if (o->way == RERANK_SCORES && !str_eq(kind, S("reranker")))
        return "kind: reranker | embeddings";
    if ((o->organisation.n == 0) != (o->purpose.n == 0))
        return "organisation, purpose";
    if (o->level == PROTECT_PUBLIC && !str_eq(level, S("公开")))
        return "level: 公开 | 内部";
    return wait < 0 ? "wait_s: 1..10" : weight < 0 ? "weight: 1..2000" : NULL;
}

enum status rerank_read(struct arena *keep, struct rerank_options *out, Str text, struct diags *ds)
{
    json_error_t error;
    json_t *root = json_loadb(text.p, text.n, JSON_REJECT_DUPLICATES, &error);
    const char *wrong = json_is_object(root) ? read(keep, out, root) : "JSON";
    json_decref(root);
    if (wrong == NULL)
        return OK;
    out->url = S("");
    return diag_add(ds, DIAG_RERANK_FILE, (Span){0, 0}, str_of(wrong), NO_ARG, NO_ARG);
}

/* --- what it says --- */

/* Its place among n, said once. */
static bool take(const json_t *one, size_t n, const int32_t *said, size_t *at)
{
    const json_t *index = json_object_get(one, "index");
    json_int_t i = json_is_integer(index) ? json_integer_value(index) : -1;
    *at = (size_t)i;
    return i >= 0 && (size_t)i < n && said[i] < 0;
}

static bool read_relevance(const json_t *results, size_t n, int32_t *said)
{
    size_t k, at;
    json_t *one;
    json_array_foreach(results, k, one)
    {
        const json_t *x = json_object_get(one, "relevance_score");
        bool good = take(one, n, said, &at) && json_is_number(x) && json_number_value(x) >= 0 &&
                    json_number_value(x) <= 1;
        if (!good)
            return false;
        said[at] = (int32_t)(json_number_value(x) * RERANK_FULL + 0.5);
    }
    return json_array_size(results) > 0;
}

/* A number of a vector in parts of 65,536, so that sums are of integers; false: it is too large, or
 * none. */
static bool read_fine(const json_t *v, int64_t *out)
{
    bool good = json_is_number(v) && json_number_value(v) >= -FINE_MOST &&
                json_number_value(v) <= FINE_MOST;
    *out = good ? (int64_t)(json_number_value(v) * FINE_ONE) : 0;
    return good;
}

/* Thousandths of the cosine, 0 where they point away from each other; -1: `b` is no vector of `dim`
 * numbers, or one of them is nothing. */
static int32_t cosine(const json_t *a, const json_t *b, size_t dim)
{
    Wide aa = 0, ab = 0, bb = 0, length;
    if (json_array_size(b) != dim)
        return -1;
    for (size_t i = 0; i < dim; i++) {
        int64_t x, y;
        if (!read_fine(json_array_get(a, i), &x) || !read_fine(json_array_get(b, i), &y))
            return -1;
        aa += (Wide)x * x;
        ab += (Wide)x * y;
        bb += (Wide)y * y;
    }
    if (aa == 0 || bb == 0 || !wide_sqrt(&length, aa * bb, 0, 0))
        return -1;
    Wide said = (ab * RERANK_FULL + length / 2) / length;
    return said < 0 ? 0 : said > RERANK_FULL ? RERANK_FULL : (int32_t)said;
}

/* Of the question, which is the first, and every text: each once, all of one length. */
static bool read_vectors(const json_t *data, size_t n, int32_t *said)
{
    const json_t *vector[RERANK_TEXTS + 1] = {NULL};
    size_t k, at;
    json_t *one;
    if (json_array_size(data) != n + 1)
        return false;
    json_array_foreach(data, k, one)
    {
        json_int_t i = json_integer_value(json_object_get(one, "index"));
        at = (size_t)i;
        if (!json_is_integer(json_object_get(one, "index")) || at > n || vector[at] != NULL)
            return false;
        vector[at] = json_object_get(one, "embedding");
    }
    size_t dim = json_array_size(vector[0]);
    bool good = dim > 0 && dim <= RERANK_DIM_MAX;
    for (size_t i = 0; i < n && good; i++) {
        said[i] = cosine(vector[0], vector[i + 1], dim);
        good = said[i] >= 0;
    }
    return good;
}

bool rerank_answer(enum rerank_way way, Str body, size_t n, int32_t *said)
{
    json_error_t error;
    json_t *root = json_loadb(body.p, body.n, 0, &error);
    for (size_t i = 0; i < n; i++)
        said[i] = -1;
    bool good = way == RERANK_VECTORS ? read_vectors(json_object_get(root, "data"), n, said)
                                      : read_relevance(json_object_get(root, "results"), n, said);
    json_decref(root);
    return good;
}

/* --- what is kept --- */

bool rerank_kept(struct arena *keep, struct rerank_kept *out, Str text)
{
    json_error_t error;
    json_t *root = json_loadb(text.p, text.n, 0, &error), *row;
    size_t i;
    *out = (struct rerank_kept){.way = json_integer_value(json_object_get(root, "way")) > 0,
                                .model = member_kept(keep, root, "model", ""),
                                .question = member_kept(keep, root, "question", "")};
    json_array_foreach(json_object_get(root, "rows"), i, row)
    {
        if (out->n == RERANK_TEXTS)
            break;
        out->subject[out->n] = json_integer_value(json_object_get(row, "subject"));
        out->said[out->n] = (int32_t)json_integer_value(json_object_get(row, "said"));
        out->text[out->n++] = member_kept(keep, row, "text", "");
    }
    bool good = json_is_object(root);
    json_decref(root);
    return good;
}
