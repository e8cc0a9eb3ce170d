#include "col/dataset.h"
#include "rule/condition.h"
#include "test/help/rule_help.h"
#include "test/t.h"

/* The gates of a condition as S-expressions, names resolved and so not shown; or what is wrong. */
static Str gates(struct loaded *l, const char *text, uint64_t cost)
{
    struct rules *r;
    struct buf b;
    struct diags ds;
    struct condition c = {.text = str_of(text), .labels = labels_open(l->arena), .cost_max = cost};
    diags_init(&ds, l->arena);
    buf_init(&b, l->arena, BUF_MAX);
    enum status st = rule_condition(l->arena, &r, l->r, &c, &ds);
    if (st == ERR_LIMIT)
        return S("too costly");
    for (size_t i = 0; i < ds.n; i++)
        buf_fmt(&b, "%s", diag_info(ds.at[i].code)->mnemonic);
    for (uint32_t i = l->r->item_n; st == OK && i < r->item_n; i++) {
        CHECK_INT(r->order[i], i);
        buf_char(&b, b.n > 0 ? ' ' : '|');
        buf_add(&b, show_expr(l->arena, r->item[i].expr));
    }
    CHECK(st != OK || r->label == l->r->label); /* its texts are those of the data */
    return buf_str(&b);
}

TEST(condition_is_a_gate_for_each_part)
{
    struct loaded l = load_body("## 指标 z\n- 式: x + y\n");
    uint32_t items = l.r->item_n;
    CHECK_STR(gates(&l, "x > 1元", 100), "|(> () 1)");
    CHECK_STR(gates(&l, "x > 1元 且 b 且 z > y", 100), "|(> () 1) () (> () ())");
    CHECK_STR(gates(&l, "x > 1元 或 b", 100), "|(or (> () 1) ())");
    CHECK_INT(l.r->item_n, items);
    unload(&l);
}

TEST(condition_faults)
{
    struct loaded l = load_body("## 指标 z\n- 式: x + y\n");
    CHECK_STR(gates(&l, "x > 1人", 100), "UNIT-MISMATCH");
    CHECK_STR(gates(&l, "x", 100), "TYPE-MISMATCH");
    CHECK_STR(gates(&l, "x > w", 100), "NAME-UNKNOWN");
    CHECK_STR(gates(&l, "自然对数(x / y) > 1", 100), "too costly");
    CHECK_STR(gates(&l, "合计(x, 近90年) > 1元", 100), "too costly");
    unload(&l);
}

/* Only opposite a text. */
TEST(condition_takes_names_for_texts)
{
    struct loaded l = load_body("## 指标 z\n- 式: x + y\n");
    struct rules *r;
    struct condition c = {.text = S("c = 乙 且 t ≠ 丙丁 且 c 在 (甲; 乙)"),
                          .labels = labels_open(l.arena),
                          .cost_max = 100};
    CHECK_INT(rule_condition(l.arena, &r, l.r, &c, &l.ds), OK);
    CHECK(labels_find(c.labels, S("乙")) >= 0);
    CHECK(labels_find(c.labels, S("丙丁")) >= 0);
    CHECK_STR(gates(&l, "b = 乙", 100), "NAME-UNKNOWN");
    unload(&l);
}
