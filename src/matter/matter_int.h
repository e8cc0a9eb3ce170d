/* matter_int.h - reading a case type: what its parts share. */
#ifndef GECI_MATTER_MATTER_INT_H
#define GECI_MATTER_MATTER_INT_H

#include "matter/matter.h"

enum matter_word_class {
    MATTER_KEY,
    MATTER_HEAD,
    MATTER_TAKES,
    MATTER_PEOPLE,
    MATTER_EFFECT,
    MATTER_OTHER,
};

/* clang-format off */
enum matter_word {
    MW_NONE,
    MW_POLICY, MW_OPENER, MW_CALENDAR, MW_REVIEWS, MW_PAYEE, MW_DECISION, MW_ONCE, MW_LEVEL,
    MW_CATEGORY, MW_SOURCE, MW_PROOF, MW_USE, MW_ABOVE,
    MW_STATE, MW_STEP, MW_FORM, MW_PAPER, MW_MEASURE, /* also what the five tables begin with */
    MW_TERM, MW_OVERDUE, MW_END, MW_SHOWN, MW_TAKES, MW_FROM, MW_TO, MW_WHO, MW_MUST, MW_PEOPLE,
    MW_NOT_BY, MW_EFFECT, MW_REQUIRED, MW_PREFILL, MW_NOTE, MW_HOW,
    MW_TAKES_REVIEWS, MW_TAKES_BIDS, MW_TAKES_OPENING, MW_OWN, MW_SYSTEM,
    MW_NOTIFY, MW_NOTICE, MW_RESERVE, MW_PAY, MW_VOID, MW_RECLAIM, MW_ASSIGN, MW_SET, MW_OPEN,
    MW_YES, MW_TODAY, MW_SHARE, MW_TIME, MW_SUM, MW_MATCH,
    MW_N
};
/* clang-format on */

enum matter_word matter_word_find(enum matter_word_class cls, Str text);

/* Part of a text, trimmed. */
Text matter_sub(Text t, size_t beg, size_t end);
/* The next part between ; and, with `commas`, 、 and commas. False: nothing is left. */
bool matter_part(Text *rest, Text *part, bool commas);
/* Cuts the first word off. */
Text matter_word_cut(Text *rest);

struct matter_reader {
    struct arena *keep;
    struct diags *ds;
    struct matter *m;
    const struct section *s;
    matter_role role;
    bool bad;
};

/* Reports over a piece of the document. */
void matter_wrong(struct matter_reader *x, enum diag_code code, Text at, Str more);

/* One of several tables: which column is which. */
struct matter_table {
    const struct md_table *md;
    uint32_t at[MW_N]; /* column + 1; 0: none */
};
Text matter_cell(const struct matter_table *t, uint32_t row, enum matter_word column);
/* `5个工作日`, `30天`, a day on the form; false: reported. */
bool matter_read_term(struct matter_reader *x, Text cell, struct matter_term *out);
/* A list of roles and people. */
uint32_t matter_read_who(struct matter_reader *x, Text cell);
/* A field or item by name, a "text", 今天. */
bool matter_read_value(struct matter_reader *x, Text cell, struct matter_value *out);
/* A field of the form by name; -1: reported. */
int32_t matter_read_field(struct matter_reader *x, Text cell);
/* effect.c */
void matter_read_effects(struct matter_reader *x, Text cell, struct matter_step *out);
/* measure.c: 密级 and 分类, and the table of measures. */
void matter_read_level(struct matter_reader *x, Text level, Text category);
void matter_read_measures(struct matter_reader *x, const struct matter_table *t);
/* other.c: 凭件, 占用, 上级. */
void matter_read_others(struct matter_reader *x, Text proof, Text use, Text above);
/* ways.c: can every state be reached, and left, and does it come to an end? */
void matter_check_ways(struct matter_reader *x);
/* ask.c: compiles the condition of a step to see whether it can be. */
void matter_check_must(struct matter_reader *x, const struct matter_step *s);

#endif
