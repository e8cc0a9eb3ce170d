#include "access/password.h"

#include <sodium.h>
#include <string.h>

#include "access/access_int.h"
#include "base/arena.h"
#include "base/utf8.h"
#include "os/thread.h"

enum { OPS = 2, MEMORY_BYTES = 19 << 20, SALT_N = crypto_pwhash_SALTBYTES, AT_ONCE = 2 };

static void enter_gate(struct access *x)
{
    lock_take(x->gate);
    while (x->hashing >= AT_ONCE)
        lock_wait(x->gate);
    x->hashing++;
    x->most = x->hashing > x->most ? x->hashing : x->most;
    lock_give(x->gate);
}

static void leave_gate(struct access *x)
{
    lock_take(x->gate);
    x->hashing--;
    lock_wake(x->gate);
    lock_give(x->gate);
}

int password_most(struct access *x)
{
    lock_take(x->gate);
    int most = x->most;
    lock_give(x->gate);
    return most;
}

/* false: no memory. */
static bool stretch(struct access *x, Mac *out, Str password, const uint8_t salt[static SALT_N])
{
    uint8_t raw[SECRET_N];
    enter_gate(x);
    bool ok = crypto_pwhash(raw, sizeof raw, password.p, password.n, salt, OPS, MEMORY_BYTES,
                            crypto_pwhash_ALG_ARGON2ID13) == 0;
    leave_gate(x);
    if (ok)
        *out = mac_sm3(&x->password, (Str){(const char *)raw, sizeof raw});
    secret_wipe(raw, sizeof raw);
    return ok;
}

Str password_hash(struct arena *keep, struct access *x, Str password)
{
    uint8_t salt[SALT_N];
    char text[KEYED_TEXT_N + 1];
    Mac mac;
    secret_random(salt, sizeof salt);
    if (!stretch(x, &mac, password, salt))
        return (Str){NULL, 0};
    mac_write(text, &mac);
    return arena_fmt(keep, "$1$%s$%s",
                     base64url_write(keep, (Str){(const char *)salt, sizeof salt}).p, text);
}

bool password_ok(struct access *x, Str password, Str kept)
{
    struct arena *tmp = arena_open();
    char text[KEYED_TEXT_N + 1];
    Str rest = kept.n > 0 ? kept : x->dummy, salt;
    Mac mac;
    bool ok = str_starts(rest, S("$1$"));
    rest = str_sub(rest, ok ? 3 : 0, rest.n);
    ok = base64url_read(tmp, &salt, str_cut(&rest, '$')) && salt.n == SALT_N && ok &&
         password.n <= PASSWORD_BYTES_MAX && stretch(x, &mac, password, (const uint8_t *)salt.p);
    if (ok) {
        mac_write(text, &mac);
        ok = secret_same(str_of(text), rest) && kept.n > 0;
    }
    secret_wipe(&mac, sizeof mac);
    arena_close(tmp);
    return ok;
}

/* Of lists of leaked passwords those whose stem is twelve letters long or is made so by repeating
 * or by digits behind it; digits and signs at the ends do not count. */
static const char COMMON[] =
    " password passw0rd p@ssw0rd p@ssword admin administrator root guest user test welcome "
    "qwerty qwertyuiop qwertyuiopasdfghjkl asdfghjkl zxcvbnm qazwsx qazwsxedc qazwsxedcrfv "
    "1qaz2wsx3edc 1q2w3e4r5t6y q1w2e3r4t5y6 letmein iloveyou woaini woaiwojia aini wodemima "
    "mima nihao abc abcd a1b2c3d4e5f6 changeme default secret dragon monkey football baseball "
    "princess sunshine superman master hello trustno superuser system manager oracle mysql "
    "postgres redis zhangjiagang suzhou jiangsu zhongguo china beijing shanghai kejiju keji "
    "zhengfu gongsi qiye geci huawei tencent alibaba taobao wechat weixin qq correcthorse "
    "correcthorsebatterystaple thisisapassword mypassword newpassword temppassword ";

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (unsigned char)c >= 0x80;
}

Str access_lower(struct arena *keep, Str s)
{
    char *p = ARENA_ARRAY(keep, char, s.n + 1);
    for (size_t i = 0; i < s.n; i++)
        p[i] = (char)(s.p[i] >= 'A' && s.p[i] <= 'Z' ? s.p[i] + ('a' - 'A') : s.p[i]);
    return (Str){p, s.n};
}

static bool on_list(struct arena *tmp, Str stem)
{
    return stem.n > 0 &&
           str_find(str_of(COMMON), arena_fmt(tmp, " %.*s ", STR_ARG(stem))) < sizeof COMMON - 1;
}

/* The shortest text that it repeats, maybe cut off at the end. */
static Str period_of(Str s)
{
    for (size_t n = 1; n < s.n; n++)
        if (memcmp(s.p, s.p + n, s.n - n) == 0)
            return str_sub(s, 0, n);
    return s;
}

static bool is_common(struct arena *tmp, Str s)
{
    size_t beg = 0, end = s.n;
    if (on_list(tmp, s) || on_list(tmp, period_of(s)))
        return true;
    while (beg < end && !is_letter(s.p[beg]))
        beg++;
    while (end > beg && !is_letter(s.p[end - 1]))
        end--;
    Str stem = str_sub(s, beg, end);
    return on_list(tmp, stem) || on_list(tmp, period_of(stem));
}

/* Few different letters, or nearly each one next to the one before, up or down. */
static bool is_plain(Str s)
{
    bool seen[256] = {false};
    size_t kinds = 0, up = 0, down = 0;
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        kinds += !seen[c];
        seen[c] = true;
        up += i > 0 && c == (unsigned char)s.p[i - 1] + 1;
        down += i > 0 && c + 1 == (unsigned char)s.p[i - 1];
    }
    return kinds < 5 || up + 4 > s.n || down + 4 > s.n;
}

static size_t letters(Str s)
{
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++)
        n += ((unsigned char)s.p[i] & 0xc0) != 0x80;
    return n;
}

enum password_fault password_fault(Str password, Str name)
{
    if (password.n > PASSWORD_BYTES_MAX)
        return PASSWORD_LONG;
    if (letters(password) < PASSWORD_LETTERS_MIN)
        return PASSWORD_SHORT;
    struct arena *tmp = arena_open();
    Str s = access_lower(tmp, password);
    enum password_fault f = PASSWORD_FINE;
    if (is_common(tmp, s))
        f = PASSWORD_COMMON;
    else if (is_plain(s))
        f = PASSWORD_PLAIN;
    else if (name.n >= 3 && str_find(s, access_lower(tmp, name)) < s.n)
        f = PASSWORD_NAME;
    secret_wipe_str(s);
    arena_close(tmp);
    return f;
}

Str password_fault_text(enum password_fault f, bool zh)
{
    static const char *const TEXT[][2] = {
        [PASSWORD_FINE] = {"", ""},
        [PASSWORD_SHORT] = {"口令至少 12 个字", "a password has at least 12 letters"},
        [PASSWORD_LONG] = {"口令最长 256 字节", "a password has at most 256 bytes"},
        [PASSWORD_COMMON] = {"这个口令太常见，一猜就中",
                             "this password is among the first to be guessed"},
        [PASSWORD_PLAIN] = {"口令不能只是少数几个字的重复或一串连号",
                            "a password is more than a few letters repeated or counted up"},
        [PASSWORD_NAME] = {"口令里不能有账号名", "a password must not hold the account's name"},
    };
    return str_of(TEXT[f][zh ? 0 : 1]);
}
