/* explain_text.c - the tree of reasons on a terminal: box drawing, wrapped lines, no colours. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/decimal.h"
#include "base/str.h"
#include "base/utf8.h"
#include "col/dataset.h"
#include "eval/cell.h"
#include "explain/explain_int.h"
#include "explain/layout.h"

enum { COLUMNS = 100, CLAUSE_MAX = 400, LIST_COLUMNS = 72, TEXT_MAX = 1 << 20 };

struct pen {
    struct buf *out;
    const struct explain *x;
    Str prefix; /* before each line */
};

/* A paragraph behind the prefix; later lines are indented by `hang`. */
static void write_text(const struct pen *p, Str text, size_t hang)
{
    struct buf b;
    buf_init(&b, p->x->arena, TEXT_MAX);
    size_t used = utf8_width(p->prefix) + hang;
    layout_wrap(&b, text, 0, used < COLUMNS ? COLUMNS - used : 1);
    Str rest = buf_str(&b);
    for (bool first = true; rest.n > 0; first = false) {
        buf_add(p->out, p->prefix);
        buf_fill(p->out, ' ', first ? 0 : hang);
        buf_add(p->out, str_cut(&rest, '\n'));
        buf_char(p->out, '\n');
    }
}

static struct pen deeper(const struct pen *p, const char *more)
{
    struct pen next = *p;
    next.prefix = arena_fmt(p->x->arena, "%.*s%s", STR_ARG(p->prefix), more);
    return next;
}

static const char *mark(enum truth t)
{
    static const char *const marks[] = {[TRUTH_UNMET] = "✗",
                                        [TRUTH_MET] = "✓",
                                        [TRUTH_UNKNOWN] = "?",
                                        [TRUTH_MANUAL] = "☐",
                                        [TRUTH_NA] = "－"};
    return marks[t];
}

static void write_checks(const struct pen *p, const struct why *w)
{
    const struct explain *x = p->x;
    for (size_t i = 0; i < w->check_n; i++) {
        const struct why_check *c = &w->check[i];
        const char *open = EX(x, "（", " ("), *close = EX(x, "）", ")");
        const char *note = c->truth == TRUTH_MANUAL && c->values.n == 0
                               ? EX(x, "（待人判断）", " (a person has to decide)")
                               : "";
        Str text = arena_fmt(x->arena, "%s %.*s%s%.*s%s%s", mark(c->truth), STR_ARG(c->text),
                             c->values.n > 0 ? open : "", STR_ARG(c->values),
                             c->values.n > 0 ? close : "", note);
        struct pen in = *p;
        for (int d = 0; d < c->depth; d++)
            in = deeper(&in, "  ");
        write_text(&in, text, 2);
    }
}

static bool has(Str text, Str part)
{
    return str_find(text, part) < text.n;
}

/* "name = " at the start or behind a comma or colon, not as the end of a longer expression. */
static bool tells(Str text, Str look)
{
    size_t at = str_find(text, look);
    Str before = str_sub(text, 0, at);
    return at < text.n && (at == 0 || str_ends(before, S("，")) || str_ends(before, S("：")) ||
                           str_ends(before, S(", ")) || str_ends(before, S(": ")));
}

/* Did a sentence or a condition show the fact already? */
static bool is_said(const struct explain *x, const struct why *w, const struct field *f)
{
    if (w->it->kind == ITEM_SCORE && w->it->review >= 0 && &x->rules->field[w->it->review] == f)
        return true; /* the sentence about the experts */
    Str look = arena_fmt(x->arena, "%.*s = ", STR_ARG(f->name));
    for (size_t i = 0; i < w->how_n; i++)
        if (tells(w->how[i], look))
            return true;
    for (size_t i = 0; i < w->check_n; i++)
        if (tells(w->check[i].values, look) ||
            (w->check[i].field >= 0 && &x->rules->field[w->check[i].field] == f) ||
            (f->type.kind == TYPE_TRUTH && has(w->check[i].text, f->name)))
            return true;
    return f->ftype == FIELD_JUDGED; /* the mark before its condition */
}

static void write_period(struct buf *b, const struct field *f, int period)
{
    if (f->period == PERIOD_YEAR)
        buf_fmt(b, "@%d", period);
    if (f->period == PERIOD_QUARTER)
        buf_fmt(b, "@%dQ%d", period / 4, period % 4 + 1);
}

/* A run of facts of one field: "销售收入@2023~2025 3000万元、4000万元、5000万元"
"", or where years are
 * left out "销售收入@2023 3000万元、@2025 5000万元". */
static size_t write_run(const struct explain *x, struct buf *b, const struct why *w, size_t from)
{
    const struct field *field = &x->rules->field[w->fact[from].fact.field];
    size_t to = from + 1;
    bool whole = field->period == PERIOD_YEAR;
    for (; to < w->fact_n && w->fact[to].fact.field == w->fact[from].fact.field; to++)
        whole &= w->fact[to].fact.period == w->fact[to - 1].fact.period + 1;
    buf_fmt(b, "%s%.*s", b->n > 0 ? EX(x, "；", "; ") : "", STR_ARG(field->name));
    for (size_t i = from; i < to; i++) {
        if (i > from)
            buf_add(b, str_of(EX(x, "、", ", ")));
        if (i == from || !whole)
            write_period(b, field, w->fact[i].fact.period);
        if (i == from && whole && to > from + 1)
            buf_fmt(b, "~%d", w->fact[to - 1].fact.period);
        if (i == from || !whole)
            buf_char(b, ' ');
        buf_add(b, why_fact_text(x, &w->fact[i]));
    }
    return to;
}

static void write_facts(const struct pen *p, const struct why *w)
{
    const struct explain *x = p->x;
    struct buf b;
    buf_init(&b, x->arena, TEXT_MAX);
    for (size_t i = 0; i < w->fact_n;) {
        const struct why_fact *f = &w->fact[i];
        bool alone = i + 1 == w->fact_n || w->fact[i + 1].fact.field != f->fact.field;
        bool plain = f->state == FACT_GIVEN || f->state == FACT_MISSING;
        if (f->state == FACT_PERSON ||
            (alone && plain && is_said(x, w, &x->rules->field[f->fact.field])))
            i++;
        else
            i = write_run(x, &b, w, i);
    }
    if (b.n > 0)
        write_text(p, arena_fmt(x->arena, EX(x, "数据：%.*s", "facts: %.*s"), STR_ARG(buf_str(&b))),
                   6);
}

/* The clause in one line, cut when it is very long; then where the rule comes from. */
static void write_clause(const struct pen *p, const struct why *w)
{
    const struct explain *x = p->x;
    const struct item *it = w->it;
    struct buf b;
    buf_init(&b, x->arena, TEXT_MAX);
    if (it->clause.n > 0) {
        for (size_t i = 0; i < it->clause.n; i++)
            buf_char(&b, it->clause.p[i] == '\n' ? ' ' : it->clause.p[i]);
        Str clause = layout_cut(x->arena, buf_str(&b), CLAUSE_MAX);
        write_text(
            p, arena_fmt(x->arena, EX(x, "条文：「%.*s」", "clause: “%.*s”"), STR_ARG(clause)), 6);
        b.n = 0;
    }
    if (it->source.n > 0)
        buf_fmt(&b, EX(x, "出处：%.*s", "source: %.*s"), STR_ARG(it->source));
    if (it->certainty.n > 0 && b.n > 0)
        buf_fmt(&b, EX(x, "（确度 %.*s）", " (certainty %.*s)"), STR_ARG(it->certainty));
    if (it->status != x->rules->status)
        buf_fmt(&b, EX(x, "【%s】", " [%s]"), item_status(it->status, x->lang));
    if (b.n > 0)
        write_text(p, buf_str(&b), 6);
}

static Str shown_value(const struct explain *x, const struct why *w)
{
    const struct unit *show = item_unit(w->it);
    return why_cell(x, w->it->type, show, w->value);
}

/* "88 / 100", "符合", "B" and how it stands in the parent. */
static Str headline(const struct explain *x, const struct why *w)
{
    struct buf b;
    buf_init(&b, x->arena, TEXT_MAX);
    if (w->it->kind == ITEM_GATE || w->it->kind == ITEM_PASS)
        buf_fmt(&b, "%s ", mark(truth_of(w->value)));
    if (w->it->kind == ITEM_RANK && !cell_is_open(w->value))
        buf_fmt(&b, EX(x, "第 %.*s 名", "%.*s"), STR_ARG(shown_value(x, w)));
    else
        buf_add(&b, shown_value(x, w));
    if (w->has_max)
        buf_fmt(&b, " / %.*s", STR_ARG(why_cell(x, w->max_type, NULL, w->max)));
    if (w->has_weight)
        buf_fmt(&b, EX(x, "，权重 %.*s", ", weight %.*s"),
                STR_ARG(why_cell(x, w->weight_type, why_unit(x, w->it->weight), w->weight)));
    if (w->it->bonus)
        buf_add(&b, str_of(EX(x, "（加分）", " (bonus)")));
    if (w->it->deduction)
        buf_add(&b, str_of(EX(x, "（扣分）", " (deduction)")));
    if (w->aside)
        buf_add(&b, str_of(EX(x, "（未选）", " (not chosen)")));
    return buf_str(&b);
}

/* Where the rule stands in the document. */
static Str place(const struct explain *x, const struct why *w)
{
    Span at = w->it->clause.n > 0 ? w->it->clause_span : w->it->span;
    return arena_fmt(x->arena, EX(x, "  〔第 %zu 行〕", "  [line %zu]"), why_line(x, at));
}

static void write_body(const struct pen *p, const struct why *w);

static void write_beside(const struct pen *p, const struct why *w, const char *label)
{
    if (w == NULL)
        return;
    Str text =
        arena_fmt(p->x->arena, "%s%s%.*s", label, EX(p->x, "：", ": "), STR_ARG(headline(p->x, w)));
    write_text(p, text, 0);
    struct pen in = deeper(p, "  ");
    for (size_t i = 0; i < w->how_n; i++)
        write_text(&in, w->how[i], 0);
    write_checks(&in, w);
}

static void write_uses(const struct pen *p, const struct why *w)
{
    for (const struct why *u = w->use.first; u != NULL; u = u->next) {
        Str text = arena_fmt(p->x->arena, "· %s %.*s%.*s", item_kind_name(u->it->kind, p->x->lang),
                             STR_ARG(why_equals(p->x, u->it->name, shown_value(p->x, u))),
                             STR_ARG(place(p->x, u)));
        write_text(p, text, 2);
        struct pen in = deeper(p, "  ");
        write_body(&in, u);
    }
}

static void write_parts(const struct pen *p, const struct why *w)
{
    for (const struct why *part = w->part.first; part != NULL; part = part->next) {
        bool last = part->next == NULL;
        struct pen head = deeper(p, last ? "└─ " : "├─ ");
        struct pen body = deeper(p, last ? "   " : "│  ");
        Str text = arena_fmt(p->x->arena, "%.*s  %.*s%.*s", STR_ARG(part->it->name),
                             STR_ARG(headline(p->x, part)), STR_ARG(place(p->x, part)));
        write_text(&head, text, 0);
        struct pen in = part->part.first != NULL ? deeper(&body, "│ ") : deeper(&body, "  ");
        struct why leaf = *part;
        leaf.part = (struct why_list){0};
        write_body(&in, &leaf);
        write_parts(&body, part);
    }
}

static void write_body(const struct pen *p, const struct why *w)
{
    for (size_t i = 0; i < w->how_n; i++)
        write_text(p, w->how[i], 2);
    write_checks(p, w);
    write_facts(p, w);
    write_beside(p, w->pass, EX(p->x, "通过", "passes"));
    write_beside(p, w->rank, EX(p->x, "名次", "rank"));
    write_uses(p, w);
    write_clause(p, w);
    write_parts(p, w);
}

/* What the item waits for: figures, then opinions. */
static void write_missing(const struct pen *p, const struct why *w)
{
    const struct explain *x = p->x;
    for (int person = 0; person < 2; person++) {
        Str list = why_missing(x, w, person == 1);
        const char *label =
            person ? EX(x, "待评定：", "to be judged: ") : EX(x, "尚缺：", "missing: ");
        if (list.n > 0)
            write_text(p, arena_fmt(x->arena, "%s%.*s", label, STR_ARG(list)), person ? 8 : 6);
    }
}

static void write_top(const struct pen *p, const struct why *w)
{
    const struct explain *x = p->x;
    buf_char(p->out, '\n');
    Str text = arena_fmt(x->arena, "%s %.*s%s%.*s%.*s", item_kind_name(w->it->kind, x->lang),
                         STR_ARG(w->it->name), EX(x, "：", ": "), STR_ARG(headline(x, w)),
                         STR_ARG(place(x, w)));
    write_text(p, text, 0);
    struct pen in = deeper(p, "  ");
    write_missing(&in, w);
    write_body(&in, w);
}

static void write_heading(struct buf *out, const struct explain *x)
{
    const struct rules *r = x->rules;
    const struct dataset *d = x->res->data;
    Str name = d->name == NULL ? S("") : d->name[x->row];
    if (name.n > 0)
        buf_fmt(out, EX(x, "%.*s（%.*s）\n", "%.*s (%.*s)\n"), STR_ARG(name),
                STR_ARG(d->id[x->row]));
    else
        buf_fmt(out, "%.*s\n", STR_ARG(d->id[x->row]));
    item_rules(out, r, x->lang);
    buf_fmt(out, EX(x, "，评价期 %d，评价日 ", ", period %d, as of "), x->res->opts.period);
    day_print(out, x->res->opts.as_of);
    buf_fmt(out, EX(x, "；规则见 %.*s\n", "; rules in %.*s\n"), STR_ARG(r->file));
}

void explain_text(struct buf *out, const struct explain *x)
{
    struct pen p = {.out = out, .x = x, .prefix = S("")};
    write_heading(out, x);
    for (const struct why *w = x->top.first; w != NULL; w = w->next)
        write_top(&p, w);
}
