/* template.c - workbooks to be filled in, for kinds and for rule documents. */
#include "sheet/template.h"

#include "api/call.h"
#include "api/noun/rule/rules.h"
#include "api_types.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "record/record.h"

static enum status make(struct call *c, const struct rules *r, struct api_int period, bool csv)
{
    struct buf b;
    buf_init(&b, c->arena, BUF_MAX);
    struct template_opts o = {.period = period.set ? (int)period.v : INT32_MIN,
                              .form = csv ? OUT_CSV : OUT_XLSX,
                              .put = out_to_buf,
                              .ctx = &b};
    if (period.set && (period.v < 1900 || period.v > 2999))
        return call_refuse(c, DIAG_API_TYPE, S("period"), S("1900-2999"));
    TRY(template_write(c->arena, r, &o));
    c->bytes = buf_str(&b);
    c->media = csv ? S(OUT_MEDIA_CSV) : S(OUT_MEDIA_XLSX);
    c->file = csv ? S("template.csv") : S("template.xlsx");
    return b.over ? ERR_LIMIT : OK;
}

enum status api_kind_template(struct call *c, const struct api_kind_template_in *in)
{
    struct rules *r;
    TRY(record_kind_get(c->conn, c->arena, &r, c->county, in->kind, RECORD_NOW));
    return make(c, r, in->period, in->form == API_KIND_TEMPLATE_FORM_CSV);
}

enum status api_rule_template(struct call *c, const struct api_rule_template_in *in)
{
    struct rules *r;
    Str text;
    TRY(rules_seen(c, in->entry, &r, &text));
    return make(c, r, in->period, in->form == API_RULE_TEMPLATE_FORM_CSV);
}
