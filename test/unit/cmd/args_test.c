#include "base/arena.h"
#include "base/str.h"
#include "base/utf8.h"
#include "cmd/args.h"
#include "cmd_help.h"
#include "t.h"

struct parsed {
    struct arena *arena;
    struct args args;
    struct args_error err;
    bool ok;
};

static struct parsed parse(const char *const *words)
{
    struct parsed p = {.arena = arena_open()};
    p.ok = args_parse(p.arena, &p.args, &p.err, words_to_argv(p.arena, words));
    return p;
}

#define PARSE(...) parse((const char *const[]){__VA_ARGS__, NULL})

TEST(args_take_options_and_operands_in_any_order)
{
    struct parsed p =
        PARSE("score", "--data", "f.csv", "doc.md", "--period=2024", "-oout.csv", "-q");
    CHECK(p.ok);
    CHECK_STR(str_of(p.args.verb->name), "score");
    CHECK_INT(p.args.operand_n, 1);
    CHECK_STR(p.args.operand[0], "doc.md");
    CHECK_STR(p.args.value[OPT_DATA], "f.csv");
    CHECK_STR(p.args.value[OPT_PERIOD], "2024");
    CHECK_STR(p.args.value[OPT_OUTPUT], "out.csv");
    CHECK(p.args.given[OPT_QUIET] && !p.args.given[OPT_JSON]);
    arena_close(p.arena);
}

TEST(args_stop_at_two_dashes)
{
    struct parsed p = PARSE("check", "--", "--json", "-");
    CHECK(p.ok);
    CHECK_INT(p.args.operand_n, 2);
    CHECK_STR(p.args.operand[0], "--json");
    CHECK_STR(p.args.operand[1], "-");
    CHECK(!p.args.given[OPT_JSON]);
    arena_close(p.arena);
}

TEST(args_collect_every_set)
{
    struct parsed p = PARSE("whatif", "d.md", "--set", "甲=1", "--set=乙@2023=2", "--id", "x");
    CHECK(p.ok);
    CHECK_INT(p.args.set_n, 2);
    CHECK_STR(p.args.set[0], "甲=1");
    CHECK_STR(p.args.set[1], "乙@2023=2");
    arena_close(p.arena);
}

static void check_fault(struct parsed p, enum args_fault fault, const char *near)
{
    CHECK(!p.ok);
    CHECK_INT(p.err.fault, fault);
    CHECK_STR(p.err.near, near);
    arena_close(p.arena);
}

TEST(args_name_what_is_wrong)
{
    check_fault(PARSE("scroe", "x"), ARGS_BAD_VERB, "score");
    check_fault(PARSE("expl"), ARGS_BAD_VERB, "explain");
    check_fault(PARSE("zzzzzz"), ARGS_BAD_VERB, "");
    check_fault(PARSE("score", "d", "--dat", "x"), ARGS_BAD_OPTION, "--data");
    check_fault(PARSE("score", "d", "--peroid", "x"), ARGS_BAD_OPTION, "--period");
    check_fault(PARSE("check", "d", "--data", "x"), ARGS_BAD_OPTION, "");
    check_fault(PARSE("score", "d", "-z"), ARGS_BAD_OPTION, "");
    check_fault(PARSE("score", "d", "--data"), ARGS_NO_VALUE, "");
    check_fault(PARSE("score", "d", "--json=yes"), ARGS_EXTRA_VALUE, "");
    check_fault(PARSE("score", "d", "--format", "xml"), ARGS_BAD_CHOICE, "");
    check_fault(PARSE("score", "d", "--data", "a", "-d", "b"), ARGS_TWICE, "");
    check_fault(PARSE("check"), ARGS_TOO_FEW, "");
    check_fault(PARSE("run", "reveiw", "3"), ARGS_BAD_VERB, "run review");
    check_fault(PARSE("run"), ARGS_BAD_VERB, "run new");
    check_fault(PARSE("score", "a", "b"), ARGS_TOO_MANY, "");
    check_fault(PARSE("--lang", "en"), ARGS_NO_VERB, "");
}

TEST(args_help_asks_for_nothing_else)
{
    struct parsed p = PARSE("score", "--help");
    CHECK(p.ok && p.args.given[OPT_HELP]);
    arena_close(p.arena);
    p = PARSE("-h");
    CHECK(p.ok && p.args.verb == NULL);
    arena_close(p.arena);
}

TEST(args_choose_the_language)
{
    static char name[] = "geci", lang[] = "--lang", en[] = "en", zh[] = "--lang=zh";
    char *none[] = {name, NULL}, *two[] = {name, lang, en, NULL}, *one[] = {name, zh, NULL};
    CHECK_INT(args_language(none, S("")), LANG_ZH);
    CHECK_INT(args_language(none, S("C")), LANG_ZH);
    CHECK_INT(args_language(none, S("C.UTF-8")), LANG_ZH);
    CHECK_INT(args_language(none, S("POSIX")), LANG_ZH);
    CHECK_INT(args_language(none, S("zh_CN.UTF-8")), LANG_ZH);
    CHECK_INT(args_language(none, S("en_GB.UTF-8")), LANG_EN);
    CHECK_INT(args_language(none, S("de_DE.UTF-8")), LANG_EN);
    CHECK_INT(args_language(two, S("zh_CN")), LANG_EN);
    CHECK_INT(args_language(one, S("en_US")), LANG_ZH);
}

TEST(args_read_whole_numbers)
{
    int n = 0;
    uint64_t u = 0;
    CHECK(args_int(S("2025"), &n) && n == 2025);
    CHECK(args_int(S("999999999"), &n) && n == 999999999);
    CHECK(!args_int(S("1000000000"), &n) && !args_int(S(""), &n) && !args_int(S("-1"), &n));
    CHECK(!args_int(S("12a"), &n));
    CHECK(args_u64(S("9999999999999999999"), &u) && u == 9999999999999999999U);
    CHECK(!args_u64(S("99999999999999999999"), &u));
}

static void check_texts(const struct verb *v)
{
    CHECK(v->run != NULL);
    CHECK(v->max == 0 || v->operands[0][0] != '\0');
    for (int l = 0; l < 2; l++) {
        CHECK(v->summary[l] != NULL && v->summary[l][0] != '\0');
        CHECK(utf8_width(str_of(v->summary[l])) <= 66);
        CHECK(v->operands[l] != NULL && v->detail[l] != NULL);
    }
}

static void check_options(const struct verb *v)
{
    bool help = false;
    for (size_t k = 0; k < VERB_OPTS_MAX && !help; k++) {
        const struct option *o = option_info((enum opt)v->opts[k]);
        CHECK(o->name != NULL && o->text[0] != NULL && o->text[1] != NULL);
        CHECK((o->value[0] == NULL) == (o->value[1] == NULL));
        help = v->opts[k] == OPT_HELP;
    }
    CHECK(help);
}

TEST(verbs_are_complete)
{
    const struct verb *v;
    for (size_t i = 0; (v = verb_at(i)) != NULL; i++) {
        check_texts(v);
        check_options(v);
        CHECK(verb_find(str_of(v->name)) == v);
    }
}
