/* policy.h - the verb `policy`: documents with policies, the facts of their subjects, and what each
 * of them is entitled to.
 *
 *     policy.c       documents, facts, evaluation      policy_say.c  one subject, in words
 *     policy_list.c  all subjects: rows, or sums       policy_json.c the same as JSON
 */
#ifndef GECI_CMD_POLICY_H
#define GECI_CMD_POLICY_H

#include "cmd/job.h"
#include "entitle/statement.h"

enum { POLICY_DOCS_MAX = 64, POLICY_SEEK = 2000, POLICY_YEARS_MAX = 10 };

struct policy_doc { /* one document, evaluated */
    struct entitle *e;
    struct job job;
    Str text;
    bool skipped; /* not in force on the day */
};
struct policy_job {
    struct cli *c;
    struct policy_doc *doc; /* all of one kind of subjects */
    size_t n;
    Str kind;
};

/* All subjects: a row for each policy that pays one something (to -o, --json, or a pipe), or sums
 * by policy. Exit codes. */
int policy_list(struct policy_job *p);
/* The sums of --past years beside each other, and of --ahead years as far as those tell. */
int policy_years(struct policy_job *p, int past, int ahead);
void policy_say(struct policy_job *p, size_t doc, const struct statement *s);
struct json;
void policy_json_doc(struct json *j, struct cli *c, const struct policy_doc *d);
void policy_json(struct json *j, const struct statement *s);
/* Reads facts and evaluates for the year; exit code. */
int policy_run(struct policy_job *p, int years_back);

Str policy_money(struct cli *c, Money m);

#endif
