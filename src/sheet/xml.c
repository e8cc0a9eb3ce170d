#include "sheet/xml.h"

#include <expat.h>
#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "sheet/xml_scan.h"

struct xml {
    struct scan *scan;
    XML_Parser parser; /* NULL: the scan reads */
    struct wire *wire;
    const struct xml_hooks *hooks;
    int known_open, known_close; /* what the parser is told again, and says again */
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
    if (x->known_open > 0)
        x->known_open--;
    else if (x->st == OK)
        stop(x, x->hooks->open(x->hooks->ctx, local_name(name), (const char *const *)attr));
}

static void on_close(void *ctx, const XML_Char *name)
{
    struct xml *x = ctx;
    if (x->known_close > 0)
        x->known_close--;
    else if (x->st == OK)
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

static enum status parse(struct xml *x, Str piece, bool last)
{
    if (XML_Parse(x->parser, piece.p, (int)piece.n, last) == XML_STATUS_OK)
        return x->st;
    if (x->st == OK)
        x->st =
            wire_fault(x->wire, SHEET_XML, str_of(XML_ErrorString(XML_GetErrorCode(x->parser))));
    return x->st;
}

static void set_hooks(struct xml *x)
{
    XML_SetUserData(x->parser, x);
    XML_SetElementHandler(x->parser, on_open, on_close);
    if (x->hooks->text != NULL)
        XML_SetCharacterDataHandler(x->parser, on_text);
    XML_SetStartDoctypeDeclHandler(x->parser, on_type);
}

/* Where the scan stopped: the parser is told what is open, and reads what is left in the room. */
static enum status take_over(struct xml *x)
{
    const struct scan *s = x->scan;
    x->parser = XML_ParserCreate(NULL);
    if (x->parser == NULL)
        return x->st = wire_fault(x->wire, SHEET_MEMORY, S(""));
    set_hooks(x);
    x->known_close = s->depth == 0 && s->begun;
    x->known_open = s->depth + x->known_close;
    if (!s->fresh) /* this is not the start, where alone it may stand */
        TRY(parse(x, S("<?xml version=\"1.0\"?>"), false));
    for (int i = 0; i < s->depth; i++) {
        TRY(parse(x, S("<"), false));
        TRY(parse(x, str_of(s->name[i]), false));
        TRY(parse(x, S(">"), false));
    }
    if (x->known_close > 0)
        TRY(parse(x, S("<all/>"), false));
    return parse(x, (Str){s->room, s->n}, false);
}

static enum status on_piece(void *ctx, Str piece, bool last)
{
    struct xml *x = ctx;
    struct scan *s = x->scan;
    while (x->parser == NULL && piece.n > 0) {
        size_t n = piece.n < SCAN_ROOM - s->n ? piece.n : SCAN_ROOM - s->n;
        memcpy(s->room + s->n, piece.p, n);
        s->n += n;
        piece = str_sub(piece, n, piece.n);
        TRY(x->st = scan_read(s));
        if (s->odd)
            TRY(take_over(x));
    }
    if (x->parser == NULL && last && !scan_is_whole(s))
        TRY(take_over(x));
    return x->parser == NULL ? OK : parse(x, piece, last);
}

enum status xml_read(struct zip *z, const struct zip_part *p, const struct xml_hooks *hooks)
{
    struct xml x = {.wire = z->wire, .hooks = hooks};
    x.scan = arena_raw(z->arena, 1, sizeof *x.scan);
    scan_open(x.scan, hooks);
    x.scan->odd = hooks->careful;
    enum status st = zip_unpack(z, p, on_piece, &x);
    XML_ParserFree(x.parser); /* NULL is fine */
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
