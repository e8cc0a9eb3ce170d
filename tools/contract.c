/* contract - what the API says, as C.
 * Usage: contract header|table src/api/contract/NOUN.txt... > FILE
 *
 * A contract file describes a noun: its types, and the routes that take and give them.
 *
 *     noun subject  创新主体 / Subjects
 *
 *     type subject_row  列表中的一个主体 / A subject in a list
 *       identity  text      标识 / Identity
 *       revenue   dec?  C3  营业收入 / Revenue
 *
 *     route GET /subjects/{kind} subject_list  列出创新主体 / List subjects
 *       may     staff town
 *       in      path kind text       主体类别 / Kind
 *       in      query filter text?   条件 / Condition
 *       rows    scope
 *       answer  200 subject_page
 *
 * A field is `NAME TYPE CLASS? ZH / EN`. TYPE is text int bool dec day moment json map, a type
 * before it, or one(a b c); `[TYPE]` is a list, `?` may be missing. CLASS is the class of the data,
 * C1 (public, unless said) to C4 (personal). The other lines of a route: `body TYPE|bytes`, `act
 * VERB` (changes the store; with `on worker` the handler begins the act itself), `on worker`
 * (too long for a loop), `token SCOPE`, `rate CLASS`, `cap
 * BYTES`, `confirm` (asks for the password again), `secret` (the answer is
 * not kept). `group NAME ROLE...` names roles.
 *
 * `header` prints "api_types.h": a struct for each type, for what each route takes, and the
 * handler's prototype, so that a handler without a route does not compile and a route without a
 * handler does not link. `table` prints "api_table.h", the descriptions that src/api walks.
 */
#include <ctype.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WORD = 96, TEXT = 400, FIELDS = 64, LINE_N = 1024, TYPES = 400, GROUPS = 24 };

struct field {
    char name[WORD], type[TEXT], zh[TEXT], en[TEXT], from[8];
    int class;
    bool list, optional;
};

struct type {
    char name[WORD], zh[TEXT], en[TEXT];
    struct field field[FIELDS];
    int field_n;
};

struct route {
    char method[WORD], path[TEXT], body[WORD], may[TEXT * 2], rows[WORD], act[WORD], on[WORD];
    char token[WORD], rate[WORD], cap[WORD], answer[WORD], status[WORD], media[WORD];
    bool confirm, secret, open;
    struct type in;
};

static const char *g_path;
static int g_line;
static bool g_header;
static char g_noun[WORD], g_noun_zh[TEXT], g_noun_en[TEXT];
static char g_known[TYPES][WORD];
static int g_known_n, g_route_n;
static struct {
    char name[WORD], roles[TEXT];
} g_group[GROUPS];
static int g_group_n;
static char g_routes[1 << 20];
static size_t g_routes_n;

static _Noreturn void die(const char *what, const char *which)
{
    (void)fprintf(stderr, "%s:%d: %s: %s\n", g_path, g_line, what, which);
    exit(1);
}

static void copy(char *to, size_t cap, const char *from, size_t n)
{
    if (n >= cap)
        die("too long", from);
    memcpy(to, from, n);
    to[n] = '\0';
}

__attribute__((format(printf, 1, 2))) static void route_row(const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    int n = vsnprintf(g_routes + g_routes_n, sizeof g_routes - g_routes_n, fmt, args);
    va_end(args);
    if (n < 0 || (size_t)n >= sizeof g_routes - g_routes_n)
        die("too many routes", fmt);
    g_routes_n += (size_t)n;
}

/* Cuts the next word off; one(a b) is one word. */
static bool next(const char **p, char *out, size_t cap)
{
    int depth = 0;
    while (**p == ' ')
        (*p)++;
    const char *from = *p;
    for (; **p != '\0' && (**p != ' ' || depth > 0); (*p)++)
        depth += (**p == '(') - (**p == ')');
    copy(out, cap, from, (size_t)(*p - from));
    return *p > from;
}

static void must(const char **p, char *out, size_t cap, const char *what)
{
    if (!next(p, out, cap))
        die("missing", what);
}

/* ZH / EN */
static void words(const char *p, char *zh, char *en)
{
    while (*p == ' ')
        p++;
    const char *slash = strstr(p, " / ");
    if (slash == NULL)
        die("write 中文 / English", p);
    if (strpbrk(p, "\"\\") != NULL)
        die("quotes are for C", p);
    copy(zh, TEXT, p, (size_t)(slash - p));
    copy(en, TEXT, slash + 3, strlen(slash + 3));
}

/* Types */

static const struct scalar {
    const char *name, *c, *maybe;
} SCALARS[] = {
    {"text", "Str", "Str"},
    {"dec", "Str", "Str"},
    {"json", "Str", "Str"},
    {"int", "int64_t", "struct api_int"},
    {"moment", "int64_t", "struct api_int"},
    {"bool", "bool", "struct api_bool"},
    {"day", "Day", "struct api_day"},
    {"map", "struct api_map", "struct api_map"},
};

static const struct scalar *scalar(const char *type)
{
    for (size_t i = 0; i < sizeof SCALARS / sizeof *SCALARS; i++)
        if (strcmp(SCALARS[i].name, type) == 0)
            return &SCALARS[i];
    return NULL;
}

static bool is_one(const char *type)
{
    return strncmp(type, "one(", 4) == 0;
}

static void check_type(const char *type)
{
    if (scalar(type) != NULL || is_one(type))
        return;
    for (int i = 0; i < g_known_n; i++)
        if (strcmp(g_known[i], type) == 0)
            return;
    die("no such type before here", type);
}

static void read_field(struct type *t, const char *p, const char *from)
{
    if (t->field_n == FIELDS)
        die("too many fields", t->name);
    struct field *f = &t->field[t->field_n++];
    char type[TEXT], class[WORD];
    *f = (struct field){.class = 1};
    copy(f->from, sizeof f->from, from, strlen(from));
    must(&p, f->name, sizeof f->name, "name of the field");
    must(&p, type, sizeof type, "type of the field");
    size_t n = strlen(type);
    f->optional = type[n - 1] == '?';
    n -= f->optional;
    f->list = type[0] == '[' && type[n - 1] == ']';
    copy(f->type, sizeof f->type, type + f->list, n - 2 * (size_t)f->list);
    check_type(f->type);
    const char *mark = p;
    if (next(&p, class, sizeof class) && class[0] == 'C' && class[2] == '\0')
        f->class = class[1] - '0';
    else
        p = mark;
    words(p, f->zh, f->en);
}

/* The header */

static void print_member(const struct field *f)
{
    const struct scalar *s = scalar(f->type);
    char c[WORD * 2];
    if (is_one(f->type))
        (void)snprintf(c, sizeof c, "int");
    else if (s != NULL)
        (void)snprintf(c, sizeof c, "%s", f->optional && !f->list ? s->maybe : s->c);
    else
        (void)snprintf(c, sizeof c, "struct api_%.80s%s", f->type,
                       f->optional && !f->list ? " *" : "");
    if (f->list)
        printf("    struct {\n        %s *at;\n        size_t n;\n    } %s;", c, f->name);
    else
        printf("    %s%s%s;", c, c[strlen(c) - 1] == '*' ? "" : " ", f->name);
    printf(" /* %s */\n", f->zh);
}

static void print_enum(const struct type *t, const struct field *f)
{
    const char *p = f->type + 4;
    char word[WORD];
    printf("enum {");
    for (int i = 0; *p != '\0' && *p != ')'; i++) {
        size_t n = strcspn(p, " )");
        copy(word, sizeof word, p, n);
        for (char *q = word; *q != '\0'; q++)
            *q = (char)(*q == '-' || *q == '.' ? '_' : toupper((unsigned char)*q));
        printf("%s API_", i == 0 ? "" : ",");
        for (const char *q = t->name; *q != '\0'; q++)
            putchar(toupper((unsigned char)*q));
        putchar('_');
        for (const char *q = f->name; *q != '\0'; q++)
            putchar(toupper((unsigned char)*q));
        printf("_%s", word);
        p += n + (p[n] == ' ');
    }
    printf(" };\n");
}

static void print_struct(const struct type *t, const char *suffix)
{
    for (int i = 0; i < t->field_n; i++)
        if (is_one(t->field[i].type))
            print_enum(t, &t->field[i]);
    printf("/* %s */\nstruct api_%s%s {\n", t->zh, t->name, suffix);
    for (int i = 0; i < t->field_n; i++)
        print_member(&t->field[i]);
    printf("};\n\n");
}

/* The table */

static void print_words(const struct type *t, const struct field *f, const char *suffix)
{
    printf("static const char *const WORDS_%s%s_%s[] = {", t->name, suffix, f->name);
    for (const char *p = f->type + 4; *p != '\0' && *p != ')';) {
        size_t n = strcspn(p, " )");
        printf("\"%.*s\", ", (int)n, p);
        p += n + (p[n] == ' ');
    }
    printf("NULL};\n");
}

static void print_field(const struct type *t, const struct field *f, const char *suffix)
{
    const struct scalar *s = scalar(f->type);
    char kind[WORD] = "TYPE", of[WORD * 2] = "NULL", list[WORD * 2] = "NULL";
    if (is_one(f->type)) {
        copy(kind, sizeof kind, "ONE", 3);
        (void)snprintf(list, sizeof list, "WORDS_%.60s%s_%.60s", t->name, suffix, f->name);
    } else if (s != NULL) {
        size_t n = strlen(s->name);
        for (size_t i = 0; i <= n; i++)
            kind[i] = (char)toupper((unsigned char)s->name[i]);
    } else {
        (void)snprintf(of, sizeof of, "&TYPE_%.90s", f->type);
    }
    printf("    {\"%s\", \"%s\", \"%s\", API_%s, API_IN_%s, %s, %s, %d, "
           "offsetof(struct api_%s%s, %s), %s, %s, API_MEMBER(\"%s\")},\n",
           f->name, f->zh, f->en, kind, f->from, f->list ? "true" : "false",
           f->optional ? "true" : "false", f->class, t->name, suffix, f->name, of, list, f->name);
}

static void print_type(const struct type *t, const char *suffix)
{
    for (int i = 0; i < t->field_n; i++)
        if (is_one(t->field[i].type))
            print_words(t, &t->field[i], suffix);
    printf("static const struct api_field FIELDS_%s%s[] = {\n", t->name, suffix);
    for (int i = 0; i < t->field_n; i++)
        print_field(t, &t->field[i], suffix);
    printf("};\nstatic const struct api_type TYPE_%s%s = {\"%s%s\", \"%s\", \"%s\", FIELDS_%s%s, "
           "%d, sizeof(struct api_%s%s)};\n",
           t->name, suffix, t->name, suffix, t->zh, t->en, t->name, suffix, t->field_n, t->name,
           suffix);
}

static void end_type(struct type *t)
{
    if (t->name[0] == '\0')
        return;
    if (t->field_n == 0)
        die("a type without fields", t->name);
    if (g_known_n == TYPES)
        die("too many types", t->name);
    copy(g_known[g_known_n++], WORD, t->name, strlen(t->name));
    if (g_header)
        print_struct(t, "");
    else
        print_type(t, "");
    t->name[0] = '\0';
}

/* Routes */

static void print_roles(const char *p)
{
    char word[WORD];
    bool any = false;
    while (next(&p, word, sizeof word)) {
        int g = 0;
        while (g < g_group_n && strcmp(g_group[g].name, word) != 0)
            g++;
        route_row("%s", any ? " | " : "");
        any = true;
        if (g < g_group_n) {
            print_roles(g_group[g].roles);
            continue;
        }
        route_row("1U << ROLE_");
        for (const char *q = word; *q != '\0'; q++)
            route_row("%c", *q == '-' ? '_' : toupper((unsigned char)*q));
    }
    if (!any)
        die("say who may", g_noun);
}

static const char *or_else(const char *text, const char *otherwise)
{
    return text[0] == '\0' ? otherwise : text;
}

static void print_upper(const char *prefix, const char *word)
{
    route_row("%s", prefix);
    for (const char *q = word; *q != '\0'; q++)
        route_row("%c", *q == '-' ? '_' : toupper((unsigned char)*q));
}

static void print_handler(const struct route *r)
{
    const char *name = r->in.name;
    bool typed = r->answer[0] != '\0';
    printf("static enum status call_%s(struct call *c, const void *in, void *out)\n{\n", name);
    printf("    %sreturn api_%s(c%s%s);\n}\n",
           r->in.field_n > 0 ? (typed ? "" : "(void)out;\n    ")
                             : (typed ? "(void)in;\n    " : "(void)in;\n    (void)out;\n    "),
           name, r->in.field_n > 0 ? ", in" : "", typed ? ", out" : "");
}

static void print_route(const struct route *r)
{
    const char *name = r->in.name;
    if (r->in.field_n > 0)
        print_type(&r->in, "_in");
    print_handler(r);
    route_row("    {HTTP_%s, \"%s\", \"%s\", \"%s\", \"%s\", %s%s%s, ", r->method, r->path, name,
              r->in.zh, r->in.en, r->in.field_n > 0 ? "&TYPE_" : "NULL",
              r->in.field_n > 0 ? name : "", r->in.field_n > 0 ? "_in" : "");
    route_row("%s%s, %s, \"%s\", ", r->answer[0] != '\0' ? "&TYPE_" : "NULL", r->answer, r->status,
              r->media);
    route_row("(uint32_t)(");
    print_roles(r->may);
    print_upper("), API_ROWS_", or_else(r->rows, "none"));
    print_upper(", API_ON_", or_else(r->on, r->act[0] != '\0' ? "writer" : "loop"));
    route_row(", \"%s\"", r->act);
    print_upper(", TOKEN_", or_else(r->token, r->act[0] != '\0' ? "write" : "read"));
    print_upper(", API_RATE_", or_else(r->rate, r->act[0] != '\0' ? "write" : "read"));
    route_row(", %s, %s, %s, %s, NOUN_%s, call_%s},\n", or_else(r->cap, "65536"),
              strcmp(r->body, "bytes") == 0 ? "true" : "false", r->confirm ? "true" : "false",
              r->secret ? "true" : "false", g_noun, name);
}

static void end_route(struct route *r)
{
    const char *name = r->in.name;
    if (!r->open)
        return;
    if (r->status[0] == '\0')
        die("a route without an answer", name);
    if (g_header) {
        if (r->in.field_n > 0)
            print_struct(&r->in, "_in");
        printf("NODISCARD enum status api_%s(struct call *c", name);
        if (r->in.field_n > 0)
            printf(", const struct api_%s_in *in", name);
        if (r->answer[0] != '\0')
            printf(", struct api_%s *out", r->answer);
        printf(");\n\n");
    } else {
        print_route(r);
    }
    g_route_n++;
    *r = (struct route){0};
}

static void read_body(struct route *r, const char *p)
{
    char line[TEXT];
    must(&p, r->body, sizeof r->body, "type of the body");
    if (strcmp(r->body, "bytes") == 0)
        return;
    check_type(r->body);
    (void)snprintf(line, sizeof line, "body %s 内容 / Body", r->body);
    read_field(&r->in, line, "BODY");
}

static void read_answer(struct route *r, const char *p)
{
    char what[WORD];
    must(&p, r->status, sizeof r->status, "status");
    must(&p, what, sizeof what, "type of the answer, none or bytes");
    if (strcmp(what, "bytes") == 0)
        must(&p, r->media, sizeof r->media, "media type");
    else if (strcmp(what, "none") != 0) {
        check_type(what);
        copy(r->answer, sizeof r->answer, what, strlen(what));
    }
}

static void read_in(struct route *r, const char *p)
{
    char from[WORD];
    must(&p, from, sizeof from, "path or query");
    if (strcmp(from, "path") != 0 && strcmp(from, "query") != 0)
        die("path or query", from);
    read_field(&r->in, p, strcmp(from, "path") == 0 ? "PATH" : "QUERY");
}

static void read_route_line(struct route *r, const char *key, const char *p)
{
    struct {
        const char *key;
        char *to;
    } plain[] = {{"rows", r->rows},   {"act", r->act},   {"on", r->on},
                 {"token", r->token}, {"rate", r->rate}, {"cap", r->cap}};
    if (strcmp(key, "may") == 0)
        copy(r->may, sizeof r->may, p, strlen(p));
    else if (strcmp(key, "in") == 0)
        read_in(r, p);
    else if (strcmp(key, "body") == 0)
        read_body(r, p);
    else if (strcmp(key, "answer") == 0)
        read_answer(r, p);
    else if (strcmp(key, "confirm") == 0)
        r->confirm = true;
    else if (strcmp(key, "secret") == 0)
        r->secret = true;
    else {
        for (size_t i = 0; i < sizeof plain / sizeof *plain; i++) {
            if (strcmp(key, plain[i].key) == 0) {
                must(&p, plain[i].to, WORD, key);
                return;
            }
        }
        die("unknown line of a route", key);
    }
}

/* Files */

static struct type g_type;
static struct route g_route;

static void read_head(const char *key, const char *p)
{
    end_type(&g_type);
    end_route(&g_route);
    if (strcmp(key, "noun") == 0) {
        must(&p, g_noun, sizeof g_noun, "name of the noun");
        words(p, g_noun_zh, g_noun_en);
        if (!g_header)
            printf("static const struct api_noun NOUN_%s[] = {{\"%s\", \"%s\", \"%s\"}};\n", g_noun,
                   g_noun, g_noun_zh, g_noun_en);
    } else if (strcmp(key, "group") == 0 && g_group_n < GROUPS) {
        must(&p, g_group[g_group_n].name, WORD, "name of the group");
        copy(g_group[g_group_n++].roles, TEXT, p, strlen(p));
    } else if (strcmp(key, "type") == 0) {
        g_type = (struct type){0};
        must(&p, g_type.name, WORD, "name of the type");
        words(p, g_type.zh, g_type.en);
    } else if (strcmp(key, "route") == 0) {
        g_route.open = true;
        must(&p, g_route.method, WORD, "method");
        must(&p, g_route.path, TEXT, "path");
        must(&p, g_route.in.name, WORD, "name of the route");
        words(p, g_route.in.zh, g_route.in.en);
    } else {
        die("noun, group, type or route", key);
    }
}

static void read_line(char *line)
{
    char key[WORD];
    const char *p = line;
    line[strcspn(line, "\r\n")] = '\0';
    if (line[0] == '\0' || strncmp(line, "--", 2) == 0)
        return;
    if (line[0] != ' ') {
        must(&p, key, sizeof key, "word");
        read_head(key, p);
    } else if (g_route.open) {
        must(&p, key, sizeof key, "word");
        read_route_line(&g_route, key, p);
    } else if (g_type.name[0] != '\0') {
        read_field(&g_type, p, "BODY");
    } else {
        die("a line that belongs to nothing", line);
    }
}

static void read_file(const char *path)
{
    char line[LINE_N];
    FILE *f = fopen(path, "r");
    g_path = path;
    g_line = 0;
    if (f == NULL)
        die("cannot be opened", path);
    while (fgets(line, sizeof line, f) != NULL) {
        g_line++;
        read_line(line);
    }
    end_type(&g_type);
    end_route(&g_route);
    (void)fclose(f);
}

static void print_tables(void)
{
    printf("const struct api_route API_ROUTES[] = {\n%s};\nconst int API_ROUTE_N = %d;\n", g_routes,
           g_route_n);
    printf("const struct api_type *const API_TYPES[] = {\n");
    for (int i = 0; i < g_known_n; i++)
        printf("    &TYPE_%s,\n", g_known[i]);
    printf("};\nconst int API_TYPE_N = %d;\n", g_known_n);
}

int main(int argc, char **argv)
{
    if (argc < 3 || (strcmp(argv[1], "header") != 0 && strcmp(argv[1], "table") != 0)) {
        (void)fprintf(stderr, "usage: contract header|table FILE...\n");
        return 64;
    }
    g_header = strcmp(argv[1], "header") == 0;
    printf("/* Made by tools/contract.c from src/api/contract/. */\n");
    if (g_header)
        printf(
            "#ifndef GECI_API_TYPES_H\n#define GECI_API_TYPES_H\n\n#include \"api/type/type.h\"\n\n"
            "struct call;\n\n");
    for (int i = 2; i < argc; i++)
        read_file(argv[i]);
    if (g_header)
        printf("#endif\n");
    else
        print_tables();
    return 0;
}
