/* entitle.h - what the policies of a document come to for each subject.
 *
 *     政策 甲 25万元, 乙 10万元 --叠加 (groups, caps)--> 甲 counts, 乙 does not: 25万元
 *                                                     `--分期--> 认定后 25万元, 验收后 5万元
 *
 * A document says of each policy what it pays by itself (rule, eval). Here is what several pay
 * together. Policies of a 叠加组, or named under `## 叠加`, exclude each other (就高不重复, 补差)
 * or add up (可叠加); where the document leaves that open (未明确) all three readings are worked
 * out side by side. The choice is the one that comes to most (best.h); of 补差 each policy counts
 * with what it is above those below it, so that what was paid on the way is not paid again.
 *
 * Amounts are in fen and intervals; both ends of a sum are exact: the most that the lowest amounts
 * come to, and the most that the highest do. FEN_OPEN: there is no upper end.
 *
 * Pure; everything lives on the arena that is given.
 */
#ifndef GECI_ENTITLE_ENTITLE_H
#define GECI_ENTITLE_ENTITLE_H

#include "base/base.h"
#include "base/diag.h"
#include "entitle/best.h"
#include "eval/eval.h"
#include "rule/model.h"

struct arena;

enum { ENTITLE_STEPS_MAX = 32, ENTITLE_PARTIES_MAX = 8 };
#define FEN_OPEN INT64_MAX

typedef struct Money {
    int64_t lo, hi; /* fen */
} Money;

/* How what is 未明确 is read. */
enum reading { READ_HIGHEST, READ_TOP_UP, READ_SUM, READ_N };
const char *entitle_reading_name(enum reading r, enum lang lang);

enum step_form { STEP_SHARE, STEP_AMOUNT };
struct step { /* of 分期 */
    Str label;
    enum step_form form;
    int64_t value; /* share in millionths, or fen */
    int months;    /* every so many (每月 每季 每年), 0: once */
    int32_t gate;  /* item that must be met first, or -1: the label is its name */
    int32_t fact;  /* field that must hold first, or -1 */
};

struct party { /* of 联动比例 */
    Str name;
    int64_t weight;
};

/* Whose amount is it that is shared? */
enum link_basis { LINK_UNSTATED, LINK_TOTAL /* 合计 */, LINK_FIRST /* 首方 */ };

struct policy {
    uint32_t item;
    int32_t when;          /* the gate of its 条件 in struct entitle's rules, or -1 */
    int32_t group;         /* the first it is in, or -1 */
    Str source, certainty; /* its own, or the document's */
    bool apart;            /* 不计入合计: a loan, a deduction from what is taxed */
    bool has_cap;
    int64_t cap_fen; /* 最高, where it is a constant */
    struct step *step;
    uint32_t step_n;
    struct party *party;
    uint32_t party_n;
    enum link_basis basis;
};

struct group { /* a 叠加组, or a `## 叠加` */
    Str name, note;
    enum stacking mode;
    bool apart, has_cap;
    int64_t cap_fen;
    uint64_t member; /* policies, a bit each */
};

struct entitle {
    struct rules *rules; /* the document, and behind its items a gate for each 条件: plan this */
    struct policy *policy;
    uint32_t policy_n;
    struct group *group;
    uint32_t group_n;
    bool has_cap; /* `## 叠加 全部` */
    int64_t cap_fen;
    uint64_t counted; /* policies that are in the sum */
    struct best best[READ_N];
    struct best_cap *cap;
    uint32_t cap_n;
};

/* Reads what `r` says of its policies. ERR_INPUT: a member that is no policy, a mode or sum that is
 * none, shares that are not 100 % in all, caps that overlap, more than BEST_MAX policies; spans
 * into r->text. A document without policies gives policy_n 0. */
NODISCARD enum status entitle_open(struct arena *keep, struct entitle **out, const struct rules *r,
                                   struct diags *ds);

/* ---- of all subjects ---- */

/* Keeps of a plan of e->rules what is needed for the sums alone. */
void entitle_keep(struct arena *keep, const struct entitle *e, struct plan *p);
/* Sums of all rows: total[r][row]; readings that come to the same share their rows, as READ_TOP_UP
 * and READ_HIGHEST always do. ERR_LIMIT: see best.h. */
NODISCARD enum status entitle_totals(struct arena *keep, const struct entitle *e,
                                     const struct result *res, Money *total[READ_N]);
/* Of one policy of one row by itself. */
Money entitle_amount(const struct entitle *e, const struct result *res, uint32_t policy,
                     uint32_t row);
/* Does the subject meet its condition? MET, UNMET, UNKNOWN or MANUAL; of a policy without one, by
 * its amount. */
enum truth entitle_state(const struct entitle *e, const struct result *res, uint32_t policy,
                         uint32_t row);

/* ---- of one subject ---- */

struct subject_row {
    const struct entitle *e;
    const struct result *res; /* of a plan of e->rules */
    uint32_t row;
};

enum binding {
    BIND_NONE,
    BIND_OWN /* 最高 */,
    BIND_GROUP,
    BIND_ALL,
    BIND_OTHER /* another counts */
};

struct entitled {
    uint32_t policy;
    enum truth state;
    Money amount;         /* by itself */
    Money counts[READ_N]; /* of it, beside the others */
    enum binding binding[READ_N];
    int32_t by; /* BIND_OTHER under READ_HIGHEST: the policy that counts instead, or -1 */
};
struct entitlement {
    struct entitled *at; /* one for each policy, in order */
    uint32_t n;
    Money total[READ_N];
    Money apart; /* what is not in the sums */
    bool differ; /* the readings come to different sums */
};
NODISCARD enum status entitle_one(struct arena *keep, struct entitlement *out,
                                  const struct subject_row *at);

/* ---- when it is paid, and by whom ---- */

struct due {
    Str label;
    Money amount;               /* of one */
    int64_t times_lo, times_hi; /* how often; 1 unless it is paid every so many months */
    int months;
    enum truth ready; /* of what must hold first; MET where nothing must */
};
/* The steps of an amount: shares are cut down to the fen and the last takes what is left; fixed
 * amounts are paid as long as there is something left. Without 分期: one. */
size_t entitle_steps(struct arena *keep, struct due **out, const struct subject_row *at,
                     uint32_t policy, Money amount);
/* What each level pays of an amount, cut down to the fen, the last takes what is left; under
 * LINK_FIRST the amount is the first one's and the others come on top. part[party_n]. */
void entitle_share(const struct policy *p, enum link_basis basis, Money amount, Money *part);

#endif
