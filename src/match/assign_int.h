/* assign_int.h - inside assignment: who must go without, and a flow of least cost for the rest. */
#ifndef GECI_MATCH_ASSIGN_INT_H
#define GECI_MATCH_ASSIGN_INT_H

#include "match/assign.h"

#define ASSIGN_NONE UINT32_MAX

struct assign_link {
    uint32_t next, last;
};

void assign_link_in(struct assign_link *l, uint32_t *first, uint32_t i);
void assign_link_out(struct assign_link *l, uint32_t *first, uint32_t i);
/* Where the pairs of each need begin, and the end. */
uint32_t *assign_starts(struct arena *tmp, const struct assign_task *t);

/* --- who must go without (assign_cut.c) --- */

/* `is_short`, of each need, then of each supply: places run out there. All places of such supplies
 * go to such needs, all other needs can be served by the other supplies alone, and between the two:
 * a pair of a short need with another supply belongs to every way to serve as many as can be.
 * Looks at free pairs only. */
void assign_cut(struct arena *tmp, const struct assign_task *t, bool *is_short);

/* --- flow of least cost (assign_flow.c) --- */

struct assign_node {
    int64_t length;
    uint32_t seen;  /* the search it was reached in, */
    uint32_t done;  /* and settled in */
    uint32_t from;  /* node on the way, */
    uint32_t pair;  /* and pair; ASSIGN_NONE: to or from a group */
    uint32_t first; /* of a supply: pairs taken; of a group: needs with places left empty */
    uint32_t left;  /* places: of a supply free, of a need empty, of a group to spare */
};

struct assign_step {
    int64_t length;
    uint32_t node;
};

/* Nodes: needs, then supplies, then groups. */
struct assign_flow {
    const struct assign_task *t;
    bool *is_taken;                    /* of each pair */
    int64_t *height;                   /* of each node */
    int64_t pair_worth, promise_worth; /* more than all scores; more than all pairs */
    uint32_t supply_at, group_at, node_n;

    struct arena *tmp;
    struct assign_node *node;
    uint32_t *start;           /* of each need's pairs, and the end */
    struct assign_link *taken; /* pairs of one supply */
    struct assign_link *empty; /* needs of one group with places left empty */
    struct assign_step *heap;
    size_t heap_n, heap_cap;
    uint32_t *settled; /* nodes nearer than the end, in this search */
    uint32_t settled_n;
    uint32_t search;
    int64_t best; /* length of the best end, */
    uint32_t end; /* and the node before it; ASSIGN_NONE: none yet */
};

/* More than any way round through pairs can gain. */
int64_t assign_promise_worth(const struct assign_task *t, int64_t pair_worth);
/* Nobody has anything. */
void assign_flow_open(struct assign_flow *f, struct arena *tmp, const struct assign_task *t,
                      int64_t pair_worth);
/* All needs get the best they can get at once; without promises. */
void assign_flow_serve(struct assign_flow *f);
/* From the best way without promises (`is_taken`, `height` set) to the best one with them. */
void assign_flow_promise(struct assign_flow *f);

#endif
