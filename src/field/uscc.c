#include "field/uscc.h"

#include <string.h>

#include "base/diag.h"
#include "base/str.h"
#include "base/utf8.h"

enum { REGION_AT = 2, REGION_LEN = 6, ORG_AT = 8, ORG_LEN = 9, CHECK_AT = 17 };

static const char alphabet[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";
enum { RADIX = sizeof alphabet - 1 };
_Static_assert(RADIX == 31, "GB 32100-2015, table of characters");

static int digit_value(char c)
{
    const char *at = memchr(alphabet, c, RADIX);
    return at ? (int)(at - alphabet) : -1;
}

/* Full-width to half-width, lower to upper case; 0 for what is not ASCII then. */
static char fold(Rune r)
{
    Rune c = rune_fold(r);
    if (c >= 'a' && c <= 'z')
        c = c - 'a' + 'A';
    return c < 0x80 ? (char)c : '\0';
}

/* Weights are the powers of 3, a primitive root of the prime 31: all are non-zero and no two of the
 * seventeen are equal, so every wrong character and every adjacent swap is caught. */
char uscc_check_char(const char body[static USCC_LEN - 1])
{
    int sum = 0, weight = 1;
    for (int i = 0; i < CHECK_AT; i++) {
        int value = digit_value(body[i]);
        ASSERT(value >= 0);
        sum += value * weight;
        weight = weight * 3 % RADIX;
    }
    return alphabet[(RADIX - sum % RADIX) % RADIX];
}

/* "7", "17": a number of at most two digits as text. */
static Str small_number(char out[static 2], size_t n)
{
    out[0] = (char)('0' + n / 10);
    out[1] = (char)('0' + n % 10);
    return n < 10 ? (Str){out + 1, 1} : (Str){out, 2};
}

static enum status blame_length(Str text, Span span, struct diags *ds)
{
    char digit[2];
    size_t n = utf8_count(text);
    Str count = n < 100 ? small_number(digit, n) : S("99+");
    return diag_add(ds, DIAG_USCC_LENGTH, span, count, NO_ARG, NO_ARG);
}

/* Blames the character at bytes `one` of the identifier, the i-th from 0. */
static enum status blame(enum diag_code code, size_t i, Str one, Span span, struct diags *ds)
{
    char digit[2];
    return diag_add(ds, code, span, small_number(digit, i + 1), one, NO_ARG);
}

enum status uscc_parse(Uscc *out, Str text, uint32_t at, struct diags *ds)
{
    Str inner = str_trim(text);
    if (inner.n > 0)
        at += (uint32_t)(inner.p - text.p);
    if (utf8_count(inner) != USCC_LEN)
        return blame_length(inner, (Span){at, at + (uint32_t)inner.n}, ds);
    Uscc id;
    Span last = {at, at};
    for (size_t i = 0, beg = 0, len; i < USCC_LEN; i++, beg += len) {
        char c = fold(utf8_at(inner, beg, &len));
        Str one = str_sub(inner, beg, beg + len);
        last = (Span){at + (uint32_t)beg, at + (uint32_t)(beg + len)};
        int value = digit_value(c);
        if (value < 0)
            return blame(DIAG_USCC_CHAR, i, one, last, ds);
        if (i >= REGION_AT && i < ORG_AT && value > 9)
            return blame(DIAG_USCC_REGION, i, one, last, ds);
        id.ch[i] = c;
    }
    char wanted = uscc_check_char(id.ch);
    if (id.ch[CHECK_AT] != wanted)
        return diag_add(ds, DIAG_USCC_CHECK, last, (Str){&wanted, 1}, (Str){id.ch + CHECK_AT, 1},
                        NO_ARG);
    *out = id;
    return OK;
}

char uscc_org_check_char(const char body[static 8])
{
    static const int weight[ORG_LEN - 1] = {3, 7, 9, 10, 5, 8, 4, 2};
    int sum = 0;
    for (int i = 0; i < ORG_LEN - 1; i++) {
        int value = body[i] <= '9' ? body[i] - '0' : body[i] - 'A' + 10; /* all of A to Z count */
        sum += value * weight[i];
    }
    return "0X987654321"[sum % 11];
}

bool uscc_org_code_ok(const Uscc *id)
{
    return id->ch[ORG_AT + ORG_LEN - 1] == uscc_org_check_char(id->ch + ORG_AT);
}

void uscc_warn_org_code(const Uscc *id, Span span, struct diags *ds)
{
    if (uscc_org_code_ok(id))
        return;
    char wanted = uscc_org_check_char(id->ch + ORG_AT);
    /* a warning: the verdict is OK */
    (void)diag_add(ds, DIAG_USCC_ORG, span, uscc_org_code(id), (Str){&wanted, 1}, NO_ARG);
}

Str uscc_region(const Uscc *id)
{
    return (Str){id->ch + REGION_AT, REGION_LEN};
}

Str uscc_org_code(const Uscc *id)
{
    return (Str){id->ch + ORG_AT, ORG_LEN};
}
