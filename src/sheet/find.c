/* find.c - see find.h. What rows look like decides; merged cells only confirm, so that a CSV made
 * from a workbook gives the same table.
 *
 * Tried and dropped: scoring every row by many features and taking the best. Officials' sheets are
 * regular; a few rules that a person can follow also give reasons a person can follow.
 */
#include "sheet/find.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/day.h"
#include "base/decimal.h"
#include "base/str.h"
#include "base/utf8.h"
#include "field/unit.h"

enum {
    HEAD_WITHIN = 60, /* rows the header is looked for in */
    SAMPLE_ROWS = 500,
    LABEL_MAX = 60, /* characters of a column's name */
    HEAD_ROWS_MAX = 4,
    NUMBERS_MIN = 3,
    NEVER_WIDER = 512, /* columns a sample counts */
    OVER_MAX = 4096,   /* merged ranges of a header; more is no header of people */
};

struct finder {
    struct arena *keep;
    const struct sheet *s;
    struct found *t;
    uint32_t head_at;    /* index of the header's first row */
    uint32_t next_at;    /* of the first behind it */
    uint32_t usual;      /* cells of a usual row */
    uint32_t figure_n;   /* of the sample's rows: those whose first cell is a number */
    uint32_t first_n;    /* rows of the sample that have a first cell */
    uint32_t *at_column; /* of the sheet -> of the table, UINT32_MAX: none */
    uint32_t group_at;   /* index of the column 分组, or UINT32_MAX */
    Str group;
    size_t group_skip; /* the group's entry among the skipped */
    uint32_t group_rows;
    bool *wide; /* by index of row: its first cell is merged with others to the right */
    const struct sheet_merge **over; /* merged ranges that touch the header */
    uint32_t over_n;
};

/* ---- what cells look like ---- */

static bool is_figure(Str s)
{
    Dec d;
    bool lossy;
    return dec_parse(&d, s, &lossy) || (str_ends(s, S("%")) && s.n > 1);
}

static bool is_label(const struct sheet_cell *c)
{
    Day d;
    Str s = str_trim(c->text);
    return c->kind == CELL_TEXT && !is_figure(s) && !day_parse(&d, s) && utf8_count(s) <= LABEL_MAX;
}

static uint32_t label_n(const struct sheet_row *r)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < r->cell_n; i++)
        n += is_label(&r->cell[i]);
    return n;
}

/* The text without its blanks. */
static Str squeeze(struct arena *a, Str s)
{
    struct buf b;
    size_t len;
    buf_init(&b, a, 4096);
    for (size_t at = 0; at < s.n; at += len) {
        Rune r = utf8_at(s, at, &len);
        if (r > ' ' && r != 0x3000 && r != 0xA0)
            buf_add(&b, str_sub(s, at, at + len));
    }
    return buf_str(&b);
}

static bool starts_with_one_of(Str s, const char *const *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (str_starts(s, str_of(words[i])))
            return true;
    return false;
}

static bool is_total(struct arena *a, const struct sheet_row *r)
{
    static const char *const words[] = {"合计", "总计", "小计", "共计", "累计", "Total", "total"};
    Str s = squeeze(a, r->cell[0].text);
    return starts_with_one_of(s, words, ARRAY_N(words)) && utf8_count(s) <= 8;
}

static bool is_note(struct arena *a, const struct sheet_row *r)
{
    static const char *const words[] = {
        "注:",      "注：",     "备注:",    "备注：",   "说明:",      "说明：",   "注1",
        "填表人",   "制表人",   "审核人",   "填报人",   "联系人",     "联系电话", "单位负责人",
        "数据来源", "资料来源", "填报日期", "填报单位", "负责人签字", "Note:",    "Source:"};
    return r->cell_n <= 4 && starts_with_one_of(squeeze(a, r->cell[0].text), words, ARRAY_N(words));
}

static bool is_example(const struct sheet_row *r)
{
    static const char *const words[] = {"例：", "例:", "示例：", "示例:"};
    for (uint32_t i = 0; i < r->cell_n && i < 2; i++)
        if (starts_with_one_of(str_trim(r->cell[i].text), words, ARRAY_N(words)))
            return true;
    return false;
}

/* ---- merged ranges ---- */

/* Index of the first row from `number` on; row_n: none. */
static uint32_t row_from(const struct sheet *s, uint32_t number)
{
    uint32_t lo = 0, hi = s->row_n;
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (s->row[mid].number < number)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

static void mark_wide(struct finder *f)
{
    const struct sheet *s = f->s;
    f->wide = ARENA_ARRAY(f->keep, bool, s->row_n + 1);
    for (uint32_t i = 0; i < s->merge_n; i++) {
        const struct sheet_merge *m = &s->merge[i];
        uint32_t at = row_from(s, m->row);
        if (m->row == m->row_end && m->column_end > m->column && at < s->row_n &&
            s->row[at].number == m->row && s->row[at].cell[0].column == m->column)
            f->wide[at] = true;
    }
}

/* Those that touch the rows of the header, which may be some. */
static void list_over_head(struct finder *f)
{
    uint32_t from = f->s->row[f->head_at].number, to = from + HEAD_ROWS_MAX;
    f->over = ARENA_ARRAY(f->keep, const struct sheet_merge *, OVER_MAX);
    for (uint32_t i = 0; i < f->s->merge_n && f->over_n < OVER_MAX; i++)
        if (f->s->merge[i].row <= to && f->s->merge[i].row_end >= from)
            f->over[f->over_n++] = &f->s->merge[i];
}

/* ---- the header ---- */

/* Cells of a usual row: what at least half of the sample's rows have. */
static void measure(struct finder *f)
{
    uint32_t seen[NEVER_WIDER + 1] = {0}, n = 0, sum = 0;
    for (uint32_t i = 0; i < f->s->row_n && n < SAMPLE_ROWS; i++, n++) {
        uint32_t cells = f->s->row[i].cell_n;
        seen[cells < NEVER_WIDER ? cells : NEVER_WIDER]++;
    }
    uint32_t at = NEVER_WIDER;
    for (; at > 1; at--) {
        sum += seen[at];
        if (sum * 2 >= n)
            break;
    }
    f->usual = at;
}

/* A header names at least half as many columns as a usual row fills, with different labels. */
static bool is_head(const struct finder *f, const struct sheet_row *r)
{
    uint32_t labels = label_n(r);
    bool wide = r->cell_n * 2 >= f->usual && (r->cell_n >= 2 || f->s->column_n == 1);
    return wide && labels * 5 >= r->cell_n * 4 && labels > 0;
}

static bool find_head(struct finder *f)
{
    uint32_t most = f->s->row_n < HEAD_WITHIN ? f->s->row_n : HEAD_WITHIN;
    for (uint32_t i = 0; i + 1 < most || (i < most && f->s->row_n == 1); i++)
        if (is_head(f, &f->s->row[i])) {
            f->head_at = i;
            return true;
        }
    return false;
}

/* Does `below` go on with a header whose last row is `above`? Its cells stand under names that have
 * gaps to their right, and in those gaps; under any other name it is empty. */
static bool goes_on(const struct sheet_row *above, const struct sheet_row *below)
{
    bool in_gap = false;
    if (label_n(below) < below->cell_n)
        return false;
    for (uint32_t i = 0; i < below->cell_n; i++) {
        uint32_t column = below->cell[i].column, k = 0;
        while (k < above->cell_n && above->cell[k].column < column)
            k++;
        bool under = k < above->cell_n && above->cell[k].column == column;
        uint32_t next = k + 1 < above->cell_n ? above->cell[k + 1].column : UINT32_MAX;
        if (under && (next == column + 1 || (next == UINT32_MAX && i + 1 == below->cell_n)))
            return false;
        in_gap |= !under && k > 0;
    }
    return in_gap;
}

/* Which cell of a row of the header spans the column: the merged one, or the last to the left. */
static Str spanning(const struct finder *f, const struct sheet_row *r, uint32_t column,
                    const struct sheet_row *below)
{
    Str own = sheet_text(r, column);
    if (own.n > 0 || below == NULL || sheet_text(below, column).n == 0)
        return own;
    for (uint32_t i = 0; i < f->over_n; i++) {
        const struct sheet_merge *m = f->over[i];
        if (m->row <= r->number && m->row_end >= r->number && m->column <= column &&
            m->column_end >= column)
            return sheet_text(r, m->column);
    }
    for (uint32_t i = r->cell_n; i > 0; i--)
        if (r->cell[i - 1].column < column)
            return r->cell[i - 1].text;
    return S("");
}

static bool is_unit(Str s)
{
    s = str_trim(s);
    if (str_starts(s, S("（")) && str_ends(s, S("）")))
        s = str_sub(s, 3, s.n - 3);
    if (str_starts(s, S("(")) && str_ends(s, S(")")))
        s = str_sub(s, 1, s.n - 1);
    return unit_find(s) != NULL || str_eq(s, S("-")) || str_eq(s, S("—")) || str_eq(s, S("/"));
}

static bool all_units(const struct sheet_row *r)
{
    bool any = false;
    for (uint32_t i = 0; i < r->cell_n; i++) {
        if (!is_unit(r->cell[i].text) && !str_eq(str_trim(r->cell[i].text), S("单位")))
            return false;
        any |= unit_find(str_trim(r->cell[i].text)) != NULL || r->cell[i].text.p[0] == '(' ||
               str_starts(r->cell[i].text, S("（"));
    }
    return any;
}

/* 1 2 3 .., or 甲 乙 1 2 .. */
static bool all_numbers(const struct sheet_row *r)
{
    int64_t want = 1;
    Dec d;
    bool lossy;
    for (uint32_t i = 0; i < r->cell_n; i++) {
        Str s = str_trim(r->cell[i].text);
        bool letter = want == 1 && (str_eq(s, S("甲")) || str_eq(s, S("乙")) || str_eq(s, S("丙")));
        if (letter)
            continue;
        if (!dec_parse(&d, s, &lossy) || d.scale != 0 || d.m != want++)
            return false;
    }
    return want > NUMBERS_MIN;
}

static void skip(struct finder *f, const struct sheet_row *r, enum skip_why why)
{
    VEC_PUSH(f->keep, f->t->skip, f->t->skip_n, f->t->skip_cap) =
        (struct skipped){.why = why, .row = r->number, .text = r->cell[0].text};
}

/* "a/b" of the header's rows; repeated names once, line breaks as nothing. */
static Str head_name(struct finder *f, uint32_t column, uint32_t end)
{
    struct buf b;
    Str last = S("");
    buf_init(&b, f->keep, (size_t)4 * LABEL_MAX * HEAD_ROWS_MAX);
    for (uint32_t i = f->head_at; i < end; i++) {
        const struct sheet_row *below = i + 1 < end ? &f->s->row[i + 1] : NULL;
        Str part = str_trim(spanning(f, &f->s->row[i], column, below));
        if (part.n == 0 || str_eq(part, last))
            continue;
        buf_add(&b, b.n > 0 ? S("/") : S(""));
        for (size_t k = 0; k < part.n; k++)
            if (part.p[k] != '\n' && part.p[k] != '\r')
                buf_char(&b, part.p[k]);
        last = part;
    }
    return buf_str(&b);
}

static Str with_unit(struct finder *f, Str name, Str unit)
{
    unit = str_trim(unit);
    if (name.n == 0 || unit.n == 0 || str_eq(unit, S("-")) || str_eq(unit, S("/")) ||
        str_eq(unit, S("—")) || str_eq(unit, S("单位")))
        return name;
    bool bracketed = str_starts(unit, S("(")) || str_starts(unit, S("（"));
    return arena_fmt(f->keep, bracketed ? "%.*s%.*s" : "%.*s(%.*s)", (int)name.n, name.p,
                     (int)unit.n, unit.p);
}

static void name_columns(struct finder *f, uint32_t end)
{
    struct found *t = f->t;
    uint32_t n = f->s->column_n;
    bool has_units = end < f->s->row_n && all_units(&f->s->row[end]);
    t->head = ARENA_ARRAY(f->keep, Str, n + 1);
    t->column = ARENA_ARRAY(f->keep, uint32_t, n + 1);
    f->at_column = ARENA_ARRAY(f->keep, uint32_t, n + 1);
    for (uint32_t c = 0; c < n; c++) {
        Str name = head_name(f, c, end);
        f->at_column[c] = UINT32_MAX;
        if (name.n == 0)
            continue;
        if (has_units)
            name = with_unit(f, name, sheet_text(&f->s->row[end], c));
        f->at_column[c] = t->column_n;
        t->head[t->column_n] = name;
        t->column[t->column_n++] = c;
    }
    if (has_units)
        skip(f, &f->s->row[end++], SKIP_UNITS);
    if (end < f->s->row_n && all_numbers(&f->s->row[end]))
        skip(f, &f->s->row[end++], SKIP_NUMBERS);
    f->next_at = end;
}

/* "单位：万元" somewhere in a row above the header. */
static void read_unit(struct finder *f, const struct sheet_row *r)
{
    for (uint32_t i = 0; i < r->cell_n; i++) {
        Str s = squeeze(f->keep, r->cell[i].text);
        size_t at = str_find(s, S("单位：")), after = at + 9, len;
        if (at == s.n) {
            at = str_find(s, S("单位:"));
            after = at + 7;
        }
        if (at < s.n && after < s.n && unit_prefix(str_sub(s, after, s.n), &len) != NULL)
            f->t->unit = unit_prefix(str_sub(s, after, s.n), &len);
    }
}

static void read_head(struct finder *f)
{
    uint32_t end = f->head_at + 1;
    for (uint32_t i = 0; i < f->head_at; i++) {
        skip(f, &f->s->row[i], SKIP_TITLE);
        read_unit(f, &f->s->row[i]);
    }
    while (end + 1 < f->s->row_n && end - f->head_at < HEAD_ROWS_MAX &&
           !all_units(&f->s->row[end]) && goes_on(&f->s->row[end - 1], &f->s->row[end]))
        end++;
    f->t->head_row = f->s->row[f->head_at].number;
    f->t->head_row_end = f->s->row[end - 1].number;
    name_columns(f, end);
}

/* ---- rows ---- */

/* Is the first column one of numbers? Then a lone text in it is no row. */
static void look_at_first(struct finder *f)
{
    for (uint32_t i = f->next_at, n = 0; i < f->s->row_n && n < SAMPLE_ROWS; i++, n++) {
        Str first = str_trim(sheet_text(&f->s->row[i], 0));
        if (f->s->row[i].cell_n == 1)
            continue;
        f->first_n += first.n > 0;
        f->figure_n += first.n > 0 && is_figure(first);
    }
}

static bool is_lone(const struct finder *f, const struct sheet_row *r)
{
    if (r->cell_n != 1 || f->t->column_n < 3 || !is_label(&r->cell[0]))
        return false;
    bool odd = r->cell[0].column == 0 && f->figure_n * 2 > f->first_n;
    return odd || f->wide[r - f->s->row];
}

static bool is_head_again(const struct finder *f, const struct sheet_row *r)
{
    const struct sheet_row *h = &f->s->row[f->head_at];
    bool same = r->cell_n == h->cell_n && r->cell_n > 1;
    for (uint32_t i = 0; same && i < r->cell_n; i++)
        same = r->cell[i].column == h->cell[i].column && str_eq(r->cell[i].text, h->cell[i].text);
    return same;
}

/* "北京市（92所）": the name alone; *n its count, 0 where it gives none. */
static Str cut_count(Str s, uint32_t *n)
{
    size_t open = str_find(s, S("（")), at = open + 3;
    *n = 0;
    if (open == s.n) {
        open = str_find(s, S("("));
        at = open + 1;
    }
    uint32_t value = 0;
    size_t digits = at;
    for (; at < s.n && s.p[at] >= '0' && s.p[at] <= '9' && value < SHEET_ROWS; at++)
        value = value * 10 + (uint32_t)(s.p[at] - '0');
    bool closes = str_ends(s, S("）")) || str_ends(s, S(")"));
    if (open == s.n || at == digits || !closes || s.n - at > 9)
        return s;
    *n = value;
    return str_trim(str_sub(s, 0, open));
}

static void end_group(struct finder *f)
{
    uint32_t says;
    if (f->group.p == NULL)
        return;
    struct skipped *k = &f->t->skip[f->group_skip];
    (void)cut_count(str_trim(k->text), &says);
    k->n = f->group_rows;
    if (says != 0 && says != f->group_rows)
        k->why = SKIP_COUNT;
}

static void begin_group(struct finder *f, const struct sheet_row *r)
{
    uint32_t says;
    end_group(f);
    f->group = cut_count(str_trim(r->cell[0].text), &says);
    f->group_skip = f->t->skip_n;
    f->group_rows = 0;
    skip(f, r, SKIP_GROUP);
}

static void add_row(struct finder *f, const struct sheet_row *r)
{
    struct found *t = f->t;
    struct found_row row = {.number = r->number,
                            .cell = ARENA_ARRAY(f->keep, Str, t->column_n + 1)};
    for (uint32_t i = 0; i < r->cell_n; i++)
        if (f->at_column[r->cell[i].column] != UINT32_MAX)
            row.cell[f->at_column[r->cell[i].column]] = str_trim(r->cell[i].text);
    if (f->group_at != UINT32_MAX)
        row.cell[f->group_at] = f->group;
    f->group_rows++;
    VEC_PUSH(f->keep, t->row, t->row_n, t->row_cap) = row;
}

/* The last row that is more than a lone text: what comes behind it are notes. */
static uint32_t last_full(const struct finder *f)
{
    uint32_t end = f->s->row_n;
    while (end > f->next_at && is_lone(f, &f->s->row[end - 1]))
        end--;
    return end;
}

static void read_rows(struct finder *f)
{
    uint32_t end = last_full(f);
    bool groups = false;
    for (uint32_t i = f->next_at; i < end && !groups; i++)
        groups = is_lone(f, &f->s->row[i]) && !is_note(f->keep, &f->s->row[i]) &&
                 !is_total(f->keep, &f->s->row[i]);
    f->group_at = UINT32_MAX;
    if (groups) {
        f->group_at = f->t->column_n;
        f->t->head[f->t->column_n] = S("分组");
        f->t->column[f->t->column_n++] = UINT32_MAX;
    }
    for (uint32_t i = f->next_at; i < f->s->row_n; i++) {
        const struct sheet_row *r = &f->s->row[i];
        ArenaMark mark = arena_mark(f->keep);
        bool note = i >= end || is_note(f->keep, r), total = is_total(f->keep, r);
        arena_reset(f->keep, mark); /* the squeezed texts */
        if (note || total)
            skip(f, r, note ? SKIP_NOTE : SKIP_TOTAL);
        else if (is_example(r))
            skip(f, r, SKIP_EXAMPLE);
        else if (is_head_again(f, r))
            skip(f, r, SKIP_HEADER);
        else if (is_lone(f, r))
            begin_group(f, r);
        else
            add_row(f, r);
    }
    end_group(f);
}

/* Cells merged downwards hold for every row they span. Ranges of people do not overlap: once as
 * many cells are filled as there are, the others are left. */
static void fill_merged(struct finder *f)
{
    struct found *t = f->t;
    uint64_t left = (uint64_t)t->row_n * t->column_n;
    uint32_t *at_row = ARENA_ARRAY(f->keep, uint32_t, f->s->row_n + 1); /* sheet -> table, + 1 */
    for (uint32_t k = 0; k < t->row_n; k++)
        at_row[row_from(f->s, t->row[k].number)] = k + 1;
    for (uint32_t i = 0; i < f->s->merge_n && left > 0; i++) {
        const struct sheet_merge *m = &f->s->merge[i];
        uint32_t at = m->column < f->s->column_n ? f->at_column[m->column] : UINT32_MAX;
        uint32_t first = row_from(f->s, m->row), k = at_row[first];
        if (m->row == m->row_end || at == UINT32_MAX || k == 0 || t->row[k - 1].number != m->row)
            continue;
        for (uint32_t j = k; j < t->row_n && t->row[j].number <= m->row_end && left > 0;
             j++, left--)
            t->row[j].cell[at] = t->row[k - 1].cell[at];
    }
}

bool table_find(struct arena *keep, struct found *out, const struct sheet *s)
{
    struct finder f = {.keep = keep, .s = s, .t = out};
    *out = (struct found){.sheet = s};
    measure(&f);
    if (s->row_n == 0 || !find_head(&f))
        return false;
    mark_wide(&f);
    list_over_head(&f);
    read_head(&f);
    look_at_first(&f);
    read_rows(&f);
    fill_merged(&f);
    return true;
}

const char *skip_name(enum skip_why why, enum lang lang)
{
    static const char *const names[SKIP_N][2] = {
        [SKIP_TITLE] = {"标题", "a title"},
        [SKIP_UNITS] = {"单位行，已并入表头", "units; they went into the header"},
        [SKIP_NUMBERS] = {"栏次", "numbers of columns"},
        [SKIP_GROUP] = {"分组行，已填入“分组”列", "a group; filled into the column 分组"},
        [SKIP_COUNT] = {"分组行，所写的数目与下面的行数不符",
                        "a group whose count is not that of its rows"},
        [SKIP_TOTAL] = {"合计行", "a total"},
        [SKIP_HEADER] = {"重复的表头", "the header again"},
        [SKIP_NOTE] = {"注释", "a note"},
        [SKIP_EXAMPLE] = {"例子", "an example"},
    };
    return names[why][lang];
}
