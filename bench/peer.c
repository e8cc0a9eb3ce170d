#include "peer.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

void peer_die(const char *what)
{
    perror(what);
    exit(1);
}

static double seconds(clockid_t clock)
{
    struct timespec t;
    if (clock_gettime(clock, &t) != 0)
        peer_die("clock");
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

double peer_now(void)
{
    return seconds(CLOCK_MONOTONIC);
}

double peer_cpu(void)
{
    return seconds(CLOCK_PROCESS_CPUTIME_ID);
}

static int whole(const char *text, int most)
{
    char *end;
    long n = strtol(text, &end, 10);
    return *end == '\0' && n >= 1 && n <= most ? (int)n : 0;
}

static void read_arg(struct peer *p, const char *key, const char *value)
{
    if (strcmp(key, "--data") == 0)
        p->data = value;
    else if (strcmp(key, "--out") == 0)
        p->out = value;
    else if (strcmp(key, "--doc") == 0)
        p->doc = value;
    else if (strcmp(key, "--workload") == 0)
        p->workload = value[0];
    else if (strcmp(key, "--runs") == 0)
        p->runs = whole(value, PEER_RUNS_MAX);
    else if (strcmp(key, "--threads") == 0)
        p->threads = whole(value, PEER_THREADS_MAX);
    else
        p->runs = 0;
}

void peer_args(struct peer *p, const char *name, int argc, char **argv)
{
    *p = (struct peer){.name = name, .workload = 'A', .runs = 5, .threads = 1, .emit_s = -1};
    for (int i = 1; i < argc; i += 2)
        read_arg(p, argv[i], i + 1 < argc ? argv[i + 1] : "");
    if (p->data != NULL && p->runs > 0 && p->threads > 0 &&
        (p->workload == 'A' || p->workload == 'B'))
        return;
    (void)fprintf(stderr,
                  "usage: %s --data DIR --workload A|B [--runs R] [--threads T] [--out FILE]\n",
                  argv[0]);
    exit(64);
}

void peer_repeat(struct peer *p, void (*run)(struct peer *p))
{
    for (int r = 0; r < p->runs; r++) {
        double cpu = peer_cpu(), wall = peer_now();
        run(p);
        p->wall_s[r] = peer_now() - wall;
        p->cpu_s[r] = peer_cpu() - cpu;
    }
}

FILE *peer_open_out(const struct peer *p)
{
    FILE *f = fopen(p->out, "wb");
    if (f == NULL || setvbuf(f, NULL, _IOFBF, 1 << 20) != 0)
        peer_die(p->out);
    (void)fputs("id", f);
    for (int k = 1; k <= 18 && p->workload == 'A'; k++)
        (void)fprintf(f, ",p%02d", k);
    for (int k = 1; k <= 10 && p->workload == 'B'; k++)
        (void)fprintf(f, ",a%02d", k);
    for (int k = 1; k <= 10 && p->workload == 'B'; k++)
        (void)fprintf(f, ",w%02d", k);
    (void)fputs(p->workload == 'A' ? ",g1,g2,g3,total,grade,rank\n" : ",total\n", f);
    return f;
}

static void print_times(const char *key, const double *s, int n)
{
    printf("\"%s\": [", key);
    for (int i = 0; i < n; i++)
        printf("%s%.6f", i > 0 ? ", " : "", s[i]);
    printf("], ");
}

void peer_report(const struct peer *p)
{
    printf("{\"peer\": \"%s\", \"threads\": %d, \"workload\": \"%c\", \"n\": %zu, ", p->name,
           p->threads, p->workload, p->n);
    printf("\"load_s\": %.6f, \"load_cpu_s\": %.6f, ", p->load_s, p->load_cpu_s);
    print_times("wall_s", p->wall_s, p->runs);
    print_times("cpu_s", p->cpu_s, p->runs);
    if (p->gain[0] > 0)
        print_times("gain", p->gain, p->runs);
    if (p->emit_s < 0)
        printf("\"emit_s\": null}\n");
    else
        printf("\"emit_s\": %.6f}\n", p->emit_s);
}
