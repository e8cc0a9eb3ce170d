/* build_int.h - from sections to fields and items: what the builders share.
 *
 *     rule_load: read -> head -> declare (names) -> build_* (contents) -> resolve -> checks
 *
 * Declaring first gives every item its final index, so contents may refer forward.
 */
#ifndef GECI_RULE_BUILD_INT_H
#define GECI_RULE_BUILD_INT_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/str.h"
#include "rule/make.h"
#include "rule/model.h"
#include "rule/parse.h"
#include "rule/read.h"
#include "rule/words.h"

struct name_map; /* name -> field or item; open addressing */

struct builder {
    struct arena *keep;
    struct diags *diags;
    struct rules *r;
    struct doc *doc;
    struct name_map *names;  /* fields and items */
    struct name_map *labels; /* label -> code */
    int32_t *item_of;        /* section -> item index, -1 */
    enum word *kind_of;      /* section -> W_FIELDS .. W_NOTES; descendants of a score: W_SCORE */
    size_t field_cap, item_cap, label_cap, source_cap, example_cap, example_table_cap;
};

/* names.c */
struct name_map *names_open(struct arena *keep);
bool names_add(struct name_map *m, Str name, int64_t value); /* false: already there */
int64_t names_get(const struct name_map *m, Str name);       /* -1: absent */
enum { NAME_ITEM_BIT = 1 << 30 };                            /* value: field, or item | this */
uint32_t build_label(struct builder *b, Str text);
/* The closest declared name, for "did you mean"; or empty. */
Str build_near_name(const struct builder *b, Str name);

/* build_attr.c */
const struct attribute *attr_of(const struct section *s, enum word key);
Str attr_value(const struct section *s, enum word key); /* empty if there is none */
struct expr *attr_expr(struct builder *b, const struct section *s, enum word key);
/* Declares a name; reports NAME-DUPLICATE with a note on the first. */
bool build_declare_name(struct builder *b, Str name, Span span, int64_t value);
/* Reports keys that this kind of section does not know, and keys given twice. */
void build_check_keys(struct builder *b, const struct section *s, const enum word *allowed,
                      size_t allowed_n);
void build_value_error(struct builder *b, const struct attribute *a, const char *wanted);
void build_status(struct builder *b, const struct section *s, enum rule_status *out);
bool build_yes(struct builder *b, const struct section *s, enum word key);
/* 来源 依据 确度 状态 说明, clause. */
void build_common(struct builder *b, struct item *it, const struct section *s);
/* `3 四舍五入`: decimals and rounding. */
bool build_precision(struct builder *b, const struct attribute *a, uint8_t *digits,
                     enum rounding *how);
const struct unit *build_unit(struct builder *b, const struct attribute *a);
/* 浮动, and 备选 of the value of `key`. */
void build_varied(struct builder *b, struct item *it, const struct section *s, enum word key,
                  struct expr *of);
uint32_t build_field_implied(struct builder *b, Str name, Span span, enum field_type t);
struct pop *build_scope(struct builder *b, const struct attribute *a);

/* build_kind.c: 类 and the roles of fields, when all fields are read */
void build_kind(struct builder *b);
/* build_field.c */
/* `高; 较高` as labels; false: it is no list of texts. */
bool build_labels(struct builder *b, Text cell, uint32_t **out, uint32_t *n);
void build_fields(struct builder *b, const struct section *s, bool form);
/* build_table.c */
struct expr *build_table(struct builder *b, const struct section *s, const struct item *it,
                         const struct md_table *md, bool labels);
/* A table over `by` whose rows are the other head cells of `md` and whose results are `row`'s. */
struct expr *build_segment_row(struct builder *b, const struct attribute *by,
                               const struct md_table *md, const struct md_row *row);
/* build_item.c */
void build_item(struct builder *b, uint32_t section);
/* build_score.c */
void build_score(struct builder *b, uint32_t section);
/* When all scores are read: aggregation, reviews, caps, vetoes, rounding, passes. */
void build_score_finish(struct builder *b);
/* build_form.c: raw points of a leaf, before reviews and caps */
struct expr *build_form(struct builder *b, struct item *it, const struct section *s);
/* build_example.c: after resolving */
void build_examples(struct builder *b, const struct section *s);

/* resolve.c */
void resolve_all(struct builder *b);

#endif
