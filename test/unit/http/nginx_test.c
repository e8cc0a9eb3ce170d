/* nginx_test.c - the server behind nginx, with the configuration that is shipped.
 *
 * Two readers of the same bytes are in a row here: what one takes for one request, the other must
 * not take for two. nginx repairs some of what we refuse; then it must arrive whole, and once.
 */
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "test/help/folder.h"
#include "test/t.h"
#include "test/unit/http/probe.h"
#include "test/unit/http/wire.h"

static struct wire_server w;
static struct arena *a;
static char folder[FOLDER_N];
static int plain_port, tls_port;
static pid_t nginx;

static bool has(Str text, const char *part)
{
    return str_find(text, str_of(part)) < text.n;
}

/* ---- nginx ---- */

static int free_port(void)
{
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t n = sizeof at;
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    CHECK(bind(fd, (const struct sockaddr *)&at, n) == 0);
    CHECK(getsockname(fd, (struct sockaddr *)&at, &n) == 0);
    CHECK(close(fd) == 0);
    return ntohs(at.sin_port);
}

/* What a command of the shell prints, with its errors. */
static Str run(const char *command)
{
    int out[2];
    CHECK(pipe(out) == 0);
    pid_t shell = fork();
    if (shell == 0) {
        if (dup2(out[1], STDOUT_FILENO) < 0 || dup2(out[1], STDERR_FILENO) < 0)
            _exit(126);
        (void)execl("/bin/sh", "sh", "-c", command, (char *)NULL);
        _exit(127);
    }
    CHECK(close(out[1]) == 0);
    struct buf b;
    char text[4096];
    buf_init(&b, a, BUF_MAX);
    for (ssize_t n; (n = read(out[0], text, sizeof text)) > 0;)
        buf_add(&b, (Str){text, (size_t)n});
    CHECK(close(out[0]) == 0);
    CHECK(waitpid(shell, NULL, 0) == shell);
    return buf_str(&b);
}

static Str replace(Str text, const char *old, const char *by)
{
    struct buf b;
    buf_init(&b, a, BUF_MAX);
    size_t at = str_find(text, str_of(old));
    CHECK(at < text.n); /* the configuration has changed: so must this */
    buf_add(&b, str_sub(text, 0, at));
    buf_add(&b, str_of(by));
    buf_add(&b, str_sub(text, at + strlen(old), text.n));
    return buf_str(&b);
}

static void write_file(const char *name, Str text)
{
    FILE *out = fopen(arena_fmt(a, "%s/%s", folder, name).p, "w");
    CHECK(out != NULL);
    if (out == NULL)
        return;
    CHECK(fwrite(text.p, 1, text.n, out) == text.n);
    CHECK(fclose(out) == 0);
}

static void write_configuration(void)
{
    size_t n;
    char *text = t_read(t_source("packaging/nginx/geci.conf"), &n);
    Str conf = arena_copy(a, (Str){text, n});
    t_release(text);
    plain_port = free_port();
    tls_port = free_port();
    conf = replace(conf, "    listen 80 default_server;\n    listen [::]:80 default_server;\n",
                   arena_fmt(a, "    listen 127.0.0.1:%d;\n", free_port()).p);
    conf = replace(conf, "    listen 443 ssl http2;\n    listen [::]:443 ssl http2;\n",
                   arena_fmt(a, "    listen 127.0.0.1:%d ssl http2;\n    listen 127.0.0.1:%d;\n",
                             tls_port, plain_port)
                       .p);
    conf = replace(conf, "server 127.0.0.1:8080;", arena_fmt(a, "server 127.0.0.1:%d;", w.port).p);
    conf = replace(conf, "/etc/geci/tls/fullchain.pem", arena_fmt(a, "%s/cert.pem", folder).p);
    conf = replace(conf, "/etc/geci/tls/key.pem", arena_fmt(a, "%s/key.pem", folder).p);
    write_file("geci.conf", conf);
    write_file("nginx.conf",
               arena_fmt(a,
                         "daemon off;\nmaster_process off;\npid %s/pid;\nevents {}\nhttp {\n"
                         "access_log off;\nclient_body_temp_path %s/body;\nproxy_temp_path "
                         "%s/proxy;\nfastcgi_temp_path %s/f;\nuwsgi_temp_path %s/u;\n"
                         "scgi_temp_path %s/s;\ninclude %s/geci.conf;\n}\n",
                         folder, folder, folder, folder, folder, folder, folder));
}

static bool can_connect(int port)
{
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    bool up = connect(fd, (const struct sockaddr *)&to, sizeof to) == 0;
    CHECK(close(fd) == 0);
    return up;
}

static void start(void)
{
    const Str trusted = S("127.0.0.1");
    const char *program = "/usr/sbin/nginx";
    if (access(program, X_OK) != 0)
        SKIP("nginx-light is not installed");
    a = arena_open();
    wire_start(
        &w, &(struct http_options){.loops = 1, .log_fd = -1, .trusted = &trusted, .trusted_n = 1});
    folder_new(folder, "nginx");
    (void)run(arena_fmt(a,
                        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes "
                        "-subj /CN=localhost -days 2 -keyout %s/key.pem -out %s/cert.pem",
                        folder, folder)
                  .p);
    write_configuration();
    const char *conf = arena_fmt(a, "%s/nginx.conf", folder).p;
    const char *log = arena_fmt(a, "%s/error.log", folder).p;
    nginx = fork();
    if (nginx == 0) {
        (void)execl(program, program, "-c", conf, "-e", log, (char *)NULL);
        _exit(127);
    }
    for (int i = 0; i < 400 && !can_connect(plain_port); i++)
        wire_sleep(25);
}

static void stop_nginx(void)
{
    CHECK(kill(nginx, SIGTERM) == 0);
    CHECK(waitpid(nginx, NULL, 0) == nginx);
    CHECK(folder_remove(folder));
}

static void end(void)
{
    stop_nginx();
    wire_stop(&w);
    arena_close(a);
}

/* ---- what goes through ---- */

static bool is_one_of(const char *name, const char *const *list)
{
    while (*list != NULL && strcmp(*list, name) != 0)
        list++;
    return *list != NULL;
}

/* Refused by us, read in one way by nginx and passed on in good form: no harm. */
static const char *const repaired[] = {"a blank behind a chunk size",
                                       "a chunk extension",
                                       "a chunk size of many digits",
                                       "a chunk size ended by LF",
                                       "a chunk ended by LF",
                                       "a trailer",
                                       "bare LF",
                                       "bare LF in a field",
                                       "an empty line first",
                                       "no colon",
                                       "UTF-8 in a name",
                                       "an unknown Expect",
                                       "another host in the target",
                                       "no version",
                                       "HTTP/1.2",
                                       "HTTP/1.10",
                                       "two blanks",
                                       "a blank at the end",
                                       NULL};

/* Accepted by us, refused by nginx. */
static const char *const refused[] = {"blanks around a value", "OPTIONS *", NULL};

static bool is_as_it_should(const struct probe *p, int status)
{
    if (p->reason == NULL)
        return status == p->status || (status == 400 && is_one_of(p->name, refused));
    if (p->status == 413 && status == 0) /* nginx waits for the rest of the body */
        return true;
    return status >= 400 || is_one_of(p->name, repaired);
}

TEST(nginx_probes)
{
    start();
    Str next = S("GET /empty HTTP/1.1\r\nHost: a.cn\r\nConnection: close\r\n\r\n");
    for (size_t i = 0; i < probe_n; i++) {
        const struct probe *p = &probes[i];
        int before = atomic_load(&w.handled);
        int fd = wire_connect(plain_port);
        wire_send(fd, p->bytes);
        wire_send(fd, next);
        Str got = wire_read(a, fd, S(""), 2000);
        wire_close(fd);
        int answers = wire_answers(got);
        if (answers == 0 && got.n > 0) /* HTTP/0.9 has no status line */
            answers = 1;
        int handled = atomic_load(&w.handled) - before;
        if (handled > answers || answers > 2) /* a request nobody answered for was let in */
            t_fail(__FILE__, __LINE__, p->name);
        if (!is_as_it_should(p, wire_status(got)))
            t_fail(__FILE__, __LINE__, arena_fmt(a, "%s: %d", p->name, wire_status(got)).p);
    }
    end();
}

TEST(nginx_speaks_http2)
{
    start();
    Str got = run(arena_fmt(a,
                            "curl -sSk --http2 -i -w '\\nv%%{http_version}' "
                            "'https://127.0.0.1:%d/who?a=b'",
                            tls_port)
                      .p);
    CHECK(has(got, "\nv2"));
    CHECK(has(got, "path=/who peer=127.0.0.1 secure=1 id="));
    CHECK(has(got, "strict-transport-security: max-age="));
    CHECK(has(got, "content-security-policy: default-src 'none'"));
    size_t at = str_find(got, S("x-request-id: "));
    CHECK(at + 46 < got.n && has(got, arena_fmt(a, " id=%.32s ", got.p + at + 14).p));
    got = run(arena_fmt(a, "curl -sSk --http2 -d abc https://127.0.0.1:%d/echo", tls_port).p);
    CHECK_STR(got, "abc");
    got = run(arena_fmt(a, "curl -sSk -i https://127.0.0.1:%d/metrics", tls_port).p);
    CHECK(has(got, " 404 ") && has(got, "server: nginx")); /* not geci's: it was not asked */
    /* The client does not choose who it is. */
    got = run(arena_fmt(a,
                        "curl -sSk --http2 -H 'X-Forwarded-For: 1.2.3.4' -H 'X-Request-Id: mine' "
                        "https://127.0.0.1:%d/who",
                        tls_port)
                  .p);
    CHECK(has(got, "peer=127.0.0.1 ") && !has(got, "id=mine"));
    end();
}

TEST(nginx_lets_events_through)
{
    start();
    int fd = wire_connect(plain_port);
    wire_send(fd, S("GET /tell HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"));
    Str got = wire_read(a, fd, S("data: 1\n\n\r\n"), 2000);
    CHECK(has(got, "data: 1\n\n")); /* before the stream has ended */
    wire_release(&w);
    CHECK(str_ends(wire_read(a, fd, S(""), 2000), S("0\r\n\r\n")));
    wire_close(fd);
    end();
}

TEST(nginx_limits)
{
    start();
    int fd = wire_connect(plain_port);
    wire_send(fd, S("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 70000000\r\n\r\n"));
    Str got = wire_read(a, fd, S("}"), 2000);
    CHECK_INT(wire_status(got), 413);
    CHECK(has(got, "application/problem+json") && has(got, "\"code\":\"body-large\""));
    wire_close(fd);
    fd = wire_connect(plain_port);
    struct buf b;
    buf_init(&b, a, BUF_MAX);
    for (int i = 0; i < 400; i++)
        buf_add(&b, S("GET /empty HTTP/1.1\r\nHost: a\r\n\r\n"));
    wire_send(fd, buf_str(&b));
    got = wire_read(a, fd, S(""), 2000);
    CHECK(has(got, "HTTP/1.1 429 ") && has(got, "\"code\":\"too-many\""));
    CHECK(has(got, "Retry-After: 1\r\n"));
    wire_close(fd);
    wire_stop(&w);
    wire_sleep(1100); /* the rate allows it again */
    fd = wire_connect(plain_port);
    wire_send(fd, S("GET /hello HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"));
    got = wire_read(a, fd, S(""), 2000);
    CHECK_INT(wire_status(got), 503);
    CHECK(has(got, "\"code\":\"away\"") && has(got, "Retry-After: 5\r\n"));
    wire_close(fd);
    stop_nginx();
    arena_close(a);
}
