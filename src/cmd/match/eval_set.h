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

/* --- eval_learn.c --- */

enum { EVAL_FOLDS = 5 };

/* Questions that are learned from: those of `in`, but for one fold of them. */
struct eval_pupils {
    const bool *in; /* by question; NULL: all */
    size_t without; /* EVAL_FOLDS: none */
};

/* From texts of `s` by themselves and from what was judged in `from`. */
struct sense *eval_learn(struct cli *c, const struct eval_set *s, const struct eval_set *from,
                         const struct eval_pupils *p);

/* What is in force: learned from these questions, with this weight; 0: words alone. */
struct eval_rival {
    const bool *in;
    uint16_t weight;
};
/* The weight that gains most over the rival (NULL: words alone) on questions that neither had
 * learned from, each fold in turn; 0: none does. *more: that gain. */
uint16_t eval_weight(struct cli *c, const struct eval_set *from, const bool *in,
                     const struct eval_rival *than, struct figure *more);

/* --- eval_texts.c --- */

struct eval_asking {
    struct cli *c;
    const struct eval_set *set;
    struct rank_index *index;
    struct rank_room *room;
    uint16_t sense_weight;
    int64_t us; /* of questions asked of all texts */
};
void eval_asking_open(struct eval_asking *x, const struct sense *sense);
void eval_asking_close(struct eval_asking *x);
/* The figure that what is learned is chosen by: its name, and of one question. */
const char *eval_value_name(const struct eval_set *s);
int32_t eval_value(struct eval_asking *x, const struct eval_query *q);

#endif
