/* peer.h - what every contender written in C has in common: its arguments, its clocks, its answer.
 *
 *     NAME --data DIR --workload A|B [--runs R] [--threads T] [--out FILE] [--doc FILE]
 *
 * reads DIR/data.csv, computes R times into a native result, writes the result to FILE if asked,
 * and prints one line of JSON:
 *     {"peer", "threads", "workload", "n", "load_s", "load_cpu_s", "wall_s": [..], "cpu_s": [..],
 *      "emit_s"}; load_cpu_s only from those written in C, "gain" (of threads, on paper) only
 *      from geci with several
 */
#ifndef GECI_BENCH_PEER_H
#define GECI_BENCH_PEER_H

#include <stddef.h>
#include <stdio.h>

enum { PEER_RUNS_MAX = 100, PEER_THREADS_MAX = 64 };

struct peer {
    const char *name;
    const char *data, *out, *doc; /* out, doc: NULL if not given */
    char workload;                /* 'A' or 'B' */
    int runs, threads;
    size_t n; /* rows */
    double load_s, load_cpu_s /* of loading */, emit_s, wall_s[PEER_RUNS_MAX], cpu_s[PEER_RUNS_MAX];
    double gain[PEER_RUNS_MAX]; /* of threads, on paper; [0] == 0: not asked */
};

/* Stops the program with a usage line when an argument is wrong. */
void peer_args(struct peer *p, const char *name, int argc, char **argv);
_Noreturn void peer_die(const char *what); /* with what errno says */
double peer_now(void);                     /* seconds since some moment */
double peer_cpu(void);                     /* CPU seconds of all threads */
/* Runs `run` p->runs times and notes the times. */
void peer_repeat(struct peer *p, void (*run)(struct peer *p));
/* Opens p->out and writes the header of the workload; the rows are the caller's. */
FILE *peer_open_out(const struct peer *p);
void peer_report(const struct peer *p);

#endif
