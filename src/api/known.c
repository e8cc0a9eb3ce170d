#include "api/known.h"

#include <string.h>

#include "base/arena.h"
#include "base/str.h"

enum { SLOTS = 1024, ROOM = 512 };

struct slot {
    Sha256 digest;
    int64_t generation;
    struct caller who; /* its texts lie in `room`; account 0: empty */
    char room[ROOM];
};

struct known {
    struct slot at[SLOTS];
};

struct known *known_open(struct arena *keep)
{
    return ARENA_NEW(keep, struct known);
}

Sha256 known_digest(Str secret, Str source)
{
    struct sha256 h;
    sha256_init(&h);
    sha256_add(&h, source);
    sha256_add(&h, S("\n"));
    sha256_add(&h, secret);
    return sha256_end(&h);
}

static size_t slot_of(Sha256 digest)
{
    return (digest.byte[0] | (size_t)digest.byte[1] << 8) % SLOTS;
}

bool known_find(const struct known *k, struct arena *keep, struct caller *out, Sha256 digest,
                int64_t generation, int64_t now_us)
{
    const struct slot *s = &k->at[slot_of(digest)];
    if (s->who.account == 0 || s->generation != generation || now_us >= s->who.until_us ||
        now_us < s->who.now_us || memcmp(&s->digest, &digest, sizeof digest) != 0)
        return false;
    *out = s->who;
    Str *text[] = {&out->name, &out->county, &out->locality, &out->subject_kind,
                   &out->organisation};
    for (size_t i = 0; i < ARRAY_N(text); i++)
        if (text[i]->n > 0)
            *text[i] = arena_copy(keep, *text[i]);
    out->now_us = now_us;
    return true;
}

void known_keep(struct known *k, const struct caller *who, Sha256 digest, int64_t generation)
{
    struct slot *s = &k->at[slot_of(digest)];
    struct caller kept = *who;
    Str *text[] = {&kept.name, &kept.county, &kept.locality, &kept.subject_kind,
                   &kept.organisation};
    size_t n = 0;
    s->who = (struct caller){.account = 0};
    for (size_t i = 0; i < ARRAY_N(text); i++) {
        if (text[i]->n > ROOM - n)
            return;
        if (text[i]->n == 0)
            continue;
        memcpy(s->room + n, text[i]->p, text[i]->n);
        text[i]->p = s->room + n;
        n += text[i]->n;
    }
    s->digest = digest;
    s->generation = generation;
    s->who = kept;
}
