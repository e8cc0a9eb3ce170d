/* torn.h - a disk in memory that loses power, and one that fails.
 *
 * A VFS of SQLite by the name "torn". What was written and not synced yet is kept apart; when the
 * power is cut, each sector of it has arrived, or not, or in part, or as noise, as the seed says,
 * and in any order. Nothing that was synced is lost. One connection at a time.
 */
#ifndef GECI_TEST_TRUST_TORN_H
#define GECI_TEST_TRUST_TORN_H

#include "base/base.h"

#define TORN "torn"

void torn_begin(void); /* once; an empty disk */
void torn_save(void);  /* the disk as it is, for torn_restore; open files not counted */
void torn_restore(void);

/* How many writes, truncations and syncs there have been since torn_restore. */
int64_t torn_ops(void);
/* The power goes off at operation `op` from now: from then on everything fails. */
void torn_cut_at(int64_t op);
/* What the disk holds when power comes back. */
void torn_power(uint64_t seed);
/* Sync of the log does nothing, as with PRAGMA synchronous=NORMAL. */
void torn_lie(bool on);

enum torn_fault { TORN_NONE, TORN_EIO, TORN_ENOSPC };
/* Operation `op` from now fails: once, or with `sticky` every one from then on. */
void torn_fail_at(int64_t op, enum torn_fault fault, bool sticky);
/* Has it happened? */
bool torn_failed(void);

#endif
