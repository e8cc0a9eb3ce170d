/* check_walk.c - every expression of a document, and how the checks print what they found. */
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "check/check_int.h"
#include "rule/make.h"

void check_walk(const struct checker *c, walk_visit *visit, void *arg)
{
    struct walker w = {.visit = visit, .arg = arg, .tmp = c->tmp};
    const struct rules *r = c->r;
    for (uint32_t i = 0; i < r->field_n; i++)
        walk_pop(&w, r->field[i].blank_by);
    for (uint32_t i = 0; i < r->item_n; i++) {
        const struct item *it = &r->item[i];
        struct expr *const part[] = {it->expr, it->max, it->weight, it->minimum, it->veto,
                                     it->cap,  it->by,  it->when,   it->amount,  it->applies};
        walk_list(&w, part, ARRAY_N(part));
        walk_list(&w, it->vary.expr, it->vary.of == NULL ? 0 : it->vary.instead_n);
        for (uint32_t k = 0; k < it->instalment_n; k++)
            walk_expr(&w, it->instalment[k].a);
    }
}

bool check_const(const struct expr *e, Dec *out)
{
    if (e == NULL)
        return false;
    if (e->type.kind != TYPE_DAY)
        return expr_const_num(e, &out->m, &out->scale);
    *out = (Dec){e->value.lo, 0};
    return e->kind == EXPR_CONST && e->value.lo == e->value.hi;
}

static bool add_label(const struct checker *c, struct labels_of *out, uint32_t code)
{
    if (out->n == LABELS_MAX)
        return false;
    VEC_PUSH(c->tmp, out->code, out->n, out->cap) = code;
    return true;
}

static bool add_labels(const struct checker *c, struct labels_of *out, const uint32_t *code,
                       size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!add_label(c, out, code[i]))
            return false;
    return n > 0;
}

bool check_labels(const struct checker *c, const struct expr *e, struct labels_of *out)
{
    if (e->type.kind != TYPE_TEXT)
        return false;
    switch ((int)e->kind) {
    case EXPR_CONST: return add_label(c, out, e->ref);
    case EXPR_ITEM: return add_labels(c, out, c->label[e->ref].code, c->label[e->ref].n);
    case EXPR_AT: return check_labels(c, e->arg[0], out);
    case EXPR_FIELD: {
        const struct field *f = &c->r->field[e->ref];
        return add_labels(c, out, f->option, f->option_n);
    }
    case EXPR_TABLE:
        for (uint32_t i = 0; i < e->table->row_n; i++)
            if (!check_labels(c, e->table->row[i].result, out))
                return false;
        return true;
    case EXPR_OP:
        return e->op == OP_IF && check_labels(c, e->arg[1], out) && check_labels(c, e->arg[2], out);
    default: return false;
    }
}

/* Merges [lo, mid) and [mid, hi) of `from` into `to`. */
static void merge(char *to, const char *from, const size_t at[3], size_t size, check_order *order)
{
    size_t i = at[0], j = at[1];
    for (size_t k = at[0]; k < at[2]; k++) {
        bool left = j == at[2] || (i < at[1] && order(from + i * size, from + j * size) <= 0);
        memcpy(to + k * size, from + (left ? i++ : j++) * size, size);
    }
}

void check_sort(struct arena *tmp, void *v, size_t n, size_t size, check_order *order)
{
    if (n < 2)
        return;
    char *from = v, *to = arena_alloc(tmp, n, size, _Alignof(max_align_t));
    for (size_t width = 1; width < n; width *= 2) {
        for (size_t lo = 0; lo < n; lo += 2 * width) {
            size_t mid = lo + width < n ? lo + width : n;
            size_t hi = mid + width < n ? mid + width : n;
            merge(to, from, (const size_t[]){lo, mid, hi}, size, order);
        }
        char *swap = from;
        from = to;
        to = swap;
    }
    if (from != v)
        memcpy(v, from, n * size);
}

Str check_source_text(const struct checker *c, Span at)
{
    return str_trim(str_sub(c->r->text, at.beg, at.end));
}

void check_print(struct buf *out, const struct checker *c, Dec d, const struct unit *unit)
{
    Wide m = d.m;
    int scale = d.scale;
    if (unit != NULL && d.m != 0) {
        scale = d.scale + 4 < DEC_SCALE_MAX ? d.scale + 4 : DEC_SCALE_MAX;
        if (!wide_rescale(&m, d.m, d.scale, scale, ROUND_HALF_UP) ||
            !wide_muldiv(&m, m, unit->den, unit->num, ROUND_HALF_UP)) {
            m = d.m;
            scale = d.scale;
            unit = NULL;
        }
    }
    dec_print(out, m, scale);
    if (unit != NULL && d.m != 0)
        buf_add(out, str_of(c->r->english ? unit->en : unit->zh));
}
