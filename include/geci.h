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
 * what to do. An object is always given, even on failure, and must be closed.
 * Ownership: texts that are returned live until their object is closed.
 * Threads: rules are immutable and may serve any number of threads; a scores object one at a time.
 * No call reads a file, the clock, the locale or the environment.
 */
#ifndef GECI_H
#define GECI_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

struct geci_rules;
struct geci_scores;

enum geci_status {
    GECI_OK = 0,
    GECI_INPUT, /* the document, the data or an argument is wrong: read the messages */
    GECI_LIMIT, /* too much was asked for */
    GECI_GONE,  /* no such subject or item */
};

enum geci_lang { GECI_ZH, GECI_EN };
enum geci_format { GECI_TEXT, GECI_JSON, GECI_HTML };

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
/* Names of the items that have values: indicators, gates, scores, grades, ranks, policies .. */
size_t geci_item_n(const struct geci_rules *r);
const char *geci_item_name(const struct geci_rules *r, size_t item);

/* Scores a CSV of facts (UTF-8 or GB18030; header: field names, `field@2023` for another year) as
 * of a day ("2026-11-22") for a year (0: the latest year in the header, else the year before).
 * Rules with errors cannot score. Bad cells fail the whole call; each has its message. */
enum geci_status geci_score_csv(struct geci_scores **out, const struct geci_rules *r,
                                const char *csv, size_t csv_n, const char *as_of, int year);
void geci_scores_close(struct geci_scores *s);
const char *geci_scores_messages(const struct geci_scores *s);

size_t geci_subject_n(const struct geci_scores *s);
const char *geci_subject_id(const struct geci_scores *s, size_t subject);

/* Value of an item for a subject (by id). Numbers are decimals in base units; gates give "met",
 * "unmet", "unknown", "manual" or "na" at both ends; labels give themselves. */
enum geci_status geci_value(struct geci_scores *s, const char *id, const char *item,
                            const char **low, const char **high);
/* As people read it: "61~78", "符合", "5.2%". NULL if there is no such subject or item. */
const char *geci_shown(struct geci_scores *s, const char *id, const char *item);
/* Why: the whole tree of reasons of a subject. NULL if there is no such subject. */
const char *geci_explain(struct geci_scores *s, const char *id, enum geci_format format);

#ifdef __cplusplus
}
#endif

#endif
