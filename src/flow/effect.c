/* effect.c - what a step brings about, one effect after the other, within its act: all are done or
 * the act is undone. Money: each effect looks at what the case has in the ledger and asks only for
 * what is still to be asked, so that what the bank sent back is paid once when asked again.
 */
#include "flow/flow_int.h"

bool flow_moves_money(const struct matter_step *s)
{
    for (uint32_t i = 0; i < s->effect_n; i++) {
        enum matter_effect_kind k = s->effect[i].kind;
        if (k == MATTER_RESERVE || k == MATTER_PAY || k == MATTER_RECLAIM)
            return true;
    }
    return false;
}

/* --- the ledger --- */

static Str papers_of(struct flow_doing *x)
{
    struct buf b;
    buf_init(&b, x->v.keep, BUF_MAX);
    for (size_t i = 0; i < x->s.file_n; i++) {
        Str hash = arena_hex(x->v.keep, sha256_str(&x->s.file[i].hash));
        buf_fmt(&b, "%s%.*s", i == 0 ? "" : " ", STR_ARG(hash));
    }
    return buf_str(&b);
}

/* Does the operation, notes whose it is, and remembers it for the effects that follow. */
static enum status move(struct flow_doing *x, struct ledger_op *op, int stage, struct flow_sum *out)
{
    struct flow_desk *d = x->d;
    struct ledger *l = &d->own->ledger;
    struct ledger_done done;
    op->day = x->v.today;
    op->who = d->who.name;
    op->client = arena_fmt(x->v.keep, "事项 %lld/%lld#%lld", (long long)x->s.c.number,
                           (long long)x->seq, (long long)l->op_n);
    TRY(ledger_do(l, op, &done));
    *out = (struct flow_sum){.seq = x->seq,
                             .op = done.op,
                             .about = op->about,
                             .stage = stage,
                             .amount = done.amount,
                             .kind = op->kind};
    struct sql_flow_money_add row = {.county = d->act->county,
                                     .act = d->act->no,
                                     .n = flow_row(d, FLOW_MONEY),
                                     .number = x->s.c.number,
                                     .seq = x->seq,
                                     .kind = op->kind,
                                     .op = done.op,
                                     .about = op->about,
                                     .stage = stage,
                                     .amount = done.amount};
    return sql_flow_money_add(d->act->conn, &row);
}

static void remember(struct flow_doing *x, struct flow_sum sum)
{
    size_t cap = x->s.sum_n; /* a list as long as it is: grown by copying */
    VEC_PUSH(x->v.keep, x->s.sum, x->s.sum_n, cap) = sum;
}

static Str field_value(const struct flow_doing *x, int32_t field)
{
    return field < 0 ? S("")
                     : str_or_empty(flow_story_value(&x->s, x->s.m->rules->field[field].name));
}

static enum status reserve(struct flow_doing *x, const struct matter_effect *e)
{
    struct ledger_share share[MATTER_WEIGHTS_MAX];
    struct flow_sum sum;
    const struct matter *m = x->s.m;
    struct ledger_op op = {.kind = LEDGER_RESERVE,
                           .subject = x->s.c.identity,
                           .policy = m->policy,
                           .item = m->once ? m->name : S(""),
                           .decision = field_value(x, m->decision),
                           .note = x->step->name,
                           .year = day_year(x->v.today),
                           .receipt = flow_place(x->v.keep, x->s.c.number, x->seq),
                           .rules = arena_hex(x->v.keep, sha256_str(&x->s.c.rules)),
                           .snapshot = arena_hex(x->v.keep, sha256_str(&x->basis)),
                           .evidence = papers_of(x),
                           .share = e->weight_n > 0 ? share : NULL,
                           .share_n = (size_t)e->weight_n};
    for (int i = 0; i < e->weight_n; i++)
        share[i] = (struct ledger_share){.level = S(""), .weight = e->weight[i]};
    TRY(flow_amount(&x->v, &x->f, &e->value, &op.amount));
    TRY(move(x, &op, 0, &sum));
    sum.held = sum.amount;
    remember(x, sum);
    return OK;
}

/* The last reservation of the case; NULL: there is none. */
static struct flow_sum *reservation(struct flow_doing *x)
{
    for (size_t i = x->s.sum_n; i-- > 0;)
        if (x->s.sum[i].kind == LEDGER_RESERVE)
            return &x->s.sum[i];
    return NULL;
}

static bool is_posted(const struct flow_doing *x, int64_t reserve, int stage)
{
    for (size_t i = 0; i < x->s.sum_n; i++) {
        const struct flow_sum *s = &x->s.sum[i];
        if (s->kind == LEDGER_POST && s->about == reserve && (s->stage == stage || s->stage == 0))
            return true;
    }
    return false;
}

static enum status post(struct flow_doing *x, struct flow_sum *from, int stage)
{
    struct flow_sum sum;
    struct ledger_op op = {
        .kind = LEDGER_POST, .about = from->op, .extra = stage, .note = x->step->name};
    TRY(move(x, &op, stage, &sum));
    from->held -= sum.amount;
    sum.open = sum.amount;
    remember(x, sum);
    return OK;
}

/* Asks to pay what is owed and not on its way. */
static enum status request(struct flow_doing *x, size_t at, bool *any)
{
    const struct matter *m = x->s.m;
    struct flow_sum sum, *due = &x->s.sum[at];
    struct ledger_op op = {.kind = LEDGER_REQUEST,
                           .about = due->op,
                           .amount = due->open,
                           .note = x->step->name,
                           .payee = {field_value(x, m->payee[MATTER_PAYEE]),
                                     field_value(x, m->payee[MATTER_BANK]),
                                     field_value(x, m->payee[MATTER_ACCOUNT])}};
    TRY(move(x, &op, (int)due->stage, &sum));
    due->open = 0;
    *any = true;
    sum.state = LEDGER_REQUESTED;
    remember(x, sum);
    return OK;
}

static enum status pay(struct flow_doing *x, const struct matter_effect *e)
{
    struct flow_sum *from = reservation(x);
    bool any = false;
    if (from == NULL)
        return flow_refuse(x->d, DIAG_FLOW_NOTHING, x->step->name, NO_ARG, NO_ARG);
    int64_t reserve = from->op;
    bool owed = e->stage == 0 ? from->held == 0 : is_posted(x, reserve, e->stage);
    if (!owed)
        TRY(post(x, from, e->stage));
    size_t n = x->s.sum_n;
    for (size_t i = 0; i < n; i++) {
        const struct flow_sum *s = &x->s.sum[i];
        if (s->kind == LEDGER_POST && s->about == reserve && s->open > 0 &&
            (e->stage == 0 || s->stage == e->stage))
            TRY(request(x, i, &any));
    }
    return any ? OK : flow_refuse(x->d, DIAG_FLOW_NOTHING, x->step->name, NO_ARG, NO_ARG);
}

static enum status give_up(struct flow_doing *x)
{
    size_t n = x->s.sum_n;
    for (size_t i = 0; i < n; i++) {
        struct flow_sum sum, *s = &x->s.sum[i];
        struct ledger_op op = {.kind = LEDGER_VOID, .about = s->op, .note = x->step->name};
        if (s->kind != LEDGER_RESERVE || s->held == 0)
            continue;
        TRY(move(x, &op, 0, &sum));
        x->s.sum[i].held = 0;
        remember(x, sum);
    }
    return OK;
}

/* From the last payment back. */
static enum status reclaim(struct flow_doing *x, const struct matter_effect *e)
{
    int64_t left;
    TRY(flow_amount(&x->v, &x->f, &e->value, &left));
    for (size_t i = x->s.sum_n; i-- > 0 && left > 0;) {
        struct flow_sum sum, *s = &x->s.sum[i];
        int64_t paid = s->state == LEDGER_SETTLED ? s->amount - s->claimed : 0;
        struct ledger_op op = {.kind = LEDGER_RECLAIM,
                               .about = s->op,
                               .amount = paid < left ? paid : left,
                               .decision = field_value(x, x->s.m->decision),
                               .note = x->step->name};
        if (paid == 0)
            continue;
        TRY(move(x, &op, 0, &sum));
        s->claimed += op.amount;
        left -= op.amount;
    }
    return left == 0 ? OK
                     : flow_refuse(x->d, DIAG_FLOW_RECLAIM, x->step->name,
                                   ledger_fen_str(x->v.keep, left), NO_ARG);
}

/* --- the rest --- */

static enum status tell(struct flow_doing *x, const struct matter_effect *e)
{
    struct flow_desk *d = x->d;
    return sql_flow_told_add(d->act->conn,
                             &(struct sql_flow_told_add){d->act->county, d->act->no,
                                                         flow_row(d, FLOW_TOLD), x->s.c.number,
                                                         x->seq, e->kind == MATTER_ASSIGN, e->who});
}

static enum status put_up(struct flow_doing *x, const struct matter_effect *e)
{
    struct flow_desk *d = x->d;
    struct flow_until until;
    TRY(flow_until(x, &e->term, &until));
    if (!until.day.set)
        return flow_refuse(d, DIAG_FLOW_CALENDAR, x->step->name, NO_ARG, NO_ARG);
    return sql_flow_notice_add(
        d->act->conn, &(struct sql_flow_notice_add){d->act->county, d->act->no,
                                                    flow_row(d, FLOW_NOTICE), x->s.c.number, x->seq,
                                                    x->v.today, until.day.v, until.calendar});
}

static enum status set_field(struct flow_doing *x, const struct matter_effect *e)
{
    Str text;
    TRY(flow_value_text(&x->v, &x->f, &e->value, e->field, &text));
    if (text.p == NULL)
        return flow_refuse(x->d, DIAG_FLOW_SET, x->s.m->rules->field[e->field].name, e->value.text,
                           NO_ARG);
    return flow_keep_value(x, e->field, text);
}

/* A type of the same document, or one in force. */
static enum status linked_rules(struct flow_doing *x, Str type, Sha256 *out)
{
    struct flow_view quiet = x->v;
    struct flow_type found;
    struct matter *m;
    quiet.diags = NULL;
    *out = x->s.c.rules;
    enum status st = flow_matter(&quiet, x->s.c.rules, type, &m);
    if (st != ERR_GONE)
        return st;
    st = flow_type_find(&x->v, type, &found);
    *out = found.hash;
    return st == ERR_GONE ? ERR_INPUT : st;
}

static enum status open_linked(struct flow_doing *x, const struct matter_effect *e)
{
    struct flow_new in = {.type = e->type,
                          .title = x->s.c.title,
                          .subject = x->s.c.subject,
                          .parent = x->s.c.number,
                          .built = true,
                          .given = {.why = flow_place(x->v.keep, x->s.c.number, x->seq)}};
    struct flow_person who = x->d->who;
    int64_t number;
    TRY(linked_rules(x, e->type, &in.rules));
    x->d->who.system = true;
    enum status st = flow_open(x->d, &in, &number);
    x->d->who = who;
    return st;
}

static enum status bring_about(struct flow_doing *x, const struct matter_effect *e)
{
    switch (e->kind) {
    case MATTER_NOTIFY:
    case MATTER_ASSIGN: return tell(x, e);
    case MATTER_NOTICE: return put_up(x, e);
    case MATTER_RESERVE: return reserve(x, e);
    case MATTER_PAY: return pay(x, e);
    case MATTER_VOID: return give_up(x);
    case MATTER_RECLAIM: return reclaim(x, e);
    case MATTER_SET: return set_field(x, e);
    case MATTER_OPEN: return open_linked(x, e);
    }
    return OK;
}

enum status flow_effects(struct flow_doing *x)
{
    for (uint32_t i = 0; i < x->step->effect_n; i++)
        TRY(bring_about(x, &x->step->effect[i]));
    return OK;
}
