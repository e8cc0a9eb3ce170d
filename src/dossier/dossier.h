/* dossier.h - one subject on paper.
 *
 *     selection of one + roster + scope + runs --dossier_lines--> lines --dossier_pdf--> PDF
 */
#ifndef GECI_DOSSIER_DOSSIER_H
#define GECI_DOSSIER_DOSSIER_H

#include "base/base.h"
#include "base/day.h"
#include "base/diag.h"
#include "query/query.h"
#include "run/run.h"

struct dossier_ask {
    struct db_conn *conn; /* in a transaction, for looking */
    struct arena *keep;
    Str county;
    const struct roster *roster;
    const struct scope *scope;
    struct selection *one; /* query_one */
    int64_t subject;
    Str identity;
    Day today;
    Str who; /* made it */
    /* A run evaluated for explanations, and given back; one at a time. */
    enum status (*take)(void *ctx, const struct run *run, const struct run_outcome **out);
    void (*give)(void *ctx);
    void *ctx;
    struct diags *diags;
};
/* As long as it takes to evaluate its runs: a second or two each, if they are not kept. */
NODISCARD enum status dossier_lines(const struct dossier_ask *a, struct buf *out);

/* With DOSSIER-*: ERR_BUSY, there is no printer or no font; ERR_IO, it failed. Half a second. */
NODISCARD enum status dossier_pdf(struct arena *keep, Str lines, Str *pdf, struct diags *ds);

#endif
