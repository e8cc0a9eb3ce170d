/* run.h - a scoring run: from a draft to a published, final, settled outcome.
 *
 *     draft -> computed -> reviewed -> notice (公示) -> final -> settled
 *                 \___________\___________\______\-> withdrawn, replaced by a correcting run
 *
 * A draft names the rules, the day and the year. Computing takes a snapshot of the facts, keeps
 * rules, snapshot and results as contents by hash, and writes a receipt for each subject; none of
 * it ever changes. Whoever computed may not review, and whoever reviewed may not publish
 * (RUN-SAME-PERSON). A notice runs for working days of a given calendar; until it is over a subject
 * may appeal. An appeal that is upheld is answered by correcting the facts and a new run that
 * replaces this one. Final is a run whose notice is over, with no appeal open and none upheld.
 *
 * What writes is part of an act of the caller's (audit/act.h). Wrong steps are RUN-* diagnostics
 * and ERR_INPUT, a run that is not there RUN-GONE and ERR_GONE; errors of the store as in db.h.
 */
#ifndef GECI_RUN_RUN_H
#define GECI_RUN_RUN_H

#include "base/day.h"
#include "base/diag.h"
#include "base/hash.h"
#include "crypto/digest.h"
#include "db/db.h"
#include "eval/eval.h"

struct act;
struct arena;

enum run_state { /* stored */
                 RUN_DRAFT = 1,
                 RUN_COMPUTED,
                 RUN_REVIEWED,
                 RUN_NOTICE,
                 RUN_FINAL,
                 RUN_SETTLED,
                 RUN_WITHDRAWN,
                 RUN_REPLACED,
};
const char *run_state_name(enum run_state s, enum lang lang);

/* Who does it, when, and where complaints go. */
struct run_desk {
    struct act *act;
    Str actor;
    Day today;
    struct diags *diags;
};

/* --- steps --- */

struct run_draft {
    Str title, rules; /* title: empty takes the document's; rules: the text of the document */
    Day day;
    int period;
    int64_t replaces; /* the run it is to correct, or 0 */
};
NODISCARD enum status run_new(const struct run_desk *d, const struct run_draft *in, int64_t *run);
NODISCARD enum status run_compute(const struct run_desk *d, int64_t run, struct workers *w);
NODISCARD enum status run_review(const struct run_desk *d, int64_t run, Str why);
/* `days` working days by the calendar (a CSV, run/workday.h) from `first` on. Puts the run that
 * this one replaces aside. */
struct run_notice {
    Day first;
    int days;
    Str calendar;
};
NODISCARD enum status run_publish(const struct run_desk *d, int64_t run,
                                  const struct run_notice *in);
NODISCARD enum status run_appeal(const struct run_desk *d, int64_t run, Str identity, Str text,
                                 int64_t *appeal);
NODISCARD enum status run_decide(const struct run_desk *d, int64_t appeal, bool upheld, Str why);
NODISCARD enum status run_finish(const struct run_desk *d, int64_t run);
/* Its points are in the ledger. */
NODISCARD enum status run_settle(const struct run_desk *d, int64_t run, Str why);
NODISCARD enum status run_withdraw(const struct run_desk *d, int64_t run, Str why);

/* --- looking --- */

struct run {
    int64_t run, replaces;
    Str title, kind, actor; /* actor: of the last step */
    Sha256 rules;
    Day day;
    int period;
    enum run_state state;
    int64_t since_us;
    /* from RUN_COMPUTED on */
    bool computed;
    Sha256 snapshot, results;
    Digest receipts;
    int64_t subjects, until_act;
    Str engine;
};
/* Who looks: a connection in a transaction, a county, where the answer lives. */
struct run_view {
    struct db_conn *conn;
    struct arena *keep;
    Str county;
    struct workers *workers; /* for computing again; or NULL */
    struct diags *diags;
};
NODISCARD enum status run_get(const struct run_view *v, struct run *out, int64_t run);

/* What one subject got: its line of the results, and the proof that it is part of the run. */
struct run_receipt {
    struct run run;
    int64_t row;    /* in the results, from 0 */
    Str head, line; /* of the results, CSV */
    Digest hash;
    Digest *path; /* crypto/merkle.h, up to run.receipts */
    size_t path_n;
};
NODISCARD enum status run_receipt(const struct run_view *v, struct run_receipt *out, int64_t run,
                                  Str identity);

/* --- computing again --- */

/* Rules and facts of a run, evaluated; also what verify, compare and explanations start from. */
struct run_outcome {
    struct rules *rules;
    struct dataset *data;
    struct plan *plan;
    struct result *result;
    Str text;     /* results: a head, then a line for each subject, CSV */
    size_t *line; /* where each begins, and the end */
    Digest *leaf; /* of each receipt */
    Digest root;
};
NODISCARD enum status run_again(const struct run_view *v, struct run_outcome *out,
                                const struct run *r);
/* The same for explanations and what-ifs: more is kept of the evaluation, and there is no text, nor
 * receipts. */
NODISCARD enum status run_explain(const struct run_view *v, struct run_outcome *out,
                                  const struct run *r);

/* Rules over a snapshot, both as texts, on the day and for the year of a run, whether or not they
 * are its own; errors with spans in the rules. */
NODISCARD enum status run_evaluate(const struct run_view *v, struct run_outcome *out, Str rules,
                                   Str snapshot, const struct run *r, bool values_only);

struct run_verdict {
    bool results, receipts, root; /* byte for byte the same */
    Str differs;                  /* identity of the first that is not, or empty */
    int64_t subjects;
};
/* OK whatever the verdict is: look at it. */
NODISCARD enum status run_verify(const struct run_view *v, struct run_verdict *out,
                                 const struct run *r);

#endif
