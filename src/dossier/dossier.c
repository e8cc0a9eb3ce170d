/* dossier.c - what stands in a dossier, in order. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/moment.h"
#include "base/str.h"
#include "col/dataset.h"
#include "crypto/digest.h"
#include "dossier/dossier_int.h"
#include "explain/explain.h"
#include "field/unit.h"
#include "record/record.h"
#include "rule/model.h"

enum { TREE_MAX = 4 << 20, CELL_MAX = 1 << 14, HASH_SHOWN = 16, CHANGES_SHOWN = 60 };

/* --- lines --- */

void lines_word(struct buf *b, const char *word)
{
    buf_add(b, str_of(word));
}

void lines_cell(struct buf *b, Str text)
{
    buf_char(b, '\t');
    for (size_t i = 0; i < text.n; i++)
        buf_char(b, (unsigned char)text.p[i] < ' ' ? ' ' : text.p[i]);
}

void lines_end(struct buf *b)
{
    buf_char(b, '\n');
}

void lines_one(struct buf *b, const char *word, Str text)
{
    lines_word(b, word);
    lines_cell(b, text);
    lines_end(b);
}

/* --- what the caller sees --- */

struct writing {
    const struct dossier_ask *a;
    struct buf *out;
    struct query_page page;  /* everything that may be shown */
    enum rule_status status; /* the weakest that stands behind a figure */
    struct record_entries history;
};

static const char *status_word(enum rule_status s)
{
    static const char *const WORD[] = {"示例", "官方", "二手", "示例"};
    return WORD[s];
}

static bool shows(const struct writing *w, Str column)
{
    int32_t at = rule_find_field(w->a->roster->rules, column);
    return at >= 0 && scope_shows(w->a->scope, w->a->roster, (uint32_t)at);
}

static bool is_seen(const struct writing *w, const struct outcome *o)
{
    return o->when != OUTCOME_BEFORE && (o->score.n > 0 || o->grade.n > 0) &&
           shows(w, o->score.n > 0 ? o->score : o->grade);
}

static bool is_personal(const struct field *f)
{
    return f->protect == PROTECT_PERSONAL;
}

/* What stands in a column of everything; empty: nothing, or not to be seen. */
static Str value_of(const struct writing *w, Str column)
{
    for (uint32_t i = 0; i < w->page.column_n; i++) {
        int period;
        int64_t run;
        struct buf b;
        const struct field *f = query_field(&w->page, i, &period, &run);
        if (!str_eq(f->name, column) || is_personal(f))
            continue;
        buf_init(&b, w->a->keep, CELL_MAX);
        if (query_cell(&b, &w->page, w->page.row[0], i) != QUERY_UNKNOWN && b.n > 0)
            return buf_str(&b);
    }
    return S("");
}

static Str role_value(const struct writing *w, enum subject_role role)
{
    int32_t at = w->a->roster->rules->role[role];
    return at < 0 ? S("") : value_of(w, w->a->roster->rules->field[at].name);
}

/* --- the head --- */

static void write_edges(struct writing *w, const struct outcome *o, size_t n)
{
    struct buf b;
    const struct dossier_ask *a = w->a;
    buf_init(&b, a->keep, CELL_MAX);
    w->status = a->roster->rules->status;
    for (size_t i = 0; i < n; i++)
        if (is_seen(w, &o[i]) && o[i].status != STATUS_OFFICIAL && w->status == STATUS_OFFICIAL)
            w->status = o[i].status;
    if (w->status != STATUS_OFFICIAL)
        lines_one(w->out, "badge", str_of(status_word(w->status)));
    lines_word(w->out, "running");
    lines_cell(w->out, arena_fmt(a->keep, "创新档案 · %.*s", STR_ARG(a->roster->kind)));
    buf_add(&b, S("数据截至 "));
    day_print(&b, a->today);
    if (a->scope->rule == SCOPE_ALL || a->scope->drafts)
        buf_fmt(&b, " · 第 %lld 号存证", (long long)a->roster->act);
    lines_cell(w->out, buf_str(&b));
    lines_end(w->out);
}

static Str short_hash(struct arena *keep, const Sha256 *hash)
{
    return str_sub(arena_hex(keep, sha256_str(hash)), 0, HASH_SHOWN);
}

/* What every page says of where its figures are from. */
static enum status write_foot(struct writing *w, const struct outcome *o, size_t n)
{
    struct buf b;
    const struct dossier_ask *a = w->a;
    struct run_view v = {a->conn, a->keep, a->county, NULL, a->diags};
    buf_init(&b, a->keep, CELL_MAX);
    buf_fmt(&b, "范围：%.*s · 由 %.*s 生成", STR_ARG(a->identity), STR_ARG(a->who));
    for (size_t i = 0; i < n; i++) {
        struct run r;
        if (!is_seen(w, &o[i]))
            continue;
        TRY(run_get(&v, &r, o[i].run));
        buf_fmt(&b, " · 测算 %lld（%s规则 %.*s…）", (long long)o[i].run, status_word(o[i].status),
                STR_ARG(short_hash(a->keep, &r.rules)));
    }
    lines_one(w->out, "foot", buf_str(&b));
    return OK;
}

static void write_title(struct writing *w)
{
    struct buf b;
    static const enum subject_role ROLES[] = {SUBJECT_ROLE_LOCALITY, SUBJECT_ROLE_CHAIN,
                                              SUBJECT_ROLE_STANDING};
    Str name = role_value(w, SUBJECT_ROLE_NAME);
    buf_init(&b, w->a->keep, CELL_MAX);
    lines_one(w->out, "title", name.n > 0 ? name : w->a->identity);
    buf_fmt(&b, "%.*s · %.*s", STR_ARG(w->a->roster->kind), STR_ARG(w->a->identity));
    for (size_t i = 0; i < ARRAY_N(ROLES); i++) {
        Str value = role_value(w, ROLES[i]);
        if (value.n > 0)
            buf_fmt(&b, " · %.*s", STR_ARG(value));
    }
    lines_one(w->out, "sub", buf_str(&b));
}

/* --- scores --- */

static void write_figure(struct writing *w, const struct outcome *o, Str column, const char *note)
{
    Str value = column.n == 0 ? S("") : value_of(w, column);
    if (value.n == 0)
        return;
    lines_word(w->out, "figure");
    lines_cell(w->out, value);
    lines_cell(w->out, column);
    lines_cell(w->out,
               arena_fmt(w->a->keep, "%s%s", note, o->when == OUTCOME_DRAFT ? "（未公示）" : ""));
    lines_end(w->out);
}

static void write_figures(struct writing *w, const struct outcome *o, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (!is_seen(w, &o[i]))
            continue;
        Str by = arena_fmt(w->a->keep, "%s · 测算 %lld%c", status_word(o[i].status),
                           (long long)o[i].run, '\0');
        write_figure(w, &o[i], o[i].grade, by.p);
        write_figure(w, &o[i], o[i].score, by.p);
        write_figure(w, &o[i], o[i].rank, by.p);
    }
}

/* Reasons name facts, so they are for those who see facts. */
static bool sees_reasons(const struct writing *w)
{
    return w->a->scope->show >= PROTECT_SENSITIVE && w->a->scope->field == NULL;
}

static enum status explain(struct writing *w, const struct run *r, Str *tree)
{
    const struct run_outcome *outcome;
    struct buf b;
    TRY(w->a->take(w->a->ctx, r, &outcome));
    int64_t row = dataset_row(outcome->data, w->a->identity);
    enum status st = row < 0 ? ERR_GONE : OK;
    buf_init(&b, w->a->keep, TREE_MAX);
    if (st == OK)
        st = explain_row(&b, outcome->plan, outcome->result, (uint32_t)row, -1, EXPLAIN_JSON,
                         LANG_ZH);
    if (st == OK)
        *tree = buf_str(&b);
    w->a->give(w->a->ctx);
    return st;
}

static enum status write_outcome(struct writing *w, const struct outcome *o)
{
    const struct dossier_ask *a = w->a;
    struct run_view v = {a->conn, a->keep, a->county, NULL, a->diags};
    struct run r;
    struct buf b;
    Str tree = S("");
    TRY(run_get(&v, &r, o->run));
    enum status st = explain(w, &r, &tree);
    if (st == ERR_GONE)
        return OK; /* it had no part in that run */
    TRY(st);
    lines_one(w->out, "h", r.title);
    buf_init(&b, a->keep, CELL_MAX);
    buf_fmt(&b, "规则“%.*s”（%s），测算 %lld，%s，评价期 %d，评价日 ", STR_ARG(o->document),
            status_word(o->status), (long long)r.run, run_state_name(r.state, LANG_ZH), r.period);
    day_print(&b, r.day);
    buf_fmt(&b, "；规则 SHA-256 %.*s；数据快照 %.*s",
            STR_ARG(arena_hex(a->keep, sha256_str(&r.rules))),
            STR_ARG(arena_hex(a->keep, sha256_str(&r.snapshot))));
    lines_one(w->out, "note", buf_str(&b));
    return reasons_table(a->keep, w->out, tree);
}

/* --- facts --- */

static Str column_name(const struct writing *w, const struct field *f, int period)
{
    struct buf b;
    buf_init(&b, w->a->keep, CELL_MAX);
    record_show_column(&b, f->name, f->period, period);
    return buf_str(&b);
}

static const struct record_entry *entry_of(const struct writing *w, Str column)
{
    for (size_t i = w->history.n; i-- > 0;)
        if (w->history.at[i].holds && str_eq(w->history.at[i].column, column))
            return &w->history.at[i];
    return NULL;
}

static Str verdict_word(const struct record_entry *e)
{
    return e->verdict == RECORD_VERIFIED   ? S("已核实")
           : e->verdict == RECORD_RETURNED ? S("已退回")
                                           : S("未核");
}

static void write_fact(struct writing *w, uint32_t i)
{
    struct buf b;
    int period;
    int64_t run;
    const struct field *f = query_field(&w->page, i, &period, &run);
    Str column = column_name(w, f, period);
    const struct record_entry *e = entry_of(w, column);
    buf_init(&b, w->a->keep, CELL_MAX);
    if (run != 0 || is_personal(f) || e == NULL ||
        query_cell(&b, &w->page, w->page.row[0], i) == QUERY_UNKNOWN)
        return;
    Str unit = f->unit == NULL ? S("") : str_of(f->unit->zh);
    lines_word(w->out, "row");
    lines_cell(w->out, column);
    lines_cell(w->out, arena_fmt(w->a->keep, "%.*s%s%.*s", STR_ARG(buf_str(&b)),
                                 unit.n > 0 ? " " : "", STR_ARG(unit)));
    lines_cell(w->out,
               arena_fmt(w->a->keep, "%.*s，%.*s", STR_ARG(e->source), STR_ARG(e->reporter)));
    lines_cell(w->out, day_str(w->a->keep, moment_day(e->at_us, ZONE_CHINA)));
    lines_cell(w->out, verdict_word(e));
    lines_end(w->out);
}

static void open_table(struct writing *w, const char *widths, const char *align,
                       const char *const *head)
{
    lines_word(w->out, "table");
    lines_cell(w->out, str_of(widths));
    lines_cell(w->out, str_of(align));
    lines_end(w->out);
    lines_word(w->out, "head");
    for (; *head != NULL; head++)
        lines_cell(w->out, str_of(*head));
    lines_end(w->out);
}

static void write_facts(struct writing *w)
{
    static const char *const HEAD[] = {"数据", "值", "来源，填报人", "录入", "核验", NULL};
    lines_one(w->out, "h", S("现行数据及其来历"));
    open_table(w, "28,20,29,15,8", "lrlll", HEAD);
    for (uint32_t i = 0; i < w->page.column_n; i++)
        write_fact(w, i);
    lines_one(w->out, "end", S(""));
}

/* --- what was reported before --- */

static bool is_told(const struct writing *w, const struct record_entry *e)
{
    int32_t at = rule_find_field(w->a->roster->rules, e->field);
    const struct field *f = at < 0 ? NULL : &w->a->roster->rules->field[at];
    return f != NULL && !is_personal(f) && !e->holds &&
           scope_shows(w->a->scope, w->a->roster, (uint32_t)at);
}

static void write_change(struct writing *w, const struct record_entry *e)
{
    struct buf b;
    buf_init(&b, w->a->keep, CELL_MAX);
    record_show_entry(&b, w->a->keep, w->a->roster->rules, e);
    lines_word(w->out, "row");
    lines_cell(w->out, day_str(w->a->keep, moment_day(e->at_us, ZONE_CHINA)));
    lines_cell(w->out, e->column);
    lines_cell(w->out, b.n == 0 ? S("") : buf_str(&b));
    lines_cell(w->out,
               arena_fmt(w->a->keep, "%.*s，%.*s", STR_ARG(e->source), STR_ARG(e->reporter)));
    lines_cell(w->out, e->why.n > 0 ? e->why : S("后来另有填报"));
    lines_end(w->out);
}

/* What counted once and does not any more, the latest first. */
static void write_changes(struct writing *w)
{
    static const char *const HEAD[] = {"录入",         "数据",         "当时的值",
                                       "来源，填报人", "为什么不再用", NULL};
    size_t n = 0;
    for (size_t i = 0; i < w->history.n; i++)
        n += is_told(w, &w->history.at[i]);
    if (n == 0)
        return;
    lines_one(w->out, "h", S("更正和变化"));
    if (n > CHANGES_SHOWN)
        lines_one(w->out, "note",
                  arena_fmt(w->a->keep, "共 %zu 项，列出最近的 %d 项", n, CHANGES_SHOWN));
    open_table(w, "15,23,18,25,19", "llrll", HEAD);
    size_t shown = 0;
    for (size_t i = w->history.n; i-- > 0 && shown < CHANGES_SHOWN;)
        if (is_told(w, &w->history.at[i])) {
            write_change(w, &w->history.at[i]);
            shown++;
        }
    lines_one(w->out, "end", S(""));
}

enum status dossier_lines(const struct dossier_ask *a, struct buf *out)
{
    const struct outcome *o;
    size_t n = roster_outcomes(a->roster, &o);
    struct writing w = {.a = a, .out = out};
    query_everything(a->one, a->keep, &w.page);
    TRY(record_history(a->conn, a->keep, &w.history, a->county, a->subject, S("")));
    write_edges(&w, o, n);
    TRY(write_foot(&w, o, n));
    write_title(&w);
    write_figures(&w, o, n);
    for (size_t i = 0; i < n && sees_reasons(&w); i++)
        if (is_seen(&w, &o[i]))
            TRY(write_outcome(&w, &o[i]));
    write_facts(&w);
    write_changes(&w);
    return OK;
}
