/* suit.c - rosters as matchers.
 *
 * A matcher is of one roster and one scope: the kind's rows that all of an office or a town see.
 * It is counted: whoever asks it holds it, while a newer one takes its place.
 */
#include "query/suit.h"

#include <string.h>

#include "base/buf.h"
#include "base/str.h"
#include "match/rank.h"
#include "os/thread.h"
#include "query/query_int.h"
#include "query/technique_int.h"
#include "sql.h"

enum {
    KEPT = 24,
    GRADE_FULL = 1000,
    TIED_MAX = 64,
    WORDS_MAX = 16 << 10,
    FOLD_AT = 512, /* when so much is patched, it is made whole beside those who ask */
};

struct suit_index {
    struct arena *own;
    uint32_t refs; /* under the lock */
    Str key;
    const struct roster *roster; /* held */
    struct scope scope;          /* its texts are on `own` */
    struct technique *technique; /* held, as the next */
    struct learned *learned;     /* NULL: nothing for this kind */
    struct suit_index *whole;    /* held; what the matcher is a patch of, or NULL */
    struct matcher *matcher;     /* ids are subjects; 0: the empty one */
    bool asked;                  /* since it was made */
};

struct suits {
    struct rosters *rosters;
    Str own_techniques;
    struct technique *technique;          /* under the lock, as the next */
    struct learned *learned[LEARNED_MAX]; /* one of a kind */
    size_t learned_n;
    struct lock *lock, *making;
    struct suit_index *kept[KEPT];
    size_t kept_n, oldest;
    struct spare rooms;
};

struct suits *suits_open(struct arena *keep, struct rosters *rosters, Str techniques)
{
    struct suits *s = ARENA_NEW(keep, struct suits);
    s->rosters = rosters;
    s->own_techniques = techniques;
    s->technique = technique_open(techniques, (Sha256){{0}});
    s->lock = s->rooms.lock = lock_open(keep);
    s->making = lock_open(keep);
    return s;
}

static struct technique *technique_take(struct suits *s)
{
    lock_take(s->lock);
    struct technique *t = s->technique;
    t->refs++;
    lock_give(s->lock);
    return t;
}

static void technique_release(struct suits *s, struct technique *t)
{
    lock_take(s->lock);
    bool last = --t->refs == 0;
    lock_give(s->lock);
    if (last)
        technique_close(t);
}

static struct learned **learned_at(struct suits *s, Str kind)
{
    for (size_t i = 0; i < s->learned_n; i++)
        if (str_eq(s->learned[i]->kind, kind))
            return &s->learned[i];
    return NULL;
}

static struct learned *learned_take(struct suits *s, Str kind)
{
    lock_take(s->lock);
    struct learned **at = learned_at(s, kind), *l = at == NULL ? NULL : *at;
    if (l != NULL)
        l->refs++;
    lock_give(s->lock);
    return l;
}

static void learned_release(struct suits *s, struct learned *l)
{
    if (l == NULL)
        return;
    lock_take(s->lock);
    bool last = --l->refs == 0;
    lock_give(s->lock);
    if (last)
        learned_close(l);
}

static enum status read_techniques(struct suits *s, struct db_conn *c, Str county)
{
    struct arena *tmp = arena_open();
    Str text = s->own_techniques;
    Sha256 hash = {{0}};
    enum status st = technique_find(c, tmp, county, &text, &hash);
    bool known = memcmp(&s->technique->hash, &hash, sizeof hash) == 0;
    if ((st == OK || st == ERR_GONE) && !known) {
        struct technique *old = s->technique, *t = technique_open(text, hash);
        lock_take(s->lock);
        s->technique = t;
        lock_give(s->lock);
        technique_release(s, old);
    }
    arena_close(tmp);
    return st == ERR_GONE ? OK : st;
}

enum status suits_read(struct suits *s, struct db_conn *c, Str county)
{
    struct learned *new[LEARNED_MAX];
    size_t n = 0;
    TRY(read_techniques(s, c, county));
    enum status st = learned_find(c, county, s->learned, s->learned_n, new, &n);
    for (size_t i = 0; i < n; i++) {
        struct learned *old = NULL;
        lock_take(s->lock);
        struct learned **at = learned_at(s, new[i]->kind);
        if (at == NULL && s->learned_n < LEARNED_MAX)
            s->learned[s->learned_n++] = new[i];
        else if (at == NULL)
            old = new[i];
        else {
            old = *at;
            *at = new[i];
        }
        lock_give(s->lock);
        learned_release(s, old);
    }
    return st;
}

static void release(struct suits *s, struct suit_index *x)
{
    while (x != NULL) { /* and the whole one, which it held */
        struct suit_index *whole = x->whole;
        lock_take(s->lock);
        bool last = --x->refs == 0;
        lock_give(s->lock);
        if (!last)
            return;
        matcher_close(x->matcher);
        technique_release(s, x->technique);
        learned_release(s, x->learned);
        roster_release(x->roster);
        arena_close(x->own);
        x = whole;
    }
}

void suits_close(struct suits *s)
{
    if (s == NULL)
        return;
    for (size_t i = 0; i < s->kept_n; i++)
        release(s, s->kept[i]);
    for (void *room; (room = spare_take(&s->rooms)) != NULL;)
        rank_room_close(room);
    technique_release(s, s->technique);
    for (size_t i = 0; i < s->learned_n; i++)
        learned_release(s, s->learned[i]);
    lock_close(s->lock);
    lock_close(s->making);
}

/* --- one row --- */

/* What is read of a kind's rows within a scope: columns that it reaches, NULL: none. */
struct reading {
    const struct roster *r;
    const struct scope *scope;
    const struct column *title, *place, *chain, *unit, *grade;
    int grade_scale;
    struct part_read {
        const struct column *from;
        enum match_field to;
    } * part;
    size_t part_n;
    struct arena *tmp;
};

static bool reaches(const struct scope *s, const struct roster *r, uint32_t field)
{
    return scope_reaches(s, r, field, PLACE_ASK) && scope_reaches(s, r, field, PLACE_SHOW);
}

static void read_grade(struct reading *x)
{
    const struct outcome *of;
    size_t n = roster_outcomes(x->r, &of);
    struct asking a = {.scope = x->scope, .roster = x->r, .tmp = x->tmp};
    for (size_t i = 0; i < n && x->grade == NULL; i++) {
        struct place p;
        if (of[i].when != OUTCOME_NOW || of[i].score.n == 0 ||
            place_find(&p, &a, of[i].score, PLACE_ASK) != OK)
            continue;
        x->grade = p.lo;
        x->grade_scale = x->r->rules->field[p.field].type.scale;
    }
}

static bool is_role(const struct roster *r, uint32_t field)
{
    for (int i = 0; i < SUBJECT_ROLE_N; i++)
        if (r->rules->role[i] == (int32_t)field)
            return true;
    return false;
}

static const struct column *column_at(const struct roster *r, int32_t field)
{
    return field < 0 ? NULL : dataset_find(r->data, (uint32_t)field, COL_NO_PERIOD);
}

static const struct column *role_at(const struct reading *x, enum subject_role role)
{
    int32_t at = x->r->rules->role[role];
    return at >= 0 && reaches(x->scope, x->r, (uint32_t)at) ? column_at(x->r, at) : NULL;
}

static void reading_open(struct reading *x, const struct roster *r, const struct scope *scope,
                         struct arena *tmp)
{
    const struct model *own = r->own->model;
    *x = (struct reading){.r = r, .scope = scope, .tmp = tmp};
    x->title = role_at(x, SUBJECT_ROLE_NAME);
    x->place = role_at(x, SUBJECT_ROLE_LOCALITY);
    x->chain = role_at(x, SUBJECT_ROLE_CHAIN);
    if (own->match.unit >= 0 && reaches(scope, r, (uint32_t)own->match.unit))
        x->unit = column_at(r, own->match.unit);
    x->part = ARENA_ARRAY(tmp, struct part_read, own->kind_field_n);
    for (uint32_t i = 0; i < own->kind_field_n; i++) {
        const struct column *c = column_at(r, (int32_t)i);
        if (c != NULL && r->rules->field[i].ftype == FIELD_TEXT && !is_role(r, i) &&
            (int32_t)i != own->match.unit && reaches(scope, r, i))
            x->part[x->part_n++] =
                (struct part_read){c, own->match.body[i] ? MATCH_BODY : MATCH_KEYWORDS};
    }
    read_grade(x);
}

static Str text_at(const struct roster *r, const struct column *c, uint32_t row)
{
    return c != NULL && column_has(c, row)
               ? labels_text(r->data->labels, (uint32_t)column_value(c, row))
               : S("");
}

static uint16_t grade_at(const struct reading *x, uint32_t row)
{
    if (x->grade == NULL || !column_has(x->grade, row))
        return 0;
    Wide v = column_value(x->grade, row) * 10; /* of a hundred points */
    for (int i = 0; i < x->grade_scale; i++)
        v /= 10;
    return (uint16_t)(v < 0 ? 0 : v > GRADE_FULL ? GRADE_FULL : v);
}

static void read_row(const struct reading *x, struct arena *keep, uint32_t row,
                     struct match_doc *out)
{
    const struct roster *r = x->r;
    *out = (struct match_doc){
        .id = row,
        .unit = text_at(r, x->unit, row),
        .place = text_at(r, x->place, row),
        .chain = text_at(r, x->chain, row),
        .grade = grade_at(x, row),
    };
    out->text[MATCH_TITLE] = text_at(r, x->title, row);
    for (size_t i = 0; i < x->part_n; i++) {
        Str s = text_at(r, x->part[i].from, row), *to = &out->text[x->part[i].to];
        if (s.n > 0 && to->n + s.n + 1 < WORDS_MAX)
            *to = to->n == 0 ? s : arena_fmt(keep, "%.*s\n%.*s", STR_ARG(*to), STR_ARG(s));
    }
}

static void copy_doc(struct arena *keep, struct match_doc *d)
{
    for (int k = 0; k < MATCH_FIELDS; k++)
        d->text[k] = arena_copy(keep, d->text[k]);
    d->unit = arena_copy(keep, d->unit);
    d->place = arena_copy(keep, d->place);
    d->chain = arena_copy(keep, d->chain);
}

static void add_ties(struct arena *keep, struct suit_side *out, Str kind, Str all)
{
    while (all.n > 0 && out->tie_n < TIED_MAX) {
        Str one = str_trim(str_cut(&all, ';'));
        if (one.n > 0)
            out->tie[out->tie_n++] =
                (struct suit_tie){arena_copy(keep, kind), arena_copy(keep, one)};
    }
}

enum status suit_side(struct arena *keep, const struct scope *scope, const struct roster *r,
                      int64_t subject, struct suit_side *out)
{
    struct selection *one;
    struct reading x;
    *out = (struct suit_side){.tie = ARENA_ARRAY(keep, struct suit_tie, TIED_MAX)};
    TRY(query_one(scope, r, subject, keep, &one));
    uint32_t row = (uint32_t)roster_row(r, subject);
    reading_open(&x, r, scope, keep);
    read_row(&x, keep, row, &out->doc);
    copy_doc(keep, &out->doc);
    const struct match_roles *roles = &r->own->model->match;
    out->shut =
        roles->level >= 0 && !str_eq(text_at(r, column_at(r, roles->level), row), roles->open);
    add_ties(keep, out, r->kind, r->data->id[row]);
    for (uint32_t i = 0; i < r->own->model->kind_field_n; i++)
        if (r->rules->field[i].ftype == FIELD_LINK)
            add_ties(keep, out, r->rules->field[i].link, text_at(r, column_at(r, (int32_t)i), row));
    return OK;
}

Str suit_house(struct arena *keep, const struct suit_side *s)
{
    size_t at = s->tie_n > 1 ? 1 : 0; /* the firm behind a need */
    return s->tie_n == 0 ? S("")
                         : arena_fmt(keep, "%.*s %.*s", STR_ARG(s->tie[at].kind),
                                     STR_ARG(s->tie[at].identity));
}

enum status suits_past(struct db_conn *c, struct arena *keep, Str county, Str house,
                       struct suit_ask *ask)
{
    struct db_rows rows;
    struct sql_match_past_row row;
    struct suit_past *all = NULL;
    size_t cap = 0;
    TRY(sql_match_past(c, &(struct sql_match_past){county, house}, &rows));
    while (sql_match_past_next(&rows, &row))
        VEC_PUSH(keep, all, ask->past_n, cap) = (struct suit_past){row.answer, (uint32_t)row.times};
    ask->past = all;
    return db_rows_end(&rows);
}

/* --- matchers --- */

static Str key_of(struct arena *keep, Str kind, const struct scope *s)
{
    return arena_fmt(keep, "%.*s %d %.*s %d %d", STR_ARG(kind), (int)s->rule, STR_ARG(s->locality),
                     (int)s->show, (int)s->ask);
}

/* Rows of single subjects differ from caller to caller. */
static bool is_shared(const struct scope *s)
{
    return s->rule != SCOPE_SUBJECTS && s->field == NULL;
}

enum status suit_docs(struct arena *keep, const struct scope *scope, const struct roster *r,
                      struct match_doc **out, uint32_t *n)
{
    struct arena *tmp = arena_open();
    struct selection *all;
    struct reading in;
    uint32_t row_n = r->data->row_n;
    *n = 0;
    enum status st = query_select(scope, r, &(struct query_ask){0}, tmp, &all, NULL);
    if (st == OK) {
        *out = arena_raw(keep, row_n + 2, sizeof **out);
        reading_open(&in, r, scope, keep);
        for (uint32_t row = bit_next(all->rows, 0, row_n); row < row_n;
             row = bit_next(all->rows, row + 1, row_n))
            read_row(&in, keep, row, &(*out)[(*n)++]);
    }
    arena_close(tmp);
    return st;
}

/* One made whole for the same scope by the same words, to be released; NULL: none is kept. */
static struct suit_index *whole_of(struct suits *s, const struct suit_index *x)
{
    struct suit_index *whole = NULL;
    lock_take(s->lock);
    for (size_t i = 0; i < s->kept_n && whole == NULL; i++) {
        struct suit_index *k = s->kept[i];
        if (k->technique == x->technique && k->learned == x->learned && str_eq(k->key, x->key))
            whole = k->whole != NULL ? k->whole : k;
    }
    if (whole != NULL)
        whole->refs++;
    lock_give(s->lock);
    return whole;
}

static void make_matcher(struct suits *s, struct suit_index *x, const struct match_doc *doc,
                         uint32_t n)
{
    struct match_opts o = {.weights = match_weights_usual, .taxonomy = x->technique->taxonomy};
    if (x->whole != NULL)
        x->matcher = matcher_patch(x->whole->matcher, doc, n);
    if (x->matcher != NULL)
        return;
    release(s, x->whole);
    x->whole = NULL;
    if (x->learned != NULL) {
        o.sense = x->learned->sense;
        o.weights.of[MATCH_SENSE] = x->learned->weight;
    }
    x->matcher = matcher_build(doc, n, &o);
}

/* Scores are in spreads, which are none among a few texts that are alike: so every matcher has one
 * more, an empty one, that is never found. `anew`: not as a patch. */
static enum status make(struct suits *s, const struct roster *r, const struct scope *scope,
                        bool anew, struct suit_index **out)
{
    struct arena *own = arena_open(), *tmp = arena_open();
    struct suit_index *x = ARENA_NEW(own, struct suit_index);
    struct match_doc *doc;
    uint32_t n;
    enum status st = suit_docs(tmp, scope, r, &doc, &n);
    if (st != OK) {
        arena_close(own);
        arena_close(tmp);
        return st;
    }
    for (uint32_t i = 0; i < n; i++)
        doc[i].id = (uint32_t)r->subject[doc[i].id];
    doc[n++] = (struct match_doc){0};
    *x = (struct suit_index){.own = own, .refs = 1, .key = key_of(own, r->kind, scope)};
    x->roster = r;
    x->technique = technique_take(s);
    x->learned = learned_take(s, r->kind);
    x->scope = *scope;
    x->scope.locality = arena_copy(own, scope->locality);
    x->whole = !anew && is_shared(scope) ? whole_of(s, x) : NULL;
    make_matcher(s, x, doc, n);
    arena_close(tmp);
    *out = x;
    return OK;
}

/* Of what is known now; under the lock. */
static bool is_current(struct suits *s, const struct suit_index *x)
{
    struct learned **at = learned_at(s, x->roster->kind);
    return x->technique == s->technique && x->learned == (at == NULL ? NULL : *at);
}

static struct suit_index *kept_of(struct suits *s, Str key, const struct roster *r)
{
    struct suit_index *x = NULL;
    lock_take(s->lock);
    for (size_t i = 0; i < s->kept_n && x == NULL; i++)
        if (s->kept[i]->roster == r && is_current(s, s->kept[i]) && str_eq(s->kept[i]->key, key))
            x = s->kept[i];
    if (x != NULL) {
        x->refs++;
        x->asked = true;
    }
    lock_give(s->lock);
    return x;
}

/* In the place of an older one of its key, or of whatever was kept longest. */
static void put(struct suits *s, struct suit_index *x)
{
    struct suit_index *old = NULL;
    size_t at = 0;
    lock_take(s->lock);
    while (at < s->kept_n && !str_eq(s->kept[at]->key, x->key))
        at++;
    if (at == KEPT)
        at = s->oldest++ % KEPT;
    if (at < s->kept_n)
        old = s->kept[at];
    else
        s->kept_n++;
    s->kept[at] = x;
    x->refs++;
    lock_give(s->lock);
    if (old != NULL)
        release(s, old);
}

/* Takes the roster over. */
static enum status index_take(struct suits *s, const struct roster *r, const struct scope *scope,
                              struct arena *tmp, struct suit_index **out)
{
    Str key = key_of(tmp, r->kind, scope);
    enum status st = OK;
    *out = is_shared(scope) ? kept_of(s, key, r) : NULL;
    if (*out == NULL) {
        lock_take(s->making);
        *out = is_shared(scope) ? kept_of(s, key, r) : NULL;
        if (*out == NULL) {
            st = make(s, r, scope, false, out);
            if (st == OK) {
                r = NULL;
                if (is_shared(scope))
                    put(s, *out);
            }
        }
        lock_give(s->making);
    }
    roster_release(r);
    return st;
}

/* What changes meanwhile is patched onto the new one by who asks next. */
static void fold(struct suits *s, const struct suit_index *x)
{
    struct suit_index *whole;
    const struct roster *r = roster_take(s->rosters, x->roster->kind);
    if (r != NULL && make(s, r, &x->scope, true, &whole) == OK) {
        put(s, whole);
        release(s, whole);
    } else
        roster_release(r);
}

void suits_follow(struct suits *s)
{
    struct arena *tmp = arena_open();
    for (size_t i = 0; i < KEPT; i++) {
        struct suit_index *x = NULL, *next;
        bool same_words = false;
        lock_take(s->lock);
        if (i < s->kept_n && s->kept[i]->asked) {
            x = s->kept[i];
            x->refs++;
            same_words = is_current(s, x);
        }
        lock_give(s->lock);
        if (x == NULL)
            continue;
        const struct roster *r = roster_take(s->rosters, x->roster->kind);
        if ((r == x->roster && same_words) || r == NULL)
            roster_release(r);
        else if (index_take(s, r, &x->scope, tmp, &next) == OK) {
            if (matcher_late(next->matcher) >= FOLD_AT)
                fold(s, next);
            release(s, next);
        }
        release(s, x);
    }
    arena_close(tmp);
}

/* --- finding --- */

static bool tied(const struct suit_side *s, Str kind, Str all)
{
    while (all.n > 0) {
        Str one = str_trim(str_cut(&all, ';'));
        for (size_t i = 0; i < s->tie_n; i++)
            if (str_eq(s->tie[i].identity, one) && str_eq(s->tie[i].kind, kind))
                return true;
    }
    return false;
}

/* Rows of a link to what the asking side belongs to; each text is looked at once. */
static void bar_field(const struct suit_ask *ask, const struct roster *r, uint32_t field,
                      struct arena *tmp, uint64_t *barred)
{
    enum { UNKNOWN, FREE, BARRED };
    const struct column *c = dataset_find(r->data, field, COL_NO_PERIOD);
    if (c == NULL)
        return;
    uint8_t *of = ARENA_ARRAY(tmp, uint8_t, labels_n(r->data->labels) + 1);
    for (uint32_t row = 0; row < r->data->row_n; row++) {
        if (!column_has(c, row))
            continue;
        uint32_t code = (uint32_t)column_value(c, row);
        if (of[code] == UNKNOWN)
            of[code] =
                tied(ask->of, r->rules->field[field].link, labels_text(r->data->labels, code))
                    ? BARRED
                    : FREE;
        if (of[code] == BARRED)
            bit_set(barred, row);
    }
}

static void bar(const struct suit_ask *ask, const struct suit_index *x, struct arena *tmp,
                struct match_ask *to)
{
    const struct roster *r = x->roster;
    uint64_t *bits = ARENA_ARRAY(tmp, uint64_t, r->data->row_n / WORD_ROWS + 1);
    for (uint32_t i = 0; i < r->own->model->kind_field_n; i++)
        if (r->rules->field[i].ftype == FIELD_LINK)
            bar_field(ask, r, i, tmp, bits);
    for (size_t i = 0; i < ask->of->tie_n; i++) {
        int64_t subject;
        if (str_eq(ask->of->tie[i].kind, r->kind) &&
            roster_find(r, ask->of->tie[i].identity, &subject))
            bit_set(bits, (size_t)roster_row(r, subject));
    }
    uint32_t *barred = arena_raw(tmp, r->data->row_n + 1, sizeof *barred), n = 0;
    for (uint32_t row = bit_next(bits, 0, r->data->row_n); row < r->data->row_n;
         row = bit_next(bits, row + 1, r->data->row_n))
        if (matcher_has(x->matcher, (uint32_t)r->subject[row]))
            barred[n++] = (uint32_t)r->subject[row];
    to->barred = barred;
    to->barred_n = n;
}

static void add_past(const struct suit_ask *ask, const struct roster *r, struct arena *tmp,
                     struct match_ask *to)
{
    struct match_past *past = ARENA_ARRAY(tmp, struct match_past, ask->past_n + 1);
    for (size_t i = 0; i < ask->past_n; i++)
        if (roster_row(r, ask->past[i].subject) >= 0)
            past[to->past_n++] =
                (struct match_past){(uint32_t)ask->past[i].subject, ask->past[i].times};
    to->past = past;
}

static void write_rows(struct arena *keep, const struct matcher *m, const struct match_ask *asked,
                       const struct match_found *found, bool reasons, struct suits_found *out)
{
    struct match_why *why = ARENA_ARRAY(keep, struct match_why, found->n + 1);
    out->at = ARENA_ARRAY(keep, struct suit, found->n + 1);
    out->n = found->n;
    if (reasons)
        matcher_why(keep, m, asked, found->row, found->n, why);
    for (uint32_t i = 0; i < found->n; i++) {
        const struct match_row *row = &found->row[i];
        struct suit *to = &out->at[i];
        *to = (struct suit){.doc = *matcher_doc(m, row->doc),
                            .score = row->score,
                            .why = why[i].at,
                            .why_n = why[i].n};
        memcpy(to->part, row->part, sizeof to->part);
        copy_doc(keep, &to->doc);
    }
}

static void run(struct suits *s, struct arena *keep, const struct suit_ask *ask,
                const struct matcher *m, struct match_ask *asked, struct suits_found *out)
{
    struct rank_room *room = spare_take(&s->rooms);
    struct match_found found;
    if (room == NULL)
        room = rank_room_open();
    asked->of = ask->of->doc;
    asked->top = ask->top < SUITS_TOP_MAX ? ask->top : SUITS_TOP_MAX;
    if (ask->told_n > 0 && asked->top < SUITS_TOLD)
        asked->top = SUITS_TOLD;
    asked->per_unit = ask->per_unit;
    matcher_run(keep, room, m, asked, &found);
    write_rows(keep, m, asked, &found, ask->reasons, out);
    out->of = matcher_count(m) - 1 - asked->barred_n; /* without the empty one */
    out->barred = asked->barred_n;
    out->passed_over = found.passed_over;
    if (!spare_give(&s->rooms, room))
        rank_room_close(room);
}

static void tell(struct arena *keep, struct suit *s, int32_t worth)
{
    struct match_reason *why = ARENA_ARRAY(keep, struct match_reason, s->why_n + 1);
    for (size_t i = 0; i < s->why_n; i++)
        why[i] = s->why[i];
    why[s->why_n++] = (struct match_reason){.part = MATCH_MODEL, .worth = worth};
    s->why = why;
    s->part[MATCH_MODEL] = worth;
    s->score += worth;
}

/* Best first again; those alike as they were. */
static void add_told(struct arena *keep, const struct suit_ask *ask, struct suits_found *out)
{
    for (size_t i = 0; i < out->n && ask->told_n > 0; i++) {
        struct suit one = out->at[i];
        size_t to = i;
        for (size_t k = 0; k < ask->told_n; k++)
            if (ask->told[k].subject == one.subject && ask->told[k].worth != 0)
                tell(keep, &one, ask->told[k].worth);
        for (; to > 0 && out->at[to - 1].score < one.score; to--)
            out->at[to] = out->at[to - 1];
        out->at[to] = one;
    }
    out->n = out->n < ask->top ? out->n : ask->top;
}

enum status suits_find(struct suits *s, struct arena *keep, const struct suit_ask *ask,
                       struct suits_found *out)
{
    *out = (struct suits_found){0};
    if (!rosters_filled(s->rosters))
        return ERR_BUSY;
    const struct roster *r = roster_take(s->rosters, ask->kind);
    if (r == NULL)
        return ERR_GONE;
    struct arena *tmp = arena_open();
    struct match_ask asked = {0};
    struct suit_index *x;
    enum status st = index_take(s, r, ask->scope, tmp, &x);
    if (st == OK) {
        r = x->roster;
        bar(ask, x, tmp, &asked);
        add_past(ask, r, tmp, &asked);
        run(s, keep, ask, x->matcher, &asked, out);
        int32_t name = r->rules->role[SUBJECT_ROLE_NAME];
        out->name = name < 0 ? PROTECT_PUBLIC : r->rules->field[name].protect;
        for (size_t i = 0; i < out->n; i++) {
            out->at[i].subject = out->at[i].doc.id;
            uint32_t row = (uint32_t)roster_row(r, out->at[i].subject);
            out->at[i].identity = arena_copy(keep, r->data->id[row]);
            out->at[i].name = arena_copy(keep, text_at(r, column_at(r, name), row));
            out->at[i].locality = out->at[i].doc.place;
        }
        add_told(keep, ask, out);
        release(s, x);
    }
    arena_close(tmp);
    return st;
}

void suits_rank(struct suits *s, struct arena *keep, const struct suit_ask *ask,
                const struct match_doc *doc, uint32_t n, struct suits_found *out)
{
    struct technique *t = technique_take(s);
    struct match_opts o = {.weights = match_weights_usual, .taxonomy = t->taxonomy};
    struct match_doc *all = arena_raw(keep, n + 1, sizeof *all);
    struct match_ask asked = {0};
    for (uint32_t i = 0; i < n; i++)
        all[i] = doc[i];
    all[n] = (struct match_doc){.id = n};
    struct matcher *m = matcher_build(all, n + 1, &o);
    *out = (struct suits_found){.name = PROTECT_PUBLIC};
    run(s, keep, ask, m, &asked, out);
    matcher_close(m);
    technique_release(s, t);
}
