/* srccheck - the house rules that a compiler does not check. Usage: srccheck LAYERS FILE...
 *
 *   layer     an #include reaches only its own folder or a lower layer; x/y_int.h stays in x
 *   banned    calls that are unbounded, stateful, or belong behind base/ and os/
 *   pure      no file, clock, thread or environment below the dashed line of LAYERS
 *   number    no double or float outside match/
 *   macro     no conditional compilation outside base/, os/ and what asks about the processor
 *             (x_chip.c), but for header guards
 *   size      function <= 70 lines and 6 parameters, file <= 800 lines, line <= 100 columns (CJK
 *             counts two), engine (base..eval) <= 26,000 lines, src/ and include/ <= 130,000
 *             (`srccheck:params` and a reason in the comment above allow a function more of them)
 *   space     no tab, no trailing blank
 *   comment   only the slash-star kind
 *
 * Prints `file:line: rule: what` for each fault and exits 1 if there was one. The first six look at
 * files whose path has src/ or include/ in it, the others at every file. Cost: one pass, no memory.
 *
 * Relies on clang-format: a function body opens and closes with a brace in column 0. Words are
 * looked for in code only: `blank` wipes comments and the insides of literals first.
 */
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

enum {
    FN_MAX = 70,
    PARAM_MAX = 6,
    FILE_MAX = 800,
    COL_MAX = 100,
    ENGINE_MAX = 26000,
    ALL_MAX = 130000,
    LAYER_CAP = 64,
    TEXT_CAP = 4096,
    HEAD_CAP = 2048
};

struct layer {
    char name[32];
    int rank;
    bool pure;
};
static struct layer layers[LAYER_CAP];
static int layer_n, fault_n;
static int engine_lines, all_lines;

struct file {
    const char *path;
    const struct layer *home; /* NULL outside src/ */
    bool product;             /* under src/ or include/ */
    bool header;
    int line;
    int body_at;         /* line of the brace that opened the function, or 0 */
    bool in_comment;     /* the line begins inside a comment */
    bool guarded;        /* the header guard was seen */
    bool many_params;    /* the comment above the next function gives a reason for a seventh */
    char head[HEAD_CAP]; /* code since the last end of a declaration: a function's head */
};

/* Unbounded, stateful or bound to a locale; qsort, because it leaves ties to the C library. */
static const char *const banned[] = {
    "strdup",  "strndup", "strcpy",  "strcat",  "strncpy",   "strncat",   "sprintf",    "vsprintf",
    "strtok",  "strtol",  "strtod",  "strtoul", "strtoll",   "strtoull",  "atoi",       "atol",
    "atoll",   "atof",    "scanf",   "sscanf",  "fscanf",    "gets",      "alloca",     "system",
    "popen",   "gmtime",  "mktime",  "time",    "localtime", "setlocale", "localeconv", "rand",
    "srand",   "random",  "signal",  "exit",    "abort",     "longjmp",   "setjmp",     "qsort",
    "isalpha", "isdigit", "isalnum", "isspace", "toupper",   "tolower",   "getenv",     NULL};
static const char *const heap[] = {"malloc", "calloc", "realloc", "free", NULL};
static const char *const effects[] = {"fopen",  "fread", "fwrite",        "fprintf",
                                      "printf", "puts",  "fputs",         "putchar",
                                      "perror", "clock", "clock_gettime", NULL};
static const char *const effect_headers[] = {
    "<unistd.h>", "<fcntl.h>",  "<time.h>", "<locale.h>", "<pthread.h>", "<threads.h>",
    "<signal.h>", "<dirent.h>", "<sys/",    "<math.h>",   "<setjmp.h>",  NULL};

static void fault(const struct file *f, const char *rule, const char *what)
{
    printf("%s:%d: %s: %s\n", f->path, f->line, rule, what);
    fault_n++;
}

static bool is_word(char c)
{
    return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool starts(const char *text, const char *prefix)
{
    return strncmp(text, prefix, strlen(prefix)) == 0;
}

/* Where the whole word `word` stands in `text`, or NULL. */
static const char *find_word(const char *text, const char *word)
{
    size_t n = strlen(word);
    for (const char *at = text; (at = strstr(at, word)) != NULL; at += n)
        if (!is_word(at[n]) && (at == text || !is_word(at[-1])))
            return at;
    return NULL;
}

/* ---- layers ---- */

static void read_layers(FILE *in)
{
    char line[512];
    bool pure = true;
    for (int rank = 0; fgets(line, sizeof line, in) != NULL; rank++) {
        if (line[0] == '-')
            pure = false;
        if (line[0] == '#' || line[0] == '-')
            continue;
        char *rest = line;
        for (char *word; (word = strsep(&rest, " \t\n")) != NULL;)
            if (*word != '\0' && layer_n < LAYER_CAP) {
                struct layer *l = &layers[layer_n++];
                (void)snprintf(l->name, sizeof l->name, "%s", word);
                l->rank = rank;
                l->pure = pure;
            }
    }
}

/* The layer whose folder `path` names first, or NULL. */
static const struct layer *layer_of(const char *path)
{
    size_t n = strcspn(path, "/");
    for (int i = 0; i < layer_n; i++)
        if (path[n] == '/' && strlen(layers[i].name) == n && strncmp(layers[i].name, path, n) == 0)
            return &layers[i];
    return NULL;
}

static bool home_is(const struct file *f, const char *name)
{
    return f->home != NULL && strcmp(f->home->name, name) == 0;
}

/* A name without a folder is a table made at build time: it must end in _table.h, or be sql.h
 * (tools/sql.c) or api_types.h (tools/contract.c). */
static bool is_generated(const char *name)
{
    size_t n = strcspn(name, "\"");
    if (memchr(name, '/', n) != NULL)
        return false;
    return starts(name, "sql.h\"") || starts(name, "api_types.h\"") ||
           (n > 8 && starts(name + n - 8, "_table.h"));
}

static void check_include(const struct file *f, const char *text)
{
    for (int i = 0; effect_headers[i] != NULL; i++)
        if (f->home != NULL && f->home->pure && !home_is(f, "base") &&
            strstr(text, effect_headers[i]) != NULL)
            fault(f, "pure", effect_headers[i]);
    const char *open = strchr(text, '"');
    if (open == NULL || starts(open, "\"geci.h\"") || is_generated(open + 1))
        return;
    const struct layer *to = layer_of(open + 1);
    if (to == NULL || f->home == NULL)
        fault(f, "layer", "folder is not in LAYERS");
    else if (to != f->home && to->rank >= f->home->rank)
        fault(f, "layer", "includes a sibling or a higher layer");
    else if (to != f->home && strstr(open, "_int.h\"") != NULL)
        fault(f, "layer", "includes a private header of another folder");
}

/* ---- one line ---- */

/* Wipes comments and the insides of string and character literals, keeping columns. */
static void blank(struct file *f, char *text)
{
    char quote = '\0';
    for (char *at = text; *at != '\0'; at++) {
        if (f->in_comment) {
            if (starts(at, "*/")) {
                f->in_comment = false;
                *at++ = ' ';
            }
            *at = ' ';
        } else if (quote != '\0') {
            if (*at == '\\' && at[1] != '\0')
                *at++ = ' ';
            else if (*at == quote)
                quote = '\0';
            *at = *at == '"' ? '"' : ' ';
        } else if (starts(at, "/*")) {
            f->in_comment = true;
            *at++ = ' ';
            *at = ' ';
        } else if (starts(at, "//")) {
            fault(f, "comment", "// is not used here");
            *at = '\0';
            return;
        } else if (*at == '"' || (*at == '\'' && (at == text || !is_word(at[-1])))) {
            quote = *at;
        }
    }
}

static void ban_calls(const struct file *f, const char *code, const char *rule,
                      const char *const *names)
{
    for (int i = 0; names[i] != NULL; i++) {
        const char *at = find_word(code, names[i]);
        if (at != NULL && at[strlen(names[i])] == '(')
            fault(f, rule, names[i]);
    }
}

static void check_words(const struct file *f, const char *code)
{
    bool outer = home_is(f, "base") || home_is(f, "os");
    const char *name = strrchr(f->path, '/');
    if (!outer)
        ban_calls(f, code, "banned", banned);
    if (!home_is(f, "os") && !(home_is(f, "base") && name != NULL && starts(name, "/arena")))
        ban_calls(f, code, "banned", heap);
    if (f->home != NULL && f->home->pure && !outer)
        ban_calls(f, code, "pure", effects);
    if (!home_is(f, "match") && (find_word(code, "double") != NULL || find_word(code, "float")))
        fault(f, "number", "binary floating point");
}

static void check_macro(struct file *f, const char *code)
{
    if (f->header && !f->guarded && starts(code, "#ifndef GECI_")) {
        f->guarded = true;
        return;
    }
    bool for_cpp = starts(code, "#ifdef __cplusplus"); /* headers for strangers */
    bool for_chip = strstr(f->path, "_chip.c") != NULL;
    if (home_is(f, "base") || home_is(f, "os") || for_cpp || for_chip)
        return;
    if (starts(code, "#if") || starts(code, "#elif"))
        fault(f, "macro", "conditional compilation outside base/, os/ and x_chip.c");
}

static void check_columns(const struct file *f, const char *text, size_t n)
{
    int columns = 0;
    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)text[i];
        if (c < 0x80 || c >= 0xC0)       /* skips UTF-8 continuation bytes */
            columns += c < 0xE3 ? 1 : 2; /* “ ” … are narrow, as clang-format has it */
    }
    if (columns > COL_MAX)
        fault(f, "size", "line is wider than 100 columns");
    if (memchr(text, '\t', n) != NULL || (n > 0 && text[n - 1] == ' '))
        fault(f, "space", "tab or trailing blank");
}

/* ---- functions ---- */

/* Parameters in the last outermost parentheses of a function's head. */
static int count_params(const char *head)
{
    int depth = 0, commas = 0;
    for (const char *at = head; *at != '\0'; at++) {
        if (*at == '(' && depth++ == 0)
            commas = 0;
        else if (*at == ')')
            depth--;
        else if (*at == ',' && depth == 1)
            commas++;
    }
    return commas + 1;
}

static void note_head(struct file *f, const char *code)
{
    size_t n = strlen(code), used = strlen(f->head);
    if (n == 0 || code[0] == '#' || code[0] == '}' || code[n - 1] == ';') {
        f->head[0] = '\0';
    } else if (used + n + 2 < sizeof f->head) {
        memcpy(f->head + used, code, n);
        memcpy(f->head + used + n, " ", 2);
    }
}

static void check_body(struct file *f, const char *code)
{
    if (strcmp(code, "{") == 0) {
        f->body_at = f->line;
        if (count_params(f->head) > PARAM_MAX && !f->many_params)
            fault(f, "size", "function has more than 6 parameters");
    } else if (strcmp(code, "}") == 0 && f->body_at > 0 && f->line - f->body_at + 1 > FN_MAX) {
        f->line = f->body_at; /* blame the opening brace; the caller restores the line */
        fault(f, "size", "function is longer than 70 lines");
    }
    if (code[0] == '}') {
        f->body_at = 0;
        f->many_params = false;
    }
    if (f->body_at == 0)
        note_head(f, code);
    else
        f->head[0] = '\0';
}

static void check_line(struct file *f, char *text)
{
    bool was_comment = f->in_comment;
    size_t n = strlen(text);
    check_columns(f, text, n);
    if (f->product && !was_comment && starts(text, "#include"))
        check_include(f, text);
    if (strstr(text, "srccheck:params ") != NULL)
        f->many_params = true;
    blank(f, text);
    while (n > 0 && text[n - 1] == ' ')
        text[--n] = '\0';
    if (f->product) {
        check_words(f, text);
        check_macro(f, text);
    }
    int line = f->line;
    check_body(f, text);
    f->line = line;
}

/* ---- files ---- */

/* What a number passes through: base to eval. Lists of words for what goes wrong (base/diag_*.h)
 * count for the product only: nothing is computed in them. */
static bool in_engine(const struct file *f)
{
    const struct layer *last = layer_of("eval/");
    const char *name = strrchr(f->path, '/');
    if (name != NULL && strncmp(name, "/diag_", 6) == 0)
        return false;
    return last != NULL && f->home->rank <= last->rank;
}

static void check_file(const char *path, FILE *in)
{
    static struct file f;
    char text[TEXT_CAP];
    const char *src = strstr(path, "src/"), *dot = strrchr(path, '.');
    f = (struct file){.path = path};
    f.home = src != NULL ? layer_of(src + 4) : NULL;
    f.product = src != NULL || strstr(path, "include/") != NULL;
    f.header = dot != NULL && strcmp(dot, ".h") == 0;
    while (fgets(text, sizeof text, in) != NULL) {
        f.line++;
        text[strcspn(text, "\n")] = '\0';
        check_line(&f, text);
    }
    if (f.line > FILE_MAX)
        fault(&f, "size", "file is longer than 800 lines");
    if (f.product)
        all_lines += f.line;
    if (f.home != NULL && in_engine(&f))
        engine_lines += f.line;
}

static void check_budget(void)
{
    struct file house = {.path = "src"};
    if (engine_lines > ENGINE_MAX)
        fault(&house, "size", "the engine is longer than 26,000 lines");
    if (all_lines > ALL_MAX)
        fault(&house, "size", "the product is longer than 130,000 lines");
    printf("srccheck: engine %d of %d lines, product %d of %d, %d fault(s)\n", engine_lines,
           ENGINE_MAX, all_lines, ALL_MAX, fault_n);
}

int main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        FILE *in = fopen(argv[i], "r");
        if (in == NULL) {
            fault(&(struct file){.path = argv[i]}, "file", "cannot read");
            continue;
        }
        if (i == 1)
            read_layers(in);
        else
            check_file(argv[i], in);
        (void)fclose(in);
    }
    check_budget();
    return fault_n > 0;
}
