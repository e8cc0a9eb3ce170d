/* bid.c - sealed bids, and reviews by those who have no interest in them. */
#include "access/assign.h"
#include "flow/flow_int.h"

enum { WORDS_MAX = 4000, SECRET_MIN = 16 };

/* --- bids --- */

Sha256 flow_seal(int64_t price_fen, Str text, Str secret)
{
    char number[32];
    int n = 0;
    uint64_t v = (uint64_t)price_fen;
    do {
        number[sizeof number - 1 - (size_t)n++] = (char)('0' + v % 10);
        v /= 10;
    } while (v > 0);
    struct sha256 h;
    sha256_init(&h);
    sha256_add(&h, (Str){number + sizeof number - (size_t)n, (size_t)n});
    sha256_add(&h, S("\n"));
    sha256_add(&h, text);
    sha256_add(&h, S("\n"));
    sha256_add(&h, secret);
    return sha256_end(&h);
}

static enum status takes(struct flow_desk *d, const struct flow_story *s, unsigned what, Str word)
{
    if ((s->c.takes & what) != 0)
        return OK;
    return flow_refuse(d, DIAG_FLOW_TAKES, s->c.state, word, NO_ARG);
}

enum status flow_bid(struct flow_desk *d, int64_t number, Sha256 seal, int64_t *bid)
{
    struct flow_view v = flow_look(d);
    struct flow_story s;
    TRY(flow_story(&v, number, &s));
    TRY(takes(d, &s, MATTER_BIDS, S("揭榜 bids")));
    if (d->who.subject <= 0 || d->who.subject == s.c.subject) {
        (void)flow_refuse(d, DIAG_FLOW_BIDDER, d->who.name, NO_ARG, NO_ARG); /* denied */
        return ERR_DENIED;
    }
    for (size_t i = 0; i < s.bid_n; i++)
        if (s.bid[i].subject == d->who.subject)
            return flow_refuse(d, DIAG_FLOW_BID_TWICE, flow_number(v.keep, number),
                               flow_number(v.keep, s.bid[i].bid), NO_ARG);
    *bid = (int64_t)s.bid_n + 1;
    return sql_flow_bid_add(
        d->act->conn, &(struct sql_flow_bid_add){d->act->county, d->act->no, flow_row(d, FLOW_BID),
                                                 number, *bid, d->who.subject, sha256_str(&seal)});
}

static const struct flow_bid *find_bid(const struct flow_story *s, int64_t bid)
{
    for (size_t i = 0; i < s->bid_n; i++)
        if (s->bid[i].bid == bid)
            return &s->bid[i];
    return NULL;
}

enum status flow_bid_open(struct flow_desk *d, int64_t number, const struct flow_opening *in)
{
    struct flow_view v = flow_look(d);
    struct flow_story s;
    TRY(flow_story(&v, number, &s));
    TRY(takes(d, &s, MATTER_OPENING, S("开标 opening")));
    const struct flow_bid *b = find_bid(&s, in->bid);
    if (b == NULL || b->subject != d->who.subject || b->opened)
        return flow_refuse(d, DIAG_FLOW_BID, flow_number(v.keep, in->bid), NO_ARG, NO_ARG);
    Sha256 is = flow_seal(in->price_fen, in->text, in->secret);
    if (in->price_fen < 0 || in->price_fen > LEDGER_AMOUNT_MAX || in->text.n > WORDS_MAX ||
        in->secret.n < SECRET_MIN || !str_eq(b->seal, sha256_str(&is)))
        return flow_refuse(d, DIAG_FLOW_SEAL, flow_number(v.keep, in->bid), NO_ARG, NO_ARG);
    return sql_flow_bid_open_add(
        d->act->conn,
        &(struct sql_flow_bid_open_add){d->act->county, d->act->no, flow_row(d, FLOW_BID_OPEN),
                                        number, in->bid, in->price_fen, in->text, in->secret});
}

/* --- reviews --- */

/* Who is tied to a bidder judges none of the bids. */
static enum status check_ties(struct flow_desk *d, const struct flow_story *s,
                              const struct access *access, int64_t account)
{
    bool conflict;
    enum tie_kind why;
    struct flow_view v = flow_look(d);
    struct access_view look = {v.conn, v.keep, access, v.county, d->act->at_us};
    for (size_t i = 0; i < s->bid_n; i++) {
        TRY(assign_conflict(&look, account, s->bid[i].subject, &conflict, &why));
        if (conflict) {
            (void)flow_refuse(d, DIAG_FLOW_CONFLICT, flow_number(v.keep, s->bid[i].bid),
                              tie_word(why, true), tie_word(why, false)); /* denied */
            return ERR_DENIED;
        }
    }
    return OK;
}

enum status flow_ask_review(struct flow_desk *d, struct access_desk *access, int64_t number,
                            int64_t account, Day last)
{
    struct flow_view v = flow_look(d);
    struct flow_story s;
    int64_t assignment;
    TRY(flow_story(&v, number, &s));
    TRY(check_ties(d, &s, access->access, account));
    for (size_t i = 0; i < s.asked_n; i++)
        if (s.asked[i].account == account && !s.asked[i].ended)
            return flow_refuse(d, DIAG_FLOW_ASKED, s.asked[i].name, NO_ARG, NO_ARG);
    struct assignment a = {.account = account,
                           .subject = s.c.subject,
                           .task = arena_fmt(v.keep, "case %lld", (long long)number),
                           .last = last};
    return assign_give(access, &a, &assignment);
}

static enum status check_review(struct flow_desk *d, const struct flow_view *v,
                                const struct flow_story *s, const struct flow_score *in)
{
    const struct matter *m = s->m;
    bool asked = false;
    TRY(takes(d, s, MATTER_REVIEWS, S("评审 reviews")));
    for (size_t i = 0; i < s->asked_n; i++)
        asked |= s->asked[i].account == d->who.account && !s->asked[i].ended &&
                 s->asked[i].last >= d->today;
    if (!asked) {
        (void)flow_refuse(d, DIAG_FLOW_WHO, d->who.name, S("评审 review"), NO_ARG); /* denied */
        return ERR_DENIED;
    }
    if (in->bid != 0 && (find_bid(s, in->bid) == NULL || !find_bid(s, in->bid)->opened))
        return flow_refuse(d, DIAG_FLOW_BID, flow_number(v->keep, in->bid), NO_ARG, NO_ARG);
    for (size_t i = 0; i < s->review_n; i++)
        if (s->review[i].account == d->who.account && s->review[i].bid == in->bid)
            return flow_refuse(d, DIAG_FLOW_REVIEWED, d->who.name, NO_ARG, NO_ARG);
    if (in->low_e4 < m->review_lo_e4 || in->high_e4 > m->review_hi_e4 || in->low_e4 > in->high_e4 ||
        in->text.n == 0 || in->text.n > WORDS_MAX)
        return flow_refuse(d, DIAG_FLOW_SCORE, ledger_points_str(v->keep, m->review_lo_e4),
                           ledger_points_str(v->keep, m->review_hi_e4), NO_ARG);
    return OK;
}

enum status flow_review(struct flow_desk *d, int64_t number, const struct flow_score *in)
{
    struct flow_view v = flow_look(d);
    struct flow_story s;
    TRY(flow_story(&v, number, &s));
    TRY(check_review(d, &v, &s, in));
    TRY(check_ties(d, &s, NULL, d->who.account)); /* one may have come to light, or a bid since */
    return sql_flow_review_add(
        d->act->conn,
        &(struct sql_flow_review_add){d->act->county, d->act->no, flow_row(d, FLOW_REVIEW), number,
                                      in->bid, d->who.account, in->low_e4, in->high_e4, in->text});
}
