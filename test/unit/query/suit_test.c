/* suit_test.c - what suits what, over rosters: reasons that add up, conflicts, freshness, and
 * nothing told of rows outside a scope. */
#include <pthread.h>
#include <stdatomic.h>

#include "query/suit.h"
#include "record/record.h"
#include "rulebook/rulebook.h"
#include "test/unit/query/world.h"

static const char needs[] =
    "# 需求\n- 类: 资料\n- 状态: 示例\n- 身份: 编号\n- 名称: 名称\n- 属地: 区镇\n\n"
    "## 字段\n| 名称 | 类型 | 选项 | 分级 |\n|---|---|---|---|\n"
    "| 编号 | 文本 | | 公开 |\n| 名称 | 文本 | | 公开 |\n| 区镇 | 区划 | | 公开 |\n"
    "| 需求内容 | 文本 | | 敏感 |\n| 提出企业 | 关联 | 企业 | 内部 |\n\n"
    "## 匹配\n- 正文: 需求内容\n";
static const char experts[] =
    "# 专家\n- 类: 主体\n- 状态: 示例\n- 身份: 编号\n- 名称: 姓名\n- 属地: 区镇\n\n"
    "## 字段\n| 名称 | 类型 | 选项 | 分级 |\n|---|---|---|---|\n"
    "| 编号 | 文本 | | 公开 |\n| 姓名 | 文本 | | 个人 |\n| 区镇 | 区划 | | 公开 |\n"
    "| 专业方向 | 文本 | | 内部 |\n"
    "| 任职单位 | 文本 | | 内部 |\n| 任职企业 | 关联 | 企业 | 内部 |\n\n"
    "## 匹配\n- 单位: 任职单位\n";

static const struct scope office = {
    .rule = SCOPE_ALL, .show = PROTECT_PERSONAL, .ask = PROTECT_SENSITIVE};
static const struct scope town = {.rule = SCOPE_LOCALITY,
                                  .locality = {"320582100", 9},
                                  .show = PROTECT_PERSONAL,
                                  .ask = PROTECT_SENSITIVE};

struct desk {
    struct rosters *rosters;
    struct suits *suits;
};

static void refresh(struct desk *d)
{
    CHECK_INT(db_begin(store.w), OK);
    CHECK_INT(rosters_refresh(d->rosters, store.w, &store.ds), OK);
    db_rollback(store.w);
}

/* `hidden`: what the experts of the other town know. */
static struct desk desk_open(const char *hidden)
{
    struct desk d;
    store_open(STORE_SQLITE);
    report_kind(store_reporting(), needs);
    report_kind(store_reporting(), experts);
    report_csv(store_reporting(), "需求",
               S("编号,名称,区镇,需求内容,提出企业\n"
                 "N1,激光焊接在线检测,320582100,焊缝缺陷识别跟不上产线,F1\n"));
    report_csv(store_reporting(), "专家",
               arena_fmt(store.a,
                         "编号,姓名,区镇,专业方向,任职单位,任职企业\n"
                         "E1,甲,320582100,激光焊接与焊缝跟踪,A大学,\n"
                         "E2,乙,320582100,激光焊接与焊缝跟踪,A大学,F9;F1\n"
                         "E3,丙,320582100,纺织废水处理,B大学,\n"
                         "E4,丁,320582101,%s,B大学,\n"
                         "E5,戊,320582101,%s激光,B大学,\n",
                         hidden, hidden));
    d.rosters = rosters_open(store.a, S("320582"));
    d.suits = suits_open(store.a, d.rosters, S(""));
    refresh(&d);
    return d;
}

static void desk_close(struct desk *d)
{
    suits_close(d->suits);
    rosters_close(d->rosters);
    store_end();
}

/* "2/1: E1 5646=.. E3 ..": all that an answer holds. */
static Str ask(struct desk *d, struct arena *a, const char *kind, const char *id, const char *with,
               const struct scope *s)
{
    struct suit_side side;
    struct suits_found f;
    struct buf b;
    int64_t subject = 0;
    const struct roster *r = roster_take(d->rosters, str_of(kind));
    CHECK(r != NULL && roster_find(r, str_of(id), &subject));
    CHECK_INT(suit_side(a, s, r, subject, &side), OK);
    roster_release(r);
    struct suit_ask q = {.of = &side, .kind = str_of(with), .scope = s, .top = 9, .reasons = true};
    CHECK_INT(suits_find(d->suits, a, &q, &f), OK);
    buf_init(&b, a, 1 << 16);
    buf_fmt(&b, "%u/%u:", f.of, f.barred);
    for (size_t i = 0; i < f.n; i++) {
        int32_t sum = 0;
        buf_fmt(&b, " %.*s %d=", STR_ARG(f.at[i].identity), f.at[i].score);
        for (size_t k = 0; k < f.at[i].why_n; k++) {
            sum += f.at[i].why[k].worth;
            buf_fmt(&b, "%d+", f.at[i].why[k].worth);
        }
        CHECK_INT(sum, f.at[i].score);
    }
    return buf_str(&b);
}

static bool tells(Str answer, const char *text)
{
    return str_find(answer, str_of(text)) < answer.n;
}

TEST(suit_finds_without_conflict)
{
    struct desk d = desk_open("化工过程");
    Str found = ask(&d, store.a, "需求", "N1", "专家", &office);
    CHECK(tells(found, "4/1: E1 ")); /* E2 works for whose need it is */
    CHECK(!tells(found, "E2"));
    Str back = ask(&d, store.a, "专家", "E1", "需求", &office);
    CHECK(tells(back, "1/0: N1 "));
    CHECK(tells(ask(&d, store.a, "专家", "E2", "需求", &office), "0/1:"));
    desk_close(&d);
}

/* An answer after a change is of what was changed. */
TEST(suit_is_fresh)
{
    struct desk d = desk_open("化工过程");
    CHECK(!tells(ask(&d, store.a, "需求", "N1", "专家", &office), "E3"));
    report_csv(store_reporting(), "专家",
               S("编号,专业方向,任职企业\nE3,激光焊接在线检测,\nE1,,F1\n"));
    refresh(&d);
    suits_follow(d.suits);
    Str now = ask(&d, store.a, "需求", "N1", "专家", &office);
    CHECK(tells(now, "3/2: E3 ")); /* and E1 went to work there */
    desk_close(&d);
}

/* --- asked from several threads while it is patched --- */

enum { ASKERS = 3, CHANGES = 30 };

struct asker {
    struct desk *d;
    Str state[2]; /* what may be said */
    atomic_bool *over;
    int asked[2], odd;
};

static void *keep_asking(void *arg)
{
    struct asker *x = arg;
    struct arena *a = arena_open();
    while (!atomic_load(x->over)) {
        ArenaMark mark = arena_mark(a);
        Str said = ask(x->d, a, "需求", "N1", "专家", &office);
        int i = str_eq(said, x->state[0]) ? 0 : 1;
        x->odd += !str_eq(said, x->state[i]);
        x->asked[i]++;
        arena_reset(a, mark);
    }
    arena_close(a);
    return NULL;
}

static void change(struct desk *d, int i)
{
    report_csv(store_reporting(), "专家",
               i % 2 == 0 ? S("编号,专业方向\nE3,纺织废水处理\n")
                          : S("编号,专业方向\nE3,激光焊接在线检测\n"));
    refresh(d);
    suits_follow(d->suits);
}

TEST(suit_is_asked_while_it_is_patched)
{
    struct desk d = desk_open("化工过程");
    pthread_t thread[ASKERS];
    struct asker asker[ASKERS];
    atomic_bool over = false;
    Str state[2];
    state[0] = ask(&d, store.a, "需求", "N1", "专家", &office);
    change(&d, 1);
    state[1] = ask(&d, store.a, "需求", "N1", "专家", &office);
    CHECK(!tells(state[0], "E3") && tells(state[1], "E3"));
    for (int i = 0; i < ASKERS; i++) {
        asker[i] = (struct asker){.d = &d, .state = {state[0], state[1]}, .over = &over};
        CHECK_INT(pthread_create(&thread[i], NULL, keep_asking, &asker[i]), 0);
    }
    for (int i = 0; i < CHANGES; i++)
        change(&d, i);
    atomic_store(&over, true);
    int asked[2] = {0};
    for (int i = 0; i < ASKERS; i++) {
        (void)pthread_join(thread[i], NULL);
        CHECK_INT(asker[i].odd, 0);
        asked[0] += asker[i].asked[0];
        asked[1] += asker[i].asked[1];
    }
    CHECK(asked[0] > 0 && asked[1] > 0);
    desk_close(&d);
}

TEST(suit_within_scope)
{
    struct arena *a = arena_open();
    Str answer[2], seen[2];
    const char *const hidden[] = {"激光焊接焊缝识别", "化工过程"};
    for (int k = 0; k < 2; k++) {
        struct desk d = desk_open(hidden[k]);
        answer[k] = arena_copy(a, ask(&d, store.a, "需求", "N1", "专家", &town));
        seen[k] = arena_copy(a, ask(&d, store.a, "需求", "N1", "专家", &office));
        desk_close(&d);
    }
    CHECK(tells(answer[0], "2/1: E1 "));
    CHECK(str_eq(answer[0], answer[1]));
    CHECK(!str_eq(seen[0], seen[1]));
    arena_close(a);
}

static const char words[] =
    "# 技术词表\n- 版本: 1\n- 生效: 2026-01-01\n- 对象: 需求与供给的文本\n- 状态: 示例\n\n"
    "## 字段\n| 名称 | 类型 |\n|---|---|\n| 关键词 | 文本 |\n\n"
    "## 分组 关键词环节\n- 命中: 首行\n\n| 关键词 | 关键词环节 |\n|---|---|\n"
    "| 焊接; 焊缝; 钎料 | 焊接 |\n| 其他 | 其他 |\n";

enum step { DRAFT, REVIEW, PUBLISH, WITHDRAW };

static void put_words(enum step step, int64_t *entry)
{
    static const char *const who[] = {"甲", "乙", "丙", "丁"};
    struct act act = store_act(10 + (int)step);
    struct rulebook_desk d = {&act, str_of(who[step]), &store.ds, NULL};
    enum status st = OK;
    switch (step) {
    case DRAFT: st = rulebook_draft(&d, str_of(words), entry); break;
    case REVIEW: st = rulebook_review(&d, *entry, S("看过")); break;
    case PUBLISH: st = rulebook_publish(&d, *entry, S("同意")); break;
    case WITHDRAW: st = rulebook_withdraw(&d, *entry, S("不用了")); break;
    }
    CHECK_INT(st, OK);
    store_act_end(&act, S("rule.put"));
}

static void read_words(struct desk *d)
{
    CHECK_INT(db_begin(store.w), OK);
    CHECK_INT(suits_read(d->suits, store.w, S("320582")), OK);
    db_rollback(store.w);
    suits_follow(d->suits);
}

/* What officers put into force counts from then on, and no longer than that. */
TEST(suit_goes_by_the_techniques_in_force)
{
    struct arena *a = arena_open();
    struct desk d = desk_open("钎料配方");
    int64_t entry = 0;
    Str without = ask(&d, a, "需求", "N1", "专家", &office);
    put_words(DRAFT, &entry);
    put_words(REVIEW, &entry);
    read_words(&d);
    CHECK(str_eq(ask(&d, a, "需求", "N1", "专家", &office), without));
    put_words(PUBLISH, &entry);
    read_words(&d);
    CHECK(!str_eq(ask(&d, a, "需求", "N1", "专家", &office), without));
    put_words(WITHDRAW, &entry);
    read_words(&d);
    CHECK(str_eq(ask(&d, a, "需求", "N1", "专家", &office), without));
    desk_close(&d);
    arena_close(a);
}
