/* payout.c - every order of events between us and the bank, gone through by the program itself:
 * debts, requests, approvals, files that get lost or come twice, a bank that stops in the middle of
 * one, pays or sends back, answers that get lost, come twice or late; and at every step of ours a
 * crash before the commit, and an answer of ours that is lost, so that the same is asked again.
 *
 *     states are (what the ledger says, what the bank has done, what is on its way)
 *
 * In every state: no debt was paid twice; what we call paid the bank has paid, what we call sent
 * back it has sent back; a crash leaves nothing, asking again does nothing. And from every state,
 * once nothing gets lost any more, all debts are paid: no payment is lost.
 *
 * What is asked of the bank is what banks promise: a payment number that it has seen is not paid
 * again. The defect planted by --canary is the usual one: an answer that does not come is taken for
 * one that says no. It must be found to pay twice. */
#include <stdio.h>
#include <string.h>

#include "audit/act.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/csv.h"
#include "base/str.h"
#include "ledger/bankfile.h"
#include "ledger/ledger.h"
#include "ledger/verify.h"
#include "sql.h"
#include "test/trust/trust.h"

enum { DEBTS = 2, TRIES = 2, ALL_TRIES = TRIES + 2, TODAY = 20600, FEN = 12345600 };
enum { FILES = DEBTS * ALL_TRIES };
enum { STATES_MAX = 1 << 15, SLOTS = 1 << 17, ROUNDS = 4, VERIFY_EACH = 64, FILE_MAX = 1 << 20 };
enum said { UNSEEN, PAID, BOUNCED };

/* All but the ledger: the bank, and what is under way. */
struct world {
    int64_t due[DEBTS];
    int64_t payment[DEBTS][ALL_TRIES];
    int64_t file[FILES];      /* acts of batches: a file can be made again of each */
    struct {                  /* what makes a state, beside the ledger; compared as bytes */
        uint8_t asked[DEBTS]; /* how often we asked to pay it */
        uint8_t filed[DEBTS][ALL_TRIES];     /* is it in the last file? */
        uint8_t bank[DEBTS][ALL_TRIES];      /* what the bank did: enum said */
        uint8_t answer[2][DEBTS][ALL_TRIES]; /* two answers on their way, each of its day */
        uint8_t has_answer[2], has_file;
    } s;
    int batches;
};

struct payout {
    struct trust *t;
    struct work k;
    struct arena *tmp; /* of one event */
    uint64_t *seen;
    int64_t state_n, event_n, crash_n, again_n;
    bool stopped, plain; /* plain: neither crashes nor repetitions */
    int debts, tries;    /* how many of each are gone through */
};

/* --- one operation of the ledger, in an act of its own --- */

struct asked {
    struct ledger_op op;
    struct ledger_done done;
    int64_t act;
};

static enum status once(struct payout *p, struct asked *a)
{
    struct act act;
    struct ledger l;
    struct arena *tmp = arena_open();
    struct act_words words = {a->op.who, S("ledger"), S("x"), S("{}")};
    p->k.ds.n = p->k.ds.error_n = 0;
    enum status st = act_begin(&act, p->k.w, p->tmp, WORK_COUNTY, ++p->event_n);
    if (st == OK) {
        ledger_begin(&l, &act, tmp, &p->k.ds);
        st = ledger_do(&l, &a->op, &a->done);
        ledger_end(&l);
    }
    a->act = act.no;
    arena_close(tmp);
    return st == OK ? act_end(&act, &words) : st;
}

static uint64_t mix(uint64_t h, const void *p, size_t n)
{
    const unsigned char *b = p;
    for (size_t i = 0; i < n; i++)
        h = (h ^ b[i]) * UINT64_C(0x100000001b3);
    return h ^ h >> 29;
}

/* What the ledger says of debts and payments. */
static uint64_t books(struct payout *p)
{
    struct db_rows rows;
    struct sql_ledger_payment_all_row r;
    uint64_t h = UINT64_C(0xcbf29ce484222325);
    if (sql_ledger_payment_all(p->k.w, &(struct sql_ledger_payment_all){WORK_COUNTY}, &rows) != OK)
        return 0;
    while (sql_ledger_payment_all_next(&rows, &r)) {
        int64_t row[] = {r.state, r.version, r.approvals, r.amount};
        h = mix(h, row, sizeof row);
    }
    return db_rows_end(&rows) == OK ? h : 0;
}

static bool check(struct payout *p, bool ok, const char *what)
{
    p->stopped |= !ok; /* one is enough to show it */
    return trust_check(p->t, ok, "%s", what);
}

/* Crash before the commit, then done, then its answer lost and asked again. */
static bool perform(struct payout *p, struct asked *a)
{
    struct asked again = *a;
    if (p->plain)
        return once(p, a) == OK;
    uint64_t before = books(p);
    if (db_mark(p->k.w) != OK)
        return check(p, false, "no savepoint");
    enum status st = once(p, a);
    if (db_undo(p->k.w) != OK || books(p) != before)
        return check(p, false, "a crash left something");
    p->crash_n++;
    if (st == ERR_INPUT || st == ERR_DENIED)
        return false; /* refused: nothing happened */
    if (once(p, a) != OK)
        return check(p, false, "it cannot be done a second time");
    if (db_mark(p->k.w) != OK)
        return check(p, false, "no savepoint");
    st = once(p, &again);
    p->again_n++;
    return check(p, st == OK && again.done.again && again.done.op == a->done.op, "done twice") &&
           check(p, db_undo(p->k.w) == OK, "not undone");
}

static Str client(struct payout *p, const char *what, int a, int b)
{
    return arena_fmt(p->tmp, "%s-%d-%d", what, a, b);
}

/* --- our side --- */

static int64_t state_of(struct payout *p, int64_t payment)
{
    struct sql_ledger_payment_get_row r;
    struct sql_ledger_payment_get in = {WORK_COUNTY, payment};
    return sql_ledger_payment_get_one(p->k.w, p->tmp, &in, &r) == OK ? r.state : 0;
}

static int64_t open_of(struct payout *p, int64_t due)
{
    struct sql_ledger_due_get_row r;
    struct sql_ledger_due_get in = {WORK_COUNTY, due};
    return sql_ledger_due_get_one(p->k.w, p->tmp, &in, &r) == OK ? r.open : 0;
}

/* Asks to pay what is owed of a debt, approved by two. */
static bool ask(struct payout *p, struct world *w, int d)
{
    static const char *const who[] = {"bob", "eve"};
    int k = w->s.asked[d];
    struct asked a = {.op = {.kind = LEDGER_REQUEST,
                             .about = w->due[d],
                             .who = S("ann"),
                             .day = TODAY,
                             .client = client(p, "ask", d, k),
                             .payee = {S("甲"), S("某行"), S("6222")}}};
    if (k == ALL_TRIES || open_of(p, w->due[d]) == 0 || !perform(p, &a))
        return false;
    w->payment[d][k] = a.done.op;
    w->s.asked[d]++;
    for (int i = 0; i < LEDGER_APPROVERS; i++) {
        struct asked yes = {.op = {.kind = LEDGER_APPROVE,
                                   .about = a.done.op,
                                   .extra = 1,
                                   .who = str_of(who[i]),
                                   .day = TODAY,
                                   .client = client(p, who[i], d, k)}};
        if (!perform(p, &yes))
            return check(p, false, "not approved");
    }
    return true;
}

/* What is approved goes into the file. */
static void note_filed(struct payout *p, struct world *w)
{
    for (int d = 0; d < DEBTS; d++)
        for (int k = 0; k < w->s.asked[d]; k++)
            w->s.filed[d][k] = state_of(p, w->payment[d][k]) == LEDGER_APPROVED;
}

static bool batch(struct payout *p, struct world *w)
{
    struct world before = *w;
    note_filed(p, w);
    struct asked a = {.op = {.kind = LEDGER_BATCH,
                             .who = S("fin"),
                             .day = TODAY,
                             .client = client(p, "batch", w->batches, 0)}};
    if (!perform(p, &a)) {
        *w = before;
        return false;
    }
    w->file[w->batches++] = ledger_id_act(a.done.op);
    return true;
}

/* Which debt and try a payment is. */
static bool locate(const struct world *w, int64_t payment, int *d, int *k)
{
    for (*d = 0; *d < DEBTS; ++*d)
        for (*k = 0; *k < w->s.asked[*d]; ++*k)
            if (w->payment[*d][*k] == payment)
                return true;
    return false;
}

/* An answer is read: what is on its way and named in it is paid or sent back. */
static void reconcile(struct payout *p, struct world *w, int which)
{
    for (int d = 0; d < DEBTS; d++)
        for (int k = 0; k < w->s.asked[d]; k++) {
            uint8_t said = w->s.answer[which][d][k];
            struct asked a = {.op = {.kind = said == PAID ? LEDGER_PAID : LEDGER_BOUNCE,
                                     .about = w->payment[d][k],
                                     .who = S("fin"),
                                     .day = TODAY,
                                     .client = client(p, "answer", d, k)}};
            if (said != UNSEEN && state_of(p, w->payment[d][k]) == LEDGER_SENT)
                (void)perform(p, &a); /* refusals are nothing */
        }
    w->s.has_answer[which] = 0;
    memset(w->s.answer[which], 0, sizeof w->s.answer[which]);
}

/* The defect: what was not answered is taken for sent back. */
static bool give_up(struct payout *p, struct world *w, int d)
{
    int k = w->s.asked[d] - 1;
    struct asked a = {.op = {.kind = LEDGER_BOUNCE,
                             .who = S("fin"),
                             .day = TODAY,
                             .client = client(p, "late", d, k)}};
    if (!p->t->canary || k < 0 || state_of(p, w->payment[d][k]) != LEDGER_SENT)
        return false;
    a.op.about = w->payment[d][k];
    return perform(p, &a);
}

/* --- the bank --- */

/* Does its file line by line; stops after `lines`; bit i of `pays`: the i-th new one is paid. */
static bool bank_works(struct payout *p, struct world *w, int64_t file, int lines, unsigned pays)
{
    struct buf b;
    struct csv csv;
    int64_t n, id;
    int d, k, line = 0, fresh = 0;
    buf_init(&b, p->tmp, FILE_MAX);
    const struct bank_order order = {WORK_COUNTY, file, OUT_PLAIN};
    if (ledger_bank_file(p->k.w, p->tmp, &order, &b, &n) != OK)
        return check(p, false, "no file");
    csv_open(&csv, p->tmp, buf_str(&b));
    if (csv_next(&csv, NULL) != OK)
        return check(p, false, "an empty file");
    for (; line < lines && csv_next(&csv, NULL) == OK && csv.cell_n > 0; line++) {
        if (!ledger_parse_id(&id, csv.cell[0].text) || !locate(w, id, &d, &k))
            return check(p, false, "a line that is nobody's");
        if (w->s.bank[d][k] == UNSEEN)
            w->s.bank[d][k] = (pays >> fresh++ & 1) != 0 ? PAID : BOUNCED;
    }
    return line > 0;
}

static void bank_answers(struct world *w, int which)
{
    memcpy(w->s.answer[which], w->s.bank, sizeof w->s.bank);
    w->s.has_answer[which] = 1;
}

/* --- what must hold --- */

static bool holds(struct payout *p, const struct world *w)
{
    for (int d = 0; d < DEBTS; d++) {
        int paid = 0;
        for (int k = 0; k < w->s.asked[d]; k++) {
            int64_t state = state_of(p, w->payment[d][k]);
            paid += w->s.bank[d][k] == PAID;
            if (!check(p, state != LEDGER_SETTLED || w->s.bank[d][k] == PAID, "called paid") ||
                !check(p, state != LEDGER_BOUNCED || w->s.bank[d][k] == BOUNCED || p->t->canary,
                       "called sent back"))
                return false;
        }
        if (!check(p, paid <= 1, "a debt was paid twice"))
            return false;
    }
    if (p->state_n % VERIFY_EACH != 0)
        return true;
    struct ledger_report r;
    return check(p, ledger_verify(p->k.w, p->tmp, WORK_COUNTY, &r, &p->k.ds) == OK, "verify") &&
           check(p, r.fault_n == 0, "the ledger does not add up");
}

/* Nothing is lost from now on: everything comes to an end, and is paid. */
static bool ends_well(struct payout *p, struct world w)
{
    if (db_mark(p->k.w) != OK)
        return check(p, false, "no savepoint");
    p->plain = true;
    for (int round = 0; round < ROUNDS; round++) {
        for (int i = 0; i < w.batches; i++)
            (void)bank_works(p, &w, w.file[i], DEBTS, 3); /* it may bring no news */
        bank_answers(&w, 0);
        reconcile(p, &w, 0);
        for (int d = 0; d < p->debts; d++)
            (void)ask(p, &w, d); /* where something is owed still */
        (void)batch(p, &w);      /* where something is approved */
    }
    p->plain = false;
    bool ok = true;
    for (int d = 0; d < p->debts; d++) {
        int paid = 0, settled = 0;
        for (int k = 0; k < w.s.asked[d]; k++) {
            paid += w.s.bank[d][k] == PAID;
            settled += state_of(p, w.payment[d][k]) == LEDGER_SETTLED;
        }
        ok = ok && check(p, paid == 1 && settled == 1, "a debt is never paid");
    }
    return check(p, db_undo(p->k.w) == OK, "not undone") && ok;
}

/* --- every order of events --- */

/* Numbers of acts hang on how we got here; what they stand for does not. */
static uint64_t digest(struct payout *p, const struct world *w)
{
    uint64_t h = mix(UINT64_C(0xcbf29ce484222325), &w->s, sizeof w->s);
    for (int d = 0; d < DEBTS; d++) {
        int64_t open = open_of(p, w->due[d]);
        h = mix(h, &open, sizeof open);
        for (int k = 0; k < w->s.asked[d]; k++) {
            int64_t state = state_of(p, w->payment[d][k]);
            h = mix(h, &state, sizeof state);
        }
    }
    return h | 1;
}

static bool is_new(struct payout *p, const struct world *w)
{
    uint64_t h = digest(p, w);
    for (size_t i = h % SLOTS;; i = (i + 1) % SLOTS) {
        if (p->seen[i] == h)
            return false;
        if (p->seen[i] == 0) {
            p->seen[i] = h;
            return true;
        }
    }
}

enum {
    ASK,                     /* of each debt */
    BATCH = ASK + DEBTS,     /* a file is made */
    SEND,                    /* it goes to the bank, once more */
    LOSE,                    /* .. and is lost */
    WORK,                    /* the bank does one line or all, and pays or not */
    ANSWER = WORK + 2 * 4,   /* it answers; two may be on their way */
    DROP = ANSWER + 2,       /* an answer is lost */
    RECONCILE = DROP + 2,    /* an answer is read */
    GIVE_UP = RECONCILE + 2, /* only with the defect */
    EVENTS = GIVE_UP + DEBTS
};

static bool happens(struct payout *p, struct world *w, int e)
{
    if (e < BATCH)
        return e - ASK < p->debts && w->s.asked[e - ASK] < p->tries && ask(p, w, e - ASK);
    if (e == BATCH)
        return batch(p, w);
    if (e == SEND || e == LOSE) {
        bool goes = w->batches > 0 && w->s.has_file == (e == LOSE);
        w->s.has_file = e == SEND;
        return goes;
    }
    if (e < ANSWER) {
        int how = e - WORK;
        if (!w->s.has_file ||
            !bank_works(p, w, w->file[w->batches - 1], how / 4 + 1, (unsigned)how % 4))
            return false;
        w->s.has_file = 0;
        return true;
    }
    if (e < DROP) {
        bool free = !w->s.has_answer[e - ANSWER];
        bank_answers(w, e - ANSWER);
        return free;
    }
    if (e < RECONCILE) {
        bool there = w->s.has_answer[e - DROP];
        w->s.has_answer[e - DROP] = 0;
        memset(w->s.answer[e - DROP], 0, sizeof w->s.answer[0]);
        return there;
    }
    if (e < GIVE_UP) {
        bool there = w->s.has_answer[e - RECONCILE];
        if (there)
            reconcile(p, w, e - RECONCILE);
        return there;
    }
    return give_up(p, w, e - GIVE_UP);
}

static void explore(struct payout *p, const struct world *from)
{
    if (p->stopped || p->state_n >= STATES_MAX || !is_new(p, from))
        return;
    p->state_n++;
    ArenaMark mark = arena_mark(p->tmp);
    if (!holds(p, from) || (!p->t->canary && !ends_well(p, *from)))
        return;
    for (int e = 0; e < EVENTS && !p->stopped; e++) {
        struct world w = *from;
        if (db_mark(p->k.w) != OK)
            (void)check(p, false, "no savepoint"); /* stops */
        if (happens(p, &w, e))
            explore(p, &w);
        if (db_undo(p->k.w) != OK)
            (void)check(p, false, "not undone"); /* stops */
        arena_reset(p->tmp, mark);
    }
}

/* --- the beginning: money in a pool, and two debts --- */

static bool set_up(struct payout *p, struct world *w)
{
    struct ledger_op money[] = {
        {.kind = LEDGER_OPEN, .item = S("2060404"), .year = 2026},
        {.kind = LEDGER_RAISE,
         .item = S("2060404"),
         .year = 2026,
         .amount = 10 * FEN,
         .decision = S("d")},
        {.kind = LEDGER_OPEN, .policy = S("p"), .item = S("2060404"), .year = 2026},
        {.kind = LEDGER_ALLOCATE, .policy = S("p"), .year = 2026, .amount = 10 * FEN}};
    struct asked a = {0};
    for (size_t i = 0; i < ARRAY_N(money) + 2 * DEBTS; i++) {
        size_t d = i < ARRAY_N(money) ? 0 : (i - ARRAY_N(money)) / 2;
        bool holding = (i - ARRAY_N(money)) % 2 == 0;
        struct ledger_op hold = {.kind = LEDGER_RESERVE,
                                 .subject = arena_fmt(p->k.a, "E%d", (int)d),
                                 .policy = S("p"),
                                 .year = 2026,
                                 .amount = FEN,
                                 .decision = S("d"),
                                 .receipt = S("1/E"),
                                 .rules = S("aa"),
                                 .snapshot = S("bb")};
        struct ledger_op post = {.kind = LEDGER_POST, .about = a.done.op};
        a.op = i < ARRAY_N(money) ? money[i] : holding ? hold : post;
        a.op.who = S("ann");
        a.op.day = TODAY;
        a.op.client = arena_fmt(p->k.a, "set-%d", (int)i);
        if (once(p, &a) != OK)
            return trust_check(p->t, false, "the beginning: step %d", (int)i);
        if (i >= ARRAY_N(money) && !holding)
            w->due[d] = a.done.op;
    }
    return true;
}

static void on(struct trust *t, int debts, int tries)
{
    char folder[FOLDER_N];
    struct payout p = {.t = t, .tmp = arena_open(), .debts = debts, .tries = tries};
    struct world w;
    memset(&w, 0, sizeof w);
    double began = trust_seconds(t);
    work_folder(folder);
    Str url = arena_fmt(p.tmp, "sqlite:%s/x.db", folder);
    if (!trust_check(t, work_open(&p.k, url, NULL) == OK, "no store"))
        return;
    p.seen = ARENA_ARRAY(p.k.a, uint64_t, SLOTS);
    if (trust_check(t, db_begin(p.k.w) == OK, "no transaction") && set_up(&p, &w))
        explore(&p, &w);
    db_rollback(p.k.w);
    printf("%d debts, asked for %d times: %lld states, %lld operations, %lld crashes, %lld asked "
           "again, %.1f s\n",
           debts, tries, (long long)p.state_n, (long long)p.event_n, (long long)p.crash_n,
           (long long)p.again_n, trust_seconds(t) - began);
    (void)trust_check(t, p.state_n < STATES_MAX, "more states than room");
    arena_close(p.tmp);
    work_close(&p.k);
    work_folder_end(folder);
}

/* Two debts and second tries together are for before a release. */
int main(int argc, char **argv)
{
    struct trust t;
    trust_begin(&t, "payout", argc, argv);
    on(&t, 1, TRIES);
    on(&t, DEBTS, 1);
    if (t.full)
        on(&t, DEBTS, TRIES);
    return trust_end(&t);
}
