#include "robust/vary.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "base/utf8.h"
#include "rule/lex.h"
#include "rule/make.h"
#include "rule/walk.h"

struct finder {
    struct arena *keep;
    const struct rules *r;
    Span within, name; /* the section, and what it is called */
    int32_t ppm;
    struct edit *edit;
    size_t n, cap;
};

/* The digits a constant is written with; empty if it was not written here but made by a form. */
static Span digits_of(const struct finder *f, const struct expr *e)
{
    Str text = f->r->text;
    size_t at = e->span.beg, len = 0;
    if (e->span.beg < f->within.beg || e->span.end > f->within.end)
        return (Span){0, 0};
    for (; at < e->span.end; at += len) {
        Rune r = rune_fold(utf8_at(text, at, &len));
        if (!rune_is_digit(r) && r != '.')
            break;
    }
    return (Span){e->span.beg, (uint32_t)at};
}

static void add_edit(struct finder *f, Span at, Dec value)
{
    struct buf b;
    value = dec_trim(value);
    buf_init(&b, f->keep, 64);
    dec_print(&b, value.m, value.scale);
    VEC_PUSH(f->keep, f->edit, f->n, f->cap) = (struct edit){at, buf_str(&b)};
}

static const struct expr *number_of(const struct expr *e)
{
    if (e != NULL && e->kind == EXPR_OP && e->op == OP_NEG)
        e = e->arg[0];
    return e != NULL && e->kind == EXPR_CONST && e->type.kind == TYPE_NUM && e->value.lo != 0
               ? e
               : NULL;
}

/* v * (1 + ppm), as far as six more decimals fit. */
static bool multiply(Dec *d, int32_t ppm)
{
    Wide m;
    if (d->scale + 6 > DEC_SCALE_MAX ||
        !wide_mul(&m, d->m, 0, VARY_MILLION + ppm, 0, 0, ROUND_DOWN))
        return false;
    *d = (Dec){m, d->scale + 6};
    return true;
}

/* A number as it stands, times the factor; its unit stays. */
static void add_number(struct finder *f, const struct expr *e)
{
    Dec d;
    e = number_of(e);
    if (e == NULL)
        return;
    Span at = digits_of(f, e);
    Str text = name_fold(f->keep, str_sub(f->r->text, at.beg, at.end));
    if (text.n > 0 && dec_parse(&d, text, NULL) && multiply(&d, f->ppm))
        add_edit(f, at, d);
}

/* One end of 缩尾: 5% and 95% both cut off 5%. Written anew, without a unit. */
static void add_share(struct finder *f, const struct expr *e)
{
    e = number_of(e);
    if (e == NULL || digits_of(f, e).end == 0)
        return;
    Dec d = {e->value.lo, e->type.scale};
    const Wide one = wide_pow10(d.scale);
    const bool upper = d.m * 2 > one;
    if (upper)
        d.m = one - d.m;
    if (!multiply(&d, f->ppm))
        return;
    if (upper)
        d.m = wide_pow10(d.scale) - d.m;
    add_edit(f, e->span, d);
}

static void add_cells(struct finder *f, const struct table *t)
{
    for (uint32_t i = 0; i < t->row_n; i++)
        for (uint32_t k = 0; k < t->input_n; k++)
            for (uint32_t j = 0; j < t->row[i].cell[k].test_n; j++) {
                add_number(f, t->row[i].cell[k].test[j].lo);
                add_number(f, t->row[i].cell[k].test[j].hi);
            }
}

static void add_args(struct finder *f, const struct expr *e, uint32_t first)
{
    for (uint32_t i = first; i < e->arg_n; i++)
        add_number(f, e->arg[i]);
}

static void find_bounds(void *arg, const struct expr *e)
{
    struct finder *f = arg;
    if (e->kind == EXPR_TABLE)
        add_cells(f, e->table);
    if (e->pop != NULL) {
        add_number(f, e->pop->lo);
        add_number(f, e->pop->hi);
    }
    switch ((int)e->op) {
    case OP_LT:
    case OP_LE:
    case OP_GT:
    case OP_GE: add_args(f, e, 0); break;
    case OP_GOALPOST:
    case OP_ATTAIN:
    case OP_CAP:
    case OP_FLOOR_AT: add_args(f, e, 1); break;
    case OP_CLAMP:
        if (e->arg[1]->span.beg != f->name.beg) /* else a 满分 put around it */
            add_args(f, e, 1);
        break;
    case OP_WINSOR:
        for (uint32_t i = 1; i < e->arg_n; i++)
            add_share(f, e->arg[i]);
        break;
    default: break;
    }
}

static Span section_of(const struct rules *r, const struct item *it)
{
    const struct doc *d = r->doc;
    Span at = {0, 0};
    for (uint32_t i = 1; i < d->section_n; i++) {
        if (d->section[i].line.beg > it->span.beg)
            return (Span){at.beg, d->section[i].line.beg};
        at.beg = d->section[i].line.beg;
    }
    return (Span){at.beg, (uint32_t)r->text.n};
}

static void add_values(struct finder *f, const struct expr *e)
{
    if (e->kind != EXPR_TABLE) {
        add_number(f, e);
        return;
    }
    for (uint32_t i = 0; i < e->table->row_n; i++)
        add_number(f, e->table->row[i].result);
}

uint32_t vary_bounds(struct arena *keep, struct edit **out, const struct rules *r, uint32_t item,
                     int32_t ppm)
{
    const struct item *it = &r->item[item];
    struct finder f = {
        .keep = keep, .r = r, .within = section_of(r, it), .name = it->span, .ppm = ppm};
    struct walker w = {.visit = find_bounds, .arg = &f, .tmp = keep};
    if (it->kind == ITEM_PARAM)
        add_values(&f, it->expr);
    else
        walk_expr(&w, it->expr);
    add_number(&f, it->threshold);
    add_number(&f, it->target);
    *out = f.edit;
    return (uint32_t)f.n;
}

struct edit vary_instead(const struct rules *r, uint32_t item, uint32_t k)
{
    const struct varied *v = &r->item[item].vary;
    return (struct edit){v->place, v->instead[k].s};
}

Str vary_text(struct arena *keep, Str text, struct edit *edit, size_t n)
{
    struct buf b;
    size_t at = 0;
    for (size_t i = 1; i < n; i++) /* few of them */
        for (size_t j = i; j > 0 && edit[j].span.beg < edit[j - 1].span.beg; j--) {
            struct edit swap = edit[j];
            edit[j] = edit[j - 1];
            edit[j - 1] = swap;
        }
    buf_init(&b, keep, BUF_MAX);
    for (size_t i = 0; i < n; i++) {
        if (edit[i].span.beg < at)
            continue;
        buf_add(&b, str_sub(text, at, edit[i].span.beg));
        buf_add(&b, edit[i].text);
        at = edit[i].span.end;
    }
    buf_add(&b, str_sub(text, at, text.n));
    return buf_str(&b);
}
