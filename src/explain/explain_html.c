/* explain_html.c - the tree of reasons as one HTML fragment: nested <details>, its style scoped to
 * its class, everything from documents and data escaped. Needs no script and no other file.
 */
#include "base/arena.h"
#include "base/buf.h"
#include "base/decimal.h"
#include "base/str.h"
#include "col/dataset.h"
#include "eval/cell.h"
#include "explain/explain_int.h"

static const char style[] =
    "<style>\n"
    ".geci-explain{font:15px/1.6 system-ui,\"Noto Sans CJK SC\",\"Microsoft YaHei\",sans-serif;"
    "max-width:60rem}\n"
    ".geci-explain details{border-left:2px solid #d0d7de;padding-left:.8em;margin:.4em 0}\n"
    ".geci-explain summary{cursor:pointer}\n"
    ".geci-explain ul{margin:.2em 0;padding-left:1.2em}\n"
    ".geci-explain blockquote{margin:.3em 0;padding-left:.6em;border-left:3px solid #bf8700;"
    "color:#57606a}\n"
    ".geci-explain .value{font-weight:600;font-variant-numeric:tabular-nums}\n"
    ".geci-explain .badge{border:1px solid;border-radius:.8em;padding:0 .6em;font-size:.85em}\n"
    ".geci-explain .met{color:#1a7f37}.geci-explain .unmet{color:#cf222e}\n"
    ".geci-explain .unknown,.geci-explain .manual{color:#9a6700}\n"
    ".geci-explain .where,.geci-explain .na{color:#57606a;font-size:.9em}\n"
    ".geci-explain .d1{margin-left:1em}.geci-explain .d2{margin-left:2em}"
    ".geci-explain .d3{margin-left:3em}\n"
    "</style>\n";

static void esc(struct buf *b, Str s)
{
    for (size_t i = 0; i < s.n; i++) {
        switch (s.p[i]) {
        case '&': buf_add(b, S("&amp;")); break;
        case '<': buf_add(b, S("&lt;")); break;
        case '>': buf_add(b, S("&gt;")); break;
        case '"': buf_add(b, S("&quot;")); break;
        case '\'': buf_add(b, S("&#39;")); break;
        default: buf_char(b, s.p[i]);
        }
    }
}

static const char *truth_class(enum truth t)
{
    static const char *const word[] = {[TRUTH_UNMET] = "unmet",
                                       [TRUTH_MET] = "met",
                                       [TRUTH_UNKNOWN] = "unknown",
                                       [TRUTH_MANUAL] = "manual",
                                       [TRUTH_NA] = "na"};
    return word[t];
}

static void element(struct buf *b, const char *tag, const char *cls, Str text)
{
    buf_fmt(b, "<%s class=\"%s\">", tag, cls);
    esc(b, text);
    buf_fmt(b, "</%s>", tag);
}

static void write_value(struct buf *b, const struct explain *x, const struct why *w)
{
    const struct unit *show = item_unit(w->it);
    Str value = why_cell(x, w->it->type, show, w->value);
    const char *cls = "value";
    if (w->it->type.kind == TYPE_TRUTH)
        cls = arena_fmt(x->arena, "value %s", truth_class(truth_of(w->value))).p;
    element(b, "span", cls, value);
    if (w->has_max) {
        buf_add(b, S(" / "));
        esc(b, why_cell(x, w->max_type, NULL, w->max));
    }
    if (w->has_weight) {
        buf_add(b, str_of(EX(x, "，权重 ", ", weight ")));
        esc(b, why_cell(x, w->weight_type, why_unit(x, w->it->weight), w->weight));
    }
}

static void write_checks(struct buf *b, const struct explain *x, const struct why *w)
{
    for (size_t i = 0; i < w->check_n; i++) {
        const struct why_check *c = &w->check[i];
        Str word = why_cell(x, (Type){.kind = TYPE_TRUTH}, NULL, cell_truth(c->truth));
        buf_fmt(b, "<li class=\"d%d\">", c->depth);
        element(b, "span", truth_class(c->truth), word);
        buf_char(b, ' ');
        esc(b, c->text);
        if (c->values.n > 0) {
            buf_char(b, ' ');
            element(b, "span", "where", c->values);
        }
        buf_add(b, S("</li>\n"));
    }
}

static void write_facts(struct buf *b, const struct explain *x, const struct why *w)
{
    for (size_t i = 0; i < w->fact_n; i++) {
        const struct field *field = &x->rules->field[w->fact[i].fact.field];
        buf_add(b, S("<li class=\"where\">"));
        esc(b, field->name);
        if (field->period == PERIOD_YEAR)
            buf_fmt(b, "@%d", w->fact[i].fact.period);
        buf_add(b, str_of(EX(x, "：", ": ")));
        esc(b, why_fact_text(x, &w->fact[i]));
        buf_add(b, S("</li>\n"));
    }
}

static void write_origin(struct buf *b, const struct explain *x, const struct why *w)
{
    const struct item *it = w->it;
    for (int person = 0; person < 2; person++) {
        Str list = why_missing(x, w, person == 1);
        if (list.n == 0)
            continue;
        buf_fmt(b, "<p class=\"unknown\">%s",
                person ? EX(x, "待评定：", "to be judged: ") : EX(x, "尚缺：", "missing: "));
        esc(b, list);
        buf_add(b, S("</p>\n"));
    }
    if (it->clause.n > 0) {
        buf_add(b, S("<blockquote>"));
        esc(b, it->clause);
        buf_add(b, S("</blockquote>\n"));
    }
    buf_add(b, S("<p class=\"where\">"));
    esc(b, x->rules->file);
    buf_fmt(b, ":%zu", why_line(x, it->clause.n > 0 ? it->clause_span : it->span));
    if (it->source.n > 0) {
        buf_add(b, str_of(EX(x, "，来源：", ", source: ")));
        esc(b, it->source);
    }
    if (it->certainty.n > 0) {
        buf_add(b, str_of(EX(x, "，确度 ", ", certainty ")));
        esc(b, it->certainty);
    }
    buf_add(b, S("</p>\n"));
}

static void write_node(struct buf *b, const struct explain *x, const struct why *w, bool open)
{
    if (w == NULL)
        return;
    buf_fmt(b, "<details%s><summary>", open ? " open" : "");
    esc(b, str_of(item_kind_name(w->it->kind, x->lang)));
    buf_char(b, ' ');
    esc(b, w->it->name);
    buf_add(b, str_of(EX(x, "：", ": ")));
    write_value(b, x, w);
    buf_add(b, S("</summary>\n<ul>\n"));
    for (size_t i = 0; i < w->how_n; i++) {
        buf_add(b, S("<li>"));
        esc(b, w->how[i]);
        buf_add(b, S("</li>\n"));
    }
    write_checks(b, x, w);
    write_facts(b, x, w);
    buf_add(b, S("</ul>\n"));
    write_origin(b, x, w);
    write_node(b, x, w->pass, true);
    write_node(b, x, w->rank, true);
    for (const struct why *u = w->use.first; u != NULL; u = u->next)
        write_node(b, x, u, false);
    for (const struct why *p = w->part.first; p != NULL; p = p->next)
        write_node(b, x, p, true);
    buf_add(b, S("</details>\n"));
}

void explain_html(struct buf *out, const struct explain *x)
{
    const struct rules *r = x->rules;
    const struct dataset *d = x->res->data;
    buf_fmt(out, "<section class=\"geci-explain\" lang=\"%s\">\n%s<h2>", EX(x, "zh-CN", "en"),
            style);
    if (d->name != NULL && d->name[x->row].n > 0) {
        esc(out, d->name[x->row]);
        buf_char(out, ' ');
    }
    element(out, "small", "where", d->id[x->row]);
    buf_add(out, S("</h2>\n<p>"));
    element(out, "span", "badge", str_of(item_status(r->status, x->lang)));
    buf_char(out, ' ');
    esc(out, r->name);
    if (r->version.n > 0)
        buf_char(out, ' ');
    esc(out, r->version);
    buf_fmt(out, EX(x, "，评价期 %d，评价日 ", ", period %d, as of "), x->res->opts.period);
    day_print(out, x->res->opts.as_of);
    buf_add(out, S("</p>\n"));
    for (const struct why *w = x->top.first; w != NULL; w = w->next)
        write_node(out, x, w, true);
    buf_add(out, S("</section>\n"));
}
