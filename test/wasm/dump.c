/* dump - everything the library says of some jobs, in lines. test/wasm/same.mjs writes the same
 * with the engine in WebAssembly and compares.
 *
 *     dump example DOC...                     the document's own examples
 *     dump csv CSV AS_OF YEAR DOC...          a file scored by each document
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "geci.h"
#include "os/file.h"

enum { STEP = 41, SCALE = 4, FILE_MAX = 1 << 24 }; /* every 41st subject is explained */

static Str read_file(struct arena *a, const char *path)
{
    Str text;
    int err = 0;
    if (file_read(a, &text, str_of(path), FILE_MAX, &err) != OK) {
        (void)fprintf(stderr, "cannot read %s\n", path);
        exit(EXIT_FAILURE);
    }
    return text;
}

static void tell_numbers(struct geci_scores *s, const char *item)
{
    struct geci_numbers n;
    enum geci_status st = geci_column_numbers(s, item, SCALE, &n);
    printf("numbers\t%s\t%d\n", item, st);
    for (size_t i = 0; st == GECI_OK && i < n.n; i++) {
        bool has_low = (n.has_low[i / 64] >> i % 64 & 1) != 0;
        bool has_high = (n.has_high[i / 64] >> i % 64 & 1) != 0;
        printf("%lld %d %lld %d\n", (long long)n.low[i], has_low, (long long)n.high[i], has_high);
    }
}

static void tell_item(const struct geci_rules *r, struct geci_scores *s, size_t item)
{
    const char *name = geci_item_name(r, item);
    const char *const *low = NULL, *const *high = NULL, *const *shown = NULL;
    printf("item\t%s\t%d\t%d\n", name, geci_item_kind(r, item), geci_item_scale(r, item));
    if (geci_column_texts(s, name, &low, &high) != GECI_OK ||
        geci_column_shown(s, name, &shown) != GECI_OK)
        return;
    for (size_t i = 0; i < geci_subject_n(s); i++)
        printf("%s\t%s\t%s\t%s\n", geci_subject_id(s, i), low[i], high[i], shown[i]);
    if (geci_item_kind(r, item) == GECI_NUMBER)
        tell_numbers(s, name);
}

static void tell_whatif(const struct geci_rules *r, struct geci_scores *s, const char *id,
                        enum geci_others others)
{
    for (size_t f = 0; f < geci_field_n(r); f++) {
        char set[1000];
        const char *const sets[] = {set};
        struct geci_whatif *w;
        (void)snprintf(set, sizeof set, "%s=1", geci_field_name(r, f));
        enum geci_status st = geci_whatif_open(&w, s, id, sets, 1, others);
        printf("whatif\t%s\t%s\t%d\t%d\n%s", id, set, others, st, geci_whatif_messages(w));
        for (size_t i = 0; i < geci_whatif_change_n(w); i++) {
            const char *item = geci_whatif_change(w, i), *low = "", *high = "";
            (void)geci_whatif_value(w, item, &low, &high); /* an item that changed is there */
            printf("%s\t%s\t%s\t%s\n", item, low, high, geci_whatif_shown(w, item));
        }
        geci_whatif_close(w);
    }
}

static void tell_scores(const struct geci_rules *r, struct geci_scores *s, enum geci_status st)
{
    printf("scores\t%d\t%d\t%zu\n%s", st, geci_scores_year(s), geci_subject_n(s),
           geci_scores_messages(s));
    for (size_t i = 0; i < geci_item_n(r); i++)
        tell_item(r, s, i);
    for (size_t i = 0; i < geci_subject_n(s); i += STEP) {
        const char *id = geci_subject_id(s, i);
        for (int format = GECI_TEXT; format <= GECI_HTML; format++)
            printf("explain\t%s\t%d\n%s\n", id, format,
                   geci_explain(s, id, (enum geci_format)format));
    }
    if (geci_subject_n(s) > 0) {
        tell_whatif(r, s, geci_subject_id(s, 0), GECI_FROZEN);
        tell_whatif(r, s, geci_subject_id(s, geci_subject_n(s) - 1), GECI_RERANKED);
    }
    geci_scores_close(s);
}

static struct geci_rules *open_rules(struct arena *a, const char *path, enum geci_lang lang)
{
    Str text = read_file(a, path);
    struct geci_rules *r;
    enum geci_status st = geci_rules_load(&r, path, text.p, text.n, lang);
    printf("rules\t%s\t%d\t%s\t%s\n%s", path, st, geci_rules_hash(r), geci_rules_status(r),
           geci_rules_messages(r));
    return r;
}

static void dump_examples(struct arena *a, const char *path)
{
    struct geci_rules *r = open_rules(a, path, GECI_EN);
    for (size_t i = 0; i < geci_example_n(r); i++) {
        struct geci_scores *s;
        enum geci_status st = geci_score_example(&s, r, i, "2026-01-01");
        tell_scores(r, s, st);
    }
    geci_rules_close(r);
}

static void dump_csv(struct arena *a, const char *path, char **when)
{
    Str csv = read_file(a, when[0]);
    struct geci_rules *r = open_rules(a, path, GECI_ZH);
    struct geci_scores *s;
    int year = (int)strtol(when[2], NULL, 10);
    enum geci_status st = geci_score_csv(&s, r, csv.p, csv.n, when[1], year);
    tell_scores(r, s, st);
    geci_rules_close(r);
}

int main(int argc, char **argv)
{
    struct arena *a = arena_open();
    int code = 0;
    if (argc > 2 && strcmp(argv[1], "example") == 0) {
        for (int i = 2; i < argc; i++)
            dump_examples(a, argv[i]);
    } else if (argc > 5 && strcmp(argv[1], "csv") == 0) {
        for (int i = 5; i < argc; i++)
            dump_csv(a, argv[i], argv + 2);
    } else {
        code = 64;
    }
    arena_close(a);
    return code;
}
