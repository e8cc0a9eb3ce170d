/* columns.c - facts in by column, results out by column.
 *
 * Facts become the text of a CSV, which load/load.c reads: units, ranges, options, duplicates and
 * their messages are then the same however the facts came. Direct filling of the dataset was
 * dropped: it needs a second reader for every kind of field, and a second set of messages.
 */
#include "base/buf.h"
#include "base/csv.h"
#include "base/utf8.h"
#include "embed/embed_int.h"

enum { SCALE_MAX = 18 };

/* ---- facts in ---- */

static bool has_row(const uint64_t *valid, size_t row)
{
    return valid == NULL || (valid[row / WORD_ROWS] >> row % WORD_ROWS & 1) != 0;
}

static void write_fact(struct buf *b, struct buf *number, const struct geci_column *c, size_t row)
{
    Str cell = S("");
    if (has_row(c->valid, row) && c->text != NULL && c->text[row] != NULL)
        cell = str_of(c->text[row]);
    if (has_row(c->valid, row) && c->text == NULL) {
        number->n = 0;
        dec_print(number, c->mantissa[row], c->scale);
        cell = buf_str(number);
    }
    csv_write_cell(b, cell, false, false);
}

/* The head of the ids is no field's name, unless the document says which it is. */
static Str id_head(const struct rules *r)
{
    return r->id_field.n > 0 ? r->id_field : S("#");
}

static void write_table(struct buf *b, const struct geci_rules *r, const struct geci_table *t)
{
    struct buf number;
    buf_init(&number, b->arena, DEC_DIGITS_MAX + 3);
    csv_write_cell(b, id_head(r->rules), true, false);
    for (size_t i = 0; i < t->column_n; i++)
        csv_write_cell(b, str_of(t->column[i].head), false, false);
    csv_write_end(b);
    for (size_t row = 0; row < t->row_n; row++) {
        csv_write_cell(b, str_of(t->id[row]), true, false);
        for (size_t i = 0; i < t->column_n; i++)
            write_fact(b, &number, &t->column[i], row);
        csv_write_end(b);
    }
}

static const char *refused(struct geci_scores *s, const char *zh, const char *en, size_t at)
{
    return arena_fmt(s->arena, "table: %s (%zu)\n", s->of->lang == LANG_EN ? en : zh, at).p;
}

/* What the reader of CSV would not see as it was meant: a row of nothing but blanks is skipped
 * there, and bytes that are no UTF-8 are taken for GB18030. NULL: nothing. */
static const char *check_table(struct geci_scores *s, const struct geci_table *t)
{
    for (size_t row = 0; row < t->row_n; row++)
        if (str_trim(str_of(t->id[row])).n == 0)
            return refused(s, "这一个主体没有编号", "this subject has no id", row);
    for (size_t i = 0; i < t->column_n; i++)
        if (t->column[i].text == NULL && (t->column[i].scale < 0 || t->column[i].scale > SCALE_MAX))
            return refused(s, "这一列的小数位数须在 0 至 18 之间",
                           "the scale of this column is none of 0 to 18", i);
    return NULL;
}

enum geci_status geci_score_table(struct geci_scores **out, const struct geci_rules *r,
                                  const struct geci_table *t, const char *as_of, int year)
{
    struct geci_scores *s = *out = embed_open(r);
    if (!embed_may_score(s, as_of, year))
        return GECI_INPUT;
    const char *wrong = check_table(s, t);
    struct buf b;
    buf_init(&b, s->arena, BUF_MAX);
    if (wrong == NULL)
        write_table(&b, r, t);
    Str text = buf_str(&b);
    size_t bad = utf8_bad_at(text);
    if (wrong == NULL && bad < text.n)
        wrong = refused(s, "字节不是 UTF-8 编码, 在写成的 CSV 的这一位置",
                        "not UTF-8, at this byte of the CSV written", bad);
    if (b.over)
        wrong = refused(s, "数据太多, 请分几次计算, 已写字节",
                        "too much data, score it in parts; bytes written", b.n);
    if (wrong != NULL) {
        s->messages = wrong;
        return b.over ? GECI_LIMIT : GECI_INPUT;
    }
    struct diags ds;
    diags_init(&ds, s->arena);
    return embed_score(s, S("table"), text, year, &ds);
}

/* ---- results out ---- */

/* The texts of an item that are kept, or NULL. */
static struct told *told_of(struct geci_scores *s, const char *item, int32_t *at)
{
    *at = embed_item(s->of, item);
    return s->result == NULL || *at < 0 ? NULL : &s->told[*at];
}

enum geci_status geci_column_texts(struct geci_scores *s, const char *item, const char *const **low,
                                   const char *const **high)
{
    int32_t at;
    struct told *told = told_of(s, item, &at);
    if (told == NULL)
        return GECI_GONE;
    if (told->low == NULL) {
        size_t n = s->data->row_n;
        Type t = s->of->rules->item[at].type;
        told->low = ARENA_ARRAY(s->arena, const char *, n + 1);
        told->high = ARENA_ARRAY(s->arena, const char *, n + 1);
        for (size_t i = 0; i < n; i++) {
            Cell c = result_cell(s->result, at, (int64_t)i);
            told->low[i] = embed_end(s->arena, s->data, t, c.lo);
            told->high[i] = c.lo == c.hi ? told->low[i] : embed_end(s->arena, s->data, t, c.hi);
        }
    }
    *low = told->low;
    *high = told->high;
    return GECI_OK;
}

enum geci_status geci_column_shown(struct geci_scores *s, const char *item,
                                   const char *const **shown)
{
    int32_t at;
    struct told *told = told_of(s, item, &at);
    if (told == NULL)
        return GECI_GONE;
    if (told->shown == NULL) {
        size_t n = s->data->row_n;
        told->shown = ARENA_ARRAY(s->arena, const char *, n + 1);
        for (size_t i = 0; i < n; i++)
            told->shown[i] = embed_shown(s->arena, s->of, s->data, (uint32_t)at,
                                         result_cell(s->result, at, (int64_t)i));
    }
    *shown = told->shown;
    return GECI_OK;
}

/* One end at `scale` decimals, exactly; false: it does not fit. */
static bool exact(int64_t *to, uint64_t *has, size_t row, Wide v, int scale[2])
{
    Wide there, back;
    if (v == WIDE_INF || v == -WIDE_INF)
        return true;
    if (!wide_rescale(&there, v, scale[0], scale[1], ROUND_DOWN) || there > INT64_MAX ||
        there < INT64_MIN || !wide_rescale(&back, there, scale[1], scale[0], ROUND_DOWN) ||
        back != v)
        return false;
    to[row] = (int64_t)there;
    has[row / WORD_ROWS] |= (uint64_t)1 << row % WORD_ROWS;
    return true;
}

enum geci_status geci_column_numbers(struct geci_scores *s, const char *item, int scale,
                                     struct geci_numbers *out)
{
    int32_t at;
    *out = (struct geci_numbers){0};
    if (told_of(s, item, &at) == NULL)
        return GECI_GONE;
    Type t = s->of->rules->item[at].type;
    if (t.kind != TYPE_NUM || scale < 0 || scale > SCALE_MAX)
        return GECI_INPUT;
    size_t n = s->data->row_n, words = n / WORD_ROWS + 1;
    int64_t *low = ARENA_ARRAY(s->arena, int64_t, n + 1);
    int64_t *high = ARENA_ARRAY(s->arena, int64_t, n + 1);
    uint64_t *has_low = ARENA_ARRAY(s->arena, uint64_t, words);
    uint64_t *has_high = ARENA_ARRAY(s->arena, uint64_t, words);
    for (size_t i = 0; i < n; i++) {
        Cell c = result_cell(s->result, at, (int64_t)i);
        if (!exact(low, has_low, i, c.lo, (int[2]){t.scale, scale}) ||
            !exact(high, has_high, i, c.hi, (int[2]){t.scale, scale}))
            return GECI_LIMIT;
    }
    *out = (struct geci_numbers){n, low, high, has_low, has_high};
    return GECI_OK;
}
