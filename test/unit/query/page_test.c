/* page_test.c - pages one after the other are the whole list, while others are at work. */
#include "test/unit/query/world.h"

static const char *const sorts[] = {"", "收入", "-收入,企业名称", "链,-人数", "-高企", "企业名称"};

static struct query_list list_of(const char *sort)
{
    struct query_list l = {.limit = 7};
    struct query_key *key;
    CHECK_INT(query_keys_read(store.a, &key, &l.key_n, str_of(sort), &store.ds), OK);
    l.key = key;
    return l;
}

static struct selection *ask_all(const struct roster *r, const struct scope *s, Str q)
{
    struct selection *sel = NULL;
    struct query_ask ask = {.q = q, .today = 20500};
    CHECK_INT(query_select(s, r, &ask, store.a, &sel, &store.ds), OK);
    return sel;
}

static void check_pages(const struct roster *r, const char *sort, Str q)
{
    struct query_list l = list_of(sort);
    struct selection *s = ask_all(r, &everything, q);
    struct query_page all, p;
    uint32_t at = 0;
    CHECK_INT(query_all(s, &l, store.a, &all, &store.ds), OK);
    CHECK_INT(all.n, query_counts(s).rows);
    do {
        CHECK_INT(query_list(s, &l, store.a, &p, &store.ds), OK);
        for (uint32_t i = 0; i < p.n && at < all.n; i++)
            CHECK_INT(p.row[i], all.row[at++]);
        l.cursor = p.next;
    } while (l.cursor.n > 0);
    CHECK_INT(at, all.n);
}

TEST(page_by_page_is_all)
{
    store_open(STORE_SQLITE);
    struct world w = world_make(3, 4, false);
    for (size_t i = 0; i < ARRAY_N(sorts); i++) {
        check_pages(w.r, sorts[i], S(""));
        check_pages(w.r, sorts[i], S("示例"));
    }
    world_end(&w);
    store_end();
}

/* D03X19 is no. 19 of the world; 0: who came later. */
static size_t number_of(Str identity)
{
    enum { MARK = 3 };
    size_t n = 0;
    bool ours = identity.n > MARK && identity.p[MARK] == 'X';
    for (size_t i = MARK + 1; ours && i < identity.n; i++)
        n = n * 10 + (size_t)(identity.p[i] - '0');
    return n;
}

/* Between pages others are renamed, figured anew, added: who stays as it is comes once. */
TEST(page_while_others_change)
{
    store_open(STORE_SQLITE);
    struct world w = world_make(3, 4, false);
    struct dice d = {5};
    for (size_t i = 0; i < ARRAY_N(sorts); i++) {
        struct query_list l = list_of(sorts[i]);
        int seen[121] = {0};
        do {
            struct query_page p;
            struct buf b;
            CHECK_INT(query_list(ask_all(w.r, &everything, S("")), &l, store.a, &p, &store.ds), OK);
            for (uint32_t k = 0; k < p.n; k++)
                seen[number_of(query_identity(p.of, p.row[k]))]++;
            l.cursor = p.next;
            buf_init(&b, store.a, 4000); /* nos. 1 to 20 change */
            uint32_t no = 1 + roll(&d, 20);
            buf_fmt(&b,
                    "代码,企业名称,收入@2025,人数,链\n%c%02uX%u,改%u,%u,%u,化工\nN%u,新,1,2,纺织\n",
                    'A' + (char)(no * 7 % 26), no * 37 % 100, no, roll(&d, 99), roll(&d, 5000),
                    roll(&d, 9), roll(&d, 9999));
            buf_char(&b, '\0');
            world_report(1000, b.p);
            world_refresh(&w);
        } while (l.cursor.n > 0);
        for (int no = 21; no <= 120; no++)
            CHECK_INT(seen[no], 1);
    }
    world_end(&w);
    store_end();
}

static enum status page_with(const struct selection *s, const char *sort, Str cursor)
{
    struct query_list l = list_of(sort);
    struct query_page p;
    struct diags ds;
    diags_init(&ds, store.a);
    l.cursor = cursor;
    enum status st = query_list(s, &l, store.a, &p, &ds);
    CHECK(st == OK || (ds.n == 1 && ds.at[0].code == DIAG_QUERY_CURSOR));
    return st;
}

TEST(page_cursors_are_bound)
{
    store_open(STORE_SQLITE);
    struct world w = world_make(3, 4, false);
    struct query_list l = list_of("收入");
    struct query_page p;
    struct selection *s = ask_all(w.r, &everything, S(""));
    CHECK_INT(query_list(s, &l, store.a, &p, &store.ds), OK);
    CHECK_INT(page_with(s, "收入", p.next), OK);
    CHECK_INT(page_with(s, "-收入", p.next), ERR_INPUT);
    CHECK_INT(page_with(s, "收入,人数", p.next), ERR_INPUT);
    CHECK_INT(page_with(ask_all(w.r, &everything, S("示例")), "收入", p.next), ERR_INPUT);
    struct scope other = everything;
    other.ask = PROTECT_PUBLIC;
    CHECK_INT(page_with(ask_all(w.r, &other, S("")), "收入", p.next), ERR_INPUT);
    other = everything;
    other.rule = SCOPE_LOCALITY;
    other.locality = S("320582100");
    CHECK_INT(page_with(ask_all(w.r, &other, S("")), "收入", p.next), ERR_INPUT);
    for (size_t i = 0; i < p.next.n; i++) { /* cut, and every byte another: never a crash */
        CHECK_INT(page_with(s, "收入", str_sub(p.next, 0, i)), i == 0 ? OK : ERR_INPUT);
        Str bad = arena_copy(store.a, p.next);
        char *at = arena_raw(store.a, bad.n, 1);
        for (size_t k = 0; k < bad.n; k++)
            at[k] = k == i ? bad.p[k] == '0' ? '1' : '0' : bad.p[k];
        bad.p = at;
        (void)page_with(s, "收入", bad);
    }
    struct query_list far = list_of("");
    far.limit = QUERY_LIMIT_MAX + 1;
    CHECK_INT(query_list(s, &far, store.a, &p, &store.ds), ERR_INPUT);
    world_end(&w);
    store_end();
}
