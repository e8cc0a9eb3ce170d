/* words.c - the keywords of case types, in both languages. */
#include "base/str.h"
#include "matter/matter_int.h"

static const struct {
    enum matter_word_class cls;
    enum matter_word word;
    const char *zh, *en;
} WORDS[] = {
    {MATTER_KEY, MW_POLICY, "政策", "policy"},
    {MATTER_KEY, MW_OPENER, "发起", "opened_by"},
    {MATTER_KEY, MW_CALENDAR, "日历", "calendar"},
    {MATTER_KEY, MW_REVIEWS, "评审", "reviews"},
    {MATTER_KEY, MW_PAYEE, "收款", "payee"},
    {MATTER_KEY, MW_DECISION, "文号", "decision"},
    {MATTER_KEY, MW_ONCE, "一次", "once"},
    {MATTER_KEY, MW_LEVEL, "密级", "level"},
    {MATTER_KEY, MW_CATEGORY, "分类", "category"},
    {MATTER_KEY, MW_PROOF, "凭件", "proof"},
    {MATTER_KEY, MW_USE, "占用", "takes_up"},
    {MATTER_KEY, MW_ABOVE, "上级", "above"},
    {MATTER_KEY, MW_NOTE, "说明", "note"},
    {MATTER_KEY, MW_SOURCE, "来源", "source"},
    {MATTER_KEY, MW_SOURCE, "依据", "basis"},
    {MATTER_KEY, MW_SOURCE, "确度", "certainty"},
    {MATTER_HEAD, MW_STATE, "状态", "state"},
    {MATTER_HEAD, MW_STEP, "步骤", "step"},
    {MATTER_HEAD, MW_FORM, "填报", "form"},
    {MATTER_HEAD, MW_PAPER, "材料", "paper"},
    {MATTER_HEAD, MW_MEASURE, "度量", "measure"},
    {MATTER_HEAD, MW_HOW, "算法", "how"},
    {MATTER_HEAD, MW_TERM, "期限", "term"},
    {MATTER_HEAD, MW_OVERDUE, "逾期", "overdue"},
    {MATTER_HEAD, MW_END, "终", "end"},
    {MATTER_HEAD, MW_SHOWN, "公开", "public"},
    {MATTER_HEAD, MW_TAKES, "受理", "takes"},
    {MATTER_HEAD, MW_FROM, "从", "from"},
    {MATTER_HEAD, MW_TO, "到", "to"},
    {MATTER_HEAD, MW_WHO, "谁", "who"},
    {MATTER_HEAD, MW_MUST, "须", "must"},
    {MATTER_HEAD, MW_PEOPLE, "人数", "people"},
    {MATTER_HEAD, MW_NOT_BY, "不同于", "not_by"},
    {MATTER_HEAD, MW_EFFECT, "效果", "effect"},
    {MATTER_HEAD, MW_REQUIRED, "必填", "required"},
    {MATTER_HEAD, MW_REQUIRED, "必交", "required"},
    {MATTER_HEAD, MW_PREFILL, "预填", "prefill"},
    {MATTER_HEAD, MW_NOTE, "说明", "note"},
    {MATTER_TAKES, MW_TAKES_REVIEWS, "评审", "reviews"},
    {MATTER_TAKES, MW_TAKES_BIDS, "揭榜", "bids"},
    {MATTER_TAKES, MW_TAKES_OPENING, "开标", "opening"},
    {MATTER_PEOPLE, MW_OWN, "本人", "own"},
    {MATTER_PEOPLE, MW_SYSTEM, "系统", "system"},
    {MATTER_EFFECT, MW_NOTIFY, "通知", "notify"},
    {MATTER_EFFECT, MW_NOTICE, "公示", "notice"},
    {MATTER_EFFECT, MW_RESERVE, "预留", "reserve"},
    {MATTER_EFFECT, MW_PAY, "应付", "pay"},
    {MATTER_EFFECT, MW_VOID, "作废", "void"},
    {MATTER_EFFECT, MW_RECLAIM, "追回", "reclaim"},
    {MATTER_EFFECT, MW_ASSIGN, "派", "assign"},
    {MATTER_EFFECT, MW_SET, "置", "set"},
    {MATTER_EFFECT, MW_OPEN, "建", "open"},
    {MATTER_OTHER, MW_YES, "是", "yes"},
    {MATTER_OTHER, MW_TODAY, "今天", "today"},
    {MATTER_OTHER, MW_SHARE, "占比", "share"},
    {MATTER_OTHER, MW_TIME, "用时", "time"},
    {MATTER_OTHER, MW_SUM, "合计", "sum"},
    {MATTER_OTHER, MW_MATCH, "匹配", "match"},
};

enum matter_word matter_word_find(enum matter_word_class cls, Str text)
{
    for (size_t i = 0; i < ARRAY_N(WORDS); i++)
        if (WORDS[i].cls == cls &&
            (str_eq(text, str_of(WORDS[i].zh)) || str_eq(text, str_of(WORDS[i].en))))
            return WORDS[i].word;
    return MW_NONE;
}

const char *matter_effect_name(enum matter_effect_kind k, enum lang lang)
{
    size_t i = 0;
    while (WORDS[i].word != (enum matter_word)(MW_NOTIFY + (int)k))
        i++;
    return lang == LANG_ZH ? WORDS[i].zh : WORDS[i].en;
}

/* --- pieces of a cell --- */

Text matter_sub(Text t, size_t beg, size_t end)
{
    while (beg < end && (t.s.p[beg] == ' ' || t.s.p[beg] == '\t'))
        beg++;
    while (end > beg && (t.s.p[end - 1] == ' ' || t.s.p[end - 1] == '\t'))
        end--;
    return (Text){str_sub(t.s, beg, end), {t.span.beg + (uint32_t)beg, t.span.beg + (uint32_t)end}};
}

/* Where the first of the marks is, and how long it is; the end if there is none. */
static size_t first_mark(Str s, const Str *mark, size_t mark_n, size_t *len)
{
    size_t at = s.n;
    *len = 0;
    for (size_t i = 0; i < mark_n; i++) {
        size_t found = str_find(s, mark[i]);
        if (found < at) {
            at = found;
            *len = mark[i].n;
        }
    }
    return at;
}

bool matter_part(Text *rest, Text *part, bool commas)
{
    static const Str MARK[] = {{";", 1}, {"；", 3}, {"、", 3}, {",", 1}, {"，", 3}};
    size_t len;
    if (matter_sub(*rest, 0, rest->s.n).s.n == 0)
        return false;
    size_t at = first_mark(rest->s, MARK, commas ? ARRAY_N(MARK) : 2, &len);
    *part = matter_sub(*rest, 0, at);
    *rest = matter_sub(*rest, at + len, rest->s.n);
    return true;
}

Text matter_word_cut(Text *rest)
{
    size_t at = 0;
    while (at < rest->s.n && rest->s.p[at] != ' ' && rest->s.p[at] != '\t')
        at++;
    Text word = matter_sub(*rest, 0, at);
    *rest = matter_sub(*rest, at, rest->s.n);
    return word;
}
