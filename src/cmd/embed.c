#include "cmd/embed.h"

#include <string.h>

#include "cmd/embed_table.h"

Str embed_file(const char *path)
{
    for (size_t i = 0; i < ARRAY_N(embed_files); i++)
        if (strcmp(embed_files[i].name, path) == 0)
            return (Str){(const char *)embed_files[i].at, embed_files[i].n};
    base_panic(__FILE__, __LINE__, path);
}
