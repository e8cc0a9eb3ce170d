/* record.h - what was reported of whom: subjects, reports, marks, contents, snapshots.
 *
 *     columns   研发费用@2024 <tab> 职工总数          a report, once
 *     line      3200000 <tab> 52                     of one subject, once and for all
 *     mark      returned: 研发费用@2024, "发票不符"    by somebody, later
 *
 * A fact is a cell of a line: subject, field, period, value. Figures are in base units (元, 人; 5 %
 * is 0.05), so that a document may change the unit it shows; an empty cell says nothing. Two times
 * go with a fact: the act that brought it (what was known when) and, for fields without a period,
 * the day from which it holds. What holds is the last that was not returned: of fields with a
 * period by act, of the others by day and act. Nothing is ever changed or deleted.
 *
 * What writes takes a `struct record`: an act of one county, which the caller has begun and ends
 * (audit/act.h), in a transaction of the caller's. Errors are those of db/db.h; on any of them the
 * caller rolls back.
 */
#ifndef GECI_RECORD_RECORD_H
#define GECI_RECORD_RECORD_H

#include "base/day.h"
#include "base/diag.h"
#include "base/hash.h"
#include "db/db.h"
#include "rule/model.h"

struct act;
struct arena;
struct audit_derived;
struct buf;
struct dataset;
struct labels;

enum record_table {
    RECORD_CONTENT,
    RECORD_KIND,
    RECORD_SUBJECT,
    RECORD_REPORT,
    RECORD_LINE,
    RECORD_MARK,
    RECORD_SNAPSHOT,
    RECORD_TABLE_N
};

struct record {
    struct db_conn *conn;
    Str county;                /* region code, 320582 */
    int64_t act;               /* what is written now belongs to it */
    int64_t n[RECORD_TABLE_N]; /* rows it has written, by table */
};
/* Of an act that has begun (audit/act.h). */
struct record record_of(const struct act *a);

/* For readers that want everything up to now. */
#define RECORD_NOW INT64_MAX

/* --- contents: bytes by their hash, kept for good --- */

enum { CONTENT_PIECE = 1 << 20, CONTENT_MAX = 1 << 30 };

/* Keeps the bytes, once; what is there already is not written again. ERR_LIMIT beyond
 * CONTENT_MAX. */
NODISCARD enum status content_put(struct record *r, Sha256 *hash, Str bytes, Str media);
/* The same of bytes whose hash the caller has taken already. */
NODISCARD enum status content_put_as(struct record *r, Sha256 hash, Str bytes, Str media);
/* The bytes, checked against their hash; ERR_GONE: none such, ERR_IO: they are not what they were,
 * ERR_LIMIT: more than `max`. */
NODISCARD enum status content_get(struct db_conn *c, struct arena *keep, Str *out, Str county,
                                  Sha256 hash, size_t max);

/* --- kinds --- */

/* Puts a document of a kind in force. A field that the version before had must keep its type,
 * dimension and period, and may not be gone (RECORD-KIND-FIELD): facts of it may exist. *changed is
 * false when this very text is in force already, and nothing was written. */
NODISCARD enum status record_kind_put(struct record *r, struct arena *keep, bool *changed, Str text,
                                      struct diags *ds);
/* The document in force after an act; ERR_GONE: no such kind. */
NODISCARD enum status record_kind_get(struct db_conn *c, struct arena *keep, struct rules **out,
                                      Str county, Str kind, int64_t until_act);

/* --- reports --- */

struct record_report {
    const struct rules *kind;
    const struct dataset *data;    /* read by `kind`: load_csv */
    const uint32_t *line;          /* of each row, in the file; or NULL */
    const uint64_t *skip;          /* rows to leave out: a bit each; or NULL */
    Day day;                       /* facts without a period hold from it on */
    Str source, reporter;          /* who answers for it */
    const Sha256 *file, *evidence; /* contents; or NULL */
    bool (*tick)(void *ctx, uint32_t done, uint32_t total); /* false cancels; or NULL */
    void *ctx;
};

struct record_counts {
    uint32_t lines, subjects; /* written; subjects not known before */
    uint64_t facts;
    uint32_t blank; /* rows that say nothing */
};

/* Writes a report and brings up to date what is derived from it. ERR_BUSY: cancelled. On failure
 * the caller undoes. */
NODISCARD enum status record_report_add(struct record *r, const struct record_report *in,
                                        struct record_counts *out);

enum record_verdict { RECORD_VERIFIED = 1, RECORD_RETURNED = 2 };

struct record_mark {
    int64_t of_act, of_n; /* the line */
    int64_t subject;      /* whose it must be; 0: anybody's */
    Str field;            /* a column of it (研发费用@2024); empty: all of it */
    enum record_verdict verdict;
    Str why;
};
/* ERR_GONE: no such line, another subject's, or no such column in it. */
NODISCARD enum status record_mark_add(struct record *r, const struct record_mark *m);

/* --- what holds --- */

struct record_asked {
    Str county;
    Str kind;
    const struct rules *as; /* its fields are read; of the kind's document or of rules about it */
    Day day;                /* facts without a period as they hold on this day */
    int64_t until_act;      /* as known after this act; RECORD_NOW */
    const bool *want;       /* by field of `as`: which to read; NULL: all */
    int64_t subject;        /* only this one; 0: all of the kind */
    bool active;            /* only those in a standing that counts; `as` is the kind's own */
};

struct record_twin { /* a subject that went into another: its identity means that one */
    int64_t subject, into;
    Str identity;
};

struct record_facts {
    struct dataset *data;     /* rows by identity, columns by field and period */
    int64_t *subject;         /* of each row */
    struct record_twin *twin; /* by subject: those that have no row */
    size_t twin_n;
    uint64_t lines, odd; /* read; cells that `as` cannot read (an option it no longer has) */
};

/* One pass over the lines of the county: a few million facts a second. */
NODISCARD enum status record_facts(struct db_conn *c, struct arena *keep, struct record_facts *out,
                                   const struct record_asked *q);

/* A value for people: in the unit of the document where a power of ten leads there, else in base
 * units; and the name of that unit, empty if there is none. */
void record_show_value(struct buf *b, const struct field *f, const struct labels *labels, Wide v);
void record_show_unit(struct buf *b, const struct field *f);
/* 研发费用@2024 */
void record_show_column(struct buf *b, Str field, enum period_unit unit, int period);
/* 研发费用(万元)@2024 */
void record_show_head(struct buf *b, const struct field *f, int period);

/* --- one subject --- */

struct record_now {
    int64_t subject;
    Str identity, name, former, locality, chain, standing;
};
/* How the subjects of a kind stand today, by number. */
NODISCARD enum status record_now_all(struct db_conn *c, struct arena *keep, struct record_now **out,
                                     size_t *n, Str county, Str kind);
/* The tables that are derived by code and not by a statement, with who derives them again and
 * reports what they say otherwise (for audit/verify.h). */
const struct audit_derived *record_derived(size_t *n);
/* Of a merged subject: the one it went into. */
NODISCARD enum status record_subject(struct db_conn *c, Str county, Str kind, Str identity,
                                     int64_t *subject);
NODISCARD enum status record_subject_identity(struct db_conn *c, struct arena *keep, Str county,
                                              int64_t subject, Str *identity);

struct record_entry {   /* a fact as it was reported */
    int64_t act, n, at; /* act, line in it, line of the file */
    Str column, field;  /* 研发费用@2024, 研发费用 */
    Str value;          /* as kept, in base units */
    int64_t at_us;
    Day day;
    Str actor, source, reporter, file, evidence; /* the last two: hashes, or empty */
    enum record_verdict verdict;                 /* the last; 0: none yet */
    Str why, judge;
    bool holds; /* is what counts today */
    bool twin;  /* was reported of one that went into it */
};
struct record_entries {
    struct record_entry *at;
    size_t n, cap;
};
/* As record_show_value does, with the unit; as it is kept, if the document cannot read it. */
void record_show_entry(struct buf *b, struct arena *tmp, const struct rules *kind,
                       const struct record_entry *e);
/* Every fact that was reported of a subject, in order; of one field, or of all if it is empty. */
NODISCARD enum status record_history(struct db_conn *c, struct arena *keep,
                                     struct record_entries *out, Str county, int64_t subject,
                                     Str field);

/* --- subjects that are one --- */

/* From this act on `from` is no subject by itself: what was and will be reported of it fills what
 * `into` does not say of itself. Reports stay as they are, so that record_split undoes it. Both of
 * `kind`, by identity. ERR_INPUT, told: TWIN-SELF, TWIN-MERGED; ERR_GONE: no such subject. */
NODISCARD enum status record_merge(struct record *r, const struct rules *kind, Str from, Str into,
                                   Str why, struct diags *ds);
/* `from` is one by itself again. TWIN-APART: it was. */
NODISCARD enum status record_split(struct record *r, const struct rules *kind, Str from, Str why,
                                   struct diags *ds);
/* They look alike and are two: nobody need ask again. Refuses as record_merge does. */
NODISCARD enum status record_apart(struct record *r, const struct rules *kind, Str one, Str other,
                                   Str why, struct diags *ds);
struct record_pair {
    int64_t subject, other; /* subject < other */
};
/* All of which that was said, in order. */
NODISCARD enum status record_aparts(struct db_conn *c, struct arena *keep, struct record_pair **out,
                                    size_t *n, Str county, Str kind);
/* Those of a kind that are merged now, by subject. */
NODISCARD enum status record_twins(struct db_conn *c, struct arena *keep, struct record_twin **out,
                                   size_t *n, Str county, Str kind);

/* --- snapshots --- */

struct record_snapshot {
    Sha256 hash;
    uint32_t subjects;
    Str text; /* CSV in UTF-8: identity, then the columns in order, figures in base units */
};
/* Facts of a kind as they hold, as a content: the same facts give the same bytes and hash, whatever
 * the database and the order in which they came. load_csv reads it by the kind's document and by
 * every document of rules about it. */
NODISCARD enum status record_snapshot_add(struct record *r, struct arena *keep,
                                          struct record_snapshot *out, const struct rules *kind,
                                          Day day, int64_t until_act);

#endif
