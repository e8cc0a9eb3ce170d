/* What we read is what every other program shows: the reader against libcmark-gfm.
 *
 * Both sides are written as an outline - headings, tables and quotations in order, with their lines
 * and texts - and compared. Then format_document: same outline, same meaning, same page.
 * Documents are drawn from a fixed seed: orderly ones, and heaps of lines that are nasty in
 * Markdown; plus every rule document in packs/ and every example in docs/language.md.
 */
#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/str.h"
#include "check/format.h"
#include "rule/line.h"
#include "rule/read.h"
#include "t.h"

/* --- the outline as cmark sees it --- */

static cmark_node *parse(Str text)
{
    cmark_gfm_core_extensions_ensure_registered();
    cmark_parser *p = cmark_parser_new(CMARK_OPT_DEFAULT);
    cmark_parser_attach_syntax_extension(p, cmark_find_syntax_extension("table"));
    cmark_parser_feed(p, text.p, text.n);
    cmark_node *root = cmark_parser_finish(p);
    cmark_parser_free(p);
    return root;
}

/* The letters of everything below `node`, marks and all. */
static void add_literals(struct buf *out, cmark_node *node)
{
    cmark_iter *it = cmark_iter_new(node);
    while (cmark_iter_next(it) != CMARK_EVENT_DONE) {
        const char *s = cmark_node_get_literal(cmark_iter_get_node(it));
        if (s != NULL && cmark_iter_get_event_type(it) == CMARK_EVENT_ENTER)
            buf_add(out, str_of(s));
    }
    cmark_iter_free(it);
}

/* The letters of one line of our text as cmark would read it inside a paragraph. */
static void add_inline(struct arena *a, struct buf *out, Str s)
{
    struct buf b, letters;
    buf_init(&b, a, BUF_MAX);
    buf_init(&letters, a, BUF_MAX);
    buf_add(&b, S("x "));
    buf_add(&b, s);
    cmark_node *root = parse(buf_str(&b));
    add_literals(&letters, root);
    cmark_node_free(root);
    buf_add(out, line_trim(line_part(buf_str(&letters), 1, letters.n)));
}

static void add_trimmed(struct arena *a, struct buf *out, cmark_node *node)
{
    struct buf b;
    buf_init(&b, a, BUF_MAX);
    add_literals(&b, node);
    buf_add(out, str_trim(buf_str(&b)));
}

static void add_cmark_table(struct arena *a, struct buf *out, cmark_node *table)
{
    for (cmark_node *row = cmark_node_first_child(table); row != NULL; row = cmark_node_next(row)) {
        buf_add(out, S("row"));
        for (cmark_node *cell = cmark_node_first_child(row); cell != NULL;
             cell = cmark_node_next(cell)) {
            buf_add(out, S(" ["));
            add_trimmed(a, out, cell);
            buf_add(out, S("]"));
        }
        buf_char(out, '\n');
    }
}

static void add_cmark_block(struct arena *a, struct buf *out, cmark_node *node)
{
    const char *type = cmark_node_get_type_string(node);
    if (strcmp(type, "heading") == 0) {
        buf_fmt(out, "%d heading %d ", cmark_node_get_start_line(node),
                cmark_node_get_heading_level(node));
        add_trimmed(a, out, node);
        buf_char(out, '\n');
    } else if (strcmp(type, "table") == 0) {
        buf_fmt(out, "%d table\n", cmark_node_get_start_line(node));
        add_cmark_table(a, out, node);
    } else if (strcmp(type, "block_quote") == 0) {
        buf_fmt(out, "%d quote to %d\n", cmark_node_get_start_line(node),
                cmark_node_get_end_line(node));
    }
}

/* `is_note[line]` says which lines the outline leaves out. */
static Str outline_of_cmark(struct arena *a, Str text, const bool *is_note)
{
    struct buf out;
    buf_init(&out, a, BUF_MAX);
    cmark_node *root = parse(text);
    for (cmark_node *n = cmark_node_first_child(root); n != NULL; n = cmark_node_next(n))
        if (!is_note[cmark_node_get_start_line(n)])
            add_cmark_block(a, &out, n);
    cmark_node_free(root);
    return buf_str(&out);
}

/* --- the outline as we see it --- */

/* Which lines of the text are free lines of notes; [0] is not a line. */
static bool *note_lines(struct arena *a, Str text)
{
    bool *is_note = ARENA_ARRAY(a, bool, text.n + 3);
    struct lines it;
    struct line l;
    lines_open(&it, text);
    for (size_t number = 1; lines_next(&it, &l); number++)
        is_note[number] = l.kind == LINE_NOTE;
    return is_note;
}

struct block {
    uint32_t beg;
    const struct section *heading;
    const struct md_table *table;
};

static int by_place(const void *x, const void *y)
{
    const struct block *a = x, *b = y;
    return (a->beg > b->beg) - (a->beg < b->beg);
}

static void add_row(struct arena *a, struct buf *out, const struct md_row *row, uint32_t n)
{
    buf_add(out, S("row"));
    for (uint32_t i = 0; i < n; i++) {
        buf_add(out, S(" ["));
        add_inline(a, out, cell_text(a, row->cell[i].s));
        buf_add(out, S("]"));
    }
    buf_char(out, '\n');
}

static void add_block(struct arena *a, struct buf *out, const struct block *b, size_t line)
{
    if (b->heading != NULL) {
        buf_fmt(out, "%zu heading %d ", line, b->heading->level);
        add_inline(a, out, b->heading->title.s);
        buf_char(out, '\n');
        return;
    }
    buf_fmt(out, "%zu table\n", line);
    add_row(a, out, &b->table->head, b->table->column_n);
    for (uint32_t i = 0; i < b->table->row_n; i++)
        add_row(a, out, &b->table->row[i], b->table->column_n);
}

/* Headings and tables from the document, quotations from its lines (a section keeps one clause). */
static Str outline_of_doc(struct arena *a, const struct doc *doc)
{
    struct block *block = NULL;
    size_t n = 0, cap = 0, number = 0, quote = 0, next = 0;
    struct buf out;
    struct lines it;
    struct line l;
    for (uint32_t i = 0; i < doc->section_n; i++) {
        const struct section *s = &doc->section[i];
        VEC_PUSH(a, block, n, cap) = (struct block){s->line.beg, s, NULL};
        for (uint32_t j = 0; j < s->table_n; j++)
            VEC_PUSH(a, block, n, cap) = (struct block){s->table[j].span.beg, NULL, &s->table[j]};
    }
    if (n > 0)
        qsort(block, n, sizeof *block, by_place);
    buf_init(&out, a, BUF_MAX);
    lines_open(&it, doc->text);
    while (lines_next(&it, &l)) {
        number++;
        if (quote > 0 && l.kind != LINE_CLAUSE) {
            buf_fmt(&out, "%zu quote to %zu\n", quote, number - 1);
            quote = 0;
        }
        if (l.kind == LINE_CLAUSE && quote == 0)
            quote = number;
        if (next < n && block[next].beg == l.beg)
            add_block(a, &out, &block[next++], number);
    }
    if (quote > 0)
        buf_fmt(&out, "%zu quote to %zu\n", quote, number);
    CHECK(next == n);
    return buf_str(&out);
}

/* --- meaning and page --- */

/* Everything the compiler gets to see, without places. */
static Str meaning_of(struct arena *a, const struct doc *doc)
{
    struct buf out;
    buf_init(&out, a, BUF_MAX);
    for (uint32_t i = 0; i < doc->section_n; i++) {
        const struct section *s = &doc->section[i];
        buf_fmt(&out, "%d %d %u %u %d %.*s\n", s->level, s->parent, s->first_child, s->next,
                s->notes, (int)s->title.s.n, s->title.s.p);
        for (uint32_t j = 0; j < s->attr_n; j++)
            buf_fmt(&out, "<%.*s> <%.*s>\n", (int)s->attr[j].key.s.n, s->attr[j].key.s.p,
                    (int)s->attr[j].value.s.n, s->attr[j].value.s.p);
        buf_fmt(&out, "{%.*s}\n", (int)s->clause.s.n, s->clause.s.n > 0 ? s->clause.s.p : "");
        for (uint32_t j = 0; j < s->table_n; j++) {
            const struct md_table *t = &s->table[j];
            for (uint32_t cell = 0; cell < t->column_n * (t->row_n + 1); cell++) {
                uint32_t row = cell / t->column_n, column = cell % t->column_n;
                Str c = row == 0 ? t->head.cell[column].s : t->row[row - 1].cell[column].s;
                buf_fmt(&out, "[%.*s]", (int)c.n, c.p);
            }
            buf_char(&out, '\n');
        }
    }
    return buf_str(&out);
}

/* The page in HTML without blanks; colons of either width are one, as format.c makes them. */
static Str page_of(struct arena *a, Str text)
{
    struct buf out;
    buf_init(&out, a, BUF_MAX);
    cmark_node *root = parse(text);
    char *html = cmark_render_html(root, CMARK_OPT_UNSAFE | CMARK_OPT_HARDBREAKS, NULL);
    Str s = str_of(html);
    for (size_t i = 0; i < s.n; i++) {
        Str rest = str_sub(s, i, s.n);
        if (str_starts(rest, S("：")) || str_starts(rest, S("　"))) {
            buf_add(&out, rest.p[2] != '\x80' ? S(":") : S(""));
            i += 2;
        } else if (rest.p[0] != ' ' && rest.p[0] != '\t' && rest.p[0] != '\n') {
            buf_char(&out, rest.p[0]);
        }
    }
    free(html);
    cmark_node_free(root);
    return buf_str(&out);
}

static void check_same(Str got, Str want, const char *what, Str text)
{
    if (str_eq(got, want))
        return;
    static char message[4000];
    (void)snprintf(message, sizeof message,
                   "%s\n--- text\n%.*s\n--- cmark or before\n%.*s\n--- ours\n%.*s", what,
                   (int)text.n, text.p, (int)want.n, want.p, (int)got.n, got.p);
    t_fail(__FILE__, __LINE__, message);
}

static bool has_code(const struct diags *ds, enum diag_code code)
{
    for (size_t i = 0; i < ds->n; i++)
        if (ds->at[i].code == code)
            return true;
    return false;
}

static void check_outline(struct arena *a, const struct doc *doc)
{
    Str theirs = outline_of_cmark(a, doc->text, note_lines(a, doc->text));
    check_same(outline_of_doc(a, doc), theirs, "outline", doc->text);
}

/* True: the document could be read, so that everything was compared. */
static bool check_document(Str text)
{
    struct arena *a = arena_open();
    struct diags ds, none;
    struct doc *doc, *doc2;
    struct buf out, again;
    diags_init(&ds, a);
    diags_init(&none, a);
    buf_init(&out, a, BUF_MAX);
    buf_init(&again, a, BUF_MAX);
    bool ok = rule_read(a, &doc, text, &ds) == OK;
    if (!ok) {
        CHECK(format_document(a, &out, text, NULL) == ERR_INPUT && out.n == 0);
        arena_close(a);
        return false;
    }
    bool shown = !has_code(&ds, DIAG_TABLE_BLANK);
    if (shown)
        check_outline(a, doc);
    CHECK(format_document(a, &out, text, NULL) == OK);
    Str formatted = buf_str(&out);
    CHECK(rule_read(a, &doc2, formatted, &none) == OK);
    CHECK(!has_code(&none, DIAG_TABLE_BLANK));
    check_outline(a, doc2);
    check_same(meaning_of(a, doc2), meaning_of(a, doc), "meaning after format", text);
    CHECK(format_document(a, &again, formatted, NULL) == OK);
    check_same(buf_str(&again), formatted, "format is idempotent", text);
    if (shown)
        check_same(page_of(a, formatted), page_of(a, text), "page after format", text);
    arena_close(a);
    return true;
}

/* --- drawn documents --- */

static uint64_t seed;

static uint32_t draw(uint32_t n)
{
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(seed >> 33) % n;
}

#define DRAW(list) str_of((list)[draw(ARRAY_N(list))])

static const char *const word[] = {
    "研发费用", "企业", "「R&D经费」", "[5%, 6%)", "(0, 5000万元]", ">= 5%", "< 3",
    "25~30",    "-",    "高; 较高",    "“高”",     "a\\|b",         "\\|",   "a\\\\|b",
    "*强调*",   "`码`", "**重**",      "&amp;",    "<b>",           "31*",   "x_1_y",
    "#",        "##",   "1.",          "[链](u)",  "a \\",          "———",   "（全角）",
    "①",        "~删~", "!",           "==",
};

static void add_words(struct buf *out, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        buf_add(out, i > 0 ? S(" ") : S(""));
        buf_add(out, DRAW(word));
    }
}

static const char *const line_end[] = {"\n", "\n", "\n", "\r\n", " \n", "  \n", "\t\n"};

static void add_drawn_row(struct buf *out, uint32_t columns)
{
    for (uint32_t i = 0; i < columns; i++) {
        buf_add(out, draw(4) > 0 ? S("| ") : S("|"));
        add_words(out, draw(3));
        buf_add(out, draw(4) > 0 ? S(" ") : S(""));
    }
    buf_add(out, draw(5) > 0 ? S(" |") : S(" "));
    buf_add(out, DRAW(line_end));
}

static void add_drawn_table(struct buf *out)
{
    static const char *const rule[] = {"---", "-", ":--", "--:", " :-: ", " --- "};
    uint32_t columns = 1 + draw(4), rows = draw(5);
    if (draw(4) > 0)
        buf_char(out, '\n');
    add_drawn_row(out, columns);
    for (uint32_t i = 0; i < columns; i++) {
        buf_char(out, '|');
        buf_add(out, DRAW(rule));
    }
    buf_add(out, draw(5) > 0 ? S("|\n") : S("\n"));
    for (uint32_t i = 0; i < rows; i++)
        add_drawn_row(out, columns);
    buf_add(out, draw(5) > 0 ? S("\n") : S(""));
}

static void add_drawn_clause(struct buf *out)
{
    static const char *const mark[] = {">", "> ", ">  ", "> - ", "> # ", "> ```", ">\t", "> | a"};
    for (uint32_t i = 1 + draw(3); i > 0; i--) {
        Str m = DRAW(mark);
        buf_add(out, m);
        add_words(out, m.n == 1 ? draw(4) : 1 + draw(3)); /* an empty `> - ` hangs on its blanks */
        /* a backslash at the very end would be a line break, behind blanks it is a backslash */
        buf_add(out, str_ends(buf_str(out), S("\\")) ? S("。") : S(""));
        buf_add(out, DRAW(line_end));
    }
}

static void add_drawn_attribute(struct buf *out)
{
    static const char *const mark[] = {"- ", "-  ", "-\t"}, *const colon[] = {": ", ":", "：",
                                                                              " : "};
    buf_add(out, DRAW(mark));
    buf_add(out, S("键"));
    buf_add(out, DRAW(colon));
    add_words(out, draw(4));
    buf_add(out, DRAW(line_end));
}

static int add_drawn_heading(struct buf *out, int level)
{
    int deeper = 2 + (int)draw((uint32_t)(level < 6 ? level : 5));
    buf_fill(out, '#', (size_t)deeper);
    buf_add(out, S(" 评分 "));
    add_words(out, draw(3));
    buf_add(out, draw(5) > 0 ? S("") : S(" ##"));
    buf_add(out, DRAW(line_end));
    return deeper;
}

static void add_drawn_notes(struct buf *out)
{
    static const char *const line[] = {"闲话\n",     "\n",           "- 列 \n",          "| 半\n",
                                       "> 引\n",     "1. 一\n",      "```\n# 码\n```\n", "\n\n",
                                       "    缩进\n", "## 说明 再\n", "### 小节\n"};
    buf_add(out, S("## 说明\n"));
    for (uint32_t i = draw(8); i > 0; i--)
        buf_add(out, DRAW(line));
}

static void add_drawn_document(struct buf *out)
{
    int level = 1;
    buf_add(out, draw(4) > 0 ? S("# 文档\n") : S("\xEF\xBB\xBF# 文档 #\r\n\r\n"));
    for (uint32_t i = draw(12); i > 0; i--) {
        switch (draw(6)) {
        case 0: level = add_drawn_heading(out, level); break;
        case 1: add_drawn_attribute(out); break;
        case 2: add_drawn_clause(out); break;
        case 3: add_drawn_table(out); break;
        case 4: buf_add(out, DRAW(line_end)); break;
        default:
            if (draw(6) > 0)
                break;
            add_drawn_notes(out);
            level = 2;
            buf_add(out, S("## 条件 后\n"));
        }
    }
}

static void check_drawn(uint64_t first, int n, void (*add)(struct buf *), int least_readable)
{
    int readable = 0;
    for (int i = 0; i < n; i++) {
        struct arena *a = arena_open();
        struct buf out;
        buf_init(&out, a, BUF_MAX);
        seed = first + (uint64_t)i;
        add(&out);
        readable += check_document(buf_str(&out));
        arena_close(a);
    }
    CHECK(readable >= least_readable);
}

TEST(read_agrees_with_cmark_on_drawn_documents)
{
    check_drawn(20260401, 20000, add_drawn_document, 15000);
}

/* Lines that mean something to Markdown, in any order. Few heaps are readable; those that are must
 * agree. */
static void add_heap(struct buf *out)
{
    static const char *const line[] = {
        "",          "",        "# t",     "## s",      "## 说明",     "### u",   "- a: b",
        "-",         "- a:",    "> q",     ">",         ">q",          "> ## h",  "> ```",
        "| a |",     "|---|",   "| 1 |",   "|",         "||",          "| |",     "|-",
        "| a | b |", "|-|-|",   "  ",      "\t",        "    x",       " # y",    "```",
        "~~~",       "---",     "===",     "<b>",       "<!--",        "-->",     "1. x",
        "* x",       "[a]: /u", "plain",   "- - x",     "- a: [x]: y", "| \\| |", "|\\|",
        "> - a",     "> | a |", "> |---|", "- # a: b",  "-   a: b",    "> <!--",  "- a: <!--",
        "| <!-- |",  "| ``` |", "## <b>",  "- 甲: ```",
    };
    buf_add(out, S("# t\n"));
    for (uint32_t i = 1 + draw(7); i > 0; i--) {
        buf_add(out, DRAW(line));
        buf_add(out, S("\n"));
    }
}

TEST(read_agrees_with_cmark_on_heaps_of_lines)
{
    check_drawn(7, 100000, add_heap, 5000);
}

/* --- documents that exist --- */

static int file_n, example_n;

/* Every Markdown file below `folder`. */
static void visit(const char *folder)
{
    DIR *dir = opendir(folder);
    if (dir == NULL)
        return;
    for (const struct dirent *entry; (entry = readdir(dir)) != NULL;) {
        char path[4096];
        (void)snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        if (entry->d_type == DT_DIR && entry->d_name[0] != '.')
            visit(path);
        if (!str_ends(str_of(path), S(".md")))
            continue;
        size_t n;
        char *text = t_read(path, &n);
        file_n += check_document((Str){text, n});
        t_release(text);
    }
    (void)closedir(dir);
}

TEST(read_agrees_with_cmark_on_packs)
{
    visit(t_source("packs"));
    if (file_n == 0)
        SKIP("no packs");
}

TEST(read_agrees_with_cmark_on_the_manual)
{
    size_t n;
    char *text = t_read(t_source("docs/language.md"), &n);
    Str rest = {text, n}, open = S("```geci"), close = S("\n```");
    for (size_t at; (at = str_find(rest, open)) < rest.n; example_n++) {
        rest = str_sub(rest, at, rest.n);
        (void)str_cut(&rest, '\n');
        size_t end = str_find(rest, close);
        (void)check_document(str_sub(rest, 0, end));
        rest = str_sub(rest, end, rest.n);
    }
    CHECK(example_n > 0);
    t_release(text);
}
