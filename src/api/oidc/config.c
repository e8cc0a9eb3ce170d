/* config.c - the file that says who vouches for whom. */
#include "api/member.h"
#include "api/oidc/oidc.h"
#include "base/arena.h"
#include "base/str.h"

static size_t map_of(struct arena *keep, struct oidc_map **out, json_t *root, const char *name)
{
    json_t *map = json_object_get(root, name), *to;
    const char *from;
    size_t n = 0;
    *out = ARENA_ARRAY(keep, struct oidc_map, json_object_size(map) + 1);
    json_object_foreach(map, from, to) if (json_is_string(to))(*out)[n++] = (struct oidc_map){
        arena_copy(keep, str_of(from)), arena_copy(keep, str_of(json_string_value(to)))};
    return n;
}

static enum status no(struct diags *ds, Str what)
{
    return diag_add(ds, DIAG_OIDC_FILE, (Span){0, 0}, what, NO_ARG, NO_ARG);
}

static enum status check(struct arena *keep, struct oidc_options *o, struct diags *ds)
{
    enum role role;
    if (o->issuer.n == 0 || o->issuer.p[o->issuer.n - 1] == '/')
        return no(ds, S("issuer"));
    if (o->client.n == 0)
        return no(ds, S("client"));
    if (o->role_n == 0)
        return no(ds, S("roles"));
    o->role_bit = ARENA_ARRAY(keep, uint32_t, o->role_n);
    for (size_t i = 0; i < o->role_n; i++) {
        if (!role_find(o->role[i].to, &role))
            return no(ds, o->role[i].to);
        o->role_bit[i] = ROLE_BIT(role);
    }
    return OK;
}

enum status oidc_read(struct arena *keep, struct oidc_options *out, Str text, struct diags *ds)
{
    json_error_t error;
    json_t *root = json_loadb(text.p, text.n, JSON_REJECT_DUPLICATES, &error);
    if (!json_is_object(root)) {
        json_decref(root);
        return no(ds, S("JSON"));
    }
    *out = (struct oidc_options){
        .issuer = member_kept(keep, root, "issuer", ""),
        .client = member_kept(keep, root, "client", ""),
        .secret = member_kept(keep, root, "secret", ""),
        .title = member_kept(keep, root, "title", "统一身份认证"),
        .scope = member_kept(keep, root, "scope", "openid profile"),
        .name_claim = member_kept(keep, root, "name_claim", "preferred_username"),
        .title_claim = member_kept(keep, root, "title_claim", "name"),
        .role_claim = member_kept(keep, root, "role_claim", "roles"),
        .group_claim = member_kept(keep, root, "group_claim", "groups"),
    };
    out->role_n = map_of(keep, &out->role, root, "roles");
    out->locality_n = map_of(keep, &out->locality, root, "localities");
    json_decref(root);
    return check(keep, out, ds);
}
