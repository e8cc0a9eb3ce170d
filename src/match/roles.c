#include "match/roles.h"

#include "base/arena.h"
#include "base/str.h"
#include "rule/read.h"
#include "rule/words.h"

struct reader {
    const struct rules *kind;
    struct match_roles *out;
    struct diags *ds;
    const struct attribute *at;
};

static bool is_key(const struct reader *x, Str zh, Str en)
{
    return str_eq(x->at->key.s, zh) || str_eq(x->at->key.s, en);
}

/* A field of the kind by its name; -1: there is none of that type, which is said. */
static int32_t field_of(const struct reader *x, Str name, bool choice)
{
    int32_t i = rule_find_field(x->kind, name);
    if (i < 0)
        (void)diag_add(x->ds, DIAG_NAME_UNKNOWN, x->at->value.span, name,
                       rule_near_field(x->kind, name), NO_ARG);
    else if (x->kind->field[i].ftype == (choice ? FIELD_CHOICE : FIELD_TEXT))
        return i;
    else
        (void)diag_add(x->ds, DIAG_KIND_ROLE, x->at->value.span, x->at->key.s,
                       choice ? S("选项 / choice") : S("文本 / text"), name);
    return -1;
}

static void read_level(const struct reader *x)
{
    Str rest = x->at->value.s, name = str_trim(str_cut(&rest, '='));
    const struct field *f;
    x->out->open = str_trim(rest);
    x->out->level = field_of(x, name, true);
    if (x->out->level < 0)
        return;
    f = &x->kind->field[x->out->level];
    for (uint32_t i = 0; i < f->option_n; i++)
        if (str_eq(x->kind->label[f->option[i]], x->out->open))
            return;
    (void)diag_add(x->ds, DIAG_VALUE_BAD, x->at->value.span, x->at->key.s, x->at->value.s,
                   S("字段 = 它的一个选项 / field = one of its options"));
}

static void read_key(const struct reader *x)
{
    Str rest = x->at->value.s;
    if (is_key(x, S("单位"), S("unit"))) {
        x->out->unit = field_of(x, rest, false);
    } else if (is_key(x, S("密级"), S("level"))) {
        read_level(x);
    } else if (is_key(x, S("正文"), S("body"))) {
        while (rest.n > 0) {
            int32_t i = field_of(x, str_trim(str_cut(&rest, ';')), false);
            if (i >= 0)
                x->out->body[i] = true;
        }
    } else {
        (void)diag_add(x->ds, DIAG_KEY_UNKNOWN, x->at->key.span, x->at->key.s,
                       S("单位 正文 密级 / unit body level"), NO_ARG);
    }
}

enum status match_roles_read(struct arena *keep, struct match_roles *out, const struct rules *kind,
                             struct diags *ds)
{
    size_t before = ds->error_n;
    struct reader x = {.kind = kind, .out = out, .ds = ds};
    *out = (struct match_roles){-1, ARENA_ARRAY(keep, bool, kind->field_n + 1), -1, S("")};
    for (uint32_t i = 1; i < kind->doc->section_n; i++) {
        const struct section *s = &kind->doc->section[i];
        bool own = word_find(WORD_KIND, s->title.s, NULL) == W_MATCH;
        for (uint32_t k = 0; k < s->attr_n && own; k++) {
            x.at = &s->attr[k];
            read_key(&x);
        }
    }
    return ds->error_n == before ? OK : ERR_INPUT;
}
