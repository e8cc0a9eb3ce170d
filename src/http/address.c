#include "http/address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>

#include "base/arena.h"
#include "base/str.h"

static const uint8_t mapped[12] = {[10] = 0xFF, [11] = 0xFF};

static bool is_mapped(Address a)
{
    return memcmp(a.byte, mapped, sizeof mapped) == 0;
}

static Address of_v4(const void *four)
{
    Address a;
    memcpy(a.byte, mapped, sizeof mapped);
    memcpy(a.byte + sizeof mapped, four, 4);
    return a;
}

Address address_of(const struct sockaddr *sa)
{
    Address a = {{0}};
    if (sa->sa_family == AF_INET)
        a = of_v4((const char *)sa + offsetof(struct sockaddr_in, sin_addr));
    else if (sa->sa_family == AF_INET6)
        memcpy(a.byte, (const char *)sa + offsetof(struct sockaddr_in6, sin6_addr), sizeof a.byte);
    return a;
}

bool address_parse(Address *out, Str text)
{
    char z[ADDRESS_TEXT_MAX + 1];
    if (text.n > 2 && text.p[0] == '[' && text.p[text.n - 1] == ']')
        text = str_sub(text, 1, text.n - 1);
    if (text.n == 0 || text.n > ADDRESS_TEXT_MAX || memchr(text.p, '\0', text.n) != NULL)
        return false;
    memcpy(z, text.p, text.n);
    z[text.n] = '\0';
    uint8_t four[4];
    if (inet_pton(AF_INET, z, four) == 1) {
        *out = of_v4(four);
        return true;
    }
    return inet_pton(AF_INET6, z, out->byte) == 1;
}

Str address_text(struct arena *keep, Address a)
{
    char z[INET6_ADDRSTRLEN];
    const char *text = is_mapped(a) ? inet_ntop(AF_INET, a.byte + sizeof mapped, z, sizeof z)
                                    : inet_ntop(AF_INET6, a.byte, z, sizeof z);
    ASSERT(text != NULL);
    return arena_copy(keep, str_of(text));
}

Address address_subscriber(Address a)
{
    if (!is_mapped(a))
        memset(a.byte + 8, 0, 8);
    return a;
}

bool network_parse(Network *out, Str text)
{
    Str address = str_cut(&text, '/');
    if (!address_parse(&out->address, address))
        return false;
    bool four = is_mapped(out->address) && memchr(address.p, ':', address.n) == NULL;
    int bits = four ? 32 : 128, most = bits;
    if (text.n > 0) {
        bits = 0;
        for (size_t i = 0; i < text.n; i++) {
            if (text.p[i] < '0' || text.p[i] > '9' || i > 2)
                return false;
            bits = bits * 10 + (text.p[i] - '0');
        }
    }
    out->bits = four ? bits + 96 : bits;
    return bits <= most;
}

bool network_has(Network n, Address a)
{
    int whole = n.bits / 8, rest = n.bits % 8;
    if (memcmp(n.address.byte, a.byte, (size_t)whole) != 0)
        return false;
    return rest == 0 || ((n.address.byte[whole] ^ a.byte[whole]) >> (8 - rest)) == 0;
}

bool address_in(Address a, const Network *of, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (network_has(of[i], a))
            return true;
    return false;
}
