/* results.c - from rules and facts to the text that is kept, and the receipts over it.
 *
 * The text is CSV in UTF-8: the identity and every item of the rules, in their order, in the units
 * and words of the Chinese output whatever the language of the program. A receipt is the digest of
 *
 *     "geci-receipt-1" county run rules snapshot engine identity line
 *
 * each a field of crypto/digest.h, hashes as their 32 bytes, the line without its end; it is a leaf
 * of the tree of crypto/merkle.h. */
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/csv.h"
#include "base/str.h"
#include "col/dataset.h"
#include "crypto/merkle.h"
#include "explain/column.h"
#include "load/load.h"
#include "rule/model.h"
#include "run/run_int.h"

/* Only errors are told: what the checker says of rules, and the loader of absent columns, was said
 * when they came in. */
static enum status tell_errors(struct diags *to, const struct diags *from, enum status st)
{
    for (size_t i = 0; i < from->n && st != OK; i++) {
        const struct diag *d = &from->at[i];
        if (diag_info(d->code)->sev == SEV_ERROR)
            (void)diag_add(to, d->code, d->span, d->arg[0], d->arg[1], d->arg[2]); /* st stands */
    }
    return st;
}

enum status run_evaluate(const struct run_view *v, struct run_outcome *out, Str rules, Str snapshot,
                         const struct run *r, bool values_only)
{
    struct arena *keep = v->keep;
    struct diags own;
    struct load_opts load = {.period = r->period, .as_of_year = day_year(r->day)};
    struct eval_opts eval = {
        .as_of = r->day, .period = r->period, .values_only = values_only, .workers = v->workers};
    int period;
    memset(out, 0, sizeof *out);
    diags_init(&own, keep);
    enum status st = rule_load(keep, &out->rules, r->title, rules, &own);
    if (st == OK)
        st = load_csv(keep, &out->data, &period, out->rules, snapshot, &load, &own);
    if (st == OK)
        st = plan_build(keep, &out->plan, out->rules, r->day, r->period, &own);
    if (st == OK)
        st = eval_run(keep, &out->result, out->plan, out->data, &eval, &own);
    return tell_errors(v->diags, &own, st);
}

static void write_head(struct buf *b, const struct run_outcome *o)
{
    csv_write_cell(b, S("编号"), true, false);
    for (uint32_t i = 0; i < o->rules->item_n; i++)
        csv_write_cell(b, o->rules->item[i].name, false, false);
    csv_write_end(b);
}

static void write_line(struct buf *b, struct buf *cell, const struct run_outcome *o, uint32_t row)
{
    csv_write_cell(b, o->data->id[row], true, false);
    for (uint32_t i = 0; i < o->rules->item_n; i++) {
        cell->n = 0;
        column_cell(cell, o->rules, o->data, i, result_cell(o->result, i, row), LANG_ZH);
        csv_write_cell(b, buf_str(cell), false, false);
    }
    csv_write_end(b);
}

static Digest receipt_of(struct digest *d, Str county, const struct run *r, Str identity, Str line)
{
    digest_field(d, S("geci-receipt-1"));
    digest_field(d, county);
    digest_int(d, r->run);
    digest_field(d, sha256_str(&r->rules));
    digest_field(d, sha256_str(&r->snapshot));
    digest_field(d, r->engine);
    digest_field(d, identity);
    digest_field(d, line);
    Digest receipt = digest_end(d);
    return merkle_leaf(digest_str(&receipt));
}

void run_write(struct arena *keep, struct run_outcome *o, Str county, const struct run *r)
{
    struct buf b, cell;
    uint32_t n = o->data->row_n;
    struct digest *d = digest_open(DIGEST_SHA256);
    buf_init(&b, keep, BUF_MAX);
    buf_init(&cell, keep, BUF_MAX);
    o->line = ARENA_ARRAY(keep, size_t, (size_t)n + 1);
    o->leaf = ARENA_ARRAY(keep, Digest, (size_t)n + 1);
    write_head(&b, o);
    for (uint32_t row = 0; row < n; row++) {
        o->line[row] = b.n;
        write_line(&b, &cell, o, row);
        Str line = str_trim(str_sub(buf_str(&b), o->line[row], b.n));
        o->leaf[row] = receipt_of(d, county, r, o->data->id[row], line);
    }
    o->line[n] = b.n;
    ASSERT(!b.over); /* CONTENT_MAX would refuse it as well */
    digest_close(d);
    o->text = buf_str(&b);
    o->root = merkle_root(o->leaf, n);
}
