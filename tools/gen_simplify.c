/* gen_simplify - prints simplify_table.h: traditional characters and their simplified twins, one by
 * one as OpenCC's t2s has them. Only those whose twin is one other character of the first plane.
 * Made where it is built, so that the repository carries no table of others.
 */
#include <opencc/opencc.h>
#include <stdio.h>
#include <string.h>

enum { FIRST = 0x3400, LAST = 0x9FFF };

static int encode(char out[4], unsigned rune)
{
    out[0] = (char)(0xE0 | rune >> 12);
    out[1] = (char)(0x80 | (rune >> 6 & 0x3F));
    out[2] = (char)(0x80 | (rune & 0x3F));
    out[3] = '\0';
    return 3;
}

static unsigned decode(const char *s)
{
    const unsigned char *u = (const unsigned char *)s;
    return strlen(s) == 3 ? (u[0] & 0x0FU) << 12 | (u[1] & 0x3FU) << 6 | (u[2] & 0x3FU) : 0;
}

int main(void)
{
    opencc_t to = opencc_open("t2s.json");
    if (to == (opencc_t)-1) {
        fprintf(stderr, "gen_simplify: %s\n", opencc_error());
        return 1;
    }
    printf("static const uint16_t simplify_pairs[][2] = {\n");
    for (unsigned rune = FIRST; rune <= LAST; rune++) {
        char in[4];
        char *out = opencc_convert_utf8(to, in, (size_t)encode(in, rune));
        unsigned twin = decode(out);
        if (twin != 0 && twin != rune)
            printf("    {0x%04X, 0x%04X},\n", rune, twin);
        opencc_convert_utf8_free(out);
    }
    printf("};\n");
    return opencc_close(to) == 0 ? 0 : 1;
}
