/* gen_gb18030 - prints gb18030_table.h, the GB 18030 part of Unicode's first plane as iconv has it.
 *
 *   gb_two   the 126 x 190 two-byte codes -> code point; 0: none; 1: see gb_astral
 *   gb_astral  the few of them beyond U+FFFF: place in gb_two, code point
 *   gb_four  runs of four-byte codes: linear number of the first, its code point, how many
 *
 * A table made where it is built needs no 100 kB in the repository, and iconv is the authority the
 * rest of the system has as well.
 */
#include <iconv.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum { TRAILS = 190, TWO_N = 126 * TRAILS, FOUR_N = 39420 };

static iconv_t to_utf32;

/* The code point of one code of n bytes, or 0. */
static uint32_t decode(const unsigned char *code, size_t n)
{
    char in[4], out[8];
    memcpy(in, code, n);
    char *from = in, *to = out;
    size_t from_n = n, to_n = sizeof out;
    (void)iconv(to_utf32, NULL, NULL, NULL, NULL); /* back to the initial state */
    if (iconv(to_utf32, &from, &from_n, &to, &to_n) != 0 || from_n != 0 || to_n != 4)
        return 0;
    const unsigned char *u = (const unsigned char *)out;
    return (uint32_t)u[0] | (uint32_t)u[1] << 8 | (uint32_t)u[2] << 16 | (uint32_t)u[3] << 24;
}

static uint32_t decode_two(int i)
{
    int trail = i % TRAILS;
    unsigned char code[2] = {(unsigned char)(0x81 + i / TRAILS),
                             (unsigned char)(trail < 63 ? 0x40 + trail : 0x41 + trail)};
    return decode(code, sizeof code);
}

static uint32_t decode_four(int i)
{
    unsigned char code[4] = {(unsigned char)(0x81 + i / 12600),
                             (unsigned char)(0x30 + i / 1260 % 10),
                             (unsigned char)(0x81 + i / 10 % 126), (unsigned char)(0x30 + i % 10)};
    return decode(code, sizeof code);
}

static void print_two(void)
{
    printf("static const uint16_t gb_two[%d] = {", TWO_N);
    for (int i = 0; i < TWO_N; i++) {
        uint32_t rune = decode_two(i);
        printf("%s0x%04X,", i % 12 == 0 ? "\n    " : " ", (unsigned)(rune > 0xFFFF ? 1 : rune));
    }
    printf("\n};\n\nstatic const uint32_t gb_astral[][2] = {\n");
    for (int i = 0; i < TWO_N; i++)
        if (decode_two(i) > 0xFFFF)
            printf("    {%d, 0x%05X},\n", i, (unsigned)decode_two(i));
    printf("    {%d, 0},\n};\n\n", TWO_N); /* never empty */
}

static void print_four(void)
{
    printf("static const uint32_t gb_four[][3] = {\n");
    for (int i = 0; i < FOUR_N;) {
        uint32_t rune = decode_four(i);
        int n = 1;
        while (rune != 0 && i + n < FOUR_N && decode_four(i + n) == rune + (uint32_t)n)
            n++;
        if (rune != 0)
            printf("    {%d, 0x%04X, %d},\n", i, (unsigned)rune, n);
        i += n;
    }
    printf("};\n");
}

int main(void)
{
    to_utf32 = iconv_open("UTF-32LE", "GB18030");
    if (to_utf32 == (iconv_t)-1) { /* NOLINT(performance-no-int-to-ptr): so says iconv_open */
        (void)fprintf(stderr, "gen_gb18030: this iconv has no GB18030\n");
        return 1;
    }
    printf("/* Made by tools/gen_gb18030.c; do not edit. */\n#include <stdint.h>\n\n");
    print_two();
    print_four();
    (void)iconv_close(to_utf32);
    return ferror(stdout) != 0;
}
