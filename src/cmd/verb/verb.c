#include "cmd/verb/verb.h"

#include "base/str.h"
#include "cmd/verb/verb_int.h"

enum { NEAR_CAP = 4 };

const struct verb *verb_at(size_t i)
{
    static const struct verb *const lists[] = {VERBS_ENGINE, VERBS_STORE, VERBS_LEDGER,
                                               VERBS_ACCESS, VERBS_AUDIT, VERBS_SERVER,
                                               VERBS_MATCH,  VERBS_CASE};
    for (size_t l = 0; l < ARRAY_N(lists); l++) {
        for (const struct verb *v = lists[l]; v->name != NULL; v++, i--) {
            if (i == 0)
                return v;
        }
    }
    return NULL;
}

const struct verb *verb_find(Str name)
{
    const struct verb *v;
    for (size_t i = 0; (v = verb_at(i)) != NULL; i++) {
        if (str_eq(name, str_of(v->name)))
            return v;
    }
    return NULL;
}

Str verb_family(const struct verb *v)
{
    Str rest = str_of(v->name), family = str_cut(&rest, ' ');
    return rest.n > 0 ? family : S("");
}

bool verb_is_family(Str word)
{
    const struct verb *v;
    for (size_t i = 0; (v = verb_at(i)) != NULL; i++) {
        if (word.n > 0 && str_eq(verb_family(v), word))
            return true;
    }
    return false;
}

const char *verb_group_name(enum verb_group g, enum lang lang)
{
    static const char *const name[GROUP_N][2] = {
        [GROUP_RULES] = {"规则", "Rules"},
        [GROUP_SCORES] = {"计分", "Scores"},
        [GROUP_STORE] = {"数据库", "Store"},
        [GROUP_ACCESS] = {"账号", "Accounts"},
        [GROUP_AUDIT] = {"审计", "Audit"},
        [GROUP_SERVER] = {"服务", "Server"},
        [GROUP_MATCH] = {"查找与匹配", "Search and matching"},
        [GROUP_OTHER] = {"其他", "Other"}};
    return name[g][lang];
}

const struct verb *verb_near(Str name)
{
    const struct verb *best = NULL, *v;
    size_t least = NEAR_CAP;
    for (size_t i = 0; (v = verb_at(i)) != NULL; i++) {
        Str candidate = str_of(v->name);
        size_t far = str_distance(name, candidate, NEAR_CAP);
        if (name.n >= 2 && str_starts(candidate, name))
            far = 1; /* an abbreviation */
        if (far < least && far < candidate.n) {
            least = far;
            best = v;
        }
    }
    return best;
}
