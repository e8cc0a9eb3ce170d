/* xml_test.c - what the scan says of a text is what expat says of it alone: good ones, small
 * changes of them, and long ones that come in pieces. */
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "sheet/xml.h"
#include "sheet/xml_scan.h"
#include "t.h"

struct log {
    struct buf b;
    bool in_text; /* pieces of a text are one */
    int stop_at;  /* the element at which the reader has enough; 0: none */
};

static enum status on_open(void *ctx, Str name, const char *const *attr)
{
    struct log *l = ctx;
    buf_fmt(&l->b, "%s<%.*s", l->in_text ? "|" : "", STR_ARG(name));
    l->in_text = false;
    for (; attr[0] != NULL; attr += 2)
        buf_fmt(&l->b, " %s=%s", attr[0], attr[1]);
    return --l->stop_at == 0 ? ERR_LIMIT : OK;
}

static enum status on_close(void *ctx, Str name)
{
    struct log *l = ctx;
    buf_fmt(&l->b, "%s/%.*s", l->in_text ? "|" : "", STR_ARG(name));
    l->in_text = false;
    return OK;
}

static void on_text(void *ctx, Str s)
{
    struct log *l = ctx;
    buf_add(&l->b, l->in_text ? S("") : S("|"));
    buf_add(&l->b, s);
    l->in_text = s.n > 0 || l->in_text;
}

static Str read_xml(struct arena *a, Str text, bool careful, int stop_at)
{
    struct log l = {.stop_at = stop_at};
    struct wire w = {0};
    struct zip z = {.arena = a, .wire = &w, .budget = SIZE_MAX};
    struct zip_part p = {.packed = text};
    struct xml_hooks hooks = {
        .open = on_open, .close = on_close, .text = on_text, .ctx = &l, .careful = careful};
    buf_init(&l.b, a, BUF_MAX);
    enum status st = xml_read(&z, &p, &hooks);
    /* How far one comes before an error is one's own affair. */
    return st == OK ? buf_str(&l.b)
           : stop_at > 0 && l.stop_at <= 0
               ? arena_fmt(a, "stopped %.*s", STR_ARG(buf_str(&l.b)))
               : arena_fmt(a, "%d %.*s", (int)w.fault.code, STR_ARG(w.fault.arg));
}

static void compare(struct arena *a, Str text, int stop_at)
{
    ArenaMark mark = arena_mark(a);
    Str fast = read_xml(a, text, false, stop_at), safe = read_xml(a, text, true, stop_at);
    if (!str_eq(fast, safe))
        (void)fprintf(stderr, "of: %.300s\n", arena_copy(a, text).p);
    CHECK_STR(fast, arena_copy(a, safe).p);
    arena_reset(a, mark);
}

static const char *const GOOD[] = {
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<x:a xmlns:x=\"u\" x:b='1'>"
    "<row r=\"1\" ><c r=\"A1\" t=\"s\"><v>0</v></c><c\nr=\"B1\"/></row>\t</x:a>\n",
    ("<sst count=\"1\"><si><t>甲 &amp; 乙 &lt;b&gt; &quot;x&quot; &apos;</t></si>"
     "<si><t>[1]]</t></si></sst>"),
    "<a>\n <b n=\"名\">，\xEF\xBC\x8C</b><b/>x</a>",
    "<?xml version='1.0'?><a>t</a>",
    "<a><!-- c --><b>&#65;&#x4E2D;</b><![CDATA[<x>]]><?p i?></a>",
    "<a b=\"x&amp;y\" c=\"1>2\">1>2</a>",
    "\xEF\xBB\xBF<a>x</a>",
    "<a>one\r\ntwo\rthree</a>",
    "<n\xC3\xA9>x</n\xC3\xA9>",
    "<a\tb\n=\n\"1\" c=\"l\nm\">x</a  ><!-- behind -->",
};

static const char *const WRONG[] = {
    "",
    "x",
    "<a>",
    "</a>",
    "<a></b>",
    "<a/><b/>",
    "<a/>x",
    "x<a/>",
    "<a b=1/>",
    "<a b=\"1\"c=\"2\"/>",
    "<a b=\"1\" b=\"2\"/>",
    "<a>]]></a>",
    "<a>&x;</a>",
    "<a>&amp</a>",
    "<a>\x01</a>",
    "<a>\xFF</a>",
    "<a>\xEF\xBF\xBF</a>",
    "<a b=\"<\"/>",
    "<1/>",
    "<>",
    "< a/>",
    "<a><b></a></b>",
    " <?xml version=\"1.0\"?><a/>",
    "<a><?xml version=\"1.0\"?></a>",
    "<?xml version=\"1.0\"?><?xml version=\"1.0\"?><a/>",
    "<!DOCTYPE a><a/>",
    "<?xml version=\"1.0\" encoding=\"UTF-16\"?><a/>",
    "<a>\xED\xA0\x80</a>",
    "<a b='\x02'/>",
};

TEST(xml_scan_says_what_expat_says)
{
    struct arena *a = arena_open();
    for (size_t i = 0; i < ARRAY_N(GOOD); i++)
        for (int stop = 0; stop < 4; stop++)
            compare(a, str_of(GOOD[i]), stop);
    for (size_t i = 0; i < ARRAY_N(WRONG); i++)
        compare(a, str_of(WRONG[i]), 0);
    CHECK_STR(read_xml(a, str_of(GOOD[1]), false, 0),
              "<sst count=1<si<t|甲 & 乙 <b> \"x\" '|/t/si<si<t|[1]]|/t/si/sst");
    arena_close(a);
}

/* A byte in another's place, gone, or twice. */
TEST(xml_scan_says_so_of_what_is_nearly_right)
{
    static const char BYTES[] = "<>/&;\"'= \n\ta1]!?-:x\x01\r\xE4\xBF\xFF";
    struct arena *a = arena_open();
    uint64_t seed = 1;
    for (int i = 0; i < 40000; i++) {
        char text[512];
        uint64_t r = seed = seed * 6364136223846793005U + 1442695040888963407U;
        Str from = str_of(GOOD[(r >> 33) % ARRAY_N(GOOD)]);
        size_t at = (r >> 40) % from.n, n = from.n;
        memcpy(text, from.p, n);
        switch (r >> 20 & 3) {
        case 0: memmove(text + at, text + at + 1, --n - at); break;
        case 1:
            memmove(text + at + 1, text + at, n - at);
            n++;
            break;
        default: text[at] = BYTES[(r >> 50) % (sizeof BYTES - 1)];
        }
        compare(a, (Str){text, n}, 0);
    }
    arena_close(a);
}

/* Longer than the room: every boundary falls somewhere else; a text too long for the scan. */
TEST(xml_scan_goes_on_from_piece_to_piece)
{
    struct arena *a = arena_open();
    struct buf b;
    buf_init(&b, a, BUF_MAX);
    for (int odd = 0; odd < 2; odd++) {
        b.n = 0;
        buf_add(&b, S("<w><s>"));
        for (int i = 0; b.n < 3 * SCAN_ROOM; i++)
            buf_fmt(&b, "<c r=\"A%d\" t=\"甲%d\"><v>%d &amp; 乙</v></c>", i, i % 7, i * 37);
        buf_add(&b, odd ? S("<!-- --><v>") : S("<v>"));
        buf_fill(&b, 'x', odd ? 10 : SCAN_ROOM);
        buf_add(&b, S("</v></s></w>"));
        compare(a, buf_str(&b), 0);
        compare(a, str_sub(buf_str(&b), 0, b.n - 3), 0);
    }
    arena_close(a);
}
