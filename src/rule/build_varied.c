/* build_varied.c - 浮动 and 备选: which assumptions of a section `geci robust` may try. */
#include "rule/build_int.h"

enum { INSTEAD_MAX = 16 };

static void read_vary(struct builder *b, const struct attribute *a, struct varied *v)
{
    struct expr *e = parse_expr(b->keep, a->value, b->diags);
    Wide m, ppm;
    int scale;
    if (e == NULL)
        return;
    if (!expr_const_num(e, &m, &scale) || !wide_rescale(&ppm, m, scale, 6, ROUND_HALF_UP) ||
        ppm < 0 || ppm >= 1000000) {
        build_value_error(b, a, "0%~100%");
        return;
    }
    v->given = true;
    v->ppm = (uint32_t)ppm;
}

/* One way to add up. */
static bool read_aggregate(struct builder *b, const struct attribute *a, struct parser *p)
{
    if (p->lx.tok.kind == TOK_NAME && word_find(WORD_AGGREGATES, p->lx.tok.text, NULL) != W_NONE) {
        lex_next(&p->lx);
        return true;
    }
    build_value_error(b, a, "合计 加权 算术平均 几何平均 调和平均 取大 取小");
    return false;
}

/* 几何平均; 取小     x / 2; 取大(x, 1) */
static void read_instead(struct builder *b, const struct attribute *a, struct varied *v,
                         bool aggregates)
{
    struct parser p;
    parse_open(&p, b->keep, a->value, b->diags);
    v->instead = ARENA_ARRAY(b->keep, Text, INSTEAD_MAX);
    v->expr = ARENA_ARRAY(b->keep, struct expr *, INSTEAD_MAX);
    uint32_t n = 0;
    do {
        if (n == INSTEAD_MAX) {
            (void)parse_fail(&p, "最多 16 个备选 at most 16 alternatives");
            return;
        }
        Text *one = &v->instead[n];
        one->span.beg = p.lx.tok.span.beg;
        bool read = aggregates ? read_aggregate(b, a, &p) : (v->expr[n] = parse_one(&p)) != NULL;
        if (!read)
            return;
        one->span.end = p.lx.tok.kind == TOK_END ? a->value.span.end : p.lx.tok.span.beg;
        one->s = str_trim(str_sub(b->doc->text, one->span.beg, one->span.end));
        n++;
    } while (parse_take(&p, ';'));
    if (p.lx.tok.kind != TOK_END)
        (void)parse_fail(&p, "；");
    v->instead_n = n;
}

/* A group that does not say how it adds up: the attribute is put behind its heading. */
static void say_aggregate(struct builder *b, const struct section *s, struct varied *v)
{
    v->place = (Span){s->line.end, s->line.end};
    for (uint32_t i = 0; i < v->instead_n; i++)
        v->instead[i].s =
            arena_fmt(b->keep, "\n- %s: %.*s\n", word_text(W_AGGREGATE, b->r->english).p,
                      (int)v->instead[i].s.n, v->instead[i].s.p);
}

void build_varied(struct builder *b, struct item *it, const struct section *s, enum word key,
                  struct expr *of)
{
    const struct attribute *vary = attr_of(s, W_VARY), *instead = attr_of(s, W_INSTEAD),
                           *place = key == W_NONE ? NULL : attr_of(s, key);
    const bool aggregates = key == W_AGGREGATE;
    if (vary != NULL)
        read_vary(b, vary, &it->vary);
    if (instead == NULL)
        return;
    if ((place == NULL && !aggregates) || (aggregates && it->agg == OP_NONE)) {
        (void)diag_add(b->diags, DIAG_KEY_PLACE, instead->key.span, instead->key.s, s->title.s,
                       NO_ARG);
        return;
    }
    read_instead(b, instead, &it->vary, aggregates);
    it->vary.of = of;
    if (place != NULL)
        it->vary.place = place->value.span;
    else
        say_aggregate(b, s, &it->vary);
}
