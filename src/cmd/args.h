/* args.h - the words of the command line, sorted by the table of verb.h.
 *
 * `--name value`, `--name=value`, `-o value`, `-ovalue`, flags; `--` ends the options; a lone `-`
 * is an operand. Options and operands may be mixed. The first word that is no option is the verb,
 * with the next one where it names a family of verbs.
 */
#ifndef GECI_CMD_ARGS_H
#define GECI_CMD_ARGS_H

#include "base/base.h"
#include "cmd/verb/verb.h"

struct arena;

struct args {
    const struct verb *verb; /* NULL: none given */
    bool given[OPT_N];
    Str value[OPT_N]; /* the last one given */
    Str *set;         /* every value of the option that may be repeated */
    size_t set_n, set_cap;
    Str *operand;
    size_t operand_n, operand_cap;
};

enum args_fault {
    ARGS_OK,
    ARGS_NO_VERB,
    ARGS_BAD_VERB,
    ARGS_BAD_OPTION,
    ARGS_NO_VALUE,
    ARGS_EXTRA_VALUE,
    ARGS_BAD_CHOICE,
    ARGS_TWICE,
    ARGS_TOO_FEW,
    ARGS_TOO_MANY,
};

struct args_error {
    enum args_fault fault;
    Str word;                    /* as typed */
    const struct option *option; /* or NULL */
    Str near;                    /* what may have been meant, with its dashes; or empty */
};

/* Language first, by itself: so that complaints about the rest come in it. `env` is LC_ALL or LANG:
 * zh*, C, POSIX and nothing mean Chinese, any other language English. */
enum lang args_language(char *const *argv, Str env);

/* argv[0] is skipped. False: what is wrong is in *err. With --help given, nothing else is asked
 * for. */
bool args_parse(struct arena *keep, struct args *out, struct args_error *err, char *const *argv);

/* A whole number of at most nine digits; false: it is none. */
bool args_int(Str text, int *out);
bool args_u64(Str text, uint64_t *out);

#endif
