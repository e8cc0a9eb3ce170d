/* other.c - what a case has to do with other cases: whose agreement it names, what it takes up. */
#include "base/str.h"
#include "matter/matter_int.h"

/* `同意件编号; 专家同意; 已同意; 专家编号`: the field with the number of a case, of which type and
 * in which state it must be, and the field with the identity that it must be about. */
static void read_proof(struct matter_reader *x, Text cell)
{
    struct matter_proof *p = &x->m->proof;
    Text rest = cell, part;
    p->number = p->whose = -1;
    if (!matter_part(&rest, &part, false))
        return;
    p->number = matter_read_field(x, part);
    p->type = matter_part(&rest, &part, false) ? part.s : S("");
    p->state = matter_part(&rest, &part, false) ? part.s : S("");
    if (matter_part(&rest, &part, false))
        p->whose = matter_read_field(x, part);
    if (p->whose < 0 || rest.s.n > 0)
        matter_wrong(x, DIAG_CASE_VALUE, cell, S("编号字段; 事项; 状态; 身份字段"));
}

static bool is_day(const struct matter *m, int32_t field)
{
    return field >= 0 && m->rules->field[field].ftype == FIELD_DAY;
}

/* `平台编号; 服务内容; 确认日期; 结束日期`: what is taken up, from which day to which. */
static void read_use(struct matter_reader *x, Text cell)
{
    struct matter_use *u = &x->m->use;
    Text rest = cell, part;
    while (u->n < MATTER_USE_MAX && matter_part(&rest, &part, false))
        u->field[u->n++] = matter_read_field(x, part);
    bool good = u->n == 0 || (u->n >= 3 && rest.s.n == 0 && is_day(x->m, u->field[u->n - 1]) &&
                              is_day(x->m, u->field[u->n - 2]));
    for (uint32_t i = 0; i < u->n; i++)
        good &= u->field[i] >= 0;
    if (!good) {
        matter_wrong(x, DIAG_CASE_VALUE, cell, S("字段; …; 起日期; 止日期"));
        u->n = 0;
    }
}

void matter_read_others(struct matter_reader *x, Text proof, Text use, Text above)
{
    read_proof(x, proof);
    read_use(x, use);
    x->m->above = above.s;
}
