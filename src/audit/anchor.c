#include "audit/anchor.h"

#include <string.h>

#include "audit/act.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/moment.h"
#include "base/str.h"
#include "db/db.h"
#include "sql.h"

static const Str HEAD = {"geci-anchor-1 ", 14};

static const char *const BY[] = {[DIGEST_SM3] = "sm3", [DIGEST_SHA256] = "sha256"};

enum status anchor_last(struct db_conn *c, struct arena *keep, struct anchor *out, Str county)
{
    struct sql_act_last_row last;
    TRY(sql_act_last_one(c, keep, &(struct sql_act_last){county}, &last));
    *out = (struct anchor){.county = arena_copy(keep, county),
                           .act = last.act,
                           .at_us = last.at_us,
                           .by = (enum digest_by)last.hash_by,
                           .hash = digest_from(last.hash)};
    return last.hash.n == DIGEST_N ? OK : ERR_INPUT; /* no digest: tampered with */
}

static Str signed_text(const struct anchor *a, char out[static 512])
{
    char digits[DIGITS_MAX];
    const int64_t number[] = {a->act, a->at_us, (int64_t)a->by};
    size_t at = 0;
    Str field[6] = {S("geci-head-1"), a->county};
    char own[3][DIGITS_MAX];
    for (size_t i = 0; i < 3; i++)
        field[2 + i] = digest_digits(own[i], number[i]);
    field[5] = digest_str(&a->hash);
    for (size_t i = 0; i < 6; i++) {
        Str n = digest_digits(digits, (int64_t)field[i].n);
        ASSERT(at + n.n + 1 + field[i].n <= 512);
        memcpy(out + at, n.p, n.n);
        out[at + n.n] = ':';
        memcpy(out + at + n.n + 1, field[i].p, field[i].n);
        at += n.n + 1 + field[i].n;
    }
    return (Str){out, at};
}

void anchor_sign(struct anchor *a, const struct sign_private *key, int64_t at_us)
{
    char text[512];
    a->at_us = at_us;
    a->is_signed = true;
    a->key = sign_public(key);
    a->signature = sign_do(key, signed_text(a, text));
}

bool anchor_signature_ok(const struct anchor *a)
{
    char text[512];
    return a->county.n < 256 && sign_ok(&a->key, &a->signature, signed_text(a, text));
}

void anchor_write(struct buf *out, const struct anchor *a)
{
    buf_add(out, HEAD);
    buf_fmt(out, "%.*s %lld ", (int)a->county.n, a->county.p, (long long)a->act);
    buf_add(out, moment_rfc3339(out->arena, a->at_us, ZONE_UTC));
    buf_fmt(out, " %s:", BY[a->by]);
    buf_add(out, arena_hex(out->arena, digest_str(&a->hash)));
    buf_char(out, ' ');
    if (!a->is_signed) {
        buf_add(out, S("- -"));
        return;
    }
    buf_add(out, arena_hex(out->arena, sign_key_str(&a->key)));
    buf_char(out, ' ');
    buf_add(out, arena_hex(out->arena, signature_str(&a->signature)));
}

/* Takes 2 * n hexadecimal digits off the front. */
static bool read_hex(Str *s, uint8_t *byte, size_t n)
{
    if (s->n < 2 * n || !str_unhex(byte, n, str_sub(*s, 0, 2 * n)))
        return false;
    *s = str_sub(*s, 2 * n, s->n);
    return true;
}

/* Digits at [beg, end), or -1. */
static int64_t number_at(Str s, size_t beg, size_t end)
{
    int64_t v = 0;
    if (end > s.n || end - beg > 18 || beg == end)
        return -1;
    for (size_t i = beg; i < end; i++) {
        if (s.p[i] < '0' || s.p[i] > '9')
            return -1;
        v = v * 10 + (s.p[i] - '0');
    }
    return v;
}

static bool read_time(Str s, int64_t *at_us)
{
    Day day;
    if (s.n != 27 || s.p[10] != 'T' || s.p[13] != ':' || s.p[16] != ':' || s.p[19] != '.' ||
        s.p[26] != 'Z' || !day_parse(&day, str_sub(s, 0, 10)))
        return false;
    int64_t hour = number_at(s, 11, 13), minute = number_at(s, 14, 16);
    int64_t second = number_at(s, 17, 19), us = number_at(s, 20, 26);
    if (hour < 0 || minute < 0 || second < 0 || us < 0)
        return false;
    *at_us =
        moment_of_day(day, ZONE_UTC) + ((hour * 60 + minute) * 60 + second) * MOMENT_SECOND + us;
    return true;
}

static bool read_by(Str *s, enum digest_by *by)
{
    for (int i = DIGEST_SM3; i <= DIGEST_SHA256; i++) {
        Str name = str_of(BY[i]);
        if (str_starts(*s, name) && s->n > name.n && s->p[name.n] == ':') {
            *by = (enum digest_by)i;
            *s = str_sub(*s, name.n + 1, s->n);
            return true;
        }
    }
    return false;
}

/* What follows the head, up to the end of the signature. */
static bool read_one(struct anchor *a, Str s)
{
    Str county = str_cut(&s, ' '), act = str_cut(&s, ' '), at = str_cut(&s, ' ');
    a->county = county;
    a->act = number_at(act, 0, act.n);
    if (county.n == 0 || county.n > 64 || a->act <= 0 || !read_time(at, &a->at_us) ||
        !read_by(&s, &a->by) || !read_hex(&s, a->hash.byte, DIGEST_N))
        return false;
    if (str_starts(s, S(" - -")))
        return true;
    a->is_signed = true;
    if (s.n == 0 || *s.p != ' ')
        return false;
    s = str_sub(s, 1, s.n);
    if (!read_hex(&s, a->key.byte, SIGN_KEY_N) || s.n == 0 || *s.p != ' ')
        return false;
    s = str_sub(s, 1, s.n);
    return read_hex(&s, a->signature.byte, SIGNATURE_N);
}

bool anchor_read(struct arena *keep, struct anchor **out, size_t *n, Str text)
{
    size_t cap = *n;
    for (;;) {
        size_t at = str_find(text, HEAD);
        if (at == text.n)
            return true;
        struct anchor a = {0};
        text = str_sub(text, at + HEAD.n, text.n);
        if (!read_one(&a, text))
            return false;
        a.county = arena_copy(keep, a.county);
        VEC_PUSH(keep, *out, *n, cap) = a;
    }
}

enum status anchor_keep(const struct act *by, int64_t n, const struct anchor *a)
{
    struct sql_act_signed_add in = {.county = by->county,
                                    .act = by->no,
                                    .n = n,
                                    .head = a->act,
                                    .at_us = a->at_us,
                                    .hash_by = (int64_t)a->by,
                                    .hash = digest_str(&a->hash),
                                    .key = sign_key_str(&a->key),
                                    .signature = signature_str(&a->signature)};
    ASSERT(a->is_signed && a->act < by->no);
    return sql_act_signed_add(by->conn, &in);
}
