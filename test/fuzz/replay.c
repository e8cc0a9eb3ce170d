/* replay.c - runs every committed seed of one fuzz target, without libFuzzer, in every build.
 * A crash found by `make fuzz` becomes a seed, and from then on a test. Usage: replay SEEDS-FOLDER
 */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

enum { SEED_CAP = 1 << 20 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Copies the seed into memory of its exact size, so that ASan sees a read past its end. */
static void replay(const char *path)
{
    static uint8_t whole[SEED_CAP];
    FILE *in = fopen(path, "rb");
    if (in == NULL)
        return;
    size_t n = fread(whole, 1, sizeof whole, in);
    (void)fclose(in);
    uint8_t *exact = malloc(n > 0 ? n : 1);
    if (exact == NULL)
        abort();
    for (size_t i = 0; i < n; i++)
        exact[i] = whole[i];
    (void)LLVMFuzzerTestOneInput(exact, n);
    free(exact);
}

int main(int argc, char **argv)
{
    uint8_t nothing = 0;
    (void)LLVMFuzzerTestOneInput(&nothing, 0);
    DIR *seeds = argc > 1 ? opendir(argv[1]) : NULL;
    if (seeds == NULL) {
        printf("no seeds: %s\n0 passed, 1 failed, 0 skipped\n", argc > 1 ? argv[1] : "");
        return EXIT_FAILURE;
    }
    for (const struct dirent *seed; (seed = readdir(seeds)) != NULL;) {
        char path[4096];
        (void)snprintf(path, sizeof path, "%s/%s", argv[1], seed->d_name);
        if (seed->d_name[0] != '.')
            replay(path);
    }
    (void)closedir(seeds);
    printf("1 passed, 0 failed, 0 skipped\n");
    return EXIT_SUCCESS;
}
