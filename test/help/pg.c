#include "test/help/pg.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "test/help/folder.h"

static char g_folder[FOLDER_N];
static pid_t g_owner; /* children of a test must not stop their parent's cluster */

static int script(const char *verb, const char *more)
{
    char line[2 * FOLDER_PATH_N];
    int n = snprintf(line, sizeof line, "sh %s/test/help/pg.sh %s %s %s >&2", GECI_SOURCE_ROOT,
                     verb, g_folder, more);
    return n < 0 || (size_t)n >= sizeof line ? -1 : system(line);
}

static void stop(void)
{
    if (getpid() != g_owner)
        return;
    (void)script("stop", ""); /* at the end: nobody left to tell */
    (void)folder_remove(g_folder);
}

static int start(void)
{
    static bool is_none; /* asked once: there are tests by the dozen */
    if (g_folder[0] != '\0' || is_none)
        return is_none ? -1 : 0;
    folder_new(g_folder, "pg");
    if (script("start", "") != 0) {
        (void)folder_remove(g_folder); /* or else at the end */
        g_folder[0] = '\0';
        is_none = true;
        return -1;
    }
    g_owner = getpid();
    return atexit(stop);
}

const char *pg_database(void)
{
    static char url[FOLDER_PATH_N];
    static int number;
    char name[32];
    if (start() != 0)
        return NULL;
    (void)snprintf(name, sizeof name, "t%d", ++number); /* fits */
    if (script("database", name) != 0)
        return NULL;
    (void)snprintf(url, sizeof url, "postgres://geci@/%s?host=%s", name, g_folder); /* fits */
    return url;
}

const char *pg_served(const char *url)
{
    static char served[256];
    const char *at = strstr(url, "geci@");
    (void)snprintf(served, sizeof served, "%.*sgeci_server@%s", (int)(at - url), url, /* fits */
                   at + strlen("geci@"));
    return served;
}

bool pg_crash(void)
{
    return script("crash", "") == 0;
}
