#include "access/totp.h"

#include <string.h>

#include "access/access_int.h"
#include "base/arena.h"
#include "base/buf.h"

uint32_t totp_code(Str seed, int64_t step)
{
    uint8_t counter[8], mac[20];
    for (int i = 0; i < 8; i++)
        counter[i] = (uint8_t)((uint64_t)step >> (56 - 8 * i));
    mac_sha1(mac, seed, (Str){(const char *)counter, sizeof counter});
    const uint8_t *at = mac + (mac[19] & 15);
    uint32_t word = (uint32_t)(at[0] & 0x7f) << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 |
                    (uint32_t)at[3];
    return word % 1000000;
}

/* RFC 4648, without padding: what authenticators read and people can type. */
static Str base32(struct arena *keep, Str bytes)
{
    static const char LETTERS[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    struct buf b;
    uint32_t bits = 0;
    int n = 0;
    buf_init(&b, keep, 256);
    for (size_t i = 0; i < bytes.n; i++) {
        bits = bits << 8 | (uint8_t)bytes.p[i];
        for (n += 8; n >= 5; n -= 5)
            buf_char(&b, LETTERS[bits >> (n - 5) & 31]);
    }
    if (n > 0)
        buf_char(&b, LETTERS[bits << (5 - n) & 31]);
    return buf_str(&b);
}

/* As part of an otpauth:// address. */
static void add_percent(struct buf *b, Str s)
{
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
        if (plain)
            buf_char(b, (char)c);
        else
            buf_fmt(b, "%%%02X", (unsigned)c);
    }
}

enum status totp_enrol(struct access_desk *d, int64_t account, Str *uri)
{
    struct act *a = d->act;
    struct sql_account_get_row row;
    struct buf b;
    uint8_t seed[TOTP_SEED_N];
    TRY(sql_account_get_one(a->conn, a->arena, &(struct sql_account_get){a->county, account},
                            &row));
    secret_random(seed, sizeof seed);
    Str plain = {(const char *)seed, sizeof seed};
    buf_init(&b, a->arena, 1024);
    buf_add(&b, S("otpauth://totp/geci:"));
    add_percent(&b, row.name);
    buf_fmt(&b, "?secret=%.*s&issuer=geci", STR_ARG(base32(a->arena, plain)));
    *uri = buf_str(&b);
    struct credential c = {account, CREDENTIAL_TOTP_NEW, 0, {NULL, 0}, false, 0};
    c.secret = secret_seal(a->arena, &d->access->totp, plain);
    secret_wipe(seed, sizeof seed);
    return credential_put(d, &c);
}

/* Six digits, perhaps with a blank in the middle as authenticators show them. */
static bool read_code(uint32_t *out, Str code)
{
    uint32_t v = 0;
    int n = 0;
    for (size_t i = 0; i < code.n; i++) {
        if (code.p[i] == ' ')
            continue;
        if (code.p[i] < '0' || code.p[i] > '9' || ++n > TOTP_DIGITS)
            return false;
        v = v * 10 + (uint32_t)(code.p[i] - '0');
    }
    *out = v;
    return n == TOTP_DIGITS;
}

/* The step that the code is of, later than the one used last; 0: none. */
static int64_t step_of(Str seed, Str code, int64_t now_us, int64_t used)
{
    uint32_t v;
    int64_t now = now_us / 1000000 / TOTP_STEP_S, found = 0;
    if (!read_code(&v, code))
        return 0;
    for (int64_t step = now - 1; step <= now + 1; step++) {
        uint32_t right = totp_code(seed, step);
        bool same = secret_same((Str){(const char *)&v, sizeof v},
                                (Str){(const char *)&right, sizeof right});
        if (same && step > used)
            found = step;
    }
    return found;
}

/* A code of the seed kept as `c`: the step, or 0. ERR_GONE: there is no such seed. */
static enum status match(struct access_desk *d, struct credential *c, Str code, int64_t *step)
{
    struct act *a = d->act;
    Str seed;
    TRY(credential_get(a->conn, a->arena, d->access, a->county, c));
    if (!secret_unseal(a->arena, &seed, &d->access->totp, c->secret))
        return ERR_GONE;
    *step = step_of(seed, code, a->at_us, c->used);
    secret_wipe_str(seed);
    return OK;
}

static Mac recovery_mac(const struct access *x, struct arena *tmp, Str code)
{
    struct buf b;
    buf_init(&b, tmp, 64);
    for (size_t i = 0; i < code.n; i++) {
        char c = code.p[i];
        if (c != '-' && c != ' ')
            buf_char(&b, (char)(c >= 'a' && c <= 'z' ? c - ('a' - 'A') : c));
    }
    Mac m = mac_sm3(&x->recovery, buf_str(&b));
    secret_wipe_str(buf_str(&b));
    return m;
}

/* 80 bits each, in four groups of four letters, in the place of the ones before. */
static enum status new_recovery(struct access_desk *d, int64_t account, Str *codes)
{
    struct act *a = d->act;
    for (int i = 0; i < RECOVERY_CODES; i++) {
        uint8_t raw[10];
        secret_random(raw, sizeof raw);
        Str s = base32(a->arena, (Str){(const char *)raw, sizeof raw});
        codes[i] = arena_fmt(a->arena, "%.4s-%.4s-%.4s-%.4s", s.p, s.p + 4, s.p + 8, s.p + 12);
        Mac m = recovery_mac(d->access, a->arena, codes[i]);
        TRY(credential_put(
            d, &(struct credential){account, CREDENTIAL_RECOVERY, i + 1, mac_str(&m), false, 0}));
    }
    return OK;
}

enum status totp_confirm(struct access_desk *d, int64_t account, Str code, Str *codes)
{
    struct credential c = {.account = account, .kind = CREDENTIAL_TOTP_NEW};
    int64_t step = 0;
    enum status st = match(d, &c, code, &step);
    TRY(st == ERR_GONE ? OK : st);
    if (step == 0)
        return access_no(d, ERR_DENIED, DIAG_ACCESS_CODE, S(""));
    TRY(credential_drop(d, account, CREDENTIAL_TOTP_NEW, 0));
    c.kind = CREDENTIAL_TOTP;
    c.used = step;
    TRY(credential_put(d, &c));
    return new_recovery(d, account, codes);
}

enum status totp_drop(struct access_desk *d, int64_t account)
{
    TRY(credential_drop(d, account, CREDENTIAL_TOTP, 0));
    return credential_drop_all(d, account, CREDENTIAL_RECOVERY);
}

static enum status recover(struct access_desk *d, int64_t account, Str code, bool *right)
{
    struct act *a = d->act;
    Mac m = recovery_mac(d->access, a->arena, code);
    *right = false;
    for (int i = 1; i <= RECOVERY_CODES && !*right; i++) {
        struct credential c = {.account = account, .kind = CREDENTIAL_RECOVERY, .no = i};
        bool there;
        TRY(found(&there, credential_get(a->conn, a->arena, d->access, a->county, &c)));
        if (!there || !secret_same(c.secret, mac_str(&m)))
            continue;
        TRY(credential_drop(d, account, CREDENTIAL_RECOVERY, i));
        *right = true;
    }
    return OK;
}

enum status totp_check(struct access_desk *d, int64_t account, Str code, enum totp_answer *out)
{
    struct act *a = d->act;
    struct credential c = {.account = account, .kind = CREDENTIAL_TOTP};
    int64_t step = 0;
    bool on, right;
    TRY(totp_is_on(a->conn, a->arena, a->county, account, &on));
    *out = on ? TOTP_WRONG : TOTP_NONE;
    if (!on)
        return OK;
    enum status st = match(d, &c, code, &step);
    TRY(st == ERR_GONE ? OK : st); /* a seed without its mark lets nobody in */
    if (step > 0) {
        *out = TOTP_RIGHT;
        return sql_credential_use(
            a->conn, &(struct sql_credential_use){a->county, account, CREDENTIAL_TOTP, 0, step});
    }
    TRY(recover(d, account, code, &right));
    *out = right ? TOTP_RECOVERED : TOTP_WRONG;
    return OK;
}

enum status totp_is_on(struct db_conn *c, struct arena *tmp, Str county, int64_t account, bool *on)
{
    struct sql_credential_set_last_row row;
    enum status st = sql_credential_set_last_one(
        c, tmp, &(struct sql_credential_set_last){county, account, CREDENTIAL_TOTP, 0}, &row);
    *on = st == OK && row.mark.n > 0;
    return st == ERR_GONE ? OK : st;
}
