/* Rule documents from any bytes: loading never crashes, every place lies in the text and can be
 * shown, errors and status agree. A document that can be read has a layout, which is stable and
 * loads with the same errors.
 */
#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/str.h"
#include "check/check.h"
#include "check/format.h"
#include "rule/model.h"
#include "rule/read.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_span(Span s, Str text)
{
    ASSERT(s.beg <= s.end && s.end <= text.n);
}

static void check_row(const struct md_row *row, uint32_t n, Str text)
{
    check_span(row->line, text);
    for (uint32_t i = 0; i < n; i++) {
        check_span(row->cell[i].span, text);
        ASSERT(row->cell[i].span.end - row->cell[i].span.beg == row->cell[i].s.n);
    }
}

static void check_section(const struct section *s, Str text)
{
    check_span(s->title.span, text);
    check_span(s->line, text);
    check_span(s->clause.span, text);
    for (uint32_t i = 0; i < s->attr_n; i++) {
        check_span(s->attr[i].key.span, text);
        check_span(s->attr[i].value.span, text);
        ASSERT(s->attr[i].key.span.end <= s->attr[i].value.span.beg);
    }
    for (uint32_t i = 0; i < s->table_n; i++) {
        const struct md_table *t = &s->table[i];
        check_row(&t->head, t->column_n, text);
        for (uint32_t k = 0; k < t->row_n; k++)
            check_row(&t->row[k], t->column_n, text);
    }
}

/* Number of errors in loading the text. */
static size_t load(struct arena *a, Str text)
{
    struct diags ds;
    struct rules *r;
    struct buf out;
    diags_init(&ds, a);
    buf_init(&out, a, BUF_MAX);
    enum status st = check_load(a, &r, S("fuzz.md"), text, &ds);
    ASSERT((st == OK) == (ds.error_n == 0) && (st == OK || st == ERR_INPUT));
    for (uint32_t i = 0; i < r->doc->section_n; i++)
        check_section(&r->doc->section[i], text);
    for (size_t i = 0; i < ds.n; i++) {
        check_span(ds.at[i].span, text);
        check_span(ds.at[i].note_span, text);
        if (i < 20) /* showing a place walks the text from its start */
            diag_render(&out, &ds.at[i], S("fuzz.md"), text, i % 2 == 0 ? LANG_ZH : LANG_EN);
    }
    return ds.error_n;
}

static void check_layout(struct arena *a, Str text, size_t error_n)
{
    struct buf once, twice;
    struct doc *doc;
    buf_init(&once, a, BUF_MAX);
    buf_init(&twice, a, BUF_MAX);
    if (rule_read(a, &doc, text, NULL) != OK) {
        ASSERT(format_document(a, &once, text, NULL) == ERR_INPUT && once.n == 0);
        return;
    }
    ASSERT(format_document(a, &once, text, NULL) == OK);
    ASSERT(format_document(a, &twice, buf_str(&once), NULL) == OK);
    ASSERT(str_eq(buf_str(&once), buf_str(&twice)));
    ASSERT(load(a, buf_str(&once)) == error_n);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_open();
    Str text = {(const char *)data, size};
    check_layout(a, text, load(a, text));
    arena_close(a);
    return 0;
}
