/* serve_world - serves the small county of world.h on loopback until its input ends, for checks
 * that are written in other languages. Says first, on one line of JSON, where and as whom:
 *
 *     {"port":40123,"as":{"officer":{"cookie":"..","csrf":"..","sure_cookie":"..",..},..}}
 *
 * Usage: serve_world sqlite:PATH|postgres://... */
#include <stdio.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/json.h"
#include "base/str.h"
#include "test/trust/world.h"

static void say_account(struct json *j, const struct world_account *a)
{
    json_key(j, str_of(role_name(a->role)->word));
    json_obj(j);
    json_kstr(j, "cookie", a->cookie);
    json_kstr(j, "csrf", a->csrf);
    json_kstr(j, "sure_cookie", a->sure_cookie);
    json_kstr(j, "sure_csrf", a->sure_csrf);
    json_obj_end(j);
}

static void say(const struct world *w)
{
    struct buf b;
    struct json j;
    buf_init(&b, w->k.a, 1 << 16);
    json_open(&j, &b, false);
    json_obj(&j);
    json_kint(&j, "port", w->port);
    json_key(&j, S("as"));
    json_obj(&j);
    for (int role = ROLE_PUBLIC + 1; role < ROLE_N; role++)
        say_account(&j, &w->at[role]);
    json_obj_end(&j);
    json_obj_end(&j);
    printf("%.*s\n", STR_ARG(buf_str(&b)));
    (void)fflush(stdout);
}

int main(int argc, char **argv)
{
    struct world w;
    char c;
    if (argc != 2) {
        (void)fprintf(stderr, "usage: serve_world sqlite:PATH|postgres://...\n");
        return 64;
    }
    if (!world_fill(&w, str_of(argv[1])))
        return 1;
    world_outside(&w);
    if (!world_serve(&w))
        return 1;
    say(&w);
    while (read(0, &c, 1) == 1) /* until whoever asked has gone, however they went */
        ;
    world_close(&w);
    return 0;
}
