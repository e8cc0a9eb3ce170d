/* technique_int.h - the words of techniques (match/taxonomy.h), one wording of them. */
#ifndef GECI_QUERY_TECHNIQUE_INT_H
#define GECI_QUERY_TECHNIQUE_INT_H

#include "base/hash.h"
#include "match/taxonomy.h"

struct db_conn;

struct technique {
    struct arena *own;
    uint32_t refs;             /* its holders', under their lock */
    Sha256 hash;               /* of the document; none: of the program's own */
    struct taxonomy *taxonomy; /* NULL: no document, or none that can be read */
};

struct technique *technique_open(Str text, Sha256 hash);
void technique_close(struct technique *t);

/* The newest document in force about texts of needs and supplies, on `keep`; ERR_GONE: none. */
NODISCARD enum status technique_find(struct db_conn *c, struct arena *keep, Str county, Str *text,
                                     Sha256 *hash);

#endif
