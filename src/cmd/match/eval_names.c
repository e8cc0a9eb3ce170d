/* eval_names.c - names found as people type them. */
#include <string.h>

#include "base/arena.h"
#include "base/order.h"
#include "base/str.h"
#include "cmd/cli.h"
#include "cmd/match/eval.h"
#include "field/uscc.h"
#include "match/search.h"
#include "os/clock.h"
#include "text/differ.h"
#include "text/fold.h"
#include "text/pinyin.h"

enum { TOP = 10, NEAR = 8, KINDS_MAX = 64, CODES_ASKED = 1000, CODE_DRAWN_AT = 10 };
enum { MIXED_PART = 2 /* characters at least, of either script */ };

static const char alphabet[] = "0123456789ABCDEFGHJKLMNPQRTUWXY"; /* of a USCC */

struct kind {
    Str name;
    struct measure top1, top10;
};

struct names {
    struct cli *c;
    struct search_doc *doc;
    size_t n, cap;
    struct search_index *index;
    struct search_room *room;
    struct kind kind[KINDS_MAX];
    size_t kind_n;
    int64_t *us; /* each question took */
    size_t us_n, us_cap;
    int64_t build_ms;
};

/* A code for a name that comes without one: they lie apart, as those of different firms do. */
static Str make_code(struct arena *keep, uint64_t i)
{
    char *code = arena_raw(keep, USCC_LEN, 1);
    memcpy(code, "91320582MA00000000", USCC_LEN);
    uint64_t rest = i * 0x9E3779B97F4A7C15U >> 8;
    for (size_t at = CODE_DRAWN_AT; at < USCC_LEN - 1; at++, rest /= sizeof alphabet - 1)
        code[at] = alphabet[rest % (sizeof alphabet - 1)];
    code[USCC_LEN - 1] = uscc_check_char(code);
    return (Str){code, USCC_LEN};
}

/* Lines: the name, and maybe code, former names, what else is known. */
static enum status read_names(struct names *x, Str dir)
{
    struct cli *c = x->c;
    Str text;
    TRY(eval_text(c, &text, dir, "enterprise_names.tsv"));
    while (text.n > 0) {
        Str line = str_trim(str_cut(&text, '\n'));
        if (line.n == 0)
            continue;
        struct search_doc d = {.id = (uint32_t)x->n};
        d.name = str_cut(&line, '\t');
        d.code = str_cut(&line, '\t');
        d.former = str_cut(&line, '\t');
        d.more = line;
        if (d.code.n == 0)
            d.code = make_code(c->arena, x->n);
        VEC_PUSH(c->arena, x->doc, x->n, x->cap) = d;
    }
    return OK;
}

static struct kind *kind_of(struct names *x, Str name)
{
    for (size_t i = 0; i < x->kind_n; i++)
        if (str_eq(x->kind[i].name, name))
            return &x->kind[i];
    if (x->kind_n == KINDS_MAX)
        return NULL;
    x->kind[x->kind_n].name = name;
    return &x->kind[x->kind_n++];
}

static void ask(struct names *x, Str kind, Str text, Str wanted)
{
    struct search_found found;
    struct kind *k = kind_of(x, kind);
    struct search_ask ask = {.text = text, .top = TOP};
    struct arena *tmp = x->c->arena;
    ArenaMark mark = arena_mark(tmp);
    size_t place = 0;
    if (k == NULL)
        return;
    int64_t took = INT64_MAX;
    for (int again = 0; again < 2; again++) { /* the better of two, as others use the machine too */
        int64_t before = clock_us();
        search_run(tmp, x->room, x->index, &ask, &found);
        int64_t us = clock_us() - before;
        took = us < took ? us : took;
    }
    ASSERT(x->doc != NULL);
    for (size_t i = found.n; i-- > 0;)
        if (str_eq(x->doc[found.hit[i].id].name, wanted))
            place = i + 1;
    arena_reset(tmp, mark);
    measure_add(tmp, &k->top1, place == 1 ? MEASURE_ONE : 0);
    measure_add(tmp, &k->top10, place > 0 ? MEASURE_ONE : 0);
    VEC_PUSH(tmp, x->us, x->us_n, x->us_cap) = took;
}

static bool is_behind(const void *ctx, uint32_t a, uint32_t b)
{
    const int64_t *us = ctx;
    return us[a] > us[b];
}

static void print(struct names *x)
{
    struct cli *c = x->c;
    for (size_t i = 0; i < x->kind_n; i++) {
        struct kind *k = &x->kind[i];
        buf_fmt(&c->out, "%.*s n %zu", STR_ARG(k->name), k->top1.n);
        eval_print(c, "top1", &k->top1);
        eval_print(c, "top10", &k->top10);
        buf_char(&c->out, '\n');
    }
    uint32_t *order = order_rows(c->arena, (uint32_t)x->us_n, is_behind, x->us);
    size_t last = x->us_n == 0 ? 0 : x->us_n - 1;
    if (x->us_n > 0)
        buf_fmt(&c->out,
                "time n %zu  build_ms %lld  index_mb %zu  p50_us %lld  p99_us %lld  max_us %lld\n",
                x->n, (long long)x->build_ms, search_bytes(x->index) >> 20,
                (long long)x->us[order[last / 2]], (long long)x->us[order[last * 99 / 100]],
                (long long)x->us[order[last]]);
}

/* --- codes with an error --- */

/* Every code, or CODES_ASKED of them, with one character replaced. */
static void ask_codes(struct names *x)
{
    size_t step = x->n / CODES_ASKED + 1;
    for (size_t i = 0; i < x->n; i += step) {
        char typed[USCC_LEN];
        Str code = x->doc[i].code;
        if (code.n != USCC_LEN)
            continue;
        memcpy(typed, code.p, USCC_LEN);
        size_t at = i * 7 % USCC_LEN, k = i * 11 % 31;
        typed[at] = alphabet[alphabet[k] == typed[at] ? (k + 1) % 31 : k];
        ask(x, S("uscc_error"), (Str){typed, USCC_LEN}, x->doc[i].name);
        ask(x, S("uscc_head"), str_sub(code, 0, USCC_LEN - 3), x->doc[i].name);
    }
}

/* --- letters and characters in one --- */

/* A name's core, a part of it in pinyin, by syllables or first letters, in front or behind, with or
 * without a blank between: all eight in turn, cut at each place in turn. */
static void ask_mixed(struct names *x, size_t turn, Str core, Str wanted)
{
    struct folded f;
    struct buf b;
    fold_glyphs(x->c->arena, &f, core);
    if (f.n < (size_t)2 * MIXED_PART)
        return;
    buf_init(&b, x->c->arena, BUF_MAX);
    size_t cut = MIXED_PART + turn / 8 % (f.n - 2 * MIXED_PART + 1);
    for (size_t i = 0; i < f.n; i++) {
        uint16_t syllable[PINYIN_READINGS];
        Readings r = (i < cut) == (turn % 2 == 0) ? pinyin_of(f.at[i]) : 0;
        Str part = str_sub(core, f.of[i].beg, f.of[i].end);
        if (r != 0 && pinyin_each(r, syllable) > 0) {
            part = pinyin_text(syllable[0]);
            part.n = turn / 2 % 2 == 0 ? part.n : 1;
        }
        if (i == cut && turn / 4 % 2 == 0)
            buf_char(&b, ' ');
        buf_add(&b, part);
    }
    ask(x, S("py_mixed"), buf_str(&b), wanted);
}

/* --- is it one of these? --- */

static enum status ask_same(struct names *x, Str dir)
{
    struct eval_table t;
    struct verdicts v = {0};
    struct verdict_figures f;
    struct cli *c = x->c;
    TRY(eval_rows(c, &t, dir, "dedupe.tsv", "incoming_name same_as"));
    for (size_t i = 0; i < t.n; i += t.columns) {
        struct search_found found;
        struct search_ask ask = {.text = t.cell[i], .top = NEAR};
        uint32_t least = DIFFER_MOST;
        Str who = S("");
        ArenaMark mark = arena_mark(c->arena);
        search_run(c->arena, x->room, x->index, &ask, &found);
        ASSERT(x->doc != NULL);
        for (size_t k = 0; k < found.n; k++) {
            Str name = x->doc[found.hit[k].id].name;
            uint32_t differ = differ_names(c->arena, t.cell[i], name);
            who = differ < least ? name : who;
            least = differ < least ? differ : least;
        }
        arena_reset(c->arena, mark);
        bool is = t.cell[i + 1].n > 0, said = least <= DIFFER_SAME;
        bool right = is && said && str_eq(who, t.cell[i + 1]);
        VEC_PUSH(c->arena, v.at, v.n, v.cap) =
            (uint8_t)((is ? MEASURE_IS : 0) | (said ? MEASURE_SAID : 0) |
                      (right ? MEASURE_RIGHT : 0));
    }
    measure_verdicts(c->arena, &v, &f);
    buf_fmt(&c->out, "dedupe n %zu", v.n);
    eval_print_figure(c, "f1", f.f1);
    eval_print_figure(c, "precision", f.precision);
    eval_print_figure(c, "recall", f.recall);
    buf_char(&c->out, '\n');
    return OK;
}

enum status eval_names(struct cli *c, Str dir)
{
    struct names x = {.c = c};
    struct eval_table t;
    size_t mixed = 0;
    TRY(read_names(&x, dir));
    TRY(eval_must(c, eval_rows(c, &t, dir, "queries.tsv", "kind query target_name"), dir,
                  "queries.tsv"));
    int64_t before = clock_ms();
    x.index = search_build(x.doc, (uint32_t)x.n);
    x.build_ms = clock_ms() - before;
    x.room = search_room_open();
    for (size_t i = 0; i < t.n; i += t.columns) {
        ask(&x, t.cell[i], t.cell[i + 1], t.cell[i + 2]);
        if (str_eq(t.cell[i], S("core")))
            ask_mixed(&x, mixed++, t.cell[i + 1], t.cell[i + 2]);
    }
    ask_codes(&x);
    print(&x);
    enum status st = ask_same(&x, dir);
    search_room_close(x.room);
    search_close(x.index);
    return st == ERR_GONE ? OK : st;
}
