/* world.h - a small county for the checks of a running server: one account of each role, and
 * subjects that stand to them in every way.
 *
 *     E1   the enterprise's own, in town 100      E4   consents to the bank
 *     E2   in town 100 as well                    E5   consented until yesterday
 *     E3   in town 101                            E6   consented, and took it back
 */
#ifndef GECI_TEST_TRUST_WORLD_H
#define GECI_TEST_TRUST_WORLD_H

#include <sys/types.h>

#include "access/access.h"
#include "access/role.h"
#include "api/api.h"
#include "test/trust/client.h"
#include "test/trust/trust.h"

enum { WORLD_FIRMS = 6 };
#define WORLD_KIND S("企业")

struct world_account {
    enum role role;
    int64_t account;
    Str cookie, csrf;           /* a session */
    Str sure_cookie, sure_csrf; /* another, whose owner proved themselves just now */
};

enum { WORLD_GUESTS = 10 };

struct world_guest {
    const char *who;
    struct world_account at;
    uint32_t roles;  /* what should come out: bits */
    unsigned firms;  /* E1 .. as bits 1 .. */
    uint32_t scopes; /* of its token; 0: it comes by session */
    Str token;
};

struct world {
    struct work k;
    Secret key;
    struct access *access;
    struct api *api;
    struct thread *thread; /* runs the server */
    enum status ended;
    int port;
    Str calendar;
    struct outside_rules outside; /* before it is served, as the next */
    struct rerank_options rerank;
    int64_t firm[WORLD_FIRMS + 1]; /* numbers of E1 .. */
    struct world_account at[ROLE_N];
    struct world_guest guest[WORLD_GUESTS]; /* of world_guests */
};

/* Webhooks may be tried, and a model outside asked, at 127.0.0.1:9, where nobody listens. */
void world_outside(struct world *w);

/* Accounts beyond the one of each role: lent a role, given a task, tied to it since, of another
 * bank, by tokens of less scope. Before it is served. */
NODISCARD enum status world_guests(struct world *w);

/* Fills the store at `url` and serves it. False: said on stderr. */
bool world_open(struct world *w, Str url);
void world_close(struct world *w);
void world_stop(struct world *w); /* ends the server alone; world_serve starts another */

/* The same in steps, for whoever serves in another process: fills; serves what was filled. Between
 * them no thread runs and no connection is open. */
bool world_fill(struct world *w, Str url);
bool world_serve(struct world *w);

/* The same in a process of its own, which can be killed: filled before, any number of times. False:
 * said on stderr. */
struct world_process {
    pid_t pid;
    int port;
};
bool world_fork(struct world *w, struct world_process *out);
void world_kill(struct world_process *p);

/* A new session of the account; `sure`: proved just now. */
bool world_session(struct world *w, struct world_account *a, bool sure);
/* The lines of a request by this account; `origin`: from our own page. */
Str world_headers(struct arena *keep, const struct world_account *a, bool sure);

#endif
