/* open.c - what a document says of its policies beyond their amounts: groups, caps, steps,
 * levels. */
#include "base/arena.h"
#include "base/decimal.h"
#include "base/str.h"
#include "entitle/entitle_int.h"
#include "rule/lex.h"
#include "rule/read.h"
#include "rule/words.h"

struct reader {
    struct arena *keep;
    struct diags *ds;
    const struct rules *r;
    struct entitle *e;
    uint64_t capped; /* policies that are under some cap */
};

static bool is_money(Type t)
{
    return t.kind == TYPE_NUM && dim_is(t.dim, DIM_YUAN);
}

static void bad_value(struct reader *x, const struct attribute *a, const char *wanted)
{
    (void)diag_add(x->ds, DIAG_VALUE_BAD, a->value.span, a->key.s, a->value.s, str_of(wanted));
}

static const struct attribute *attribute(const struct section *s, enum word key)
{
    for (uint32_t i = 0; i < s->attr_n; i++)
        if (s->attr[i].word == key)
            return &s->attr[i];
    return NULL;
}

/* ---- steps ---- */

static bool fen_of(Wide m, int scale, int64_t *fen)
{
    Wide v;
    if (!wide_rescale(&v, m, scale, ENTITLE_FEN_DECIMALS, ROUND_HALF_UP) || v < 0 || v > BEST_OPEN)
        return false;
    *fen = (int64_t)v;
    return true;
}

static int months_of(Str label)
{
    static const struct {
        const char *zh, *en;
        int months;
    } every[] = {{"每月", "monthly", 1}, {"每季", "quarterly", 3}, {"每年", "yearly", 12}};
    for (size_t i = 0; i < ARRAY_N(every); i++)
        if (str_eq(label, str_of(every[i].zh)) || str_eq(label, str_of(every[i].en)))
            return every[i].months;
    return 0;
}

static void step_waits_for(const struct reader *x, struct step *s)
{
    s->gate = rule_find_item(x->r, s->label);
    s->fact = -1;
    if (s->gate >= 0 && x->r->item[s->gate].type.kind != TYPE_TRUTH)
        s->gate = -1;
    int32_t f = s->gate < 0 ? rule_find_field(x->r, s->label) : -1;
    if (f >= 0 && x->r->field[f].type.kind == TYPE_TRUTH)
        s->fact = f;
}

static bool read_step(struct reader *x, const struct pair *in, struct step *out)
{
    const struct expr *e = in->a;
    Wide v;
    *out = (struct step){.label = in->label, .months = months_of(in->label)};
    step_waits_for(x, out);
    if (e->kind != EXPR_CONST || e->value.lo != e->value.hi)
        return false;
    if (is_money(e->type)) {
        out->form = STEP_AMOUNT;
        return fen_of(e->value.lo, e->type.scale, &out->value) && out->value > 0;
    }
    out->form = STEP_SHARE;
    if (!dim_is_none(e->type.dim) ||
        !wide_rescale(&v, e->value.lo, e->type.scale, ENTITLE_SHARE_DECIMALS, ROUND_HALF_UP) ||
        v <= 0 || v > ENTITLE_WHOLE)
        return false;
    out->value = (int64_t)v;
    return true;
}

static void read_steps(struct reader *x, struct policy *p)
{
    const struct item *it = &x->r->item[p->item];
    int64_t shares = 0;
    p->step = ARENA_ARRAY(x->keep, struct step, it->instalment_n + 1);
    for (uint32_t i = 0; i < it->instalment_n && it->instalment[i].a != NULL; i++) {
        struct step *s = &p->step[p->step_n++];
        if (!read_step(x, &it->instalment[i], s))
            (void)diag_add(
                x->ds, DIAG_VALUE_BAD, it->instalment[i].span, S("分期"),
                str_sub(x->r->text, it->instalment[i].span.beg, it->instalment[i].span.end),
                S("50%; 5000元 / constants"));
        shares += s->form == STEP_SHARE ? s->value : 0;
    }
    if (shares != 0 && shares != ENTITLE_WHOLE)
        (void)diag_add(x->ds, DIAG_VALUE_BAD, it->span, S("分期"), it->name,
                       S("合计 100% / 100 % in all"));
}

/* ---- levels ---- */

/* What stands before the next of the marks, full-width or not; *rest becomes what is after it. */
static Str cut_mark(Str *rest, char mark, const char *wide)
{
    size_t at = str_find(*rest, (Str){&mark, 1}), far = str_find(*rest, str_of(wide));
    size_t n = at < far ? at : far;
    Str before = str_trim(str_sub(*rest, 0, n));
    size_t skip = n == rest->n ? 0 : at < far ? 1 : str_of(wide).n;
    *rest = str_sub(*rest, n + skip, rest->n);
    return before;
}

static bool read_party(struct party *out, Str text)
{
    size_t digits = text.n;
    Dec d;
    while (digits > 0 && text.p[digits - 1] >= '0' && text.p[digits - 1] <= '9')
        digits--;
    out->name = str_trim(str_sub(text, 0, digits));
    if (out->name.n == 0 || !dec_parse(&d, str_sub(text, digits, text.n), NULL) || d.m <= 0 ||
        d.m > ENTITLE_WHOLE)
        return false;
    out->weight = (int64_t)d.m;
    return true;
}

/* `苏州 1: 张家港 2；合计`. Something else stays text that nobody counts with. */
static void read_parties(struct reader *x, struct policy *p)
{
    Str basis = x->r->item[p->item].linked, list = cut_mark(&basis, ';', "；");
    basis = str_trim(basis);
    p->party = ARENA_ARRAY(x->keep, struct party, ENTITLE_PARTIES_MAX);
    while (list.n > 0 && p->party_n < ENTITLE_PARTIES_MAX)
        if (!read_party(&p->party[p->party_n++], cut_mark(&list, ':', "：")))
            list = S("");
    if (p->party_n < 2 || p->party[p->party_n - 1].weight == 0)
        p->party_n = 0;
    if (str_eq(basis, S("合计")) || str_eq(basis, S("total")))
        p->basis = LINK_TOTAL;
    if (str_eq(basis, S("首方")) || str_eq(basis, S("first")))
        p->basis = LINK_FIRST;
}

/* ---- policies ---- */

static void read_policy(struct reader *x, uint32_t item)
{
    const struct item *it = &x->r->item[item];
    struct policy *p = &x->e->policy[x->e->policy_n++];
    *p = (struct policy){.item = item, .when = -1, .group = -1};
    p->source = it->source.n > 0 ? it->source : x->r->source_n > 0 ? x->r->source[0].text : S("");
    const struct attribute *a = attribute(&x->r->doc->section[0], W_CERTAINTY);
    p->certainty = it->certainty.n > 0 || a == NULL ? it->certainty : a->value.s;
    if (it->cap != NULL && it->cap->kind == EXPR_CONST && is_money(it->cap->type) &&
        it->cap->value.lo == it->cap->value.hi)
        p->has_cap = fen_of(it->cap->value.lo, it->cap->type.scale, &p->cap_fen);
    if (!is_money(it->type))
        p->apart = true;
    read_steps(x, p);
    read_parties(x, p);
}

/* A gate for each condition, which has no name: whoever lists gates does not show it. */
static void add_gates(struct reader *x)
{
    struct rules *r = ARENA_NEW(x->keep, struct rules);
    *r = *x->r;
    r->item = ARENA_ARRAY(x->keep, struct item, r->item_n + x->e->policy_n + 1);
    r->order = ARENA_ARRAY(x->keep, uint32_t, r->item_n + x->e->policy_n + 1);
    for (uint32_t i = 0; i < x->r->item_n; i++) {
        r->item[i] = x->r->item[i];
        r->order[i] = x->r->order[i];
    }
    for (uint32_t i = 0; i < x->e->policy_n; i++) {
        struct policy *p = &x->e->policy[i];
        const struct item *it = &x->r->item[p->item];
        if (it->when == NULL)
            continue;
        p->when = (int32_t)r->item_n;
        r->item[r->item_n] = (struct item){.kind = ITEM_GATE,
                                           .span = it->span,
                                           .type = it->when->type,
                                           .expr = it->when,
                                           .status = it->status,
                                           .parent = -1,
                                           .review = -1,
                                           .pass = -1,
                                           .rank = -1,
                                           .on_unknown = TRUTH_UNKNOWN};
        r->order[r->item_n] = r->item_n;
        r->item_n++;
    }
    x->e->rules = r;
}

/* ---- groups ---- */

static struct group *group_named(struct reader *x, Str name)
{
    for (uint32_t i = 0; i < x->e->group_n; i++)
        if (str_eq(x->e->group[i].name, name))
            return &x->e->group[i];
    struct group *g = &x->e->group[x->e->group_n++];
    *g = (struct group){.name = name, .mode = STACK_UNSTATED};
    return g;
}

static bool read_cap(struct reader *x, const struct attribute *a, int64_t *fen)
{
    struct lexer lx;
    Wide v;
    lex_open(&lx, x->keep, a->value, x->ds);
    const struct unit *u = lx.tok.unit;
    if (lx.tok.kind == TOK_NUM && u != NULL && dim_is(u->dim, DIM_YUAN) &&
        wide_muldiv(&v, lx.tok.num.m, u->num, u->den, ROUND_HALF_UP) &&
        fen_of(v, lx.tok.num.scale, fen)) {
        lex_next(&lx);
        if (lx.tok.kind == TOK_END)
            return true;
    }
    bad_value(x, a, "50万元");
    return false;
}

static void read_mode(struct reader *x, const struct attribute *a, struct group *g)
{
    switch ((int)word_find(WORD_STACKINGS, a->value.s, NULL)) {
    case W_K_HIGHEST: g->mode = STACK_HIGHEST; return;
    case W_K_TOP_UP: g->mode = STACK_TOP_UP; return;
    case W_K_SUM: g->mode = STACK_SUM; return;
    case W_K_UNSTATED: return;
    default: break;
    }
    g->apart = str_eq(a->value.s, S("不计入合计")) || str_eq(a->value.s, S("apart"));
    if (!g->apart)
        bad_value(x, a, "就高不重复 补差 可叠加 未明确 不计入合计");
}

static int64_t policy_named(const struct reader *x, Str name)
{
    for (uint32_t i = 0; i < x->e->policy_n; i++)
        if (str_eq(x->r->item[x->e->policy[i].item].name, name))
            return i;
    return -1;
}

static void read_members(struct reader *x, const struct attribute *a, struct group *g)
{
    struct lexer lx;
    for (lex_open(&lx, x->keep, a->value, x->ds); lx.tok.kind != TOK_END; lex_next(&lx)) {
        if (lex_is(&lx, ';'))
            continue;
        /* a name may have brackets: everything up to the next ; */
        size_t beg = lx.tok.span.beg, end = lx.tok.span.end;
        for (; lx.tok.kind != TOK_END && !lex_is(&lx, ';'); lex_next(&lx))
            end = lx.tok.span.end;
        Str name = name_fold(x->keep, str_sub(x->r->text, beg, end));
        int64_t at = policy_named(x, name);
        if (at < 0)
            (void)diag_add(x->ds, DIAG_NAME_UNKNOWN, (Span){(uint32_t)beg, (uint32_t)end}, name,
                           NO_ARG, NO_ARG);
        else
            g->member |= (uint64_t)1 << at;
        if (lx.tok.kind == TOK_END)
            return;
    }
}

static void read_group(struct reader *x, const struct section *s, Str name)
{
    const struct attribute *mode = attribute(s, W_MODE), *cap = attribute(s, W_CAP),
                           *members = attribute(s, W_MEMBERS), *note = attribute(s, W_NOTE);
    if (str_eq(name, S("全部")) || str_eq(name, S("all"))) {
        x->e->has_cap = cap != NULL && read_cap(x, cap, &x->e->cap_fen);
        return;
    }
    struct group *g = group_named(x, name);
    if (mode != NULL)
        read_mode(x, mode, g);
    if (cap != NULL)
        g->has_cap = read_cap(x, cap, &g->cap_fen);
    if (members != NULL)
        read_members(x, members, g);
    g->note = note == NULL ? S("") : note->value.s;
    if (g->member == 0)
        (void)diag_add(x->ds, DIAG_NAME_UNKNOWN, s->title.span, name, NO_ARG, NO_ARG);
}

/* 叠加组 of the policies; they agree on 叠加, or a `## 叠加` says it for all. */
static void join_groups(struct reader *x)
{
    for (uint32_t i = 0; i < x->e->policy_n; i++) {
        const struct item *it = &x->r->item[x->e->policy[i].item];
        if (it->stacking_group.n == 0)
            continue;
        struct group *g = group_named(x, it->stacking_group);
        g->member |= (uint64_t)1 << i;
        if (it->stacking != STACK_UNSTATED)
            g->mode = it->stacking;
    }
}

static void read_groups(struct reader *x)
{
    const struct doc *d = x->r->doc;
    x->e->group = ARENA_ARRAY(x->keep, struct group, x->e->policy_n + d->section_n + 1);
    join_groups(x);
    for (uint32_t i = 1; i < d->section_n; i++) {
        Str rest = d->section[i].title.s, kind = str_cut(&rest, ' ');
        if (d->section[i].level == 2 && word_find(WORD_KIND, kind, NULL) == W_STACKS)
            read_group(x, &d->section[i], name_fold(x->keep, str_trim(rest)));
    }
}

/* ---- what excludes what ---- */

static bool one_only(enum stacking mode, enum reading r)
{
    return mode == STACK_HIGHEST || mode == STACK_TOP_UP ||
           (mode == STACK_UNSTATED && r != READ_SUM);
}

static void use_group(struct reader *x, uint32_t at, struct best_problem p[READ_N])
{
    struct group *g = &x->e->group[at];
    if (g->has_cap) {
        if ((x->capped & g->member) != 0)
            (void)diag_add(x->ds, DIAG_VALUE_BAD, x->r->item[0].span, S("叠加"), g->name,
                           S("一项政策只在一个有“最高”的组里 / one cap a policy"));
        x->capped |= g->member;
        x->e->cap[x->e->cap_n++] = (struct best_cap){g->member, g->cap_fen};
    }
    for (uint32_t i = 0; i < x->e->policy_n; i++) {
        if ((g->member >> i & 1) == 0)
            continue;
        struct policy *one = &x->e->policy[i];
        one->group = one->group < 0 ? (int32_t)at : one->group;
        one->apart |= g->apart;
        for (int r = 0; r < READ_N; r++)
            if (!g->apart && one_only(g->mode, (enum reading)r))
                p[r].excludes[i] |= g->member & ~((uint64_t)1 << i);
    }
}

static void tie(struct reader *x)
{
    struct best_problem p[READ_N];
    for (int r = 0; r < READ_N; r++)
        p[r] = (struct best_problem){.n = x->e->policy_n};
    x->e->cap = ARENA_ARRAY(x->keep, struct best_cap, x->e->group_n + 1);
    for (uint32_t i = 0; i < x->e->group_n; i++)
        use_group(x, i, p);
    for (uint32_t i = 0; i < x->e->policy_n; i++)
        if (!x->e->policy[i].apart)
            x->e->counted |= (uint64_t)1 << i;
    for (int r = 0; r < READ_N; r++) {
        p[r].cap = x->e->cap;
        p[r].cap_n = x->e->cap_n;
        best_open(&x->e->best[r], &p[r]);
    }
}

enum status entitle_open(struct arena *keep, struct entitle **out, const struct rules *r,
                         struct diags *ds)
{
    size_t before = ds->error_n;
    struct reader x = {.keep = keep, .ds = ds, .r = r, .e = ARENA_NEW(keep, struct entitle)};
    uint32_t n = 0;
    *out = x.e;
    for (uint32_t i = 0; i < r->item_n; i++)
        n += r->item[i].kind == ITEM_POLICY;
    if (n > BEST_MAX)
        return diag_add(ds, DIAG_VALUE_BAD, r->item[0].span, S("政策"), r->name,
                        S("一份文档最多64项政策 / at most 64 policies a document"));
    x.e->policy = ARENA_ARRAY(keep, struct policy, n + 1);
    for (uint32_t i = 0; i < r->item_n; i++)
        if (r->item[i].kind == ITEM_POLICY && r->item[i].expr != NULL)
            read_policy(&x, i);
    add_gates(&x);
    read_groups(&x);
    tie(&x);
    return ds->error_n == before ? OK : ERR_INPUT;
}

const char *entitle_reading_name(enum reading r, enum lang lang)
{
    static const char *const name[READ_N][2] = {
        {"就高不重复", "highest only"}, {"补差", "top up"}, {"可叠加", "sum"}};
    return name[r][lang];
}
