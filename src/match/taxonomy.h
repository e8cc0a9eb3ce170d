/* taxonomy.h - which words, patent classes and industries belong together, as officers write it.
 *
 *     焊缝, B23K, 3424 ---> 焊接 ---> 智能装备
 *     key                   node      chain
 *
 * A need that says 焊缝 and an expert who says 钎焊 share no word and one node. The document is one
 * of rules (packs/zhangjiagang/技术词表.md), checked, tested, reviewed and published like any other
 * (query/technique.c takes the one in force); of it the tables
 * under `## 分组` (segments) are read that have two columns:
 *
 *     first head 关键词      keys that stand in a text
 *     first head 专利分类号  keys that a word of the keywords begins with
 *     first head 行业代码    the same, 3424 or 34*
 *     any other               nodes, and the chain they belong to
 *
 * Immutable, on the caller's arena; keys are compared as text/fold.h spells them.
 */
#ifndef GECI_MATCH_TAXONOMY_H
#define GECI_MATCH_TAXONOMY_H

#include "base/base.h"

struct arena;
struct diags;
struct taxonomy;

enum { TAXONOMY_NODES_MAX = 1024 };

/* ERR_INPUT: no document, in `ds`; ERR_LIMIT: too many nodes. `text` must outlive it. */
NODISCARD enum status taxonomy_read(struct arena *keep, struct taxonomy **out, Str text,
                                    struct diags *ds);

uint32_t taxonomy_nodes(const struct taxonomy *t);
Str taxonomy_node(const struct taxonomy *t, uint32_t node);
Str taxonomy_chain(const struct taxonomy *t, uint32_t node); /* "": none */

struct taxonomy_place {
    uint32_t node;
    Span at; /* bytes of the text: its first place */
};
/* The nodes that a text speaks of, ascending, each once; on `keep`. `codes`: also words of it that
 * begin with a code. */
uint32_t taxonomy_find(struct arena *keep, const struct taxonomy *t, Str text, bool codes,
                       struct taxonomy_place **out);

#endif
