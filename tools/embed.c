/* embed - files as C arrays, for a program that carries its own data.
 * Usage: embed NAME=PATH... > embed_table.h
 *
 *     static const unsigned char embed_0[] = {...};
 *     static const struct { const char *name; const unsigned char *at; size_t n; } embed_files[] =
 */
#include <stdio.h>
#include <string.h>

enum { PER_LINE = 24 };

static int write_bytes(const char *path, int number)
{
    FILE *in = fopen(path, "rb");
    if (in == NULL) {
        (void)fprintf(stderr, "embed: cannot read %s\n", path);
        return -1;
    }
    int n = 0;
    printf("static const unsigned char embed_%d[] = {", number);
    for (int c; (c = getc(in)) != EOF; n++)
        printf("%s%d,", n % PER_LINE == 0 ? "\n    " : "", c);
    printf("\n    0};\n");
    (void)fclose(in);
    return n;
}

int main(int argc, char **argv)
{
    enum { FILES_MAX = 64 };
    static int size[FILES_MAX];
    for (int i = 1; i < argc && i < FILES_MAX; i++) {
        const char *path = strchr(argv[i], '=');
        size[i] = path == NULL ? -1 : write_bytes(path + 1, i);
        if (size[i] < 0)
            return 1;
    }
    printf("static const struct {\n    const char *name;\n    const unsigned char *at;\n"
           "    size_t n;\n} embed_files[] = {\n");
    for (int i = 1; i < argc && i < FILES_MAX; i++)
        printf("    {\"%.*s\", embed_%d, %d},\n", (int)strcspn(argv[i], "="), argv[i], i, size[i]);
    printf("};\n");
    return argc > 1 && argc <= FILES_MAX ? 0 : 64;
}
