/* query_int.h - what the parts of query/ share.
 *
 *     roster.c   who has which roster          fold.c     from the store to a roster
 *     results.c  columns of published runs     rows.c     rows of a dataset as another
 *     search.c   texts that q looks in         select.c   scope, conditions, terms -> rows
 *     name.c     columns by name, in a scope   term.c     terms as expressions
 *     order.c    keys, cursors, pages          cell.c     what stands in a cell
 *     memo.c     what was asked before
 *     count.c    facets, spreads               peers.c    where one stands
 *     cross.c    by two fields at once             spare.c    rooms to work in
 */
#ifndef GECI_QUERY_QUERY_INT_H
#define GECI_QUERY_QUERY_INT_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/hash.h"
#include "base/str.h"
#include "base/utf8.h"
#include "col/dataset.h"
#include "match/roles.h"
#include "query/query.h"
#include "query/roster.h"
#include "query/scope.h"
#include "record/record.h"
#include "rule/model.h"

struct lock;
struct memo;

/* A column of results, behind the kind's fields: field `lo` holds its figure, or the lower end
 * where field `hi` has another; of texts `hi` holds what is no single one of the options. */
struct attached {
    Str name;
    uint32_t lo, hi; /* fields of the roster's document */
    uint32_t item;   /* of it: what conditions refer to */
    int64_t run;
    bool draft; /* not published: only for scopes with drafts */
};

/* The document and what lies behind it, shared by rosters that differ in facts only. */
struct model {
    struct arena *arena;
    uint32_t refs;
    struct rules *rules;
    struct attached *attached;
    uint32_t attached_n;
    struct outcome *outcome; /* the runs that they are of */
    uint32_t outcome_n;
    uint32_t kind_field_n; /* fields of the kind's document */
    struct match_roles match;
    const struct record_twin
        *twin; /* subjects that went into a row: any change of them is a fold */
    size_t twin_n;
};

struct roster_own {
    unsigned magic;
    struct arena *arena;        /* the roster's */
    const struct roster *below; /* whose columns it shares; or NULL */
    struct model *model;
    struct lock *lock; /* over the `refs` of rosters and models of the county */
    uint32_t refs;
    uint32_t depth;             /* of rosters below */
    const Str *key;             /* by row: what q looks in (search.c) */
    const uint32_t *by_subject; /* rows in the order of their subjects */
    struct memo *memo;          /* under `lock`; NULL: nothing was asked yet */
};
enum { ROSTER_MAGIC = 0x726f7374 };

/* rows.c: rows `from` of d (or NULL: all, in order; UINT32_MAX: a new one, empty and without id) as
 * a dataset of its own with columns of the fields that are wanted, or of all if NULL. */
struct rows_taken {
    const uint32_t *from;
    uint32_t n;
    const bool *want;
    bool own_texts; /* also ids and labels, without the empty columns: nothing of d is shared */
};
struct dataset *rows_take(struct arena *keep, const struct dataset *d, const struct rows_taken *t);

/* search.c */
Str search_key(struct arena *keep, struct arena *tmp, const struct rules *kind,
               const struct dataset *d, uint32_t row);
bool search_concerns(const struct rules *kind, uint32_t field);
struct search { /* words folded; which parts may be looked in */
    Str *word;
    uint32_t word_n;
    bool identity, name, former;
};
enum { SEARCH_EXACT, SEARCH_PREFIX, SEARCH_INSIDE, SEARCH_NONE };
void search_open(struct arena *keep, struct search *x, Str q);
int search_rank(const struct search *x, Str key);

/* fold.c: a new roster, held once. */
struct fold_job {
    struct db_conn *conn;
    Str county, kind;
    int64_t act;
    struct lock *lock;
    struct diags *diags;
};
NODISCARD enum status fold_all(const struct fold_job *j, struct roster **out);
/* As `old` but for these subjects (ascending). */
NODISCARD enum status fold_few(const struct fold_job *j, const struct roster *old,
                               const int64_t *subject, size_t n, struct roster **out);

/* results.c: adds columns of the runs in force to `d` and to the document. */
NODISCARD enum status results_attach(const struct fold_job *j, struct model *m, struct dataset *d);

/* spare.c: rooms nobody works in now. NULL: none, make one; false: enough are kept, close it. */
enum { SPARE_MAX = 8 };
struct spare {
    struct lock *lock;
    void *room[SPARE_MAX];
    size_t n;
};
void *spare_take(struct spare *s);
bool spare_give(struct spare *s, void *room);

/* --- within a scope --- */

struct selection {
    const struct scope *scope;
    const struct roster *roster;
    struct arena *keep;
    int period;
    Day today;
    uint64_t *rows; /* a bit for each row of the roster */
    uint8_t *rank;  /* of q, by row; NULL: nothing was searched */
    struct query_counts counts;
    Sha256 digest; /* of what was asked, by whom it may be */
};

static inline bool bit_is_set(const uint64_t *bits, size_t i)
{
    return (bits[i / WORD_ROWS] >> i % WORD_ROWS & 1) != 0;
}
static inline void bit_set(uint64_t *bits, size_t i)
{
    bits[i / WORD_ROWS] |= (uint64_t)1 << i % WORD_ROWS;
}
/* The next set bit from `i` on, or n. */
uint32_t bit_next(const uint64_t *bits, uint32_t i, uint32_t n);

/* memo.c: what was found before; false: nothing is known. */
Sha256 memo_key(Sha256 digest, Day today, uint32_t limit, Str cursor);
bool memo_selection(struct selection *s, Sha256 key); /* rows, counts and period */
void memo_keep_selection(const struct selection *s, Sha256 key);
bool memo_page(const struct roster *r, Sha256 key, uint32_t *row, size_t *n);
void memo_keep_page(const struct roster *r, Sha256 key, const uint32_t *row, size_t n);
void memo_close(struct memo *m); /* NULL is fine */

/* one.c: the first row whose identity is not before this one. */
uint32_t roster_from(const struct roster *r, Str identity);

/* name.c: fields and results by name. */
struct place {
    uint32_t field; /* of the roster's document */
    int period;
    const struct attached *attached; /* NULL: a field of the kind */
    bool identity;                   /* the identity, which no column holds */
    const struct column *lo, *hi;    /* of the dataset; NULL: nobody has anything there */
};
struct query_column {
    struct place place;
};
enum place_use { PLACE_SHOW, PLACE_ASK };
bool scope_reaches(const struct scope *s, const struct roster *r, uint32_t field,
                   enum place_use use);
struct asking { /* who asks of what; texts needed meanwhile on `tmp` */
    const struct scope *scope;
    const struct roster *roster;
    int period;
    struct arena *tmp;
    struct diags *diags;
};
/* ERR_INPUT: QUERY-FIELD and the like over the name. */
NODISCARD enum status place_find(struct place *out, const struct asking *a, Str name,
                                 enum place_use use);

/* term.c: the terms as one expression over the roster's document, NULL if none is left; those that
 * ask what a text contains are put aside. */
struct term_text {
    struct place place;
    Str part;
};
struct terms {
    struct expr *all;
    struct term_text *contains;
    size_t contains_n;
};
NODISCARD enum status terms_read(struct terms *out, const struct asking *a,
                                 const struct query_ask *ask);

/* count.c: figures in ascending order. */
const Wide *spread_sort(struct arena *tmp, const Wide *x, uint32_t n);
void spread_quantiles(const Wide *x, size_t n, Wide out[QUERY_QUANTILES]);
/* False: there is none, or not a single one. */
bool figure_at(const struct place *p, uint32_t row, Wide *out);

#endif
