/* value.c - facts as they are kept: figures in base units as the shortest decimal, days as
 * 2024-01-31, truths as 1 and 0, texts as they are. */
#include "base/day.h"
#include "base/decimal.h"
#include "record/record_int.h"

static void print_text(struct buf *b, Str s)
{
    size_t from = 0;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        char as = c == '\t' ? 't' : c == '\n' ? 'n' : c == '\r' ? 'r' : c == '\\' ? c : '\0';
        if (as == 0)
            continue;
        buf_add(b, str_sub(s, from, i));
        buf_char(b, '\\');
        buf_char(b, as);
        from = i + 1;
    }
    buf_add(b, str_sub(s, from, s.n));
}

void value_print(struct buf *b, const struct field *f, const struct labels *labels, Wide v)
{
    if (f->type.kind == TYPE_NUM)
        dec_print(b, v, f->type.scale);
    else if (f->type.kind == TYPE_DAY)
        day_print(b, (Day)v);
    else if (f->type.kind == TYPE_TRUTH)
        buf_char(b, v == TRUTH_MET ? '1' : '0');
    else
        print_text(b, labels_text(labels, (uint32_t)v));
}

Str value_text(struct arena *tmp, Str raw)
{
    size_t n = 0;
    if (str_find(raw, S("\\")) == raw.n)
        return raw;
    char *to = arena_raw(tmp, raw.n, 1);
    for (size_t i = 0; i < raw.n; i++) {
        char c = raw.p[i];
        if (c == '\\' && i + 1 < raw.n) {
            c = raw.p[++i];
            c = c == 't' ? '\t' : c == 'n' ? '\n' : c == 'r' ? '\r' : c;
        }
        to[n++] = c;
    }
    return (Str){to, n};
}

/* -1234.56 with at most 18 digits, at `scale` decimals; false: not of that form. */
static bool read_plain(Wide *out, Str s, int scale)
{
    bool minus = s.n > 0 && s.p[0] == '-';
    int64_t m = 0;
    int decimals = -1;
    if (s.n - minus > 18)
        return false;
    for (size_t i = minus; i < s.n; i++) {
        if (s.p[i] == '.' && decimals < 0) {
            decimals = 0;
            continue;
        }
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
        m = m * 10 + (s.p[i] - '0');
        decimals += decimals >= 0;
    }
    int more = scale - (decimals < 0 ? 0 : decimals);
    if (more < 0)
        return false;
    *out = (Wide)(minus ? -m : m) * wide_pow10(more);
    return true;
}

static bool read_number(Wide *out, const struct field *f, Str text)
{
    Dec d;
    return read_plain(out, text, f->type.scale) ||
           (dec_parse(&d, text, NULL) &&
            wide_rescale(out, d.m, d.scale, f->type.scale, ROUND_HALF_UP));
}

static bool read_option(Wide *out, const struct rules *r, const struct field *f, Str text)
{
    for (uint32_t i = 0; i < f->option_n; i++)
        if (str_eq(r->label[f->option[i]], text)) {
            *out = f->option[i];
            return true;
        }
    return false;
}

bool value_read(Wide *out, const struct rules *r, const struct field *f, Str text,
                struct labels *labels, struct arena *tmp)
{
    Day day;
    if (f->type.kind == TYPE_NUM)
        return read_number(out, f, text);
    if (f->type.kind == TYPE_DAY) {
        bool good = day_parse(&day, text);
        *out = good ? day : 0;
        return good;
    }
    if (f->type.kind == TYPE_TRUTH) {
        *out = str_eq(text, S("1")) ? TRUTH_MET : TRUTH_UNMET;
        return text.n == 1 && (text.p[0] == '0' || text.p[0] == '1');
    }
    text = value_text(tmp, text);
    if (f->ftype == FIELD_CHOICE)
        return read_option(out, r, f, text);
    *out = labels_code(labels, text);
    return true;
}

void value_base_unit(struct buf *b, const struct field *f)
{
    if (f->unit != NULL && dim_is_none(f->type.dim))
        buf_add(b, S("倍"));
    else if (f->unit != NULL)
        dim_print(b, f->type.dim, false);
}

/* Places the decimal point moves from base units to the field's own; false: it is no power of ten,
 * or there are not as many decimals. */
static bool shift_of(const struct field *f, int *shift)
{
    if (f->unit == NULL)
        return false;
    int64_t most = f->unit->num > f->unit->den ? f->unit->num : f->unit->den;
    *shift = 0;
    for (int64_t p = 1; p < most; p *= 10)
        ++*shift;
    bool even = most == (int64_t)wide_pow10(*shift) && (f->unit->num == 1 || f->unit->den == 1);
    *shift = f->unit->num > 1 ? *shift : -*shift;
    return even && f->type.scale + *shift >= 0;
}

void record_show_value(struct buf *b, const struct field *f, const struct labels *labels, Wide v)
{
    int shift = 0;
    if (f->type.kind == TYPE_NUM)
        dec_print(b, v, f->type.scale + (shift_of(f, &shift) ? shift : 0));
    else if (f->type.kind == TYPE_TRUTH)
        buf_add(b, v == TRUTH_MET ? S("是") : S("否"));
    else if (f->type.kind == TYPE_DAY)
        day_print(b, (Day)v);
    else
        buf_add(b, labels_text(labels, (uint32_t)v));
}

void record_show_unit(struct buf *b, const struct field *f)
{
    int shift;
    if (shift_of(f, &shift))
        buf_add(b, str_of(f->unit->zh));
    else if (f->unit != NULL)
        value_base_unit(b, f);
}

void record_show_head(struct buf *b, const struct field *f, int period)
{
    struct buf name;
    buf_init(&name, b->arena, BUF_MAX);
    buf_add(&name, f->name);
    if (f->unit != NULL) {
        buf_char(&name, '(');
        record_show_unit(&name, f);
        buf_char(&name, ')');
    }
    record_show_column(b, buf_str(&name), f->period, period);
}
