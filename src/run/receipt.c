/* receipt.c - what one subject got, with the proof that it belongs to the run. */
#include "base/arena.h"
#include "base/str.h"
#include "crypto/merkle.h"
#include "record/record.h"
#include "run/run_int.h"
#include "sql.h"

/* The head and the n-th line behind it. Lines of quoted cells with line breaks are one. */
static void find_line(Str text, int64_t n, Str *head, Str *line)
{
    int64_t at_line = -1;
    bool quoted = false;
    size_t from = 0;
    for (size_t i = 0; i < text.n; i++) {
        quoted ^= text.p[i] == '"';
        if (text.p[i] != '\n' || quoted)
            continue;
        Str whole = str_trim(str_sub(text, from, i));
        if (at_line == -1)
            *head = whole;
        if (at_line == n) {
            *line = whole;
            return;
        }
        at_line++;
        from = i + 1;
    }
}

static enum status leaves(const struct run_view *v, const struct run *r, Digest **out)
{
    struct db_rows rows;
    struct sql_receipt_all_row row;
    size_t n = 0;
    *out = ARENA_ARRAY(v->keep, Digest, (size_t)r->subjects + 1);
    TRY(sql_receipt_all(v->conn, &(struct sql_receipt_all){v->county, r->run}, &rows));
    for (; sql_receipt_all_next(&rows, &row) && n < (size_t)r->subjects; n++)
        (*out)[n] = digest_from(row.hash);
    return db_rows_end(&rows);
}

enum status run_receipt(const struct run_view *v, struct run_receipt *out, int64_t run,
                        Str identity)
{
    struct sql_receipt_get_row row;
    Digest *leaf;
    Str text;
    TRY(run_get(v, &out->run, run));
    enum status st = sql_receipt_get_one(v->conn, v->keep,
                                         &(struct sql_receipt_get){v->county, run, identity}, &row);
    if (st == ERR_GONE)
        (void)diag_add(v->diags, DIAG_RUN_SUBJECT, (Span){0, 0},
                       arena_fmt(v->keep, "%lld", (long long)run), identity, NO_ARG);
    TRY(st);
    TRY(content_get(v->conn, v->keep, &text, v->county, out->run.results, CONTENT_MAX));
    TRY(leaves(v, &out->run, &leaf));
    if (row.n >= out->run.subjects)
        return ERR_IO; /* audit verify says which table was tampered with */
    out->row = row.n;
    out->hash = leaf[row.n];
    find_line(text, row.n, &out->head, &out->line);
    out->path = merkle_path(v->keep, leaf, (size_t)out->run.subjects, (size_t)row.n, &out->path_n);
    return OK;
}
