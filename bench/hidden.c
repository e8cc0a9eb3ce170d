/* hidden - can it be told by the time that a search takes whether somebody hidden is there?
 * Usage: bench_hidden NAMES [QUESTIONS of each sort, 3000]
 *
 * Of the names a third is seen, a third hidden (indexed, but outside the scope), a third nowhere;
 * by a draw, so that hidden names and absent ones differ in nothing else. Each is typed whole, CPU
 * time, the least of REPEATS in turn. If times do not tell, whose name was which may be drawn
 * again: p is the part of DRAWS such draws whose means lie as far apart. Names that are seen are
 * the control: those can be told. Last the seen names in a county where nothing is hidden: what is
 * hidden takes time as a whole, which nobody can hold against another county. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/arena.h"
#include "base/str.h"
#include "match/search.h"
#include "os/file.h"

enum { TOP = 10, REPEATS = 5, DRAWS = 10000, FILE_MAX = 1 << 28, NAMES_MAX = 1 << 20 };
enum { SEEN, HIDDEN, ABSENT, SORTS };

struct sort {
    Str *name;
    double *us;
    size_t n;
};

static uint64_t state = 20260331;

static uint64_t draw(uint64_t n)
{
    state = state * 6364136223846793005U + 1442695040888963407U;
    return (state >> 33) % n;
}

static double cpu_us(void)
{
    struct timespec t;
    (void)clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static double mean(const double *v, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += v[i];
    return sum / (double)n;
}

/* How often two parts of `all` drawn anew have means as far apart as `least`. */
static double permute(double *all, size_t n, size_t first, double least)
{
    size_t as_far = 0;
    for (int k = 0; k < DRAWS; k++) {
        for (size_t i = 0; i < first; i++) {
            size_t at = i + draw(n - i);
            double x = all[i];
            all[i] = all[at];
            all[at] = x;
        }
        double d = mean(all, first) - mean(all + first, n - first);
        as_far += d >= least || -d >= least;
    }
    return (double)(as_far + 1) / (DRAWS + 1);
}

static void compare(struct arena *a, const char *what, const struct sort *x, const struct sort *y)
{
    double *all = ARENA_ARRAY(a, double, x->n + y->n), d = mean(x->us, x->n) - mean(y->us, y->n);
    for (size_t i = 0; i < x->n + y->n; i++)
        all[i] = i < x->n ? x->us[i] : y->us[i - x->n];
    printf("%s  %.2f against %.2f us, %zu and %zu names: %+.2f us, p %.4f\n", what,
           mean(x->us, x->n), mean(y->us, y->n), x->n, y->n, d,
           permute(all, x->n + y->n, x->n, d < 0 ? -d : d));
}

static void measure(struct arena *a, const struct search_index *x, const struct search_ids *scope,
                    struct sort *sort)
{
    struct search_room *room = search_room_open();
    struct search_found found;
    for (int again = 0; again < REPEATS; again++)
        for (size_t i = 0; i < sort[SEEN].n; i++)
            for (int k = 0; k < SORTS; k++) {
                int s = (k + again) % SORTS;
                ArenaMark mark = arena_mark(a);
                struct search_ask ask = {.text = sort[s].name[i], .top = TOP, .scope = scope};
                double before = cpu_us();
                search_run(a, room, x, &ask, &found);
                double us = cpu_us() - before;
                if (again == 0 || us < sort[s].us[i])
                    sort[s].us[i] = us;
                arena_reset(a, mark);
            }
    search_room_close(room);
}

int main(int argc, char **argv)
{
    struct arena *a = arena_open();
    size_t most = argc > 2 ? (size_t)strtoul(argv[2], NULL, 10) : 3000, least = most;
    struct search_doc *doc = ARENA_ARRAY(a, struct search_doc, NAMES_MAX);
    uint64_t *seen = ARENA_ARRAY(a, uint64_t, NAMES_MAX / 64);
    struct sort sort[SORTS];
    uint32_t n = 0;
    Str text;
    int err;
    if (argc < 2 || file_read(a, &text, str_of(argv[1]), FILE_MAX, &err) != OK) {
        (void)fprintf(stderr, "bench_hidden: a file with a name a line is wanted\n");
        return 1;
    }
    for (int s = 0; s < SORTS; s++)
        sort[s] = (struct sort){ARENA_ARRAY(a, Str, most), ARENA_ARRAY(a, double, most), 0};
    while (text.n > 0 && n < NAMES_MAX) {
        Str line = str_cut(&text, '\n'), name = str_trim(str_cut(&line, '\t'));
        uint64_t s = draw(SORTS);
        if (name.n > 0 && sort[s].n < most)
            sort[s].name[sort[s].n++] = name;
        if (name.n == 0 || s == ABSENT)
            continue;
        seen[n / 64] |= (uint64_t)(s == SEEN) << n % 64;
        doc[n] = (struct search_doc){.id = n, .name = name};
        n++;
    }
    for (int s = 0; s < SORTS; s++)
        least = sort[s].n < least ? sort[s].n : least;
    for (int s = 0; s < SORTS; s++)
        sort[s].n = least;
    struct search_index *x = search_build(doc, n);
    measure(a, x, &(struct search_ids){seen, n / 64 + 1}, sort);
    compare(a, "hidden and absent", &sort[HIDDEN], &sort[ABSENT]);
    compare(a, "seen and absent  ", &sort[SEEN], &sort[ABSENT]);
    search_close(x);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < n; i++)
        if ((seen[i / 64] >> i % 64 & 1) != 0)
            doc[kept++] = doc[i];
    struct sort before = {.us = ARENA_ARRAY(a, double, least), .n = least};
    for (size_t i = 0; i < least; i++)
        before.us[i] = sort[SEEN].us[i];
    x = search_build(doc, kept);
    measure(a, x, &(struct search_ids){seen, n / 64 + 1}, sort);
    compare(a, "half and none hidden", &before, &sort[SEEN]);
    search_close(x);
    arena_close(a);
    return 0;
}
