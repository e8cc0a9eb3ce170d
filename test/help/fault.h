/* fault.h - one call into the store fails, whichever one asks for.
 *
 *     for (int n = 1;; n++) {
 *         fault_arm(n);
 *         st = what_is_tested();
 *         if (!fault_disarm())
 *             break;                 it makes fewer calls than n
 *         CHECK_INT(st, ERR_IO);
 *     }
 *
 * Counted are db_run, db_one, and the begin and end of rows and of a batch. The linker puts these
 * in their place: a folder whose tests use them says so in its meson.build (`NAME_link =
 * fault_link`).
 */
#ifndef GECI_TEST_HELP_FAULT_H
#define GECI_TEST_HELP_FAULT_H

#include <stdbool.h>

void fault_arm(int n);
/* True: it did fail. */
bool fault_disarm(void);

#endif
