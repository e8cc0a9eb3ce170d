/* payload.c - what is told of an act. Values that were reported come with the ones they replace:
 * internal ones always, sensitive ones where the hook may be told them, personal ones never. */
#include "api/hook/hook.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/json.h"
#include "base/moment.h"
#include "base/str.h"
#include "record/record.h"
#include "rule/model.h"
#include "sql.h"

enum { PAYLOAD_MAX = 1 << 20, SUBJECTS_MAX = 50, CHANGES_MAX = 500 };

struct telling {
    struct db_conn *conn;
    struct arena *keep;
    Str county;
    const struct hook *hook;
    int64_t act;
    struct json *j;
    int n;
    bool more;
};

/* --- old and new values --- */

static bool may_be_told(const struct telling *t, const struct rules *kind, Str field)
{
    int32_t i = rule_find_field(kind, field);
    enum protection p = i < 0 ? PROTECT_PERSONAL : kind->field[i].protect;
    if (p == 0) /* not said: as figures of an enterprise are */
        p = PROTECT_SENSITIVE;
    return p < PROTECT_SENSITIVE || (p == PROTECT_SENSITIVE && t->hook->sensitive);
}

static void value(struct telling *t, const char *key, const struct rules *kind,
                  const struct record_entry *e)
{
    struct buf b;
    json_key(t->j, str_of(key));
    if (e == NULL || !may_be_told(t, kind, e->field)) {
        json_null(t->j);
        return;
    }
    buf_init(&b, t->keep, PAYLOAD_MAX);
    record_show_entry(&b, t->keep, kind, e);
    json_str(t->j, b.n == 0 ? S("") : buf_str(&b));
}

/* What stood in the column before this act. */
static const struct record_entry *before(const struct record_entries *all,
                                         const struct record_entry *now)
{
    const struct record_entry *last = NULL;
    for (size_t i = 0; i < all->n; i++) {
        const struct record_entry *e = &all->at[i];
        if (e->act < now->act && str_eq(e->column, now->column) && e->verdict != RECORD_RETURNED)
            last = e;
    }
    return last;
}

static void change(struct telling *t, const struct sql_hook_subjects_row *who,
                   const struct rules *kind, const struct record_entries *all,
                   const struct record_entry *e)
{
    json_obj(t->j);
    json_kstr(t->j, "kind", who->kind);
    json_kstr(t->j, "identity", who->identity);
    json_kstr(t->j, "column", e->column);
    json_kbool(t->j, "withheld", !may_be_told(t, kind, e->field));
    value(t, "old", kind, before(all, e));
    value(t, "new", kind, e);
    json_obj_end(t->j);
}

static enum status changes_of(struct telling *t, const struct sql_hook_subjects_row *who)
{
    struct rules *kind;
    struct record_entries all = {0};
    TRY(record_kind_get(t->conn, t->keep, &kind, t->county, who->kind, t->act));
    TRY(record_history(t->conn, t->keep, &all, t->county, who->subject, S("")));
    for (size_t i = 0; i < all.n; i++) {
        if (all.at[i].act != t->act)
            continue;
        t->more |= ++t->n > CHANGES_MAX;
        if (!t->more)
            change(t, who, kind, &all, &all.at[i]);
    }
    return OK;
}

static enum status changes(struct telling *t)
{
    struct db_rows rows;
    struct sql_hook_subjects_row row, *who = NULL;
    size_t n = 0, cap = 0;
    struct sql_hook_subjects ask = {t->county, t->act, SUBJECTS_MAX + 1};
    TRY(sql_hook_subjects(t->conn, &ask, &rows));
    while (sql_hook_subjects_next(&rows, &row))
        VEC_PUSH(t->keep, who, n, cap) = (struct sql_hook_subjects_row){
            row.subject, arena_copy(t->keep, row.kind), arena_copy(t->keep, row.identity)};
    TRY(db_rows_end(&rows));
    t->more = n > SUBJECTS_MAX;
    json_key(t->j, S("changes"));
    json_arr(t->j);
    for (size_t i = 0; i < n && i < SUBJECTS_MAX; i++)
        TRY(changes_of(t, &who[i]));
    json_arr_end(t->j);
    json_kbool(t->j, "more_changes", t->more);
    return OK;
}

/* --- forms --- */

static enum status as_json(struct telling *t, const struct sql_act_get_row *act)
{
    struct json *j = t->j;
    json_obj(j);
    json_kstr(j, "id", hook_event(t->keep, t->county, t->hook->hook, t->act));
    json_kstr(j, "event", act->verb);
    json_kstr(j, "county", t->county);
    json_kint(j, "act", t->act);
    json_kstr(j, "at", moment_rfc3339(t->keep, act->at_us, ZONE_CHINA));
    json_kstr(j, "actor", act->actor);
    json_kstr(j, "object", act->object);
    TRY(changes(t));
    json_obj_end(j);
    return OK;
}

/* To people, in a group: what, by whom, when. Values are for those who log in. */
static void as_text(struct telling *t, const struct sql_act_get_row *act)
{
    bool feishu = t->hook->form == HOOK_FEISHU;
    Str text = arena_fmt(t->keep, "geci %.*s\n%.*s %.*s\n%.*s\n%.*s", STR_ARG(t->hook->title),
                         STR_ARG(act->verb), STR_ARG(act->object), STR_ARG(act->actor),
                         STR_ARG(moment_rfc3339(t->keep, act->at_us, ZONE_CHINA)));
    json_obj(t->j);
    json_kstr(t->j, feishu ? "msg_type" : "msgtype", S("text"));
    json_key(t->j, feishu ? S("content") : S("text"));
    json_obj(t->j);
    json_kstr(t->j, feishu ? "text" : "content", text);
    json_obj_end(t->j);
    json_obj_end(t->j);
}

enum status hook_payload(struct db_conn *c, struct arena *keep, Str county, const struct hook *h,
                         int64_t act, Str *out)
{
    struct sql_act_get_row row;
    struct buf b;
    struct json j;
    struct telling t = {.conn = c, .keep = keep, .county = county, .hook = h, .act = act, .j = &j};
    TRY(sql_act_get_one(c, keep, &(struct sql_act_get){county, act}, &row));
    buf_init(&b, keep, PAYLOAD_MAX);
    json_open(&j, &b, false);
    if (h->form == HOOK_JSON)
        TRY(as_json(&t, &row));
    else
        as_text(&t, &row);
    *out = buf_str(&b);
    return b.over ? ERR_LIMIT : OK;
}
