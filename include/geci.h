/* geci.h - the scoring engine as a library: load rules, load columns, evaluate, explain.
 *
 *     struct geci_rules *r;  struct geci_scores *s;
 *     if (geci_rules_load(&r, "办法.md", text, text_n, GECI_ZH) != GECI_OK)
 *         puts(geci_rules_messages(r));
 *     if (geci_score_csv(&s, r, csv, csv_n, "2026-11-22", 2025) == GECI_OK)
 *         puts(geci_explain(s, "91320582MA1W9P5P17", GECI_TEXT));
 *     geci_scores_close(s);  geci_rules_close(r);
 *
 * Numbers come as decimal texts, never as binary floats; a value is an interval [low, high], both
 * ends the same when it is definite, "" for an end that is not bounded.
 * Errors: every call that can fail returns a status; the messages of an object tell what, where and
 * what to do. An object is always given, even on failure, and must be closed. Arguments are not
 * NULL unless it is said that they may be; texts are UTF-8 with a NUL behind them.
 * Ownership: what is passed in is copied. What is returned lives until its object is closed, but
 * for geci_explain. Rules outlive their scores, scores their what-ifs and what is scored again
 * from them.
 * Threads: rules are immutable and may serve any number of threads; a scores object one at a time.
 * No call reads a file, the clock, the locale or the environment. What is wrong with the library
 * itself, or memory that ran out, stops the program (abort): a wrong score is worse.
 */
#ifndef GECI_H
#define GECI_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif
#pragma GCC visibility push(default)

struct geci_rules;
struct geci_scores;
struct geci_whatif;

enum geci_status {
    GECI_OK = 0,
    GECI_INPUT, /* the document, the data or an argument is wrong: read the messages */
    GECI_LIMIT, /* too much was asked for */
    GECI_GONE,  /* no such subject or item */
};

enum geci_lang { GECI_ZH, GECI_EN };
enum geci_format { GECI_TEXT, GECI_JSON, GECI_HTML };
enum geci_kind { GECI_NUMBER, GECI_TRUTH, GECI_LABEL, GECI_DAY };

/* Engine version, "major.minor.patch"; with the hashes of rules and data it identifies a result. */
const char *geci_version(void);

/* Compiles a rule document (UTF-8). `name` is only for messages, which come in `lang`. */
enum geci_status geci_rules_load(struct geci_rules **out, const char *name, const char *text,
                                 size_t text_n, enum geci_lang lang);
void geci_rules_close(struct geci_rules *r);
/* All diagnostics, one after the other as `geci check` prints them; "" if there are none. */
const char *geci_rules_messages(const struct geci_rules *r);
/* SHA-256 of the text in hexadecimal. */
const char *geci_rules_hash(const struct geci_rules *r);
/* "official", "secondary", "example" or "": goes wherever a score goes. */
const char *geci_rules_status(const struct geci_rules *r);
/* Names of the fields that facts are given for, as columns of data are headed. */
size_t geci_field_n(const struct geci_rules *r);
const char *geci_field_name(const struct geci_rules *r, size_t field); /* NULL past the end */
/* Names of the items that have values: indicators, gates, scores, grades, ranks, policies .. */
size_t geci_item_n(const struct geci_rules *r);
const char *geci_item_name(const struct geci_rules *r, size_t item); /* NULL past the end */
/* What its values are, and with how many decimals numbers are computed; item < geci_item_n. */
enum geci_kind geci_item_kind(const struct geci_rules *r, size_t item);
int geci_item_scale(const struct geci_rules *r, size_t item);

/* ---- facts in ---- */

/* Scores a CSV of facts (UTF-8 or GB18030; header: field names, `field@2023` for another year) as
 * of a day ("2026-11-22") for a year (0: the latest year in the header, else the year before).
 * Rules with errors cannot score. Bad cells fail the whole call; each has its message. */
enum geci_status geci_score_csv(struct geci_scores **out, const struct geci_rules *r,
                                const char *csv, size_t csv_n, const char *as_of, int year);

/* One column of facts, a cell for each subject, as `text` or as `mantissa`; the other is NULL.
 *   head      as in the header of a CSV: "研发费用", "研发费用@2023", "研发费用(万元)"
 *   text      cells as in a CSV: "312.5", "312.5万元", "是", "2024-01-31"; NULL or "" is missing
 *   mantissa  numbers: mantissa * 10^-scale (0 <= scale <= 18) in the unit of the head, else of
 *             the field; truths: 1 and 0
 *   valid     bit i % 64 of word i / 64 says that subject i has a value; NULL: all have */
struct geci_column {
    const char *head;
    const char *const *text;
    const int64_t *mantissa;
    int scale;
    const uint64_t *valid;
};
struct geci_table {
    size_t row_n;
    const char *const *id; /* of each subject: unique, not empty */
    size_t column_n;
    const struct geci_column *column;
};
/* The same from columns in memory. Messages count lines as a CSV of them would (the first subject
 * is line 2) and name id and column. Costs what writing and reading that CSV costs. */
enum geci_status geci_score_table(struct geci_scores **out, const struct geci_rules *r,
                                  const struct geci_table *t, const char *as_of, int year);

/* The document's own examples: the facts of table `example` scored as subjects "1", "2" .. for the
 * day and year that the table names; else the day that the rules come into force, else `as_of`,
 * which may be NULL, and the year before. Does not compare with what the table expects. */
size_t geci_example_n(const struct geci_rules *r);
enum geci_status geci_score_example(struct geci_scores **out, const struct geci_rules *r,
                                    size_t example, const char *as_of);

/* The facts of `before` (which outlives *out) under `r`, a revision of its rules: other weights,
 * thresholds, formulas. What hangs on nothing that was revised is taken from there, so that a
 * slider may be drawn over a county. Every value is as if all were scored anew. GECI_GONE: fields
 * or texts of the document are others, so cells would be read otherwise: score the facts anew. */
enum geci_status geci_score_again(struct geci_scores **out, struct geci_scores *before,
                                  const struct geci_rules *r);

void geci_scores_close(struct geci_scores *s);
const char *geci_scores_messages(const struct geci_scores *s);
int geci_scores_year(const struct geci_scores *s); /* the year of evaluation; 0 after a failure */

/* ---- results out ---- */

size_t geci_subject_n(const struct geci_scores *s);                       /* 0 after a failure */
const char *geci_subject_id(const struct geci_scores *s, size_t subject); /* NULL past the end */

/* Value of an item for a subject (by id). Numbers are decimals in base units (元, 人, 平方米; 5 %
 * is 0.05); gates give "met", "unmet", "unknown", "manual" or "na" at both ends; labels give
 * themselves; days are "2026-11-22". */
enum geci_status geci_value(struct geci_scores *s, const char *id, const char *item,
                            const char **low, const char **high);
/* As people read it: "61~78", "符合", "5.2%". NULL if there is no such subject or item. */
const char *geci_shown(struct geci_scores *s, const char *id, const char *item);
/* Why: the whole tree of reasons of a subject. NULL if there is no such subject. Lives until the
 * next call of geci_explain for these scores. */
const char *geci_explain(struct geci_scores *s, const char *id, enum geci_format format);

/* All subjects of one item at once: low[i] and high[i] as of geci_value, shown[i] as of geci_shown,
 * i < geci_subject_n. Made at the first call for an item, then kept.
 * GECI_GONE: no such item, or scoring failed. */
enum geci_status geci_column_texts(struct geci_scores *s, const char *item, const char *const **low,
                                   const char *const **high);
enum geci_status geci_column_shown(struct geci_scores *s, const char *item,
                                   const char *const **shown);

/* The same for numbers: value = mantissa * 10^-scale. A bit of has_low (has_high) is set where
 * there is that bound; where it is clear the mantissa is 0. */
struct geci_numbers {
    size_t n;
    const int64_t *low, *high;
    const uint64_t *has_low, *has_high;
};
/* Never rounds: GECI_LIMIT if some value has more than `scale` decimals (0 <= scale <= 18) or does
 * not fit; ask for another scale, or for texts. GECI_INPUT: the item is no number. */
enum geci_status geci_column_numbers(struct geci_scores *s, const char *item, int scale,
                                     struct geci_numbers *out);

/* ---- what if ---- */

enum geci_others {
    GECI_FROZEN,   /* ranks and percentiles among the others as they were scored */
    GECI_RERANKED, /* everyone is scored again */
};
/* What the items of a subject would come to, were some facts others: set[i] is "field=value" or
 * "field@2023=value"; an empty value makes it missing. GECI_GONE: no such subject; GECI_INPUT: an
 * assignment is wrong, or what it says cannot be evaluated. */
enum geci_status geci_whatif_open(struct geci_whatif **out, struct geci_scores *s, const char *id,
                                  const char *const *set, size_t set_n, enum geci_others others);
void geci_whatif_close(struct geci_whatif *w);
const char *geci_whatif_messages(const struct geci_whatif *w);
enum geci_status geci_whatif_value(struct geci_whatif *w, const char *item, const char **low,
                                   const char **high);
const char *geci_whatif_shown(struct geci_whatif *w, const char *item); /* NULL: no such item */
/* The items whose value differs from the one scored, in the order of the document. */
size_t geci_whatif_change_n(const struct geci_whatif *w);
const char *geci_whatif_change(const struct geci_whatif *w, size_t i); /* NULL past the end */

#pragma GCC visibility pop
#ifdef __cplusplus
}
#endif

#endif
