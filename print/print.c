/* print.c - lines in, pages out: see README.md for the lines.
 *
 *     stdin -> elements -> laid out once to count the pages, once to draw them -> stdout
 *
 * Both ways are the same code on two surfaces, the first of which goes nowhere, so that "page n of
 * m" cannot be wrong. Lengths are points. */
#include <cairo-pdf.h>
#include <fontconfig/fontconfig.h>
#include <pango/pangocairo.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "jail.h"

enum { EXIT_DONE = 0, EXIT_USAGE = 64, EXIT_LINES = 65, EXIT_FONT = 69, EXIT_FAILED = 70 };
enum { TEXT_MAX = 16 << 20, CELLS_MAX = 16, ROW_FIGURES = 5, ROUND = 3 };

static const double WIDTH = 595.28, HEIGHT = 841.89; /* A4 */
static const double LEFT = 51, RIGHT = 51, TOP = 68, BOTTOM = 62;
static const double PAD = 4.5, GAP = 7;

struct color {
    double r, g, b;
};
static const struct color INK = {0.10, 0.11, 0.13}, QUIET = {0.36, 0.38, 0.42},
                          ACCENT = {0.035, 0.345, 0.851}, LINE = {0.82, 0.84, 0.87},
                          PALE = {0.955, 0.965, 0.98}, BAR = {0.82, 0.88, 0.98},
                          WARN = {0.70, 0.28, 0.02};

/* --- the lines --- */

struct line {
    const char *word;
    const char *cell[CELLS_MAX];
    int n;
};

struct document {
    struct line *line;
    size_t n, cap;
    const char *title, *running[2], *foot, *badge;
};

static _Noreturn void fail(int code, const char *what, size_t line)
{
    (void)fprintf(stderr, "geci-print: line %zu: %s\n", line, what);
    exit(code);
}

static char *read_all(void)
{
    char *text = calloc(1, TEXT_MAX + 1);
    size_t n = text == NULL ? 0 : fread(text, 1, TEXT_MAX + 1, stdin);
    if (text == NULL || ferror(stdin))
        fail(EXIT_FAILED, "cannot read", 0);
    if (n > TEXT_MAX)
        fail(EXIT_LINES, "too long", 0);
    text[n] = '\0';
    if (strlen(text) != n || !g_utf8_validate(text, (gssize)n, NULL))
        fail(EXIT_LINES, "not UTF-8", 0);
    return text;
}

static struct line cut(char *text)
{
    struct line l = {.word = text};
    for (char *p = strchr(text, '\t'); p != NULL && l.n < CELLS_MAX; p = strchr(p, '\t')) {
        *p++ = '\0';
        l.cell[l.n++] = p;
    }
    for (int i = l.n; i < CELLS_MAX; i++)
        l.cell[i] = "";
    return l;
}

static bool is(const struct line *l, const char *word)
{
    return strcmp(l->word, word) == 0;
}

static void check(const struct line *l, size_t number)
{
    static const char *const WORDS[] = {"title", "sub",  "running", "foot",   "badge",
                                        "h",     "p",    "note",    "figure", "kv",
                                        "table", "head", "row",     "end"};
    for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++)
        if (is(l, WORDS[i]))
            return;
    fail(EXIT_LINES, "unknown word", number);
}

static void add(struct document *d, struct line l)
{
    if (d->n == d->cap) {
        d->cap = d->cap == 0 ? 256 : d->cap * 2;
        d->line = realloc(d->line, d->cap * sizeof *d->line);
        if (d->line == NULL)
            fail(EXIT_FAILED, "no memory", d->n);
    }
    d->line[d->n++] = l;
}

static void read_document(struct document *d, char *text)
{
    size_t number = 0;
    *d = (struct document){.title = "", .running = {"", ""}, .foot = "", .badge = ""};
    for (char *next, *p = text; p != NULL && *p != '\0'; p = next) {
        next = strchr(p, '\n');
        if (next != NULL)
            *next++ = '\0';
        if (*p == '\0')
            continue;
        struct line l = cut(p);
        check(&l, ++number);
        if (is(&l, "running")) {
            d->running[0] = l.cell[0];
            d->running[1] = l.cell[1];
        } else if (is(&l, "foot")) {
            d->foot = l.cell[0];
        } else if (is(&l, "badge")) {
            d->badge = l.cell[0];
        } else {
            add(d, l);
        }
        if (is(&l, "title"))
            d->title = l.cell[0];
    }
    if (d->n == 0)
        fail(EXIT_LINES, "nothing to print", 0);
}

/* --- the font --- */

static bool has_family(const char *name)
{
    FcPattern *asked = FcPatternBuild(NULL, FC_FAMILY, FcTypeString, name, (char *)NULL);
    FcObjectSet *what = FcObjectSetBuild(FC_FAMILY, (char *)NULL);
    FcFontSet *found = FcFontList(NULL, asked, what);
    bool has = found != NULL && found->nfont > 0;
    if (found != NULL)
        FcFontSetDestroy(found);
    FcObjectSetDestroy(what);
    FcPatternDestroy(asked);
    return has;
}

/* Any with the letters of the product's name in it; its name lives as long as the program. */
static const char *any_chinese(void)
{
    static char name[200];
    FcCharSet *letters = FcCharSetCreate();
    (void)FcCharSetAddChar(letters, 0x683c); /* 格: only fails without memory, and then */
    (void)FcCharSetAddChar(letters, 0x6b21); /* 次: nothing is found below */
    FcPattern *asked = FcPatternBuild(NULL, FC_CHARSET, FcTypeCharSet, letters, (char *)NULL);
    FcObjectSet *what = FcObjectSetBuild(FC_FAMILY, (char *)NULL);
    FcFontSet *found = FcFontList(NULL, asked, what);
    FcChar8 *family = NULL;
    if (found != NULL && found->nfont > 0 &&
        FcPatternGetString(found->fonts[0], FC_FAMILY, 0, &family) == FcResultMatch)
        (void)snprintf(name, sizeof name, "%s", (const char *)family);
    if (found != NULL)
        FcFontSetDestroy(found);
    FcObjectSetDestroy(what);
    FcPatternDestroy(asked);
    FcCharSetDestroy(letters);
    return name[0] == '\0' ? NULL : name;
}

static const char *find_font(void)
{
    static const char *const WANTED[] = {"Noto Sans CJK SC", "Source Han Sans SC",
                                         "WenQuanYi Micro Hei"};
    for (size_t i = 0; i < sizeof WANTED / sizeof *WANTED; i++)
        if (has_family(WANTED[i]))
            return WANTED[i];
    return any_chinese();
}

/* --- a page under way --- */

struct sheet {
    const struct document *d;
    cairo_t *cr;
    const char *font;
    int page, pages; /* pages: 0 while they are counted */
    double y;
    int unknown;
};

struct text {
    const char *s;
    double size, width; /* width 0: one line, as long as it is */
    bool bold;
    PangoAlignment align;
    struct color color;
};

static PangoLayout *lay(struct sheet *s, const struct text *t)
{
    PangoLayout *l = pango_cairo_create_layout(s->cr);
    PangoFontDescription *f = pango_font_description_new();
    pango_font_description_set_family(f, s->font);
    pango_font_description_set_size(f, (int)(t->size * PANGO_SCALE));
    pango_font_description_set_weight(f, t->bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_layout_set_font_description(l, f);
    pango_font_description_free(f);
    pango_layout_set_text(l, t->s, -1);
    pango_layout_set_alignment(l, t->align);
    if (t->width > 0) {
        pango_layout_set_width(l, (int)(t->width * PANGO_SCALE));
        pango_layout_set_wrap(l, PANGO_WRAP_WORD_CHAR);
    }
    return l;
}

static double height_of(PangoLayout *l)
{
    int w, h;
    pango_layout_get_size(l, &w, &h);
    return (double)h / PANGO_SCALE;
}

static double width_of(PangoLayout *l)
{
    int w, h;
    pango_layout_get_size(l, &w, &h);
    return (double)w / PANGO_SCALE;
}

static void paint(struct sheet *s, struct color c)
{
    cairo_set_source_rgb(s->cr, c.r, c.g, c.b);
}

/* Draws and gives the layout up; how tall it is. */
static double put(struct sheet *s, PangoLayout *l, double x, double y, struct color c)
{
    double h = height_of(l);
    paint(s, c);
    cairo_move_to(s->cr, x, y);
    pango_cairo_show_layout(s->cr, l);
    s->unknown += pango_layout_get_unknown_glyphs_count(l);
    g_object_unref(l);
    return h;
}

static double write(struct sheet *s, const struct text *t, double x, double y)
{
    return put(s, lay(s, t), x, y, t->color);
}

static double tall(struct sheet *s, const struct text *t)
{
    PangoLayout *l = lay(s, t);
    double h = height_of(l);
    g_object_unref(l);
    return h;
}

static void rule(struct sheet *s, double x, double y, double w, struct color c)
{
    paint(s, c);
    cairo_set_line_width(s->cr, 0.6);
    cairo_move_to(s->cr, x, y);
    cairo_line_to(s->cr, x + w, y);
    cairo_stroke(s->cr);
}

static void box(struct sheet *s, double x, double y, double w, double h, struct color c)
{
    paint(s, c);
    cairo_rectangle(s->cr, x, y, w, h);
    cairo_fill(s->cr);
}

static double inside(void)
{
    return WIDTH - LEFT - RIGHT;
}

/* --- what every page has --- */

static double put_badge(struct sheet *s)
{
    struct text t = {s->d->badge, 9, 0, true, PANGO_ALIGN_LEFT, WARN};
    if (*s->d->badge == '\0')
        return 0;
    PangoLayout *l = lay(s, &t);
    double w = width_of(l) + 10, h = height_of(l) + 3;
    paint(s, WARN);
    cairo_set_line_width(s->cr, 0.9);
    cairo_rectangle(s->cr, WIDTH - RIGHT - w, 32, w, h);
    cairo_stroke(s->cr);
    (void)put(s, l, WIDTH - RIGHT - w + 5, 33.5, WARN); /* its height is known */
    return w + 8;
}

static void put_edges(struct sheet *s)
{
    char number[64];
    double badge = put_badge(s), half = (inside() - badge) / 2;
    struct text left = {s->d->running[0], 8.5, half, false, PANGO_ALIGN_LEFT, QUIET};
    struct text right = {s->d->running[1], 8.5, half, false, PANGO_ALIGN_RIGHT, QUIET};
    (void)write(s, &left, LEFT, 34);
    (void)write(s, &right, LEFT + half, 34);
    rule(s, LEFT, 54, inside(), LINE);
    (void)snprintf(number, sizeof number, "第 %d 页，共 %d 页", s->page, s->pages);
    struct text foot = {s->d->foot, 7.5, inside() - 90, false, PANGO_ALIGN_LEFT, QUIET};
    struct text page = {number, 8.5, 90, false, PANGO_ALIGN_RIGHT, QUIET};
    rule(s, LEFT, HEIGHT - BOTTOM + 14, inside(), LINE);
    (void)write(s, &foot, LEFT, HEIGHT - BOTTOM + 19);
    (void)write(s, &page, WIDTH - RIGHT - 90, HEIGHT - BOTTOM + 19);
}

static void turn(struct sheet *s)
{
    if (s->page > 0)
        cairo_show_page(s->cr);
    s->page++;
    s->y = TOP;
    put_edges(s);
}

/* Room for so much, on this page or the next. */
static bool need(struct sheet *s, double h)
{
    if (s->y + h <= HEIGHT - BOTTOM)
        return false;
    turn(s);
    return true;
}

/* --- elements --- */

static void put_title(struct sheet *s, const struct line *l)
{
    struct text t = {l->cell[0], 19, inside(), true, PANGO_ALIGN_LEFT, INK};
    need(s, tall(s, &t));
    box(s, LEFT, s->y + 4, 4, tall(s, &t) - 6, ACCENT);
    t.width -= 14;
    s->y += write(s, &t, LEFT + 14, s->y) + 3;
}

static void put_text(struct sheet *s, const struct line *l)
{
    bool sub = is(l, "sub"), note = is(l, "note");
    double by = sub ? 14 : 0;
    struct text t = {l->cell[0], note ? 8 : sub ? 10.5 : 10, inside() - by,
                     false,      PANGO_ALIGN_LEFT,           note || sub ? QUIET : INK};
    need(s, tall(s, &t));
    s->y += write(s, &t, LEFT + by, s->y) + (sub ? 10 : GAP);
}

/* A heading wants some of what follows on its page. */
static void put_heading(struct sheet *s, const struct line *l)
{
    struct text t = {l->cell[0], 12.5, inside(), true, PANGO_ALIGN_LEFT, ACCENT};
    s->y += 9;
    need(s, tall(s, &t) + 70);
    s->y += write(s, &t, LEFT, s->y) + 2;
    rule(s, LEFT, s->y, inside(), ACCENT);
    s->y += 6;
}

/* As large as fits on one line. */
static struct text figure_value(struct sheet *s, const struct line *l, double w)
{
    struct text value = {l->cell[0], 0, 0, true, PANGO_ALIGN_LEFT, INK};
    for (int size = 18; size >= 9; size--) {
        value.size = size;
        PangoLayout *one = lay(s, &value);
        double own = width_of(one);
        g_object_unref(one);
        if (own <= w - 16)
            break;
    }
    value.width = w - 16;
    return value;
}

static void put_figure(struct sheet *s, const struct line *l, double x, double w, double h)
{
    struct text value = figure_value(s, l, w);
    struct text label = {l->cell[1], 8.5, w - 16, false, PANGO_ALIGN_LEFT, QUIET};
    struct text note = {l->cell[2], 7.5, w - 16, false, PANGO_ALIGN_LEFT, QUIET};
    box(s, x, s->y, w, h, PALE);
    box(s, x, s->y, 2.5, h, ACCENT);
    double y = s->y + 6;
    y += write(s, &label, x + 9, y) + 1;
    y += write(s, &value, x + 9, y);
    if (*note.s != '\0')
        (void)write(s, &note, x + 9, y); /* the last of the box */
}

static double figure_height(struct sheet *s, const struct line *l, double w)
{
    struct text value = figure_value(s, l, w);
    struct text label = {l->cell[1], 8.5, w - 16, false, PANGO_ALIGN_LEFT, QUIET};
    struct text note = {l->cell[2], 7.5, w - 16, false, PANGO_ALIGN_LEFT, QUIET};
    return 14 + tall(s, &value) + tall(s, &label) + (*note.s == '\0' ? 0 : tall(s, &note));
}

/* Those that follow each other, in rows; how many they are. */
static size_t put_figures(struct sheet *s, const struct line *l, size_t n)
{
    size_t all = 0;
    while (all < n && is(&l[all], "figure"))
        all++;
    for (size_t at = 0; at < all; at += ROW_FIGURES) {
        size_t row = all - at < ROW_FIGURES ? all - at : ROW_FIGURES;
        size_t across = all < ROW_FIGURES ? all : ROW_FIGURES;
        double w = (inside() - GAP * (double)(across - 1)) / (double)across, h = 0;
        for (size_t i = 0; i < row; i++) {
            double own = figure_height(s, &l[at + i], w);
            h = own > h ? own : h;
        }
        need(s, h);
        for (size_t i = 0; i < row; i++)
            put_figure(s, &l[at + i], LEFT + (double)i * (w + GAP), w, h);
        s->y += h + GAP;
    }
    return all;
}

static double put_fact(struct sheet *s, const struct line *l, double x, bool draw)
{
    double half = inside() / 2, name = 92;
    struct text k = {l->cell[0], 9, name - 6, false, PANGO_ALIGN_LEFT, QUIET};
    struct text v = {l->cell[1], 9.5, half - name - 8, false, PANGO_ALIGN_LEFT, INK};
    double hk = tall(s, &k), hv = tall(s, &v);
    if (draw) {
        (void)write(s, &k, x, s->y + 0.5); /* heights are known */
        (void)write(s, &v, x + name, s->y);
    }
    return hk > hv ? hk : hv;
}

static size_t put_facts(struct sheet *s, const struct line *l, size_t n)
{
    size_t all = 0;
    while (all < n && is(&l[all], "kv"))
        all++;
    for (size_t i = 0; i < all; i += 2) {
        bool two = i + 1 < all;
        double a = put_fact(s, &l[i], LEFT, false);
        double b = two ? put_fact(s, &l[i + 1], LEFT, false) : 0;
        double h = a > b ? a : b;
        need(s, h + 4);
        (void)put_fact(s, &l[i], LEFT, true); /* heights are known */
        if (two)
            (void)put_fact(s, &l[i + 1], LEFT + inside() / 2, true);
        s->y += h + 4;
    }
    s->y += 3;
    return all;
}

/* --- tables --- */

struct table {
    double x[CELLS_MAX], w[CELLS_MAX];
    char align[CELLS_MAX + 1];
    int n;
    const struct line *head;
};

static void open_table(struct table *t, const struct line *l)
{
    double x = LEFT;
    const char *p = l->cell[0];
    *t = (struct table){.n = (int)strlen(l->cell[1])};
    if (t->n > CELLS_MAX)
        t->n = CELLS_MAX;
    (void)snprintf(t->align, sizeof t->align, "%s", l->cell[1]);
    for (int i = 0; i < t->n; i++) {
        char *end;
        t->x[i] = x;
        t->w[i] = inside() * strtod(p, &end) / 100;
        x += t->w[i];
        p = *end == ',' ? end + 1 : end;
    }
}

/* `72 18/25` as a bar of 72 percent and what is written on it. */
static const char *bar_of(const char *cell, double *percent)
{
    char *end;
    *percent = strtod(cell, &end);
    *percent = *percent < 0 ? 0 : *percent > 100 ? 100 : *percent;
    return *end == ' ' ? end + 1 : end;
}

static struct text cell_text(const struct table *t, const struct line *l, int i, bool head)
{
    double percent;
    bool bar = t->align[i] == 'b' && !head;
    struct text x = {.s = bar ? bar_of(l->cell[i], &percent) : l->cell[i],
                     .size = 8.5,
                     .width = t->w[i] - 2 * PAD,
                     .bold = head,
                     .align = t->align[i] == 'r' ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT,
                     .color = head ? QUIET : INK};
    return x;
}

static double row_height(struct sheet *s, const struct table *t, const struct line *l, bool head)
{
    double h = 0;
    for (int i = 0; i < t->n; i++) {
        struct text x = cell_text(t, l, i, head);
        double own = tall(s, &x);
        h = own > h ? own : h;
    }
    return h + 2 * ROUND;
}

static void draw_row(struct sheet *s, const struct table *t, const struct line *l, bool head)
{
    double h = row_height(s, t, l, head), percent = 0;
    if (head)
        box(s, LEFT, s->y, inside(), h, PALE);
    for (int i = 0; i < t->n; i++) {
        struct text x = cell_text(t, l, i, head);
        if (t->align[i] == 'b' && !head) {
            (void)bar_of(l->cell[i], &percent); /* its text is in x already */
            box(s, t->x[i] + 2, s->y + 2, (t->w[i] - 4) * percent / 100, tall(s, &x) + 2, BAR);
        }
        (void)write(s, &x, t->x[i] + PAD, s->y + ROUND); /* the row's height is known */
    }
    s->y += h;
    rule(s, LEFT, s->y, inside(), LINE);
}

static void put_row(struct sheet *s, const struct table *t, const struct line *l)
{
    double h = row_height(s, t, l, false);
    if (need(s, h) && t->head != NULL)
        draw_row(s, t, t->head, true);
    draw_row(s, t, l, false);
}

/* How many lines it has. */
static size_t put_table(struct sheet *s, const struct line *l, size_t n)
{
    struct table t;
    size_t i = 1;
    open_table(&t, l);
    for (; i < n && !is(&l[i], "end"); i++) {
        if (is(&l[i], "head")) {
            t.head = &l[i];
            need(s, row_height(s, &t, t.head, true) + 30);
            draw_row(s, &t, t.head, true);
        } else if (is(&l[i], "row")) {
            put_row(s, &t, &l[i]);
        } else {
            fail(EXIT_LINES, "neither head, row nor end in a table", i);
        }
    }
    s->y += GAP;
    return i + 1;
}

/* --- the document --- */

static void put_all(struct sheet *s)
{
    const struct line *l = s->d->line;
    turn(s);
    for (size_t i = 0; i < s->d->n;) {
        size_t left = s->d->n - i;
        if (is(&l[i], "figure")) {
            i += put_figures(s, &l[i], left);
        } else if (is(&l[i], "kv")) {
            i += put_facts(s, &l[i], left);
        } else if (is(&l[i], "table")) {
            i += put_table(s, &l[i], left);
        } else {
            if (is(&l[i], "title"))
                put_title(s, &l[i]);
            else if (is(&l[i], "h"))
                put_heading(s, &l[i]);
            else
                put_text(s, &l[i]);
            i++;
        }
    }
    cairo_show_page(s->cr);
}

static cairo_status_t to_nowhere(void *ctx, const unsigned char *data, unsigned n)
{
    (void)ctx, (void)data, (void)n;
    return CAIRO_STATUS_SUCCESS;
}

static cairo_status_t to_stdout(void *ctx, const unsigned char *data, unsigned n)
{
    (void)ctx;
    return fwrite(data, 1, n, stdout) == n ? CAIRO_STATUS_SUCCESS : CAIRO_STATUS_WRITE_ERROR;
}

/* How many pages it came to. */
static int run(const struct document *d, const char *font, int pages, cairo_write_func_t to)
{
    cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(to, NULL, WIDTH, HEIGHT);
    struct sheet s = {.d = d, .cr = cairo_create(surface), .font = font, .pages = pages};
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, d->title);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, "geci");
    put_all(&s);
    cairo_status_t st = cairo_status(s.cr);
    cairo_destroy(s.cr);
    cairo_surface_finish(surface);
    if (st == CAIRO_STATUS_SUCCESS)
        st = cairo_surface_status(surface);
    cairo_surface_destroy(surface);
    if (st != CAIRO_STATUS_SUCCESS)
        fail(EXIT_FAILED, cairo_status_to_string(st), 0);
    if (pages > 0 && s.unknown > 0)
        (void)fprintf(stderr, "unknown %d\n", s.unknown);
    return s.page;
}

int main(int argc, char **argv)
{
    struct document d;
    (void)argv;
    if (argc > 1) {
        (void)fputs("geci-print <LINES >PDF\n", stderr);
        return EXIT_USAGE;
    }
    if (!jail_shut())
        fail(EXIT_FAILED, "no seccomp in this kernel", 0);
    const char *font = find_font();
    if (font == NULL)
        fail(EXIT_FONT, "no font with Chinese letters: install fonts-noto-cjk", 0);
    read_document(&d, read_all());
    int pages = run(&d, font, 0, to_nowhere);
    (void)run(&d, font, pages, to_stdout); /* as many */
    return fflush(stdout) == 0 ? EXIT_DONE : EXIT_FAILED;
}
