/* csv.c - one pass over the text, a row a call.
 *
 * Every byte is looked at once, plus once in csv_open for the header line. Cells borrow from the
 * text; only those with doubled quotes are copied. After an error the reader stands at the end, so
 * a caller that goes on gets an empty row and not the same error for ever.
 *
 * Plain cells, nearly all of a data file, are found eight bytes a step by read_plain_cells; it
 * leaves every cell that wants a closer look to read_odd_cell, so that what blanks and quotes mean
 * is said in one place.
 */
#include "base/csv.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/decimal.h"
#include "base/diag.h"
#include "base/gb18030.h"
#include "base/str.h"
#include "base/swar.h"
#include "base/utf8.h"

static const Str bom = {"\xEF\xBB\xBF", 3};

static Span span_of(size_t beg, size_t end)
{
    return (Span){(uint32_t)beg, (uint32_t)end};
}

static enum status limit(struct arena *a, uint32_t line, size_t beg, size_t end, struct diags *ds)
{
    (void)diag_add(ds, DIAG_CSV_LIMIT, span_of(beg, end), arena_fmt(a, "%u", (unsigned)line),
                   arena_fmt(a, "%d", CSV_CELLS_MAX), NO_ARG);
    return ERR_LIMIT;
}

enum status csv_decode(struct arena *keep, Str *out, Str bytes, bool *was_gb, struct diags *ds)
{
    Str text = str_starts(bytes, bom) ? str_sub(bytes, bom.n, bytes.n) : bytes;
    if (was_gb != NULL)
        *was_gb = false;
    size_t bad = utf8_bad_at(text);
    if (bad == text.n) {
        *out = text;
        return OK;
    }
    struct buf b;
    buf_init(&b, keep, BUF_MAX);
    if (bytes.n > BUF_MAX / 2) /* two bytes become three */
        return limit(keep, 1, 0, 0, ds);
    size_t gb_bad = gb18030_to_utf8(&b, bytes);
    if (gb_bad < bytes.n) {
        /* blamed where the better guess breaks off */
        size_t at = bad + (bytes.n - text.n);
        at = at > gb_bad ? at : gb_bad;
        return diag_add(ds, DIAG_ENC_BAD, span_of(at, at + 1), arena_fmt(keep, "%zu", at + 1),
                        NO_ARG, NO_ARG);
    }
    *out = buf_str(&b);
    if (was_gb != NULL)
        *was_gb = true;
    return OK;
}

/* The separator of the first line that is not blank: a comma if it has one outside quotes, else a
 * tab, else a semicolon. As in the reader, only a quote that starts a cell opens one. */
static char find_separator(Str text)
{
    bool quoted = false, at_start = true, any = false, tab = false, semicolon = false;
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        if (quoted) {
            quoted = c != '"'; /* a doubled quote closes and opens again */
            at_start = !quoted;
            continue;
        }
        if (c == ',')
            return ',';
        if (c == '\n' && any)
            break;
        bool divides = c == '\t' || c == ';' || c == '\n';
        quoted = at_start && c == '"';
        at_start = divides || (at_start && (c == ' ' || c == '\r'));
        any |= c != '\n' && c != '\r' && c != ' ';
        tab |= c == '\t';
        semicolon |= c == ';';
    }
    return tab ? '\t' : semicolon ? ';' : ',';
}

void csv_open(struct csv *c, struct arena *keep, Str utf8)
{
    *c = (struct csv){.text = utf8, .sep = find_separator(utf8), .arena = keep, .next_line = 1};
}

/* After an error the reader stands at the end of the text. */
static void stop(struct csv *c)
{
    c->at = c->text.n;
    c->cell_n = 0;
}

static enum status bad_quote(struct csv *c, size_t beg, size_t end, struct diags *ds)
{
    stop(c);
    (void)diag_add(ds, DIAG_CSV_QUOTE, span_of(beg, end), /* an error by its entry in the list */
                   arena_fmt(c->arena, "%u", (unsigned)c->line), NO_ARG, NO_ARG);
    return ERR_INPUT;
}

static enum status too_much(struct csv *c, size_t beg, size_t end, struct diags *ds)
{
    stop(c);
    return limit(c->arena, c->line, beg, end, ds);
}

static bool is_blank(const struct csv *c, char ch)
{
    return (ch == ' ' || ch == '\t' || ch == '\r') && ch != c->sep;
}

static size_t skip_blanks(const struct csv *c, size_t at)
{
    while (at < c->text.n && is_blank(c, c->text.p[at]))
        at++;
    return at;
}

static bool ends_cell(const struct csv *c, size_t at)
{
    return at == c->text.n || c->text.p[at] == c->sep || c->text.p[at] == '\n';
}

static size_t line_end(const struct csv *c, size_t at)
{
    const char *nl = memchr(c->text.p + at, '\n', c->text.n - at);
    return nl == NULL ? c->text.n : (size_t)(nl - c->text.p);
}

static Str undouble(struct arena *a, Str s)
{
    char *p = arena_alloc(a, s.n, 1, 1);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        p[n++] = s.p[i];
        i += s.p[i] == '"';
    }
    return (Str){p, n};
}

/* The cell whose opening quote is at c->at. Leaves c->at at the separator or newline behind it. */
static enum status read_quoted(struct csv *c, CsvCell *cell, struct diags *ds)
{
    size_t open = c->at, doubled = 0, at = open + 1;
    for (;; at++) {
        const char *hit = memchr(c->text.p + at, '"', c->text.n - at);
        if (hit == NULL)
            return bad_quote(c, open, line_end(c, open), ds);
        size_t quote = (size_t)(hit - c->text.p);
        for (const char *p = c->text.p + at; p < hit; p++)
            c->next_line += *p == '\n';
        at = quote + 1;
        if (at == c->text.n || c->text.p[at] != '"')
            break;
        doubled++;
    }
    size_t end = skip_blanks(c, at);
    if (!ends_cell(c, end))
        return bad_quote(c, open, end + 1, ds);
    Str inside = str_sub(c->text, open + 1, at - 1);
    cell->text = doubled > 0 ? undouble(c->arena, inside) : inside;
    cell->span = span_of(open, at);
    c->at = end;
    return OK;
}

static void read_plain(struct csv *c, CsvCell *cell)
{
    size_t beg = c->at;
    while (!ends_cell(c, c->at))
        c->at++;
    cell->text = str_trim(str_sub(c->text, beg, c->at));
    cell->span = span_of(beg, c->at);
    if (cell->text.n > 0) {
        size_t from = (size_t)(cell->text.p - c->text.p);
        cell->span = span_of(from, from + cell->text.n);
    }
}

static enum status read_odd_cell(struct csv *c, CsvCell *cell, struct diags *ds)
{
    size_t at = skip_blanks(c, c->at);
    if (at < c->text.n && c->text.p[at] == '"') {
        c->at = at;
        return read_quoted(c, cell, ds);
    }
    read_plain(c, cell);
    return OK;
}

/* May a cell with this byte at either end be quoted, or in need of trimming? Of U+3000, which is
 * cut off too, 0xE3 is the first byte and 0x80 the last. A newline is the end of an empty cell. */
static bool is_odd_end(char ch)
{
    unsigned char byte = (unsigned char)ch;
    return (byte <= ' ' && byte != '\n') || byte == '"' || byte == 0xE3 || byte == 0x80;
}

/* Reads plain cells up to the end of the line, or to one that wants a closer look: an odd end, the
 * last bytes of the text, no room. *any is set if one is not empty. True: the line has ended. */
static bool read_plain_cells(struct csv *c, bool *any)
{
    const char *p = c->text.p;
    const size_t most = c->text.n < SWAR_BYTES ? 0 : c->text.n - SWAR_BYTES;
    const size_t room = c->cell_cap < CSV_CELLS_MAX ? c->cell_cap : CSV_CELLS_MAX;
    const uint64_t sep = swar_fill(c->sep), newline = swar_fill('\n');
    CsvCell *cell = c->cell;
    size_t at = c->at, n = c->cell_n, bytes = 0;
    bool ended = false;
    while (n < room && at < most && !ended) {
        size_t end = at;
        uint64_t hits = 0;
        for (; hits == 0 && end <= most; end += SWAR_BYTES) {
            uint64_t word = swar_load(p + end);
            hits = swar_zeros(word ^ sep) | swar_zeros(word ^ newline);
        }
        if (hits == 0)
            break;
        end = end - SWAR_BYTES + swar_first(hits);
        size_t len = end - at;
        if (is_odd_end(p[at]) || is_odd_end(p[end - (len > 0)]))
            break;
        cell[n++] = (CsvCell){{p + at, len}, span_of(at, end)};
        bytes += len;
        ended = p[end] == '\n';
        at = end + 1;
    }
    c->at = at;
    c->cell_n = n;
    c->next_line += ended;
    *any |= bytes > 0;
    return ended;
}

/* Reads cells up to the end of the line. */
static enum status read_row(struct csv *c, bool *any, struct diags *ds)
{
    size_t row = c->at;
    c->cell_n = 0;
    c->line = c->next_line;
    *any = false;
    for (;;) {
        CsvCell cell;
        if (read_plain_cells(c, any))
            return OK;
        if (c->cell_n == CSV_CELLS_MAX)
            return too_much(c, row, line_end(c, row), ds);
        TRY(read_odd_cell(c, &cell, ds));
        *any |= cell.text.n > 0;
        VEC_PUSH(c->arena, c->cell, c->cell_n, c->cell_cap) = cell;
        if (c->at == c->text.n)
            return OK;
        if (c->text.p[c->at++] == '\n') {
            c->next_line++;
            return OK;
        }
    }
}

enum status csv_next(struct csv *c, struct diags *ds)
{
    if (c->text.n >= UINT32_MAX) {
        c->line = 1;
        return too_much(c, 0, 0, ds); /* spans could not say where */
    }
    bool any = false;
    while (!any && c->at < c->text.n)
        TRY(read_row(c, &any, ds));
    if (!any)
        c->cell_n = 0;
    return OK;
}

/* Would a spreadsheet take it for a formula? Full-width signs count: some versions fold them. */
static bool is_formula(Str text)
{
    size_t len;
    Dec number;
    if (text.n == 0)
        return false;
    Rune r = rune_fold(utf8_at(text, 0, &len));
    bool sign = r == '=' || r == '+' || r == '-' || r == 0x2212 || r == '@' || r == '\t' ||
                r == '\r' || r == '\n' || r == '\0';
    return sign && !dec_parse(&number, text, NULL);
}

/* A mark of byte order, too: as the first of a file it would be taken off. */
static bool needs_quotes(Str text)
{
    for (size_t i = 0; i < text.n; i++)
        if (text.p[i] == ',' || text.p[i] == ';' || text.p[i] == '"' || text.p[i] == '\t' ||
            text.p[i] == '\r' || text.p[i] == '\n')
            return true;
    return str_trim(text).n != text.n || str_starts(text, bom);
}

void csv_write_cell(struct buf *b, Str text, bool first, bool guard)
{
    if (!first)
        buf_char(b, ',');
    bool apostrophe = guard && is_formula(text);
    if (!needs_quotes(text)) {
        buf_add(b, apostrophe ? S("'") : S(""));
        buf_add(b, text);
        return;
    }
    buf_add(b, apostrophe ? S("\"'") : S("\""));
    size_t run = 0;
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] != '"')
            continue;
        buf_add(b, str_sub(text, run, i + 1));
        run = i;
    }
    buf_add(b, str_sub(text, run, text.n));
    buf_char(b, '"');
}

void csv_write_end(struct buf *b)
{
    buf_char(b, '\n');
}
