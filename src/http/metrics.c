/* metrics.c - the figures of all loops, in the text format of Prometheus. */
#include "http/http_int.h"

static uint64_t sum(const struct http_server *s, enum http_count what)
{
    uint64_t n = 0;
    for (int i = 0; i < s->loop_n; i++)
        n += atomic_load_explicit(&s->loop[i].count[what], memory_order_relaxed);
    return n;
}

static void write_figure(struct buf *out, const char *name, const char *kind, const char *help,
                         uint64_t n)
{
    buf_fmt(out, "# HELP geci_http_%s %s\n# TYPE geci_http_%s %s\ngeci_http_%s %llu\n", name, help,
            name, kind, name, (unsigned long long)n);
}

static void write_statuses(const struct http_server *s, struct buf *out)
{
    buf_add(out, S("# HELP geci_http_answers_total Answers by the hundreds of their status.\n"
                   "# TYPE geci_http_answers_total counter\n"));
    for (int i = 1; i <= 5; i++) {
        enum http_count what = (enum http_count)(COUNT_STATUS_1 + i - 1);
        buf_fmt(out, "geci_http_answers_total{status=\"%dxx\"} %llu\n", i,
                (unsigned long long)sum(s, what));
    }
}

static void write_latency(const struct http_server *s, struct buf *out)
{
    static const char *const bound[HTTP_BUCKETS + 1] = {
        "0.0005", "0.001", "0.0025", "0.005", "0.01", "0.025", "0.05", "0.1",
        "0.25",   "0.5",   "1",      "2.5",   "5",    "10",    "+Inf"};
    uint64_t n = 0, us = sum(s, COUNT_MICROSECONDS);
    buf_add(out, S("# HELP geci_http_seconds From the head of a request to the end of its answer.\n"
                   "# TYPE geci_http_seconds histogram\n"));
    for (size_t b = 0; b <= HTTP_BUCKETS; b++) {
        for (int i = 0; i < s->loop_n; i++)
            n += atomic_load_explicit(&s->loop[i].bucket[b], memory_order_relaxed);
        buf_fmt(out, "geci_http_seconds_bucket{le=\"%s\"} %llu\n", bound[b], (unsigned long long)n);
    }
    buf_fmt(out, "geci_http_seconds_sum %llu.%06llu\ngeci_http_seconds_count %llu\n",
            (unsigned long long)(us / 1000000), (unsigned long long)(us % 1000000),
            (unsigned long long)n);
}

void http_metrics(struct http_server *s, struct buf *out)
{
    static const struct {
        enum http_count what;
        const char *name, *help;
    } counters[] = {
        {COUNT_REQUESTS, "requests_total", "Requests begun."},
        {COUNT_BYTES_IN, "received_bytes_total", "Bytes of heads and bodies."},
        {COUNT_BYTES_OUT, "sent_bytes_total", "Bytes of answers."},
        {COUNT_ACCEPTED, "connections_total", "Connections accepted."},
        {COUNT_REFUSED, "connections_refused_total", "Connections over a cap."},
        {COUNT_FAULTS, "malformed_total", "Requests refused by the parser."},
        {COUNT_SHED, "shed_total", "Requests refused for overload."},
        {COUNT_LATE, "late_total", "Connections that missed a deadline."},
        {COUNT_LOG_LOST, "log_lost_bytes_total", "Of the log, whose reader did not keep up."},
        {COUNT_GONE, "gone_total", "Clients that left before their answer was sent."},
    };
    for (size_t i = 0; i < ARRAY_N(counters); i++)
        write_figure(out, counters[i].name, "counter", counters[i].help, sum(s, counters[i].what));
    write_statuses(s, out);
    write_figure(out, "connections", "gauge", "Connections open.", atomic_load(&s->connections));
    write_figure(out, "in_flight", "gauge", "Requests not answered yet.",
                 atomic_load(&s->in_flight));
    write_figure(out, "body_bytes", "gauge", "Memory for request bodies.",
                 atomic_load(&s->body_bytes));
    write_latency(s, out);
}
