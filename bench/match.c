/* match - whole needs over all experts, with reasons. Usage: bench_match TEXTS NEEDS [N]
 *
 * TEXTS: a title a line. NEEDS: a whole need a line. N profiles (62,213 unless given) are put
 * together from titles, some 230 characters each, of 800 units; each need is then asked for its
 * ten best, three of a unit at most, with all reasons. CPU times, of the second round. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "match/matcher.h"
#include "match/rank.h"
#include "os/file.h"

enum {
    PROFILES = 62213,
    PROFILE_BYTES = 690,
    UNITS = 800,
    TOP = 10,
    PER_UNIT = 3,
    FILE_MAX = 1 << 28,
    LINES_MAX = 1 << 20,
};

struct lines {
    Str *at;
    size_t n, cap;
};

static double cpu_ms(void)
{
    struct timespec t;
    (void)clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static struct lines read_lines(struct arena *a, const char *path)
{
    struct lines l = {0};
    Str text;
    int err;
    if (file_read(a, &text, str_of(path), FILE_MAX, &err) != OK) {
        (void)fprintf(stderr, "bench_match: %s\n", path);
        exit(1);
    }
    while (text.n > 0 && l.n < LINES_MAX) {
        Str line = str_trim(str_cut(&text, '\n'));
        if (line.n > 0)
            VEC_PUSH(a, l.at, l.n, l.cap) = line;
    }
    return l;
}

static struct match_doc *make_profiles(struct arena *a, const struct lines *titles, uint32_t n)
{
    struct match_doc *d = ARENA_ARRAY(a, struct match_doc, n);
    uint32_t state = 1;
    for (uint32_t i = 0; i < n; i++) {
        struct buf b;
        buf_init(&b, a, FILE_MAX);
        while (b.n < PROFILE_BYTES) {
            state = state * 1664525U + 1013904223U;
            buf_add(&b, titles->at[(state >> 8) % titles->n]);
            buf_char(&b, ' ');
        }
        d[i] = (struct match_doc){.id = i, .place = S("320582")};
        d[i].text[0] = titles->at[i % titles->n];
        d[i].text[MATCH_FIELDS - 1] = buf_str(&b);
        d[i].unit = arena_fmt(a, "u%u", i % UNITS);
    }
    return d;
}

static int by_size(const void *a, const void *b)
{
    const double *x = a, *y = b;
    return *x < *y ? -1 : *x > *y;
}

static size_t ask(struct rank_room *room, const struct matcher *m, Str need, double *ms)
{
    struct arena *tmp = arena_open();
    struct match_ask q = {.top = TOP, .per_unit = PER_UNIT};
    struct match_found f;
    struct match_why why[TOP];
    size_t reasons = 0;
    q.of.text[MATCH_FIELDS - 1] = need;
    q.of.place = S("320582001");
    double before = cpu_ms();
    matcher_run(tmp, room, m, &q, &f);
    matcher_why(tmp, m, &q, f.row, f.n, why);
    *ms = cpu_ms() - before;
    for (uint32_t i = 0; i < f.n; i++)
        reasons += why[i].n;
    arena_close(tmp);
    return reasons;
}

int main(int argc, char **argv)
{
    struct arena *a = arena_open();
    if (argc < 3) {
        (void)fputs("bench_match: TEXTS NEEDS [N]\n", stderr);
        return 64;
    }
    uint32_t n = argc > 3 ? (uint32_t)strtoul(argv[3], NULL, 10) : PROFILES;
    struct lines titles = read_lines(a, argv[1]), needs = read_lines(a, argv[2]);
    if (titles.n == 0 || needs.n == 0)
        return 1;
    struct match_doc *d = make_profiles(a, &titles, n);
    struct match_opts o = {.weights = match_weights_usual};
    double before = cpu_ms();
    struct matcher *m = matcher_build(d, n, &o);
    printf("match  build %.0f ms  profiles %u\n", cpu_ms() - before, n);
    struct rank_room *room = rank_room_open();
    double *ms = ARENA_ARRAY(a, double, needs.n);
    size_t reasons = 0;
    for (int round = 0; round < 2; round++)
        for (size_t i = 0; i < needs.n; i++)
            reasons += ask(room, m, needs.at[i], &ms[i]);
    qsort(ms, needs.n, sizeof *ms, by_size);
    printf("match  needs %zu  p50 %.2f ms  p99 %.2f ms  max %.2f ms  reasons %zu a need\n", needs.n,
           ms[needs.n / 2], ms[needs.n * 99 / 100], ms[needs.n - 1], reasons / 2 / needs.n);
    rank_room_close(room);
    matcher_close(m);
    arena_close(a);
    return 0;
}
