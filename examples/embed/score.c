/* score - scores a CSV by a rule document with libgeci, and asks what if.
 *
 *     cc score.c $(pkg-config --cflags --libs geci) -o score
 *     ./score RULES.md FACTS.csv 2026-11-22 [ID [FIELD=VALUE]]
 *
 * Prints each subject with its first score; of one subject also why, and what would change.
 */
#include <geci.h>
#include <stdio.h>
#include <stdlib.h>

/* A whole file with a NUL behind it; the library itself reads none. */
static char *read_file(const char *path, size_t *n)
{
    FILE *in = fopen(path, "rb");
    if (in == NULL) {
        perror(path);
        exit(74);
    }
    size_t cap = 1 << 16, got = 0;
    char *text = malloc(cap + 1);
    while (text != NULL && (got = fread(text + *n, 1, cap - *n, in)) > 0) {
        *n += got;
        if (*n == cap)
            text = realloc(text, (cap *= 2) + 1);
    }
    if (text == NULL || ferror(in)) {
        (void)fprintf(stderr, "%s: cannot be read\n", path);
        exit(74);
    }
    (void)fclose(in);
    text[*n] = '\0';
    return text;
}

static const char *first_number(const struct geci_rules *r)
{
    for (size_t i = 0; i < geci_item_n(r); i++)
        if (geci_item_kind(r, i) == GECI_NUMBER)
            return geci_item_name(r, i);
    return "";
}

static void print_all(const struct geci_rules *r, struct geci_scores *s)
{
    const char *item = first_number(r);
    const char *const *shown;
    if (geci_column_shown(s, item, &shown) != GECI_OK)
        return;
    for (size_t i = 0; i < geci_subject_n(s); i++)
        printf("%s\t%s\t%s\n", geci_subject_id(s, i), item, shown[i]);
}

static int print_one(struct geci_scores *s, const char *id, const char *const *set, size_t set_n)
{
    const char *why = geci_explain(s, id, GECI_TEXT);
    if (why == NULL) {
        (void)fprintf(stderr, "no subject %s\n", id);
        return 66;
    }
    printf("\n%s", why);
    if (set_n == 0)
        return 0;
    struct geci_whatif *w;
    enum geci_status st = geci_whatif_open(&w, s, id, set, set_n, GECI_FROZEN);
    (void)fputs(geci_whatif_messages(w), stderr);
    printf("\n%s:\n", set[0]);
    for (size_t i = 0; i < geci_whatif_change_n(w); i++) {
        const char *item = geci_whatif_change(w, i);
        printf("  %s: %s -> %s\n", item, geci_shown(s, id, item), geci_whatif_shown(w, item));
    }
    geci_whatif_close(w);
    return st == GECI_OK ? 0 : 65;
}

int main(int argc, char **argv)
{
    if (argc < 4) {
        (void)fprintf(stderr, "usage: score RULES.md FACTS.csv YYYY-MM-DD [ID [FIELD=VALUE]]\n");
        return 64;
    }
    size_t rules_n = 0, facts_n = 0;
    char *rules = read_file(argv[1], &rules_n), *facts = read_file(argv[2], &facts_n);
    struct geci_rules *r;
    struct geci_scores *s = NULL;
    enum geci_status st = geci_rules_load(&r, argv[1], rules, rules_n, GECI_EN);
    (void)fputs(geci_rules_messages(r), stderr);
    int code = 65;
    if (st == GECI_OK) {
        st = geci_score_csv(&s, r, facts, facts_n, argv[3], 0);
        (void)fputs(geci_scores_messages(s), stderr);
    }
    if (st == GECI_OK) {
        print_all(r, s);
        const char *const *set = (const char *const *)argv + 5;
        code = argc > 4 ? print_one(s, argv[4], set, (size_t)(argc > 5 ? argc - 5 : 0)) : 0;
    }
    geci_scores_close(s);
    geci_rules_close(r);
    free(facts);
    free(rules);
    return code;
}
