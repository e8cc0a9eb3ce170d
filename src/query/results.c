/* results.c - scores, grades and ranks of the runs in force, as columns behind the kind's fields.
 *
 * They are read from the results that the run kept, so that a list shows what was published, to the
 * letter. Of each rule document the newest run counts that was published and neither withdrawn nor
 * replaced; behind it stand the one before it (上次…) and, for scopes with drafts, a newer one that
 * is not published yet (测算…). */
#include "base/csv.h"
#include "explain/column.h"
#include "query/query_int.h"
#include "rule/make.h"
#include "run/run.h"
#include "sql.h"

enum { RUNS_LOOKED_AT = 40, RESULTS_MAX = 1 << 28 };

struct attaching {
    const struct fold_job *job;
    struct arena *tmp;
    struct model *model;
    struct dataset *data;
    size_t outcome_cap, field_cap, attached_cap;
    enum outcome_when when; /* of the run that is being attached */
};

static bool is_taken(const struct attaching *x, Str name)
{
    if (rule_find_field(x->model->rules, name) >= 0)
        return true;
    for (uint32_t i = 0; i < x->model->attached_n; i++)
        if (str_eq(x->model->attached[i].name, name))
            return true;
    return false;
}

static uint32_t add_field(struct attaching *x, struct field f)
{
    struct rules *r = x->model->rules;
    size_t n = r->field_n;
    VEC_PUSH(x->model->arena, r->field, n, x->field_cap) = f;
    r->field_n = (uint32_t)n;
    return r->field_n - 1;
}

/* The labels of a grade, best first as the document has them. */
static void take_options(struct attaching *x, struct field *f, const struct item *it)
{
    const struct table *t = it->expr->kind == EXPR_TABLE ? it->expr->table : NULL;
    size_t n = 0, cap = 0;
    for (uint32_t i = 0; t != NULL && i < t->row_n; i++) {
        uint32_t code = labels_code(x->data->labels, t->row[i].result->name);
        bool known = t->row[i].result->kind != EXPR_CONST;
        for (size_t k = 0; k < n && !known; k++)
            known = f->option[k] == code;
        if (!known)
            VEC_PUSH(x->model->arena, f->option, n, cap) = code;
    }
    f->option_n = (uint32_t)n;
    f->ftype = n > 0 ? FIELD_CHOICE : FIELD_TEXT;
}

/* What the column is called: as the item, behind the word for older and newer runs; with its
 * document where the kind has such a field. */
static Str name_of(const struct attaching *x, const struct rules *doc, const struct item *it)
{
    static const char *const BEFORE[] = {"", "上次", "测算"};
    struct arena *keep = x->model->arena;
    Str name = arena_fmt(keep, "%s%.*s", BEFORE[x->when], STR_ARG(it->name));
    if (!is_taken(x, name))
        return name;
    return arena_fmt(keep, "%s%.*s·%.*s", BEFORE[x->when], STR_ARG(doc->name), STR_ARG(it->name));
}

/* Among whom a place or a grade was given, as the document says it: 同 阶段. Empty: among all. */
static Str peers_of(struct arena *keep, const struct rules *doc, const struct item *it)
{
    const struct expr *e = it->expr;
    Str s = S("");
    if (e != NULL && e->kind == EXPR_TABLE && it->by_quantile)
        e = e->table->input[0];
    if (e == NULL || e->pop == NULL)
        return s;
    for (uint32_t i = 0; i < e->pop->by_n; i++) {
        const struct expr *by = e->pop->by[i];
        Str name = by->kind == EXPR_FIELD  ? doc->field[by->ref].name
                   : by->kind == EXPR_ITEM ? doc->item[by->ref].name
                                           : S("…");
        s = arena_fmt(keep, "%.*s %.*s", STR_ARG(i == 0 ? S("同") : s), STR_ARG(name));
    }
    return s;
}

/* The first of each sort stands for the document. */
static void note_name(struct outcome *o, const struct item *it, Str name)
{
    Str *to = it->kind == ITEM_SCORE ? &o->score : it->kind == ITEM_GRADE ? &o->grade : &o->rank;
    if (to->n == 0)
        *to = name;
}

/* Fields for the column of an item, and the item that conditions refer to. */
static void add_attached(struct attaching *x, const struct rules *doc, const struct item *it,
                         int64_t run)
{
    struct arena *keep = x->model->arena;
    Str name = name_of(x, doc, it);
    bool text = it->type.kind == TYPE_TEXT;
    struct field f = {.name = name,
                      .ftype = text ? FIELD_TEXT : FIELD_NUM,
                      .type = it->type,
                      .unit = text ? NULL : column_unit(it),
                      .meaning = peers_of(keep, doc, it),
                      .protect = text ? PROTECT_PUBLIC : PROTECT_INTERNAL};
    if (text)
        take_options(x, &f, it);
    struct attached a = {.name = name, .run = run, .draft = x->when == OUTCOME_DRAFT};
    a.lo = add_field(x, f);
    a.hi = add_field(x, f);
    size_t n = x->model->attached_n;
    VEC_PUSH(keep, x->model->attached, n, x->attached_cap) = a;
    x->model->attached_n = (uint32_t)n;
    note_name(&x->model->outcome[x->model->outcome_n - 1], it, name);
}

/* 88, 61~78, ~78, 61~ */
static enum status set_number(struct attaching *x, const struct attached *a, uint32_t row, Str text)
{
    const struct field *f = &x->model->rules->field[a->lo];
    size_t cut = str_find(text, S("~"));
    Str end[2] = {str_sub(text, 0, cut), cut == text.n ? text : str_sub(text, cut + 1, text.n)};
    const uint32_t field[2] = {a->lo, a->hi};
    for (int k = 0; k < 2; k++) {
        Cell c = CELL_UNKNOWN;
        TRY(rule_read_cell(&c, x->model->rules, f, (Text){end[k], {0, 0}}, x->data->labels, NULL));
        if (end[k].n > 0 && c.lo == c.hi)
            column_set(dataset_column(x->data, field[k], COL_NO_PERIOD), row, c.lo);
    }
    return OK;
}

static void set_text(struct attaching *x, const struct attached *a, uint32_t row, Str text)
{
    const struct field *f = &x->model->rules->field[a->lo];
    uint32_t code = labels_code(x->data->labels, text);
    bool is_option = f->ftype == FIELD_TEXT;
    for (uint32_t i = 0; i < f->option_n; i++)
        is_option |= f->option[i] == code;
    column_set(dataset_column(x->data, is_option ? a->lo : a->hi, COL_NO_PERIOD), row, code);
}

static bool is_wanted(const struct item *it)
{
    return (it->kind == ITEM_SCORE && it->parent < 0) || it->kind == ITEM_GRADE ||
           it->kind == ITEM_RANK;
}

/* The results of one line, each to its field; `a`: that of the document's first. */
static enum status read_line(struct attaching *x, const struct rules *doc, const struct csv *csv,
                             const struct attached *a, uint32_t row)
{
    for (uint32_t i = 0; i < doc->item_n && i + 1 < csv->cell_n; i++) {
        if (!is_wanted(&doc->item[i]))
            continue;
        Str cell = csv->cell[i + 1].text;
        if (cell.n > 0 && doc->item[i].type.kind == TYPE_TEXT)
            set_text(x, a, row, cell);
        else if (cell.n > 0)
            TRY(set_number(x, a, row, cell));
        a++;
    }
    return OK;
}

/* Lines are by identity, as rows are. */
static enum status read_lines(struct attaching *x, const struct rules *doc, Str text, uint32_t from)
{
    struct csv csv;
    uint32_t row = 0;
    csv_open(&csv, x->tmp, text);
    TRY(csv_next(&csv, NULL)); /* the head */
    for (;;) {
        TRY(csv_next(&csv, NULL));
        if (csv.cell_n == 0)
            return OK;
        while (row < x->data->row_n && str_cmp(x->data->id[row], csv.cell[0].text) < 0)
            row++;
        if (row < x->data->row_n && str_eq(x->data->id[row], csv.cell[0].text))
            TRY(read_line(x, doc, &csv, &x->model->attached[from], row));
    }
}

/* Whether the document wants a run of this sort: the first that comes along, and of drafts only one
 * that is newer than what was published. */
static bool wants(const struct attaching *x, Str document, enum outcome_when when, int64_t run)
{
    for (size_t i = 0; i < x->model->outcome_n; i++) {
        const struct outcome *o = &x->model->outcome[i];
        if (str_eq(o->document, document) &&
            (o->when == when || (when == OUTCOME_DRAFT && run < o->run)))
            return false;
    }
    return true;
}

static void add_outcome(struct attaching *x, const struct rules *doc, const struct run *run)
{
    struct arena *keep = x->model->arena;
    size_t n = x->model->outcome_n;
    VEC_PUSH(keep, x->model->outcome, n, x->outcome_cap) =
        (struct outcome){.document = arena_copy(keep, doc->name),
                         .title = arena_copy(keep, run->title),
                         .when = x->when,
                         .run = run->run,
                         .status = doc->status};
    x->model->outcome_n = (uint32_t)n;
}

/* The rules of a run, and whether it is wanted: then as x->when says. */
static enum status open_run(struct attaching *x, int64_t number, bool published, struct run *run,
                            struct rules **doc, bool *wanted)
{
    const struct fold_job *j = x->job;
    struct run_view v = {j->conn, x->tmp, j->county, NULL, j->diags};
    struct diags own;
    Str rules;
    TRY(run_get(&v, run, number));
    TRY(content_get(j->conn, x->tmp, &rules, j->county, run->rules, RESULTS_MAX));
    diags_init(&own, x->tmp);
    TRY(rule_load(x->tmp, doc, run->title, rules, &own));
    x->when = !published                                    ? OUTCOME_DRAFT
              : wants(x, (*doc)->name, OUTCOME_NOW, number) ? OUTCOME_NOW
                                                            : OUTCOME_BEFORE;
    *wanted = wants(x, (*doc)->name, x->when, number);
    return OK;
}

static enum status attach_run(struct attaching *x, int64_t number, bool published)
{
    const struct fold_job *j = x->job;
    struct run run;
    struct rules *doc;
    bool wanted;
    Str text;
    TRY(open_run(x, number, published, &run, &doc, &wanted));
    if (!wanted)
        return OK;
    TRY(content_get(j->conn, x->tmp, &text, j->county, run.results, RESULTS_MAX));
    add_outcome(x, doc, &run);
    uint32_t from = x->model->attached_n;
    for (uint32_t i = 0; i < doc->item_n; i++)
        if (is_wanted(&doc->item[i]))
            add_attached(x, doc, &doc->item[i], number);
    return read_lines(x, doc, text, from);
}

/* What conditions refer to: the figure, or all between the ends where they differ somewhere. */
static void add_items(struct attaching *x)
{
    struct arena *keep = x->model->arena;
    struct rules *r = x->model->rules;
    uint32_t n = x->model->attached_n, base = r->item_n;
    struct item *item = ARENA_ARRAY(keep, struct item, base + n);
    uint32_t *order = ARENA_ARRAY(keep, uint32_t, base + n);
    for (uint32_t i = 0; i < base; i++) {
        item[i] = r->item[i];
        order[i] = r->order[i];
    }
    for (uint32_t i = 0; i < n; i++) {
        struct attached *a = &x->model->attached[i];
        const struct field *f = &r->field[a->lo];
        struct expr *e = make_field(keep, a->lo, (Span){0, 0});
        e->type = f->type;
        if (f->type.kind == TYPE_NUM) {
            struct expr *hi = make_field(keep, a->hi, (Span){0, 0});
            hi->type = f->type;
            e = make_op2(keep, OP_RANGE, e, hi);
            e->type = f->type;
        }
        a->item = base + i;
        order[base + i] = base + i;
        item[base + i] = (struct item){.kind = ITEM_INDICATOR,
                                       .name = a->name,
                                       .type = f->type,
                                       .expr = e,
                                       .parent = -1,
                                       .pass = -1,
                                       .rank = -1,
                                       .review = -1,
                                       .on_unknown = TRUTH_UNKNOWN};
    }
    r->item = item;
    r->order = order;
    r->item_n = base + n;
}

/* The runs of the kind that stand, the newest first. */
static enum status find_runs(struct attaching *x, bool published, int64_t *run, size_t *n)
{
    const struct fold_job *j = x->job;
    struct db_rows rows;
    struct sql_runs_in_force_row row;
    struct sql_runs_in_force ask = {j->county, j->kind, published, RUNS_LOOKED_AT};
    *n = 0;
    TRY(sql_runs_in_force(j->conn, &ask, &rows));
    while (sql_runs_in_force_next(&rows, &row))
        run[(*n)++] = row.run;
    return db_rows_end(&rows);
}

/* What is published first, so that its names are the items' own. */
static enum status attach_all(struct attaching *x)
{
    int64_t run[RUNS_LOOKED_AT];
    size_t n;
    for (int published = 1; published >= 0; published--) {
        TRY(find_runs(x, published == 1, run, &n));
        for (size_t i = 0; i < n; i++)
            TRY(attach_run(x, run[i], published == 1));
    }
    add_items(x);
    return OK;
}

enum status results_attach(const struct fold_job *j, struct model *m, struct dataset *d)
{
    struct attaching x = {
        .job = j, .tmp = arena_open(), .model = m, .data = d, .field_cap = m->rules->field_n};
    enum status st = attach_all(&x);
    arena_close(x.tmp);
    return st;
}

bool roster_field_run(const struct roster *r, uint32_t i, int64_t *run)
{
    const struct model *m = r->own->model;
    *run = 0;
    for (uint32_t k = 0; k < m->attached_n; k++) {
        if (m->attached[k].lo == i)
            *run = m->attached[k].run;
        else if (m->attached[k].hi == i)
            return false;
    }
    return true;
}
