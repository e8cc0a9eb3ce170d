#include "text/name.h"

#include "base/arena.h"
#include "base/str.h"
#include "text/fold.h"

static const char *const levels[] = {"省", "市", "县", "区"};
static const char *const forms[] = {"有限责任公司", "有限公司", "公司"};

/* Cuts one of 省 市 县 区 off the front. */
static bool cut_level(Str *s)
{
    for (size_t i = 0; i < ARRAY_N(levels); i++)
        if (str_starts(*s, str_of(levels[i]))) {
            *s = str_sub(*s, str_of(levels[i]).n, s->n);
            return true;
        }
    return false;
}

static void add_place(struct arena *keep, struct places *p, Str place)
{
    size_t at = p->n;
    VEC_PUSH(keep, p->at, p->n, p->cap) = place;
    for (; at > 0 && p->at[at - 1].n < place.n; at--)
        p->at[at] = p->at[at - 1];
    p->at[at] = place;
}

void places_read(struct arena *keep, struct places *out, Str region)
{
    Str rest = fold_text(keep, region);
    *out = (struct places){0};
    for (size_t at = 0; at < rest.n;) {
        Str tail = str_sub(rest, at, rest.n), behind = tail;
        size_t len;
        if (at > 0 && cut_level(&behind)) {
            add_place(keep, out, str_sub(rest, 0, at));
            rest = behind;
            at = 0;
            continue;
        }
        (void)utf8_at(rest, at, &len);
        at += len;
    }
    if (rest.n > 0)
        add_place(keep, out, rest);
}

/* Places off the front, with or without 省 市 县 区, as long as something is left. */
static Str cut_places(const struct places *p, Str s)
{
    for (bool found = true; found;) {
        found = false;
        for (size_t i = 0; i < p->n && !found; i++)
            if (str_starts(s, p->at[i]) && s.n > p->at[i].n) {
                Str rest = str_sub(s, p->at[i].n, s.n);
                (void)cut_level(&rest);
                found = rest.n > 0;
                s = found ? rest : s;
            }
    }
    return s;
}

static bool cut_end(Str *s, Str end)
{
    if (!str_ends(*s, end) || s->n == end.n)
        return false;
    s->n -= end.n;
    return true;
}

/* "...公司苏州分公司": what is behind the first 公司. */
static Str cut_branch(Str *s)
{
    Str firm = S("公司");
    size_t at = str_find(*s, firm);
    bool branch = str_ends(*s, S("分公司")) || str_ends(*s, S("分厂")) || str_ends(*s, S("办事处"));
    if (!branch || at + firm.n >= s->n)
        return S("");
    Str rest = str_sub(*s, at + firm.n, s->n);
    s->n = at + firm.n;
    return rest;
}

static bool is_place(const struct places *p, Str s)
{
    for (size_t i = 0; i < p->n; i++) {
        Str rest = s;
        if (str_starts(rest, p->at[i])) {
            rest = str_sub(rest, p->at[i].n, rest.n);
            if (rest.n == 0 || (cut_level(&rest) && rest.n == 0))
                return true;
        }
    }
    return false;
}

/* A place in brackets, 海螺(张家港)环保材料: taken out where it stands. */
static Str cut_inner_place(struct arena *keep, const struct places *p, Str raw, Str *place)
{
    size_t open = raw.n, inside = raw.n;
    for (size_t at = 0, len; at < raw.n; at += len) {
        Rune r = rune_fold(utf8_at(raw, at, &len));
        if (r == '(') {
            open = at;
            inside = at + len;
        }
        Str in = r == ')' && open < raw.n ? fold_text(keep, str_sub(raw, inside, at)) : S("");
        if (in.n == 0 || !is_place(p, in))
            continue;
        *place = in;
        return arena_fmt(keep, "%.*s%.*s", (int)open, raw.p, (int)(raw.n - at - len),
                         raw.p + at + len);
    }
    return raw;
}

void name_read(struct arena *keep, struct firm_name *out, const struct places *p, Str name)
{
    *out = (struct firm_name){.key = fold_text(keep, name), .place = S("")};
    Str rest = fold_text(keep, cut_inner_place(keep, p, str_trim(name), &out->place));
    out->branch = cut_branch(&rest);
    Str behind = cut_places(p, rest);
    if (behind.n < rest.n)
        out->place = str_sub(rest, 0, rest.n - behind.n);
    for (size_t i = 0; i < ARRAY_N(forms); i++)
        if (str_ends(behind, str_of(forms[i]))) { /* or it is all there is */
            (void)cut_end(&behind, str_of(forms[i]));
            break;
        }
    out->stock = cut_end(&behind, S("股份"));
    out->core = behind;
}
