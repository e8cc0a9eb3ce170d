/* matrix.c - who may do what, asked of a running server: every route, by every role, with and
 * without having proved themselves, through tokens and sessions, about subjects that stand to them
 * in every way. What has to come out is worked out here from the role's own words (below), not by
 * the code that decides.
 *
 * The defect planted by --canary: the table says that towns may reach what enterprises consented
 * to, that is, the check expects more than the server gives. */
#include <stdio.h>
#include <string.h>

#include "api/route.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/json.h"
#include "base/str.h"
#include "test/trust/world.h"

enum { PROVED_S = 60 };

struct matrix {
    struct trust *t;
    struct world *w;
    struct client client;
    struct arena *a;
    int64_t asked, denied, hidden, let;
};

/* --- what has to come out --- */

enum verdict { LET, ANONYMOUS, DENIED, HIDDEN };

/* May this role see the subject E1 .. E6 at all? The relation in words of the office: */
static bool sees(const struct matrix *m, enum role role, int firm)
{
    switch (role) {
    case ROLE_OFFICER:
    case ROLE_REVIEWER:
    case ROLE_LEADER:
    case ROLE_AUTHOR:
    case ROLE_FINANCE:
    case ROLE_AUDITOR: return true; /* the county's own people: all */
    case ROLE_TOWN: return firm <= 2 || (m->t->canary && firm == 4); /* its town: E1, E2 */
    case ROLE_ENTERPRISE:
    case ROLE_CARRIER:
    case ROLE_INSTITUTE: return firm == 1; /* its own */
    case ROLE_BANK: return firm == 4;      /* with a live consent */
    case ROLE_PUBLIC:
    case ROLE_EXPERT:
    case ROLE_JUDGE: /* nothing was assigned */
    case ROLE_SYSTEM_ADMIN:
    case ROLE_SECURITY_ADMIN:
    case ROLE_AUDIT_ADMIN:
    case ROLE_N: break;
    }
    return false;
}

/* Who asks, and what should come out for them: an account of a role, or a guest. */
struct asker {
    enum role role;
    const char *name;
    uint32_t roles, scopes; /* scopes: of a token, 0 none */
    bool sure;
    const struct world_guest *guest;
    Str headers;
};

static bool reaches(const struct matrix *m, const struct asker *who, int firm)
{
    return who->guest != NULL ? (who->guest->firms >> firm & 1) != 0 : sees(m, who->role, firm);
}

static enum verdict expected(const struct matrix *m, const struct api_route *r,
                             const struct asker *who, int firm)
{
    bool public = (r->may >> ROLE_PUBLIC & 1) != 0;
    if (who->role == ROLE_PUBLIC && !public)
        return ANONYMOUS;
    if (!public && (r->may & who->roles) == 0)
        return DENIED;
    if (who->scopes != 0 && (who->scopes & (uint32_t)r->token) == 0)
        return DENIED;
    if (r->confirm && !who->sure)
        return DENIED;
    if (r->rows == API_ROWS_SUBJECT && !reaches(m, who, firm))
        return HIDDEN;
    return LET;
}

static bool agrees(enum verdict want, const struct client_answer *got, const struct api_route *r)
{
    Str code = client_member(got, "code");
    /* The world's expert is no subject, so has nothing of its own to consent to. */
    bool denied = got->status == 403 && !str_eq(code, S("LEDGER-DENIED")) &&
                  !str_eq(code, S("ACCESS-CONSENT-WHO"));
    switch (want) {
    case ANONYMOUS: return got->status == 401;
    case DENIED: return got->status == 403;
    case HIDDEN: return got->status == 404;
    case LET: break;
    }
    if (r->rows == API_ROWS_SUBJECT && got->status == 404)
        return strstr(r->name, "mark") != NULL || /* there is no such line, for anybody */
               strcmp(r->name, "evidence_get") == 0;
    return got->status != 401 && got->status != 500 && got->status != 0 &&
           (!denied || strcmp(r->noun->name, "session") == 0);
}

/* --- a request for a row of the table --- */

static void value(struct json *j, const struct api_field *f);

static void object(struct json *j, const struct api_type *t)
{
    json_obj(j);
    for (int i = 0; i < t->field_n; i++) {
        if (t->field[i].optional)
            continue;
        json_key(j, str_of(t->field[i].name));
        value(j, &t->field[i]);
    }
    json_obj_end(j);
}

static void value(struct json *j, const struct api_field *f)
{
    if (f->list) {
        json_arr(j);
        json_arr_end(j);
        return;
    }
    switch (f->kind) {
    case API_TEXT: json_str(j, S("x")); break;
    case API_DEC: json_str(j, S("1")); break;
    case API_JSON:
    case API_MAP:
        json_obj(j);
        json_obj_end(j);
        break;
    case API_INT: json_int(j, 1); break;
    case API_MOMENT: json_str(j, S("2026-01-01T00:00:00.000000+08:00")); break;
    case API_BOOL: json_bool(j, false); break;
    case API_DAY: json_str(j, S("2026-01-01")); break;
    case API_ONE: json_str(j, str_of(f->words[0])); break;
    case API_TYPE: object(j, f->of); break;
    }
}

static Str body_of(struct arena *a, const struct api_route *r)
{
    struct buf b;
    struct json j;
    buf_init(&b, a, 1 << 16);
    for (int i = 0; r->in != NULL && i < r->in->field_n; i++) {
        if (r->in->field[i].from != API_IN_BODY)
            continue;
        json_open(&j, &b, false);
        object(&j, r->in->field[i].of);
    }
    return b.n == 0 ? S("") : buf_str(&b);
}

static void path_of(struct buf *b, const struct api_route *r, int firm)
{
    buf_add(b, S(API_BASE));
    for (const char *p = r->path; *p != '\0'; p++) {
        if (*p != '{') {
            buf_char(b, *p);
            continue;
        }
        if (strncmp(p, "{kind}", 6) == 0)
            buf_add(b, S("%E4%BC%81%E4%B8%9A")); /* 企业 */
        else if (strncmp(p, "{id}", 4) == 0)
            buf_fmt(b, "E%d", firm);
        else
            buf_char(b, '1');
        p = strchr(p, '}');
    }
    char sign = '?';
    for (int i = 0; r->in != NULL && i < r->in->field_n; i++) {
        const struct api_field *f = &r->in->field[i];
        if (f->from != API_IN_QUERY || f->optional)
            continue;
        buf_fmt(b, "%c%s=%s", sign, f->name,
                f->kind == API_INT ? "1" : "%E7%A0%94%E5%8F%91%E8%B4%B9%E7%94%A8");
        sign = '&';
    }
}

static void ask(struct matrix *m, const struct api_route *r, const struct asker *who, int firm)
{
    struct client_answer got;
    struct buf path;
    ArenaMark mark = arena_mark(m->a);
    buf_init(&path, m->a, 4096);
    path_of(&path, r, firm);
    struct client_question q = {http_method_name(r->method).p, buf_str(&path), who->headers,
                                body_of(m->a, r)};
    client_ask(&m->client, m->a, &got, &q);
    enum verdict want = expected(m, r, who, firm);
    m->asked++;
    m->denied += want == ANONYMOUS || want == DENIED;
    m->hidden += want == HIDDEN;
    m->let += want == LET;
    (void)trust_check(m->t, agrees(want, &got, r), "%s by %s%s of E%d: %d %.*s", r->name, who->name,
                      who->sure ? " (sure)" : "", firm, got.status,
                      STR_ARG(client_member(&got, "code")));
    arena_reset(m->a, mark);
}

/* Ends its session, or turns its cookie: then it needs another. */
static bool spends_session(const struct api_route *r)
{
    return strcmp(r->noun->name, "session") == 0 && r->method != HTTP_GET;
}

static struct asker asker_of(const struct matrix *m, enum role role, bool sure)
{
    return (struct asker){.role = role,
                          .name = role_name(role)->word,
                          .roles = ROLE_BIT(role),
                          .sure = sure,
                          .headers = world_headers(m->a, &m->w->at[role], sure)};
}

static struct asker guest_of(const struct matrix *m, const struct world_guest *g, bool sure)
{
    struct asker who = {g->at.role, g->who, g->roles, g->scopes, sure, g, S("")};
    who.headers = g->scopes == 0
                      ? world_headers(m->a, &g->at, sure)
                      : arena_fmt(m->a, "Authorization: Bearer %.*s\r\n", STR_ARG(g->token));
    return who;
}

/* Each twice, but tokens, which prove nothing. */
static size_t askers(const struct matrix *m, struct asker out[2 * (ROLE_N + WORLD_GUESTS)])
{
    size_t n = 0;
    for (int sure = 0; sure < 2; sure++)
        for (int role = 0; role < ROLE_N; role++)
            out[n++] = asker_of(m, (enum role)role, sure == 1);
    for (int i = 0; i < WORLD_GUESTS; i++)
        for (int sure = 0; sure < (m->w->guest[i].scopes == 0 ? 2 : 1); sure++)
            out[n++] = guest_of(m, &m->w->guest[i], sure == 1);
    return n;
}

/* Who proved themselves has done so for five minutes; a busy machine takes longer to be asked. */
static bool prove_again(struct matrix *m)
{
    struct world *w = m->w;
    bool ok = db_connect(w->k.db, DB_WRITE, &w->k.w, &w->k.ds) == OK;
    for (int role = ROLE_PUBLIC + 1; role < ROLE_N && ok; role++)
        ok = world_session(w, &w->at[role], true);
    for (int i = 0; i < WORLD_GUESTS && ok; i++)
        ok = w->guest[i].scopes != 0 || world_session(w, &w->guest[i].at, true);
    db_disconnect(w->k.w);
    w->k.w = NULL;
    return trust_check(m->t, ok, "no new sessions");
}

static void ask_all(struct matrix *m, int turns)
{
    static struct asker who[2 * (ROLE_N + WORLD_GUESTS)];
    size_t n = askers(m, who);
    double since = trust_seconds(m->t);
    for (int i = 0; i < API_ROUTE_N; i++) {
        const struct api_route *r = &API_ROUTES[i];
        int firms = strstr(r->path, "{id}") != NULL ? WORLD_FIRMS : 1;
        if (spends_session(r))
            continue;
        if (trust_seconds(m->t) - since > PROVED_S && prove_again(m)) {
            n = askers(m, who);
            since = trust_seconds(m->t);
        }
        for (int k = 0; k < firms * turns; k++)
            for (size_t w = 0; w < n; w++)
                ask(m, r, &who[w], k % firms + 1);
    }
}

static void on(struct trust *t, const char *name, Str url)
{
    struct world w;
    struct matrix m = {.t = t, .w = &w, .a = arena_open()};
    bool there = world_fill(&w, url) && world_guests(&w) == OK && world_serve(&w);
    if (trust_check(t, there, "%s: no county", name)) {
        client_open(&m.client, w.port);
        ask_all(&m, (int)trust_n(t, 1, 4));
        client_close(&m.client);
        world_close(&w);
        printf("%s: %lld requests: %lld denied, %lld hidden, %lld let through; %d routes, %.1f s\n",
               name, (long long)m.asked, (long long)m.denied, (long long)m.hidden, (long long)m.let,
               API_ROUTE_N, trust_seconds(t));
    }
    arena_close(m.a);
}

int main(int argc, char **argv)
{
    struct trust t;
    trust_begin(&t, "matrix", argc, argv);
    return trust_each(&t, on);
}
