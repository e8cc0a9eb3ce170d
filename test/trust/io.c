/* io.c - every write and every sync fails once: with an error of the disk, and for want of space.
 *
 * After an I/O error, be it of a commit or of copying back the log, the store is stopped: it takes
 * no more writes until it is opened again. After a full disk it goes on by itself once there is
 * space. Either way every acknowledged act is there afterwards, and the chain is whole. The defect
 * planted by --canary: commits do not wait for the log, and then the power goes. */
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "db/db.h"
#include "test/trust/torn.h"
#include "test/trust/trust.h"

enum { WRITES = 6 };

struct run {
    int64_t acked;         /* the last act told */
    int64_t after;         /* acts told after one was refused */
    int64_t late;          /* acts begun after the fault, and told */
    bool refused, stopped; /* some write was refused; the store had stopped by then */
    bool is_done;          /* the fault's number was beyond all there was to do */
};

static void write_all(struct run *r, Str url, enum torn_fault fault)
{
    struct work k;
    int64_t no;
    if (work_open(&k, url, TORN) != OK) {
        r->refused = r->stopped = true;
        return;
    }
    for (int i = 0; i < WRITES || (r->refused && r->after == 0 && i < WRITES + 2); i++) {
        bool failed = torn_failed();
        enum status st = work_write(&k, 100 + i, &no);
        if (st == OK) {
            r->acked = no;
            r->after += r->refused;
            r->late += failed;
            continue;
        }
        r->refused = true;
        r->stopped |= db_is_stopped(k.db);
        if (fault == TORN_ENOSPC)
            torn_fail_at(0, TORN_NONE, false); /* somebody made room */
    }
    work_close(&k);
}

static void check(struct trust *t, const struct run *r, Str url, enum torn_fault fault, int64_t op)
{
    struct arena *a = arena_open();
    struct look seen;
    const char *what = fault == TORN_EIO ? "EIO" : "ENOSPC";
    torn_fail_at(0, TORN_NONE, false);
    if (t->canary)
        torn_power(t->seed + (uint64_t)op);
    look(a, &seen, url, TORN, NULL);
    trust_check(t, seen.verified == OK && seen.wrong == 0, "%s at %lld: %s", what, (long long)op,
                seen.said);
    trust_check(t, seen.acts >= r->acked, "%s at %lld: acts %lld to %lld are lost", what,
                (long long)op, (long long)seen.acts + 1, (long long)r->acked);
    if (fault == TORN_EIO)
        trust_check(t, r->stopped == r->refused && r->late == 0, "EIO at %lld: went on writing",
                    (long long)op);
    if (r->refused && fault == TORN_ENOSPC)
        trust_check(t, r->stopped || r->after > 0, "ENOSPC at %lld: did not recover",
                    (long long)op);
    arena_close(a);
}

/* How many operations failed one after another until there were no more. */
static int64_t every(struct trust *t, Str url, enum torn_fault fault, bool sticky)
{
    int64_t op = 1;
    for (bool done = false; !done; op++) {
        struct run r = {0};
        torn_restore();
        torn_fail_at(op, fault, sticky);
        write_all(&r, url, fault);
        done = !torn_failed() && !r.refused;
        check(t, &r, url, fault, op);
    }
    return op - 2;
}

int main(int argc, char **argv)
{
    struct trust t;
    struct work k;
    char folder[FOLDER_N], url[FOLDER_PATH_N];
    int64_t no;
    trust_begin(&t, "io", argc, argv);
    work_folder(folder);
    (void)snprintf(url, sizeof url, "sqlite:%s/x.db", folder); /* fits */
    torn_begin();
    ASSERT(work_open(&k, str_of(url), TORN) == OK && work_write(&k, 1, &no) == OK);
    work_close(&k);
    torn_save();
    torn_lie(t.canary);
    int64_t eio = every(&t, str_of(url), TORN_EIO, false);
    int64_t stays = every(&t, str_of(url), TORN_EIO, true);
    int64_t full = every(&t, str_of(url), TORN_ENOSPC, true);
    printf("io: EIO at each of %lld operations, from each of %lld on, ENOSPC from each of %lld\n",
           (long long)eio, (long long)stays, (long long)full);
    work_folder_end(folder);
    return trust_end(&t);
}
