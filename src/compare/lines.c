/* lines.c - the shortest way from one list of lines to another.
 *
 * Myers' greedy walk: after d steps along the diagonals, how far is the furthest point of each
 * diagonal? far[d] is kept for every d, so that the way can be gone back. Time and memory grow as
 * the square of what differs, not of the texts; equal lines have equal numbers.
 */
#include "compare/lines.h"

#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "col/dataset.h"

struct text { /* as numbers of lines */
    Str *line;
    uint32_t *code;
    uint32_t n;
};

static void cut(struct arena *keep, struct labels *labels, struct text *t, Str s)
{
    size_t n = 1;
    for (size_t i = 0; i < s.n; i++)
        n += s.p[i] == '\n';
    t->line = ARENA_ARRAY(keep, Str, n);
    t->code = ARENA_ARRAY(keep, uint32_t, n);
    while (s.n > 0) {
        Str line = str_cut(&s, '\n');
        if (line.n > 0 && line.p[line.n - 1] == '\r')
            line.n--;
        t->line[t->n] = line;
        t->code[t->n++] = labels_code(labels, line);
    }
}

/* What lies between the equal lines at both ends. */
struct walk {
    const uint32_t *a, *b;
    int32_t a_n, b_n;
    int32_t **far; /* far[d][k + d], k = -d .. d: how far in a, on the diagonal a - b = k */
    int32_t d;     /* steps; -1: too many */
};

static int32_t slide(const struct walk *w, int32_t x, int32_t k)
{
    while (x < w->a_n && x - k < w->b_n && w->a[x] == w->b[x - k])
        x++;
    return x;
}

/* Was the last step onto diagonal k one down (a line of b) rather than one right (a line of a)? */
static bool from_above(const struct walk *w, int32_t d, int32_t k)
{
    const int32_t *f = w->far[d - 1] + (d - 1);
    return k == -d || (k != d && f[k - 1] < f[k + 1]);
}

static void go(struct arena *tmp, struct walk *w)
{
    w->far = ARENA_ARRAY(tmp, int32_t *, LINES_APART + 1);
    for (int32_t d = 0; d <= LINES_APART; d++) {
        w->far[d] = ARENA_ARRAY(tmp, int32_t, 2 * (size_t)d + 1);
        for (int32_t k = -d; k <= d; k += 2) {
            int32_t x = 0;
            if (d > 0)
                x = from_above(w, d, k) ? w->far[d - 1][k + 1 + d - 1]
                                        : w->far[d - 1][k - 1 + d - 1] + 1;
            x = slide(w, x, k);
            w->far[d][k + d] = x;
            if (x >= w->a_n && x - k >= w->b_n) {
                w->d = d;
                return;
            }
        }
    }
    w->d = -1;
}

/* Marks the lines that the way passes over. */
static void go_back(const struct walk *w, bool *gone, bool *came)
{
    int32_t k = w->a_n - w->b_n;
    for (int32_t d = w->d; d > 0; d--) {
        bool above = from_above(w, d, k);
        k += above ? 1 : -1;
        int32_t x = w->far[d - 1][k + d - 1];
        if (above)
            came[x - k] = true;
        else
            gone[x] = true;
    }
}

static void put(struct compare_lines *out, enum line_change change, uint32_t old, uint32_t new,
                Str text)
{
    out->gone += change == LINE_OLD;
    out->came += change == LINE_NEW;
    out->line[out->n++] = (struct compare_line){change, {old, new}, text};
}

void compare_lines(struct arena *keep, struct compare_lines *out, Str old, Str new)
{
    struct arena *tmp = arena_open();
    struct labels *labels = labels_open(tmp);
    struct text a = {0}, b = {0};
    cut(tmp, labels, &a, old);
    cut(tmp, labels, &b, new);
    uint32_t head = 0, tail = 0;
    while (head < a.n && head < b.n && a.code[head] == b.code[head])
        head++;
    while (tail < a.n - head && tail < b.n - head &&
           a.code[a.n - 1 - tail] == b.code[b.n - 1 - tail])
        tail++;
    struct walk w = {.a = a.code + head,
                     .b = b.code + head,
                     .a_n = (int32_t)(a.n - head - tail),
                     .b_n = (int32_t)(b.n - head - tail)};
    bool *gone = ARENA_ARRAY(tmp, bool, (size_t)a.n + 1);
    bool *came = ARENA_ARRAY(tmp, bool, (size_t)b.n + 1);
    go(tmp, &w);
    if (w.d >= 0)
        go_back(&w, gone + head, came + head);
    else {
        memset(gone + head, true, (size_t)w.a_n);
        memset(came + head, true, (size_t)w.b_n);
    }
    *out = (struct compare_lines){.line = ARENA_ARRAY(keep, struct compare_line, a.n + b.n + 1UL)};
    for (uint32_t i = 0, k = 0; i < a.n || k < b.n;) {
        if (i < a.n && gone[i]) {
            put(out, LINE_OLD, i + 1, 0, a.line[i]);
            i++;
        } else if (k < b.n && came[k]) {
            put(out, LINE_NEW, 0, k + 1, b.line[k]);
            k++;
        } else {
            put(out, LINE_SAME, i + 1, k + 1, b.line[k]);
            i++;
            k++;
        }
    }
    arena_close(tmp);
}

/* --- sections --- */

struct section {
    Str head, heading, body; /* head: with its # */
    uint32_t line;
    bool met; /* on the other side as well */
};

static size_t list_sections(struct arena *tmp, struct section **out, Str text)
{
    size_t n = 1, cap = 1;
    uint32_t line = 0;
    *out = ARENA_ARRAY(tmp, struct section, 1);
    (*out)[0] = (struct section){.head = S(""), .heading = S(""), .line = 1};
    while (text.n > 0) {
        Str one = str_cut(&text, '\n');
        line++;
        if (one.n > 0 && one.p[0] == '#') {
            Str name = one;
            while (name.n > 0 && name.p[0] == '#')
                name = str_sub(name, 1, name.n);
            VEC_PUSH(tmp, *out, n, cap) =
                (struct section){.head = str_trim(one), .heading = str_trim(name), .line = line};
        } else if (str_trim(one).n > 0) { /* empty lines around it are no part of it */
            struct section *s = &(*out)[n - 1];
            s->body.p = s->body.n == 0 ? one.p : s->body.p;
            s->body.n = (size_t)(one.p + one.n - s->body.p);
        }
    }
    return n;
}

static struct section *twin_of(struct section *all, size_t n, Str head)
{
    for (size_t i = 0; i < n; i++)
        if (!all[i].met && str_eq(all[i].head, head))
            return &all[i];
    return NULL;
}

void compare_sections(struct arena *keep, struct compare_section **out, size_t *n, Str old, Str new)
{
    struct arena *tmp = arena_open();
    struct section *a, *b;
    size_t a_n = list_sections(tmp, &a, old), b_n = list_sections(tmp, &b, new), cap = 0;
    *out = NULL;
    *n = 0;
    for (size_t i = 0; i < b_n; i++) {
        struct section *was = twin_of(a, a_n, b[i].head);
        if (was != NULL)
            was->met = true;
        if (was == NULL || !str_eq(was->body, b[i].body))
            VEC_PUSH(keep, *out, *n, cap) =
                (struct compare_section){b[i].heading, {was == NULL ? 0 : was->line, b[i].line}};
    }
    for (size_t i = 0; i < a_n; i++)
        if (!a[i].met)
            VEC_PUSH(keep, *out, *n, cap) = (struct compare_section){a[i].heading, {a[i].line, 0}};
    arena_close(tmp);
}
