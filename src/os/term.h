/* term.h - the terminal and the environment the program was started in. */
#ifndef GECI_OS_TERM_H
#define GECI_OS_TERM_H

#include "base/base.h"

enum term_stream { TERM_OUT = 1, TERM_ERR = 2 };

bool term_is_tty(enum term_stream s);
/* A terminal that takes colours, and nobody asked for none (NO_COLOR, TERM=dumb). */
bool term_colour(enum term_stream s);
int term_columns(void); /* of standard output; COLUMNS, or 100 where there is no terminal */

struct arena;
/* A line typed at the terminal and not shown, after `prompt`; false: there is no terminal. */
bool term_password(struct arena *keep, Str *out, Str prompt);

Str term_env(const char *name); /* empty when unset; valid while the program runs */

#endif
