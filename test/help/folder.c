#include "test/help/folder.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { LEFT_CAP = 16 };

/* Folders that are there still; a free place has no owner. */
static struct left {
    char path[FOLDER_N];
    pid_t owner;
} g_left[LEFT_CAP];

static bool empty(int fd);

static bool remove_entry(int fd, const char *name)
{
    if (unlinkat(fd, name, 0) == 0)
        return true;
    int inner = openat(fd, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    return inner >= 0 && empty(inner) && unlinkat(fd, name, AT_REMOVEDIR) == 0;
}

/* Closes it. */
static bool empty(int fd)
{
    DIR *d = fdopendir(fd);
    const struct dirent *e;
    bool ok = d != NULL;
    while (ok && (e = readdir(d)) != NULL)
        ok = strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0 ||
             remove_entry(fd, e->d_name);
    return d != NULL && closedir(d) == 0 && ok;
}

bool folder_remove(const char *path)
{
    for (size_t i = 0; i < LEFT_CAP; i++)
        if (strcmp(g_left[i].path, path) == 0)
            g_left[i].owner = 0;
    return remove_entry(AT_FDCWD, path);
}

static void remove_left(void)
{
    for (size_t i = 0; i < LEFT_CAP; i++)
        if (g_left[i].owner == getpid() && !remove_entry(AT_FDCWD, g_left[i].path))
            perror(g_left[i].path);
}

static void note(const char *path)
{
    static bool told;
    size_t i = 0;
    while (i < LEFT_CAP && g_left[i].owner != 0)
        i++;
    if (i == LEFT_CAP || (!told && atexit(remove_left) != 0)) {
        (void)fprintf(stderr, "too many folders: %s\n", path);
        abort();
    }
    told = true;
    strcpy(g_left[i].path, path);
    g_left[i].owner = getpid();
}

void folder_new(char out[FOLDER_N], const char *name)
{
    const char *below = getenv("TMPDIR");
    if (below == NULL || *below == '\0')
        below = "/tmp";
    int n = snprintf(out, FOLDER_N, "%s/geci-%s-XXXXXX", below, name);
    if (n < 0 || n >= FOLDER_N || mkdtemp(out) == NULL) {
        perror(out);
        abort();
    }
    note(out);
}
