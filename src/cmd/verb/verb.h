/* verb.h - what the program can do, as one table.
 *
 *     geci VERB [OPTION | OPERAND]...
 *
 * Option parsing (args.c), help (help.c), shell completion (completion.c) and the manual page
 * (manual.c) all read this table; a new verb is a row here and a function.
 */
#ifndef GECI_CMD_VERB_H
#define GECI_CMD_VERB_H

#include "base/base.h"
#include "base/diag.h"

struct cli;

enum opt {
    OPT_HELP,
    OPT_LANG,
    OPT_QUIET,
    OPT_JSON,
    OPT_DATA,
    OPT_ID,
    OPT_ITEM,
    OPT_SET,
    OPT_RERANK,
    OPT_GOAL,
    OPT_COST,
    OPT_AS_OF,
    OPT_PERIOD,
    OPT_THREADS,
    OPT_OUTPUT,
    OPT_FAILED,
    OPT_FORMAT_SCORE,
    OPT_FORMAT_EXPLAIN,
    OPT_ALL,
    OPT_LENIENT,
    OPT_CHECK,
    OPT_STDOUT,
    OPT_KIND,
    OPT_COUNT,
    OPT_SEED,
    OPT_SCALE,
    OPT_DRAWS,
    OPT_WEIGHTS,
    OPT_BOUNDS,
    OPT_TOP,
    OPT_BY,
    OPT_DB,
    OPT_COUNTY,
    OPT_ACTOR,
    OPT_RUN,
    OPT_TITLE,
    OPT_NOTE,
    OPT_DAYS,
    OPT_FROM,
    OPT_CALENDAR,
    OPT_REPLACES,
    OPT_TODAY,
    OPT_SOURCE,
    OPT_REPORTER,
    OPT_GOOD_ROWS,
    OPT_EVIDENCE_FILE,
    OPT_ACT,
    OPT_ANCHOR,
    OPT_KEY,
    OPT_WHO,
    OPT_VERB,
    OPT_OBJECT,
    OPT_SINCE,
    OPT_UNTIL,
    OPT_DRY_RUN,
    OPT_SUBJECT,
    OPT_POLICY,
    OPT_YEAR,
    OPT_LEVEL,
    OPT_LINE,
    OPT_ONCE,
    OPT_GROUP,
    OPT_AMOUNT,
    OPT_POINTS,
    OPT_HIGH,
    OPT_DECISION,
    OPT_RECEIPT,
    OPT_RULES,
    OPT_SNAPSHOT,
    OPT_EVIDENCE,
    OPT_LEVELS,
    OPT_STAGES,
    OPT_STAGE,
    OPT_VERSION,
    OPT_LAST_DAY,
    OPT_YEARS,
    OPT_BUDGET_YEAR,
    OPT_PAYEE,
    OPT_ACCOUNT,
    OPT_BANK,
    OPT_CLIENT,
    OPT_WHERE,
    OPT_FIND,
    OPT_SORT,
    OPT_FIELDS,
    OPT_LIMIT,
    OPT_UNDECIDED,
    OPT_ROLE,
    OPT_NO_ROLE,
    OPT_LOCALITY,
    OPT_ORGANISATION,
    OPT_PASSWORD_FILE,
    OPT_ACCESS_KEY,
    OPT_SCOPES,
    OPT_LISTEN,
    OPT_TRUSTED,
    OPT_ORIGIN,
    OPT_OIDC,
    OPT_OUTGOING,
    OPT_OUTGOING_CA,
    OPT_MODEL,
    OPT_ACCESS_LOG,
    OPT_PAST,
    OPT_AHEAD,
    OPT_TRAIN,
    OPT_AGAINST,
    OPT_EACH,
    OPT_PLACES,
    OPT_FLOOR,
    OPT_REASONS,
    OPT_WITH,
    OPT_SPLIT,
    OPT_FLOORS,
    OPT_PARENT,
    OPT_N
};

enum complete { COMPLETE_NONE, COMPLETE_FILE, COMPLETE_DOC, COMPLETE_CSV, COMPLETE_DATA };

struct option {
    const char *name;     /* without the dashes */
    char letter;          /* 0: none */
    const char *value[2]; /* by enum lang; NULL: takes no value */
    const char *choices;  /* "csv|json"; NULL: anything */
    bool many;            /* may be given again */
    enum complete complete;
    const char *text[2];
};

enum { VERB_OPTS_MAX = 20 };

enum verb_group {
    GROUP_RULES,
    GROUP_SCORES,
    GROUP_STORE,
    GROUP_ACCESS,
    GROUP_AUDIT,
    GROUP_SERVER,
    GROUP_MATCH,
    GROUP_OTHER,
    GROUP_N
};

struct verb {
    const char *name; /* one word, or two: a family and what it does, `run new` */
    enum verb_group group;
    const char *operands[2];     /* as shown in the usage line */
    int min, max;                /* operands; max -1: any number */
    const char *operand_choices; /* "man|completion"; NULL: files */
    int (*run)(struct cli *c);   /* returns the exit code */
    const char *summary[2];      /* one line */
    const char *detail[2];       /* paragraphs */
    const char *example;         /* lines to try, separated by \n, or NULL */
    uint8_t opts[VERB_OPTS_MAX]; /* enum opt; OPT_HELP ends the list and is in it */
};

const struct option *option_info(enum opt o);
const struct verb *verb_at(size_t i); /* NULL past the end */
const struct verb *verb_find(Str name);
Str verb_family(const struct verb *v); /* the first of two words; empty: there is one */
bool verb_is_family(Str word);
const char *verb_group_name(enum verb_group g, enum lang lang);
/* The closest name within reach, or NULL. */
const struct verb *verb_near(Str name);

int cmd_check(struct cli *c);
int cmd_mcp(struct cli *c);
int cmd_serve(struct cli *c);
int cmd_api(struct cli *c);
int cmd_fmt(struct cli *c);
int cmd_test(struct cli *c);
int cmd_score(struct cli *c);
int cmd_explain(struct cli *c);
int cmd_whatif(struct cli *c);
int cmd_seek(struct cli *c);
int cmd_compare(struct cli *c);
int cmd_robust(struct cli *c);
int cmd_policy(struct cli *c);
int cmd_template(struct cli *c);
int cmd_preview(struct cli *c);
int cmd_convert(struct cli *c);
int cmd_sample(struct cli *c);
int cmd_demo(struct cli *c);
int cmd_doctor(struct cli *c);
int cmd_docs(struct cli *c);
int cmd_help(struct cli *c);
int cmd_version(struct cli *c);
int cmd_init(struct cli *c);
int cmd_ledger_do(struct cli *c);
int cmd_ledger_issue(struct cli *c);
int cmd_ledger_settle(struct cli *c);
int cmd_settle_simulate(struct cli *c);
int cmd_ledger_batch(struct cli *c);
int cmd_ledger_balance(struct cli *c);
int cmd_ledger_statement(struct cli *c);
int cmd_ledger_payments(struct cli *c);
int cmd_ledger_verify(struct cli *c);
int cmd_ledger_trace(struct cli *c);
int cmd_ledger_reconcile(struct cli *c);
int cmd_run_new(struct cli *c);
int cmd_run_compute(struct cli *c);
int cmd_run_review(struct cli *c);
int cmd_run_publish(struct cli *c);
int cmd_run_appeal(struct cli *c);
int cmd_run_decide(struct cli *c);
int cmd_run_finish(struct cli *c);
int cmd_run_withdraw(struct cli *c);
int cmd_run_list(struct cli *c);
int cmd_run_show(struct cli *c);
int cmd_run_receipt(struct cli *c);
int cmd_run_results(struct cli *c);
int cmd_verify(struct cli *c);
int cmd_kind_set(struct cli *c);
int cmd_kind_list(struct cli *c);
int cmd_import(struct cli *c);
int cmd_export(struct cli *c);
int cmd_list(struct cli *c);
int cmd_snapshot(struct cli *c);
int cmd_history(struct cli *c);
int cmd_fact_verify(struct cli *c);
int cmd_fact_return(struct cli *c);
int cmd_evidence_get(struct cli *c);
int cmd_twins(struct cli *c);
int cmd_merge(struct cli *c);
int cmd_split(struct cli *c);
int cmd_backup(struct cli *c);
int cmd_restore(struct cli *c);
int cmd_migrate(struct cli *c);
int cmd_user_add(struct cli *c);
int cmd_user_passwd(struct cli *c);
int cmd_user_role(struct cli *c);
int cmd_user_lock(struct cli *c);
int cmd_user_unlock(struct cli *c);
int cmd_user_close(struct cli *c);
int cmd_user_totp_off(struct cli *c);
int cmd_user_list(struct cli *c);
int cmd_token_new(struct cli *c);
int cmd_token_revoke(struct cli *c);
int cmd_token_list(struct cli *c);
int cmd_audit_verify(struct cli *c);
int cmd_audit_list(struct cli *c);
int cmd_audit_show(struct cli *c);
int cmd_audit_export(struct cli *c);
int cmd_audit_key(struct cli *c);
int cmd_audit_sign(struct cli *c);
int cmd_audit_anchor(struct cli *c);
int cmd_audit_schema(struct cli *c);
int cmd_search_eval(struct cli *c);
int cmd_match_eval(struct cli *c);
int cmd_match_train(struct cli *c);
int cmd_match_assign(struct cli *c);
int cmd_match_round(struct cli *c);
int cmd_match_plan(struct cli *c);
int cmd_match_lock(struct cli *c);
int cmd_match_limit(struct cli *c);
int cmd_match_propose(struct cli *c);
int cmd_match_publish(struct cli *c);
int cmd_match_for(struct cli *c);
int cmd_match_rank(struct cli *c);
int cmd_case_types(struct cli *c);
int cmd_case_open(struct cli *c);
int cmd_case_do(struct cli *c);
int cmd_case_paper(struct cli *c);
int cmd_case_list(struct cli *c);
int cmd_case_tasks(struct cli *c);
int cmd_case_measures(struct cli *c);
int cmd_case_show(struct cli *c);
int cmd_case_tick(struct cli *c);

#endif
