/* commit - acknowledged single writes a second: acts from 16 threads through the group-committing
 * writer, beside a bare loop of write and fsync on the same disk.
 * Usage: bench_commit FOLDER [SECONDS [ROUNDS]]
 *
 * An act is what any change of the store costs at least: its row, a sealed row, two digests, the
 * head of the chain. The rounds alternate; the last line has the medians and their ratio. */
#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "audit/act.h"
#include "base/arena.h"
#include "base/str.h"
#include "db/writer.h"
#include "os/clock.h"
#include "os/thread.h"

enum { THREADS = 16, ROUNDS_MAX = 25, PAGE = 4096 };

static struct writer *g_writer;
static int64_t g_until_ms;
static atomic_long g_acked;

static enum status act(struct write_job *job, struct db_conn *c, struct arena *tmp)
{
    struct act a;
    (void)job; /* every act is the same */
    TRY(act_begin(&a, c, tmp, S("320582"), clock_us()));
    TRY(act_county(&a, S("示例县"), DIGEST_SM3));
    return act_end(&a, &(struct act_words){S("bench"), S("county.set"), S("320582"), S("{}")});
}

static void client(void *arg)
{
    (void)arg; /* every client does the same */
    while (clock_ms() < g_until_ms) {
        struct write_job job = {.run = act};
        if (writer_run(g_writer, &job) == OK)
            atomic_fetch_add(&g_acked, 1);
    }
}

static double acts_a_second(struct arena *keep, Str folder, int64_t ms)
{
    struct db *db;
    struct diags ds;
    struct thread *thread[THREADS];
    diags_init(&ds, keep);
    Str url = arena_fmt(keep, "sqlite:%.*s/commit.db", (int)folder.n, folder.p);
    struct db_opts o = {.mode = DB_WRITE, .create = true, .migrate = true};
    if (db_open(keep, &db, url, &o, &ds) != OK || writer_open(keep, &g_writer, db, &ds) != OK)
        exit(1);
    atomic_store(&g_acked, 0);
    g_until_ms = clock_ms() + ms;
    for (int i = 0; i < THREADS; i++) {
        if (thread_start(keep, &thread[i], client, NULL) != OK)
            exit(1);
    }
    for (int i = 0; i < THREADS; i++)
        thread_join(thread[i]);
    writer_close(g_writer);
    db_close(db);
    return (double)atomic_load(&g_acked) * 1000 / (double)ms;
}

static double syncs_a_second(struct arena *keep, Str folder, int64_t ms)
{
    static const char page[PAGE] = "x";
    long n = 0;
    int fd = open(arena_fmt(keep, "%.*s/sync", (int)folder.n, folder.p).p,
                  O_WRONLY | O_CREAT | O_APPEND, 0600);
    if (fd < 0)
        exit(1);
    for (int64_t until = clock_ms() + ms; clock_ms() < until; n++) {
        if (write(fd, page, sizeof page) != PAGE || fsync(fd) != 0)
            exit(1);
    }
    (void)close(fd); /* synced */
    return (double)n * 1000 / (double)ms;
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* A number from 1 on, or 0. */
static int whole(const char *text, int most)
{
    char *end;
    long n = strtol(text, &end, 10);
    return *end == '\0' && n > 0 && n <= most ? (int)n : 0;
}

int main(int argc, char **argv)
{
    const int seconds = argc > 2 ? whole(argv[2], 3600) : 2;
    const int rounds = argc > 3 ? whole(argv[3], ROUNDS_MAX) : 5;
    if (argc < 2 || seconds == 0 || rounds == 0) {
        (void)fprintf(stderr, "usage: bench_commit FOLDER [SECONDS [ROUNDS]]\n");
        return 64;
    }
    double acts[ROUNDS_MAX], syncs[ROUNDS_MAX];
    const int64_t ms = INT64_C(1000) * seconds;
    for (int i = 0; i < rounds; i++) {
        struct arena *keep = arena_open();
        acts[i] = acts_a_second(keep, str_of(argv[1]), ms);
        syncs[i] = syncs_a_second(keep, str_of(argv[1]), ms);
        printf("acts/s %.0f  fsyncs/s %.0f\n", acts[i], syncs[i]);
        arena_close(keep);
    }
    qsort(acts, (size_t)rounds, sizeof *acts, by_size);
    qsort(syncs, (size_t)rounds, sizeof *syncs, by_size);
    printf("median: acts/s %.0f fsyncs/s %.0f acts/fsync %.2f\n", acts[rounds / 2],
           syncs[rounds / 2], acts[rounds / 2] / syncs[rounds / 2]);
    return 0;
}
