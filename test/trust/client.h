/* client.h - a small HTTP client over one connection, for the checks of a real server. */
#ifndef GECI_TEST_TRUST_CLIENT_H
#define GECI_TEST_TRUST_CLIENT_H

#include "base/base.h"

struct arena;

struct client {
    int port, fd; /* fd < 0: not connected */
    char room[1 << 20];
};

struct client_answer {
    int status; /* 0: no answer */
    Str head, body;
};

void client_open(struct client *c, int port);
void client_close(struct client *c);
struct client_question {
    const char *method;
    Str path, headers, body; /* headers: lines that each end in CRLF */
};
/* The answer is on `keep`. */
void client_ask(struct client *c, struct arena *keep, struct client_answer *out,
                const struct client_question *q);
/* The two halves of it, on a new connection or the one that is open; false: it is gone. */
bool client_send(struct client *c, struct arena *keep, const struct client_question *q);
bool client_read(struct client *c, struct arena *keep, struct client_answer *out);
/* The value of a member of the body's outermost object as text, found by its key; empty: none. */
Str client_member(const struct client_answer *a, const char *key);

#endif
