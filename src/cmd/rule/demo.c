/* demo.c - the verb `demo`: two official rules on the committed sample, one enterprise explained,
 * and what would change its result. Day and year are fixed, so it shows the same on any day.
 */
#include "cmd/store/demo.h"

#include "base/arena.h"
#include "base/str.h"
#include "cmd/embed.h"
#include "cmd/report.h"
#include "cmd/rule/single.h"
#include "col/dataset.h"
#include "explain/explain.h"
#include "explain/item.h"
#include "explain/layout.h"

enum { ROWS_FIRST = 9, ROWS_SECOND = 6, STEPS_SHOWN = 3, YEAR = 2025 };

static const char data_path[] = "packs/sample/enterprises.csv";
static const char hnte_path[] = "packs/national/高新技术企业认定.md";
static const char tsme_path[] = "packs/national/科技型中小企业评价.md";

/* An enterprise of the sample just below the mark, and what would lift it. */
static const char subject[] = "91320582MA1MNRTF5K";
static const char explained[] = "评价得分";
static const char assumed[] = "研发费用=315万元";

static int open_job(struct cli *c, struct job *j, const char *doc)
{
    *j = (struct job){.period = YEAR};
    bool day = day_of(&j->as_of, YEAR + 1, 6, 1);
    ASSERT(day);
    int code = job_doc_text(c, j, str_of(doc), embed_file(doc));
    if (code == 0)
        code = job_data_text(c, j, str_of(data_path), embed_file(data_path));
    return code == 0 ? job_run(c, j) : code;
}

static void heading(struct cli *c, const char *text)
{
    buf_char(&c->out, '\n');
    cli_paint(c, PAINT_BOLD, str_of(text));
    buf_char(&c->out, '\n');
}

/* How many of each result: "符合 17，不符 153，待补 30". */
static void count_verdicts(struct report *r, int32_t verdict)
{
    struct cli *c = r->cli;
    const struct result *res = r->job->res;
    const struct item *it = &r->job->rules->item[verdict];
    size_t n[TRUTH_NA + 1] = {0};
    bool any = false;
    for (uint32_t i = 0; i < res->row_n; i++)
        n[result_cell(res, verdict, i).lo]++;
    buf_fmt(&c->out, ZE(c, "全部 %u 家：%.*s ", "all %u: %.*s "), res->row_n, STR_ARG(it->name));
    for (int t = TRUTH_UNMET; t <= TRUTH_NA; t++) {
        enum truth at = t == TRUTH_UNMET ? TRUTH_MET : t == TRUTH_MET ? TRUTH_UNMET : (enum truth)t;
        if (n[at] == 0)
            continue;
        buf_add(&c->out, str_of(any ? ZE(c, "，", ", ") : ""));
        cell_print(&c->out, r->job->rules, NULL, it->type, NULL, (Cell){at, at}, c->lang);
        buf_fmt(&c->out, " %zu", n[at]);
        any = true;
    }
}

static void count_intervals(struct report *r, int32_t score)
{
    struct cli *c = r->cli;
    const struct result *res = r->job->res;
    size_t n = 0;
    for (uint32_t i = 0; i < res->row_n; i++)
        n += result_cell(res, score, i).lo != result_cell(res, score, i).hi;
    buf_fmt(&c->out, ZE(c, "；得分是区间的 %zu 家\n", "; with an interval: %zu\n"), n);
}

static int show_scores(struct cli *c, struct job *j, const char *doc, const char *verdict,
                       uint32_t rows)
{
    struct report r;
    int code = open_job(c, j, doc);
    if (code != 0)
        return code;
    cli_paint(c, PAINT_CYAN, job_title(c, j));
    buf_char(&c->out, '\n');
    report_open(&r, c, j, false);
    report_table(&r, rows, REPORT_BRIEF);
    int32_t at = rule_find_item(j->rules, str_of(verdict));
    ASSERT(at >= 0);
    count_verdicts(&r, at);
    count_intervals(&r, report_main(&r));
    return 0;
}

static int explain_subject(struct cli *c, const struct job *j, uint32_t row)
{
    int32_t item = rule_find_item(j->rules, str_of(explained));
    ASSERT(item >= 0);
    heading(c, ZE(c, "三、为什么是这个分", "3. Why this score"));
    enum status st = explain_row(&c->out, j->plan, j->res, row, item, EXPLAIN_TEXT, c->lang);
    if (st != OK)
        return cli_fail(c, st, "%s", ZE(c, "解释不出来。", "cannot be explained."));
    return 0;
}

static int assume(struct cli *c, const struct job *j, uint32_t row)
{
    Str set = str_of(assumed);
    struct outcome after;
    heading(c, ZE(c, "四、怎样能变", "4. What would change it"));
    single_next(c, j, row, STEPS_SHOWN);
    int code = single_change(c, j, row, &set, 1, &after);
    if (code != 0)
        return code;
    buf_fmt(&c->out, ZE(c, "\n假设 %s：\n", "\nif %s:\n"), assumed);
    single_changes(c, j, row, &after);
    return 0;
}

static void close(struct cli *c)
{
    struct buf *b = &c->out;
    buf_char(b, '\n');
    cli_paint(c, PAINT_DIM,
              str_of(ZE(c, "企业和数据是虚构的示例；规则录自官方文件，条文和出处在规则文档里。",
                        "The firms and figures are fictitious examples; the rules are official "
                        "texts.")));
    buf_add(b, str_of(ZE(c,
                         "\n自己试：\n"
                         "  geci help                        全部命令\n"
                         "  geci score 规则.md -d 数据.csv   给自己的数据计分\n"
                         "  geci sample -o 企业.csv          再要一些示例数据\n",
                         "\nyour turn:\n"
                         "  geci help                        every verb\n"
                         "  geci score RULES.md -d DATA.csv  score your own data\n"
                         "  geci sample -o firms.csv         more sample data\n")));
}

int cmd_demo(struct cli *c)
{
    struct job hnte, tsme;
    if (c->args.given[OPT_DB])
        return demo_county(c);
    c->quiet = true; /* columns that one of the documents does not use are no news here */
    cli_paint(c, PAINT_BOLD,
              str_of(ZE(c, "geci " GECI_VERSION " · 县域创新格次赋分 · 演示",
                        "geci " GECI_VERSION " · county innovation grades · demo")));
    buf_add(&c->out,
            str_of(ZE(c,
                      "\n200 家虚构企业按两份官方规则计分。88 是确定的分；61~78 是区间："
                      "缺数或专家还没有评定，缺数不等于零。\n",
                      "\n200 fictitious firms under two official rules. 88 is settled; 61~78 "
                      "is an interval:\ndata or an opinion is missing, and missing is not "
                      "zero.\n")));
    heading(c, ZE(c, "一、高新技术企业认定", "1. High and new technology enterprises"));
    int code = show_scores(c, &hnte, hnte_path, "高新技术企业", ROWS_FIRST);
    if (code != 0)
        return code;
    heading(c, ZE(c, "二、科技型中小企业评价", "2. Technology-based small and medium enterprises"));
    code = show_scores(c, &tsme, tsme_path, "科技型中小企业", ROWS_SECOND);
    if (code != 0)
        return code;
    int64_t row = dataset_row(tsme.data, str_of(subject));
    ASSERT(row >= 0);
    code = explain_subject(c, &tsme, (uint32_t)row);
    if (code == 0)
        code = assume(c, &tsme, (uint32_t)row);
    if (code == 0)
        close(c);
    return code;
}
