/* case_help.h - a small county with people, firms and money, in which tests take cases through
 * their steps: one act a call, as different people.
 *
 *     officer officer2 leader leader2 finance auditor town (of 320582100)
 *     aa bb cc (of E1 and E3 in 320582100, E2 in 320582101)
 *     ee (the expert X1; P1 is a platform, R1 an achievement, T1 a town)
 *     judge1 judge2 judge3 judge4 (judge4 works for E1)
 */
#ifndef GECI_TEST_CASE_HELP_H
#define GECI_TEST_CASE_HELP_H

#include "access/access.h"
#include "flow/flow.h"

struct case_world {
    struct arena *a;
    struct diags *ds;
    struct db_conn *w;
    struct access *access;
    Secret key;
    int64_t second;
    Day today;
    Str calendar;
    int64_t firm[8]; /* subjects E1 .. E3 at 1 .., then X1, P1, R1, T1 */
    int64_t above;   /* the case that those opened from now on are put under; 0: none */
    Sha256 rules;    /* the document that cases are opened under: case_keep */
};

#define CASE_COUNTY S("320582")

/* Fills a new store: `w` is its writing connection. Budgets of `policies` (with ;) of the year of
 * `today`, 10,000,000 yuan each. */
NODISCARD enum status case_world_fill(struct case_world *x, const char *policies);
void case_world_end(struct case_world *x);

/* Keeps a document, for the cases that are opened from now on. */
void case_keep(struct case_world *x, const char *path);

/* The same, and it is in force: types are found by their names. */
void case_publish(struct case_world *x, const char *path);

/* `given`: field=value|field=value. What was refused is undone, and said in x->ds. */
enum status case_open(struct case_world *x, const char *who, const char *type, int firm,
                      const char *given, int64_t *number);
enum status case_do(struct case_world *x, const char *who, int64_t number, const char *step,
                    const char *given);
enum status case_paper(struct case_world *x, const char *who, int64_t number, const char *paper);
enum status case_ask(struct case_world *x, int64_t number, const char *judge);
/* Told by an officer: kin of that firm's people. */
enum status case_tie(struct case_world *x, const char *who, int firm);
enum status case_score(struct case_world *x, const char *who, int64_t number, int64_t bid, int low,
                       int high);
enum status case_bid(struct case_world *x, const char *who, int64_t number, int64_t yuan,
                     bool opening, int64_t *bid);
size_t case_tick(struct case_world *x);
enum status case_ledger(struct case_world *x, const char *who, struct ledger_op *op,
                        struct ledger_done *done);
/* Approves all payments that are asked for, sends them, and says they were paid (or not). */
enum status case_bank(struct case_world *x, bool paid, int64_t *n);

struct flow_person case_person(struct case_world *x, const char *who);
/* Within a transaction of the caller's. */
struct flow_view case_view(struct case_world *x);
/* The state of a case, and all of it; on x->a. */
Str case_state(struct case_world *x, int64_t number);
struct flow_story case_story(struct case_world *x, int64_t number);

#endif
