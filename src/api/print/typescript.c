/* typescript.c - the types and functions of the client, from the route table. */
#include <string.h>

#include "api/call.h"
#include "api/print/document.h"
#include "base/buf.h"
#include "base/str.h"

static char upper_of(bool upper, char c)
{
    return upper && c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

/* subject_row -> SubjectRow, or subjectRow */
static void camel(struct buf *b, const char *name, bool upper)
{
    for (; *name != '\0'; name++) {
        if (*name != '_')
            buf_char(b, upper_of(upper, *name));
        upper = *name == '_';
    }
}

static void value(struct buf *b, const struct api_field *f)
{
    static const char *const NAMES[] = {
        "string", "Decimal", "unknown", "number",
        "Moment", "boolean", "Day",     "Record<string, string | null>",
        "",       ""};
    if (f->kind == API_TYPE) {
        camel(b, f->of->name, true);
        return;
    }
    if (f->kind != API_ONE) {
        buf_add(b, str_of(NAMES[f->kind]));
        return;
    }
    for (int i = 0; f->words[i] != NULL; i++)
        buf_fmt(b, "%s'%s'", i == 0 ? "" : " | ", f->words[i]);
}

static void member(struct buf *b, const struct api_field *f)
{
    buf_fmt(b, "  /** %s / %s */\n  %s%s: ", f->zh, f->en, f->name, f->optional ? "?" : "");
    if (f->list && f->kind == API_ONE)
        buf_char(b, '(');
    value(b, f);
    if (f->list && f->kind == API_ONE)
        buf_char(b, ')');
    if (f->list)
        buf_add(b, S("[]"));
    if (api_may_be_null(f))
        buf_add(b, S(" | null"));
    buf_add(b, S("\n"));
}

static void type(struct buf *b, const struct api_type *t)
{
    buf_fmt(b, "/** %s / %s */\nexport interface ", t->zh, t->en);
    camel(b, t->name, true);
    buf_add(b, S(" {\n"));
    for (int i = 0; i < t->field_n; i++)
        member(b, &t->field[i]);
    buf_add(b, S("}\n\n"));
}

static bool has(const struct api_route *r, enum api_from from)
{
    for (int i = 0; r->in != NULL && i < r->in->field_n; i++)
        if (r->in->field[i].from == from)
            return true;
    return false;
}

/* `/subjects/{kind}` as a template of TypeScript. */
static void path(struct buf *b, const struct api_route *r)
{
    buf_add(b, S("`" API_BASE));
    for (const char *p = r->path; *p != '\0'; p++) {
        if (*p == '{')
            buf_add(b, S("${encodeURIComponent(at."));
        else if (*p == '}')
            buf_add(b, S(")}"));
        else
            buf_char(b, *p);
    }
    buf_char(b, '`');
}

static void arguments(struct buf *b, const struct api_route *r)
{
    bool any = has(r, API_IN_PATH) || has(r, API_IN_QUERY), needed = has(r, API_IN_PATH);
    if (any) {
        buf_add(b, S("at: {\n"));
        for (int i = 0; i < r->in->field_n; i++) {
            needed |= r->in->field[i].from == API_IN_QUERY && !r->in->field[i].optional;
            if (r->in->field[i].from != API_IN_BODY)
                member(b, &r->in->field[i]);
        }
        buf_fmt(b, "}%s, ", needed ? "" : " = {}");
    }
    for (int i = 0; r->in != NULL && i < r->in->field_n; i++) {
        if (r->in->field[i].from == API_IN_BODY) {
            buf_add(b, S("body: "));
            value(b, &r->in->field[i]);
            buf_add(b, S(", "));
        }
    }
    if (r->bytes)
        buf_add(b, S("body: Blob, "));
    buf_add(b, S("how?: How"));
}

static void query(struct buf *b, const struct api_route *r)
{
    if (!has(r, API_IN_QUERY)) {
        buf_add(b, S("undefined"));
        return;
    }
    buf_char(b, '{');
    bool any = false;
    for (int i = 0; i < r->in->field_n; i++) {
        if (r->in->field[i].from != API_IN_QUERY)
            continue;
        buf_fmt(b, "%s %s: at.%s", any ? "," : "", r->in->field[i].name, r->in->field[i].name);
        any = true;
    }
    buf_add(b, S(" }"));
}

static void function(struct buf *b, const struct api_route *r)
{
    buf_fmt(b, "/** %s / %s */\nexport const ", r->zh, r->en);
    camel(b, r->name, false);
    buf_add(b, S(" = ("));
    arguments(b, r);
    buf_add(b, S("): Promise<"));
    if (r->out != NULL)
        camel(b, r->out->name, true);
    else
        buf_add(b, r->media[0] != '\0' ? S("Blob") : S("void"));
    buf_fmt(b, "> =>\n  call('%.*s', ", STR_ARG(http_method_name(r->method)));
    path(b, r);
    buf_add(b, S(", "));
    query(b, r);
    buf_fmt(b, ", %s, '%s', how)\n\n", has(r, API_IN_BODY) || r->bytes ? "body" : "undefined",
            r->out != NULL        ? "json"
            : r->media[0] != '\0' ? "blob"
                                  : "none");
}

/* What `may` of a session names. */
static void names(struct buf *b)
{
    buf_add(b, S("export type RouteName =\n"));
    for (int i = 0; i < API_ROUTE_N; i++)
        buf_fmt(b, "  | '%s'\n", API_ROUTES[i].name);
    buf_char(b, '\n');
}

void api_typescript(struct buf *out)
{
    buf_add(out,
            S("// Made by `geci api typescript` from the route table.\n"
              "import { call, type Day, type Decimal, type How, type Moment } from './call'\n\n"));
    names(out);
    for (int i = 0; i < API_TYPE_N; i++)
        type(out, API_TYPES[i]);
    for (int i = 0; i < API_ROUTE_N; i++)
        function(out, &API_ROUTES[i]);
}

void api_matrix(struct buf *out)
{
    static const char *const ROWS[] = {"—", "全县", "可见范围", "指定主体", "本人"};
    buf_add(out, S("| 接口 | 做什么 | 谁可以 | 哪些行 | 存证 |\n|---|---|---|---|---|\n"));
    for (int i = 0; i < API_ROUTE_N; i++) {
        const struct api_route *r = &API_ROUTES[i];
        buf_fmt(out, "| `%.*s %s` | %s | ", STR_ARG(http_method_name(r->method)), r->path, r->zh);
        bool any = false;
        for (int k = 0; k < ROLE_N; k++) {
            if (r->may >> k & 1) {
                buf_fmt(out, "%s%s", any ? " " : "", role_name((enum role)k)->zh);
                any = true;
            }
        }
        buf_fmt(out, " | %s | %s |\n", ROWS[r->rows], r->act[0] == '\0' ? "" : r->act);
    }
}
