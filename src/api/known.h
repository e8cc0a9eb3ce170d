/* known.h - who asked a moment ago: callers by a digest of what they showed, one table a loop.
 *
 * A caller is good for as long as the store is the very same (db_generation: any commit of anybody,
 * so a right that was taken back is gone with the next request) and nothing of it has run out
 * (caller.until_us). Where the database does not tell, nobody is known. Of a fixed size; the newer
 * takes the older's place. Threads: the loop's.
 */
#ifndef GECI_API_KNOWN_H
#define GECI_API_KNOWN_H

#include "access/caller.h"
#include "base/hash.h"

struct arena;
struct known;

struct known *known_open(struct arena *keep);
/* Of a secret and where it came from: what is wrong from one place may be right from another. */
Sha256 known_digest(Str secret, Str source);
bool known_find(const struct known *k, struct arena *keep, struct caller *out, Sha256 digest,
                int64_t generation, int64_t now_us);
void known_keep(struct known *k, const struct caller *who, Sha256 digest, int64_t generation);

#endif
