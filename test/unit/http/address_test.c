#include "base/arena.h"
#include "base/str.h"
#include "http/address.h"
#include "test/t.h"

TEST(address_texts)
{
    static const char *const good[] = {"1.2.3.4", "255.255.255.255", "::1", "2001:db8::1"};
    static const char *const bad[] = {"",         "1.2.3", "1.2.3.4.5", "256.1.1.1", "01.2.3.4",
                                      "1.2.3.4 ", "::g",   "[::1",      "a.cn",      "1.2.3.4\n"};
    struct arena *a = arena_open();
    Address at;
    for (size_t i = 0; i < ARRAY_N(good); i++) {
        CHECK(address_parse(&at, str_of(good[i])));
        CHECK_STR(address_text(a, at), good[i]);
    }
    CHECK(address_parse(&at, S("[::1]")));
    CHECK_STR(address_text(a, at), "::1");
    CHECK(address_parse(&at, S("::ffff:1.2.3.4"))); /* the same as the IPv4 address */
    CHECK_STR(address_text(a, at), "1.2.3.4");
    for (size_t i = 0; i < ARRAY_N(bad); i++)
        if (address_parse(&at, str_of(bad[i])))
            t_fail(__FILE__, __LINE__, bad[i]);
    arena_close(a);
}

TEST(address_networks)
{
    static const struct {
        const char *network, *address;
        bool has;
    } cases[] = {
        {"10.0.0.0/8", "10.255.1.2", true},
        {"10.0.0.0/8", "11.0.0.0", false},
        {"10.1.2.3", "10.1.2.3", true},
        {"10.1.2.3", "10.1.2.4", false},
        {"192.168.4.0/22", "192.168.7.9", true},
        {"192.168.4.0/22", "192.168.8.0", false},
        {"0.0.0.0/0", "1.2.3.4", true},
        {"0.0.0.0/0", "::1", false},
        {"::/0", "1.2.3.4", true},
        {"2001:db8::/33", "2001:db8:7fff::1", true},
        {"2001:db8::/33", "2001:db8:8000::1", false},
    };
    static const char *const bad[] = {"10.0.0.0/33", "::/129", "10.0.0.0/x", "/8", "10.0.0.0/0008"};
    Network n;
    Address at;
    for (size_t i = 0; i < ARRAY_N(cases); i++) {
        CHECK(network_parse(&n, str_of(cases[i].network)));
        CHECK(address_parse(&at, str_of(cases[i].address)));
        if (address_in(at, &n, 1) != cases[i].has)
            t_fail(__FILE__, __LINE__, cases[i].network);
    }
    for (size_t i = 0; i < ARRAY_N(bad); i++)
        CHECK(!network_parse(&n, str_of(bad[i])));
}
