#include "os/term.h"

#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/str.h"

enum { COLUMNS_DEFAULT = 100, COLUMNS_MIN = 40, COLUMNS_MAX = 400 };

Str term_env(const char *name)
{
    const char *value = getenv(name);
    return value == NULL ? (Str){"", 0} : str_of(value);
}

bool term_is_tty(enum term_stream s)
{
    return isatty((int)s) == 1;
}

bool term_colour(enum term_stream s)
{
    return term_is_tty(s) && term_env("NO_COLOR").n == 0 && !str_eq(term_env("TERM"), S("dumb"));
}

/* A small whole number, or 0. */
static int small_number(Str s)
{
    int n = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9' || n > COLUMNS_MAX)
            return 0;
        n = n * 10 + (s.p[i] - '0');
    }
    return n;
}

int term_columns(void)
{
    struct winsize size = {0};
    int n = small_number(term_env("COLUMNS"));
    if (n == 0 && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0)
        n = size.ws_col;
    if (n == 0)
        return COLUMNS_DEFAULT;
    return n < COLUMNS_MIN ? COLUMNS_MIN : n > COLUMNS_MAX ? COLUMNS_MAX : n;
}
