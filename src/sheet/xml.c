#include "sheet/xml.h"

#include <expat.h>
#include <string.h>

#include "base/str.h"

struct xml {
    XML_Parser parser;
    struct wire *wire;
    const struct xml_hooks *hooks;
    enum status st;
};

static Str local_name(const char *z)
{
    if (z[0] != '\0' && z[1] == '\0') /* nearly all of a sheet: c, v */
        return (Str){z, 1};
    const char *colon = strchr(z, ':');
    return str_of(colon == NULL ? z : colon + 1);
}

static void stop(struct xml *x, enum status st)
{
    if (st == OK || x->st != OK)
        return;
    x->st = st;
    (void)XML_StopParser(x->parser, XML_FALSE); /* at worst it goes on for a piece */
}

static void on_open(void *ctx, const XML_Char *name, const XML_Char **attr)
{
    struct xml *x = ctx;
    if (x->st == OK)
        stop(x, x->hooks->open(x->hooks->ctx, local_name(name), (const char *const *)attr));
}

static void on_close(void *ctx, const XML_Char *name)
{
    struct xml *x = ctx;
    if (x->st == OK)
        stop(x, x->hooks->close(x->hooks->ctx, local_name(name)));
}

static void on_text(void *ctx, const XML_Char *s, int n)
{
    struct xml *x = ctx;
    if (x->st == OK)
        x->hooks->text(x->hooks->ctx, (Str){s, (size_t)n});
}

/* srccheck:params as expat calls it */
static void on_type(void *ctx, const XML_Char *name, const XML_Char *system, const XML_Char *public,
                    int internal)
{
    struct xml *x = ctx;
    (void)name, (void)system, (void)public, (void)internal;
    stop(x, wire_fault(x->wire, SHEET_XML_DTD, S("")));
}

static enum status on_piece(void *ctx, Str piece, bool last)
{
    struct xml *x = ctx;
    if (XML_Parse(x->parser, piece.p, (int)piece.n, last) == XML_STATUS_OK)
        return x->st;
    if (x->st == OK)
        x->st =
            wire_fault(x->wire, SHEET_XML, str_of(XML_ErrorString(XML_GetErrorCode(x->parser))));
    return x->st;
}

enum status xml_read(struct zip *z, const struct zip_part *p, const struct xml_hooks *hooks)
{
    struct xml x = {.parser = XML_ParserCreate(NULL), .wire = z->wire, .hooks = hooks};
    if (x.parser == NULL)
        return wire_fault(z->wire, SHEET_MEMORY, S(""));
    XML_SetUserData(x.parser, &x);
    XML_SetElementHandler(x.parser, on_open, on_close);
    if (hooks->text != NULL)
        XML_SetCharacterDataHandler(x.parser, on_text);
    XML_SetStartDoctypeDeclHandler(x.parser, on_type);
    enum status st = zip_unpack(z, p, on_piece, &x);
    XML_ParserFree(x.parser);
    return st;
}

Str xml_attr(const char *const *attr, const char *name)
{
    for (; attr[0] != NULL; attr += 2) {
        const char *colon = strchr(attr[0], ':');
        if (strcmp(attr[0], name) == 0 || (colon != NULL && strcmp(colon + 1, name) == 0))
            return str_of(attr[1]);
    }
    return (Str){NULL, 0};
}
