#include "access/right.h"

#include <stdlib.h>
#include <string.h>

#include "access/access_int.h"
#include "access/assign.h"
#include "access/consent.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "field/code.h"

/* One more subject, kept in ascending order, each once. Most come in order. */
static void add_subject(int64_t *subject, size_t *n, int64_t add)
{
    size_t at = *n;
    while (at > 0 && subject[at - 1] > add)
        at--;
    if (at > 0 && subject[at - 1] == add)
        return;
    memmove(subject + at + 1, subject + at, (*n - at) * sizeof *subject);
    subject[at] = add;
    *n += 1;
}

static void put_subjects(struct scope *out, const int64_t *subject, size_t n)
{
    out->rule = n > 0 ? SCOPE_SUBJECTS : SCOPE_NONE;
    out->subject = subject;
    out->subject_n = n;
}

/* The fields that every one of these consents covers: a list shows no more of one subject than of
 * another. The first's are in order, so the rest is. */
static void put_fields(struct arena *keep, struct scope *out, const struct consent *const *one,
                       size_t n)
{
    Str *field = ARENA_ARRAY(keep, Str, one[0]->field_n + 1);
    for (size_t i = 0; i < one[0]->field_n; i++) {
        bool all = true;
        for (size_t k = 1; k < n && all; k++)
            all = consent_covers(one[k], 1, one[k]->subject, one[0]->field[i]);
        if (all)
            field[out->field_n++] = one[0]->field[i];
    }
    out->field = field;
}

static enum status bank_scope(struct db_conn *c, struct arena *keep, const struct caller *who,
                              Str kind, int64_t only, struct scope *out)
{
    struct consent *all;
    size_t n, of_n = 0, subject_n = 0;
    TRY(consent_all(c, keep, who, &all, &n));
    const struct consent **of = ARENA_ARRAY(keep, const struct consent *, n + 1);
    int64_t *subject = ARENA_ARRAY(keep, int64_t, n + 1);
    for (size_t i = 0; i < n; i++) {
        if (!str_eq(all[i].kind, kind) || (only != 0 && all[i].subject != only))
            continue;
        add_subject(subject, &subject_n, all[i].subject);
        of[of_n++] = &all[i];
    }
    if (of_n == 0)
        return OK;
    out->show = PROTECT_SENSITIVE;
    out->ask = PROTECT_SENSITIVE;
    put_fields(keep, out, of, of_n);
    put_subjects(out, subject, subject_n);
    return OK;
}

static enum status judge_scope(struct db_conn *c, struct arena *keep, const struct caller *who,
                               Str kind, int64_t only, struct scope *out)
{
    struct assignment *all;
    size_t n, of_n = 0;
    TRY(assign_all(c, keep, who, &all, &n));
    int64_t *subject = ARENA_ARRAY(keep, int64_t, n + 1);
    for (size_t i = 0; i < n; i++)
        if (str_eq(all[i].kind, kind) && (only == 0 || all[i].subject == only))
            add_subject(subject, &of_n, all[i].subject);
    if (who->subject > 0 && str_eq(who->subject_kind, kind) && (only == 0 || only == who->subject))
        add_subject(subject, &of_n, who->subject);
    out->show = PROTECT_SENSITIVE;
    out->ask = PROTECT_SENSITIVE;
    put_subjects(out, subject, of_n);
    return OK;
}

static void office_scope(const struct caller *who, int64_t only, struct arena *keep,
                         struct scope *out)
{
    bool town = (who->roles & ROLES_OFFICE) == 0;
    bool author = (who->roles & ROLES_OFFICE) == ROLE_BIT(ROLE_AUTHOR);
    out->rule = town ? SCOPE_LOCALITY : SCOPE_ALL;
    out->locality = town ? who->locality : (Str){NULL, 0};
    out->drafts = !town && (who->scopes & TOKEN_READ) != 0;
    out->show = author ? PROTECT_SENSITIVE : PROTECT_PERSONAL;
    out->ask = PROTECT_SENSITIVE; /* a mask that can be filtered by hides nothing */
    if (only != 0 && !town) {
        int64_t *subject = ARENA_NEW(keep, int64_t);
        *subject = only;
        put_subjects(out, subject, 1);
    }
}

static void own_scope(const struct caller *who, Str kind, int64_t only, struct arena *keep,
                      struct scope *out)
{
    if (who->subject <= 0 || !str_eq(who->subject_kind, kind) ||
        (only != 0 && only != who->subject))
        return;
    int64_t *subject = ARENA_NEW(keep, int64_t);
    *subject = who->subject;
    out->show = PROTECT_PERSONAL;
    out->ask = PROTECT_PERSONAL;
    put_subjects(out, subject, 1);
}

/* An account is on one side, so at most one of these holds, but for experts who also judge. */
enum status access_scope(struct db_conn *c, struct arena *keep, const struct caller *who, Str kind,
                         int64_t only, struct scope *out)
{
    enum { TOWN = 1 << ROLE_TOWN, JUDGES = 1 << ROLE_JUDGE | 1 << ROLE_EXPERT };
    *out = (struct scope){0};
    if (who->account == 0 || (who->scopes & TOKEN_LOOK) == 0)
        return OK;
    if ((who->roles & ROLES_OFFICE) != 0 || ((who->roles & TOWN) != 0 && who->locality.n > 0))
        office_scope(who, only, keep, out);
    else if ((who->roles & JUDGES) != 0)
        return judge_scope(c, keep, who, kind, only, out);
    else if ((who->roles & ROLES_SUBJECT) != 0)
        own_scope(who, kind, only, keep, out);
    else if (caller_has(who, ROLE_BANK))
        return bank_scope(c, keep, who, kind, only, out);
    return OK;
}

struct db_reach access_reach(const struct caller *who, const struct scope *known)
{
    enum { OTHERS = ROLES_SUBJECT | 1 << ROLE_JUDGE | 1 << ROLE_BANK };
    if ((who->roles & OTHERS) != 0 && known != NULL && known->rule == SCOPE_SUBJECTS)
        return (struct db_reach){
            .rule = DB_REACH_SUBJECTS, .subject = known->subject, .subject_n = known->subject_n};
    if ((who->roles & OTHERS) != 0 || who->account == 0)
        return (struct db_reach){
            .rule = DB_REACH_SUBJECTS, .subject = &who->subject, .subject_n = who->subject > 0};
    if (caller_has(who, ROLE_TOWN))
        return (struct db_reach){.rule = DB_REACH_LOCALITY, .locality = who->locality};
    return (struct db_reach){.rule = DB_REACH_ALL};
}

static int by_number(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

static bool is_listed(const struct scope *s, int64_t subject)
{
    return s->subject_n > 0 &&
           bsearch(&subject, s->subject, s->subject_n, sizeof subject, by_number) != NULL;
}

enum relation access_relation(const struct caller *who, const struct scope *s, int64_t subject,
                              Str locality)
{
    if (s->rule == SCOPE_NONE || (s->rule == SCOPE_SUBJECTS && !is_listed(s, subject)) ||
        (s->rule == SCOPE_LOCALITY && !region_within(locality, s->locality)))
        return RELATION_NONE;
    if ((who->roles & ROLES_OFFICE) != 0)
        return RELATION_OFFICE;
    if (caller_has(who, ROLE_TOWN))
        return RELATION_LOCALITY;
    if (who->subject == subject && (who->roles & ROLES_SUBJECT) != 0)
        return RELATION_OWN;
    if (caller_has(who, ROLE_BANK))
        return RELATION_CONSENT;
    return RELATION_ASSIGNED;
}

enum sight access_may_see(const struct caller *who, enum protection p, enum relation r)
{
    if (p == PROTECT_PUBLIC)
        return SIGHT_CLEAR;
    if (who->account == 0 || r == RELATION_NONE)
        return SIGHT_NONE;
    if (p != PROTECT_PERSONAL || r == RELATION_OWN)
        return SIGHT_CLEAR;
    bool author = (who->roles & ROLES_OFFICE) == ROLE_BIT(ROLE_AUTHOR);
    bool works = (r == RELATION_OFFICE && !author) || r == RELATION_LOCALITY;
    return works ? SIGHT_MASKED : SIGHT_NONE;
}

bool access_may_unmask(const struct caller *who, enum relation r)
{
    enum {
        OFFICERS = 1 << ROLE_OFFICER | 1 << ROLE_REVIEWER | 1 << ROLE_LEADER | 1 << ROLE_FINANCE,
        TOWN = 1 << ROLE_TOWN
    };
    return who->stepped_up && ((r == RELATION_OFFICE && (who->roles & OFFICERS) != 0) ||
                               (r == RELATION_LOCALITY && (who->roles & TOWN) != 0));
}

/* All roles of an account are of one side. */
Str access_team(struct arena *keep, const struct caller *who)
{
    enum role first = ROLE_OFFICER;
    while (first < ROLE_N && !caller_has(who, first))
        first++;
    enum side side = first < ROLE_N ? role_side(first) : SIDE_NONE;
    return arena_fmt(keep, "%d:%.*s:%lld:%.*s", (int)side, STR_ARG(who->locality),
                     (long long)who->subject, STR_ARG(who->organisation));
}

/* Of few letters one is left, of more the first three and the last four. */
Str access_mask(struct arena *keep, Str value)
{
    enum { FEW = 7, FIRST = 3, LAST = 4 };
    struct buf b;
    size_t n = utf8_count(value), at = 0;
    size_t first = n > FEW ? FIRST : 1, last = n > FEW ? LAST : 0;
    buf_init(&b, keep, BUF_MAX);
    for (size_t i = 0; i < n && at < value.n; i++) {
        size_t len;
        (void)utf8_at(value, at, &len); /* only how long it is */
        if (n > 1 && (i < first || i >= n - last))
            buf_add(&b, str_sub(value, at, at + len));
        else
            buf_char(&b, '*');
        at += len;
    }
    return buf_str(&b);
}
