#include "explain/column.h"

#include "base/buf.h"
#include "base/decimal.h"
#include "explain/explain.h"
#include "explain/item.h"

/* Units that are a power of ten apart from the base unit can be written exactly. */
static bool is_decimal(const struct unit *u, int *shift)
{
    int64_t num = u->num, den = u->den;
    *shift = 0;
    for (; num % 10 == 0; num /= 10)
        ++*shift;
    for (; den % 10 == 0; den /= 10)
        --*shift;
    return num == 1 && den == 1;
}

const struct unit *column_unit(const struct item *it)
{
    const struct unit *u = item_unit(it);
    int shift;
    return u != NULL && is_decimal(u, &shift) ? u : NULL;
}

void column_number(struct buf *out, const struct item *it, Wide m)
{
    const struct unit *u = column_unit(it);
    int shift = 0, scale = it->type.scale;
    if (u != NULL && is_decimal(u, &shift))
        scale += shift;
    Wide wide = m;
    if (scale < 0 && wide_rescale(&wide, m, scale, 0, ROUND_HALF_UP))
        scale = 0;
    dec_print(out, wide, scale);
}

void column_cell(struct buf *out, const struct rules *r, const struct dataset *d, uint32_t item,
                 Cell c, enum lang lang)
{
    const struct item *it = &r->item[item];
    if (it->type.kind != TYPE_NUM) {
        if (it->type.kind == TYPE_TRUTH || !item_is_unknown(it, c))
            cell_print(out, r, d, it->type, NULL, c, lang);
        return;
    }
    if (item_is_unknown(it, c))
        return;
    if (c.lo != -WIDE_INF)
        column_number(out, it, c.lo);
    if (c.lo == c.hi)
        return;
    buf_char(out, '~');
    if (c.hi != WIDE_INF)
        column_number(out, it, c.hi);
}
