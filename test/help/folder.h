/* folder.h - folders that tests make and leave nothing of. */
#ifndef GECI_TEST_HELP_FOLDER_H
#define GECI_TEST_HELP_FOLDER_H

#include <stdbool.h>

enum { FOLDER_N = 256, FOLDER_PATH_N = FOLDER_N + 64 }; /* a name; of a file in it */

/* A new folder below $TMPDIR, or /tmp, with NAME in its name. What is not removed is when the
 * process ends, however the test went; its children never remove it. Stops when there is none to
 * be had. */
void folder_new(char out[FOLDER_N], const char *name);

/* Removes a folder and whatever lies in it, links and not what they point to. */
bool folder_remove(const char *path);

#endif
