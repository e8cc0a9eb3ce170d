/* import.c - files that are uploaded, looked at, and handed to a job (import_job.c). */
#include "api/noun/data/import.h"

#include "api/call.h"
#include "api/job.h"
#include "api/print/document.h"
#include "api/problem.h"
#include "api_types.h"
#include "base/arena.h"
#include "base/str.h"
#include "col/dataset.h"
#include "rule/model.h"

enum { PROBLEMS_USUAL = 200, SKIPPED_MAX = 1000, SAMPLE_ROWS = 20 };

static const int64_t DAY_US = INT64_C(86400000000);

/* --- the file --- */

enum status import_file_of(struct call *c, const struct upload *u, struct api_import_file *out)
{
    int64_t act = 0;
    Str town;
    TRY(import_town(c, u->kind, &town));
    enum status st = import_known(c->conn, c->county, u->kind, &u->hash, town, &act);
    if (st != OK && st != ERR_GONE)
        return st;
    *out = (struct api_import_file){
        .import = u->no,
        .kind = u->kind,
        .name = u->name,
        .hash = arena_hex(c->arena, sha256_str(&u->hash)),
        .bytes = u->bytes_n,
        .at = u->at_us,
        .until = u->at_us + UPLOAD_KEEP_DAYS * DAY_US,
        .known = {act != 0, act},
    };
    return OK;
}

struct adding {
    struct upload up;
    struct api_import_file *out;
};

static enum status add(struct call *c, void *arg)
{
    struct adding *x = arg;
    TRY(upload_add(c, &x->up));
    TRY(import_file_of(c, &x->up, x->out));
    c->object = x->up.kind;
    json_kstr(&c->body, "file", x->out->hash);
    json_kstr(&c->body, "name", x->up.name);
    json_kint(&c->body, "bytes", x->up.bytes_n);
    return OK;
}

enum status api_import_new(struct call *c, const struct api_import_new_in *in,
                           struct api_import_file *out)
{
    struct adding x = {.up = {.kind = in->kind, .name = upload_base_name(in->name)}, .out = out};
    TRY(call_roster(c, in->kind)); /* there is such a kind */
    if (c->rq->body.n == 0)
        return call_refuse(c, DIAG_API_MISSING, S("body"), NO_ARG);
    if (x.up.name.n == 0 || x.up.name.n > UPLOAD_NAME_MAX)
        return call_refuse(c, DIAG_API_TYPE, S("name"), S("1-255"));
    x.up.hash = sha256_of(c->rq->body);
    return call_act(c, add, &x);
}

enum status api_import_list(struct call *c, struct api_import_files *out)
{
    struct upload *up;
    size_t n;
    TRY(upload_list(c, &up, &n));
    out->imports.at = ARENA_ARRAY(c->arena, struct api_import_file, n);
    for (size_t i = 0; i < n; i++)
        if (!str_eq(up[i].kind, UPLOAD_EVIDENCE))
            TRY(import_file_of(c, &up[i], &out->imports.at[out->imports.n++]));
    return OK;
}

enum status api_import_end(struct call *c, const struct api_import_end_in *in, struct api_done *out)
{
    struct upload up;
    TRY(upload_get(c, in->import, &up));
    TRY(upload_drop(c->conn, c->county, in->import));
    c->object = up.kind;
    json_kint(&c->body, "import", in->import);
    out->act = c->act->no;
    return OK;
}

/* --- what would be taken --- */

static Str letter_of(struct call *c, const struct found *t, uint32_t column)
{
    char name[COLUMN_NAME_MAX];
    uint32_t at = t->column[column];
    return at == UINT32_MAX ? S("") : arena_copy(c->arena, sheet_column_name(name, at));
}

static void tell_columns(struct call *c, const struct reading *r, struct api_import_preview *out)
{
    static const int HOW[MAP_HOW_N] = {
        [MAP_NONE] = API_IMPORT_COLUMN_HOW_NONE,       [MAP_NEAR] = API_IMPORT_COLUMN_HOW_NEAR,
        [MAP_SYNONYM] = API_IMPORT_COLUMN_HOW_SYNONYM, [MAP_FOLDED] = API_IMPORT_COLUMN_HOW_FOLDED,
        [MAP_EXACT] = API_IMPORT_COLUMN_HOW_EXACT,     [MAP_ID] = API_IMPORT_COLUMN_HOW_ID,
        [MAP_NAME] = API_IMPORT_COLUMN_HOW_NAME};
    const struct found *t = &r->src.found;
    const struct mapping *m = &r->src.map;
    out->columns.at = ARENA_ARRAY(c->arena, struct api_import_column, t->column_n);
    for (uint32_t i = 0; i < t->column_n; i++) {
        const struct map_column *k = &m->column[i];
        out->columns.at[out->columns.n++] = (struct api_import_column){
            .column = i,
            .letter = letter_of(c, t, i),
            .name = t->head[i],
            .how = HOW[k->how],
            .as = k->how > MAP_NEAR ? k->head : S(""),
            .near = k->how == MAP_NEAR ? k->would : S(""),
            .same_as = {k->lost >= 0, k->lost},
        };
    }
    out->absent.at = ARENA_ARRAY(c->arena, Str, m->absent_n);
    for (uint32_t i = 0; i < m->absent_n; i++)
        out->absent.at[out->absent.n++] = r->kind->field[m->absent[i]].name;
}

static void tell_skipped(struct call *c, const struct found *t, struct api_import_preview *out)
{
    out->skipped.at = ARENA_ARRAY(c->arena, struct api_import_skipped, SKIPPED_MAX);
    for (size_t i = 0; i < t->skip_n && i < SKIPPED_MAX; i++)
        out->skipped.at[out->skipped.n++] = (struct api_import_skipped){
            t->skip[i].row, str_of(skip_name(t->skip[i].why, LANG_ZH)),
            str_of(skip_name(t->skip[i].why, LANG_EN)), t->skip[i].text};
}

/* What load_csv said of the whole; of cells and columns more is told elsewhere. */
static void tell_faults(struct call *c, const struct reading *r, struct api_import_preview *out)
{
    const struct diags *ds = &r->all;
    out->faults.at = ARENA_ARRAY(c->arena, struct api_problem_item, ds->n);
    for (size_t i = 0; i < ds->n; i++) {
        enum diag_code code = ds->at[i].code;
        bool of_cell = i + 1 < ds->n && ds->at[i + 1].code == DIAG_DATA_CELL;
        if (of_cell || code == DIAG_DATA_CELL || code == DIAG_DATA_MORE ||
            code == DIAG_DATA_EXTRA || code == DIAG_DATA_ABSENT || code == DIAG_DATA_ID_SAME ||
            code == DIAG_DATA_ID_EMPTY)
            continue;
        out->faults.at[out->faults.n++] = problem_item(c->arena, &ds->at[i]);
    }
}

static size_t within(struct api_int v, size_t usual, size_t most)
{
    return !v.set || v.v < 0 ? usual : (uint64_t)v.v > most ? most : (size_t)v.v;
}

/* Problems are the same in both languages, but for their words. */
static struct checked tell_problems(struct call *c, const struct reading *r,
                                    const struct api_import_look *in,
                                    struct api_import_preview *out)
{
    const struct found *t = &r->src.found;
    struct checked zh, en;
    import_check(&r->m, &zh, LANG_ZH);
    import_check(&r->m, &en, LANG_EN);
    size_t first = within(in->first, 0, zh.n), limit = within(in->limit, PROBLEMS_USUAL, zh.n);
    size_t end = limit < zh.n - first ? first + limit : zh.n;
    out->found = (int64_t)(zh.n + zh.dropped);
    out->next = (struct api_int){end < zh.n, (int64_t)end};
    out->problems.at = ARENA_ARRAY(c->arena, struct api_import_problem, end - first);
    for (size_t i = first; i < end; i++) {
        const struct problem *p = &zh.problem[i];
        out->problems.at[out->problems.n++] = (struct api_import_problem){
            .row = t->row[p->row].number,
            .column = p->column,
            .letter = letter_of(c, t, p->column),
            .name = t->head[p->column],
            .text = t->row[p->row].cell[p->column],
            .severity =
                p->warns ? API_IMPORT_PROBLEM_SEVERITY_WARNING : API_IMPORT_PROBLEM_SEVERITY_ERROR,
            .message = p->what,
            .message_en = en.problem[i].what,
            .fix = str_or_empty(p->fix),
            .fix_en = str_or_empty(en.problem[i].fix),
        };
    }
    return zh;
}

static void tell_sample(struct call *c, const struct found *t, const struct checked *k,
                        struct api_import_preview *out)
{
    uint32_t n = t->row_n < SAMPLE_ROWS ? t->row_n : SAMPLE_ROWS;
    out->sample.at = ARENA_ARRAY(c->arena, struct api_import_row, n);
    for (uint32_t i = 0; i < n; i++) {
        struct api_import_row *to = &out->sample.at[out->sample.n++];
        *to = (struct api_import_row){.row = t->row[i].number, .good = !k->bad[i]};
        to->cells.at = t->row[i].cell;
        to->cells.n = t->column_n;
    }
}

static void tell_gates(struct call *c, const struct reading *r, struct api_import_preview *out)
{
    struct import_gate *gate;
    struct diags ds;
    size_t n = 0;
    diags_init(&ds, c->arena);
    if (r->m.data == NULL || import_gates(&r->m, &gate, &n, &ds) != OK)
        return; /* it stands on what this table does not have */
    out->gates.at = ARENA_ARRAY(c->arena, struct api_import_gate, n);
    for (size_t i = 0; i < n; i++) {
        struct api_import_gate *to = &out->gates.at[out->gates.n++];
        *to = (struct api_import_gate){.gate = r->kind->item[gate[i].item].name, .rows = gate[i].n};
        to->first.at = ARENA_ARRAY(c->arena, int64_t, IMPORT_GATE_ROWS);
        for (; to->first.n < gate[i].n && to->first.n < IMPORT_GATE_ROWS; to->first.n++)
            to->first.at[to->first.n] = r->m.rows.line[gate[i].row[to->first.n]];
    }
}

static void tell_book(struct call *c, const struct reading *r, struct api_import_preview *out)
{
    static const int FORM[] = {[BOOK_XLSX] = API_IMPORT_PREVIEW_FORM_XLSX,
                               [BOOK_XLS] = API_IMPORT_PREVIEW_FORM_XLS,
                               [BOOK_CSV] = API_IMPORT_PREVIEW_FORM_CSV};
    const struct book *b = r->src.book;
    out->form = FORM[b->form];
    out->macros = b->macros;
    out->sheet = r->src.found.sheet->name;
    out->sheets.at = ARENA_ARRAY(c->arena, Str, b->sheet_n);
    for (uint32_t i = 0; i < b->sheet_n; i++)
        if (!b->sheet[i].hidden)
            out->sheets.at[out->sheets.n++] = b->sheet[i].name;
    out->header_row = r->src.found.head_row_end;
    out->period = (struct api_int){r->m.period != INT32_MIN, r->m.period};
}

enum status api_import_preview(struct call *c, const struct api_import_preview_in *in,
                               struct api_import_preview *out)
{
    struct reading r;
    TRY(import_read(c, in->import, in->body.how, NULL, &r));
    TRY(import_file_of(c, &r.up, &out->file));
    tell_book(c, &r, out);
    tell_columns(c, &r, out);
    tell_skipped(c, &r.src.found, out);
    tell_faults(c, &r, out);
    struct checked k = tell_problems(c, &r, &in->body, out);
    out->rows = r.src.found.row_n;
    out->good = r.only_rows ? k.good_n : 0;
    out->bad = out->rows - out->good;
    tell_sample(c, &r.src.found, &k, out);
    tell_gates(c, &r, out);
    return import_twins(c, &r, out);
}

enum status api_import_refused(struct call *c, const struct api_import_refused_in *in)
{
    struct reading r;
    TRY(import_read(c, in->import, &in->body, NULL, &r));
    TRY(import_book(c, &r, &c->bytes));
    c->file = arena_fmt(c->arena, "refused-%lld.xlsx", (long long)in->import);
    return OK;
}

enum status api_import_commit(struct call *c, const struct api_import_commit_in *in,
                              struct api_job_asked *out)
{
    struct upload up;
    TRY(upload_get(c, in->import, &up));
    struct job_order order = {
        .kind = "import", .about = up.kind, .ask = c->rq->body, .input = up.no, .title = up.name};
    return job_ask(c, &order, out);
}
