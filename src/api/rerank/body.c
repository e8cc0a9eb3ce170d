/* body.c - what is sent, and what is kept of it: digests and figures. */
#include "api/rerank/rerank.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/hash.h"
#include "base/json.h"
#include "base/str.h"

void rerank_body(struct buf *out, const struct rerank_options *o, Str question, const Str *text,
                 size_t n)
{
    struct json j;
    json_open(&j, out, false);
    json_obj(&j);
    json_kstr(&j, "model", o->model);
    if (o->way == RERANK_VECTORS) {
        json_kstr(&j, "encoding_format", S("float"));
        json_key(&j, S("input"));
        json_arr(&j);
        json_str(&j, question);
    } else {
        json_kstr(&j, "query", question);
        json_kint(&j, "top_n", (int64_t)n);
        json_key(&j, S("documents"));
        json_arr(&j);
    }
    for (size_t i = 0; i < n; i++)
        json_str(&j, text[i]);
    json_arr_end(&j);
    json_obj_end(&j);
}

Str rerank_mark(struct arena *keep, Str text)
{
    Sha256 hash = sha256_of(text);
    return arena_hex(keep, sha256_str(&hash));
}

Str rerank_keep(struct arena *keep, const struct rerank_kept *k, Str asked, Str said)
{
    struct json j;
    struct buf b;
    buf_init(&b, keep, RERANK_KEPT_MAX);
    json_open(&j, &b, false);
    json_obj(&j);
    json_kint(&j, "way", k->way);
    json_kstr(&j, "model", k->model);
    json_kstr(&j, "question", k->question);
    json_kstr(&j, "asked", rerank_mark(keep, asked));
    json_kstr(&j, "answered", rerank_mark(keep, said));
    json_key(&j, S("rows"));
    json_arr(&j);
    for (size_t i = 0; i < k->n; i++) {
        json_obj(&j);
        json_kint(&j, "subject", k->subject[i]);
        json_kstr(&j, "text", k->text[i]);
        json_kint(&j, "said", k->said[i]);
        json_obj_end(&j);
    }
    json_arr_end(&j);
    json_obj_end(&j);
    return buf_str(&b);
}
