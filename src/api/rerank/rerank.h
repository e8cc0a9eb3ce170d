/* rerank.h - a model of somebody else's, asked how well each of some texts answers a question.
 *
 *     question, texts --rerank_body--> POST, by outside/ --rerank_answer--> thousandths of each
 *
 * Rerankers have /v1/rerank beside what OpenAI's servers have (vLLM, Xinference, TEI) and say a
 * relevance; of embeddings (/v1/embeddings) it is the cosine of a text's vector with the
 * question's. Nothing is asked unless a file names it and --outgoing its host; nothing that it says
 * is believed beyond a number from 0 to 1.
 */
#ifndef GECI_API_RERANK_H
#define GECI_API_RERANK_H

#include "base/diag.h"
#include "rule/model.h"

struct arena;
struct buf;

enum { RERANK_TEXTS = 64, RERANK_FULL = 1000 };

enum rerank_way { RERANK_SCORES, RERANK_VECTORS, RERANK_WAYS };

struct rerank_options {
    enum rerank_way way;
    Str url, model;          /* url empty: there is none */
    Str title, key;          /* what people call it; empty: it wants none */
    enum protection level;   /* of what it may be told: PROTECT_PUBLIC, or PROTECT_INTERNAL */
    uint32_t wait_s, weight; /* what a text that answers wholly gains, thousandths of a spread */
    /* Whom and what for subjects must have consented to, or nothing above the level is told; empty:
     * nothing ever is. */
    Str organisation, purpose;
};
enum { RERANK_FILE_MAX = 64 << 10, RERANK_DIM_MAX = 4096 };
extern const size_t rerank_answer_max[RERANK_WAYS]; /* bytes */

/* {"kind", "url", "model", "title", "key", "level", "wait_s", "weight", "organisation", "purpose"}.
 * ERR_INPUT: RERANK-FILE. */
NODISCARD enum status rerank_read(struct arena *keep, struct rerank_options *out, Str text,
                                  struct diags *ds);

void rerank_body(struct buf *out, const struct rerank_options *o, Str question, const Str *text,
                 size_t n);
/* said[i]: 0 .. RERANK_FULL, or -1 where it says nothing of a text. False: it is no such answer. */
bool rerank_answer(enum rerank_way way, Str body, size_t n, int32_t *said);

/* What is kept of an asking, as JSON: digests, and what was said of each text; no text. */
struct rerank_kept {
    enum rerank_way way;
    Str model, question; /* the question's digest */
    int64_t subject[RERANK_TEXTS];
    Str text[RERANK_TEXTS]; /* digests */
    int32_t said[RERANK_TEXTS];
    size_t n;
};
enum { RERANK_KEPT_MAX = 64 << 10 };
Str rerank_mark(struct arena *keep, Str text); /* its digest */
/* With the digests of both bodies. */
Str rerank_keep(struct arena *keep, const struct rerank_kept *k, Str asked, Str said);
bool rerank_kept(struct arena *keep, struct rerank_kept *out, Str text);

#endif
