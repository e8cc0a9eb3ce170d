/* eval.h - folders of questions whose answers are known, and what is printed about them.
 *
 *     names/      enterprise_names.tsv  queries.tsv  dedupe.tsv
 *     needs/      needs.jsonl  achievements.tsv  qrels.tsv
 *     experts/    experts.tsv  queries.tsv
 *     questions/  docs.tsv  queries.tsv  qrels.tsv
 *     papers/     csl_*.csv
 *
 * Known by the files in them, whatever the folder is called; each may be packed (.gz).
 */
#ifndef GECI_CMD_MATCH_EVAL_H
#define GECI_CMD_MATCH_EVAL_H

#include "base/base.h"
#include "match/measure.h"

struct cli;

struct eval_table {
    Str *cell; /* of all rows, one after the other */
    size_t n, cap, columns;
};

/* The text of DIR/name or DIR/name.gz. ERR_GONE without a complaint: there is neither; else the
 * complaint is made. */
NODISCARD enum status eval_text(struct cli *c, Str *out, Str dir, const char *name);
/* Lines of that text, at tabs, by the names at its head ("query doc gain"), in whatever order they
 * stand there. A head that has none of the names is taken as it stands; one that has a part of them
 * is complained of. */
NODISCARD enum status eval_rows(struct cli *c, struct eval_table *out, Str dir, const char *name,
                                const char *head);
/* ERR_INPUT with a complaint where the folder is of a known kind but lacks the file. */
NODISCARD enum status eval_must(struct cli *c, enum status st, Str dir, const char *name);

/* "  top1 0.9312 [0.9101 0.9480]" */
void eval_print_figure(struct cli *c, const char *name, struct figure f);
void eval_print(struct cli *c, const char *name, const struct measure *m);

enum status eval_names(struct cli *c, Str dir);
/* `train`: the folder that is learned from first; empty: none. */
enum status eval_texts(struct cli *c, Str dir, Str train);

#endif
