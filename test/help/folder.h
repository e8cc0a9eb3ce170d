/* folder.h - folders that tests make and leave nothing of. */
#ifndef GECI_TEST_HELP_FOLDER_H
#define GECI_TEST_HELP_FOLDER_H

#include <stdbool.h>

/* Removes a folder and whatever lies in it, links and not what they point to. */
bool folder_remove(const char *path);

#endif
