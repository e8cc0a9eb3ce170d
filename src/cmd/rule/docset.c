#include "cmd/rule/docset.h"

#include "access/role.h"
#include "base/arena.h"
#include "check/check.h"
#include "cmd/job.h"
#include "entitle/entitle.h"
#include "match/roles.h"
#include "matter/matter.h"
#include "os/file.h"

static int add_folder(struct cli *c, struct docset *out, Str folder)
{
    Str *path = NULL;
    size_t n = 0;
    int err = 0;
    enum status st = file_list_documents(c->arena, &path, &n, folder, &err);
    if (st != OK)
        return cli_fail_file(c, st, folder, err, false);
    if (n == 0)
        return cli_fail(c, ERR_GONE,
                        ZE(c, "文件夹“%.*s”里没有规则文档（.md）。",
                           "the folder “%.*s” has no rule document (.md)."),
                        STR_ARG(folder));
    for (size_t i = 0; i < n; i++)
        VEC_PUSH(c->arena, out->path, out->n, out->cap) = path[i];
    return 0;
}

int docset_open(struct cli *c, struct docset *out)
{
    *out = (struct docset){0};
    for (size_t i = 0; i < c->args.operand_n; i++) {
        Str word = c->args.operand[i];
        if (file_kind(word) != FILE_FOLDER) {
            VEC_PUSH(c->arena, out->path, out->n, out->cap) = word;
            continue;
        }
        int code = add_folder(c, out, word);
        if (code != 0)
            return code;
    }
    return 0;
}

int docset_read(struct cli *c, Str path, struct document *out)
{
    int err = 0;
    *out = (struct document){.path = path};
    diags_init(&out->diags, c->arena);
    enum status st = file_read(c->arena, &out->text, path, DOC_BYTES_MAX, &err);
    if (st != OK)
        return cli_fail_file(c, st, path, err, false);
    struct entitle *unused;
    struct matter *types;
    struct match_roles roles;
    size_t type_n;
    out->status = check_load(c->arena, &out->rules, path, out->text, &out->diags);
    if (out->status == OK)
        out->status = entitle_open(c->arena, &unused, out->rules, &out->diags);
    if (out->status == OK)
        out->status =
            matter_read(c->arena, &types, &type_n, out->rules, role_find_bit, &out->diags);
    if (out->status == OK)
        out->status = match_roles_read(c->arena, &roles, out->rules, &out->diags);
    diags_sort(&out->diags);
    return 0;
}

int docset_read_all(struct cli *c, const struct docset *set, struct document **out)
{
    struct document *d = *out = ARENA_ARRAY(c->arena, struct document, set->n);
    const struct rules **r = ARENA_ARRAY(c->arena, const struct rules *, set->n);
    struct diags **ds = ARENA_ARRAY(c->arena, struct diags *, set->n);
    for (size_t i = 0; i < set->n; i++) {
        int code = docset_read(c, set->path[i], &d[i]);
        if (code != 0)
            return code;
        r[i] = d[i].rules;
        ds[i] = &d[i].diags;
    }
    check_together(c->arena, r, ds, set->n);
    for (size_t i = 0; i < set->n; i++)
        diags_sort(ds[i]);
    return 0;
}
