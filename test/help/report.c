#include "test/help/report.h"

#include "base/str.h"
#include "load/load.h"
#include "record/record.h"
#include "test/t.h"

struct act report_begin(struct reporting r, int64_t s)
{
    struct act act = {0};
    CHECK_INT(db_begin(r.w), OK);
    CHECK_INT(act_begin(&act, r.w, r.a, S("320582"), s * 1000000), OK);
    return act;
}

void report_end(struct act *act, Str verb)
{
    struct db_conn *w = act->conn;
    CHECK_INT(act_end(act, &(struct act_words){S("tester"), verb, S("x"), S("{}")}), OK);
    CHECK_INT(db_commit(w), OK);
}

void report_kind(struct reporting r, const char *text)
{
    struct act act = report_begin(r, 1);
    struct record record = record_of(&act);
    bool changed;
    CHECK_INT(record_kind_put(&record, r.a, &changed, str_of(text), r.ds), OK);
    report_end(&act, S("kind.put"));
}

void report_csv(struct reporting r, const char *kind, Str csv)
{
    struct load_opts o = {.period = 2025, .as_of_year = 2026};
    struct rules *rules = NULL;
    struct dataset *d = NULL;
    struct record_counts n;
    int period;
    struct act act = report_begin(r, 2);
    struct record record = record_of(&act);
    CHECK_INT(record_kind_get(r.w, r.a, &rules, S("320582"), str_of(kind), RECORD_NOW), OK);
    CHECK_INT(load_csv(r.a, &d, &period, rules, csv, &o, r.ds), OK);
    struct record_report in = {
        .kind = rules, .data = d, .day = 20000, .source = S("填报"), .reporter = S("示例")};
    CHECK_INT(record_report_add(&record, &in, &n), OK);
    report_end(&act, S("import"));
}
