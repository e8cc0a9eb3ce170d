/* embed_int.h - what the objects behind include/geci.h hold. Each owns one arena. */
#ifndef GECI_EMBED_EMBED_INT_H
#define GECI_EMBED_EMBED_INT_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/str.h"
#include "col/dataset.h"
#include "eval/eval.h"
#include "geci.h"
#include "rule/model.h"

struct geci_rules {
    struct arena *arena;
    struct rules *rules;
    enum lang lang;
    bool usable; /* compiled without errors */
    const char *messages;
    char hash[65];
    const char **item_name, **field_name;
};

/* Columns of texts of one item, each NULL until somebody asks. */
struct told {
    const char **low, **high, **shown;
};

struct geci_scores {
    struct arena *arena, *reason; /* reason: the last explanation */
    const struct geci_rules *of;
    struct dataset *data;
    struct plan *plan;
    struct result *result; /* NULL when scoring failed */
    struct eval_opts opts;
    const char *messages;
    const char **id;
    struct labels *row; /* id -> row; NULL: few have been looked up */
    uint32_t look_n;
    struct told *told; /* by item */
};

enum geci_status embed_status(enum status st);
const char *embed_text(struct arena *a, Str s); /* with a NUL behind it */
/* All diagnostics as `geci check` prints them, by position. */
const char *embed_messages(struct arena *a, struct diags *ds, Str file, Str text, enum lang lang);
/* One end of a value; see geci_value. */
const char *embed_end(struct arena *a, const struct dataset *d, Type t, Wide v);
const char *embed_shown(struct arena *a, const struct geci_rules *r, const struct dataset *d,
                        uint32_t item, Cell c);
/* Row of a subject, or -1. */
int64_t embed_row(struct geci_scores *s, const char *id);
/* Index of an item, or -1. */
int32_t embed_item(const struct geci_rules *r, const char *item);

/* Scores in the making: opened, then either scored or failed, then closed by its user. */
struct geci_scores *embed_open(const struct geci_rules *r);
/* Are the rules usable, `as_of` a day and `year` 0 or a year? Else the messages say so. */
bool embed_may_score(struct geci_scores *s, const char *as_of, int year);
/* Reads the text as CSV under `file`, plans and runs. */
enum geci_status embed_score(struct geci_scores *s, Str file, Str text, int year, struct diags *ds);

#endif
