/* technique_int.h - the words of techniques (match/taxonomy.h), one wording of them; and what was
 * learned from matches for a kind (match/sense.h). */
#ifndef GECI_QUERY_TECHNIQUE_INT_H
#define GECI_QUERY_TECHNIQUE_INT_H

#include "base/hash.h"
#include "match/sense.h"
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

struct learned {
    struct arena *own;
    uint32_t refs; /* its holders', under their lock */
    Sha256 hash;
    Str kind;
    uint16_t weight;
    struct sense *sense;
};
enum { LEARNED_MAX = 16 };
/* The newest for each kind, held once, without those that are known. ERR_INPUT: a content that
 * is no model. */
NODISCARD enum status learned_find(struct db_conn *c, Str county, struct learned *const *known,
                                   size_t known_n, struct learned *out[static LEARNED_MAX],
                                   size_t *n);
void learned_close(struct learned *l);

#endif
