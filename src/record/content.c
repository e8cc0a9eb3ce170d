/* content.c - bytes by their SHA-256, in pieces. */
#include <string.h>

#include "record/record_int.h"

enum status content_put(struct record *r, Sha256 *hash, Str bytes, Str media)
{
    *hash = sha256_of(bytes);
    return content_put_as(r, *hash, bytes, media);
}

enum status content_put_as(struct record *r, Sha256 hash, Str bytes, Str media)
{
    struct sql_content_get_row known;
    if (bytes.n > CONTENT_MAX)
        return ERR_LIMIT;
    Str name = sha256_str(&hash);
    struct arena *tmp = arena_open();
    enum status st =
        sql_content_get_one(r->conn, tmp, &(struct sql_content_get){r->county, name}, &known);
    arena_close(tmp);
    if (st != ERR_GONE)
        return st;
    TRY(sql_content_add(r->conn,
                        &(struct sql_content_add){r->county, r->act, record_next(r, RECORD_CONTENT),
                                                  name, (int64_t)bytes.n, media}));
    for (size_t at = 0, piece = 0; at < bytes.n; at += CONTENT_PIECE, piece++) {
        size_t end = at + CONTENT_PIECE < bytes.n ? at + CONTENT_PIECE : bytes.n;
        TRY(sql_content_piece_add(r->conn,
                                  &(struct sql_content_piece_add){r->county, name, (int64_t)piece,
                                                                  str_sub(bytes, at, end)}));
    }
    return OK;
}

/* The pieces one behind the other; false: they are more than they should be. */
static bool join(struct db_rows *rows, char *to, size_t n)
{
    struct sql_content_pieces_row row;
    size_t at = 0;
    bool fits = true;
    while (sql_content_pieces_next(rows, &row)) {
        fits = fits && row.bytes.n <= n - at;
        if (!fits || row.bytes.n == 0)
            continue;
        memcpy(to + at, row.bytes.p, row.bytes.n);
        at += row.bytes.n;
    }
    return fits && at == n;
}

enum status content_get(struct db_conn *c, struct arena *keep, Str *out, Str county, Sha256 hash,
                        size_t max)
{
    struct sql_content_get_row found;
    struct db_rows rows;
    Str name = sha256_str(&hash);
    TRY(sql_content_get_one(c, keep, &(struct sql_content_get){county, name}, &found));
    if (found.bytes < 0 || (uint64_t)found.bytes > max)
        return ERR_LIMIT;
    size_t n = (size_t)found.bytes;
    char *to = arena_raw(keep, n + 1, 1);
    TRY(sql_content_pieces(c, &(struct sql_content_pieces){county, name}, &rows));
    bool whole = join(&rows, to, n);
    TRY(db_rows_end(&rows));
    *out = (Str){to, n};
    Sha256 is = sha256_of(*out);
    return whole && memcmp(is.byte, hash.byte, sizeof is.byte) == 0 ? OK : ERR_IO;
}
