/* completion.c - completion for bash, zsh and fish, from the table of verbs. */
#include <string.h>

#include "base/buf.h"
#include "base/str.h"
#include "cmd/doc/docs.h"

static bool last(const struct verb *v, size_t i)
{
    return v->opts[i] == OPT_HELP;
}

/* The words behind `|`, with blanks between. */
static void words(struct buf *b, const char *choices)
{
    for (size_t i = 0; choices[i] != '\0'; i++)
        buf_char(b, choices[i] == '|' ? ' ' : choices[i]);
}

/* Is this the first verb of its family? */
static bool is_first(size_t i)
{
    Str family = verb_family(verb_at(i));
    return i == 0 || !str_eq(verb_family(verb_at(i - 1)), family);
}

/* Verbs of one word and the names of families. */
static void verb_names(struct buf *b)
{
    const struct verb *v;
    for (size_t i = 0; (v = verb_at(i)) != NULL; i++) {
        Str family = verb_family(v);
        if (family.n > 0 && !is_first(i))
            continue;
        buf_fmt(b, "%s%.*s", i > 0 ? " " : "", family.n > 0 ? (int)family.n : (int)strlen(v->name),
                v->name);
    }
}

/* The second words of the family of the verb at `i`. */
static void family_words(struct buf *b, size_t i)
{
    const struct verb *v;
    Str family = verb_family(verb_at(i));
    for (; (v = verb_at(i)) != NULL && str_eq(verb_family(v), family); i++)
        buf_fmt(b, "%s ", v->name + family.n + 1);
}

/* ---- bash ---- */

static void bash_values(struct buf *b)
{
    for (int o = 0; o < OPT_N; o++) {
        const struct option *info = option_info((enum opt)o);
        if (info->value[0] == NULL)
            continue;
        buf_fmt(b, "    --%s", info->name);
        if (info->letter != '\0')
            buf_fmt(b, "|-%c", info->letter);
        buf_add(b, S(") "));
        if (info->complete == COMPLETE_CSV)
            buf_add(b, S("COMPREPLY=($(compgen -f -X '!*.csv' -- \"$cur\") "
                         "$(compgen -d -- \"$cur\")); return ;;\n"));
        else if (info->complete == COMPLETE_DATA)
            buf_add(b, S("COMPREPLY=($(compgen -f -X '!*.csv' -- \"$cur\") "
                         "$(compgen -f -X '!*.gcol' -- \"$cur\") "
                         "$(compgen -d -- \"$cur\")); return ;;\n"));
        else if (info->complete != COMPLETE_NONE)
            buf_add(b, S("COMPREPLY=($(compgen -f -- \"$cur\")); return ;;\n"));
        else if (info->choices != NULL && o != OPT_FORMAT_SCORE && o != OPT_FORMAT_EXPLAIN) {
            buf_add(b, S("COMPREPLY=($(compgen -W '"));
            words(b, info->choices);
            buf_add(b, S("' -- \"$cur\")); return ;;\n"));
        } else if (o == OPT_FORMAT_SCORE)
            buf_add(b, S("COMPREPLY=($(compgen -W \"$formats\" -- \"$cur\")); return ;;\n"));
        else
            buf_add(b, S("return ;;\n"));
        if (o == OPT_FORMAT_SCORE)
            o = OPT_FORMAT_EXPLAIN; /* one name, one branch */
    }
}

static void bash_verb(struct buf *b, const struct verb *v)
{
    buf_fmt(b, "    '%s') options='", v->name);
    for (size_t i = 0;; i++) {
        buf_fmt(b, "%s--%s", i > 0 ? " " : "", option_info((enum opt)v->opts[i])->name);
        if (last(v, i))
            break;
    }
    buf_add(b, S("'"));
    if (v->operand_choices != NULL) {
        buf_add(b, S(" operands='"));
        words(b, v->operand_choices);
        buf_add(b, S("'"));
    } else if (v->max != 0) {
        buf_add(b, S(" files=yes"));
    }
    for (size_t i = 0; !last(v, i); i++)
        if (v->opts[i] == OPT_FORMAT_SCORE || v->opts[i] == OPT_FORMAT_EXPLAIN) {
            buf_add(b, S(" formats='"));
            words(b, option_info((enum opt)v->opts[i])->choices);
            buf_add(b, S("'"));
        }
    buf_add(b, S(" ;;\n"));
}

static void write_bash(struct buf *b)
{
    const struct verb *v;
    buf_add(b, S("# bash completion for geci; made by `geci docs completion bash`\n"
                 "_geci() {\n"
                 "  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]}\n"
                 "  local verb=${COMP_WORDS[1]} options= operands= files= formats=\n"
                 "  COMPREPLY=()\n"
                 "  if [ \"$COMP_CWORD\" -eq 1 ]; then\n"
                 "    COMPREPLY=($(compgen -W '"));
    verb_names(b);
    buf_add(b, S("' -- \"$cur\"))\n    return\n  fi\n  case $verb in\n"));
    for (size_t i = 0; (v = verb_at(i)) != NULL; i++) {
        Str family = verb_family(v);
        if (family.n == 0 || !is_first(i))
            continue;
        buf_fmt(b, "    %.*s) if [ \"$COMP_CWORD\" -eq 2 ]; then\n      COMPREPLY=($(compgen -W '",
                (int)family.n, family.p);
        family_words(b, i);
        buf_add(b, S("' -- \"$cur\"))\n      return\n    fi\n"
                     "    verb=\"$verb ${COMP_WORDS[2]}\" ;;\n"));
    }
    buf_add(b, S("  esac\n  case $verb in\n"));
    for (size_t i = 0; (v = verb_at(i)) != NULL; i++)
        bash_verb(b, v);
    buf_add(b, S("  esac\n  case $prev in\n"));
    bash_values(b);
    buf_add(b,
            S("    completion) COMPREPLY=($(compgen -W 'bash zsh fish' -- \"$cur\")); return ;;\n"
              "  esac\n"
              "  case $cur in\n"
              "  -*) COMPREPLY=($(compgen -W \"$options\" -- \"$cur\")) ;;\n"
              "  *)\n"
              "    [ -z \"$operands\" ] || COMPREPLY=($(compgen -W \"$operands\" -- \"$cur\"))\n"
              "    [ -z \"$files\" ] || COMPREPLY=($(compgen -f -- \"$cur\"))\n"
              "    [ \"$verb\" != help ] || COMPREPLY=($(compgen -W '"));
    verb_names(b);
    buf_add(b, S("' -- \"$cur\"))\n    ;;\n  esac\n}\ncomplete -o filenames -F _geci geci\n"));
}

/* ---- zsh ---- */

/* Text inside '...[...]' of _arguments. */
static void zsh_text(struct buf *b, const char *text)
{
    for (size_t i = 0; text[i] != '\0'; i++) {
        if (text[i] == '\'')
            buf_add(b, S("'\\'"));
        else if (text[i] == '[' || text[i] == ']' || text[i] == ':' || text[i] == '\\')
            buf_char(b, '\\');
        buf_char(b, text[i]);
    }
}

static void zsh_option(struct buf *b, const struct option *o, enum lang lang)
{
    buf_fmt(b, "      '%s--%s%s[", o->many ? "*" : "", o->name, o->value[0] != NULL ? "=" : "");
    zsh_text(b, o->text[lang]);
    buf_char(b, ']');
    if (o->value[0] != NULL) {
        buf_char(b, ':');
        zsh_text(b, o->value[lang]);
        buf_char(b, ':');
        if (o->complete == COMPLETE_CSV)
            buf_add(b, S("_files -g \"*.csv\""));
        else if (o->complete == COMPLETE_DATA)
            buf_add(b, S("_files -g \"*.(csv|gcol)\""));
        else if (o->complete != COMPLETE_NONE)
            buf_add(b, S("_files"));
        else if (o->choices != NULL) {
            buf_char(b, '(');
            words(b, o->choices);
            buf_char(b, ')');
        }
    }
    buf_add(b, S("' \\\n"));
}

static void write_zsh(struct buf *b, enum lang lang)
{
    const struct verb *v;
    buf_add(b, S("#compdef geci\n# zsh completion for geci; made by `geci docs completion zsh`\n"
                 "_geci() {\n  local -a verbs\n  verbs=(\n"));
    for (size_t i = 0; (v = verb_at(i)) != NULL; i++) {
        Str family = verb_family(v);
        if (family.n > 0 && !is_first(i))
            continue;
        buf_fmt(b, "    '%.*s:", family.n > 0 ? (int)family.n : (int)strlen(v->name), v->name);
        zsh_text(b, v->summary[lang]);
        buf_add(b, S("'\n"));
    }
    buf_add(b, S("  )\n  if (( CURRENT == 2 )); then\n    _describe geci verbs\n    return\n  fi\n"
                 "  local verb=$words[2]\n  shift words\n  (( CURRENT-- ))\n  case $verb in\n"));
    for (size_t i = 0; (v = verb_at(i)) != NULL; i++) {
        Str family = verb_family(v);
        if (family.n == 0 || !is_first(i))
            continue;
        buf_fmt(b, "    %.*s) if (( CURRENT == 2 )); then\n      compadd ", (int)family.n,
                family.p);
        family_words(b, i);
        buf_add(b, S("\n      return\n    fi\n    verb=\"$verb $words[2]\"\n    shift words\n"
                     "    (( CURRENT-- )) ;;\n"));
    }
    buf_add(b, S("  esac\n  case $verb in\n"));
    for (size_t i = 0; (v = verb_at(i)) != NULL; i++) {
        buf_fmt(b, "    '%s') _arguments -s \\\n", v->name);
        for (size_t k = 0;; k++) {
            zsh_option(b, option_info((enum opt)v->opts[k]), lang);
            if (last(v, k))
                break;
        }
        if (v->operand_choices != NULL) {
            buf_add(b, S("      '1: :("));
            words(b, v->operand_choices);
            buf_add(b, S(")' '2: :(bash zsh fish)' ;;\n"));
        } else {
            buf_add(b, v->max != 0 ? S("      '*: :_files' ;;\n") : S("      ;;\n"));
        }
    }
    buf_add(b, S("  esac\n}\n_geci \"$@\"\n"));
}

/* ---- fish ---- */

static void fish_text(struct buf *b, const char *text)
{
    buf_char(b, '\'');
    for (size_t i = 0; text[i] != '\0'; i++) {
        if (text[i] == '\'' || text[i] == '\\')
            buf_char(b, '\\');
        buf_char(b, text[i]);
    }
    buf_char(b, '\'');
}

static void fish_seen(struct buf *b, const struct verb *v)
{
    Str rest = str_of(v->name), first = str_cut(&rest, ' ');
    buf_fmt(b, "__fish_seen_subcommand_from %.*s", (int)first.n, first.p);
    if (rest.n > 0)
        buf_fmt(b, "; and __fish_seen_subcommand_from %.*s", (int)rest.n, rest.p);
}

static void fish_option(struct buf *b, const struct verb *v, const struct option *o, enum lang lang)
{
    buf_add(b, S("complete -c geci -n '"));
    fish_seen(b, v);
    buf_fmt(b, "' -l %s", o->name);
    if (o->letter != '\0')
        buf_fmt(b, " -s %c", o->letter);
    if (o->value[0] != NULL)
        buf_add(b, o->complete == COMPLETE_NONE ? S(" -x") : S(" -r"));
    if (o->choices != NULL) {
        buf_add(b, S(" -a '"));
        words(b, o->choices);
        buf_char(b, '\'');
    }
    buf_add(b, S(" -d "));
    fish_text(b, o->text[lang]);
    buf_char(b, '\n');
}

static void write_fish(struct buf *b, enum lang lang)
{
    const struct verb *v;
    buf_add(b, S("# fish completion for geci; made by `geci docs completion fish`\n"));
    for (size_t i = 0; (v = verb_at(i)) != NULL; i++) {
        Str family = verb_family(v);
        if (family.n > 0 && is_first(i))
            buf_fmt(b, "complete -c geci -n __fish_use_subcommand -f -a %.*s\n", (int)family.n,
                    family.p);
        if (family.n > 0)
            buf_fmt(b, "complete -c geci -n '__fish_seen_subcommand_from %.*s' -f -a %s -d ",
                    (int)family.n, family.p, v->name + family.n + 1);
        else
            buf_fmt(b, "complete -c geci -n __fish_use_subcommand%s -a %s -d ",
                    v->max == 0 || v->operand_choices != NULL ? " -f" : "", v->name);
        fish_text(b, v->summary[lang]);
        buf_char(b, '\n');
    }
    for (size_t i = 0; (v = verb_at(i)) != NULL; i++) {
        for (size_t k = 0;; k++) {
            fish_option(b, v, option_info((enum opt)v->opts[k]), lang);
            if (last(v, k))
                break;
        }
        if (v->operand_choices == NULL)
            continue;
        buf_fmt(b, "complete -c geci -n '__fish_seen_subcommand_from %s' -f -a '", v->name);
        words(b, v->operand_choices);
        buf_add(b, S(" bash zsh fish'\n"));
    }
}

bool completion_write(struct buf *out, Str shell, enum lang lang)
{
    if (str_eq(shell, S("bash")))
        write_bash(out);
    else if (str_eq(shell, S("zsh")))
        write_zsh(out, lang);
    else if (str_eq(shell, S("fish")))
        write_fish(out, lang);
    else
        return false;
    return true;
}
