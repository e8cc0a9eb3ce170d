#include "field/code.h"

#include <string.h>

#include "base/diag.h"
#include "base/str.h"

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool all_digits(Str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!is_digit(s.p[i]))
            return false;
    return true;
}

static Span span_at(uint32_t at, Str s)
{
    return (Span){at, at + (uint32_t)s.n};
}

/* GB/T 2260: the tens are the seven great regions, then Taiwan, Hong Kong and Macao. */
static bool is_province(Str two)
{
    static const char codes[] =
        "11121314152122233132333435363741424344454650515253546162636465718182";
    for (const char *p = codes; *p != '\0'; p += 2)
        if (p[0] == two.p[0] && p[1] == two.p[1])
            return true;
    return false;
}

enum status region_check(Str code, uint32_t at, struct diags *ds)
{
    bool shape = code.n == 2 || code.n == 4 || code.n == 6 || code.n == 9 || code.n == 12;
    if (!shape || !all_digits(code))
        return diag_add(ds, DIAG_REGION_SHAPE, span_at(at, code), code, NO_ARG, NO_ARG);
    Str province = str_sub(code, 0, 2);
    if (!is_province(province))
        return diag_add(ds, DIAG_REGION_PROVINCE, span_at(at, province), code, province, NO_ARG);
    return OK;
}

bool region_within(Str code, Str ancestor)
{
    bool whole = (ancestor.n == 6 || ancestor.n == 9) && all_digits(ancestor);
    return ancestor.n > 0 && (whole ? str_starts(code, ancestor) : str_eq(code, ancestor));
}

/* GB/T 4754-2017: sections of the divisions 01 to 97. */
static const char sections[] = "AAAAABBBBBBBCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCDDDEEEEFF"
                               "GGGGGGGGHHIIIJJJJKLLMMMNNNNOOOPQQRRRRRSSSSSST";
_Static_assert(sizeof sections - 1 == 97, "GB/T 4754-2017 has 97 divisions");

char industry_section(int division)
{
    return division < 1 || division > (int)sizeof sections - 1 ? '\0' : sections[division - 1];
}

static bool is_section(char c)
{
    return c >= 'A' && c <= 'T';
}

/* The section of a code's digits, 0 if it has fewer than two. */
static char section_of(Str digits)
{
    return digits.n < 2 ? '\0' : industry_section((digits.p[0] - '0') * 10 + (digits.p[1] - '0'));
}

enum status industry_check(Str code, uint32_t at, struct diags *ds)
{
    bool lettered = code.n > 0 && is_section(code.p[0]);
    if (lettered && code.n == 1)
        return OK;
    Str digits = str_sub(code, lettered, code.n);
    bool shape = digits.n >= 2 && digits.n <= 4 && all_digits(digits);
    char section = shape ? section_of(digits) : '\0';
    if (section == '\0')
        return diag_add(ds, DIAG_INDUSTRY_SHAPE, span_at(at, code), code, NO_ARG, NO_ARG);
    if (lettered && code.p[0] != section)
        return diag_add(ds, DIAG_INDUSTRY_SECTION, (Span){at, at + 1}, code, (Str){&section, 1},
                        NO_ARG);
    return OK;
}
