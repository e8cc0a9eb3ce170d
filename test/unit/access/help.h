/* help.h - a store with a few subjects and accounts. A test is one transaction, as disks are slow;
 * each act of it is a mark. */
#ifndef GECI_TEST_UNIT_ACCESS_HELP_H
#define GECI_TEST_UNIT_ACCESS_HELP_H

#include "access/access.h"
#include "access/account.h"
#include "access/login.h"
#include "test/help/store.h"

#define COUNTY S("320582")
#define SECOND INT64_C(1000000)
#define NOON   (INT64_C(1800000000) * SECOND) /* 2027-01-15 16:00 in China */

struct desk_test {
    struct access *access;
    struct access_desk desk;
    struct act act;
    int64_t now_us;
};
extern struct desk_test t;

/* A store with the subjects 1 and 2 of the kind 企业 and 3 of 载体, 4 of 新型研发机构. */
void access_start(enum store_kind kind);
void access_stop(void);
/* A new act at t.now_us. */
struct access_desk *begin(void);
/* Ends it if `st` is OK, undoes it otherwise; checks that it is `want`. */
void end(enum status st, enum status want);
/* An account of a role, placed as its side wants (subjects 1, 3, 4; town A, bank B). */
int64_t add(const char *name, enum role role);
void password(int64_t account, const char *text);
struct access_view view(void);
struct caller caller_of(int64_t account);

#define ON_BOTH(name)                 \
    TEST(sqlite_##name)               \
    {                                 \
        access_start(STORE_SQLITE);   \
        check_##name();               \
        access_stop();                \
    }                                 \
    TEST(postgres_##name)             \
    {                                 \
        access_start(STORE_POSTGRES); \
        check_##name();               \
        access_stop();                \
    }

#endif
