/* map.c - see map.h. A name is taken apart into name, unit and period, put together as load/head.h
 * reads it, and head_read has the last word. */
#include "sheet/map.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/csv.h"
#include "base/str.h"
#include "base/utf8.h"
#include "field/unit.h"
#include "load/head.h"
#include "rule/lex.h"

enum { WORDS_MAX = 6, NEAR_CAP = 3, YEAR_DIGITS = 4 };

static const char *const synonyms[][WORDS_MAX] = {
#define SYNONYM(...) {__VA_ARGS__},
#include "sheet/synonym_list.h"
#undef SYNONYM
};

/* A name of a column, taken apart. */
struct parts {
    Str name;   /* without blanks, marks, unit and period; folded */
    Str unit;   /* empty: none */
    Str period; /* 2024, 2024Q3; empty: none */
};

struct mapper {
    struct arena *keep;
    const struct rules *r;
    const struct found *t;
    struct mapping *m;
    Str *plain;                             /* names of the fields as parts have them */
    int *family;                            /* their rows of the synonyms, or -1 */
    Str word[ARRAY_N(synonyms)][WORDS_MAX]; /* as parts have them */
};

/* ---- names taken apart ---- */

/* Folded, without what people add: blanks, stars of duty, colons at the end. */
static Str plain_of(struct arena *a, Str s)
{
    struct buf b;
    size_t len;
    char bytes[4] = {0};
    buf_init(&b, a, 4096);
    for (size_t at = 0; at < s.n; at += len) {
        Rune r = rune_fold(utf8_at(s, at, &len));
        if (r > ' ' && r != '*' && r != 0x3000 && r != 0xA0 && r != 0xFEFF)
            buf_add(&b, (Str){bytes, utf8_encode(bytes, r)});
    }
    Str out = buf_str(&b);
    while (out.n > 0 && (out.p[out.n - 1] == ':' || out.p[out.n - 1] == ','))
        out.n--;
    return out;
}

static bool digits4(Str s)
{
    bool ok = s.n >= YEAR_DIGITS && (s.p[0] == '1' || s.p[0] == '2');
    for (size_t i = 0; ok && i < YEAR_DIGITS; i++)
        ok = s.p[i] >= '0' && s.p[i] <= '9';
    return ok;
}

static bool eat(Str *s, Str word)
{
    if (!str_starts(*s, word))
        return false;
    *s = str_sub(*s, word.n, s->n);
    return true;
}

/* "2024", "2024年", "2024年度", "2024Q3", "2024年第三季度" at the start of *s; *s moves behind. */
static bool eat_period(struct arena *a, Str *s, Str *period)
{
    static const char *const quarters[] = {"一", "二", "三", "四", "1", "2", "3", "4"};
    Str rest = *s;
    if (!digits4(rest))
        return false;
    Str year = str_sub(rest, 0, YEAR_DIGITS);
    rest = str_sub(rest, YEAR_DIGITS, rest.n);
    if (rest.n > 0 && rest.p[0] >= '0' && rest.p[0] <= '9')
        return false;
    bool marked = eat(&rest, S("年度")) || eat(&rest, S("年"));
    Str behind = rest;
    bool q = eat(&behind, S("Q")) || eat(&behind, S("q")) || eat(&behind, S("第")) || marked;
    for (size_t i = 0; q && i < ARRAY_N(quarters); i++) {
        Str end = behind;
        bool letter = !marked && rest.n > 0 && (rest.p[0] | 32) == 'q';
        if (eat(&end, str_of(quarters[i])) && (eat(&end, S("季度")) || letter)) {
            *period = arena_fmt(a, "%.*sQ%d", (int)year.n, year.p, (int)(i % 4) + 1);
            *s = end;
            return true;
        }
    }
    *period = year;
    *s = rest;
    return marked || rest.n == 0;
}

/* Is all of it a period? */
static bool is_period(struct arena *a, Str s, Str *period)
{
    return eat_period(a, &s, period) && s.n == 0;
}

/* "(..)" at the end: a unit, a period, or a remark that is dropped. */
static bool cut_bracket(struct arena *a, struct parts *p)
{
    if (!str_ends(p->name, S(")")))
        return false;
    size_t open = p->name.n;
    while (open > 0 && p->name.p[open - 1] != '(')
        open--;
    if (open <= 1)
        return false;
    Str inside = str_sub(p->name, open, p->name.n - 1), unit = inside;
    (void)(eat(&unit, S("单位:")) || eat(&unit, S("单位")));
    Str period;
    if (unit_find(unit) != NULL)
        p->unit = unit;
    else if (is_period(a, inside, &period))
        p->period = period;
    p->name = str_sub(p->name, 0, open - 1);
    return true;
}

/* A period in front or behind: 2024年研发费用, 研发费用2024年, 研发费用@2024. */
static void cut_period(struct arena *a, struct parts *p)
{
    Str rest = p->name, period;
    if (p->period.n == 0 && eat_period(a, &rest, &period) && rest.n > 0) {
        p->period = period;
        (void)(eat(&rest, S("/")) || eat(&rest, S("的")) || eat(&rest, S("-")));
        p->name = rest;
        return;
    }
    for (size_t at = 1; p->period.n == 0 && at + YEAR_DIGITS <= p->name.n; at++) {
        Str tail = str_sub(p->name, at, p->name.n);
        if (!digits4(tail) || !is_period(a, tail, &period))
            continue;
        p->period = period;
        while (at > 1 && (p->name.p[at - 1] == '@' || p->name.p[at - 1] == '/' ||
                          p->name.p[at - 1] == '-' || p->name.p[at - 1] == '_'))
            at--;
        p->name = str_sub(p->name, 0, at);
    }
}

static struct parts take_apart(struct arena *a, Str head)
{
    struct parts p = {.name = plain_of(a, head), .unit = {"", 0}, .period = {"", 0}};
    cut_period(a, &p);
    while (cut_bracket(a, &p))
        ;
    cut_period(a, &p);
    return p;
}

/* ---- which field ---- */

static int32_t field_named(const struct mapper *x, Str name)
{
    for (uint32_t i = 0; i < x->r->field_n; i++)
        if (str_eq(x->plain[i], name))
            return (int32_t)i;
    return -1;
}

/* Row of the synonyms that has the word, or -1. */
static int synonym_of(const struct mapper *x, Str word)
{
    for (size_t i = 0; i < ARRAY_N(synonyms); i++)
        for (int k = 0; k < WORDS_MAX; k++)
            if (word.n > 0 && str_eq(x->word[i][k], word))
                return (int)i;
    return -1;
}

static int32_t field_like(const struct mapper *x, Str name)
{
    int family = synonym_of(x, name);
    for (uint32_t i = 0; family >= 0 && i < x->r->field_n; i++)
        if (x->family[i] == family)
            return (int32_t)i;
    return -1;
}

/* "研发费用万元": a unit without brackets, if a field is left. */
static int32_t field_and_unit(const struct mapper *x, struct parts *p)
{
    for (size_t at = 1; at < p->name.n; at++) {
        Str front = str_sub(p->name, 0, at), back = str_sub(p->name, at, p->name.n);
        int32_t field = unit_find(back) == NULL ? -1 : field_named(x, front);
        if (field < 0)
            continue;
        p->name = front;
        p->unit = back;
        return field;
    }
    return -1;
}

/* Behind the last '/' of a header of several rows; a period in front of it stays known. */
static int32_t field_of_last(const struct mapper *x, struct parts *p)
{
    size_t at = p->name.n;
    while (at > 0 && p->name.p[at - 1] != '/')
        at--;
    if (at == 0)
        return -1;
    struct parts last = take_apart(x->keep, str_sub(p->name, at, p->name.n));
    struct parts first = take_apart(x->keep, str_sub(p->name, 0, at - 1));
    Str period = p->period.n > 0 ? p->period : last.period.n > 0 ? last.period : first.period;
    /* 研发费用/2024年: the lower row is the period alone */
    bool swapped = is_period(x->keep, last.name, &period) || last.name.n == 0;
    int32_t field = field_named(x, swapped ? first.name : last.name);
    if (field < 0)
        field = field_like(x, swapped ? first.name : last.name);
    p->period = period;
    if (p->unit.n == 0)
        p->unit = last.unit.n > 0 ? last.unit : first.unit;
    return field;
}

/* The column as load/head.h reads it, the sheet's own unit added where it fits. */
static bool compose(const struct mapper *x, struct map_column *c, const struct parts *p)
{
    const struct field *f = &x->r->field[c->field];
    struct head h;
    struct buf b;
    const struct unit *u = x->t->unit;
    buf_init(&b, x->keep, 4096);
    buf_add(&b, f->name);
    if (f->ftype == FIELD_NUM && p->unit.n > 0)
        buf_fmt(&b, "(%.*s)", (int)p->unit.n, p->unit.p);
    else if (f->ftype == FIELD_NUM && u != NULL && dim_eq(u->dim, f->type.dim) &&
             !dim_is_none(u->dim))
        buf_fmt(&b, "(%s)", u->zh);
    if (p->period.n > 0 && f->period != PERIOD_NONE)
        buf_fmt(&b, "@%.*s", (int)p->period.n, p->period.p);
    c->head = buf_str(&b);
    return head_read(x->keep, &h, x->r, c->head, (Span){0, 0}, NULL) == OK && h.field >= 0;
}

static void suggest(const struct mapper *x, struct map_column *c, const struct parts *p)
{
    size_t least = NEAR_CAP;
    Str name = p->name;
    int32_t near = -1;
    for (uint32_t i = 0; i < x->r->field_n; i++) {
        size_t far = str_distance(x->plain[i], name, least);
        if (far < least && far * 2 < utf8_count(name)) {
            least = far;
            near = (int32_t)i;
        }
    }
    if (near < 0)
        return;
    struct map_column would = {.field = near};
    c->how = MAP_NEAR;
    c->near = x->r->field[near].name;
    c->would = compose(x, &would, p) ? would.head : c->near;
}

static struct map_column map_one(const struct mapper *x, Str head)
{
    struct map_column c = {.field = -1, .head = head, .lost = -1};
    struct head h;
    if (head_read(x->keep, &h, x->r, head, (Span){0, 0}, NULL) == OK && h.field >= 0) {
        struct parts p = {.unit = {"", 0}, .period = {"", 0}};
        c.field = h.field;
        c.how = MAP_EXACT;
        if (h.as.unit == x->r->field[h.field].unit && !h.has_year &&
            str_eq(h.name, name_fold(x->keep, head)))
            (void)compose(x, &c, &p); /* the sheet's unit may hold */
        return c;
    }
    struct parts p = take_apart(x->keep, head);
    c.field = field_named(x, p.name);
    if (c.field < 0)
        c.field = field_and_unit(x, &p);
    Str asked = p.name; /* 是否高企 */
    if (c.field < 0 && eat(&asked, S("是否")))
        c.field = field_named(x, asked);
    c.how = MAP_FOLDED;
    if (c.field < 0 && (c.field = field_of_last(x, &p)) < 0) {
        c.field = field_like(x, p.name);
        c.how = MAP_SYNONYM;
    }
    if (c.field >= 0 && compose(x, &c, &p))
        return c;
    c = (struct map_column){.field = -1, .head = head, .lost = -1};
    suggest(x, &c, &p);
    return c;
}

/* ---- the id, the name ---- */

static Str alone(struct arena *a, Str head)
{
    return take_apart(a, head).name;
}

/* The column named so, or else meant so; UINT32_MAX: none. */
static uint32_t find_column(const struct mapper *x, Str name)
{
    Str plain = plain_of(x->keep, name);
    int family = synonym_of(x, plain);
    uint32_t like = UINT32_MAX;
    for (uint32_t i = 0; i < x->t->column_n && plain.n > 0; i++) {
        Str head = alone(x->keep, x->t->head[i]);
        if (str_eq(head, plain))
            return i;
        if (like == UINT32_MAX && family >= 0 && synonym_of(x, head) == family)
            like = i;
    }
    return like;
}

/* A column of running numbers is no id while there is another. */
static bool runs(const struct mapper *x, uint32_t at)
{
    Str head = alone(x->keep, x->t->head[at]);
    return str_eq(head, S("序号")) || str_eq(head, S("No.")) || str_eq(head, S("分组"));
}

static void find_id_and_name(struct mapper *x)
{
    struct mapping *m = x->m;
    const struct rules *r = x->r;
    m->id_at = find_column(x, r->id_field);
    if (m->id_at == UINT32_MAX && r->id_field.n == 0)
        m->id_at = find_column(x, S("统一社会信用代码"));
    if (m->id_at == UINT32_MAX && r->id_field.n == 0)
        m->id_at = find_column(x, S("编号"));
    m->name_at = find_column(x, r->name_field.n > 0 ? r->name_field : S("企业名称"));
    for (uint32_t i = 0; m->id_at == UINT32_MAX && r->id_field.n == 0 && i < x->t->column_n; i++)
        if (!runs(x, i) && m->column[i].field < 0)
            m->id_at = i;
    if (m->id_at != UINT32_MAX) {
        struct map_column *c = &m->column[m->id_at];
        c->how = MAP_ID;
        c->head = r->id_field.n > 0 && c->field < 0 ? r->id_field : c->head;
    }
    if (m->name_at != UINT32_MAX && m->name_at != m->id_at) {
        struct map_column *c = &m->column[m->name_at];
        c->how = c->field >= 0 ? c->how : MAP_NAME;
        c->head = r->name_field.n > 0 && c->field < 0 ? r->name_field : c->head;
    }
}

/* ---- who keeps a field ---- */

static bool same_target(const struct map_column *a, const struct map_column *b)
{
    size_t pa = str_find(a->head, S("@")), pb = str_find(b->head, S("@"));
    return a->field >= 0 && a->field == b->field &&
           str_eq(str_sub(a->head, pa, a->head.n), str_sub(b->head, pb, b->head.n));
}

static void settle(struct mapper *x)
{
    uint32_t n = x->t->column_n;
    for (uint32_t i = 0; i < n; i++) {
        struct map_column *c = &x->m->column[i];
        for (uint32_t k = 0; k < n && c->field >= 0; k++) {
            const struct map_column *d = &x->m->column[k];
            bool better = d->how > c->how || (d->how == c->how && k < i);
            if (k == i || d->lost >= 0 || !better || !same_target(c, d))
                continue;
            c->lost = (int32_t)k;
            c->field = -1;
            c->how = MAP_NONE;
            c->head = x->t->head[i];
        }
    }
}

/* How many columns are fields, and which fields have none. */
static void count_fields(struct arena *keep, struct mapping *m, const struct rules *r,
                         const struct found *t)
{
    bool *has = ARENA_ARRAY(keep, bool, r->field_n + 1);
    m->absent = ARENA_ARRAY(keep, uint32_t, r->field_n + 1);
    m->field_n = m->absent_n = 0;
    for (uint32_t i = 0; i < t->column_n; i++)
        if (m->column[i].field >= 0) {
            has[m->column[i].field] = true;
            m->field_n++;
        }
    for (uint32_t i = 0; i < r->field_n; i++)
        if (!has[i] && r->field[i].used && !r->field[i].implied)
            m->absent[m->absent_n++] = i;
}

void map_columns(struct arena *keep, struct mapping *out, const struct rules *r,
                 const struct found *t)
{
    struct mapper x = {.keep = keep, .r = r, .t = t, .m = out};
    *out = (struct mapping){.column = ARENA_ARRAY(keep, struct map_column, t->column_n + 1)};
    x.plain = ARENA_ARRAY(keep, Str, r->field_n + 1);
    x.family = ARENA_ARRAY(keep, int, r->field_n + 1);
    for (size_t i = 0; i < ARRAY_N(synonyms); i++)
        for (int k = 0; k < WORDS_MAX && synonyms[i][k] != NULL; k++)
            x.word[i][k] = plain_of(keep, str_of(synonyms[i][k]));
    for (uint32_t i = 0; i < r->field_n; i++) {
        x.plain[i] = plain_of(keep, r->field[i].name);
        x.family[i] = synonym_of(&x, x.plain[i]);
    }
    for (uint32_t i = 0; i < t->column_n; i++)
        out->column[i] = map_one(&x, t->head[i]);
    settle(&x);
    find_id_and_name(&x);
    count_fields(keep, out, r, t);
}

bool map_book(struct arena *keep, struct found *t, struct mapping *m, const struct rules *r,
              const struct book *b)
{
    bool found = false;
    for (uint32_t i = 0; i < b->sheet_n; i++) {
        struct found one;
        struct mapping its;
        if (b->sheet[i].hidden || !table_find(keep, &one, &b->sheet[i]))
            continue;
        map_columns(keep, &its, r, &one);
        bool better = !found || its.field_n > m->field_n ||
                      (its.field_n == 0 && m->field_n == 0 && one.row_n > t->row_n);
        if (!better)
            continue;
        *t = one;
        *m = its;
        found = true;
    }
    return found;
}

/* ---- what somebody says it is ---- */

static void leave_out(struct mapping *m, const struct found *t, uint32_t at)
{
    m->column[at] = (struct map_column){.field = -1, .head = t->head[at], .lost = -1};
    if (m->id_at == at)
        m->id_at = UINT32_MAX;
    if (m->name_at == at)
        m->name_at = UINT32_MAX;
}

/* A column that was the id, or the name, is nothing any more. */
static void take_place(struct mapping *m, const struct found *t, uint32_t *place, uint32_t at)
{
    if (*place != UINT32_MAX && *place != at)
        leave_out(m, t, *place);
    *place = at;
}

/* Others that meant the same are left out. */
static void leave_rivals(struct mapping *m, const struct found *t, uint32_t at)
{
    for (uint32_t i = 0; i < t->column_n; i++) {
        if (i == at || !same_target(&m->column[i], &m->column[at]))
            continue;
        leave_out(m, t, i);
        m->column[i].lost = (int32_t)at;
    }
}

bool map_choose(struct arena *keep, struct mapping *m, const struct rules *r, const struct found *t,
                const struct map_choice *choice)
{
    uint32_t at = choice->column;
    struct head h = {.field = -1};
    bool id = r->id_field.n > 0 && str_eq(choice->as, r->id_field);
    bool name = r->name_field.n > 0 && str_eq(choice->as, r->name_field);
    bool field = head_read(keep, &h, r, choice->as, (Span){0, 0}, NULL) == OK && h.field >= 0;
    if (at >= t->column_n || (choice->as.n > 0 && !id && !name && !field))
        return false;
    leave_out(m, t, at);
    if (choice->as.n > 0) {
        m->column[at] = (struct map_column){.how = id     ? MAP_ID
                                                   : name ? MAP_NAME
                                                          : MAP_EXACT,
                                            .field = field ? h.field : -1,
                                            .head = choice->as,
                                            .lost = -1};
        if (id || name)
            take_place(m, t, id ? &m->id_at : &m->name_at, at);
        leave_rivals(m, t, at);
    }
    count_fields(keep, m, r, t);
    return true;
}

/* ---- as CSV ---- */

static Str one_line(struct arena *a, Str s)
{
    if (str_find(s, S("\n")) == s.n)
        return s;
    char *p = arena_raw(a, s.n, 1);
    for (size_t i = 0; i < s.n; i++)
        p[i] = s.p[i] == '\n' || s.p[i] == '\r' ? ' ' : s.p[i];
    return (Str){p, s.n};
}

Str map_csv(struct arena *keep, const struct found *t, const struct mapping *m)
{
    uint32_t *order = ARENA_ARRAY(keep, uint32_t, t->column_n + 1), n = 0;
    struct buf b;
    buf_init(&b, keep, BUF_MAX);
    if (m->id_at != UINT32_MAX)
        order[n++] = m->id_at;
    for (uint32_t i = 0; i < t->column_n; i++)
        if (i != m->id_at)
            order[n++] = i;
    uint32_t line = t->head_row_end;
    buf_fill(&b, '\n', line - 1);
    for (uint32_t i = 0; i < n; i++)
        csv_write_cell(&b, one_line(keep, m->column[order[i]].head), i == 0, false);
    for (uint32_t k = 0; k < t->row_n; k++) {
        buf_fill(&b, '\n', t->row[k].number - line);
        line = t->row[k].number;
        for (uint32_t i = 0; i < n; i++)
            csv_write_cell(&b, one_line(keep, t->row[k].cell[order[i]]), i == 0, false);
    }
    csv_write_end(&b);
    return buf_str(&b);
}

const char *map_how_name(enum map_how how, enum lang lang)
{
    static const char *const names[MAP_HOW_N][2] = {
        [MAP_NONE] = {"没有对上", "no field"}, [MAP_NEAR] = {"没有对上", "no field"},
        [MAP_SYNONYM] = {"同义", "a synonym"}, [MAP_FOLDED] = {"对上", "fits"},
        [MAP_EXACT] = {"一致", "the same"},    [MAP_ID] = {"编号", "the id"},
        [MAP_NAME] = {"名称", "the name"},
    };
    return names[how][lang];
}
