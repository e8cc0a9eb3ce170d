/* rulebook.c - entries and the steps they take. */
#include "rulebook/rulebook.h"

#include "audit/act.h"
#include "base/arena.h"
#include "base/str.h"
#include "check/check.h"
#include "db/db.h"
#include "entitle/entitle.h"
#include "record/record.h"
#include "rule/line.h"
#include "rule/model.h"
#include "rule/words.h"
#include "sql.h"

const char *rulebook_state_name(enum rulebook_state s, enum lang lang)
{
    static const char *const NAMES[][2] = {
        [RULEBOOK_DRAFT] = {"草稿", "draft"},
        [RULEBOOK_REVIEWED] = {"已复核", "reviewed"},
        [RULEBOOK_PUBLISHED] = {"已发布", "published"},
        [RULEBOOK_WITHDRAWN] = {"已撤回", "withdrawn"},
    };
    return NAMES[s][lang];
}

Str rulebook_status(Str head)
{
    struct lines it;
    struct line l;
    Str key, value;
    enum word w = W_NONE;
    while (head.n > 0 && head.p[head.n - 1] != '\n')
        head.n--; /* cut within a line */
    lines_open(&it, head);
    while (w == W_NONE && lines_next(&it, &l) && !(l.kind == LINE_HEADING && l.level > 1))
        if (l.kind == LINE_ATTR && line_attribute(l.body, &key, &value) &&
            word_find(WORD_KEY, key, NULL) == W_STATUS)
            w = word_find(WORD_STATUSES, value, NULL);
    return w == W_NONE ? S("") : word_text(w, true);
}

/* --- looking --- */

static enum status read_steps(struct db_conn *c, struct arena *keep, struct rulebook_entry *e,
                              Str county)
{
    struct db_rows rows;
    struct sql_rulebook_steps_row row;
    size_t cap = 0;
    TRY(sql_rulebook_steps(c, &(struct sql_rulebook_steps){county, e->entry}, &rows));
    while (sql_rulebook_steps_next(&rows, &row)) {
        VEC_PUSH(keep, e->step, e->step_n, cap) =
            (struct rulebook_step){(enum rulebook_state)row.state, arena_copy(keep, row.why),
                                   arena_copy(keep, row.actor), row.at_us, row.act};
        e->state = (enum rulebook_state)row.state;
    }
    return db_rows_end(&rows);
}

enum status rulebook_get(struct db_conn *c, struct arena *keep, struct rulebook_entry *out,
                         Str county, int64_t entry)
{
    struct sql_rulebook_get_row row;
    TRY(sql_rulebook_get_one(c, keep, &(struct sql_rulebook_get){county, entry}, &row));
    *out = (struct rulebook_entry){.entry = entry,
                                   .name = row.name,
                                   .version = row.version,
                                   .kind = row.kind,
                                   .hash = sha256_from(row.hash)};
    return read_steps(c, keep, out, county);
}

enum status rulebook_all(struct db_conn *c, struct arena *keep, struct rulebook_entry **out,
                         size_t *n, Str county)
{
    struct db_rows rows;
    struct sql_rulebook_all_row row;
    size_t cap = 0;
    *out = NULL;
    *n = 0;
    TRY(sql_rulebook_all(c, &(struct sql_rulebook_all){county}, &rows));
    while (sql_rulebook_all_next(&rows, &row))
        VEC_PUSH(keep, *out, *n, cap) =
            (struct rulebook_entry){.entry = row.entry,
                                    .name = arena_copy(keep, row.name),
                                    .version = arena_copy(keep, row.version),
                                    .kind = arena_copy(keep, row.kind),
                                    .hash = sha256_from(row.hash),
                                    .status = rulebook_status(row.head),
                                    .state = (enum rulebook_state)row.state};
    return db_rows_end(&rows);
}

enum status rulebook_text(struct db_conn *c, struct arena *keep, Str *out, Str county,
                          const struct rulebook_entry *e)
{
    return content_get(c, keep, out, county, e->hash, RULEBOOK_TEXT_MAX);
}

/* --- steps --- */

static Str number(const struct rulebook_desk *d, int64_t entry)
{
    return arena_fmt(d->act->arena, "%lld", (long long)entry);
}

/* An act takes one step of one entry: it is row 0 of its table. */
static enum status enter(const struct rulebook_desk *d, int64_t entry, enum rulebook_state state,
                         Str why)
{
    const struct act *a = d->act;
    return sql_rulebook_step_add(
        a->conn, &(struct sql_rulebook_step_add){a->county, a->no, 0, entry, state, why});
}

/* The entry, if it stands in one of the states (a bit each). */
static enum status stands(const struct rulebook_desk *d, int64_t entry, unsigned states,
                          struct rulebook_entry *out)
{
    const struct act *a = d->act;
    enum status st = rulebook_get(a->conn, a->arena, out, a->county, entry);
    if (st == ERR_GONE)
        (void)diag_add(d->diags, DIAG_RULEBOOK_GONE, (Span){0, 0}, number(d, entry), NO_ARG,
                       NO_ARG);
    TRY(st);
    if (states >> out->state & 1)
        return OK;
    return diag_add(d->diags, DIAG_RULEBOOK_STATE, (Span){0, 0}, number(d, entry),
                    str_of(rulebook_state_name(out->state, LANG_ZH)),
                    str_of(rulebook_state_name(out->state, LANG_EN)));
}

/* Nobody takes a step who took one before: each is another pair of eyes. */
static enum status another(const struct rulebook_desk *d, const struct rulebook_entry *e)
{
    for (size_t i = 0; i < e->step_n; i++)
        if (str_eq(e->step[i].actor, d->actor))
            return diag_add(d->diags, DIAG_RULEBOOK_SAME, (Span){0, 0}, number(d, e->entry),
                            d->actor, NO_ARG);
    return OK;
}

enum status rulebook_draft(const struct rulebook_desk *d, Str text, int64_t *entry)
{
    const struct act *a = d->act;
    struct record record = record_of(a);
    struct sql_rulebook_last_row last;
    struct rules *r;
    struct matter *m;
    size_t n;
    struct entitle *unused;
    Sha256 hash;
    TRY(check_load(a->arena, &r, S("rules.md"), text, d->diags));
    TRY(entitle_open(a->arena, &unused, r, d->diags));
    TRY(matter_read(a->arena, &m, &n, r, d->role, d->diags));
    TRY(content_put(&record, &hash, text, S("text/markdown")));
    TRY(sql_rulebook_last_one(a->conn, a->arena, &(struct sql_rulebook_last){a->county}, &last));
    *entry = last.entry + 1;
    TRY(sql_rulebook_add(a->conn,
                         &(struct sql_rulebook_add){a->county, a->no, 0, *entry, r->name,
                                                    r->version, r->subject, sha256_str(&hash)}));
    return enter(d, *entry, RULEBOOK_DRAFT, S(""));
}

enum status rulebook_review(const struct rulebook_desk *d, int64_t entry, Str why)
{
    struct rulebook_entry e;
    TRY(stands(d, entry, 1u << RULEBOOK_DRAFT, &e));
    TRY(another(d, &e));
    return enter(d, entry, RULEBOOK_REVIEWED, why);
}

enum status rulebook_publish(const struct rulebook_desk *d, int64_t entry, Str why)
{
    struct rulebook_entry e;
    TRY(stands(d, entry, 1u << RULEBOOK_REVIEWED, &e));
    TRY(another(d, &e));
    return enter(d, entry, RULEBOOK_PUBLISHED, why);
}

enum status rulebook_withdraw(const struct rulebook_desk *d, int64_t entry, Str why)
{
    struct rulebook_entry e;
    TRY(stands(d, entry, 1u << RULEBOOK_DRAFT | 1u << RULEBOOK_REVIEWED | 1u << RULEBOOK_PUBLISHED,
               &e));
    return enter(d, entry, RULEBOOK_WITHDRAWN, why);
}
