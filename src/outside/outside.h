/* outside.h - asks another server something, and believes nothing that it says.
 *
 *     here                                     child: one socket, no files, no other calls
 *       address read, name allowed?
 *       resolved, every address allowed?
 *       connected to one of them  --socket-->  libcurl: TLS, HTTP/1.1, no redirects, no proxy
 *       answer <----------------- pipe ------
 *
 * Nothing is asked that is not named: `allow` has "host:port" entries, and is empty unless somebody
 * says otherwise. An address of a private network, of this machine or of no network at all is
 * refused even then, unless "address:port" stands in the list as well; so a name that leads
 * elsewhere tomorrow (rebinding) leads nowhere. The child cannot connect to anything: it was given
 * a connection. Certificates are checked against `authorities`.
 * Cost: a process of a few milliseconds, and the other side's time. Threads: any, but not a loop.
 */
#ifndef GECI_OUTSIDE_OUTSIDE_H
#define GECI_OUTSIDE_OUTSIDE_H

#include "base/base.h"
#include "base/diag.h"

struct arena;

struct outside_rules {
    const Str *allow; /* "host:port", lower case; an IPv6 address in brackets */
    size_t allow_n;
    Str authorities; /* certificates, PEM; empty: https cannot be asked */
};

enum outside_end { /* in the order of the picture */
                   OUTSIDE_ANSWERED,
                   OUTSIDE_URL,     /* not http://host[:port]/path or https:// */
                   OUTSIDE_NAMED,   /* not in the list */
                   OUTSIDE_LOST,    /* the name leads nowhere */
                   OUTSIDE_PRIVATE, /* it leads to an address that is not in the list */
                   OUTSIDE_CLOSED,  /* nobody there takes a connection */
                   OUTSIDE_TRUST,   /* its certificate is not good */
                   OUTSIDE_LATE,
                   OUTSIDE_LONG, /* says more than asked for */
                   OUTSIDE_BROKEN,
                   OUTSIDE_END_N
};

struct outside_ask {
    Str url;
    bool post;
    Str body;
    const Str *header; /* "Name: value" */
    size_t header_n;
    uint32_t wait_s;     /* in all */
    size_t answer_bytes; /* of its body */
};

struct outside_answer {
    enum outside_end end;
    int status; /* of OUTSIDE_ANSWERED */
    Str body;
};

/* Once, before threads: what the child's libraries read of files. */
void outside_init(void);
void outside_ask(struct arena *keep, struct outside_answer *out, const struct outside_ask *q,
                 const struct outside_rules *rules);
/* What an end means, for people. */
const char *outside_word(enum outside_end end, enum lang lang);

/* --- addresses --- */

struct outside_url {
    bool tls;
    Str host; /* lower case, an IPv6 address without its brackets */
    bool literal6;
    int port;
};
/* Strict: letters, digits, '-' and '.' of a host; no names of users, no fragments, no blanks. */
bool outside_url(struct arena *keep, struct outside_url *out, Str url);
bool outside_allows(struct arena *tmp, const struct outside_rules *r, const struct outside_url *u);

/* One of an address family: 4 or 16 bytes. Reachable by anybody on the net? */
bool outside_is_public(const uint8_t *byte, size_t n);

#endif
