#include "api/upload.h"

#include <string.h>

#include "api/call.h"
#include "base/arena.h"
#include "base/str.h"
#include "os/clock.h"
#include "sql.h"

enum { PIECE_BYTES = 1 << 20 };

static const int64_t DAY_US = INT64_C(86400000000);

Str upload_base_name(Str path)
{
    size_t at = path.n;
    while (at > 0 && path.p[at - 1] != '/' && path.p[at - 1] != '\\')
        at--;
    return str_sub(path, at, path.n);
}

static enum status add_pieces(struct call *c, const struct upload *u)
{
    struct sql_upload_of_hash_row has;
    Str hash = sha256_str(&u->hash), bytes = c->rq->body;
    TRY(sql_upload_of_hash_one(c->conn, c->arena, &(struct sql_upload_of_hash){c->county, hash},
                               &has));
    for (size_t at = 0, piece = 0; has.n == 0 && at < bytes.n; at += PIECE_BYTES, piece++) {
        size_t end = bytes.n - at < PIECE_BYTES ? bytes.n : at + PIECE_BYTES;
        TRY(sql_upload_piece_add(c->conn,
                                 &(struct sql_upload_piece_add){c->county, hash, (int64_t)piece,
                                                                str_sub(bytes, at, end)}));
    }
    return OK;
}

enum status upload_add(struct call *c, struct upload *u)
{
    struct sql_upload_sweep old = {c->county, c->now_us - UPLOAD_KEEP_DAYS * DAY_US};
    struct sql_upload_trim more = {c->county, c->who.account, UPLOAD_ACCOUNT_MAX};
    u->no = c->act->no;
    u->account = c->who.account;
    u->bytes_n = (int64_t)c->rq->body.n;
    u->at_us = c->now_us;
    TRY(sql_upload_sweep(c->conn, &old));
    TRY(sql_upload_piece_sweep(c->conn, &(struct sql_upload_piece_sweep){c->county}));
    TRY(add_pieces(c, u));
    TRY(sql_upload_add(c->conn,
                       &(struct sql_upload_add){c->county, u->no, u->account, u->kind, u->name,
                                                sha256_str(&u->hash), u->bytes_n, u->at_us}));
    TRY(sql_upload_trim(c->conn, &more));
    return sql_upload_piece_sweep(c->conn, &(struct sql_upload_piece_sweep){c->county});
}

static Sha256 hash_of(Str bytes)
{
    Sha256 h = {{0}};
    if (bytes.n == sizeof h.byte)
        memcpy(h.byte, bytes.p, bytes.n);
    return h;
}

enum status upload_get(struct call *c, int64_t no, struct upload *out)
{
    struct sql_upload_get_row row;
    TRY(sql_upload_get_one(c->conn, c->arena, &(struct sql_upload_get){c->county, no}, &row));
    *out = (struct upload){no,       row.account, row.bytes,        row.at_us,
                           row.kind, row.name,    hash_of(row.hash)};
    return row.account == c->who.account ? OK : ERR_GONE;
}

enum status upload_list(struct call *c, struct upload **out, size_t *n)
{
    struct db_rows rows;
    struct sql_upload_list_row row;
    struct arena *a = c->arena;
    *n = 0;
    *out = ARENA_ARRAY(a, struct upload, UPLOAD_ACCOUNT_MAX);
    TRY(sql_upload_list(c->conn, &(struct sql_upload_list){c->county, c->who.account}, &rows));
    while (sql_upload_list_next(&rows, &row))
        if (*n < UPLOAD_ACCOUNT_MAX)
            (*out)[(*n)++] =
                (struct upload){row.upload,       c->who.account,          row.bytes,
                                row.at_us,        arena_copy(a, row.kind), arena_copy(a, row.name),
                                hash_of(row.hash)};
    return db_rows_end(&rows);
}

enum status upload_bytes(struct call *c, const struct upload *u, Str *out)
{
    struct db_rows rows;
    struct sql_upload_pieces_row row;
    char *to = arena_raw(c->arena, (size_t)u->bytes_n + 1, 1);
    size_t n = 0;
    bool fits = true;
    TRY(sql_upload_pieces(c->conn, &(struct sql_upload_pieces){c->county, sha256_str(&u->hash)},
                          &rows));
    while (sql_upload_pieces_next(&rows, &row)) {
        fits = fits && row.bytes.n > 0 && row.bytes.n <= (size_t)u->bytes_n - n;
        if (!fits)
            continue;
        memcpy(to + n, row.bytes.p, row.bytes.n);
        n += row.bytes.n;
    }
    TRY(db_rows_end(&rows));
    *out = (Str){to, n};
    Sha256 is = sha256_of(*out);
    return fits && memcmp(is.byte, u->hash.byte, sizeof is.byte) == 0 ? OK : ERR_IO;
}

enum status upload_drop(struct db_conn *c, Str county, int64_t no)
{
    TRY(sql_upload_drop(c, &(struct sql_upload_drop){county, no}));
    return sql_upload_piece_sweep(c, &(struct sql_upload_piece_sweep){county});
}
