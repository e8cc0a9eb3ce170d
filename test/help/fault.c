#include "test/help/fault.h"

#include "db/db.h"

enum status __real_db_run(struct db_conn *c, int statement, const void *in);
enum status __real_db_one(struct db_conn *c, struct arena *keep, int statement, const void *in,
                          void *row);
enum status __real_db_rows_open(struct db_conn *c, int statement, const void *in,
                                struct db_rows *rows);
enum status __real_db_rows_end(struct db_rows *rows);
enum status __real_db_batch_begin(struct db_conn *c);
enum status __real_db_batch_end(struct db_conn *c);
enum status __wrap_db_batch_begin(struct db_conn *c);
enum status __wrap_db_batch_end(struct db_conn *c);
enum status __wrap_db_run(struct db_conn *c, int statement, const void *in);
enum status __wrap_db_one(struct db_conn *c, struct arena *keep, int statement, const void *in,
                          void *row);
enum status __wrap_db_rows_open(struct db_conn *c, int statement, const void *in,
                                struct db_rows *rows);
enum status __wrap_db_rows_end(struct db_rows *rows);

static int g_left; /* calls until the one that fails; 0: none will */
static bool g_fired;

void fault_arm(int n)
{
    g_left = n;
    g_fired = false;
}

bool fault_disarm(void)
{
    g_left = 0;
    return g_fired;
}

static bool fails(void)
{
    bool now = g_left > 0 && --g_left == 0;
    g_fired |= now;
    return now;
}

enum status __wrap_db_run(struct db_conn *c, int statement, const void *in)
{
    return fails() ? ERR_IO : __real_db_run(c, statement, in);
}

enum status __wrap_db_one(struct db_conn *c, struct arena *keep, int statement, const void *in,
                          void *row)
{
    return fails() ? ERR_IO : __real_db_one(c, keep, statement, in, row);
}

enum status __wrap_db_rows_open(struct db_conn *c, int statement, const void *in,
                                struct db_rows *rows)
{
    return fails() ? ERR_IO : __real_db_rows_open(c, statement, in, rows);
}

enum status __wrap_db_rows_end(struct db_rows *rows)
{
    enum status st = __real_db_rows_end(rows);
    return fails() ? ERR_IO : st;
}

enum status __wrap_db_batch_begin(struct db_conn *c)
{
    return fails() ? ERR_IO : __real_db_batch_begin(c);
}

enum status __wrap_db_batch_end(struct db_conn *c)
{
    enum status st = __real_db_batch_end(c);
    return fails() ? ERR_IO : st;
}
