/* verb_store.c - the verbs that work on a store: --db. */
#include "cmd/verb_int.h"

#define STORE_OPTS OPT_DB, OPT_COUNTY, OPT_QUIET, OPT_LANG, OPT_HELP
#define ACT_OPTS   OPT_DB, OPT_COUNTY, OPT_ACTOR, OPT_QUIET, OPT_LANG, OPT_HELP

const struct verb VERBS_STORE[] = {
    {.name = "init",
     .group = GROUP_STORE,
     .operands = {"县名", "NAME"},
     .min = 1,
     .max = 1,
     .run = cmd_init,
     .summary = {"新建数据库，或在其中添一个县", "make a store, or add a county to one"},
     .detail = {"新建 --db 所指的数据库（已有就用已有的），把 --county 所指的县登记进去。此后对"
                "这个县的每一次改动都是一个带编号的行为，首尾相连，改不掉。",
                "Makes the store that --db names, or takes the one there is, and enters the county "
                "that --county names. From then on every change of that county is a numbered act "
                "in an unbroken chain."},
     .example = "geci init --db sqlite:zjg.db --county 320582 张家港市",
     .opts = {ACT_OPTS}},
    {.name = NULL},
};
