/* connect.h - a name looked up, its addresses weighed, one of them connected to. */
#ifndef GECI_OUTSIDE_CONNECT_H
#define GECI_OUTSIDE_CONNECT_H

#include "outside/outside.h"

/* OUTSIDE_ANSWERED: *fd is a connection, and *address the one it leads to. */
enum outside_end outside_connect(struct arena *keep, int *fd, Str *address,
                                 const struct outside_url *u, const struct outside_rules *r,
                                 uint32_t wait_ms);

#endif
