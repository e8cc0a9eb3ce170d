#include "test/help/folder.h"

#include <dirent.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

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
    return remove_entry(AT_FDCWD, path);
}
