/* tag_test.c - an answer that one has already is not sent again, and any other is. */
#include "test/t.h"

#include "base/arena.h"
#include "base/str.h"
#include "test/trust/world.h"

#define FIRM "/api/v1/subjects/%E4%BC%81%E4%B8%9A/E" /* 企业 */

static struct world g_w;
static struct arena *g_a;
static struct client g_client;

static struct client_answer ask(const char *method, const char *path, Str tag, Str body)
{
    struct client_answer got;
    Str who = world_headers(g_a, &g_w.at[ROLE_OFFICER], true);
    Str if_none = tag.n == 0 ? tag : arena_fmt(g_a, "If-None-Match: %.*s\r\n", STR_ARG(tag));
    struct client_question q = {method, str_of(path),
                                arena_fmt(g_a, "%.*s%.*s", STR_ARG(who), STR_ARG(if_none)), body};
    client_ask(&g_client, g_a, &got, &q);
    return got;
}

static struct client_answer get(const char *path, Str tag)
{
    return ask("GET", path, tag, S(""));
}

static Str tag_of(const struct client_answer *got)
{
    static const Str NAME = {"\r\nETag: ", 8};
    size_t at = str_find(got->head, NAME);
    if (at >= got->head.n)
        return S("");
    Str from = str_sub(got->head, at + NAME.n, got->head.n);
    return str_sub(from, 0, str_find(from, S("\r\n")));
}

TEST(answer_is_sent_again_only_when_it_is_another)
{
    char folder[FOLDER_N];
    g_a = arena_open();
    work_folder(folder);
    CHECK(world_open(&g_w, arena_fmt(g_a, "sqlite:%s/x.db", folder)));
    client_open(&g_client, g_w.port);
    struct client_answer first = get(FIRM "3/history", S("")), other = get(FIRM "4/history", S(""));
    CHECK_INT(first.status, 200);
    CHECK_INT(other.status, 200);
    Str tag = tag_of(&first);
    CHECK(tag.n > 0 && !str_eq(tag, tag_of(&other)));
    struct client_answer again = get(FIRM "3/history", tag);
    CHECK_INT(again.status, 304);
    CHECK_INT(again.body.n, 0);
    CHECK_INT(get(FIRM "4/history", tag).status, 200);
    CHECK_INT(ask("POST", FIRM "3/reports", S(""),
                  S("{\"source\":\"x\",\"values\":{\"研发费用@2025\":\"109\"}}"))
                  .status,
              201);
    again = get(FIRM "3/history", tag);
    CHECK_INT(again.status, 200);
    CHECK(!str_eq(tag, tag_of(&again)));
    client_close(&g_client);
    world_close(&g_w);
    work_folder_end(folder);
    arena_close(g_a);
}
