/* words_test.c - names and figures, both ways. */
#include "base/arena.h"
#include "base/str.h"
#include "ledger/ledger.h"
#include "ledger/trace.h"
#include "test/t.h"

TEST(prints_as_officers_read)
{
    struct arena *a = arena_open();
    CHECK_STR(ledger_fen_str(a, 123456789), "1,234,567.89");
    CHECK_STR(ledger_fen_str(a, -12345600), "-123,456.00");
    CHECK_STR(ledger_fen_str(a, 5), "0.05");
    CHECK_STR(ledger_points_str(a, 376925500), "37,692.55");
    CHECK_STR(ledger_points_str(a, 10000000), "1,000");
    CHECK_STR(ledger_points_str(a, 1), "0.0001");
    CHECK_STR(ledger_fen_str(a, -123456700), "-1,234,567.00");
    CHECK_STR(ledger_fen_str(a, INT64_MIN), "-92,233,720,368,547,758.08");
    CHECK_STR(ledger_id_str(a, ledger_id(12, 3)), "12-3");
    arena_close(a);
}

TEST(reads_numbers_of_operations)
{
    int64_t id;
    CHECK(ledger_parse_id(&id, S("12-3")));
    CHECK_INT(id, ledger_id(12, 3));
    CHECK_INT(ledger_id_act(id), 12);
    CHECK_INT(ledger_id_n(id), 3);
    CHECK(ledger_parse_id(&id, S("1-1048575")));
    CHECK(!ledger_parse_id(&id, S("1-1048576")));
    CHECK(!ledger_parse_id(&id, S("0-1")));
    CHECK(!ledger_parse_id(&id, S("1")));
    CHECK(!ledger_parse_id(&id, S("-1")));
    CHECK(!ledger_parse_id(&id, S("1-")));
    CHECK(!ledger_parse_id(&id, S("1-a")));
    CHECK(!ledger_parse_id(&id, S("1-/")));
    CHECK(!ledger_parse_id(&id, S("1-:")));
    CHECK(!ledger_parse_id(&id, S("a-1")));
    CHECK(!ledger_parse_id(&id, S("")));
    CHECK(ledger_parse_id(&id, S("109-90")));
    CHECK_INT(id, ledger_id(109, 90));
    CHECK(ledger_parse_id(&id, S("123456789012-00000000001"))); /* as long as one may be */
    CHECK_INT(id, ledger_id(INT64_C(123456789012), 1));
    CHECK(!ledger_parse_id(&id, S("123456789012-000000000001")));
    CHECK(ledger_parse_id(&id, S("1-000000000001")));
    CHECK(!ledger_parse_id(&id, S("1-0000000000001")));
    CHECK(!ledger_parse_id(&id, S("1234567890123-1")));
    CHECK(!ledger_parse_id(&id, S("1234567890123456789012345-1")));
}

static int64_t amount(const char *text, int decimals)
{
    int64_t v = -7;
    bool read = ledger_parse_amount(&v, str_of(text), decimals);
    CHECK_INT(read, v != -7);
    return v;
}

TEST(reads_amounts)
{
    CHECK_INT(amount(" 12.5 ", 4), 125000);
    CHECK_INT(amount("0", 2), 0);
    CHECK_INT(amount("0.0001", 4), 1);
    CHECK_INT(amount("0.00011", 4), -7);
    CHECK_INT(amount("0.001", 2), -7);
    CHECK_INT(amount("-0.01", 2), -7);
    CHECK_INT(amount("100000000000", 2), LEDGER_AMOUNT_MAX);
    CHECK_INT(amount("100000000000.01", 2), -7);
    CHECK_INT(amount("9999999999999999999999999999999999999", 4), -7); /* times 10,000 too many */
    CHECK_INT(amount("一百", 2), -7);
    CHECK_INT(amount("", 2), -7);
}

TEST(names_accounts_states_and_what_lacks)
{
    CHECK_STR(str_of(ledger_account_name(LEDGER_BUDGET, LANG_ZH)), "预算科目");
    CHECK_STR(str_of(ledger_account_name(LEDGER_POINTS_OUTSIDE, LANG_EN)), "points issued");
    CHECK_STR(str_of(ledger_state_name(LEDGER_REQUESTED, LANG_ZH)), "待审批");
    CHECK_STR(str_of(ledger_state_name(LEDGER_CANCELLED, LANG_EN)), "cancelled");
    CHECK_STR(str_of(ledger_lack_name(LEDGER_LACKS_APPROVERS, LANG_EN)), "two approvers");
    CHECK_STR(str_of(ledger_lack_name(LEDGER_LACKS_DECISION, LANG_EN)), "a decision");
    CHECK_STR(str_of(ledger_lack_name(LEDGER_LACKS_RECEIPT, LANG_ZH)), "凭证");
}

TEST(knows_points_from_money)
{
    CHECK(!ledger_is_points(LEDGER_CLAWBACK));
    CHECK(ledger_is_points(LEDGER_HELD));
    CHECK(ledger_is_points(LEDGER_SPENT));
    CHECK(ledger_is_points(LEDGER_EXPIRED));
    CHECK(!ledger_is_points(LEDGER_MONEY_OUTSIDE));
    CHECK(ledger_is_points(LEDGER_POINTS_OUTSIDE));
}
