/* gen_readings - prints readings_table.h: how characters are read in Mandarin, without tones.
 * Usage: gen_readings /usr/share/unicode/Unihan_Readings.txt.bz2
 *
 * From the Unihan database of the Unicode Consortium (Debian package unicode-data, licence
 * Unicode-3.0): kMandarin first, then kHanyuPinlu by frequency, then kTGHZ2013; at most three of a
 * character. Made where it is built, so that the repository carries no table of others.
 */
#include <bzlib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    FIRST = 0x3400,
    LAST = 0x9FFF,
    READINGS = 3,
    SYLLABLES = 1000,
    SYLLABLE_LEN = 8,
    LINE = 4096,
    RARE_PERCENT = 2, /* of a character's occurrences: a reading below this is passed over */
};

struct character {
    char text[3][READINGS][SYLLABLE_LEN]; /* by source */
    int n[3];
};

static struct character character[LAST - FIRST + 1];
static char syllable[SYLLABLES][SYLLABLE_LEN];
static int syllable_n;

static unsigned decode(const char *s, int *len)
{
    const unsigned char *u = (const unsigned char *)s;
    *len = u[0] < 0x80 ? 1 : u[0] < 0xE0 ? 2 : 3;
    if (*len == 1)
        return u[0];
    return *len == 2 ? (u[0] & 0x1FU) << 6 | (u[1] & 0x3FU)
                     : (u[0] & 0x0FU) << 12 | (u[1] & 0x3FU) << 6 | (u[2] & 0x3FU);
}

/* A vowel without its tone, as it is typed; 0: a letter that no syllable has. */
static char plain(unsigned rune)
{
    static const unsigned vowel[][5] = {
        {'a', 0x101, 0xE1, 0x1CE, 0xE0}, {'e', 0x113, 0xE9, 0x11B, 0xE8},
        {'i', 0x12B, 0xED, 0x1D0, 0xEC}, {'o', 0x14D, 0xF3, 0x1D2, 0xF2},
        {'u', 0x16B, 0xFA, 0x1D4, 0xF9}, {'v', 0x1D6, 0x1D8, 0x1DA, 0x1DC},
    };
    if (rune >= 'a' && rune <= 'z')
        return (char)rune;
    for (size_t i = 0; i < sizeof vowel / sizeof *vowel; i++)
        for (size_t k = 1; k < 5; k++)
            if (vowel[i][k] == rune)
                return (char)vowel[i][0];
    return rune == 0xFC ? 'v' : '\0'; /* u with dots */
}

/* Reads one syllable; false: there is none that can be typed. */
static int read_syllable(char out[SYLLABLE_LEN], const char **at)
{
    int n = 0, ok = 1, vowels = 0, len;
    while (**at != '\0' && strchr(" (,\n", **at) == NULL) {
        char c = plain(decode(*at, &len));
        *at += len;
        ok = ok && c != '\0' && n + 1 < SYLLABLE_LEN;
        vowels += c != '\0' && strchr("aeiouv", c) != NULL;
        if (ok)
            out[n++] = c;
    }
    out[n] = '\0';
    return ok && n > 0 && vowels > 0;
}

static void add(struct character *c, int source, const char *text)
{
    for (int i = 0; i < c->n[source]; i++)
        if (strcmp(c->text[source][i], text) == 0)
            return;
    if (c->n[source] < READINGS)
        strcpy(c->text[source][c->n[source]++], text);
}

/* "212.030:le 453.020:yue" or "le(283) yue(54)" or "le" */
static void read_values(struct character *c, int source, const char *at)
{
    long most = 0;
    while (*at != '\0' && *at != '\n') {
        char text[SYLLABLE_LEN];
        const char *colon = source == 2 ? strchr(at, ':') : NULL;
        at = colon != NULL ? colon + 1 : at;
        int ok = read_syllable(text, &at);
        long times = *at == '(' ? strtol(at + 1, NULL, 10) : 0;
        most = times > most ? times : most;
        if (ok && times * 100 >= most * RARE_PERCENT)
            add(c, source, text);
        at += strcspn(at, " \n");
        at += strspn(at, " ");
    }
}

static void read_line(const char *line)
{
    static const char *const source[] = {"kMandarin", "kHanyuPinlu", "kTGHZ2013"};
    const char *name = strchr(line, '\t');
    const char *value = name == NULL ? NULL : strchr(name + 1, '\t');
    unsigned long rune = line[0] == 'U' ? strtoul(line + 2, NULL, 16) : 0;
    if (value == NULL || rune < FIRST || rune > LAST)
        return;
    for (int i = 0; i < 3; i++)
        if ((size_t)(value - name - 1) == strlen(source[i]) &&
            strncmp(name + 1, source[i], strlen(source[i])) == 0)
            read_values(&character[rune - FIRST], i, value + 1);
}

static int number_of(const char *text)
{
    for (int i = 0; i < syllable_n; i++)
        if (strcmp(syllable[i], text) == 0)
            return i;
    if (syllable_n == SYLLABLES)
        exit(1);
    strcpy(syllable[syllable_n], text);
    return syllable_n++;
}

static int by_text(const void *a, const void *b)
{
    return strcmp(a, b);
}

/* All sources in one, then every syllable known. */
static void merge(void)
{
    for (int i = 0; i <= LAST - FIRST; i++)
        for (int source = 1; source < 3; source++)
            for (int k = 0; k < character[i].n[source]; k++)
                add(&character[i], 0, character[i].text[source][k]);
    for (int i = 0; i <= LAST - FIRST; i++)
        for (int k = 0; k < character[i].n[0]; k++)
            (void)number_of(character[i].text[0][k]);
    qsort(syllable, (size_t)syllable_n, sizeof *syllable, by_text);
}

static void print(void)
{
    printf("/* seven letters at most, then how many there are */\n"
           "static const char readings_syllable[][%d] = {\n",
           SYLLABLE_LEN);
    for (int i = 0; i < syllable_n; i++) {
        size_t n = strlen(syllable[i]);
        printf("    {");
        for (size_t k = 0; k + 1 < SYLLABLE_LEN; k++) {
            if (k < n)
                printf("'%c', ", syllable[i][k]);
            else
                printf("0, ");
        }
        printf("%zu},\n", n);
    }
    printf("};\nenum { READINGS_FIRST = 0x%X };\n", FIRST);
    printf("/* three numbers of ten bits, each one more than the syllable's; 0: no more */\n"
           "static const uint32_t readings_of[] = {\n");
    for (int i = 0; i <= LAST - FIRST; i++) {
        unsigned packed = 0;
        for (int k = 0; k < character[i].n[0]; k++)
            packed |= (unsigned)(number_of(character[i].text[0][k]) + 1) << (10 * k);
        printf("    0x%X,\n", packed);
    }
    printf("};\n");
}

int main(int argc, char **argv)
{
    char line[LINE];
    int n = 0;
    char c;
    BZFILE *in = argc == 2 ? BZ2_bzopen(argv[1], "rb") : NULL;
    if (in == NULL) {
        fprintf(stderr, "gen_readings: %s\n", argc == 2 ? argv[1] : "no file named");
        return 1;
    }
    while (BZ2_bzread(in, &c, 1) == 1) {
        if (n < LINE - 1)
            line[n++] = c;
        if (c == '\n') {
            line[n] = '\0';
            read_line(line);
            n = 0;
        }
    }
    BZ2_bzclose(in);
    merge();
    print();
    return syllable_n > 0 ? 0 : 1;
}
