/* outside_test.c - addresses that may be asked and those that may not, and what a child brings back
 * from a peer on loopback, in clear and by TLS. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/str.h"
#include "outside/outside.h"
#include "test/help/folder.h"
#include "test/t.h"

/* --- addresses --- */

/* Ways to write what leads inside, or to be read differently by two parsers. */
static const char *const BAD[] = {
    "",
    "http",
    "http://",
    "http:///x",
    "ftp://a.example/",
    "file:///etc/passwd",
    "gopher://a.example/",
    "//a.example/",
    "http:a.example/",
    "http://a.example",
    "http://a.example?x",
    "http://user@a.example/",
    "http://user:pw@a.example/",
    "http://a.example:80@127.0.0.1/",
    "http://a.example#@127.0.0.1/",
    "http://a.example\\@127.0.0.1/",
    "http://a.example /",
    "http://a.example\t/",
    "http://a.example\r\nHost: x/",
    "http://2130706433/",
    "http://0x7f000001/",
    "http://0177.0.0.1/",
    "http://127.1/",
    "http://127.0.1/",
    "http://1.2.3.4.5/",
    "http://1.2.3.256/",
    "http://01.2.3.4/",
    "http://1.2.3.4./",
    "http://a.example./",
    "http://.example/",
    "http://a..example/",
    "http://-a.example/",
    "http://a-.example/",
    "http://a_b.example/",
    "http://a%2eexample/",
    "http://a.example:/",
    "http://a.example:0/",
    "http://a.example:080/",
    "http://a.example:65536/",
    "http://a.example:+80/",
    "http://a.example:80:80/",
    "http://[::1/",
    "http://[::1]x/",
    "http://[::1%25eth0]/",
    "http://[::1]:/",
    "http://[]/",
    "http://[g::1]/",
    "http://例子.example/",
    "http://ａ.example/",
    "http://①②⑦.⓪.⓪.①/",
    "http://a.example/<x>",
    "http://a.example/{x}",
    "http://a.example/x|y",
    "http://a.example/x^y",
    "http://a.example/x`y",
    "http://a.example/\"x\"",
};

TEST(addresses_are_read_strictly)
{
    struct arena *a = arena_open();
    struct outside_url u;
    for (size_t i = 0; i < ARRAY_N(BAD); i++) {
        if (outside_url(a, &u, str_of(BAD[i])))
            (void)fprintf(stderr, "taken: %s\n", BAD[i]);
        CHECK(!outside_url(a, &u, str_of(BAD[i])));
    }
    CHECK(outside_url(a, &u, S("HTTPS://A.Example:8443/x?y=%20z&k=1")) == false);
    CHECK(outside_url(a, &u, S("https://A.Example:8443/x?y=%20z&k=1")));
    CHECK(u.tls && u.port == 8443);
    CHECK_STR(u.host, "a.example");
    CHECK(outside_url(a, &u, S("http://[2001:DB8::1]/")));
    CHECK(u.literal6 && u.port == 80);
    CHECK_STR(u.host, "2001:db8::1");
    arena_close(a);
}

static bool is_public(const char *text)
{
    uint8_t byte[16];
    if (inet_pton(AF_INET, text, byte) == 1)
        return outside_is_public(byte, 4);
    CHECK_INT(inet_pton(AF_INET6, text, byte), 1);
    return outside_is_public(byte, 16);
}

TEST(networks_of_nobody_are_known)
{
    static const char *const INSIDE[] = {
        "0.0.0.0",
        "10.1.2.3",
        "100.64.0.1",
        "127.0.0.1",
        "127.255.255.255",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.8",
        "192.0.2.1",
        "192.88.99.1",
        "192.168.1.1",
        "198.18.0.1",
        "198.51.100.1",
        "203.0.113.9",
        "224.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:127.0.0.1",
        "::ffff:8.8.8.8",
        "64:ff9b::7f00:1",
        "fc00::1",
        "fd12::1",
        "fe80::1",
        "ff02::1",
        "2001::1",
        "2001:db8::1",
        "2002:7f00:1::",
        "3fff::1",
    };
    for (size_t i = 0; i < ARRAY_N(INSIDE); i++) {
        if (is_public(INSIDE[i]))
            (void)fprintf(stderr, "public: %s\n", INSIDE[i]);
        CHECK(!is_public(INSIDE[i]));
    }
    CHECK(is_public("8.8.8.8") && is_public("172.32.0.1") && is_public("100.128.0.1"));
    CHECK(is_public("240e::1") && is_public("2400:3200::1"));
}

/* --- a peer on loopback --- */

struct peer {
    int fd, port;
    pid_t pid;
};

/* Answers every connection with `says`, in a process of its own. */
static struct peer peer_open(const char *says)
{
    struct peer p;
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t n = sizeof at;
    p.fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    CHECK(bind(p.fd, (struct sockaddr *)(void *)&at, sizeof at) == 0 && listen(p.fd, 8) == 0);
    CHECK_INT(getsockname(p.fd, (struct sockaddr *)(void *)&at, &n), 0);
    p.port = ntohs(at.sin_port);
    p.pid = fork();
    while (p.pid == 0) {
        char heard[4096];
        int c = accept(p.fd, NULL, NULL);
        (void)!read(c, heard, sizeof heard);
        (void)!write(c, says, strlen(says));
        (void)close(c);
    }
    return p;
}

static void peer_close(struct peer *p)
{
    (void)close(p->fd);
    (void)kill(p->pid, SIGKILL);
    (void)waitpid(p->pid, NULL, 0);
}

static struct outside_answer ask(struct arena *a, Str url, const Str *allow, size_t n, Str pem)
{
    static bool ready;
    struct outside_rules rules = {allow, n, pem};
    Str header = S("X-Test: 张");
    struct outside_ask q = {.url = url,
                            .post = pem.n == 0, /* openssl s_server answers GET */
                            .body = S("{\"x\":1}"),
                            .header = &header,
                            .header_n = 1,
                            .wait_s = 3,
                            .answer_bytes = 1000};
    struct outside_answer out;
    if (!ready)
        outside_init();
    ready = true;
    outside_ask(a, &out, &q, &rules);
    return out;
}

TEST(asks_whom_it_may)
{
    struct arena *a = arena_open();
    struct peer p = peer_open("HTTP/1.1 201 Created\r\nContent-Length: 3\r\n\r\nyes");
    Str url = arena_fmt(a, "http://127.0.0.1:%d/hook", p.port);
    Str named = arena_fmt(a, "http://localhost:%d/hook", p.port);
    Str allow[] = {arena_fmt(a, "127.0.0.1:%d", p.port), arena_fmt(a, "localhost:%d", p.port)};
    struct outside_answer got = ask(a, url, allow, 1, S(""));
    CHECK_INT(got.end, OUTSIDE_ANSWERED);
    CHECK_INT(got.status, 201);
    CHECK_STR(got.body, "yes");
    CHECK_INT(ask(a, url, allow, 0, S("")).end, OUTSIDE_NAMED);
    CHECK_INT(ask(a, named, allow, 1, S("")).end, OUTSIDE_NAMED);
    CHECK_INT(ask(a, named, allow + 1, 1, S("")).end, OUTSIDE_PRIVATE);
    CHECK_INT(ask(a, S("http://127.0.0.1:1/"), &(Str){"127.0.0.1:1", 11}, 1, S("")).end,
              OUTSIDE_CLOSED);
    CHECK_INT(ask(a, S("http://nowhere.invalid/"), &(Str){"nowhere.invalid:80", 18}, 1, S("")).end,
              OUTSIDE_LOST);
    peer_close(&p);
    arena_close(a);
}

static enum outside_end told(struct arena *a, const char *says)
{
    struct peer p = peer_open(says);
    Str allow = arena_fmt(a, "127.0.0.1:%d", p.port);
    struct outside_answer got =
        ask(a, arena_fmt(a, "http://127.0.0.1:%d/", p.port), &allow, 1, S(""));
    peer_close(&p);
    return got.end == OUTSIDE_ANSWERED && got.status == 302 ? OUTSIDE_END_N : got.end;
}

TEST(believes_little)
{
    struct arena *a = arena_open();
    Str longer = arena_fmt(a, "HTTP/1.1 200 OK\r\n\r\n%01500d", 0);
    CHECK_INT(told(a, longer.p), OUTSIDE_LONG);
    CHECK_INT(told(a, "SSH-2.0-x\r\n"), OUTSIDE_BROKEN);
    CHECK_INT(told(a, "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nyes"), OUTSIDE_BROKEN);
    /* a redirect is an answer, and followed nowhere */
    CHECK_INT(told(a, "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\n"
                      "Content-Length: 0\r\n\r\n"),
              OUTSIDE_END_N);
    arena_close(a);
}

/* --- TLS --- */

static Str file_text(struct arena *a, const char *path)
{
    size_t n;
    char *text = t_read(path, &n);
    Str copy = arena_copy(a, (Str){text, n});
    t_release(text);
    return copy;
}

TEST(checks_certificates)
{
    struct arena *a = arena_open();
    char dir[FOLDER_N];
    folder_new(dir, "outside");
    int port = 20000 + (int)(getpid() % 20000);
    Str make = arena_fmt(a,
                         "cd %s && openssl req -x509 -newkey rsa:2048 -nodes -keyout k -out c "
                         "-days 2 -subj /CN=x -addext subjectAltName=IP:127.0.0.1 2>/dev/null",
                         dir);
    if (system(make.p) != 0) /* NOLINT(cert-env33-c): a test of our own words */
        SKIP("no openssl");
    pid_t pid = fork();
    if (pid == 0) {
        if (chdir(dir) != 0 || freopen("/dev/null", "w", stdout) == NULL)
            _exit(1);
        (void)execlp("openssl", "openssl", "s_server", "-accept",
                     arena_fmt(a, "127.0.0.1:%d", port).p, "-cert", "c", "-key", "k", "-www",
                     "-quiet", (char *)NULL);
        _exit(1);
    }
    Str allow = arena_fmt(a, "127.0.0.1:%d", port), pem = file_text(a, arena_fmt(a, "%s/c", dir).p);
    Str url = arena_fmt(a, "https://127.0.0.1:%d/", port);
    struct outside_answer got = {.end = OUTSIDE_CLOSED};
    for (int i = 0; i < 100 && got.end == OUTSIDE_CLOSED; i++) {
        (void)usleep(50000);
        got = ask(a, url, &allow, 1, pem);
    }
    CHECK(got.end == OUTSIDE_LONG || got.end == OUTSIDE_ANSWERED); /* it talks a lot */
    CHECK_INT(ask(a, url, &allow, 1, S("")).end, OUTSIDE_TRUST);
    (void)kill(pid, SIGKILL);
    (void)waitpid(pid, NULL, 0);
    CHECK(folder_remove(dir));
    arena_close(a);
}
