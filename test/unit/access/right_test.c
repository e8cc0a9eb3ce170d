/* right_test.c - who reaches which rows and sees how much; consents, assignments. */
#include <string.h>

#include "access/assign.h"
#include "access/consent.h"
#include "access/right.h"
#include "base/arena.h"
#include "base/moment.h"
#include "base/str.h"
#include "sql.h"
#include "test/t.h"
#include "test/unit/access/help.h"

static struct scope scope_of(const struct caller *who, const char *kind, int64_t only)
{
    struct scope s;
    CHECK_INT(access_scope(store.w, store.a, who, str_of(kind), only, &s), OK);
    return s;
}

/* Every role without consent, assignment or delegation: what it reaches of enterprises. */
static void check_scope_of_each_role(void)
{
    static const struct {
        enum role role;
        enum scope_rule rule;
        enum protection show;
    } WANT[] = {
        {ROLE_OFFICER, SCOPE_ALL, PROTECT_PERSONAL},
        {ROLE_REVIEWER, SCOPE_ALL, PROTECT_PERSONAL},
        {ROLE_LEADER, SCOPE_ALL, PROTECT_PERSONAL},
        {ROLE_AUTHOR, SCOPE_ALL, PROTECT_SENSITIVE},
        {ROLE_FINANCE, SCOPE_ALL, PROTECT_PERSONAL},
        {ROLE_AUDITOR, SCOPE_ALL, PROTECT_PERSONAL},
        {ROLE_TOWN, SCOPE_LOCALITY, PROTECT_PERSONAL},
        {ROLE_ENTERPRISE, SCOPE_SUBJECTS, PROTECT_PERSONAL},
        {ROLE_CARRIER, SCOPE_NONE, 0},
        {ROLE_INSTITUTE, SCOPE_NONE, 0},
        {ROLE_EXPERT, SCOPE_NONE, 0},
        {ROLE_JUDGE, SCOPE_NONE, 0},
        {ROLE_BANK, SCOPE_NONE, 0},
        {ROLE_SYSTEM_ADMIN, SCOPE_NONE, 0},
        {ROLE_SECURITY_ADMIN, SCOPE_NONE, 0},
        {ROLE_AUDIT_ADMIN, SCOPE_NONE, 0},
    };
    _Static_assert(ARRAY_N(WANT) == ROLE_N - 1, "each but the public");
    for (size_t i = 0; i < ARRAY_N(WANT); i++) {
        struct caller who = caller_of(add(role_name(WANT[i].role)->word, WANT[i].role));
        struct scope s = scope_of(&who, "企业", 0);
        CHECK_INT(s.rule, WANT[i].rule);
        if (s.rule != SCOPE_NONE) {
            CHECK_INT(s.show, WANT[i].show);
            CHECK(s.ask <= s.show);
        }
        who.scopes = TOKEN_WRITE; /* a token that may not read */
        CHECK_INT(scope_of(&who, "企业", 0).rule, SCOPE_NONE);
    }
    struct caller nobody = {.county = COUNTY, .roles = ROLES_ALL, .scopes = TOKEN_ALL};
    CHECK_INT(scope_of(&nobody, "企业", 0).rule, SCOPE_NONE);
}
ON_BOTH(scope_of_each_role)

static void check_own_and_local(void)
{
    struct caller firm = caller_of(add("firm", ROLE_ENTERPRISE));
    struct scope s = scope_of(&firm, "企业", 0);
    CHECK(s.subject_n == 1 && s.subject[0] == 1);
    CHECK_INT(access_relation(&firm, &s, 1, S("A")), RELATION_OWN);
    CHECK_INT(access_relation(&firm, &s, 2, S("A")), RELATION_NONE);
    CHECK_INT(scope_of(&firm, "企业", 2).rule, SCOPE_NONE);
    CHECK_INT(scope_of(&firm, "载体", 0).rule, SCOPE_NONE);

    struct caller town = caller_of(add("town", ROLE_TOWN));
    s = scope_of(&town, "企业", 0);
    CHECK_STR(s.locality, "A");
    CHECK_INT(access_relation(&town, &s, 1, S("A")), RELATION_LOCALITY);
    CHECK_INT(access_relation(&town, &s, 1, S("B")), RELATION_NONE);
    CHECK_INT(access_relation(&town, &s, 1, S("AB")), RELATION_NONE);
    CHECK_INT(access_relation(&town, &s, 1, S("")), RELATION_NONE);
    s.locality = S("320582");
    CHECK_INT(access_relation(&town, &s, 1, S("320582101")), RELATION_LOCALITY);

    struct caller officer = caller_of(add("officer", ROLE_OFFICER));
    s = scope_of(&officer, "企业", 2);
    CHECK(s.rule == SCOPE_SUBJECTS && s.subject_n == 1 && s.subject[0] == 2);
    CHECK_INT(access_relation(&officer, &s, 2, S("")), RELATION_OFFICE);
}
ON_BOTH(own_and_local)

/* --- consent --- */

static int64_t give(const struct caller *who, const char *bank, const Str *field, size_t n,
                    enum status want)
{
    int64_t number = 0;
    struct consent in = {.subject = 1,
                         .organisation = str_of(bank),
                         .purpose = S("贷款"),
                         .field = field,
                         .field_n = n,
                         .until_us = t.now_us + 3600 * SECOND};
    end(consent_give(begin(), who, &in, &number), want);
    return number;
}

static void check_consent(void)
{
    static const Str FIELDS[] = {{"收入", 6}, {"名称", 6}, {"收入", 6}};
    struct caller firm = caller_of(add("firm", ROLE_ENTERPRISE));
    struct caller bank = caller_of(add("bank", ROLE_BANK)); /* of B */
    struct caller officer = caller_of(add("officer", ROLE_OFFICER));
    struct consent *all;
    size_t n;
    (void)give(&officer, "B", FIELDS, 3, ERR_DENIED);
    (void)give(&bank, "B", FIELDS, 3, ERR_DENIED);
    (void)give(&firm, "B", FIELDS, 0, ERR_INPUT);
    (void)give(&firm, "", FIELDS, 3, ERR_INPUT);
    (void)give(&firm, "C", FIELDS, 3, OK); /* another bank */
    CHECK_INT(scope_of(&bank, "企业", 0).rule, SCOPE_NONE);

    int64_t number = give(&firm, "B", FIELDS, 3, OK);
    bank.now_us = t.now_us;
    struct scope s = scope_of(&bank, "企业", 0);
    CHECK(s.rule == SCOPE_SUBJECTS && s.subject_n == 1 && s.subject[0] == 1);
    CHECK(s.field_n == 2 && s.show == PROTECT_SENSITIVE);
    CHECK_STR(s.field[0], "名称");
    CHECK_INT(access_relation(&bank, &s, 1, S("")), RELATION_CONSENT);
    CHECK_INT(access_relation(&bank, &s, 2, S("")), RELATION_NONE);
    CHECK_INT(scope_of(&bank, "企业", 2).rule, SCOPE_NONE);
    CHECK_INT(scope_of(&bank, "载体", 0).rule, SCOPE_NONE);
    CHECK_INT(consent_all(store.w, store.a, &bank, &all, &n), OK);
    CHECK(n == 1 && consent_covers(all, n, 1, S("收入")) && !consent_covers(all, n, 1, S("税收")) &&
          !consent_covers(all, n, 2, S("收入")));

    struct caller later = bank;
    later.now_us = t.now_us + 3600 * SECOND;
    CHECK_INT(scope_of(&later, "企业", 0).rule, SCOPE_NONE); /* expired */
    end(consent_revoke(begin(), &officer, number), ERR_DENIED);
    end(consent_revoke(begin(), &firm, number), OK);
    CHECK_INT(scope_of(&bank, "企业", 0).rule, SCOPE_NONE); /* with the next request */
    end(consent_revoke(begin(), &firm, number), ERR_GONE);
}
ON_BOTH(consent)

/* A list shows of all what all agreed to; of one what that one did. */
static void check_a_list_shows_what_all_consent_to(void)
{
    static const Str MORE[] = {{"a", 1}, {"b", 1}, {"c", 1}}, FEW[] = {{"b", 1}, {"d", 1}};
    struct caller one = caller_of(add("one", ROLE_ENTERPRISE)), two = one;
    struct caller bank = caller_of(add("bank", ROLE_BANK));
    int64_t number = 0;
    two.subject = 2;
    (void)give(&one, "B", MORE, 3, OK);
    struct consent in = {.subject = 2,
                         .organisation = S("B"),
                         .purpose = S("x"),
                         .field = FEW,
                         .field_n = 2,
                         .until_us = t.now_us + 3600 * SECOND};
    end(consent_give(begin(), &two, &in, &number), OK);
    struct scope s = scope_of(&bank, "企业", 0);
    CHECK(s.subject_n == 2 && s.field_n == 1);
    CHECK_STR(s.field[0], "b");
    CHECK_INT(scope_of(&bank, "企业", 1).field_n, 3);
    CHECK_INT(scope_of(&bank, "企业", 2).field_n, 2);
}
ON_BOTH(a_list_shows_what_all_consent_to)

/* --- judging --- */

static void check_assignments_and_conflicts(void)
{
    int64_t judge = add("judge", ROLE_JUDGE), officer = add("officer", ROLE_OFFICER), number = 0;
    struct caller who = caller_of(judge);
    Day today = moment_day(t.now_us, ZONE_CHINA);
    struct assignment in = {.account = judge, .subject = 2, .task = S("初评"), .last = today + 1};
    struct tie tie = {judge, 2, TIE_EMPLOYER, true, today - 365, S("顾问")};
    struct assignment wrong = in;
    wrong.account = officer;
    end(assign_give(begin(), &wrong, &number), ERR_DENIED);

    end(assign_tie(begin(), &tie), OK); /* left a year ago */
    end(assign_give(begin(), &in, &number), ERR_DENIED);
    tie.last = today - 4 * 366;
    end(assign_tie(begin(), &tie), OK); /* four years, it turns out */
    end(assign_give(begin(), &in, &number), OK);
    struct scope s = scope_of(&who, "企业", 0);
    CHECK(s.rule == SCOPE_SUBJECTS && s.subject_n == 1 && s.subject[0] == 2);
    CHECK_INT(access_relation(&who, &s, 2, S("")), RELATION_ASSIGNED);
    struct caller later = who;
    later.now_us += 3L * 86400 * SECOND;
    CHECK_INT(scope_of(&later, "企业", 0).rule, SCOPE_NONE);
    end(assign_end(begin(), number, S("回避")), OK);
    CHECK_INT(scope_of(&who, "企业", 0).rule, SCOPE_NONE);
    end(assign_end(begin(), number, S("")), ERR_GONE);

    for (int kind = TIE_EMPLOYER; kind < TIE_N; kind++) {
        struct access_view v = view();
        enum tie_kind why;
        bool conflict;
        struct tie now = {judge, kind < TIE_OTHER ? 1 : 3, (enum tie_kind)kind, false, 0, S("")};
        end(assign_tie(begin(), &now), OK);
        CHECK_INT(assign_conflict(&v, judge, now.subject, &conflict, &why), OK);
        CHECK(conflict && (kind == TIE_OTHER ? why == TIE_OTHER : why == TIE_EMPLOYER));
    }
}
ON_BOTH(assignments_and_conflicts)

/* --- values --- */

TEST(values_by_protection_and_relation)
{
    static const char WANT[RELATION_N][5] = {
        /* public internal sensitive personal: - none, m masked, c clear */
        [RELATION_NONE] = "c---",     [RELATION_OWN] = "cccc",     [RELATION_OFFICE] = "cccm",
        [RELATION_LOCALITY] = "cccm", [RELATION_CONSENT] = "ccc-", [RELATION_ASSIGNED] = "ccc-",
    };
    struct caller who = {.account = 1, .roles = ROLE_BIT(ROLE_OFFICER)};
    for (int r = 0; r < RELATION_N; r++)
        for (int p = PROTECT_PUBLIC; p <= PROTECT_PERSONAL; p++)
            CHECK_INT("-mc"[access_may_see(&who, (enum protection)p, (enum relation)r)],
                      WANT[r][p - PROTECT_PUBLIC]);
    struct caller author = {.account = 1, .roles = ROLE_BIT(ROLE_AUTHOR)};
    CHECK_INT(access_may_see(&author, PROTECT_PERSONAL, RELATION_OFFICE), SIGHT_NONE);
    struct caller nobody = {.roles = ROLES_ALL};
    CHECK_INT(access_may_see(&nobody, PROTECT_PUBLIC, RELATION_NONE), SIGHT_CLEAR);
    CHECK_INT(access_may_see(&nobody, PROTECT_INTERNAL, RELATION_OFFICE), SIGHT_NONE);

    CHECK(!access_may_unmask(&who, RELATION_OFFICE));
    who.stepped_up = true;
    CHECK(access_may_unmask(&who, RELATION_OFFICE) && !access_may_unmask(&who, RELATION_CONSENT));
    who.roles = ROLE_BIT(ROLE_AUDITOR);
    CHECK(!access_may_unmask(&who, RELATION_OFFICE));
    who.roles = ROLE_BIT(ROLE_TOWN);
    CHECK(access_may_unmask(&who, RELATION_LOCALITY) && !access_may_unmask(&who, RELATION_OFFICE));
}

TEST(masks_keep_little)
{
    static const char *const CASE[][2] = {
        {"13812345678", "138****5678"},
        {"320582199001011234", "320***********1234"},
        {"张三丰", "张**"},
        {"张三", "张*"},
        {"张", "*"},
        {"", ""},
        {"1234567", "1******"},
        {"12345678", "123*5678"},
    };
    struct arena *a = arena_open();
    for (size_t i = 0; i < ARRAY_N(CASE); i++)
        CHECK_STR(access_mask(a, str_of(CASE[i][0])), CASE[i][1]);
    arena_close(a);
}
