/* mutate - small defects, planted one at a time, for tests to find. Usage:
 *     mutate list FILE       a line each: number, key, line in the file, what it was
 *     mutate make FILE N     the file with the N-th of them
 *
 *   swap      an operator for its neighbour: < and <=, == and !=, && and ||, + and -, ++ and -- ..
 *   not       the condition of an if or a while, negated; a ! or a minus sign left out
 *   arm       of ?: always the one, always the other
 *   const     a number one more or one less; true for false
 *   remove    a statement left out
 *   ignore    TRY(x) goes on whatever x said
 *
 * A key (file:function:what:k, the k-th of the same in the function) stays when other lines change.
 * What stands in ASSERT is left alone, and so are {0} and sizes in brackets.
 *
 * Relies on clang-format, as srccheck does: a binary operator has a blank on both sides, a
 * statement begins its line, a function's brace is in column 0.
 */
#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FILE_CAP = 1 << 18, NAME_CAP = 64, KEY_CAP = 4096, WHAT_CAP = 48 };

static char text[FILE_CAP]; /* as it is */
static char code[FILE_CAP]; /* without comments, what stands in quotes, preprocessor lines */
static size_t n;
static const char *base; /* its name without the folder */

static char function[NAME_CAP] = "-"; /* that the scan is in */
static long wanted = -1;              /* which one to make; -1: list them */
static long mutant_n;

/* Keys so far, to count those that are the same. */
static char keys[KEY_CAP][NAME_CAP + WHAT_CAP];
static size_t key_n;

static int occurrence(const char *what)
{
    char key[NAME_CAP + WHAT_CAP];
    int k = 1;
    (void)snprintf(key, sizeof key, "%s:%s", function, what); /* fits */
    for (size_t i = 0; i < key_n; i++)
        k += strcmp(keys[i], key) == 0;
    if (key_n < KEY_CAP)
        memcpy(keys[key_n++], key, sizeof key);
    return k;
}

static int line_of(size_t at)
{
    int line = 1;
    for (size_t i = 0; i < at; i++)
        line += text[i] == '\n';
    return line;
}

/* Text from `at` to `end` becomes `to`. */
static void mutant(const char *what, size_t at, size_t end, const char *to)
{
    int k = occurrence(what);
    if (mutant_n++ == wanted) {
        (void)fwrite(text, 1, at, stdout);
        (void)fputs(to, stdout);
        (void)fwrite(text + end, 1, n - end, stdout);
    }
    if (wanted >= 0)
        return;
    size_t bol = at, eol = at;
    while (bol > 0 && text[bol - 1] != '\n')
        bol--;
    while (text[bol] == ' ')
        bol++;
    while (text[eol] != '\n')
        eol++;
    printf("%ld\t%s:%s:%s:%d\t%d\t%.*s\n", mutant_n - 1, base, function, what, k, line_of(at),
           (int)(eol - bol), text + bol);
}

/* ---- reading ---- */

static void blank_quoted(size_t *i)
{
    char quote = text[*i];
    for (++*i; *i < n && text[*i] != quote; ++*i) {
        code[*i] = 'x';
        if (text[*i] == '\\')
            code[++*i] = 'x';
    }
}

static void blank_comment(size_t *i)
{
    while (*i < n && !(text[*i] == '*' && text[*i + 1] == '/')) {
        code[*i] = text[*i] == '\n' ? '\n' : ' ';
        ++*i;
    }
    code[*i] = code[*i + 1] = ' ';
    ++*i;
}

static void blank_line(size_t *i)
{
    for (; *i < n && (text[*i] != '\n' || text[*i - 1] == '\\'); ++*i)
        code[*i] = text[*i] == '\n' ? '\n' : ' ';
}

static void blank(void)
{
    memcpy(code, text, n);
    for (size_t i = 0; i < n; i++) {
        if (text[i] == '"' || text[i] == '\'')
            blank_quoted(&i);
        else if (text[i] == '/' && text[i + 1] == '*')
            blank_comment(&i);
        else if (text[i] == '#' && (i == 0 || text[i - 1] == '\n'))
            blank_line(&i);
    }
}

static bool is_word(char c)
{
    return isalnum((unsigned char)c) || c == '_';
}

static bool word_at(size_t i, const char *word)
{
    size_t len = strlen(word);
    return strncmp(code + i, word, len) == 0 && !is_word(code[i + len]) &&
           (i == 0 || !is_word(code[i - 1]));
}

/* Past the bracket that closes the one at `i`. */
static size_t close_of(size_t i)
{
    int depth = 0;
    for (; i < n; i++) {
        depth += strchr("([{", code[i]) != NULL;
        depth -= strchr(")]}", code[i]) != NULL;
        if (depth == 0)
            return i + 1;
    }
    return n;
}

static char before(size_t i)
{
    while (i > 0 && isspace((unsigned char)code[i - 1]))
        i--;
    return i == 0 ? ';' : code[i - 1];
}

/* A brace in column 0 opens a function if a `)` is before it; its name stands before the first `(`
 * since the last declaration ended. */
static void enter(size_t i)
{
    size_t from = i, open;
    if (before(i) != ')')
        return;
    while (from > 0 && strchr(";}", code[from - 1]) == NULL)
        from--;
    for (open = from; code[open] != '('; open++)
        ;
    size_t name = open;
    while (is_word(code[name - 1]))
        name--;
    (void)snprintf(function, sizeof function, "%.*s", (int)(open - name), code + name); /* cut */
}

/* ---- the kinds ---- */

static void at_operator(size_t i)
{
    static const struct {
        const char *from, *to;
    } SWAP[] = {{"==", "!="}, {"!=", "=="}, {"<=", "<"},  {">=", ">"}, {"&&", "||"},
                {"||", "&&"}, {"+=", "-="}, {"-=", "+="}, {"|=", "="}, {"<<", ">>"},
                {">>", "<<"}, {"<", "<="},  {">", ">="},  {"+", "-"},  {"-", "+"},
                {"*", "/"},   {"/", "*"},   {"%", "*"},   {"&", "|"},  {"|", "&"}};
    if (i == 0 || code[i - 1] != ' ')
        return;
    for (size_t k = 0; k < sizeof SWAP / sizeof SWAP[0]; k++) {
        size_t len = strlen(SWAP[k].from);
        char what[WHAT_CAP];
        if (strncmp(code + i, SWAP[k].from, len) != 0 || !isspace((unsigned char)code[i + len]))
            continue;
        (void)snprintf(what, sizeof what, "swap %s %s", SWAP[k].from, SWAP[k].to); /* fits */
        mutant(what, i, i + len, SWAP[k].to);
        return;
    }
}

static void at_sign(size_t i)
{
    if ((strncmp(code + i, "++", 2) == 0 || strncmp(code + i, "--", 2) == 0))
        mutant(code[i] == '+' ? "swap ++ --" : "swap -- ++", i, i + 2,
               code[i] == '+' ? "--" : "++");
    else if (code[i] == '!' && code[i + 1] != '=')
        mutant("not !", i, i + 1, "");
    else if (code[i] == '-' && is_word(code[i + 1]) && code[i - 1] != '-' && !is_word(code[i - 1]))
        mutant("not -", i, i + 1, "");
    else if (code[i] == '?' && code[i - 1] == ' ') {
        mutant("arm first", i, i + 1, "|| 1 ?");
        mutant("arm second", i, i + 1, "&& 0 ?");
    }
}

static void at_condition(size_t i)
{
    size_t open = i;
    if (!word_at(i, "if") && !word_at(i, "while"))
        return;
    while (code[open] != '(')
        open++;
    size_t end = close_of(open);
    static char negated[FILE_CAP];
    (void)snprintf(negated, sizeof negated, "(!%.*s)", (int)(end - open), text + open); /* fits */
    mutant(code[i] == 'i' ? "not if" : "not while", open, end, negated);
}

/* {0}, {0, 0} and what stands in [ ] of a declaration. */
static bool is_filler(size_t i, size_t end)
{
    return (code[i] == '0' && (code[i - 1] == '{' || code[end] == '}') && end == i + 1) ||
           (code[i - 1] == '[' && code[end] == ']');
}

static void at_constant(size_t i)
{
    char more[32], less[32];
    if (word_at(i, "true"))
        mutant("const true", i, i + 4, "false");
    if (word_at(i, "false"))
        mutant("const false", i, i + 5, "true");
    if (!isdigit((unsigned char)code[i]) || is_word(code[i - 1]))
        return;
    size_t end = i;
    while (is_word(code[end]))
        end++;
    if (is_filler(i, end) || code[end - 1] == 'x')
        return;
    (void)snprintf(more, sizeof more, "(%.*s + 1)", (int)(end - i), code + i); /* fits */
    (void)snprintf(less, sizeof less, "(%.*s - 1)", (int)(end - i), code + i);
    mutant("const +1", i, end, more);
    mutant("const -1", i, end, less);
}

/* Past the `;` of the statement at `i`, or `i` when there is none. */
static size_t statement_end(size_t i)
{
    for (size_t at = i; at < n && code[at] != '}'; at++) {
        if (code[at] == ';')
            return at + 1;
        if (strchr("([{", code[at]) != NULL)
            at = close_of(at) - 1;
    }
    return i;
}

static bool declares(size_t i)
{
    while (is_word(code[i]))
        i++;
    while (code[i] == ' ')
        i++;
    return is_word(code[i]) || code[i] == '*';
}

static void at_statement(size_t i)
{
    static const char *const OTHER[] = {"if",   "for",  "while", "do",     "switch",
                                        "else", "case", "goto",  "return", "char"};
    size_t bol = i;
    while (bol > 0 && code[bol - 1] == ' ')
        bol--;
    bool starts = bol > 0 && code[bol - 1] == '\n' && is_word(code[i]) &&
                  (strchr(";{})", before(bol)) != NULL || (bol > 5 && word_at(bol - 5, "else")));
    if (!starts || strcmp(function, "-") == 0 || declares(i))
        return;
    for (size_t k = 0; k < sizeof OTHER / sizeof OTHER[0]; k++)
        if (word_at(i, OTHER[k]))
            return;
    size_t end = statement_end(i);
    if (end == i)
        return;
    mutant("remove", i, end, ";");
    if (word_at(i, "TRY"))
        mutant("ignore", i, i + 3, "(void)");
}

static void scan(void)
{
    for (size_t i = 1; i < n; i++) {
        bool column_0 = code[i - 1] == '\n';
        if (code[i] == '{' && column_0)
            enter(i);
        if (code[i] == '}' && column_0)
            (void)snprintf(function, sizeof function, "-"); /* fits */
        while (word_at(i, "ASSERT") || word_at(i, "sizeof"))
            i = code[i] == 'A' ? close_of(i + 6) : i + 6;
        at_statement(i);
        at_condition(i);
        at_operator(i);
        at_sign(i);
        at_constant(i);
    }
}

int main(int argc, char **argv)
{
    bool make = argc == 4 && strcmp(argv[1], "make") == 0;
    if (!make && (argc != 3 || strcmp(argv[1], "list") != 0)) {
        (void)fputs("mutate list FILE | mutate make FILE N\n", stderr);
        return 64;
    }
    FILE *f = fopen(argv[2], "rb");
    if (f == NULL) {
        perror(argv[2]);
        return 66;
    }
    n = fread(text, 1, sizeof text - 2, f);
    (void)fclose(f); /* was only read */
    base = strrchr(argv[2], '/') == NULL ? argv[2] : strrchr(argv[2], '/') + 1;
    wanted = make ? strtol(argv[3], NULL, 10) : -1;
    blank();
    scan();
    return make && wanted >= mutant_n ? 66 : 0;
}
