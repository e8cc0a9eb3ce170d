#include "base/arena.h"
#include "base/buf.h"
#include "base/decimal.h"
#include "base/str.h"
#include "ledger/ledger.h"

enum { AMOUNT_MAX = 40 };

const char *ledger_account_name(enum ledger_account_kind kind, enum lang lang)
{
    static const char *const name[][2] = {
        [LEDGER_BUDGET] = {"预算科目", "budget line"},
        [LEDGER_POOL] = {"资金池", "policy pool"},
        [LEDGER_PAYABLE] = {"应付", "payable"},
        [LEDGER_BANK] = {"银行在途", "bank clearing"},
        [LEDGER_CLAWBACK] = {"追回", "clawback"},
        [LEDGER_HELD] = {"积分余额", "points held"},
        [LEDGER_SPENT] = {"已用积分", "points spent"},
        [LEDGER_EXPIRED] = {"到期积分", "points expired"},
        [LEDGER_MONEY_OUTSIDE] = {"外部资金", "money outside"},
        [LEDGER_POINTS_OUTSIDE] = {"积分发放", "points issued"},
    };
    return name[kind][lang];
}

const char *ledger_state_name(enum ledger_state state, enum lang lang)
{
    static const char *const name[][2] = {
        [LEDGER_REQUESTED] = {"待审批", "requested"}, [LEDGER_APPROVED] = {"已批准", "approved"},
        [LEDGER_SENT] = {"已送银行", "at the bank"},  [LEDGER_SETTLED] = {"已支付", "paid"},
        [LEDGER_BOUNCED] = {"银行退回", "bounced"},   [LEDGER_CANCELLED] = {"已取消", "cancelled"},
    };
    return name[state][lang];
}

bool ledger_is_points(enum ledger_account_kind kind)
{
    return (kind >= LEDGER_HELD && kind <= LEDGER_EXPIRED) || kind == LEDGER_POINTS_OUTSIDE;
}

/* Thousands apart: 1234567.5 -> 1,234,567.5 */
static Str grouped(struct arena *keep, Str plain)
{
    struct buf b;
    size_t point = str_find(plain, S("."));
    buf_init(&b, keep, AMOUNT_MAX);
    for (size_t i = 0; i < plain.n; i++) {
        bool digit_before = i > 0 && plain.p[i - 1] != '-';
        if (i < point && digit_before && (point - i) % 3 == 0)
            buf_char(&b, ',');
        buf_char(&b, plain.p[i]);
    }
    return buf_str(&b);
}

Str ledger_fen_str(struct arena *keep, int64_t fen)
{
    struct buf plain;
    buf_init(&plain, keep, AMOUNT_MAX);
    dec_print_fixed(&plain, fen, LEDGER_FEN_DECIMALS, LEDGER_FEN_DECIMALS);
    return grouped(keep, buf_str(&plain));
}

Str ledger_points_str(struct arena *keep, int64_t e4)
{
    struct buf plain;
    buf_init(&plain, keep, AMOUNT_MAX);
    dec_print(&plain, e4, LEDGER_POINT_DECIMALS);
    return grouped(keep, buf_str(&plain));
}

bool ledger_parse_amount(int64_t *out, Str text, int decimals)
{
    Dec d;
    Wide m;
    if (!dec_parse(&d, str_trim(text), NULL) || d.scale > decimals ||
        !wide_rescale(&m, d.m, d.scale, decimals, ROUND_DOWN) || m < 0 || m > LEDGER_AMOUNT_MAX)
        return false;
    *out = (int64_t)m;
    return true;
}

Str ledger_id_str(struct arena *keep, int64_t id)
{
    return arena_fmt(keep, "%lld-%lld", (long long)ledger_id_act(id), (long long)ledger_id_n(id));
}

static bool whole(int64_t *out, Str text)
{
    *out = 0;
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] < '0' || text.p[i] > '9')
            return false;
        *out = *out * 10 + (text.p[i] - '0');
    }
    return text.n > 0 && text.n <= 12;
}

bool ledger_parse_id(int64_t *id, Str text)
{
    int64_t act, n;
    Str rest = text, head = str_cut(&rest, '-');
    if (text.n > 24 || !whole(&act, head) || !whole(&n, rest) || act == 0 ||
        n >> LEDGER_PART_BITS != 0)
        return false;
    *id = ledger_id(act, n);
    return true;
}
