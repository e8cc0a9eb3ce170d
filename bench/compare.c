/* compare.c - does a contender's result agree with the reference? Usage: compare REF.csv OTHER.csv
 *
 * Both must have the same header and the same ids in the same order. Numbers agree when they differ
 * by at most 1e-9; grade, rank and winners (w01 ..) when they are equal. A null never agrees.
 * Prints one line and exits 1 when anything differs.
 */
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LINE_CAP = 4096, COLUMN_CAP = 64 };

struct sheet {
    const char *path;
    FILE *file;
    char line[LINE_CAP];
    char *cell[COLUMN_CAP];
    int cell_n;
};

static const double most_off = 1e-9;

static bool next_row(struct sheet *s)
{
    s->cell_n = 0;
    if (fgets(s->line, sizeof s->line, s->file) == NULL)
        return false;
    s->line[strcspn(s->line, "\r\n")] = '\0';
    char *rest = s->line;
    while (rest != NULL && s->cell_n < COLUMN_CAP)
        s->cell[s->cell_n++] = strsep(&rest, ",");
    return true;
}

static bool is_same_row(const struct sheet *a, const struct sheet *b)
{
    bool same = a->cell_n == b->cell_n;
    for (int i = 0; same && i < a->cell_n; i++)
        same = strcmp(a->cell[i], b->cell[i]) == 0;
    return same;
}

/* Which columns are compared as text: the id, grade, rank and winners. */
static void find_discrete(const struct sheet *head, bool discrete[COLUMN_CAP])
{
    for (int i = 0; i < head->cell_n; i++) {
        const char *name = head->cell[i];
        discrete[i] =
            i == 0 || name[0] == 'w' || strcmp(name, "grade") == 0 || strcmp(name, "rank") == 0;
    }
}

/* The largest difference; infinite where one is no number. */
static double off_by(const char *a, const char *b)
{
    char *end_a, *end_b;
    double d = fabs(strtod(a, &end_a) - strtod(b, &end_b));
    bool good = end_a != a && end_b != b && *end_a == '\0' && *end_b == '\0' && !isnan(d);
    return good ? d : (double)INFINITY;
}

static bool open_sheet(struct sheet *s, const char *path)
{
    s->path = path;
    s->file = fopen(path, "rb");
    if (s->file != NULL && next_row(s))
        return true;
    (void)fprintf(stderr, "%s: cannot be read\n", path);
    return false;
}

struct verdict {
    size_t rows, cells, wrong; /* wrong: discrete ones that differ */
    double off;
};

static bool compare_row(struct verdict *v, const struct sheet *a, const struct sheet *b,
                        const bool *discrete)
{
    if (a->cell_n != b->cell_n || strcmp(a->cell[0], b->cell[0]) != 0)
        return false;
    for (int i = 1; i < a->cell_n; i++) {
        if (discrete[i])
            v->wrong += strcmp(a->cell[i], b->cell[i]) != 0;
        else
            v->off = fmax(v->off, off_by(a->cell[i], b->cell[i]));
    }
    v->rows++;
    v->cells += (size_t)a->cell_n - 1;
    return true;
}

int main(int argc, char **argv)
{
    static struct sheet ref, other;
    bool discrete[COLUMN_CAP] = {false};
    struct verdict v = {0};
    if (argc != 3) {
        (void)fprintf(stderr, "usage: compare REF.csv OTHER.csv\n");
        return 64;
    }
    if (!open_sheet(&ref, argv[1]) || !open_sheet(&other, argv[2]))
        return 1;
    bool alike = is_same_row(&ref, &other);
    find_discrete(&ref, discrete);
    while (alike) {
        bool more = next_row(&ref);
        if (more != next_row(&other))
            alike = false;
        else if (!more)
            break;
        else
            alike = compare_row(&v, &ref, &other, discrete);
    }
    bool good = alike && v.rows > 0 && v.wrong == 0 && v.off <= most_off;
    printf("%s: %zu rows, %zu values, off by at most %.3g, ", argv[2], v.rows, v.cells, v.off);
    printf("%zu of grade, rank and winners differ%s: %s\n", v.wrong,
           alike ? "" : ", columns, ids or their order differ", good ? "agrees" : "DIFFERS");
    return !good;
}
