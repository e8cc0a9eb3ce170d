/* power.c - the power goes off at every moment.
 *
 * Acts are written to a store on the disk of torn.h, which is opened and closed on the way, so that
 * the log is also copied back; the power is cut at a random operation. When it is back, the store
 * must open, be sound page by page, hold every acknowledged act and at most one more, and its chain
 * be whole. The defect planted by --canary: commits do not wait for the log. */
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "test/trust/torn.h"
#include "test/trust/trust.h"

enum { BASE_ACTS = 3, WRITES_MAX = 12, OPS_MAX = 90 };

struct figures {
    int64_t cuts, acks, lost, extra;
};

/* Writes until the power goes, or enough is written; gives the number of the last act told. */
static int64_t write_on(struct trust *t, Str url, int64_t token[static WRITES_MAX])
{
    struct work k;
    int64_t last = BASE_ACTS, no;
    if (work_open(&k, url, TORN) != OK)
        return last;
    for (int i = 0; i < WRITES_MAX; i++) {
        token[i] = (int64_t)(trust_next(t) >> 8);
        if (work_write(&k, token[i], &no) != OK)
            break;
        last = no;
        if (trust_below(t, 5) > 0)
            continue;
        work_close(&k); /* which copies the log back */
        if (work_open(&k, url, TORN) != OK)
            return last;
    }
    work_close(&k);
    return last;
}

static void one_cut(struct trust *t, Str url, struct figures *f)
{
    struct arena *a = arena_open();
    struct look seen;
    int64_t token[WRITES_MAX], lost = 0;
    trust_seed(t, (uint64_t)f->cuts);
    torn_restore();
    torn_cut_at(1 + (int64_t)trust_below(t, OPS_MAX));
    int64_t last = write_on(t, url, token);
    torn_power(trust_next(t));
    look(a, &seen, url, TORN, NULL);
    for (int64_t i = BASE_ACTS; i < last; i++)
        lost += i >= seen.acts || seen.token[i] != token[i - BASE_ACTS];
    trust_check(t, seen.verified == OK && seen.wrong == 0, "cut %lld: %s", (long long)f->cuts,
                seen.said);
    trust_check(t, lost == 0, "cut %lld: %lld acknowledged acts are lost", (long long)f->cuts,
                (long long)lost);
    trust_check(t, seen.acts <= last + 1, "cut %lld: acts that nobody wrote", (long long)f->cuts);
    f->acks += last - BASE_ACTS;
    f->lost += lost;
    f->extra += seen.acts > last;
    f->cuts++;
    arena_close(a);
}

int main(int argc, char **argv)
{
    struct trust t;
    struct work k;
    struct figures f = {0};
    char folder[FOLDER_N], path[FOLDER_PATH_N];
    int64_t no;
    trust_begin(&t, "power", argc, argv);
    work_folder(folder); /* for the writer's lock; the store is in memory */
    (void)snprintf(path, sizeof path, "sqlite:%s/x.db", folder); /* fits */
    torn_begin();
    ASSERT(work_open(&k, str_of(path), TORN) == OK);
    for (int i = 0; i < BASE_ACTS; i++)
        ASSERT(work_write(&k, i, &no) == OK);
    work_close(&k);
    torn_save();
    torn_lie(t.canary);
    int64_t n = trust_n(&t, 300, 20000);
    while (f.cuts < n)
        one_cut(&t, str_of(path), &f);
    printf(
        "power: %lld cuts, %lld acknowledged, %lld lost, %lld kept unacknowledged, %.0f cuts/s\n",
        (long long)f.cuts, (long long)f.acks, (long long)f.lost, (long long)f.extra,
        (double)n / trust_seconds(&t));
    work_folder_end(folder);
    return trust_end(&t);
}
