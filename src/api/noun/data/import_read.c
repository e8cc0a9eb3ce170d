/* import_read.c - an uploaded file as a table, and its rows as facts. */
#include "api/call.h"
#include "api/noun/data/import.h"
#include "api_types.h"
#include "base/arena.h"
#include "base/buf.h"
#include "record/record.h"

enum { CHOICES_MAX = SHEET_COLUMNS };

static enum status tell_fault(struct call *c, const struct sheet_fault *f)
{
    Str zh = sheet_fault_text(c->arena, f, LANG_ZH), en = sheet_fault_text(c->arena, f, LANG_EN);
    enum status st = sheet_fault_status(f->code);
    (void)diag_add(&c->diags, DIAG_IMPORT_FILE, (Span){0, 0}, zh, NO_ARG, en);
    return st == ERR_BUSY ? st : ERR_INPUT;
}

static enum status read_table(struct call *c, const struct api_import_how *how,
                              const struct sheet_tick *tick, struct reading *r)
{
    struct intake_opts o = {.sheet = how->sheet, .tick = tick};
    size_t n = how->columns.n < CHOICES_MAX ? how->columns.n : CHOICES_MAX;
    struct map_choice *choice = ARENA_ARRAY(c->arena, struct map_choice, n);
    for (size_t i = 0; i < n; i++) {
        int64_t column = how->columns.at[i].column;
        choice[i].column = column < 0 || column >= UINT32_MAX ? UINT32_MAX : (uint32_t)column;
        choice[i].as = how->columns.at[i].as;
    }
    o.choice = choice;
    o.choice_n = n;
    if (intake_table(c->arena, &r->src, r->kind, r->bytes, &o) == OK)
        return OK;
    return r->src.fault.code != SHEET_NONE
               ? tell_fault(c, &r->src.fault)
               : call_refuse(c, DIAG_API_NO_COLUMN, choice[r->src.bad_choice].as, NO_ARG);
}

/* A town sees its own rows; of those who see all nothing is asked. */
enum status import_town(struct call *c, Str kind, Str *town)
{
    struct scope s;
    TRY(access_scope(c->conn, c->arena, &c->who, kind, 0, &s));
    *town = s.rule == SCOPE_LOCALITY ? s.locality : NO_ARG;
    return s.rule == SCOPE_LOCALITY || s.rule == SCOPE_ALL ? OK : ERR_DENIED;
}

static enum status read_rows(struct call *c, const struct api_import_how *how, struct reading *r)
{
    diags_init(&r->all, c->arena);
    r->m = (struct import){.keep = c->arena,
                           .kind = r->kind,
                           .src = &r->src,
                           .day = how->day.set ? how->day.v : c->today,
                           .period = how->period.set ? (int)how->period.v : INT32_MIN,
                           .lang = LANG_ZH};
    enum status st = import_load(&r->m, &r->all);
    if (st != OK && st != ERR_INPUT)
        return st;
    r->only_rows = st == OK || import_only_rows(&r->m, st, &r->all);
    return r->town.p == NULL || r->m.data == NULL
               ? OK
               : import_local(&r->m, c->conn, c->county, r->town);
}

enum status import_read(struct call *c, int64_t no, const struct api_import_how *how,
                        const struct sheet_tick *tick, struct reading *out)
{
    static const struct api_import_how USUAL = {.sheet = {NULL, 0}};
    how = how == NULL ? &USUAL : how;
    if (how->period.set && (how->period.v < 1900 || how->period.v > 2999))
        return call_refuse(c, DIAG_API_TYPE, S("period"), S("1900-2999"));
    TRY(upload_get(c, no, &out->up));
    TRY(record_kind_get(c->conn, c->arena, &out->kind, c->county, out->up.kind, RECORD_NOW));
    TRY(import_town(c, out->up.kind, &out->town));
    TRY(upload_bytes(c, &out->up, &out->bytes));
    TRY(read_table(c, how, tick, out));
    return read_rows(c, how, out);
}

enum status import_book(struct call *c, const struct reading *r, Str *out)
{
    struct buf b;
    buf_init(&b, c->arena, BUF_MAX);
    TRY(import_failed(&r->m, OUT_XLSX, out_to_buf, &b));
    *out = buf_str(&b);
    return b.over ? ERR_LIMIT : OK;
}
