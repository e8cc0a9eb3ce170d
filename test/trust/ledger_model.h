/* ledger_model.h - the ledger once more, as plainly as it can be said: arrays, one rule after the
 * other, no store. test/trust/ledger.c runs it beside the real one.
 *
 * Things are small numbers here: subjects, policies, years, levels, items, groups, people. */
#ifndef GECI_TEST_TRUST_LEDGER_MODEL_H
#define GECI_TEST_TRUST_LEDGER_MODEL_H

#include "ledger/ledger.h"

enum {
    SUBJECTS = 24,
    POLICIES = 3,
    YEARS = 3,
    LEVELS = 2,
    ITEMS = 8,
    GROUPS = 3,
    PEOPLE = 16,
    PARTS = 3,
    RULES_MAX = 4096,
    YEAR_0 = 2015,
    NONE = -1
};

struct ask {
    enum ledger_kind kind;
    int who, client_no; /* the client's name is made of both */
    Day day;
    int s, p, y, lv, item, grp;   /* NONE: left out */
    int64_t amount, extra, about; /* about: of struct done; NONE: left out; -2: no such number */
    int share_n;
    struct {
        int lv;
        int64_t weight;
        Day from;
    } share[PARTS];
    bool line, decision, note, receipt, payee;
    bool day_said; /* else it is asked again tomorrow all the same */
};

/* An operation that was done. */
struct done {
    struct ask ask;
    int64_t id; /* the real one's */
    int64_t amount, extra;
    int grp; /* whose cap it counted against */
    struct {
        int lv;
        int64_t amount;
        Day from, until;
        bool open;
    } part[PARTS];
    int part_n;
    int64_t leg[PARTS]; /* of a post: from which pool how much */
    int leg_lv[PARTS], leg_n;
    int64_t due, due_open;
    bool reversed;
    int state, version, approved[2], approvals; /* of a payment */
    int64_t claimed;
    int64_t hold; /* of a clawback: open */
};

struct rule_row {
    Day day;
    int64_t low, high;
};

struct pot {
    bool open;
    int64_t posted, pending;
    int parent; /* of a pool: year of its budget */
};

struct model {
    int wrong; /* which rule is wrong, 0: none */
    struct pot budget[LEVELS][YEARS], pool[LEVELS][POLICIES][YEARS];
    int64_t held[SUBJECTS][POLICIES][YEARS], spent[SUBJECTS][POLICIES][YEARS],
        expired[SUBJECTS][POLICIES][YEARS];
    int64_t payable[SUBJECTS], payable_pending[SUBJECTS], clawback[SUBJECTS], bank;
    struct rule_row rate[POLICIES][YEARS][RULES_MAX], life[POLICIES][RULES_MAX];
    int rate_n[POLICIES][YEARS], life_n[POLICIES];
    int64_t cap[POLICIES][YEARS], group_cap[POLICIES][YEARS][GROUPS]; /* NONE: no cap */
    int64_t used[POLICIES][YEARS][SUBJECTS], group_used[POLICIES][YEARS][GROUPS];
    int group[SUBJECTS];
    int64_t once[ITEMS][SUBJECTS][YEARS]; /* parts that stand */
    struct done *done;
    int64_t done_n;
    int64_t *ready; /* approved payments, not sent */
    int64_t ready_n;
};

void model_init(struct model *m, struct done *done, int64_t *ready);
/* DIAG_CODE_N: done, its amount is in the new struct done; else why it is refused. */
enum diag_code model_do(struct model *m, const struct ask *a);

#endif
