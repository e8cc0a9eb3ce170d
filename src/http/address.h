/* address.h - who is at the other end: addresses of sockets, in text, and in networks.
 *
 * IPv4 is kept as IPv6 has it (::ffff:a.b.c.d), so that there is one kind.
 */
#ifndef GECI_HTTP_ADDRESS_H
#define GECI_HTTP_ADDRESS_H

#include "base/base.h"

struct arena;
struct sockaddr;

enum { ADDRESS_TEXT_MAX = 46 };

typedef struct Address {
    uint8_t byte[16];
} Address;

typedef struct Network {
    Address address;
    int bits; /* of 128 */
} Network;

/* Not of the internet (a local socket): all zeros. */
Address address_of(const struct sockaddr *sa);
bool address_parse(Address *out, Str text); /* "10.0.0.1", "::1", "[::1]" */
Str address_text(struct arena *keep, Address a);
/* What one subscriber has: an IPv4 address, or 64 bits of an IPv6 one. */
Address address_subscriber(Address a);

bool network_parse(Network *out, Str text); /* an address, maybe with "/24" */
bool network_has(Network n, Address a);
bool address_in(Address a, const Network *of, size_t n); /* in one of them */

#endif
