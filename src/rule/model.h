/* model.h - one compiled rule document: immutable, shared by any number of readers.
 *
 *     text -> rule_read (lines, sections) -> rule_load (fields, items, expressions, types, checks)
 *
 * Everything points into the arena that rule_load was given, and into the document's text, which
 * must live as long. Items stand in document order; `order` lists them so that each comes after
 * what it refers to. `geci.md`-like documents without errors can always be evaluated.
 */
#ifndef GECI_RULE_MODEL_H
#define GECI_RULE_MODEL_H

#include "base/base.h"
#include "base/day.h"
#include "base/hash.h"
#include "rule/expr.h"
#include "rule/read.h"

struct arena;
struct diags;
struct labels; /* col/dataset.h */

enum rule_status { STATUS_NONE, STATUS_OFFICIAL, STATUS_SECONDARY, STATUS_EXAMPLE };

enum field_type {
    FIELD_NUM,   /* 数 */
    FIELD_TRUTH, /* 是否 */
    FIELD_JUDGED, /* 人工: like 是否, but missing means "a person has to decide" (TRUTH_MANUAL) */
    FIELD_TEXT,   /* 文本 */
    FIELD_CHOICE,   /* 选项: text, one of `option` */
    FIELD_DAY,      /* 日期 */
    FIELD_USCC,     /* 信用代码: text, both check digits warned about */
    FIELD_REGION,   /* 区划: text */
    FIELD_INDUSTRY, /* 行业: text */
    FIELD_LINK,     /* 关联: text, the identity of a subject of the kind `link`; several with ; */
};

/* How far a field's values may travel (分级); what is not said counts as sensitive. */
enum protection {
    PROTECT_PUBLIC = 1, /* 公开: may be published */
    PROTECT_INTERNAL,   /* 内部: within government */
    PROTECT_SENSITIVE,  /* 敏感: the subject's own, by relation or consent */
    PROTECT_PERSONAL,   /* 个人: of natural persons; masked */
};

enum blank_policy { BLANK_UNKNOWN, BLANK_ZERO, BLANK_MEAN, BLANK_MEDIAN, BLANK_CARRY };

struct field {
    Str name;
    Span span;
    enum field_type ftype;
    Type type;               /* of the value in base units */
    const struct unit *unit; /* unit of a bare number in data; NULL: none */
    enum period_unit period;
    enum blank_policy blank;
    struct pop *blank_by; /* 组均值 同 ..: peer groups of the imputation, or NULL */
    uint32_t blank_n;     /* 沿用 近N年: how many periods back at most (default 3) */
    bool has_lo, has_hi;  /* 范围: values outside are data errors; bounds of an unknown value */
    Wide lo, hi;          /* in base units at type.scale, inclusive */
    uint32_t *option;     /* FIELD_CHOICE: label codes */
    uint32_t option_n;
    Str meaning, source;
    Str link; /* FIELD_LINK: name of the kind */
    enum protection protect;
    bool implied; /* declared by a gate that needs a person, or a 评审 attribute: no table row */
    bool form;    /* under `字段 X`: on the form of a case (matter/), no fact of a kind */
    bool used;
};

enum item_kind {
    ITEM_PARAM,
    ITEM_SEGMENT,
    ITEM_INDICATOR,
    ITEM_GATE,
    ITEM_SCORE,
    ITEM_GRADE,
    ITEM_RANK,
    ITEM_PASS,
    ITEM_POLICY
};

enum score_form {
    FORM_NONE,
    FORM_GROUP,  /* has children */
    FORM_BAND,   /* band, interval_band: decision table */
    FORM_EXPERT, /* an expert enters a figure in an interval */
    FORM_STEP,   /* threshold, then per unit */
    FORM_PER_UNIT,
    FORM_CATEGORY, /* count by category times points */
    FORM_FLAGS,
    FORM_TARGET,   /* weight * actual / target, capped extra */
    FORM_AVERAGE,  /* base at the average, plus or minus per step */
    FORM_STANDARD, /* max * min(actual / standard, 1) */
    FORM_INDEX,    /* 100 * x / x at the base period */
    FORM_FORMULA,  /* 式, also normalised population values */
};

enum stacking { STACK_UNSTATED, STACK_HIGHEST, STACK_TOP_UP, STACK_SUM };

struct pair { /* label and expression: category counts, flags, instalments */
    Str label;
    struct expr *a, *b;
    Span span;
};

/* 浮动 and 备选: assumptions somebody made, which do not bear on a score, only on robust/. */
struct varied {
    bool given;   /* 浮动 */
    uint32_t ppm; /* bounds (of a group: the weights of its children) go this far up and down */
    Span place;   /* of what 备选 stands for: a value, a formula, 汇总 */
    Text *instead;
    struct expr **expr; /* of each, NULL where it is a way to add up */
    struct expr *of;    /* what stands at `place`, or NULL */
    uint32_t instead_n;
};

struct item {
    enum item_kind kind;
    Str name;
    Span span; /* the name in its heading */
    Type type;
    struct expr *expr; /* what is evaluated; every kind has one after loading */
    Str clause;        /* quoted text under the heading, lines joined by '\n'; may be empty */
    Span clause_span;
    Str source, certainty, note; /* 来源/依据, 确度, 说明 */
    enum rule_status status;     /* own or inherited */
    const struct unit *unit;     /* 单位, or NULL */
    const struct unit *show;     /* 显示: unit to print in, or NULL */
    bool has_digits;             /* 精度 given (or implied for scores) */
    uint8_t digits;
    enum rounding how;
    struct varied vary; /* what geci robust may try */
    int32_t parent;     /* item index of the score above, or -1 */
    uint32_t *child;
    uint32_t child_n;

    /* gates */
    Str unmet_text;       /* 不符: message with {names} */
    struct expr *applies; /* 适用, or NULL; also scores */
    bool manual;          /* 人工: decided by a person */
    enum truth
        on_unknown; /* 缺数: TRUTH_UNKNOWN (default), TRUTH_UNMET, TRUTH_MET; also policies */

    /* scores */
    enum score_form form;
    struct expr *max;     /* 满分: constant or by segment; NULL = none */
    struct expr *weight;  /* 权重; NULL = 1 */
    struct expr *minimum; /* 最低, part of the pass of the root */
    struct expr *veto;    /* 一票否决: true -> 0 */
    struct expr *cap;     /* 封顶 */
    uint32_t present_e6;  /* 有效, in millionths; 0 = not asked */
    bool bonus, deduction;
    bool blank_zero; /* 缺数: 零分 */
    enum op agg;     /* of a group */
    struct expr *measure, *each, *gain, *threshold, *base, *target, *excess, *average, *choice;
    struct pair *pair; /* FORM_CATEGORY: a = count, b = each; FORM_FLAGS: a = flag, b = points */
    uint32_t pair_n;
    int32_t review; /* 评审: field with the expert's figure, or -1 */
    int32_t pass;   /* item index of its ITEM_PASS, or -1 */

    /* grades: table in expr; rank */
    struct expr *by; /* 依据 */
    bool by_quantile;
    enum rounding quota; /* 名额取整 */
    int32_t rank;        /* index of the ITEM_RANK beside a grade, or -1 */

    /* policies */
    Str beneficiary, stacking_group, linked, code;
    enum stacking stacking;
    struct expr *when, *amount;
    struct pair *instalment; /* a = share or amount */
    uint32_t instalment_n;
};

struct example { /* one row of a 测试 table */
    Str label;
    Span span;
    uint32_t table; /* rows with the same number are scored as one population */
    struct example_cell *cell;
    uint32_t cell_n;
};
struct example_cell {
    bool expected;   /* else given */
    uint32_t ref;    /* field or item */
    bool has_period; /* given under `field@2023`: `period` is the absolute key of the column */
    int period;
    int shift;     /* given as a series: years or quarters back from the current one (0, -1, ..) */
    Cell value;    /* given: at the field's scale; expected numbers: at `scale` decimals */
    uint8_t scale; /* expected numbers: decimals as written, in base units; the computed value is
                        rounded half-up to as many before comparing */
    Span span;
};
struct example_table {
    Span span;
    bool has_as_of, has_period;
    Day as_of;
    int period;
};

struct source {
    Str key, text; /* 办法: 国科发政〔2017〕115号 */
};

/* What a document declares: rules, or a kind of thing that facts are kept of (类). */
enum doc_class { DOC_RULES, DOC_SUBJECT /* 主体: is scored */, DOC_RECORD /* 资料: is not */ };

/* Which fields of a kind say who it is and where it belongs. */
enum subject_role {
    SUBJECT_ROLE_ID,       /* 身份: how it is told from others; its type is the scheme of codes */
    SUBJECT_ROLE_NAME,     /* 名称 */
    SUBJECT_ROLE_FORMER,   /* 曾用名: several with ; */
    SUBJECT_ROLE_LOCALITY, /* 属地 */
    SUBJECT_ROLE_CHAIN,    /* 产业链 */
    SUBJECT_ROLE_STANDING, /* 存续: one of the field's options */
    SUBJECT_ROLE_N
};

struct rules {
    unsigned magic;
    Str file, text; /* as given to rule_load */
    Sha256 hash;    /* of the text */
    Str name, version, subject, region, procedure, note;
    Str id_field, name_field; /* 身份 名称 columns of data; may be empty */
    bool has_from, has_until;
    Day from, until;
    enum rule_status status;
    struct source *source;
    uint32_t source_n;
    uint8_t decimals; /* 小数: working decimals of division and functions; 12 */
    enum doc_class doc_class;
    int32_t role[SUBJECT_ROLE_N]; /* field, or -1; -1 throughout for DOC_RULES */
    uint32_t *active; /* 在册: labels of the standing that count in runs; none: all do */
    uint32_t active_n;
    bool english; /* keywords are mostly English: names of generated items, explanations */

    struct field *field;
    uint32_t field_n;
    struct item *item;
    uint32_t item_n;
    uint32_t *order; /* item_n indices, dependencies first */

    Str *label; /* text constants: code -> text */
    uint32_t label_n;

    struct example *example;
    uint32_t example_n;
    struct example_table *example_table;
    uint32_t example_table_n, case_n; /* case_n: 事项, read by matter/ */
    struct doc *doc;
};

enum { RULES_MAGIC = 0x67656369 };

/* Compiles a document. Always gives a model for what could be understood (`*out` is never NULL on
 * OK or ERR_INPUT); OK means no errors, warnings may be present. `file` is for messages only. */
NODISCARD enum status rule_load(struct arena *keep, struct rules **out, Str file, Str text,
                                struct diags *ds);

/* Index of a field or item by exact name (folded as rule text is), or -1. */
int32_t rule_find_field(const struct rules *r, Str name);
int32_t rule_find_item(const struct rules *r, Str name);
/* Do codes of text constants mean the same in both? */
bool rule_same_labels(const struct rules *a, const struct rules *b);
/* The key of its column (col/dataset.h) for a year; of quarters the last, or `quarter` after it. */
int rule_period_key(const struct field *f, int year, int quarter);
/* The closest name of a field, for "did you mean"; or empty. */
Str rule_near_field(const struct rules *r, Str name);

/* "数 万元, 年": a field's type, unit and period, as messages show it. */
Str rule_field_text(struct arena *keep, const struct field *f, bool english);

/* Reads one data cell as the field's type: "59.9万元", "是", "2024-01-31", "高"; a number may have
 * blanks, thousands commas and full-width digits. A blank cell gives unknown (manual for 人工) and
 * OK. Reports DATA-* over the cell. New texts of a text field get codes from `labels`. */
NODISCARD enum status rule_read_cell(Cell *out, const struct rules *r, const struct field *f,
                                     Text cell, struct labels *labels, struct diags *ds);

#endif
