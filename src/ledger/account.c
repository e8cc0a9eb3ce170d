#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "ledger/ledger_int.h"

static struct account *add(struct work *w, const struct account *a)
{
    ASSERT(w->account_n < ACCOUNTS_MAX);
    w->account[w->account_n] = *a;
    return &w->account[w->account_n++];
}

enum status ledger_account(struct work *w, struct account **out, enum ledger_account_kind kind,
                           Str owner, Str line, int year)
{
    for (size_t i = 0; i < w->account_n; i++) {
        struct account *a = *out = &w->account[i];
        if (a->kind == kind && a->year == year && str_eq(a->owner, owner) && str_eq(a->line, line))
            return OK;
    }
    struct sql_ledger_account_find_row row;
    struct account a = {.kind = kind, .owner = owner, .line = line, .year = year};
    enum status st = sql_ledger_account_find_one(
        w->l->act->conn, w->l->tmp,
        &(struct sql_ledger_account_find){w->l->act->county, kind, owner, line, year}, &row);
    if (st == OK) {
        a.id = row.account;
        a.parent = row.parent.v;
        a.posted = row.posted;
        a.pending = row.pending;
    } else if (st != ERR_GONE) {
        return st;
    }
    *out = add(w, &a);
    return OK;
}

enum status ledger_account_of(struct work *w, struct account **out, int64_t id)
{
    for (size_t i = 0; i < w->account_n; i++) {
        *out = &w->account[i];
        if ((*out)->id == id)
            return OK;
    }
    struct sql_ledger_account_get_row row;
    TRY(sql_ledger_account_get_one(
        w->l->act->conn, w->l->tmp,
        &(struct sql_ledger_account_get){w->l->act->county, ledger_id_act(id), ledger_id_n(id), id},
        &row));
    *out = add(w, &(struct account){.id = id,
                                    .kind = (enum ledger_account_kind)row.kind,
                                    .owner = row.owner,
                                    .line = row.line,
                                    .year = (int)row.year,
                                    .parent = row.parent.v,
                                    .posted = row.posted,
                                    .pending = row.pending});
    return OK;
}

/* “资金池 张家港 企业科技创新积分 2015”, of what is not empty. */
static Str name_of(struct work *w, const struct account *a)
{
    Str year = a->year == 0 ? S("") : arena_fmt(w->l->tmp, " %d", a->year);
    return arena_fmt(w->l->tmp, "%s%s%.*s%s%.*s%.*s", ledger_account_name(a->kind, LANG_ZH),
                     a->owner.n > 0 ? " " : "", (int)a->owner.n, a->owner.p,
                     a->line.n > 0 ? " " : "", (int)a->line.n, a->line.p, (int)year.n, year.p);
}

enum status ledger_account_must(struct work *w, struct account **out, enum ledger_account_kind kind,
                                Str owner, Str line, int year)
{
    TRY(ledger_account(w, out, kind, owner, line, year));
    return (*out)->id != 0
               ? OK
               : ledger_refuse(w, DIAG_LEDGER_ACCOUNT, name_of(w, *out), NO_ARG, NO_ARG);
}

void ledger_move(struct work *w, enum phase phase, struct account *debit, struct account *credit,
                 int64_t amount)
{
    ASSERT(w->move_n < MOVES_MAX && amount > 0);
    w->move[w->move_n] = (struct move){.phase = phase,
                                       .debit = debit,
                                       .credit = credit,
                                       .amount = amount,
                                       .part = (int)w->move_n + 1,
                                       .until_day = DAY_MAX};
    w->move_n++;
}

static void change(struct account *a, int64_t posted, int64_t pending)
{
    bool over = __builtin_add_overflow(a->posted, posted, &a->posted) ||
                __builtin_add_overflow(a->pending, pending, &a->pending);
    ASSERT(!over);
    a->posted_change += posted;
    a->pending_change += pending;
}

static enum status short_of(struct work *w, const struct account *a)
{
    int64_t over = a->pending - a->posted;
    Str left = ledger_is_points(a->kind) ? ledger_points_text(w, over) : ledger_fen_text(w, over);
    return ledger_refuse(w, DIAG_LEDGER_SHORT, name_of(w, a), left, w->op.subject);
}

enum status ledger_moves_check(struct work *w)
{
    for (size_t i = 0; i < w->move_n; i++) {
        const struct move *m = &w->move[i];
        bool posts = m->phase == AT_ONCE || m->phase == POST;
        int64_t posted = posts ? m->amount : 0;
        change(m->debit, -posted, m->phase == HOLD ? m->amount : -m->held);
        change(m->credit, posted, 0);
        if (m->debit->kind < LEDGER_MONEY_OUTSIDE && m->debit->posted < m->debit->pending)
            return short_of(w, m->debit);
    }
    return OK;
}

static enum status open_account(struct work *w, struct account *a)
{
    struct act *act = w->l->act;
    int64_t n = w->l->account_n++;
    a->id = ledger_id(act->no, n);
    SqlInt parent = {a->parent, a->parent != 0};
    TRY(sql_ledger_account_add(
        act->conn, &(struct sql_ledger_account_add){act->county, act->no, n, a->kind, a->owner,
                                                    a->line, a->year, parent}));
    return sql_ledger_balance_add(act->conn,
                                  &(struct sql_ledger_balance_add){act->county, a->id, a->kind});
}

static enum status write_move(struct work *w, struct move *m)
{
    struct act *act = w->l->act;
    int64_t n = w->l->transfer_n++;
    m->id = ledger_id(act->no, n);
    return sql_ledger_transfer_add(act->conn,
                                   &(struct sql_ledger_transfer_add){act->county,
                                                                     act->no,
                                                                     n,
                                                                     ledger_id_n(w->id),
                                                                     m->phase,
                                                                     m->debit->id,
                                                                     m->credit->id,
                                                                     m->amount,
                                                                     m->held,
                                                                     {m->ends, m->ends != 0},
                                                                     m->from_day});
}

enum status ledger_moves_write(struct work *w)
{
    struct act *act = w->l->act;
    for (size_t i = 0; i < w->account_n; i++)
        if (w->account[i].id == 0)
            TRY(open_account(w, &w->account[i]));
    for (size_t i = 0; i < w->move_n; i++)
        TRY(write_move(w, &w->move[i]));
    for (size_t i = 0; i < w->account_n; i++) {
        const struct account *a = &w->account[i];
        if (a->posted_change != 0 || a->pending_change != 0)
            TRY(sql_ledger_balance_move(
                act->conn, &(struct sql_ledger_balance_move){act->county, a->id, a->posted_change,
                                                             a->pending_change}));
    }
    return OK;
}
