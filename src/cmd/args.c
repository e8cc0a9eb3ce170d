#include "cmd/args.h"

#include "base/arena.h"
#include "base/str.h"

enum { NEAR_CAP = 3, DIGITS_MAX = 9 };

enum lang args_language(char *const *argv, Str env)
{
    for (size_t i = 1; argv[0] != NULL && argv[i] != NULL; i++) {
        Str word = str_of(argv[i]);
        if (str_eq(word, S("--lang=en")))
            return LANG_EN;
        if (str_eq(word, S("--lang=zh")))
            return LANG_ZH;
        if (str_eq(word, S("--lang")) && argv[i + 1] != NULL)
            return str_eq(str_of(argv[i + 1]), S("en")) ? LANG_EN : LANG_ZH;
    }
    bool none =
        env.n == 0 || str_eq(env, S("C")) || str_starts(env, S("C.")) || str_eq(env, S("POSIX"));
    return none || str_starts(env, S("zh")) ? LANG_ZH : LANG_EN;
}

static bool digit_run(Str text, size_t max)
{
    if (text.n == 0 || text.n > max)
        return false;
    for (size_t i = 0; i < text.n; i++)
        if (text.p[i] < '0' || text.p[i] > '9')
            return false;
    return true;
}

bool args_int(Str text, int *out)
{
    if (!digit_run(text, DIGITS_MAX))
        return false;
    *out = 0;
    for (size_t i = 0; i < text.n; i++)
        *out = *out * 10 + (text.p[i] - '0');
    return true;
}

bool args_u64(Str text, uint64_t *out)
{
    if (!digit_run(text, 19)) /* ten to the 19th fits */
        return false;
    *out = 0;
    for (size_t i = 0; i < text.n; i++)
        *out = *out * 10 + (uint64_t)(text.p[i] - '0');
    return true;
}

/* ---- looking words up ---- */

static bool fail(struct args_error *err, enum args_fault fault, Str word, const struct option *o)
{
    *err = (struct args_error){.fault = fault, .word = word, .option = o};
    return false;
}

static bool is_choice(const char *choices, Str value)
{
    Str rest = str_of(choices);
    while (rest.n > 0)
        if (str_eq(str_cut(&rest, '|'), value))
            return true;
    return false;
}

/* Index in the verb's list, or -1. Before the verb only help, lang and quiet are known. */
static int find_option(const struct verb *verb, Str name, char letter)
{
    static const uint8_t bare[] = {OPT_QUIET, OPT_LANG, OPT_HELP};
    const uint8_t *list = verb == NULL ? bare : verb->opts;
    for (size_t i = 0;; i++) {
        const struct option *o = option_info((enum opt)list[i]);
        if (letter != '\0' ? o->letter == letter : str_eq(name, str_of(o->name)))
            return list[i];
        if (list[i] == OPT_HELP)
            return -1;
    }
}

static Str near_option(struct arena *keep, const struct verb *verb, Str name)
{
    Str best = {"", 0};
    size_t least = NEAR_CAP;
    for (size_t i = 0; verb != NULL; i++) {
        Str candidate = str_of(option_info((enum opt)verb->opts[i])->name);
        size_t far = str_distance(name, candidate, NEAR_CAP);
        if (name.n >= 2 && str_starts(candidate, name))
            far = 1;
        if (far < least && far < candidate.n) {
            least = far;
            best = arena_fmt(keep, "--%.*s", (int)candidate.n, candidate.p);
        }
        if (verb->opts[i] == OPT_HELP)
            break;
    }
    return best;
}

/* ---- one word ---- */

struct reader {
    struct arena *keep;
    struct args *args;
    struct args_error *err;
    char *const *argv;
    size_t at;
};

static bool take_value(struct reader *r, enum opt id, Str word, Str value)
{
    const struct option *o = option_info(id);
    struct args *a = r->args;
    if (o->choices != NULL && !is_choice(o->choices, value))
        return fail(r->err, ARGS_BAD_CHOICE, value, o);
    if (a->given[id] && !o->many)
        return fail(r->err, ARGS_TWICE, word, o);
    a->given[id] = true;
    a->value[id] = value;
    if (o->many)
        VEC_PUSH(r->keep, a->set, a->set_n, a->set_cap) = value;
    return true;
}

/* `value` is what came with = or behind the letter, or p == NULL. */
static bool take_option(struct reader *r, int id, Str word, Str value)
{
    const struct option *o = option_info((enum opt)id);
    if (o->value[0] == NULL) {
        if (value.p != NULL)
            return fail(r->err, ARGS_EXTRA_VALUE, word, o);
        r->args->given[id] = true;
        return true;
    }
    if (value.p == NULL && r->argv[r->at] == NULL)
        return fail(r->err, ARGS_NO_VALUE, word, o);
    if (value.p == NULL)
        value = str_of(r->argv[r->at++]);
    return take_value(r, (enum opt)id, word, value);
}

static bool take_long(struct reader *r, Str word)
{
    Str rest = str_sub(word, 2, word.n);
    bool has_value = str_find(rest, S("=")) < rest.n;
    Str name = str_cut(&rest, '=');
    int id = find_option(r->args->verb, name, '\0');
    if (id < 0) {
        (void)fail(r->err, ARGS_BAD_OPTION, word, NULL); /* false, as returned below */
        r->err->near = near_option(r->keep, r->args->verb, name);
        return false;
    }
    return take_option(r, id, word, has_value ? rest : NO_ARG);
}

static bool take_short(struct reader *r, Str word)
{
    int id = find_option(r->args->verb, NO_ARG, word.p[1]);
    if (id < 0)
        return fail(r->err, ARGS_BAD_OPTION, word, NULL);
    return take_option(r, id, word, word.n > 2 ? str_sub(word, 2, word.n) : NO_ARG);
}

static bool take_operand(struct reader *r, Str word)
{
    struct args *a = r->args;
    if (a->verb != NULL) {
        VEC_PUSH(r->keep, a->operand, a->operand_n, a->operand_cap) = word;
        return true;
    }
    if (verb_is_family(word) && r->argv[r->at] != NULL)
        word = arena_fmt(r->keep, "%.*s %s", (int)word.n, word.p, r->argv[r->at++]);
    a->verb = verb_find(word);
    if (a->verb != NULL)
        return true;
    const struct verb *near = verb_near(word);
    (void)fail(r->err, ARGS_BAD_VERB, word, NULL); /* false, as returned below */
    r->err->near = near == NULL ? (Str){"", 0} : str_of(near->name);
    return false;
}

static bool check_counts(const struct args *a, struct args_error *err)
{
    if (a->given[OPT_HELP])
        return true;
    if (a->verb == NULL)
        return fail(err, ARGS_NO_VERB, NO_ARG, NULL);
    if (a->operand_n < (size_t)a->verb->min)
        return fail(err, ARGS_TOO_FEW, NO_ARG, NULL);
    if (a->verb->max >= 0 && a->operand_n > (size_t)a->verb->max)
        return fail(err, ARGS_TOO_MANY, a->operand[a->verb->max], NULL);
    return true;
}

bool args_parse(struct arena *keep, struct args *out, struct args_error *err, char *const *argv)
{
    *out = (struct args){0};
    *err = (struct args_error){0};
    struct reader r = {.keep = keep, .args = out, .err = err, .argv = argv};
    r.at = argv[0] != NULL;
    bool ended = false;
    while (argv[r.at] != NULL) {
        Str word = str_of(argv[r.at++]);
        if (!ended && str_eq(word, S("--"))) {
            ended = true;
            continue;
        }
        bool dash = !ended && word.n > 1 && word.p[0] == '-';
        bool ok = !dash                       ? take_operand(&r, word)
                  : str_starts(word, S("--")) ? take_long(&r, word)
                                              : take_short(&r, word);
        if (!ok)
            return false;
    }
    return check_counts(out, err);
}
