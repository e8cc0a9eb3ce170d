/* view_test.c - a file seen without a copy, and nobody changes it meanwhile. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/str.h"
#include "os/view.h"
#include "test/help/folder.h"
#include "test/t.h"

static char folder[FOLDER_N], path[FOLDER_PATH_N];

/* A file of n letters. */
static void make(size_t n)
{
    folder_new(folder, "view");
    (void)snprintf(path, sizeof path, "%s/f", folder); /* fits */
    FILE *f = fopen(path, "w");
    for (size_t i = 0; i < n; i++)
        (void)putc('a' + (int)(i % 23), f);
    CHECK_INT(fclose(f), 0);
}

static bool may_write(void)
{
    int fd = open(path, O_WRONLY | O_NONBLOCK);
    if (fd < 0)
        CHECK_INT(errno, EWOULDBLOCK);
    else
        (void)close(fd);
    return fd >= 0;
}

static void check(size_t n, bool mapped)
{
    struct arena *a = arena_open();
    struct file_view *v;
    Str text;
    int err = 0;
    make(n);
    CHECK_INT(view_open(a, &v, &text, str_of(path), n, &err), OK);
    CHECK_INT(text.n, n);
    bool same = true;
    for (size_t i = 0; i < text.n; i++)
        same &= text.p[i] == 'a' + (int)(i % 23);
    CHECK(same);
    CHECK((v != NULL) == mapped);
    CHECK(may_write() == !mapped);
    view_close(v);
    CHECK(may_write());
    CHECK(folder_remove(folder));
    arena_close(a);
}

TEST(large_files_are_mapped_and_held_still)
{
    check((2 << 20) + 100, true);
}

TEST(where_the_last_page_is_full_the_file_is_read)
{
    check(2 << 20, false);
    check((2 << 20) - 63, false);
}

TEST(small_files_are_read)
{
    check(1000, false);
    check(0, false);
}

TEST(a_file_that_somebody_writes_is_read)
{
    struct arena *a = arena_open();
    struct file_view *v;
    Str text;
    int err = 0;
    make((2 << 20) + 100);
    int fd = open(path, O_WRONLY);
    CHECK_INT(view_open(a, &v, &text, str_of(path), 4 << 20, &err), OK);
    CHECK(v == NULL && text.n == (2 << 20) + 100);
    (void)close(fd);
    CHECK(folder_remove(folder));
    arena_close(a);
}

TEST(what_cannot_be_read_is_told)
{
    struct arena *a = arena_open();
    struct file_view *v;
    Str text;
    int err = 0;
    CHECK_INT(view_open(a, &v, &text, S("/nonexistent/x"), 100, &err), ERR_GONE);
    CHECK_INT(err, ENOENT);
    make((2 << 20) + 100);
    CHECK_INT(view_open(a, &v, &text, str_of(path), 1000, &err), ERR_LIMIT);
    CHECK(folder_remove(folder));
    arena_close(a);
}
