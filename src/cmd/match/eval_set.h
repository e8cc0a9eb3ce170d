/* eval_set.h - questions, texts that may answer them, and who judged what. */
#ifndef GECI_CMD_MATCH_EVAL_SET_H
#define GECI_CMD_MATCH_EVAL_SET_H

#include "cmd/match/eval.h"
#include "match/rank.h"
#include "match/sense.h"

enum eval_kind { EVAL_NEEDS, EVAL_EXPERTS, EVAL_QUESTIONS, EVAL_PAPERS };

struct judged {
    uint32_t doc;
    uint8_t gain; /* 0: looked at, and no */
};

struct eval_query {
    Str id;
    struct rank_part part[RANK_PARTS];
    struct judged *at;
    size_t n, cap;
    bool keywords; /* of a paper: asked by its keywords, not its title */
};

struct eval_set {
    enum eval_kind kind;
    struct rank_doc *doc; /* id: its place */
    Str *doc_id;
    size_t doc_n, doc_cap, doc_id_n, doc_id_cap;
    struct rank_opts opts;
    uint16_t kin_weight; /* for titles; paragraphs gain nothing */
    struct eval_query *query;
    size_t query_n, query_cap;
    struct rank_part (*spare)[RANK_PARTS]; /* questions nobody judged: texts to learn words from */
    size_t spare_n, spare_cap;
};

/* ERR_GONE without a complaint: the folder is none of these. */
NODISCARD enum status eval_set_read(struct cli *c, struct eval_set *out, Str dir);
const char *eval_kind_name(enum eval_kind k);

#endif
