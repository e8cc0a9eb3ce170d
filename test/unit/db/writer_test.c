/* writer_test.c - jobs of many threads are each done once, in groups; a failing one alone. */
#include "audit/act.h"
#include "base/arena.h"
#include "db/writer.h"
#include "os/thread.h"
#include "sql.h"
#include "test/help/store.h"
#include "test/t.h"

enum { THREADS = 8, JOBS = 50 };

static struct writer *w;

/* An act; every seventh job tries to write the same row twice and must leave nothing. */
static enum status work(struct write_job *job, struct db_conn *c, struct arena *tmp)
{
    struct act a;
    int64_t number = *(int64_t *)job->arg;
    TRY(act_begin(&a, c, tmp, S("320582"), number));
    TRY(act_county(&a, S("甲"), DIGEST_SM3));
    if (number % 7 == 0)
        TRY(act_county(&a, S("乙"), DIGEST_SM3));
    return act_end(&a, &(struct act_words){S("t"), S("v"), S("o"), S("{}")});
}

static void client(void *arg)
{
    int64_t number = *(int64_t *)arg * JOBS;
    for (int i = 0; i < JOBS; i++, number++) {
        struct write_job job = {.run = work, .arg = &number};
        enum status st = writer_run(w, &job);
        if (number % 7 == 0 ? st != ERR_INPUT || job.fault.why != DB_WHY_CONSTRAINT : st != OK)
            t_fail(__FILE__, __LINE__, "status of a job");
    }
}

static void check_writer(void)
{
    struct thread *thread[THREADS];
    int64_t number[THREADS];
    struct sql_act_last_row last;
    db_disconnect(store.w);
    store.w = NULL;
    CHECK_INT(writer_open(store.a, &w, store.db, &store.ds), OK);
    for (int i = 0; i < THREADS; i++) {
        number[i] = i;
        CHECK_INT(thread_start(store.a, &thread[i], client, &number[i]), OK);
    }
    for (int i = 0; i < THREADS; i++)
        thread_join(thread[i]);
    struct writer_counts n = writer_counts(w);
    writer_close(w);
    int64_t bad = (THREADS * JOBS + 6) / 7;
    CHECK_INT(n.jobs, THREADS * JOBS);
    CHECK_INT(n.failed, bad);
    CHECK(n.commits < n.jobs);
    CHECK_INT(db_connect(store.db, DB_WRITE, &store.w, &store.ds), OK);
    CHECK_INT(db_begin(store.w), OK);
    CHECK_INT(sql_act_last_one(store.w, store.a, &(struct sql_act_last){S("320582")}, &last), OK);
    CHECK_INT(last.act, THREADS * JOBS - bad); /* no gap where a job failed */
    db_rollback(store.w);
}

TEST(sqlite_writer)
{
    store_open(STORE_SQLITE);
    check_writer();
    store_end();
}

TEST(postgres_writer)
{
    store_open(STORE_POSTGRES);
    check_writer();
    store_end();
}
