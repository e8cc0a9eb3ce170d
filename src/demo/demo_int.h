/* demo_int.h - what the parts of the demonstration county share.
 *
 *     form_open -> form_put.., form_end -> .. -> hand_in      a report of one kind: one act
 *     demo_begin -> record, run .. -> demo_commit              any other act
 */
#ifndef GECI_DEMO_DEMO_INT_H
#define GECI_DEMO_DEMO_INT_H

#include "audit/act.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "demo/demo.h"
#include "demo/draw.h"
#include "demo/firm.h"
#include "ledger/receipt.h"

enum { FIRST_YEAR = 2023, LAST_YEAR = 2025, YEARS = LAST_YEAR - FIRST_YEAR + 1 };

enum kind {
    KIND_TOWN,
    KIND_FIRM,
    KIND_EXPERT,
    KIND_CARRIER,
    KIND_INSTITUTE,
    KIND_LEAD,
    KIND_PLATFORM,
    KIND_NEED,
    KIND_RESULT, /* 科技成果 */
    KIND_N
};

/* A line that somebody looked at. */
struct looked {
    int64_t act, n;
    uint32_t firm;
    bool returned;
};

/* What is on its way in the ledger. */
struct points {
    struct ledger_score *at;
    size_t n;
};
enum { DUES_MAX = 40 };
struct due {
    Str firm;
    int64_t op, payment;
};
struct money {
    struct points points[YEARS];
    struct due due[DUES_MAX]; /* of the year */
    size_t due_n;
    int64_t staged, unclaimed; /* reservations */
};

struct demo {
    const struct demo_opts *o;
    struct db_conn *conn;
    Str county;
    struct diags *diags;
    struct arena *keep; /* as long as the filling */
    struct arena *tmp;  /* as long as an act; or NULL */
    struct act act;
    Day today;
    int of_day; /* acts of this day so far */
    Str *town;  /* codes */
    Str *town_name;
    size_t town_n;
    struct firm *firm; /* those with figures first: scored_n of them */
    const struct rules *kind[KIND_N];
    uint32_t appellant; /* the firm that reported too little */
    int64_t *account;   /* of people, in their order */
    int64_t final_run[YEARS];
    struct money money;
    struct demo_counts n;
};

/* --- acts --- */

/* A weekday, this one or the next. */
Day demo_weekday(Day d);
Day demo_day(int year, int month, int day);
NODISCARD enum status demo_begin(struct demo *d, Day day);
NODISCARD enum status demo_commit(struct demo *d, Str actor, Str verb, Str object, Str body);

/* --- reports --- */

struct form {
    struct arena *arena;
    struct buf text;
    bool first; /* the next cell is the first of its row */
};
/* `head`: names with commas; @ in it gets the year, where there is one. */
void form_open(struct form *t, const char *head, int year);
void form_put(struct form *t, Str cell);
void form_int(struct form *t, int64_t v);
void form_yes(struct form *t, bool yes);
void form_day(struct form *t, Day day);
void form_end(struct form *t); /* of a row */

struct filing {
    enum kind kind;
    Day day;
    int year; /* of the figures */
    Str source, reporter;
};
/* Reports the table in an act of its own, and closes it. */
NODISCARD enum status hand_in(struct demo *d, struct form *t, const struct filing *f);

/* --- columns that are drawn by a rule --- */

enum how {
    EVEN,  /* lo .. hi */
    LOW,   /* lo .. hi, small ones more often */
    PART,  /* lo .. hi hundredths of the column `back` places before */
    YES,   /* in lo of a million */
    ANY,   /* one of the words */
    RARER, /* one of the words, each half as often as the next */
};
struct spec {
    const char *head; /* with @ for the year: then it drifts upwards from year to year */
    enum how how;
    int64_t lo, hi;
    int back;
    const char *words; /* by ; */
};
enum { SPECS_MAX = 32 };
void specs_head(struct buf *b, const struct spec *s, size_t n);
/* `what`: draws from it on, one a column. */
void specs_put(struct form *t, const struct spec *s, size_t n, struct draw d, uint32_t what,
               int year);

/* --- who there is, and what they report --- */

struct draw demo_draw(const struct demo *d, enum kind kind, uint32_t row);
Str demo_town(const struct demo *d, struct draw draw, uint32_t what);
/* Of `all` in a whole county, as many as there are in this one. */
int64_t demo_part(const struct demo *d, int64_t all);
/* How many of `n` there are in a year, which grow towards the last. */
uint32_t demo_joined(uint32_t n, int year);

NODISCARD enum status register_firms(struct demo *d, int year);
NODISCARD enum status report_firms(struct demo *d, int year);
NODISCARD enum status correct_appellant(struct demo *d, Day day);
NODISCARD enum status report_experts(struct demo *d, int year);
NODISCARD enum status report_places(struct demo *d, int year);

/* Of a chain: a topic and a side of it; what somebody knows of it; a need of it, told. */
Str demo_topic(struct arena *keep, struct draw d, Str chain);
Str demo_knows(struct arena *keep, struct draw d, Str chain);
Str demo_problem(struct arena *keep, struct draw d, Str chain);

/* --- policies --- */

/* What policies ask for beyond figures, of the last year, when its points are known. */
NODISCARD enum status report_policies(struct demo *d);

/* --- rules, and runs by them --- */

NODISCARD enum status publish_rules(struct demo *d);
NODISCARD enum status run_points(struct demo *d, int year);
NODISCARD enum status run_grades(struct demo *d);

/* --- points and money --- */

NODISCARD enum status move_money(struct demo *d, int year);

/* --- cases --- */

NODISCARD enum status live_cases(struct demo *d);

/* --- accounts --- */

NODISCARD enum status add_people(struct demo *d);
/* In an act of their own, the last one: their salts are drawn, so no two stores have the same. */
NODISCARD enum status set_passwords(struct demo *d);

#endif
