#include "explain/item.h"

#include "base/buf.h"
#include "base/decimal.h"
#include "eval/cell.h"

enum { USE_DEPTH_MAX = 400 };

const char *item_status(enum rule_status s, enum lang lang)
{
    static const char *const word[][2] = {[STATUS_NONE] = {"状态未写", "status unknown"},
                                          [STATUS_OFFICIAL] = {"官方", "official"},
                                          [STATUS_SECONDARY] = {"二手", "secondary"},
                                          [STATUS_EXAMPLE] = {"示例", "example"}};
    return word[s][lang];
}

void item_rules(struct buf *out, const struct rules *r, enum lang lang)
{
    buf_fmt(out, lang == LANG_ZH ? "【%s】%.*s" : "[%s] %.*s", item_status(r->status, lang),
            STR_ARG(r->name));
    if (r->version.n > 0)
        buf_fmt(out, " %.*s", STR_ARG(r->version));
}

const char *item_kind_name(enum item_kind k, enum lang lang)
{
    static const char *const word[][2] = {
        [ITEM_PARAM] = {"参数", "Param"},         [ITEM_SEGMENT] = {"分组", "Segment"},
        [ITEM_INDICATOR] = {"指标", "Indicator"}, [ITEM_GATE] = {"条件", "Gate"},
        [ITEM_SCORE] = {"评分", "Score"},         [ITEM_GRADE] = {"格次", "Grade"},
        [ITEM_RANK] = {"名次", "Rank"},           [ITEM_PASS] = {"通过", "Pass"},
        [ITEM_POLICY] = {"政策", "Policy"}};
    return word[k][lang];
}

bool item_is_beside(const struct rules *r, uint32_t item)
{
    for (uint32_t i = 0; i < r->item_n; i++)
        if (i != item && ((r->item[i].kind == ITEM_SCORE && r->item[i].pass == (int32_t)item) ||
                          (r->item[i].kind == ITEM_GRADE && r->item[i].rank == (int32_t)item)))
            return true;
    return false;
}

bool item_is_top(const struct rules *r, uint32_t item)
{
    const struct item *it = &r->item[item];
    switch (it->kind) {
    case ITEM_PARAM:
    case ITEM_SEGMENT:
    case ITEM_INDICATOR: return false;
    case ITEM_SCORE: return it->parent < 0;
    case ITEM_GATE:
    case ITEM_GRADE:
    case ITEM_POLICY:
    case ITEM_PASS:
    case ITEM_RANK: return true;
    }
    return false;
}

/* The unit that the figures of a parameter or table are written in. */
static const struct unit *written_unit(const struct expr *e)
{
    while (e != NULL && e->kind == EXPR_OP && (e->op == OP_ROUND || e->op == OP_DEFAULT))
        e = e->arg[0];
    if (e != NULL && e->kind == EXPR_TABLE && e->table->row_n > 0)
        e = e->table->row[0].result;
    return e != NULL && e->kind == EXPR_CONST ? e->unit : NULL;
}

const struct unit *item_unit(const struct item *it)
{
    if (it->show != NULL || it->unit != NULL)
        return it->show != NULL ? it->show : it->unit;
    return it->type.kind == TYPE_NUM ? written_unit(it->expr) : NULL;
}

static bool names_item(const struct expr *e, uint32_t item, int depth)
{
    if (e == NULL || depth > USE_DEPTH_MAX)
        return false;
    if (e->kind == EXPR_ITEM)
        return e->ref == item;
    for (uint32_t i = 0; e->kind == EXPR_OP && i < e->arg_n; i++)
        if (names_item(e->arg[i], item, depth + 1))
            return true;
    return false;
}

bool item_has_parts(const struct rules *r, uint32_t item)
{
    for (uint32_t i = 0; i < r->item_n; i++)
        if (i != item && r->item[i].kind == ITEM_GATE && names_item(r->item[item].expr, i, 0))
            return true;
    return false;
}

bool item_is_part(const struct rules *r, uint32_t item)
{
    for (uint32_t i = 0; i < r->item_n; i++)
        if (i != item && r->item[i].kind == ITEM_GATE && names_item(r->item[i].expr, item, 0))
            return true;
    return false;
}

bool item_is_unknown(const struct item *it, Cell c)
{
    if (it->type.kind == TYPE_TRUTH)
        return c.lo == TRUTH_UNKNOWN;
    return c.lo == -WIDE_INF && c.hi == WIDE_INF;
}
