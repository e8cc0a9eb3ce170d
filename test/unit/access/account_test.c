/* account_test.c - accounts, the separation of sides, lending, locking; on both databases. */
#include <string.h>

#include "base/arena.h"
#include "base/moment.h"
#include "base/str.h"
#include "sql.h"
#include "test/t.h"
#include "test/unit/access/help.h"

TEST(roles_have_names_and_sides)
{
    for (unsigned i = 0; i < ROLE_N; i++) {
        enum role found;
        CHECK(role_find(str_of(role_name((enum role)i)->word), &found) && found == i);
        CHECK(role_find(str_of(role_name((enum role)i)->zh), &found) && found == i);
        CHECK((role_side((enum role)i) == SIDE_NONE) == (i == ROLE_PUBLIC));
    }
    CHECK_INT(role_side(ROLE_JUDGE), SIDE_EXPERT);
    CHECK(!role_find(S("root"), &(enum role){0}));
}

TEST(names_of_accounts)
{
    static const char *const GOOD[] = {"li.wei", "张伟", "a1", "x@y-z_9", "科技局-张伟"};
    static const char *const BAD[] = {"",       "a",    "Li",  "a b",      "a\n", "geci",
                                      "system", "ａｂ", "a/b", "\xff\xfe", "<b>"};
    for (size_t i = 0; i < ARRAY_N(GOOD); i++)
        CHECK(account_name_ok(str_of(GOOD[i])));
    for (size_t i = 0; i < ARRAY_N(BAD); i++)
        CHECK(!account_name_ok(str_of(BAD[i])));
    struct arena *a = arena_open();
    CHECK_STR(account_name_fold(a, S("Li.Wei 张")), "li.wei 张");
    arena_close(a);
}

static void check_account_is_of_one_side(void)
{
    int64_t officer = add("officer", ROLE_OFFICER), other = 0;
    end(account_role(begin(), officer, ROLE_REVIEWER, true), OK);
    CHECK_INT(caller_of(officer).roles, ROLE_BIT(ROLE_OFFICER) | ROLE_BIT(ROLE_REVIEWER));
    for (unsigned r = 0; r < ROLE_N; r++)
        if (role_side((enum role)r) != SIDE_BUREAU)
            end(account_role(begin(), officer, (enum role)r, true), ERR_DENIED);
    end(account_role(begin(), officer, ROLE_OFFICER, false), OK);
    CHECK_INT(caller_of(officer).roles, ROLE_BIT(ROLE_REVIEWER));

    struct account in = {.name = S("officer"), .side = SIDE_BUREAU};
    end(account_add(begin(), &in, ROLE_LEADER, &other), ERR_INPUT); /* the name is taken */
    in = (struct account){.name = S("x1"), .side = SIDE_BUREAU};
    end(account_add(begin(), &in, ROLE_FINANCE, &other), ERR_DENIED);
    in = (struct account){.name = S("x2"), .side = SIDE_TOWN};
    end(account_add(begin(), &in, ROLE_TOWN, &other), ERR_INPUT); /* of which town? */
    in = (struct account){.name = S("x3"), .side = SIDE_ENTERPRISE, .subject = 99};
    end(account_add(begin(), &in, ROLE_ENTERPRISE, &other), ERR_GONE);
    in = (struct account){.name = S("x4"), .side = SIDE_AUDITOR, .locality = S("A")};
    end(account_add(begin(), &in, ROLE_AUDITOR, &other), ERR_INPUT);
}
ON_BOTH(account_is_of_one_side)

/* Not even a statement that goes around the code makes an admin of an officer, or two of one. */
static void check_schema_keeps_sides_apart(void)
{
    int64_t officer = add("officer", ROLE_OFFICER), admin = add("admin", ROLE_SYSTEM_ADMIN);
    struct {
        int64_t account, side, role;
    } bad[] = {
        {officer, SIDE_SYSTEM_ADMIN, ROLE_SYSTEM_ADMIN}, /* it is not on that side */
        {officer, SIDE_BUREAU, ROLE_SYSTEM_ADMIN},       /* nor is the role on its side */
        {admin, SIDE_SECURITY_ADMIN, ROLE_SECURITY_ADMIN},
        {admin, SIDE_SYSTEM_ADMIN, ROLE_AUDIT_ADMIN},
        {admin, SIDE_BUREAU, ROLE_OFFICER},
        {officer, SIDE_FINANCE, ROLE_FINANCE},
        {99, SIDE_BUREAU, ROLE_OFFICER},
    };
    for (size_t i = 0; i < ARRAY_N(bad); i++) {
        (void)begin();
        end(sql_account_role_add(store.w,
                                 &(struct sql_account_role_add){COUNTY, t.act.no, 0, bad[i].account,
                                                                bad[i].side, bad[i].role, 1}),
            ERR_INPUT);
    }
    (void)begin();
    end(sql_delegation_add(store.w, &(struct sql_delegation_add){COUNTY, t.act.no, 0, admin,
                                                                 officer, SIDE_SYSTEM_ADMIN,
                                                                 ROLE_SYSTEM_ADMIN, 1, 2, S("")}),
        ERR_INPUT);
}
ON_BOTH(schema_keeps_sides_apart)

/* The schema's list of roles and sides is the code's. */
static void check_schema_knows_every_role(void)
{
    for (unsigned i = 1; i < ROLE_N; i++) {
        char name[8] = {'r', (char)('0' + i / 10), (char)('0' + i % 10), 0};
        CHECK(add(arena_copy(store.a, str_of(name)).p, (enum role)i) > 0);
    }
}
ON_BOTH(schema_knows_every_role)

static void check_lending(void)
{
    int64_t li = add("li", ROLE_LEADER), wang = add("wang", ROLE_OFFICER), id = 0;
    int64_t admin = add("admin", ROLE_SECURITY_ADMIN), admin2 = add("admin2", ROLE_SECURITY_ADMIN);
    int64_t payer = add("payer", ROLE_FINANCE);
    Day today = moment_day(t.now_us, ZONE_CHINA);
    struct lending in = {li, wang, ROLE_LEADER, today, today + 3, S("出差")};
    struct lending bad[] = {
        {li, li, ROLE_LEADER, today, today, S("")},
        {li, payer, ROLE_LEADER, today, today, S("")},
        {li, wang, ROLE_REVIEWER, today, today, S("")}, /* has it not */
        {admin, admin2, ROLE_SECURITY_ADMIN, today, today, S("")},
        {li, 99, ROLE_LEADER, today, today, S("")},
    };
    for (size_t i = 0; i < ARRAY_N(bad); i++)
        end(account_lend(begin(), &bad[i], &id), i < 4 ? ERR_DENIED : ERR_GONE);
    struct lending late = in;
    late.last = today + 400;
    end(account_lend(begin(), &late, &id), ERR_INPUT);

    end(account_lend(begin(), &in, &id), OK);
    CHECK_INT(caller_of(wang).roles, ROLE_BIT(ROLE_OFFICER) | ROLE_BIT(ROLE_LEADER));
    int64_t then = t.now_us;
    t.now_us += 4 * 86400 * SECOND;
    CHECK_INT(caller_of(wang).roles, ROLE_BIT(ROLE_OFFICER)); /* over */
    t.now_us = then - 86400 * SECOND;
    CHECK_INT(caller_of(wang).roles, ROLE_BIT(ROLE_OFFICER)); /* not begun */
    t.now_us = then;

    in.lender = wang; /* what is borrowed cannot be lent on */
    in.borrower = li;
    end(account_lend(begin(), &in, &(int64_t){0}), ERR_DENIED);
    end(account_lend_end(begin(), id, payer), ERR_DENIED);
    end(account_lend_end(begin(), id, li), OK);
    CHECK_INT(caller_of(wang).roles, ROLE_BIT(ROLE_OFFICER));
    end(account_lend_end(begin(), id, li), ERR_GONE);
}
ON_BOTH(lending)

/* What somebody lends is worth what they have: no role, no account, no loan. */
static void check_loans_fall_with_their_lender(void)
{
    int64_t li = add("li", ROLE_LEADER), wang = add("wang", ROLE_OFFICER), id = 0;
    Day today = moment_day(t.now_us, ZONE_CHINA);
    struct lending in = {li, wang, ROLE_LEADER, today, today + 3, S("")};
    uint32_t both = ROLE_BIT(ROLE_OFFICER) | ROLE_BIT(ROLE_LEADER);
    end(account_lend(begin(), &in, &id), OK);
    end(account_role(begin(), li, ROLE_LEADER, false), OK);
    CHECK_INT(caller_of(wang).roles, ROLE_BIT(ROLE_OFFICER));
    end(account_role(begin(), li, ROLE_LEADER, true), OK);
    CHECK_INT(caller_of(wang).roles, both);
    end(account_state(begin(), li, ACCOUNT_LOCKED, S("休假")), OK);
    CHECK_INT(caller_of(wang).roles, ROLE_BIT(ROLE_OFFICER));
    end(account_state(begin(), li, ACCOUNT_OPEN, S("回来")), OK);
    CHECK_INT(caller_of(wang).roles, both);
    end(account_state(begin(), wang, ACCOUNT_CLOSED, S("调离")), OK);
    end(account_state(begin(), wang, ACCOUNT_OPEN, S("")), ERR_DENIED);
    struct caller gone;
    struct access_view v = view();
    CHECK_INT(account_caller(&v, wang, &gone), ERR_GONE);
    CHECK_INT(gone.account, 0);
    CHECK_INT(gone.roles, 0);
}
ON_BOTH(loans_fall_with_their_lender)
