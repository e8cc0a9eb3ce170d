/* read_cell.c - one cell of data as its field's type: people's spellings, exact values. */
#include <stdio.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/str.h"
#include "base/utf8.h"
#include "col/dataset.h"
#include "field/code.h"
#include "field/uscc.h"
#include "rule/lex.h"
#include "rule/model.h"

enum { NUMBER_BYTES = 96 };

/* Copies the digits, sign and point of a number; drops blanks and commas inside. Returns where the
 * rest starts: the unit, an exponent, or what makes the number too long. */
static size_t number_part(Str text, char out[static NUMBER_BYTES], size_t *out_n)
{
    size_t at = 0, len, n = 0;
    for (; at < text.n; at += len) {
        Rune r = rune_fold(utf8_at(text, at, &len));
        bool sign = (r == '-' || r == '+' || r == 0x2212) && n == 0;
        bool digit = rune_is_digit(r) || r == '.';
        if (r == ' ' || r == ',' || r == 0xFFE5 || r == 0xA5) /* ￥ ¥ */
            continue;
        if ((!sign && !digit) || n + 1 >= NUMBER_BYTES)
            break;
        out[n++] = r == 0x2212 ? '-' : (char)r;
    }
    *out_n = n;
    return at;
}

static Str unit_words(const struct field *f)
{
    return f->unit == NULL ? S("(无单位)") : str_of(f->unit->zh);
}

/* value * unit -> base units at the field's scale. */
static bool convert(Wide *out, Dec d, const struct unit *u, int scale, bool *lossy)
{
    int64_t num = u == NULL ? 1 : u->num, den = u == NULL ? 1 : u->den;
    Wide back;
    if (d.scale <= scale) {
        Wide shifted;
        if (!wide_rescale(&shifted, d.m, d.scale, scale, ROUND_HALF_UP) ||
            !wide_muldiv(out, shifted, num, den, ROUND_HALF_UP))
            return false;
        *lossy = !wide_muldiv(&back, *out, den, num, ROUND_HALF_UP) || back != shifted;
        return true;
    }
    Wide down = wide_pow10(d.scale - scale);
    if (!wide_muldiv(out, d.m, num, (Wide)den * down, ROUND_HALF_UP))
        return false;
    *lossy = !wide_muldiv(&back, *out, (Wide)den * down, num, ROUND_HALF_UP) || back != d.m;
    return true;
}

static bool in_range(const struct field *f, Wide v)
{
    return (!f->has_lo || v >= f->lo) && (!f->has_hi || v <= f->hi);
}

static enum status read_number(Cell *out, const struct field *f, Str text, Span at,
                               struct diags *ds)
{
    char digits[NUMBER_BYTES];
    size_t n, rest_at = number_part(text, digits, &n);
    Str rest = str_trim(str_sub(text, rest_at, text.n));
    bool lossy = false, cut = false;
    Dec d;
    /* exponents come from spreadsheets: 1.2E+07 */
    if (rest.n > 1 && (rest.p[0] == 'e' || rest.p[0] == 'E') && n > 0) {
        if (!dec_parse(&d, text, &lossy))
            return diag_add(ds, DIAG_DATA_NUMBER, at, text, NO_ARG, NO_ARG);
        rest = S("");
    } else if (n == 0 || !dec_parse(&d, (Str){digits, n}, &lossy)) {
        return diag_add(ds, DIAG_DATA_NUMBER, at, text, NO_ARG, NO_ARG);
    }
    const struct unit *u = f->unit;
    if (rest.n > 0) {
        u = unit_find(rest);
        if (u == NULL && f->unit == NULL)
            return diag_add(ds, DIAG_DATA_NUMBER, at, text, NO_ARG, NO_ARG);
        if (u == NULL || !dim_eq(u->dim, f->type.dim))
            return diag_add(ds, DIAG_DATA_UNIT, at, text, rest, unit_words(f));
    }
    Wide v;
    if (!convert(&v, d, u, f->type.scale, &cut))
        return diag_add(ds, DIAG_DATA_NUMBER, at, text, NO_ARG, NO_ARG);
    if (!in_range(f, v))
        return diag_add(ds, DIAG_DATA_RANGE, at, text, f->name, NO_ARG);
    if (lossy || cut) {
        char scale[4];
        int scale_n = snprintf(scale, sizeof scale, "%d", f->type.scale);
        (void)diag_add(ds, DIAG_DATA_PRECISION, at, text, f->name,
                       (Str){scale, (size_t)scale_n}); /* a warning */
    }
    *out = (Cell){v, v};
    return OK;
}

static Str near_option(const struct rules *r, const struct field *f, Str text)
{
    Str best = S("");
    size_t best_at = 4;
    for (uint32_t i = 0; i < f->option_n; i++) {
        size_t d = str_distance(text, r->label[f->option[i]], best_at);
        if (d < best_at) {
            best = r->label[f->option[i]];
            best_at = d;
        }
    }
    return best.n > 0 ? best : f->option_n > 0 ? r->label[f->option[0]] : S("");
}

/* Labels are folded, data need not be: 丙（一） is 丙(一). */
static bool is_label(Str label, Str text)
{
    size_t at = 0, len = 0;
    for (size_t i = 0; i < text.n; i += len) {
        char bytes[4];
        Str one = {bytes, utf8_encode(bytes, rune_fold(utf8_at(text, i, &len)))};
        if (!str_starts(str_sub(label, at, label.n), one))
            return false;
        at += one.n;
    }
    return at == label.n;
}

/* The code of a text constant of the document that is this text but for its width, or -1. */
static int64_t label_in_full_width(const struct rules *r, Str text)
{
    bool wide = utf8_has_wide(text);
    for (uint32_t i = 0; wide && i < r->label_n; i++)
        if (is_label(r->label[i], text))
            return i;
    return -1;
}

static enum status read_choice(Cell *out, const struct rules *r, const struct field *f, Str text,
                               Span at, struct diags *ds)
{
    for (uint32_t i = 0; i < f->option_n; i++)
        if (is_label(r->label[f->option[i]], text)) {
            *out = (Cell){f->option[i], f->option[i]};
            return OK;
        }
    return diag_add(ds, DIAG_DATA_CHOICE, at, text, f->name, near_option(r, f, text));
}

/* Codes are kept as given, upper case for a USCC; a wrong check digit is warned about, not refused:
 * what the register says is what it says. */
static enum status read_code(struct field const *f, Str *text, Span at, struct diags *ds,
                             char upper[static USCC_LEN])
{
    Uscc id;
    if (f->ftype == FIELD_REGION)
        return region_check(*text, at.beg, ds);
    if (f->ftype == FIELD_INDUSTRY) {
        TRY(industry_check(*text, at.beg, ds));
        if (text->n > 1 && text->p[0] >= 'A') /* C3972 is 3972: the letter says nothing more */
            *text = str_sub(*text, 1, text->n);
        return OK;
    }
    TRY(uscc_parse(&id, *text, at.beg, ds));
    uscc_warn_org_code(&id, at, ds);
    for (int i = 0; i < USCC_LEN; i++)
        upper[i] = id.ch[i];
    *text = (Str){upper, USCC_LEN};
    return OK;
}

static enum status read_truth(Cell *out, Str text, Span at, struct diags *ds)
{
    enum word w = word_find(WORD_TRUTHS, text, NULL);
    if (w == W_NONE)
        return diag_add(ds, DIAG_DATA_TRUTH, at, text, NO_ARG, NO_ARG);
    Wide v = w == W_TRUE_1 ? TRUTH_MET : TRUTH_UNMET;
    *out = (Cell){v, v};
    return OK;
}

static enum status read_day(Cell *out, const struct field *f, Str text, Span at, struct diags *ds)
{
    Day d;
    if (!day_parse(&d, text))
        return diag_add(ds, DIAG_DATA_DAY, at, text, NO_ARG, NO_ARG);
    if (!in_range(f, d))
        return diag_add(ds, DIAG_DATA_RANGE, at, text, f->name, NO_ARG);
    *out = (Cell){d, d};
    return OK;
}

static void blank(Cell *out, const struct field *f)
{
    *out = CELL_UNKNOWN;
    if (f->type.kind == TYPE_TRUTH) {
        Wide v = f->ftype == FIELD_JUDGED ? TRUTH_MANUAL : TRUTH_UNKNOWN;
        *out = (Cell){v, v};
    } else if (f->type.kind == TYPE_NUM || f->type.kind == TYPE_DAY) {
        out->lo = f->has_lo ? f->lo : out->lo;
        out->hi = f->has_hi ? f->hi : out->hi;
    }
}

enum status rule_read_cell(Cell *out, const struct rules *r, const struct field *f, Text cell,
                           struct labels *labels, struct diags *ds)
{
    char upper[USCC_LEN];
    Str text = str_trim(cell.s);
    Span at = cell.span;
    blank(out, f);
    if (text.n == 0)
        return OK;
    switch (f->ftype) {
    case FIELD_NUM: return read_number(out, f, text, at, ds);
    case FIELD_TRUTH:
    case FIELD_JUDGED: return read_truth(out, text, at, ds);
    case FIELD_CHOICE: return read_choice(out, r, f, text, at, ds);
    case FIELD_DAY: return read_day(out, f, text, at, ds);
    case FIELD_USCC:
    case FIELD_REGION:
    case FIELD_INDUSTRY: TRY(read_code(f, &text, at, ds, upper)); break;
    case FIELD_TEXT:
    case FIELD_LINK: break;
    }
    int64_t label = label_in_full_width(r, text);
    uint32_t code = label >= 0 ? (uint32_t)label : labels_code(labels, text);
    *out = (Cell){code, code};
    return OK;
}

int rule_period_key(const struct field *f, int year, int quarter)
{
    if (f->period == PERIOD_NONE)
        return COL_NO_PERIOD;
    return f->period == PERIOD_YEAR ? year : year * 4 + 3 + quarter;
}

int32_t rule_find_field(const struct rules *r, Str name)
{
    for (uint32_t i = 0; i < r->field_n; i++)
        if (str_eq(r->field[i].name, name))
            return (int32_t)i;
    return -1;
}

int32_t rule_find_item(const struct rules *r, Str name)
{
    for (uint32_t i = 0; i < r->item_n; i++)
        if (str_eq(r->item[i].name, name))
            return (int32_t)i;
    return -1;
}

bool rule_same_labels(const struct rules *a, const struct rules *b)
{
    bool same = a->label_n == b->label_n;
    for (uint32_t i = 0; same && i < a->label_n; i++)
        same = str_eq(a->label[i], b->label[i]);
    return same;
}
