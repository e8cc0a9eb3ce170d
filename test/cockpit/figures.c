/* figures.c - does every figure of the cockpit open to the subjects it counts? Asks a served
 * demonstration county as the office, as a town, as nobody, and through a screen's token.
 * Usage: figures PORT [--canary]
 *
 * Wherever an answer has `n` and `where`, the list of that condition has to have n subjects; parts
 * add up to their whole; a town sees its own part, and nothing of runs that are not published.
 *
 * The defect planted by --canary: every list is said to have one subject more. */
#include <jansson.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/decimal.h"
#include "base/str.h"
#include "test/trust/client.h"

enum { PATH_MAX_BYTES = 1 << 16, SHOWN = 20 };
#define FIRMS "科技型企业"

struct check {
    struct arena *a;
    struct client client;
    Str cookie; /* lines of headers of who asks */
    const char *who;
    bool canary;
    long passed, failed;
};

static bool expect(struct check *x, bool ok, const char *what, long long got, long long want)
{
    x->passed += ok;
    x->failed += !ok;
    if (!ok && x->failed <= SHOWN)
        printf("FAILED: %s, %s: %lld, not %lld\n", x->who, what, got, want);
    return ok;
}

/* --- asking --- */

static void add_escaped(struct buf *b, Str text)
{
    for (size_t i = 0; i < text.n; i++)
        buf_fmt(b, "%%%02X", (unsigned char)text.p[i]);
}

static int ask_as(struct check *x, Str headers, const char *method, Str path, Str body,
                  json_t **out)
{
    struct client_answer got;
    struct client_question q = {method, path, headers, body};
    client_ask(&x->client, x->a, &got, &q);
    *out = json_loadb(got.body.p, got.body.n, 0, NULL);
    return got.status;
}

/* Too many in a second are refused: then again, a little later. */
static int ask(struct check *x, const char *path, json_t **out)
{
    enum { TOO_MANY = 429, TRIES = 200 };
    static const struct timespec A_LITTLE = {0, 50L * 1000 * 1000};
    struct buf b;
    int status = TOO_MANY;
    buf_init(&b, x->a, PATH_MAX_BYTES);
    buf_add(&b, S("/api/v1/"));
    for (const char *p = path; *p != '\0'; p++)
        if ((unsigned char)*p < 0x80)
            buf_char(&b, *p);
        else
            add_escaped(&b, (Str){p, 1});
    for (int i = 0; i < TRIES && status == TOO_MANY; i++) {
        if (i > 0)
            (void)nanosleep(&A_LITTLE, NULL); /* woken early: it asks early */
        status = ask_as(x, x->cookie, "GET", buf_str(&b), S(""), out);
    }
    return status;
}

static json_t *must(struct check *x, const char *path)
{
    json_t *j;
    int status = ask(x, path, &j);
    (void)expect(x, status == 200, path, status, 200);
    return j;
}

static void sign_in(struct check *x, const char *name)
{
    struct client_answer got;
    Str body = arena_fmt(x->a, "{\"name\":\"%s\",\"password\":\"geci-shili-2026\"}", name);
    struct client_question q = {"POST", S("/api/v1/session"),
                                S("Content-Type: application/json\r\n"), body};
    client_ask(&x->client, x->a, &got, &q);
    size_t at = str_find(got.head, S("et-Cookie: ")) + 11, end = at;
    while (end < got.head.n && got.head.p[end] != ';')
        end++;
    Str csrf = client_member(&got, "csrf");
    x->cookie = arena_fmt(x->a, "Cookie: %.*s\r\nX-CSRF-Token: %.*s\r\n",
                          STR_ARG(str_sub(got.head, at, end)), STR_ARG(csrf));
    x->who = name;
    (void)expect(x, got.status == 200, "signs in", got.status, 200);
}

/* --- every count opens --- */

static long long list_total(struct check *x, const char *kind, const char *where)
{
    struct buf b;
    json_t *j;
    buf_init(&b, x->a, PATH_MAX_BYTES);
    buf_add(&b, S("subjects/"));
    add_escaped(&b, str_of(kind));
    buf_add(&b, S("?limit=1&where="));
    add_escaped(&b, str_of(where));
    buf_char(&b, '\0');
    int status = ask(x, buf_str(&b).p, &j);
    long long n = status == 200 ? json_integer_value(json_object_get(j, "total")) : -status;
    json_decref(j);
    return n + x->canary;
}

static void open_all(struct check *x, json_t *j, const char *kind)
{
    const char *key;
    json_t *member;
    size_t i;
    const char *own = json_string_value(json_object_get(j, "kind"));
    const char *where = json_string_value(json_object_get(j, "where"));
    ArenaMark mark = arena_mark(x->a);
    if (own != NULL)
        kind = own;
    if (where != NULL && kind != NULL) {
        long long n = json_integer_value(json_object_get(j, "n"));
        long long listed = list_total(x, kind, where);
        (void)expect(x, listed == n, where, listed, n);
    }
    arena_reset(x->a, mark);
    json_object_foreach(j, key, member) open_all(x, member, kind);
    json_array_foreach(j, i, member) open_all(x, member, kind);
}

/* --- parts and wholes --- */

static long long sum_of(json_t *list, const char *member)
{
    long long sum = 0;
    json_t *one;
    size_t i;
    json_array_foreach(list, i, one) sum += json_integer_value(json_object_get(one, member));
    return sum;
}

static void add_up(struct check *x, json_t *j, const char *member)
{
    static const char *const PARTS[] = {"cells", "rows", "columns"};
    long long all = json_integer_value(json_object_get(json_object_get(j, "total"), member));
    for (size_t i = 0; i < sizeof PARTS / sizeof *PARTS; i++) {
        long long sum = sum_of(json_object_get(j, PARTS[i]), member);
        (void)expect(x, sum == all, PARTS[i], sum, all);
    }
}

static void check_matrix(struct check *x)
{
    json_t *j =
        must(x, "cockpit/matrix/" FIRMS "?figure=%E7%A0%94%E5%8F%91%E8%B4%B9%E7%94%A8@2025");
    add_up(x, j, "n");
    add_up(x, j, "known");
    add_up(x, j, "scored");
    open_all(x, j, NULL);
    json_decref(j);
}

static void check_map(struct check *x, const char *kind)
{
    json_t *j = must(x, arena_fmt(x->a, "cockpit/map/%s%c", kind, '\0').p);
    json_t *all = must(x, arena_fmt(x->a, "subjects/%s?limit=1%c", kind, '\0').p);
    long long n = sum_of(json_object_get(j, "tiles"), "n") +
                  json_integer_value(json_object_get(json_object_get(j, "elsewhere"), "n"));
    long long total = json_integer_value(json_object_get(all, "total"));
    (void)expect(x, n == total, "tiles and elsewhere", n, total);
    open_all(x, j, NULL);
    json_decref(j);
    json_decref(all);
}

static void check_grades(struct check *x, json_t *kinds)
{
    json_t *kind, *outcome;
    size_t i, k;
    json_array_foreach(json_object_get(kinds, "kinds"), i, kind)
        json_array_foreach(json_object_get(kind, "outcomes"), k, outcome)
    {
        json_t *grades = json_object_get(outcome, "grades");
        long long all = json_integer_value(json_object_get(json_object_get(kind, "all"), "n"));
        long long n = sum_of(grades, "n") +
                      json_integer_value(json_object_get(json_object_get(outcome, "open"), "n"));
        if (json_array_size(grades) > 0)
            (void)expect(x, n == all, "grades and those without", n, all);
    }
}

/* Each year's steps and the rest are everybody; what moved is where it says. */
static void check_ladder(struct check *x, json_t *panels)
{
    json_t *ladder, *year, *all;
    size_t i, k;
    all = must(x, "subjects/" FIRMS "?limit=1");
    long long total = json_integer_value(json_object_get(all, "total"));
    json_array_foreach(json_object_get(panels, "ladders"), i, ladder)
    {
        json_t *years = json_object_get(ladder, "years");
        (void)expect(x, json_array_size(years) >= 2, "years of the ladder",
                     (long long)json_array_size(years), 2);
        json_array_foreach(years, k, year)
        {
            long long n = sum_of(json_object_get(year, "steps"), "n") +
                          json_integer_value(json_object_get(json_object_get(year, "none"), "n"));
            (void)expect(x, n == total, "steps and none", n, total);
        }
    }
    json_decref(all);
}

/* --- money --- */

static void check_holders(struct check *x, json_t *sums, bool paid)
{
    struct buf b;
    buf_init(&b, x->a, PATH_MAX_BYTES);
    long long year = json_integer_value(json_object_get(sums, "year"));
    const char *place = json_string_value(json_object_get(sums, "locality"));
    buf_fmt(&b, "cockpit/holders?paid=%s", paid ? "true" : "false");
    if (year != 0)
        buf_fmt(&b, "&year=%lld", year);
    if (place[0] != '\0')
        buf_fmt(&b, "&locality=%s", place);
    buf_char(&b, '\0');
    json_t *j = must(x, buf_str(&b).p);
    long long n = json_integer_value(json_object_get(sums, paid ? "payees" : "subjects"));
    long long got = json_integer_value(json_object_get(j, "total")) + x->canary;
    (void)expect(x, got == n, buf_str(&b).p, got, n);
    json_decref(j);
}

static void check_money(struct check *x)
{
    static const char *const LISTS[] = {"years", "localities", "cells"};
    json_t *j = must(x, "cockpit/money"), *sums;
    size_t k;
    check_holders(x, json_object_get(j, "total"), false);
    for (size_t i = 0; i < sizeof LISTS / sizeof *LISTS; i++)
        json_array_foreach(json_object_get(j, LISTS[i]), k, sums) for (int paid = 0; paid < 2;
                                                                       paid++)
            check_holders(x, sums, paid == 1);
    long long all = json_integer_value(json_object_get(json_object_get(j, "total"), "subjects"));
    (void)expect(x, all > 0, "somebody has points", all, 1);
    json_decref(j);
}

/* --- movers --- */

static long long of_run(json_t *movers, const char *side)
{
    return json_integer_value(json_object_get(json_object_get(movers, side), "run"));
}

/* All of them, page by page, are as many as the cockpit counts, and begin with those it names. */
static void check_run_movers(struct check *x, json_t *movers)
{
    static const char *const COUNTS[] = {"up", "down", "same", "new", "gone"};
    static const char *const SIDES[] = {"rises", "falls"};
    for (int way = 0; way < 2; way++) {
        long long next = 0, listed = 0;
        for (bool first = true; next > 0 || first; first = false) {
            json_t *j = must(
                x, arena_fmt(x->a, "runs/%lld/movers?against=%lld&way=%s&limit=7&after=%lld",
                             of_run(movers, "now"), of_run(movers, "before"), COUNTS[way], next)
                       .p);
            json_t *page = json_object_get(j, "movers");
            for (size_t i = 0; first && i < sizeof COUNTS / sizeof *COUNTS; i++) {
                long long n = json_integer_value(json_object_get(j, COUNTS[i])) + x->canary;
                long long told =
                    json_integer_value(json_object_get(json_object_get(movers, COUNTS[i]), "n"));
                (void)expect(x, n == told, COUNTS[i], n, told);
            }
            json_t *best = json_array_get(json_object_get(movers, SIDES[way]), 0);
            (void)expect(x,
                         !first || best == NULL ||
                             json_equal(json_object_get(best, "change"),
                                        json_object_get(json_array_get(page, 0), "change")),
                         "the farthest first", way, 0);
            listed += (long long)json_array_size(page);
            next = json_integer_value(json_object_get(j, "next"));
            json_decref(j);
        }
        long long all =
            json_integer_value(json_object_get(json_object_get(movers, COUNTS[way]), "n"));
        (void)expect(x, listed == all, "movers on all pages", listed, all);
    }
}

static void check_movers(struct check *x)
{
    json_t *j = must(x, "cockpit/movers/" FIRMS), *one;
    size_t k;
    json_array_foreach(json_object_get(j, "documents"), k, one) check_run_movers(x, one);
    json_decref(j);
}

/* --- who sees what --- */

static void everything(struct check *x, const char *name)
{
    static const char *const PATHS[] = {"cockpit/kinds", "cockpit/targets", "cockpit/panels",
                                        ("cockpit/movers/" FIRMS)};
    sign_in(x, name);
    for (size_t i = 0; i < sizeof PATHS / sizeof *PATHS; i++) {
        json_t *j = must(x, PATHS[i]);
        open_all(x, j, NULL);
        if (i == 0)
            check_grades(x, j);
        if (i == 2)
            check_ladder(x, j);
        json_decref(j);
    }
    check_matrix(x);
    check_map(x, FIRMS);
    check_map(x, "区镇");
    check_money(x);
    check_movers(x);
}

/* Results of runs that are not published have no name for a town, and stand in no answer. */
static void no_drafts(struct check *x, const char *name, bool sees)
{
    json_t *j;
    sign_in(x, name);
    j = must(x, "cockpit/kinds");
    char *text = json_dumps(j, 0);
    bool told = strstr(text, "测算创新得分") != NULL;
    (void)expect(x, told == sees, "drafts in the cockpit", told, sees);
    free(text);
    json_decref(j);
    long long n = list_total(x, "区镇", "测算创新得分 > 0");
    (void)expect(x, (n >= 0) == sees, "drafts in conditions", n, 0);
    j = must(x, "kinds/区镇");
    text = json_dumps(j, 0);
    told = strstr(text, "测算创新得分") != NULL;
    (void)expect(x, told == sees, "drafts in the dictionary", told, sees);
    free(text);
    json_decref(j);
}

static void screen(struct check *x)
{
    static const struct {
        const char *path;
        int status;
    } ASKED[] = {{"cockpit/kinds", 200},   {"cockpit/money", 200}, {"cockpit/map/" FIRMS, 200},
                 {"subjects/" FIRMS, 403}, {"ledger/funds", 200},  {"ledger/open", 403},
                 {"cockpit/holders", 403}, {"runs", 403},          {"kinds", 403}};
    json_t *j, *kinds;
    sign_in(x, "局领导");
    Str sure = S("{\"password\":\"geci-shili-2026\"}");
    struct client_answer got;
    struct client_question q = {
        "POST", S("/api/v1/session/confirm"),
        arena_fmt(x->a, "Content-Type: application/json\r\n%.*s", STR_ARG(x->cookie)), sure};
    client_ask(&x->client, x->a, &got, &q);
    sign_in(x, "局领导");
    int status = ask_as(
        x, arena_fmt(x->a, "Content-Type: application/json\r\n%.*s", STR_ARG(x->cookie)), "POST",
        S("/api/v1/tokens"), S("{\"title\":\"大屏\",\"scopes\":[\"screen\"],\"days\":30}"), &j);
    (void)expect(x, status == 201, "a token for a screen", status, 201);
    const char *secret = json_string_value(json_object_get(j, "secret"));
    x->cookie = arena_fmt(x->a, "Authorization: Bearer %s\r\n", secret == NULL ? "" : secret);
    x->who = "screen";
    for (size_t i = 0; i < sizeof ASKED / sizeof *ASKED; i++) {
        status = ask(x, ASKED[i].path, &kinds);
        (void)expect(x, status == ASKED[i].status, ASKED[i].path, status, ASKED[i].status);
        char *text = kinds == NULL ? NULL : json_dumps(kinds, 0);
        bool told = text != NULL && strstr(text, "测算创新得分") != NULL;
        (void)expect(x, !told, "drafts on a wall", told, 0);
        free(text);
        json_decref(kinds);
    }
    json_decref(j);
}

/* What is published is there for anybody, and nothing else. */
static void in_public(struct check *x)
{
    json_t *j, *run, *page;
    size_t i;
    long long lists = 0;
    x->cookie = S("");
    x->who = "public";
    j = must(x, "public/runs");
    json_array_foreach(json_object_get(j, "runs"), i, run)
    {
        bool listed = json_is_true(json_object_get(run, "listed"));
        const char *path = arena_fmt(x->a, "public/runs/%lld/results?limit=5%c",
                                     json_integer_value(json_object_get(run, "run")), '\0')
                               .p;
        int status = ask(x, path, &page);
        (void)expect(x, status == (listed ? 200 : 404), path, status, listed ? 200 : 404);
        long long total = json_integer_value(json_object_get(page, "total"));
        long long most = json_integer_value(json_object_get(run, "subjects"));
        if (listed)
            (void)expect(x, total > 0 && total <= most, path, total, most);
        lists += listed;
        char *text = json_dumps(page, 0);
        bool told = strstr(text, "研发费用") != NULL;
        (void)expect(x, !told, "facts in public", told, 0);
        free(text);
        json_decref(page);
    }
    (void)expect(x, lists >= 2, "published lists", lists, 2);
    for (long long number = 1; number <= 9; number += 8) { /* replaced; only computed */
        int status = ask(x, arena_fmt(x->a, "public/runs/%lld/results%c", number, '\0').p, &page);
        bool is_first = number == 1;
        (void)expect(x, status == 404 || is_first, "not in force", status, 404);
        json_decref(page);
    }
    (void)expect(x, ask(x, "cockpit/kinds", &page) == 401, "the cockpit in public", 200, 401);
    json_decref(page);
    json_decref(j);
}

/* A subject on paper, for those who see it. */
static void on_paper(struct check *x, bool printer)
{
    json_t *j;
    struct client_answer got;
    sign_in(x, "经办");
    j = must(x, "subjects/" FIRMS "?limit=1&sort=-创新得分");
    json_t *row = json_array_get(json_object_get(j, "rows"), 0);
    const char *id = json_string_value(json_object_get(row, "identity"));
    struct buf b;
    buf_init(&b, x->a, PATH_MAX_BYTES);
    buf_add(&b, S("/api/v1/subjects/"));
    add_escaped(&b, S(FIRMS));
    buf_fmt(&b, "/%s/dossier.pdf", id == NULL ? "" : id);
    struct client_question q = {"GET", buf_str(&b), x->cookie, S("")};
    client_ask(&x->client, x->a, &got, &q);
    int want = printer ? 200 : 503;
    (void)expect(x, got.status == want, "a dossier", got.status, want);
    bool pdf = str_starts(got.body, S("%PDF"));
    (void)expect(x, pdf == printer, "a PDF", pdf, printer);
    sign_in(x, "载体");
    q.headers = x->cookie;
    client_ask(&x->client, x->a, &got, &q);
    (void)expect(x, got.status == 404, "somebody else's dossier", got.status, 404);
    json_decref(j);
}

int main(int argc, char **argv)
{
    struct check x = {.a = arena_open()};
    Dec port = {0};
    if (argc < 2 || !dec_parse(&port, str_of(argv[1]), NULL))
        return 64;
    x.canary = argc > 2 && strcmp(argv[2], "--canary") == 0;
    client_open(&x.client, (int)port.m);
    everything(&x, "经办");
    everything(&x, "杨舍镇");
    no_drafts(&x, "经办", true);
    no_drafts(&x, "杨舍镇", false);
    no_drafts(&x, "财政", true);
    screen(&x);
    in_public(&x);
    on_paper(&x, argc > 2 && strcmp(argv[argc - 1], "--printer") == 0);
    client_close(&x.client);
    printf("%ld passed, %ld failed\n", x.passed, x.failed);
    arena_close(x.a);
    return x.canary ? x.failed == 0 : x.failed > 0;
}
