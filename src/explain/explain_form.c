/* explain_form.c - how a score got its points: the form in words with its figures, then what was
 * put around it (review, cap, maximum, veto, rounding), as rule/build_score.c wraps it:
 *
 *     round(applies ? (veto ? 0 : clamp(min(blank ? 0 : reviewed(core), cap), 0, max)) : 0)
 */
#include "base/arena.h"
#include "base/buf.h"
#include "base/decimal.h"
#include "base/str.h"
#include "col/dataset.h"
#include "eval/cell.h"
#include "explain/explain_int.h"
#include "rule/read.h"

enum { TEXT_MAX = 1 << 16 };

/* ---- taking the wrapping off ---- */

static bool is_op(const struct expr *e, enum op op)
{
    return e->kind == EXPR_OP && e->op == op;
}

struct layers {
    const struct expr *rounded, *clamped, *capped, *filled, *reviewed, *core;
};

static struct layers layers_of(const struct item *it)
{
    const struct expr *e = it->expr;
    struct layers l = {.rounded = e};
    if (is_op(e, OP_ROUND))
        e = e->arg[0];
    if (it->applies != NULL && is_op(e, OP_IF) && e->arg[0] == it->applies)
        e = e->arg[1];
    if (it->veto != NULL && is_op(e, OP_IF) && e->arg[0] == it->veto)
        e = e->arg[2];
    l.clamped = e;
    if (it->max != NULL && is_op(e, OP_IF) && is_op(e->arg[0], OP_MISSING))
        e = e->arg[2];
    if (it->max != NULL && is_op(e, OP_CLAMP))
        e = e->arg[0];
    l.capped = e;
    if (it->cap != NULL && is_op(e, OP_MIN))
        e = e->arg[0];
    l.filled = e;
    while (is_op(e, OP_IF) && is_op(e->arg[0], OP_UNSETTLED))
        e = e->arg[2];
    l.reviewed = e;
    if (it->review >= 0 && is_op(e, OP_REVIEWED))
        e = e->arg[0];
    l.core = e;
    return l;
}

const struct expr *why_core(const struct item *it)
{
    return layers_of(it).core;
}

/* ---- decision tables ---- */

static Str row_tests(const struct explain *x, const struct table *t, uint32_t row)
{
    struct buf b;
    buf_init(&b, x->arena, TEXT_MAX);
    for (uint32_t i = 0; i < t->input_n; i++) {
        Span at = t->row[row].cell[i].span;
        Str cell = t->md != NULL ? t->md->row[t->row[row].md_row].cell[t->column[i]].s
                                 : str_sub(x->rules->text, at.beg, at.end);
        buf_fmt(&b, "%s%.*s", i > 0 ? " | " : "", STR_ARG(cell));
    }
    return buf_str(&b);
}

/* A unit that the tests of a column are written in, when the input has none of its own. */
static const struct unit *input_unit(const struct explain *x, const struct table *t, uint32_t in)
{
    const struct unit *u = why_unit(x, t->input[in]);
    for (uint32_t i = 0; u == NULL && i < t->row_n; i++)
        for (uint32_t k = 0; u == NULL && k < t->row[i].cell[in].test_n; k++) {
            const struct test *test = &t->row[i].cell[in].test[k];
            const struct expr *end = test->lo != NULL ? test->lo : test->hi;
            u = end != NULL ? why_unit(x, end) : NULL;
        }
    return u;
}

static Str table_inputs(const struct explain *x, const struct table *t)
{
    struct buf b;
    buf_init(&b, x->arena, TEXT_MAX);
    for (uint32_t i = 0; i < t->input_n; i++) {
        const struct expr *e = t->input[i];
        Str value = e->kind == EXPR_FIELD
                        ? why_print(x, e)
                        : why_cell(x, e->type, input_unit(x, t, i), why_value(x, e));
        Str name = t->md != NULL ? t->md->head.cell[t->column[i]].s : why_source(x, e);
        if (e->kind == EXPR_POP && e->op == OP_BOARD)
            name = str_of(EX(x, "名次占比", "share of the ranks"));
        buf_fmt(&b, "%s%.*s", i > 0 ? EX(x, "，", ", ") : "", STR_ARG(why_equals(x, name, value)));
    }
    return buf_str(&b);
}

/* The rows that hold or may, up to the first that surely does. */
static void find_rows(struct explain *x, struct why *w, const struct expr *e)
{
    const struct table *t = e->table;
    enum truth *hit = ARENA_ARRAY(x->arena, enum truth, t->row_n + 1);
    if (!trace_table(x->trace, e, 0, 0, hit))
        return;
    for (uint32_t i = 0; i < t->row_n; i++) {
        if (hit[i] == TRUTH_UNMET || hit[i] == TRUTH_NA)
            continue;
        struct why_row *r = &VEC_PUSH(x->arena, w->row, w->row_n, w->row_cap);
        *r = (struct why_row){.number = (int)(t->md != NULL ? t->row[i].md_row : i) + 1};
        r->tests = row_tests(x, t, i);
        r->result = why_print(x, t->row[i].result);
        if (hit[i] == TRUTH_MET)
            return;
    }
}

/* "可能落在第 2、3 行", "各行都可能" */
static void add_rows(const struct explain *x, struct buf *b, const struct why *w, size_t first,
                     uint32_t row_n)
{
    if (w->row_n - first == row_n) {
        buf_add(b, str_of(EX(x, "各行都可能", "any row may match")));
        return;
    }
    buf_add(b, str_of(EX(x, "可能落在第 ", "may be in row ")));
    for (size_t i = first; i < w->row_n; i++)
        buf_fmt(b, "%s%d", i > first ? EX(x, "、", ", ") : "", w->row[i].number);
    buf_add(b, str_of(EX(x, " 行", "")));
}

void why_table(struct explain *x, struct why *w, const struct expr *e, const char *points)
{
    struct buf b;
    buf_init(&b, x->arena, TEXT_MAX);
    size_t first = w->row_n;
    find_rows(x, w, e);
    size_t n = w->row_n - first;
    Str in = table_inputs(x, e->table);
    buf_fmt(&b, "%.*s%s", STR_ARG(in), in.n > 0 ? EX(x, "，", ", ") : "");
    Str value = why_cell(x, e->type, why_unit(x, e), why_value(x, e));
    if (n == 0) {
        buf_add(&b, str_of(EX(x, "没有一行相符", "no row matches")));
    } else if (n == 1) {
        const struct why_row *r = &w->row[first];
        buf_fmt(&b, EX(x, "命中第 %d 行", "row %d matches"), r->number);
        if (r->tests.n > 0)
            buf_fmt(&b, EX(x, " %.*s", ": %.*s"), STR_ARG(r->tests));
    } else {
        add_rows(x, &b, w, first, e->table->row_n);
    }
    bool unknown = cell_is_open(why_value(x, e));
    why_say(x, w, "%.*s → %.*s%s", STR_ARG(buf_str(&b)), STR_ARG(value), unknown ? "" : points);
}

/* ---- leaves ---- */

static const char *pts(const struct explain *x)
{
    return EX(x, " 分", " points");
}

Str why_points(const struct explain *x, const struct expr *e)
{
    return why_cell(x, e->type, NULL, why_value(x, e));
}

/* The count of units in gain * steps; NULL if the tree is another. */
static const struct expr *steps_in(const struct expr *points)
{
    if (is_op(points, OP_IF))
        points = points->arg[1];
    if (is_op(points, OP_ADD))
        points = points->arg[1];
    return is_op(points, OP_MUL) ? points->arg[1] : NULL;
}

/* "→ 3 份 × 1 = 3 分" */
static Str step_text(struct explain *x, const struct item *it, const struct expr *core)
{
    const struct expr *steps = steps_in(core);
    if (steps == NULL)
        return S("");
    if (cell_is_open(why_value(x, core)))
        return str_of(EX(x, "待定", "not settled"));
    Str n = why_print(x, steps), gain = why_print(x, it->gain);
    Type t = core->type;
    Cell s = why_value(x, steps), g = why_value(x, it->gain), product = CELL_UNKNOWN;
    bool fits = !cell_is_open(s) && !cell_is_open(g) &&
                wide_mul(&product.lo, s.lo, steps->type.scale, g.lo, it->gain->type.scale, t.scale,
                         ROUND_HALF_UP) &&
                wide_mul(&product.hi, s.hi, steps->type.scale, g.hi, it->gain->type.scale, t.scale,
                         ROUND_HALF_UP);
    Str points = why_cell(x, t, NULL, fits ? product : CELL_UNKNOWN);
    return arena_fmt(x->arena, EX(x, "%.*s 份 × %.*s = %.*s 分", "%.*s × %.*s = %.*s points"),
                     STR_ARG(n), STR_ARG(gain), STR_ARG(points));
}

static const char *fraction_word(const struct explain *x, const struct expr *core)
{
    const struct expr *steps = steps_in(core);
    if (steps == NULL || is_op(steps, OP_STEPS))
        return EX(x, "每满", "for each full");
    return is_op(steps, OP_DIV) ? EX(x, "按比例，每", "pro rata, for each")
                                : EX(x, "不足一份算一份，每", "for each begun");
}

static void say_per_unit(struct explain *x, struct why *w, const struct expr *core)
{
    const struct item *it = w->it;
    Str m = why_is(x, it->measure), each = why_print(x, it->each), gain = why_print(x, it->gain);
    why_say(x, w, EX(x, "%.*s，%s %.*s 得 %.*s 分 → %.*s", "%.*s, %s %.*s %.*s points → %.*s"),
            STR_ARG(m), fraction_word(x, core), STR_ARG(each), STR_ARG(gain),
            STR_ARG(step_text(x, it, core)));
}

static void say_step(struct explain *x, struct why *w, const struct expr *core)
{
    const struct item *it = w->it;
    Str m = why_is(x, it->measure), t = why_print(x, it->threshold);
    enum truth over = is_op(core, OP_IF) ? truth_of(why_value(x, core->arg[0])) : TRUTH_UNKNOWN;
    if (over == TRUTH_UNMET) {
        why_say(x, w, EX(x, "%.*s，不到门槛 %.*s → 0 分", "%.*s, below the threshold %.*s → 0"),
                STR_ARG(m), STR_ARG(t));
        return;
    }
    Str base = why_print(x, it->base), each = why_print(x, it->each), gain = why_print(x, it->gain);
    why_say(x, w, EX(x, "%.*s，门槛 %.*s，起步 %.*s 分", "%.*s, threshold %.*s, base %.*s points"),
            STR_ARG(m), STR_ARG(t), STR_ARG(base));
    if (over == TRUTH_MET)
        why_say(x, w,
                EX(x, "超出部分%s %.*s 得 %.*s 分 → %.*s",
                   "beyond it %s %.*s %.*s points → "
                   "%.*s"),
                fraction_word(x, core), STR_ARG(each), STR_ARG(gain),
                STR_ARG(step_text(x, it, core)));
}

static void say_average(struct explain *x, struct why *w, const struct expr *core)
{
    const struct item *it = w->it;
    const struct unit *u = why_unit(x, it->measure);
    Str average = why_cell(x, it->average->type, u, why_value(x, it->average));
    why_say(x, w,
            EX(x, "%.*s，均值 %.*s；等于均值得 %.*s 分", "%.*s, average %.*s; %.*s points at it"),
            STR_ARG(why_is(x, it->measure)), STR_ARG(average), STR_ARG(why_print(x, it->base)));
    why_say(x, w,
            EX(x, "相对均值%s %.*s 加减 %.*s 分 → %.*s",
               "%s %.*s off it %.*s points "
               "→ %.*s"),
            fraction_word(x, core), STR_ARG(why_print(x, it->each)),
            STR_ARG(why_print(x, it->gain)), STR_ARG(step_text(x, it, core)));
}

static void say_ratio(struct explain *x, struct why *w, const struct expr *core)
{
    const struct item *it = w->it;
    bool target = it->form == FORM_TARGET;
    const struct unit *u = why_unit(x, it->measure), *percent = unit_find(S("%"));
    u = u != NULL ? u : why_unit(x, it->target);
    const struct expr *share = is_op(core, OP_MUL) ? core->arg[1] : core;
    Str is = why_cell(x, it->measure->type, u, why_value(x, it->measure));
    Str wanted = why_cell(x, it->target->type, u, why_value(x, it->target));
    why_say(x, w,
            EX(x, "%.*s，%s %.*s，完成 %.*s × 满分 %.*s → %.*s 分",
               "%.*s, %s %.*s, %.*s of %.*s → %.*s points"),
            STR_ARG(why_equals(x, why_source(x, it->measure), is)),
            target ? EX(x, "目标", "target") : EX(x, "标准", "standard"), STR_ARG(wanted),
            STR_ARG(why_cell(x, share->type, percent, why_value(x, share))),
            STR_ARG(why_print(x, it->max)), STR_ARG(why_points(x, core)));
}

/* One sentence a row that brings something, or whose count is not known. */
static void say_pairs(struct explain *x, struct why *w)
{
    for (uint32_t i = 0; i < w->it->pair_n; i++) {
        const struct pair *p = &w->it->pair[i];
        Cell a = why_value(x, p->a);
        bool flag = w->it->form == FORM_FLAGS;
        if (w->it->blank_zero && !cell_is_definite(p->a->type.kind, a)) {
            why_say(x, w, EX(x, "%.*s：缺数，按零分计", "%.*s: missing, counted as no points"),
                    STR_ARG(p->label));
            continue;
        }
        if (flag ? truth_of(a) == TRUTH_UNMET : a.lo == 0 && a.hi == 0)
            continue;
        why_say(x, w,
                flag ? EX(x, "%.*s：%.*s，得 %.*s 分", "%.*s: %.*s, %.*s points")
                     : EX(x, "%.*s：%.*s × %.*s 分", "%.*s: %.*s × %.*s points"),
                STR_ARG(p->label), STR_ARG(why_print(x, p->a)), STR_ARG(why_print(x, p->b)));
    }
    if (w->how_n == 0)
        why_say(x, w, "%s", EX(x, "没有一项计分", "nothing counts here"));
}

static void say_leaf(struct explain *x, struct why *w, const struct expr *core)
{
    if (w->it->form == FORM_FORMULA && why_taken(x, core)->kind != EXPR_CONST)
        core = why_taken(x, core);
    if (core->kind == EXPR_TABLE) {
        why_table(x, w, core, pts(x));
        return;
    }
    switch (w->it->form) {
    case FORM_STEP: say_step(x, w, core); return;
    case FORM_PER_UNIT: say_per_unit(x, w, core); return;
    case FORM_CATEGORY:
    case FORM_FLAGS: say_pairs(x, w); return;
    case FORM_TARGET:
    case FORM_STANDARD: say_ratio(x, w, core); return;
    case FORM_AVERAGE: say_average(x, w, core); return;
    case FORM_INDEX:
        why_say(x, w, EX(x, "%.*s，定基指数 %.*s", "%.*s, index %.*s"),
                STR_ARG(why_is(x, w->it->measure)), STR_ARG(why_points(x, core)));
        return;
    case FORM_EXPERT: return; /* say_review */
    case FORM_NONE:
    case FORM_GROUP:
    case FORM_BAND:
    case FORM_FORMULA: break;
    }
    if (core->kind == EXPR_CONST)
        why_say(x, w, EX(x, "定为 %.*s 分", "set at %.*s points"), STR_ARG(why_points(x, core)));
    else
        why_say(x, w, "%.*s%s", STR_ARG(why_equals(x, why_source(x, core), why_points(x, core))),
                cell_is_open(why_value(x, core)) ? "" : pts(x));
}

/* ---- what is put around ---- */

static void say_review(struct explain *x, struct why *w, struct layers l)
{
    Cell raw = why_value(x, l.core), given = why_value(x, l.reviewed);
    Str range = why_points(x, l.core);
    if (w->it->review >= 0 && raw.lo != raw.hi) {
        const struct field *f = &x->rules->field[w->it->review];
        const struct column *c = dataset_find(x->res->data, (uint32_t)w->it->review, COL_NO_PERIOD);
        if (c != NULL && column_has(c, x->row))
            why_say(x, w,
                    EX(x, "专家在 %.*s 间评定 %.*s 分（%.*s）", "judged within %.*s: %.*s (%.*s)"),
                    STR_ARG(range), STR_ARG(why_cell(x, l.reviewed->type, NULL, given)),
                    STR_ARG(f->name));
        else
            why_say(x, w, EX(x, "待专家在 %.*s 间评定（%.*s）", "to be judged within %.*s (%.*s)"),
                    STR_ARG(range), STR_ARG(f->name));
        return;
    }
    bool judged = w->it->form == FORM_EXPERT || (w->missing_n == 0 && w->row_n == 1);
    if (judged && raw.lo != raw.hi && !cell_is_open(raw))
        why_say(x, w, EX(x, "待专家在 %.*s 间评定", "to be judged within %.*s"), STR_ARG(range));
}

static void say_limits(struct explain *x, struct why *w, struct layers l)
{
    const struct item *it = w->it;
    Cell before = why_value(x, l.filled), capped = why_value(x, l.capped);
    Str from = why_cell(x, l.filled->type, NULL, before);
    if (it->cap != NULL && !cell_is_open(before) &&
        wide_cmp(before.hi, l.filled->type.scale, capped.hi, l.capped->type.scale) > 0)
        why_say(x, w, EX(x, "封顶 %.*s 分：%.*s → %.*s", "cap %.*s: %.*s → %.*s"),
                STR_ARG(why_print(x, it->cap)), STR_ARG(from), STR_ARG(why_points(x, l.capped)));
    if (it->max == NULL || cell_is_open(capped) || l.clamped == l.capped)
        return;
    Cell held = why_value(x, l.clamped);
    int s = l.capped->type.scale, t = l.clamped->type.scale;
    if (wide_cmp(capped.hi, s, held.hi, t) > 0)
        why_say(x, w,
                EX(x, "超过满分，按 %.*s 分计（原 %.*s）",
                   "above the maximum, counted as %.*s (was %.*s)"),
                STR_ARG(why_points(x, l.clamped)),
                STR_ARG(why_cell(x, l.capped->type, NULL, capped)));
    else if (wide_cmp(capped.lo, s, held.lo, t) < 0)
        why_say(
            x, w, EX(x, "低于 0，按 %.*s 分计（原 %.*s）", "below 0, counted as %.*s (was %.*s)"),
            STR_ARG(why_points(x, l.clamped)), STR_ARG(why_cell(x, l.capped->type, NULL, capped)));
}

static void say_switches(struct explain *x, struct why *w)
{
    const struct item *it = w->it;
    enum truth veto = it->veto == NULL ? TRUTH_UNMET : truth_of(why_value(x, it->veto));
    if (veto == TRUTH_MET)
        why_say(x, w, EX(x, "一票否决（%.*s）→ 0 分", "vetoed (%.*s) → 0"),
                STR_ARG(why_source(x, it->veto)));
    else if (veto != TRUTH_UNMET && veto != TRUTH_NA)
        why_say(x, w, EX(x, "是否一票否决未定：%.*s", "veto not settled: %.*s"),
                STR_ARG(why_source(x, it->veto)));
    enum truth part = why_takes_part(x, it);
    if (part == TRUTH_UNMET)
        why_say(x, w, EX(x, "不适用，不参加汇总（%.*s）", "does not apply (%.*s)"),
                STR_ARG(why_source(x, it->applies)));
    else if (part != TRUTH_MET)
        why_say(x, w, EX(x, "是否适用未定：%.*s", "applies? not settled: %.*s"),
                STR_ARG(why_source(x, it->applies)));
}

static void say_rounding(struct explain *x, struct why *w, struct layers l)
{
    static const char *const how[][2] = {[ROUND_HALF_UP] = {"四舍五入", "half up"},
                                         [ROUND_HALF_EVEN] = {"四舍六入五成双", "half to even"},
                                         [ROUND_DOWN] = {"舍去尾数", "towards zero"},
                                         [ROUND_UP] = {"进一", "away from zero"},
                                         [ROUND_FLOOR] = {"向下取整", "down"},
                                         [ROUND_CEIL] = {"向上取整", "up"}};
    if (l.rounded == l.clamped || !is_op(l.rounded, OP_ROUND))
        return;
    Cell before = why_value(x, l.rounded->arg[0]), after = w->value;
    int s = l.rounded->arg[0]->type.scale, t = w->it->type.scale;
    if (cell_is_open(before) || cell_is_open(after) ||
        (wide_cmp(before.lo, s, after.lo, t) == 0 && wide_cmp(before.hi, s, after.hi, t) == 0))
        return;
    why_say(x, w, EX(x, "保留 %d 位小数（%s）", "to %d decimals (%s)"), w->it->digits,
            how[w->it->how][x->lang]);
}

void why_form(struct explain *x, struct why *w)
{
    const struct item *it = w->it;
    struct layers l = layers_of(it);
    if (it->max != NULL) {
        w->has_max = true;
        w->max = why_value(x, it->max);
        w->max_type = it->max->type;
    }
    say_switches(x, w);
    if (it->child_n == 0 && why_takes_part(x, it) == TRUTH_UNMET) {
        why_facts(x, w, it->applies);
        return;
    }
    if (it->child_n > 0) {
        why_parts(x, w);
        if (it->agg == OP_NONE)
            say_leaf(x, w, l.core);
        else
            why_group(x, w, l.core);
    } else {
        say_leaf(x, w, l.core);
    }
    bool blank =
        l.filled != l.reviewed && !cell_same(why_value(x, l.filled), why_value(x, l.reviewed));
    if (blank)
        why_say(x, w, "%s", EX(x, "缺数，按规则计零分", "missing, no points by the rule"));
    else
        say_review(x, w, l);
    say_limits(x, w, l);
    say_rounding(x, w, l);
    why_facts(x, w, it->expr);
    if (it->pass >= 0)
        w->pass = why_item(x, (uint32_t)it->pass);
}
