/* desk.c - one's own desk: views that were kept, and notices of what happened meanwhile. */
#include "access/right.h"
#include "api/call.h"
#include "api/noun/case/case.h"
#include "api/noun/data/subject.h"
#include "api/print/document.h"
#include "api_types.h"
#include "base/arena.h"
#include "base/str.h"
#include "base/utf8.h"
#include "ledger/ledger.h"
#include "record/record.h"
#include "sql.h"

enum { KIND_MAX = 100, QUERY_MAX = 16 << 10, VIEWS_MAX = 200 };
enum { TITLE_WIDTH = 200, TITLE_BYTES = 400 }; /* 100 of 字 */
enum { PAGE = 50, COUNTED = 200 };

/* --- views --- */

enum { SEEN_OWN, SEEN_TEAM, SEEN_ALL }; /* of view_shared; none: one's own */

/* Does the caller work for the county, at the bureau or in a town? */
static bool at_desk(const struct call *c)
{
    return (c->who.roles & (ROLES_OFFICE | ROLE_BIT(ROLE_TOWN))) != 0;
}

enum status api_view_list(struct call *c, struct api_views *out)
{
    struct db_rows rows;
    struct sql_view_all_row row;
    size_t cap = 0;
    TRY(sql_view_all(c->conn,
                     &(struct sql_view_all){c->county, c->who.account,
                                            access_team(c->arena, &c->who), at_desk(c)},
                     &rows));
    while (sql_view_all_next(&rows, &row))
        VEC_PUSH(c->arena, out->views.at, out->views.n, cap) = (struct api_view){
            .view = row.view,
            .kind = arena_copy(c->arena, row.kind),
            .title = arena_copy(c->arena, row.title),
            .query = arena_copy(c->arena, row.query),
            .at = row.at_us,
            .seen_by = (int)row.state,
            .mine = row.account == c->who.account,
            .owner = arena_copy(c->arena, row.owner),
        };
    return db_rows_end(&rows);
}

/* One that the caller sees. */
static enum status get_view(struct call *c, int64_t view, struct sql_view_get_row *out)
{
    return sql_view_get_one(c->conn, c->arena,
                            &(struct sql_view_get){c->county, c->who.account,
                                                   access_team(c->arena, &c->who), at_desk(c),
                                                   view},
                            out);
}

/* One's own, and not locked: only these are given up or taken back. */
static enum status own_view(struct call *c, int64_t view)
{
    struct sql_view_get_row row;
    TRY(get_view(c, view, &row));
    if (row.account == c->who.account && row.state != SEEN_ALL)
        return OK;
    (void)call_refuse(c, DIAG_ACCESS_NOT_YOURS, arena_fmt(c->arena, "%lld", (long long)view),
                      S(""));
    return ERR_DENIED;
}

static enum status check_title(struct call *c, Str title)
{
    if (title.n == 0 || title.n > TITLE_BYTES || utf8_width(title) > TITLE_WIDTH)
        return call_refuse(c, DIAG_API_TYPE, S("title"), S("1..100 字 letters"));
    return OK;
}

static enum status check_view(struct call *c, const struct api_view_new *v)
{
    struct sql_view_count_row row;
    TRY(check_title(c, v->title));
    if (v->kind.n == 0 || v->kind.n > KIND_MAX)
        return call_refuse(c, DIAG_API_TYPE, S("kind"), S("企业"));
    if (v->query.n == 0 || v->query.p[0] != '{' || v->query.n > QUERY_MAX)
        return call_refuse(c, DIAG_API_TYPE, S("query"), S("{…} ≤ 16 KB"));
    TRY(sql_view_count_one(c->conn, c->arena, &(struct sql_view_count){c->county, c->who.account},
                           &row));
    return row.n < VIEWS_MAX ? OK : ERR_LIMIT;
}

static enum status view_done(struct call *c, int64_t view, struct api_view_done *out)
{
    c->object = arena_fmt(c->arena, "view %lld", (long long)view);
    *out = (struct api_view_done){c->act->no, view};
    return OK;
}

enum status api_view_add(struct call *c, const struct api_view_add_in *in,
                         struct api_view_done *out)
{
    const struct api_view_new *v = &in->body;
    TRY(check_view(c, v));
    TRY(sql_view_add(c->conn, &(struct sql_view_add){c->county, c->who.account, c->act->no, v->kind,
                                                     v->title, v->query, c->now_us}));
    return view_done(c, c->act->no, out);
}

enum status api_view_run(struct call *c, const struct api_view_run_in *in,
                         struct api_subject_page *out)
{
    struct sql_view_get_row row;
    struct api_subject_query q = {0};
    TRY(get_view(c, in->view, &row));
    TRY(api_read(c->arena, api_type_named("subject_query"), &q, row.query, &c->diags));
    if (in->limit.set)
        q.limit = in->limit;
    q.cursor = in->cursor;
    return subject_page(c, row.kind, &q, out);
}

enum status api_view_rename(struct call *c, const struct api_view_rename_in *in,
                            struct api_view_done *out)
{
    TRY(own_view(c, in->view));
    TRY(check_title(c, in->body.title));
    TRY(sql_view_rename(
        c->conn, &(struct sql_view_rename){c->county, c->who.account, in->view, in->body.title}));
    return view_done(c, in->view, out);
}

enum status api_view_share(struct call *c, const struct api_view_share_in *in,
                           struct api_view_done *out)
{
    TRY(own_view(c, in->view));
    TRY(in->body.team
            ? sql_view_share(c->conn, &(struct sql_view_share){c->county, in->view, SEEN_TEAM,
                                                               access_team(c->arena, &c->who)})
            : sql_view_unshare(c->conn, &(struct sql_view_unshare){c->county, in->view}));
    return view_done(c, in->view, out);
}

/* What was locked is the team's when it no longer is. */
enum status api_view_lock(struct call *c, const struct api_view_lock_in *in,
                          struct api_view_done *out)
{
    struct sql_view_get_row row;
    TRY(get_view(c, in->view, &row));
    if (in->body.locked || row.state == SEEN_ALL)
        TRY(sql_view_share(c->conn, &(struct sql_view_share){c->county, in->view,
                                                             in->body.locked ? SEEN_ALL : SEEN_TEAM,
                                                             access_team(c->arena, &c->who)}));
    return view_done(c, in->view, out);
}

enum status api_view_end(struct call *c, const struct api_view_end_in *in,
                         struct api_view_done *out)
{
    TRY(own_view(c, in->view));
    TRY(sql_view_unshare(c->conn, &(struct sql_view_unshare){c->county, in->view}));
    TRY(sql_view_end(c->conn, &(struct sql_view_end){c->county, c->who.account, in->view}));
    return view_done(c, in->view, out);
}

/* --- notices --- */

static const struct {
    const char *zh, *en; /* after the name of what it is about */
} WORDS[] = {
    {"已公示", "was published"},
    {"的异议不成立", "appealed: rejected"},
    {"的异议成立", "appealed: upheld"},
    {"授权本机构查看", "lets you see its data"},
    {"撤回了授权", "took its consent back"},
    {"的一笔资金已支付", "was paid"},
    {"的一笔资金被银行退回", "was not paid: the bank sent it back"},
    {"可以享受了，见“我的政策”", "applies to you now, see your policies"},
    {"告知了新近可以享受的", "was told to those it applies to now"},
    {"有新进展", "went on"},
    {"等您办理", "waits for you"},
    {"收到一份投标", "got a bid"},
    {"快到期限，等您办理", "is near its last day and waits for you"},
    {"被退回，请更正", "was sent back: put it right"},
};

static struct api_notice notice_of(struct call *c, const struct sql_notice_all_row *r, int64_t seen)
{
    int kind = (int)r->kind - 1;
    ASSERT(kind >= 0 && (size_t)kind < ARRAY_N(WORDS));
    bool payment = kind == API_NOTICE_KIND_PAYMENT_PAID || kind == API_NOTICE_KIND_PAYMENT_BOUNCED;
    return (struct api_notice){
        .kind = kind,
        .text = arena_fmt(c->arena, "%.*s %s", STR_ARG(r->words), WORDS[kind].zh),
        .text_en = arena_fmt(c->arena, "%.*s %s", STR_ARG(r->words), WORDS[kind].en),
        .object = r->place.n > 0 ? arena_copy(c->arena, r->place)
                  : payment      ? ledger_id_str(c->arena, r->object)
                                 : arena_fmt(c->arena, "%lld", (long long)r->object),
        .act = r->act,
        .at = r->at_us,
        .unseen = r->act > seen,
    };
}

/* Whose payments are told to this account: its own subject's. */
static enum status own_identity(struct call *c, Str *own)
{
    *own = S("");
    return c->who.subject == 0
               ? OK
               : record_subject_identity(c->conn, c->arena, c->county, c->who.subject, own);
}

/* Of cases, those of other towns among them, only who sees the case is told. */
static bool sees(struct case_sight *s, const struct sql_notice_all_row *r)
{
    struct flow_case x = {.number = r->object,
                          .subject = r->subject,
                          .kind = r->of_kind,
                          .locality = str_or_empty(r->locality)};
    return r->of_kind.p == NULL || case_sees(s, &x);
}

enum status api_notice_list(struct call *c, const struct api_notice_list_in *in,
                            struct api_notices *out)
{
    struct db_rows rows;
    struct sql_notice_all_row row;
    struct sql_notice_mark_row mark;
    Str own;
    size_t cap = 0, n = 0;
    struct case_sight sight;
    TRY(own_identity(c, &own));
    TRY(case_sight(c, &sight));
    TRY(sql_notice_mark_one(c->conn, c->arena, &(struct sql_notice_mark){c->county, c->who.account},
                            &mark));
    struct sql_notice_all ask = {c->county,
                                 c->who.name,
                                 c->who.account,
                                 own,
                                 c->who.organisation,
                                 c->who.subject,
                                 in->before.set ? in->before.v : INT64_MAX,
                                 c->who.roles,
                                 MATTER_OWN};
    TRY(sql_notice_all(c->conn, &ask, &rows));
    while (n < COUNTED && sql_notice_all_next(&rows, &row)) {
        if (!sees(&sight, &row))
            continue;
        n++;
        out->unseen += row.act > mark.act;
        /* a page ends between acts, so that the next begins with one */
        if (out->notices.n >= PAGE && out->notices.at[out->notices.n - 1].act != row.act)
            out->next = API_INT_OF(out->notices.at[out->notices.n - 1].act);
        if (!out->next.set)
            VEC_PUSH(c->arena, out->notices.at, out->notices.n, cap) = notice_of(c, &row, mark.act);
    }
    TRY(db_rows_end(&rows));
    return sight.st;
}

struct seeing {
    struct call *call;
    int64_t act;
};

static enum status see(struct db_conn *conn, struct arena *tmp, void *arg)
{
    const struct seeing *s = arg;
    (void)tmp;
    return sql_notice_see(conn,
                          &(struct sql_notice_see){s->call->county, s->call->who.account, s->act});
}

/* Not an act: how far somebody has read is nobody's evidence. */
enum status api_notice_see(struct call *c, const struct api_notice_see_in *in,
                           struct api_notice_mark *out)
{
    struct sql_act_last_row last;
    struct seeing s = {c, in->body.act};
    TRY(sql_act_last_one(c->conn, c->arena, &(struct sql_act_last){c->county}, &last));
    s.act = s.act > last.act ? last.act : s.act; /* what is yet to come cannot have been seen */
    out->act = s.act;
    return call_write(c, see, &s);
}
