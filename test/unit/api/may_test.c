/* may_test.c - the decision of rights, row by row of the real table and of made-up ones. */
#include <string.h>

#include "api/may.h"
#include "api/print/document.h"
#include "base/str.h"
#include "test/t.h"

static const struct api_noun RUN_NOUN = {"run", "", ""}, SESSION_NOUN = {"session", "", ""};

static struct api_route route(uint32_t may, bool confirm)
{
    return (struct api_route){
        .may = may, .confirm = confirm, .noun = &RUN_NOUN, .token = TOKEN_RUN};
}

static struct caller somebody(uint32_t roles)
{
    return (struct caller){.account = 7, .roles = roles, .scopes = TOKEN_ALL, .session = 1};
}

TEST(each_reason_in_turn)
{
    struct api_route r = route(ROLE_BIT(ROLE_OFFICER), true);
    struct caller nobody = {0}, who = somebody(ROLE_BIT(ROLE_TOWN));
    CHECK_INT(api_may(&r, &nobody), API_MAY_SIGN_IN);
    who.must_change = true;
    CHECK_INT(api_may(&r, &who), API_MAY_CHANGE_PASSWORD);
    who.must_change = false;
    CHECK_INT(api_may(&r, &who), API_MAY_NOT_ROLE);
    who.roles |= ROLE_BIT(ROLE_OFFICER);
    who.token = 1;
    who.scopes = TOKEN_READ;
    CHECK_INT(api_may(&r, &who), API_MAY_NOT_TOKEN);
    who.scopes |= TOKEN_RUN;
    CHECK_INT(api_may(&r, &who), API_MAY_CONFIRM);
    who.stepped_up = true;
    CHECK_INT(api_may(&r, &who), API_MAY);
    who.token = 0;
    who.scopes = 0; /* says nothing of a session */
    CHECK_INT(api_may(&r, &who), API_MAY);
    r.confirm = false;
    who.stepped_up = false;
    CHECK_INT(api_may(&r, &who), API_MAY);
}

TEST(what_is_public_is_for_anybody)
{
    struct api_route r = route(ROLE_BIT(ROLE_PUBLIC), false);
    struct caller nobody = {0}, town = somebody(ROLE_BIT(ROLE_TOWN));
    CHECK_INT(api_may(&r, &nobody), API_MAY);
    CHECK_INT(api_may(&r, &town), API_MAY);
    town.must_change = true;
    CHECK_INT(api_may(&r, &town), API_MAY_CHANGE_PASSWORD);
    r.noun = &SESSION_NOUN; /* where it is changed */
    CHECK_INT(api_may(&r, &town), API_MAY);
}

/* Rules of the house, for every route there is. */
TEST(the_table_keeps_its_own_rules)
{
    for (int i = 0; i < API_ROUTE_N; i++) {
        const struct api_route *r = &API_ROUTES[i];
        bool public = (r->may & ROLE_BIT(ROLE_PUBLIC)) != 0;
        bool reads = r->method == HTTP_GET;
        CHECK(r->may != 0);
        CHECK(!reads || r->act[0] == '\0');  /* looking changes nothing */
        CHECK(!public || r->act[0] == '\0'); /* nobody changes nothing */
        CHECK(r->act[0] == '\0' || r->on != API_ON_LOOP);
        CHECK(r->rows != API_ROWS_ALL || (r->may & ~(uint32_t)(ROLES_OFFICE | ROLES_ADMIN)) == 0);
        CHECK(r->rows != API_ROWS_SUBJECT || strncmp(r->path, "/subjects/{kind}/{id}", 21) == 0);
        /* auditors change nothing; that they took something out is recorded */
        CHECK((r->may & ROLE_BIT(ROLE_AUDITOR)) == 0 || r->act[0] == '\0' ||
              r->rows == API_ROWS_OWN || r->token == TOKEN_EXPORT);
        CHECK(r->zh[0] != '\0' && r->en[0] != '\0');
        for (int k = 0; k < i; k++)
            CHECK(API_ROUTES[k].method != r->method || strcmp(API_ROUTES[k].path, r->path) != 0);
    }
}

static const struct api_route *find(enum http_method m, const char *path, uint32_t *other,
                                    Str word[API_PATH_WORDS])
{
    return api_route_find(m, str_of(path), word, other);
}

TEST(paths_find_their_rows)
{
    uint32_t other;
    Str word[API_PATH_WORDS];
    const struct api_route *r =
        find(HTTP_GET, "/api/v1/subjects/企业/91320582MA1/history", &other, word);
    CHECK(r != NULL && strcmp(r->name, "subject_history") == 0);
    CHECK_STR(word[0], "企业");
    CHECK_STR(word[1], "91320582MA1");
    r = find(HTTP_HEAD, "/api/v1/health", &other, word);
    CHECK(r != NULL && strcmp(r->name, "health") == 0);
    CHECK(find(HTTP_PUT, "/api/v1/session", &other, word) == NULL);
    CHECK_INT(other, 1 << HTTP_GET | 1 << HTTP_POST | 1 << HTTP_DELETE);
    CHECK(find(HTTP_GET, "/api/v1/nothing", &other, word) == NULL && other == 0);
    CHECK(find(HTTP_GET, "/api/v1/subjects/企业/", &other, word) == NULL && other == 0);
    CHECK(find(HTTP_GET, "/api/v1/subjects//x", &other, word) == NULL && other == 0);
    CHECK(find(HTTP_GET, "/api/v1/health/x", &other, word) == NULL && other == 0);
    CHECK(find(HTTP_GET, "/api/v2/health", &other, word) == NULL && other == 0);
    CHECK(find(HTTP_GET, "/api/v1", &other, word) == NULL && other == 0);
}
