/* local.c - rows of one locality alone.
 *
 * A subject is where the store says that it is today; a row may not move it elsewhere, and a new
 * subject is where its row says. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "col/dataset.h"
#include "exchange/import.h"
#include "field/code.h"
#include "record/record.h"
#include "rule/model.h"

struct local {
    struct import *m;
    Str locality;
    struct labels *name; /* identities in the store */
    Str *where;          /* by code of `name` */
    const struct column *id, *at;
};

static enum status read_known(struct local *x, struct db_conn *c, Str county, struct arena *tmp)
{
    struct record_now *now;
    size_t n;
    TRY(record_now_all(c, tmp, &now, &n, county, x->m->kind->name));
    x->name = labels_open(tmp);
    x->where = ARENA_ARRAY(tmp, Str, n + 1);
    for (size_t i = 0; i < n; i++)
        x->where[labels_code(x->name, now[i].identity)] = now[i].locality;
    return OK;
}

/* As record/import.c names the subject of a row. */
static Str identity_of(const struct local *x, uint32_t row)
{
    const struct dataset *d = x->m->data;
    return x->id != NULL && column_has(x->id, row)
               ? labels_text(d->labels, (uint32_t)column_value(x->id, row))
               : d->id[row];
}

static void refuse(struct local *x, uint32_t row, enum diag_code code, Str where)
{
    struct import *m = x->m;
    struct buf b;
    struct diag why = {.code = code,
                       .arg = {arena_copy(m->keep, identity_of(x, row)), arena_copy(m->keep, where),
                               arena_copy(m->keep, x->locality)}};
    buf_init(&b, m->keep, BUF_MAX);
    diag_text(&b, &why, m->lang);
    m->rows.why[row] = buf_str(&b);
    m->rows.bad[row / WORD_ROWS] |= (uint64_t)1 << row % WORD_ROWS;
    m->bad_n++;
    VEC_PUSH(m->keep, m->refusal, m->refusal_n, m->refusal_cap) = (struct import_refusal){row, why};
}

static void look_at(struct local *x, uint32_t row)
{
    const struct rules *kind = x->m->kind;
    Str identity = identity_of(x, row), says = {NULL, 0};
    int64_t code = labels_find(x->name, identity);
    if (kind->role[SUBJECT_ROLE_LOCALITY] == kind->role[SUBJECT_ROLE_ID])
        says = identity;
    else if (x->at != NULL && column_has(x->at, row))
        says = labels_text(x->m->data->labels, (uint32_t)column_value(x->at, row));
    if (code >= 0 && !region_within(x->where[code], x->locality))
        refuse(x, row, DIAG_IMPORT_ELSEWHERE, x->where[code]);
    else if (says.p != NULL && !region_within(says, x->locality))
        refuse(x, row, DIAG_IMPORT_MOVES, says);
    else if (code < 0 && says.p == NULL)
        refuse(x, row, DIAG_IMPORT_NOWHERE, S(""));
}

static const struct column *column_of(const struct import *m, int32_t field)
{
    return field < 0 ? NULL : dataset_find(m->data, (uint32_t)field, COL_NO_PERIOD);
}

enum status import_local(struct import *m, struct db_conn *c, Str county, Str locality)
{
    struct local x = {.m = m, .locality = locality};
    struct arena *tmp = arena_open();
    m->locality = locality;
    x.id = column_of(m, m->kind->role[SUBJECT_ROLE_ID]);
    x.at = column_of(m, m->kind->role[SUBJECT_ROLE_LOCALITY]);
    enum status st = read_known(&x, c, county, tmp);
    for (uint32_t row = 0; st == OK && row < m->data->row_n; row++)
        if (!import_is_bad(m, row))
            look_at(&x, row);
    arena_close(tmp);
    return st;
}
