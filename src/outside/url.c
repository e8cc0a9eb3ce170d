/* url.c - addresses read strictly, and which of them may be asked. What could be read in two ways
 * is refused: a parser here and another in the library that asks must never differ. */
#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "outside/outside.h"

enum { URL_MAX = 2048, HOST_MAX = 253, PORT_MAX = 65535 };

static bool is_host_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
}

static bool is_hex6(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || c == ':';
}

static bool all(Str s, bool (*is)(char c))
{
    for (size_t i = 0; i < s.n; i++)
        if (!is(s.p[i]))
            return false;
    return s.n > 0;
}

/* Digits and dots alone are an address, in four parts without leading zeros: 127.1 and 0x7f.1 and
 * 2130706433 are other ways to write one, and are none of ours. */
static bool looks_numeric(Str host)
{
    size_t at = host.n;
    while (at > 0 && host.p[at - 1] != '.')
        at--;
    return at < host.n && host.p[at] >= '0' && host.p[at] <= '9';
}

static bool is_quad(Str host)
{
    int parts = 0;
    for (Str rest = host; rest.n > 0 || parts == 0;) {
        Str part = str_cut(&rest, '.');
        int v = 0;
        if (part.n == 0 || part.n > 3 || (part.n > 1 && part.p[0] == '0'))
            return false;
        for (size_t i = 0; i < part.n; i++) {
            if (part.p[i] < '0' || part.p[i] > '9')
                return false;
            v = v * 10 + (part.p[i] - '0');
        }
        if (v > 255)
            return false;
        parts++;
    }
    return parts == 4 && host.p[host.n - 1] != '.';
}

static bool is_name(Str host)
{
    if (!all(host, is_host_letter) || host.n > HOST_MAX)
        return false;
    if (looks_numeric(host))
        return is_quad(host);
    for (Str rest = host; rest.n > 0;) {
        Str label = str_cut(&rest, '.');
        if (label.n == 0 || label.n > 63 || label.p[0] == '-' || label.p[label.n - 1] == '-')
            return false;
    }
    return host.p[host.n - 1] != '.';
}

static bool read_port(int *out, Str text)
{
    int v = 0;
    if (text.n == 0 || text.n > 5 || text.p[0] == '0')
        return false;
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] < '0' || text.p[i] > '9')
            return false;
        v = v * 10 + (text.p[i] - '0');
    }
    *out = v;
    return v <= PORT_MAX;
}

static Str lower(struct arena *keep, Str s)
{
    char *p = arena_raw(keep, s.n + 1, 1);
    for (size_t i = 0; i < s.n; i++)
        p[i] = (char)(s.p[i] >= 'A' && s.p[i] <= 'Z' ? s.p[i] + ('a' - 'A') : s.p[i]);
    p[s.n] = '\0';
    return (Str){p, s.n};
}

static bool read_place(struct outside_url *out, Str place)
{
    out->literal6 = place.n > 0 && place.p[0] == '[';
    if (out->literal6) {
        size_t end = str_find(place, S("]"));
        if (end >= place.n)
            return false;
        out->host = str_sub(place, 1, end);
        place = str_sub(place, end + 1, place.n);
        if (!all(out->host, is_hex6) || out->host.n > 45)
            return false;
        if (place.n > 0 && place.p[0] != ':')
            return false;
        return place.n == 0 || read_port(&out->port, str_sub(place, 1, place.n));
    }
    bool ported = str_find(place, S(":")) < place.n;
    out->host = str_cut(&place, ':');
    return is_name(out->host) && (!ported || read_port(&out->port, place));
}

bool outside_url(struct arena *keep, struct outside_url *out, Str url)
{
    *out = (struct outside_url){0};
    for (size_t i = 0; i < url.n; i++)
        if (url.p[i] <= ' ' || url.p[i] >= 0x7F || strchr("\\\"<>^`{|}#", url.p[i]) != NULL)
            return false;
    out->tls = str_starts(url, S("https://"));
    if (url.n > URL_MAX || (!out->tls && !str_starts(url, S("http://"))))
        return false;
    out->port = out->tls ? 443 : 80;
    Str rest = str_sub(url, out->tls ? 8 : 7, url.n);
    size_t end = 0;
    while (end < rest.n && rest.p[end] != '/' && rest.p[end] != '?')
        end++;
    return end < rest.n && rest.p[end] == '/' &&
           read_place(out, lower(keep, str_sub(rest, 0, end)));
}

static bool listed(const struct outside_rules *r, Str entry)
{
    for (size_t i = 0; i < r->allow_n; i++)
        if (str_eq(r->allow[i], entry))
            return true;
    return false;
}

bool outside_allows(struct arena *tmp, const struct outside_rules *r, const struct outside_url *u)
{
    return listed(r,
                  arena_fmt(tmp, u->literal6 ? "[%.*s]:%d" : "%.*s:%d", STR_ARG(u->host), u->port));
}

/* --- addresses --- */

static bool within(const uint8_t *byte, uint32_t net, int bits)
{
    uint32_t v =
        (uint32_t)byte[0] << 24 | (uint32_t)byte[1] << 16 | (uint32_t)byte[2] << 8 | byte[3];
    return (v ^ net) >> (32 - bits) == 0;
}

bool outside_is_public(const uint8_t *byte, size_t n)
{
    static const struct {
        uint32_t net;
        int bits;
    } NOT4[] =
        {
            {0x00000000, 8},  {0x0A000000, 8},  {0x64400000, 10}, {0x7F000000, 8},
            {0xA9FE0000, 16}, {0xAC100000, 12}, {0xC0000000, 24}, {0xC0000200, 24},
            {0xC0586300, 24}, {0xC0A80000, 16}, {0xC6120000, 15}, {0xC6336400, 24},
            {0xCB007100, 24}, {0xE0000000, 4},  {0xF0000000, 4},
        },
      NOT6[] = {{0x20010000, 23}, {0x20010DB8, 32}, {0x20020000, 16}, {0x3FFF0000, 20}};
    if (n == 4) {
        for (size_t i = 0; i < ARRAY_N(NOT4); i++)
            if (within(byte, NOT4[i].net, NOT4[i].bits))
                return false;
        return true;
    }
    if (n != 16 || !within(byte, 0x20000000, 3)) /* only 2000::/3 is given out to anybody */
        return false;
    for (size_t i = 0; i < ARRAY_N(NOT6); i++)
        if (within(byte, NOT6[i].net, NOT6[i].bits))
            return false;
    return true;
}
