/* ledger.c - random histories of 16 clients against the model of ledger_model.h: what is done and
 * what is refused, and why, must be equal at every step, all balances every so often, and
 * ledger_verify must find nothing. On both databases.
 *
 * Each client has an act of one operation or some on its way to the writer (db/writer.h), which
 * commits them together; they come in an order that the seed gives, so that a seed is one history.
 * Clients repeat themselves, sometimes with other content; leave things out; go on from operations
 * that do not exist or are of a wrong kind; and give an act up at its end, which must leave no
 * trace. The defects planted by --canary are in the model: points expire a day early, the first
 * share takes the remainder, a part posted frees no cap, makers may approve; and one is here: what
 * was given up is kept. Each must be found. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "audit/act.h"
#include "base/arena.h"
#include "base/str.h"
#include "db/writer.h"
#include "ledger/verify.h"
#include "os/clock.h"
#include "sql.h"
#include "test/help/pg.h"
#include "test/trust/ledger_model.h"
#include "test/trust/trust.h"

enum { RING = 48, OPS_AN_ACT = 24, LOOKS = 100, KINDS = LEDGER_KIND_N, ASKED_A_DAY = 13 };
enum { GIVEN_UP_KEPT = 5 };

static const char *const SUBJECT[SUBJECTS] = {"甲", "乙", "丙", "丁", "戊", "己", "庚", "辛",
                                              "壬", "癸", "子", "丑", "寅", "卯", "辰", "巳",
                                              "午", "未", "申", "酉", "戌", "亥", "天", "地"};
static const char *const POLICY[POLICIES] = {"p22", "p03a", "p11"};
static const char *const LEVEL[LEVELS] = {"", "苏州"};
static const char *const ITEM[ITEMS] = {"i1", "i2", "i3", "i4", "i5", "i6", "i7", "i8"};
static const char *const GROUP[GROUPS] = {"g1", "g2", "g3"};
static const char *const PERSON[PEOPLE] = {"c0", "c1", "c2",  "c3",  "c4",  "c5",  "c6",  "c7",
                                           "c8", "c9", "c10", "c11", "c12", "c13", "c14", "c15"};
#define LINE "2060404"

struct history {
    struct trust *t;
    struct model *m;
    struct work k;     /* its connection reads */
    struct db_conn *c; /* the writer's, during an act */
    struct writer *writer;
    struct arena *tmp;
    struct act act;
    struct ledger l;
    int64_t n, asked;                         /* to be asked in all, and so far */
    int64_t ring[KINDS][RING], ring_n[KINDS]; /* the last done of each kind, in the model */
    struct ask last[PEOPLE];                  /* what a client asked before .. */
    int64_t last_done[PEOPLE];                /* .. and what came of it, or NONE */
    int client_no[PEOPLE];
    int64_t refused, again, given_up, kind_n[KINDS];
    bool failed, differs;
};

static int64_t below(struct history *h, int64_t n)
{
    return (int64_t)trust_below(h->t, (uint64_t)n);
}

static bool one_in(struct history *h, int64_t n)
{
    return below(h, n) == 0;
}

/* ---- what to ask ---- */

/* Likelier the more it keeps a ledger going. */
static enum ledger_kind any_kind(struct history *h)
{
    static const uint8_t WEIGHT[KINDS] = {
        [LEDGER_OPEN] = 2,     [LEDGER_RAISE] = 6,    [LEDGER_LOWER] = 2,   [LEDGER_ALLOCATE] = 10,
        [LEDGER_RATE] = 1,     [LEDGER_CAP] = 2,      [LEDGER_LIFE] = 1,    [LEDGER_GROUP] = 2,
        [LEDGER_ISSUE] = 20,   [LEDGER_SPEND] = 8,    [LEDGER_EXPIRE] = 3,  [LEDGER_CONVERT] = 16,
        [LEDGER_RESERVE] = 22, [LEDGER_JOINT] = 10,   [LEDGER_POST] = 24,   [LEDGER_VOID] = 8,
        [LEDGER_LAPSE] = 5,    [LEDGER_REQUEST] = 20, [LEDGER_AMEND] = 4,   [LEDGER_APPROVE] = 44,
        [LEDGER_CANCEL] = 3,   [LEDGER_BATCH] = 2,    [LEDGER_PAID] = 14,   [LEDGER_BOUNCE] = 4,
        [LEDGER_RECLAIM] = 8,  [LEDGER_RECOVER] = 7,  [LEDGER_REVERSE] = 8,
    };
    int64_t all = 0;
    for (int i = 0; i < KINDS; i++)
        all += WEIGHT[i];
    int64_t at = below(h, all);
    int i = 0;
    while (at >= WEIGHT[i])
        at -= WEIGHT[i++];
    return (enum ledger_kind)i;
}

/* Something the kind can go on from, mostly. */
static int64_t any_about(struct history *h, enum ledger_kind kind)
{
    static const uint8_t FROM[KINDS][2] = {
        [LEDGER_POST] = {LEDGER_RESERVE, LEDGER_JOINT},
        [LEDGER_VOID] = {LEDGER_RESERVE, LEDGER_RECLAIM},
        [LEDGER_LAPSE] = {LEDGER_RESERVE, LEDGER_JOINT},
        [LEDGER_REQUEST] = {LEDGER_POST, LEDGER_CONVERT},
        [LEDGER_RECOVER] = {LEDGER_RECLAIM, LEDGER_RECLAIM},
    };
    int from = FROM[kind][below(h, 2)];
    if (kind == LEDGER_REVERSE)
        from = (int)below(h, KINDS - 1) + 1;
    else if (from == 0)
        from = LEDGER_REQUEST;
    if (one_in(h, 40))
        return -2;
    if (one_in(h, 30))
        return h->m->done_n == 0 ? -2 : below(h, h->m->done_n);
    int64_t n = h->ring_n[from] < RING ? h->ring_n[from] : RING;
    return n == 0 ? -2 : h->ring[from][below(h, n)];
}

static int64_t any_amount(struct history *h, int64_t most)
{
    return one_in(h, 50)    ? below(h, 4) - 1
           : one_in(h, 400) ? LEDGER_AMOUNT_MAX + 1
                            : below(h, most) + 1;
}

/* What the version is that a payment stands at, mostly. */
static int64_t any_version(struct history *h, int64_t about)
{
    int64_t version = about < 0 ? 1 : h->m->done[about].version;
    return one_in(h, 12) ? version + 1 : version;
}

static void any_shares(struct history *h, struct ask *a)
{
    if (a->kind == LEDGER_RESERVE && below(h, 3) > 0)
        return;
    a->share_n = (int)below(h, PARTS) + 1;
    for (int i = 0; i < a->share_n; i++) {
        a->share[i].weight = one_in(h, 60) ? 0 : below(h, 4) + 1;
        a->share[i].lv = (i + (int)below(h, 2)) % LEVELS;
        a->share[i].from =
            a->kind == LEDGER_RESERVE && one_in(h, 2) ? a->day + (Day)below(h, 60) : 0;
    }
}

static void any_extra(struct history *h, struct ask *a)
{
    switch ((int)a->kind) {
    case LEDGER_OPEN: a->extra = one_in(h, 2) ? 0 : YEAR_0 + below(h, YEARS + 1); break;
    case LEDGER_RATE:
        a->amount = any_amount(h, 300000);
        a->extra = below(h, 4) > 0 ? 0 : a->amount + below(h, 1000) - 10;
        break;
    case LEDGER_LIFE: a->extra = one_in(h, 20) ? 101 : below(h, 3); break;
    case LEDGER_CONVERT: a->extra = one_in(h, 10) ? below(h, 1000000) : 0; break;
    case LEDGER_RESERVE:
    case LEDGER_JOINT: a->extra = one_in(h, 2) ? 0 : a->day + below(h, 90) - 2; break;
    case LEDGER_POST:
    case LEDGER_VOID: a->extra = one_in(h, 2) ? 0 : below(h, PARTS + 1); break;
    case LEDGER_AMEND:
    case LEDGER_APPROVE: a->extra = any_version(h, a->about); break;
    default: break;
    }
}

static void any_year_of(struct history *h, struct ask *a)
{
    int year, month, day;
    day_split(a->day, &year, &month, &day);
    a->y = (year - YEAR_0) % YEARS;
    if (one_in(h, 4))
        a->y = (int)below(h, YEARS);
}

/* Caps are for all that is granted: in a longer history they are higher, or they would refuse
 * nearly everything in the end. */
static int64_t most_of(const struct history *h, const struct ask *a)
{
    switch ((int)a->kind) {
    case LEDGER_RAISE: return 90000000;
    case LEDGER_ALLOCATE: return 20000000;
    case LEDGER_CAP: return 30000000 * (1 + h->n / 20000) * (a->grp == NONE ? 1 : 8);
    case LEDGER_LOWER:
    case LEDGER_RECLAIM: return 300000;
    default: return 1000000;
    }
}

static bool wants_no_policy(struct history *h, enum ledger_kind kind)
{
    return kind == LEDGER_RAISE || kind == LEDGER_LOWER || (kind == LEDGER_OPEN && one_in(h, 3));
}

static int maybe(struct history *h, int64_t n)
{
    return one_in(h, 150) ? NONE : (int)below(h, n);
}

static void any_ask(struct history *h, struct ask *a, int who, Day day)
{
    *a =
        (struct ask){.kind = any_kind(h), .who = who, .day = day, .client_no = h->client_no[who]++};
    bool goes_on = a->kind >= LEDGER_POST && a->kind != LEDGER_BATCH;
    a->lv = below(h, 4) == 0;
    a->s = maybe(h, SUBJECTS);
    a->p = wants_no_policy(h, a->kind) ? NONE : maybe(h, POLICIES);
    any_year_of(h, a);
    a->item = below(h, 3) > 0 ? NONE : (int)below(h, ITEMS);
    a->grp = a->kind == LEDGER_GROUP || (a->kind == LEDGER_CAP && one_in(h, 2)) ? maybe(h, GROUPS)
                                                                                : NONE;
    a->about = goes_on && !one_in(h, 150) ? any_about(h, a->kind) : NONE;
    a->amount = any_amount(h, most_of(h, a));
    if ((a->kind == LEDGER_POST || a->kind == LEDGER_REQUEST || a->kind == LEDGER_RECOVER) &&
        below(h, 3) > 0)
        a->amount = 0;
    a->line = a->kind <= LEDGER_LOWER && !one_in(h, 150);
    a->decision = !one_in(h, 150);
    a->note = !one_in(h, 150);
    a->receipt = !one_in(h, 150);
    a->payee = !one_in(h, 150);
    a->day_said = one_in(h, 2);
    if (a->kind == LEDGER_RESERVE || a->kind == LEDGER_JOINT)
        any_shares(h, a);
    if (a->kind == LEDGER_EXPIRE && a->y != NONE && one_in(h, 2)) {
        bool is_day = day_of(&a->day, YEAR_0 + a->y + (int)below(h, 3), 12, 31);
        ASSERT(is_day);
        a->day += (Day)below(h, 2);
    }
    any_extra(h, a);
}

/* ---- asking the real one ---- */

static Str name(const char *const *list, int i)
{
    return i == NONE ? S("") : str_of(list[i]);
}

static enum status ask_ledger(struct history *h, const struct ask *a, struct ledger_done *done)
{
    struct ledger_share share[PARTS];
    char client[32];
    for (int i = 0; i < a->share_n; i++)
        share[i] = (struct ledger_share){name(LEVEL, a->share[i].lv), a->share[i].weight,
                                         a->share[i].from};
    (void)snprintf(client, sizeof client, "%s/%d", PERSON[a->who], a->client_no);
    bool takes_item =
        a->kind == LEDGER_CONVERT || a->kind == LEDGER_RESERVE || a->kind == LEDGER_JOINT;
    struct ledger_op op = {
        .kind = a->kind,
        .day = a->day,
        .day_said = a->day_said,
        .client = str_of(client),
        .who = str_of(PERSON[a->who]),
        .subject = name(SUBJECT, a->s),
        .policy = name(POLICY, a->p),
        .level = name(LEVEL, a->lv),
        .item = a->line      ? S(LINE)
                : takes_item ? name(ITEM, a->item)
                             : S(""),
        .grp = name(GROUP, a->grp),
        .year = a->y == NONE ? 0 : YEAR_0 + a->y,
        .amount = a->amount,
        .extra = a->extra,
        .share = share,
        .share_n = (size_t)a->share_n,
        .about = a->about == NONE ? 0
                 : a->about < 0   ? 77
                                  : h->m->done[a->about].id,
    };
    if (a->decision)
        op.decision = S("d");
    if (a->note)
        op.note = S("n");
    if (a->receipt)
        op.receipt = S("r");
    if (a->payee)
        op.payee = (struct ledger_payee){S("户名"), S("行"), S("6222")};
    return ledger_do(&h->l, &op, done);
}

/* ---- comparing ---- */

static enum diag_code said_code(struct history *h, enum status st)
{
    enum diag_code code = st == OK        ? DIAG_CODE_N
                          : h->k.ds.n > 0 ? h->k.ds.at[0].code
                                          : DIAG_STORE_OTHER;
    diags_init(&h->k.ds, h->k.a);
    return code;
}

static const char *code_name(enum diag_code code)
{
    return code == DIAG_CODE_N ? "done" : diag_info(code)->mnemonic;
}

static bool compare_step(struct history *h, const struct ask *a, enum diag_code want,
                         enum diag_code have, int64_t want_amount, int64_t have_amount)
{
    bool same = want == have && (want != DIAG_CODE_N || want_amount == have_amount);
    h->differs |= !same;
    return trust_check(h->t, same, "%s: the model says %s (%lld), the ledger %s (%lld): %s",
                       ledger_kind_name(a->kind, LANG_EN), code_name(want), (long long)want_amount,
                       code_name(have), (long long)have_amount, db_fault(h->c)->text);
}

static void remember(struct history *h, const struct ask *a, int64_t at)
{
    enum ledger_kind kind = a->kind;
    h->ring[kind][h->ring_n[kind]++ % RING] = at;
    h->kind_n[kind]++;
}

static bool step(struct history *h, const struct ask *a)
{
    struct ledger_done done;
    enum diag_code want = model_do(h->m, a);
    struct done *d = want == DIAG_CODE_N ? &h->m->done[h->m->done_n - 1] : NULL;
    enum diag_code have = said_code(h, ask_ledger(h, a, &done));
    h->last[a->who] = *a;
    h->last_done[a->who] = d == NULL ? NONE : h->m->done_n - 1;
    h->refused += d == NULL;
    if (d != NULL) {
        d->id = done.op;
        remember(h, a, h->m->done_n - 1);
    }
    return compare_step(h, a, want, have, d == NULL ? 0 : d->amount, done.amount);
}

/* Asked again, word for word or on another day: the same where the asker did not say the day. */
static bool repeat(struct history *h, int who)
{
    struct ask a = h->last[who];
    struct ledger_done done;
    bool later = one_in(h, 4), same = !later || !a.day_said;
    if (h->last_done[who] == NONE)
        return step(h, &a);
    struct done *d = &h->m->done[h->last_done[who]];
    a.day += later;
    enum diag_code have = said_code(h, ask_ledger(h, &a, &done));
    h->again++;
    bool ok =
        compare_step(h, &a, same ? DIAG_CODE_N : DIAG_LEDGER_CLIENT, have, d->amount, done.amount);
    return ok && trust_check(h->t, !same || (done.again && done.op == d->id), "the same answer");
}

static int find(const char *const *list, int n, Str s)
{
    int i = 0;
    while (i < n && !str_eq(s, str_of(list[i])))
        i++;
    return i == n ? 0 : i;
}

/* What the model has in an account: posted, and in *pending what is reserved out of it. */
static int64_t model_balance(const struct model *m, const struct sql_ledger_account_all_row *r,
                             int64_t *pending)
{
    int s = find(SUBJECT, SUBJECTS, r->owner), p = find(POLICY, POLICIES, r->line);
    int lv = find(LEVEL, LEVELS, r->owner), y = r->year == 0 ? 0 : (int)r->year - YEAR_0;
    *pending = 0;
    switch ((int)r->kind) {
    case LEDGER_BUDGET: return m->budget[lv][y].posted;
    case LEDGER_POOL: *pending = m->pool[lv][p][y].pending; return m->pool[lv][p][y].posted;
    case LEDGER_PAYABLE: *pending = m->payable_pending[s]; return m->payable[s];
    case LEDGER_BANK: return m->bank;
    case LEDGER_CLAWBACK: return 0;
    case LEDGER_HELD: return m->held[s][p][y];
    case LEDGER_SPENT: return m->spent[s][p][y];
    case LEDGER_EXPIRED: return m->expired[s][p][y];
    default: *pending = r->pending; return r->posted; /* by the sum */
    }
}

static bool compare_balances(struct history *h, int64_t *accounts)
{
    struct db_rows rows;
    struct sql_ledger_account_all_row r;
    bool ok = true;
    *accounts = 0;
    if (sql_ledger_account_all(h->k.w, &(struct sql_ledger_account_all){WORK_COUNTY}, &rows) != OK)
        return trust_check(h->t, false, "%s", db_fault(h->k.w)->text);
    for (; sql_ledger_account_all_next(&rows, &r); ++*accounts) {
        int64_t pending, posted = model_balance(h->m, &r, &pending);
        bool same = posted == r.posted && pending == r.pending;
        h->differs |= !same;
        ok &= trust_check(
            h->t, same, "account %d %.*s %.*s %lld: model %lld-%lld, ledger %lld-%lld", (int)r.kind,
            (int)r.owner.n, r.owner.p, (int)r.line.n, r.line.p, (long long)r.year,
            (long long)posted, (long long)pending, (long long)r.posted, (long long)r.pending);
    }
    return trust_check(h->t, db_rows_end(&rows) == OK, "rows") && ok;
}

static bool is_sound(struct history *h)
{
    struct ledger_report report;
    enum status st = ledger_verify(h->k.w, h->tmp, WORK_COUNTY, &report, &h->k.ds);
    bool ok = trust_check(
        h->t, st == OK && report.fault_n == 0, "verify: %d, %lld faults, the first %.*s %.*s (%s)",
        (int)st, (long long)report.fault_n, h->k.ds.n > 0 ? (int)h->k.ds.at[0].arg[0].n : 0,
        h->k.ds.n > 0 ? h->k.ds.at[0].arg[0].p : "",
        h->k.ds.n > 0 ? (int)h->k.ds.at[0].arg[1].n : 0,
        h->k.ds.n > 0 ? h->k.ds.at[0].arg[1].p : "", db_fault(h->k.w)->text);
    diags_init(&h->k.ds, h->k.a);
    return trust_check(h->t,
                       report.issued_e4 == report.held_e4 + report.spent_e4 + report.expired_e4,
                       "points") &&
           ok;
}

/* Verification reads everything there is: each time twice as much has been asked. */
static bool look_at(struct history *h, int64_t *accounts, int64_t *sound_at)
{
    bool ok = trust_check(h->t, db_begin(h->k.w) == OK, "begin") && compare_balances(h, accounts);
    if (ok && (h->asked >= *sound_at || h->asked >= h->n)) {
        ok = is_sound(h);
        *sound_at *= 2;
    }
    db_rollback(h->k.w);
    return ok;
}

/* ---- a history ---- */

struct turn {
    struct write_job job; /* first: the writer gives it back */
    struct history *h;
    int who;
    bool start, given_up;
};

static bool one(struct history *h, int who)
{
    static const Day FIRST = 16436; /* 2015-01-01 */
    struct ask a;
    Day day = FIRST + (Day)(h->asked / ASKED_A_DAY) + (Day)below(h, 3);
    h->asked++;
    if (h->client_no[who] > 0 && one_in(h, 20))
        return repeat(h, who);
    any_ask(h, &a, who, day);
    return step(h, &a);
}

/* Asked without the model, which must not miss it: the act is undone. */
static void one_in_vain(struct history *h, int who)
{
    struct ask a;
    struct ledger_done done;
    any_ask(h, &a, who, 16436);
    h->client_no[who]--;            /* another will have the name */
    (void)ask_ledger(h, &a, &done); /* done or refused, it makes no difference */
    diags_init(&h->k.ds, h->k.a);
}

/* Every budget and pool is opened and filled, most rates set, so that little is refused for want of
 * them. */
static bool start(struct history *h)
{
    bool ok = true;
    for (int i = 0; i < 2 * LEVELS * YEARS * (1 + POLICIES) && ok; i++) {
        int what = i / (LEVELS * YEARS), lv = i % LEVELS, y = i / LEVELS % YEARS, p = what / 2 - 1;
        struct ask a = {.kind = what % 2 == 0 ? LEDGER_OPEN
                                : p < 0       ? LEDGER_RAISE
                                              : LEDGER_ALLOCATE,
                        .day = 16436,
                        .client_no = h->client_no[0]++,
                        .s = NONE,
                        .p = p,
                        .y = y,
                        .lv = lv,
                        .item = NONE,
                        .grp = NONE,
                        .about = NONE,
                        .amount = p < 0 ? 900000000 : 200000000,
                        .line = p < 0 || what % 2 == 0,
                        .decision = true};
        ok = step(h, &a);
        if (ok && what % 2 == 1 && p >= 0 && lv == 0 && y < YEARS - 1) {
            a.kind = LEDGER_RATE;
            a.amount = 200000;
            a.client_no = h->client_no[0]++;
            ok = step(h, &a);
        }
    }
    return ok;
}

static void fill(struct turn *turn)
{
    struct history *h = turn->h;
    int64_t n = one_in(h, 3) ? 1 : below(h, OPS_AN_ACT) + 1;
    turn->given_up = !turn->start && one_in(h, 20);
    h->given_up += turn->given_up;
    if (turn->start)
        h->failed |= !start(h);
    for (int64_t i = 0; i < n && !h->failed && !turn->start; i++) {
        if (turn->given_up)
            one_in_vain(h, turn->who);
        else
            h->failed |= !one(h, turn->who);
    }
}

/* On the writer's thread. */
static enum status act_of(struct write_job *job, struct db_conn *c, struct arena *tmp)
{
    struct turn *turn = (struct turn *)job;
    struct history *h = turn->h;
    h->c = c;
    TRY(act_begin(&h->act, c, tmp, WORK_COUNTY, clock_us()));
    ledger_begin(&h->l, &h->act, h->tmp, &h->k.ds);
    fill(turn);
    ledger_end(&h->l);
    if (turn->given_up && h->m->wrong != GIVEN_UP_KEPT)
        return ERR_INPUT;
    return act_end(&h->act, &(struct act_words){S("model"), S("ledger.model"), S("x"), S("{}")});
}

/* Acts of all clients at once, in any order; they run in the order they came. */
static bool take_turns(struct history *h, struct turn turn[PEOPLE])
{
    bool ok = true;
    for (int i = PEOPLE - 1; i > 0; i--) {
        int j = (int)below(h, i + 1), who = turn[i].who;
        turn[i].who = turn[j].who;
        turn[j].who = who;
    }
    for (int i = 0; i < PEOPLE - 1; i++)
        ok &= writer_post(h->writer, &turn[i].job) == OK;
    ok &= writer_run(h->writer, &turn[PEOPLE - 1].job) == turn[PEOPLE - 1].job.st;
    for (int i = 0; i < PEOPLE; i++) {
        enum status st = turn[i].job.st;
        bool right = turn[i].given_up ? st == ERR_INPUT || h->m->wrong != 0 : st == OK;
        ok &= trust_check(h->t, right, "an act ends: %d, %s", (int)st, turn[i].job.fault.text);
    }
    return ok && !h->failed;
}

static void end_job(struct write_job *job)
{
    (void)job; /* the last of a round is waited for */
}

static void tell(const struct history *h, int64_t accounts, double seconds)
{
    struct writer_counts counts = writer_counts(h->writer);
    int kinds = 0;
    for (int i = 0; i < KINDS; i++)
        kinds += h->kind_n[i] > 0;
    if (h->t->canary)
        return;
    printf("  %lld asked: %lld done, %lld refused, %lld repeated; %d kinds, %lld accounts\n"
           "  %llu acts, %lld of them given up, in %llu commits; %.0f asked/s with verification\n",
           (long long)h->asked, (long long)h->m->done_n, (long long)h->refused, (long long)h->again,
           kinds, (long long)accounts, (unsigned long long)counts.jobs, (long long)h->given_up,
           (unsigned long long)counts.commits, (double)h->asked / seconds);
    (void)trust_check(h->t, kinds >= 15 || h->n < 2000, "15 kinds at least");
}

static void play(struct history *h)
{
    struct turn turn[PEOPLE], first = {.job.run = act_of, .h = h, .start = true};
    int64_t accounts = 0, from = clock_ms(), look_every = h->n / LOOKS + 1, sound_at = h->n / 8;
    int64_t look = look_every;
    for (int i = 0; i < PEOPLE; i++)
        turn[i] = (struct turn){.job = {.run = act_of, .done = end_job}, .h = h, .who = i};
    bool ok = trust_check(h->t, writer_run(h->writer, &first.job) == OK, "the start") && !h->failed;
    while (ok && h->asked < h->n) {
        ok = take_turns(h, turn);
        if (!ok || (h->asked < look && h->asked < h->n))
            continue;
        ok = look_at(h, &accounts, &sound_at);
        look += look_every;
    }
    tell(h, accounts, (double)(clock_ms() - from + 1) / 1000);
}

/* The connection of the store reads from here on; the writer has its own. */
static bool open_all(struct history *h, Str url)
{
    if (work_open(&h->k, url, NULL) != OK)
        return false;
    db_disconnect(h->k.w);
    h->k.w = NULL;
    if (db_connect(h->k.db, DB_READ, &h->k.w, &h->k.ds) == OK &&
        writer_open(h->k.a, &h->writer, h->k.db, &h->k.ds) == OK)
        return true;
    work_close(&h->k);
    return false;
}

/* Runs one history; did model and ledger differ? */
static bool history(struct trust *t, Str url, int64_t n, int wrong)
{
    static struct model m;
    struct history h = {.t = t, .m = &m, .n = n};
    size_t room = (size_t)n + (size_t)PEOPLE * OPS_AN_ACT + 200;
    struct done *done = calloc(room, sizeof *done);
    int64_t *ready = calloc(room, sizeof *ready);
    model_init(&m, done, ready);
    m.wrong = wrong;
    h.tmp = arena_open();
    if (trust_check(t, open_all(&h, url), "the store opens")) {
        play(&h);
        writer_close(h.writer);
        work_close(&h.k);
    }
    arena_close(h.tmp);
    free(ready);
    free(done);
    return h.differs;
}

static bool on_sqlite(struct trust *t, int64_t n, int wrong)
{
    char folder[FOLDER_N], url[FOLDER_PATH_N];
    work_folder(folder);
    (void)snprintf(url, sizeof url, "sqlite:%s/x.db", folder);
    bool differs = history(t, str_of(url), n, wrong);
    work_folder_end(folder);
    return differs;
}

static void canary(struct trust *t, int64_t n)
{
    static const char *const WHAT[] = {"",
                                       "points expire a day early",
                                       "the first share takes the rest",
                                       "a part posted frees no cap",
                                       "makers approve",
                                       "what was given up is kept"};
    int64_t found = 0;
    for (int wrong = 1; wrong < (int)ARRAY_N(WHAT); wrong++) {
        bool differs = on_sqlite(t, n, wrong);
        printf("  %s: %s\n", WHAT[wrong], differs ? "found" : "NOT FOUND");
        found += differs;
    }
    t->passed = 0;
    t->failed = found == ARRAY_N(WHAT) - 1 ? found : 0;
}

int main(int argc, char **argv)
{
    struct trust t;
    trust_begin(&t, "ledger", argc, argv);
    int64_t n = trust_n(&t, 20000, 1000000);
    int64_t served = trust_n(&t, 20000, 100000); /* a server takes several times as long */
    if (t.canary) {
        canary(&t, n);
        return trust_end(&t);
    }
    if (trust_on(&t, "sqlite")) {
        printf("SQLite\n");
        (void)on_sqlite(&t, n, 0); /* counted */
    }
    const char *pg = trust_on(&t, "postgres") ? pg_database() : NULL;
    if (pg != NULL) {
        printf("PostgreSQL\n");
        (void)history(&t, str_of(pg), served, 0); /* counted */
    }
    return trust_end(&t);
}
