/* job.h - a rule document, a data file and a day, brought together: what most verbs start with.
 *
 *     job_doc -> job_when -> job_data -> job_run
 *
 * Every function reports what is wrong and returns an exit code; 0 is good. Everything lives on the
 * arena of the run.
 */
#ifndef GECI_CMD_JOB_H
#define GECI_CMD_JOB_H

#include "base/base.h"
#include "base/day.h"
#include "cmd/cli.h"
#include "eval/eval.h"

struct job {
    Str doc_path, data_path, data_text; /* data_text: decoded; of a column file, its header */
    const struct gcol *columns;         /* the data, if they are a column file */
    struct arena *file;                 /* the bytes these lie in; NULL: not our own */
    struct file_view *view;             /* or these */
    struct rules *rules;
    struct dataset *data;
    char data_sha256[65];
    Day as_of;
    int period;       /* INT32_MIN until the data say */
    bool stored;      /* the data are a snapshot of a store */
    bool values_only; /* set by whoever wants no traces nor what-ifs: less memory (eval/eval.h) */
    struct plan *plan;
    struct result *res;
};

enum { DOC_BYTES_MAX = 16 << 20 };
#define DATA_BYTES_MAX ((size_t)4 << 30)

/* Reads and compiles; warnings are left to `geci check`. */
int job_doc(struct cli *c, struct job *j, Str path);
/* The same from text that is at hand; `path` is for messages. */
int job_doc_text(struct cli *c, struct job *j, Str path, Str text);
int job_when(struct cli *c, struct job *j); /* --as-of, --period; warns when not in force */
/* A CSV or a column file, by its first bytes. */
int job_data(struct cli *c, struct job *j, Str path);
int job_data_text(struct cli *c, struct job *j, Str path, Str bytes);
int job_threads(struct cli *c, int *n); /* --threads; *n stays when it is not given */
int job_run(struct cli *c, struct job *j);
/* `j` is empty but for values_only. All four, for the verbs with one document and --data, or
 * --run; the text of the data is gone then. */
int job_all(struct cli *c, struct job *j);

/* The row that --id names, by id or by name; a complaint offers what is close. */
int job_row(struct cli *c, const struct job *j, uint32_t *row);

/* "【示例】龙湾 2022，评价期 2024，评价日 2025-11-21" */
Str job_title(struct cli *c, const struct job *j);

#endif
