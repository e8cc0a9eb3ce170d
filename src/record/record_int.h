/* record_int.h - what the parts of record/ share. */
#ifndef GECI_RECORD_RECORD_INT_H
#define GECI_RECORD_RECORD_INT_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "col/dataset.h"
#include "record/record.h"
#include "rule/model.h"
#include "sql.h"

static inline int64_t record_next(struct record *r, enum record_table t)
{
    return r->n[t]++;
}

/* columns.c: cuts the next column off `rest`; *period is COL_NO_PERIOD if none is named. False:
 * no more. */
bool columns_next(Str *rest, Str *field, int *period);

/* value.c: a cell of a line. Texts have tab, newline and backslash escaped. */
void value_print(struct buf *b, const struct field *f, const struct labels *labels, Wide v);
/* False: `f` cannot read it. `tmp` for texts with escapes. */
bool value_read(Wide *out, const struct rules *r, const struct field *f, Str text,
                struct labels *labels, struct arena *tmp);
Str value_text(struct arena *tmp, Str raw); /* without escapes */
/* 元; 倍 where there is none but a bare figure could be read as %. */
void value_base_unit(struct buf *b, const struct field *f);

/* twin.c: merged as known after an act: of a kind, or (into > 0) into one subject. By subject. */
struct twin_asked {
    Str county, kind;
    int64_t into, until_act;
};
NODISCARD enum status twin_read(struct db_conn *c, struct arena *keep, struct record_twin **out,
                                size_t *n, const struct twin_asked *q);
/* What a subject went into, 0: nothing. */
int64_t twin_into(const struct record_twin *twin, size_t n, int64_t subject);
/* Of a merged subject the one it went into, else the subject itself. */
NODISCARD enum status twin_follow(struct db_conn *c, Str county, int64_t *subject);
/* import.c: the subject that has the identity, merged or not. */
NODISCARD enum status subject_named(struct db_conn *c, Str county, Str kind, Str identity,
                                    int64_t *subject);

/* now.c: after a report or a mark, of one subject, or of all of the kind if it is 0. */
NODISCARD enum status now_refresh(struct record *r, const struct rules *kind, int64_t subject);
/* The same after a report of many that no earlier one is later than: what its rows say holds. */
struct now_row {
    int64_t subject; /* 0: the row was left out */
    Str identity;
};
/* Rows in order of subject, in their own order where it is the same. */
uint32_t *now_order(struct arena *keep, const struct now_row *who, uint32_t n);
/* `by`: as now_order says. */
NODISCARD enum status now_lay_over(struct record *r, const struct rules *kind,
                                   const struct dataset *d, const struct now_row *row,
                                   const uint32_t *by);
struct record_now now_of(const struct dataset *d, const struct rules *kind, uint32_t row,
                         struct now_row who);
bool now_same(const struct record_now *a, const struct record_now *b); /* but for who it is */
/* What holds of the fields with a role; of one subject, or of all of the kind. */
NODISCARD enum status now_facts(struct db_conn *c, struct arena *tmp, struct record_facts *out,
                                Str county, const struct rules *kind, int64_t subject);
bool now_concerns(const struct rules *kind, uint32_t field); /* has the field a role? */

#endif
