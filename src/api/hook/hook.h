/* hook.h - webhooks: acts told to other systems, at least once and in no order.
 *
 *     act log --(courier: what is wanted?)--> hook_delivery --(due?)--> payload --> outside_ask
 *                    cursor for each hook         ^                                     |
 *                                                 `---- again, later each time <--------'
 *
 * Nothing is written in the act's own transaction: what happened stands in the log, and each hook
 * has a cursor in it, so that no act is missed, whatever stops in between. An event has the same id
 * each time it is sent: the receiver drops what it has seen.
 *
 *     X-Geci-Event      320582-17-1234           county, hook, act
 *     X-Geci-Timestamp  1790000000               seconds
 *     X-Geci-Signature  sha256=..                hex of HMAC-SHA-256(key, timestamp "." body)
 *
 * The key is derived from the server's key and is nowhere in the store. The first event of a hook
 * is that it was added.
 */
#ifndef GECI_API_HOOK_H
#define GECI_API_HOOK_H

#include "base/base.h"
#include "base/diag.h"

struct access;
struct api;
struct arena;
struct courier;
struct db_conn;

enum hook_form { HOOK_JSON = 1, HOOK_DINGTALK, HOOK_WECOM, HOOK_FEISHU }; /* stored */
enum hook_state { HOOK_WAITING = 1, HOOK_DELIVERED, HOOK_FAILED };        /* stored */
enum { HOOKS_MAX = 20, HOOK_TRIES_MAX = 8, HOOK_SECRET_TEXT = 43 };

struct hook {
    int64_t hook, seen, at_us;
    Str title, host, events, actor;
    enum hook_form form;
    bool sensitive;
    Str url; /* empty: lost, or not the one that was sealed */
};

/* Those in force. */
NODISCARD enum status hook_all(struct db_conn *c, struct arena *keep, const struct access *x,
                               Str county, struct hook **out, size_t *n);
/* ERR_GONE: there is none. */
NODISCARD enum status hook_find(struct db_conn *c, struct arena *keep, const struct access *x,
                                Str county, int64_t hook, struct hook *out);
bool hook_wants(const struct hook *h, int64_t act, Str verb);

/* What vouches for its address; the key of its signatures. */
Str hook_mark(struct arena *keep, const struct access *x, Str county, int64_t hook, Str url);
Str hook_secret(struct arena *keep, const struct access *x, Str county, int64_t hook);
Str hook_event(struct arena *keep, Str county, int64_t hook, int64_t act);
/* sha256=.. */
Str hook_sign(struct arena *keep, Str secret, Str timestamp, Str body);

/* What is told of an act. Within a transaction. ERR_GONE: there is no such act. */
NODISCARD enum status hook_payload(struct db_conn *c, struct arena *keep, Str county,
                                   const struct hook *h, int64_t act, Str *out);
/* Did the receiver take it? Robots say so in the body. */
bool hook_taken(enum hook_form form, int status, Str body);

/* The thread that does it. */
NODISCARD enum status courier_open(struct arena *keep, struct courier **out, struct api *a,
                                   struct diags *ds);
void courier_close(struct courier *x); /* a question under way is waited for */

#endif
