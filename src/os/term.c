#include "os/term.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/str.h"

enum { COLUMNS_DEFAULT = 100, COLUMNS_MIN = 40, COLUMNS_MAX = 400 };

Str term_env(const char *name)
{
    const char *value = getenv(name);
    return value == NULL ? (Str){"", 0} : str_of(value);
}

/* What is typed until the line ends or the room is full. */
static Str read_line(struct arena *keep, int fd)
{
    enum { ROOM = 1024 };
    char *p = ARENA_ARRAY(keep, char, ROOM);
    size_t n = 0;
    while (n < ROOM && read(fd, p + n, 1) == 1 && p[n] != '\n')
        n++;
    return (Str){p, n};
}

bool term_password(struct arena *keep, Str *out, Str prompt)
{
    struct termios was, quiet;
    int fd = open("/dev/tty", O_RDWR | O_CLOEXEC);
    if (fd < 0)
        return false;
    bool good = tcgetattr(fd, &was) == 0;
    quiet = was;
    quiet.c_lflag &= ~(tcflag_t)ECHO;
    good = good && tcsetattr(fd, TCSAFLUSH, &quiet) == 0 &&
           write(fd, prompt.p, prompt.n) == (ssize_t)prompt.n;
    if (good) {
        *out = read_line(keep, fd);
        good = tcsetattr(fd, TCSAFLUSH, &was) == 0 && write(fd, "\n", 1) == 1;
    }
    (void)close(fd); /* nothing is buffered */
    return good;
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
