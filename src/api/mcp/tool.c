/* tool.c - the tools: routes under other names. */
#include <string.h>

#include "api/may.h"
#include "api/mcp/mcp.h"
#include "api/print/schema.h"
#include "api/problem.h"
#include "api/server_int.h"
#include "api_types.h"
#include "base/arena.h"
#include "base/moment.h"
#include "base/str.h"
#include "os/clock.h"

enum { SAID_MAX = 64 << 20 };
static const char DEFS[] = "#/$defs/";

const struct mcp_tool MCP_TOOLS[] = {
    {"list_kinds", "kind_list", "有哪些类别的创新主体。先用它。",
     "The kinds of subjects there are. Start here."},
    {"describe_kind", "kind_get", "一类主体有哪些字段、单位、按什么时期填报；写条件之前先看。",
     "The fields of a kind, their units and periods; look before writing conditions."},
    {"search_subjects", "subject_query",
     "按条件查主体，可排序、选列、分类计数。where 用规则语言写，数字带单位："
     "研发费用@2024 >= 100万元 且 属地 = 杨舍镇。得分、格次也是列，列里的 run 是测算号。",
     "Subjects by condition, sorted, with chosen columns and counts. `where` is the language of "
     "rules, figures with units. Scores and grades are columns too; a column's `run` is the number "
     "of the run it is of."},
    {"get_subject", "subject_get", "一个主体现行的全部数据和来源年度。",
     "All that holds of one subject."},
    {"list_runs", "run_list", "有哪些测算，状态如何。", "The runs there are, and their states."},
    {"explain_score", "explain", "一次测算里一个主体的得分为什么是这样，逐层到规则原文和数据。",
     "Why a subject's score in a run is what it is, down to the rule's words and the facts."},
    {"what_if", "whatif", "假如某些数据是别的数，结果会怎样。只推演，不改数据。",
     "What would change if some facts were others. Nothing is written."},
    {"search_policies", "policy_list", "政策目录：条款、对象、金额、叠加。",
     "The catalogue of policies: clauses, for whom, how much, what adds up."},
    {"match_policies", "entitlement_list",
     "一个主体能享受哪些政策、多少钱、还差什么；逐条有条款原文。",
     "The policies a subject is entitled to, amounts, and what is missing to others."},
    {"calculate_policies", "policy_calculate",
     "按给出的数算能享受哪些政策，什么都不存。facts 写成：技术合同成交额=300万元。",
     "What facts that are given would come to; nothing is kept. A fact is written "
     "技术合同成交额=300万元."},
    {"match_experts", "match_experts",
     "适合一个主体（技术需求、企业、专家……）的另一类主体，缺省找产业专家；"
     "得分等于逐条理由之和，有利益关系的不列。",
     "Subjects of another kind (experts unless said) that suit a subject such as a need, with "
     "reasons that add up to the score; those with a conflict of interest are left out."},
    {"list_saved_queries", "view_list", "我保存的查询。", "The queries I have saved."},
    {"run_saved_query", "view_run", "按保存的查询再查一次。", "Asks a saved query again."},
};
const int MCP_TOOL_N = (int)ARRAY_N(MCP_TOOLS);

/* --- what they are --- */

/* The members of an input side by side: of the route's own words, then of its body. */
static void each_member(const struct api_type *t, void (*see)(void *arg, const struct api_field *f),
                        void *arg)
{
    for (int i = 0; t != NULL && i < t->field_n; i++) {
        const struct api_type *body = t->field[i].from == API_IN_BODY ? t->field[i].of : NULL;
        if (body == NULL)
            see(arg, &t->field[i]);
        for (int k = 0; body != NULL && k < body->field_n; k++)
            see(arg, &body->field[k]);
    }
}

static void describe(void *arg, const struct api_field *f)
{
    json_key(arg, str_of(f->name));
    schema_field(arg, f, DEFS);
}

static void require(void *arg, const struct api_field *f)
{
    if (!f->optional)
        json_str(arg, str_of(f->name));
}

static void definitions(struct json *j, const struct api_type *t)
{
    json_key(j, S("$defs"));
    json_obj(j);
    if (t != NULL)
        schema_inner(j, t, DEFS);
    json_obj_end(j);
}

static void input(struct json *j, const struct api_route *r)
{
    json_key(j, S("inputSchema"));
    json_obj(j);
    json_kstr(j, "type", S("object"));
    json_key(j, S("properties"));
    json_obj(j);
    each_member(r->in, describe, j);
    json_obj_end(j);
    json_key(j, S("required"));
    json_arr(j);
    each_member(r->in, require, j);
    json_arr_end(j);
    json_kbool(j, "additionalProperties", false);
    definitions(j, r->in);
    json_obj_end(j);
}

static void output(struct json *j, const struct api_route *r)
{
    json_key(j, S("outputSchema"));
    json_obj(j);
    schema_members(j, r->out, DEFS);
    definitions(j, r->out);
    json_obj_end(j);
}

static void annotations(struct json *j)
{
    json_key(j, S("annotations"));
    json_obj(j);
    json_kbool(j, "readOnlyHint", true);
    json_kbool(j, "destructiveHint", false);
    json_kbool(j, "idempotentHint", true);
    json_kbool(j, "openWorldHint", false);
    json_obj_end(j);
}

static void tool(struct json *j, const struct mcp_tool *t, const struct api_route *r)
{
    json_obj(j);
    json_kstr(j, "name", str_of(t->name));
    json_kstr(j, "title", str_of(r->zh));
    json_kstr(j, "description", arena_fmt(j->out->arena, "%s\n%s", t->zh, t->en));
    input(j, r);
    output(j, r);
    annotations(j);
    json_obj_end(j);
}

void mcp_list(struct json *j, const struct caller *who)
{
    for (int i = 0; i < MCP_TOOL_N; i++) {
        const struct api_route *r = api_route_named(MCP_TOOLS[i].route);
        if (api_may(r, who) == API_MAY)
            tool(j, &MCP_TOOLS[i], r);
    }
}

/* --- using one --- */

static Str why_not(struct call *c, enum api_refusal p)
{
    struct buf b;
    Str zh, en;
    problem_words(p, &zh, &en);
    buf_init(&b, c->arena, SAID_MAX);
    buf_fmt(&b, "%.*s\n%.*s\n", STR_ARG(zh), STR_ARG(en));
    for (size_t i = 0; i < c->diags.n; i++) {
        struct api_problem_item d = problem_item(c->arena, &c->diags.at[i]);
        buf_fmt(&b, "%.*s: %.*s；%.*s\n%.*s; %.*s\n", STR_ARG(d.code), STR_ARG(d.message),
                STR_ARG(d.fix), STR_ARG(d.message_en), STR_ARG(d.fix_en));
    }
    return buf_str(&b);
}

static struct call *open_call(const struct mcp_desk *d, const struct api_route *r)
{
    struct call *c = ARENA_NEW(d->arena, struct call);
    c->arena = d->arena;
    c->api = d->api;
    c->conn = d->conn;
    c->route = r;
    c->who = *d->who;
    c->county = d->api->o.county;
    c->now_us = clock_us();
    c->today = moment_day(c->now_us, ZONE_CHINA);
    diags_init(&c->diags, c->arena);
    if (r->in != NULL)
        c->in = arena_alloc(c->arena, 1, r->in->size, _Alignof(max_align_t));
    c->out = arena_alloc(c->arena, 1, r->out->size, _Alignof(max_align_t));
    return c;
}

static bool too_often(const struct mcp_desk *d, const struct call *c)
{
    return d->peer.p != NULL && !d->api->o.unlimited &&
           !rates_take(d->api->rates, c->route->rate, &c->who, d->peer, clock_ms());
}

/* What stands in the path of the route: the dispatcher knows a subject by its words. */
static void take_words(struct call *c)
{
    const struct api_type *t = c->route->in;
    for (int i = 0, n = 0; t != NULL && i < t->field_n; i++)
        if (t->field[i].from == API_IN_PATH && t->field[i].kind == API_TEXT)
            memcpy(&c->word[n++], (const char *)c->in + t->field[i].at, sizeof c->word[0]);
}

static enum status look(struct call *c, Str *said)
{
    take_words(c);
    enum status st = db_begin(c->conn);
    if (st != OK)
        return st;
    st = api_run(c);
    if (st == OK)
        *said = api_answer_text(c);
    db_rollback(c->conn);
    roster_release(c->roster);
    return st;
}

enum status mcp_use(const struct mcp_desk *d, Str name, Str arguments, Str *said)
{
    const struct api_route *r = NULL;
    for (int i = 0; i < MCP_TOOL_N; i++)
        if (str_eq(name, str_of(MCP_TOOLS[i].name)))
            r = api_route_named(MCP_TOOLS[i].route);
    if (r == NULL)
        return ERR_GONE;
    struct call *c = open_call(d, r);
    enum api_refusal p = API_BAD_INPUT;
    enum status st = ERR_DENIED;
    if (api_may(r, &c->who) != API_MAY)
        p = API_FORBIDDEN;
    else if (too_often(d, c))
        p = API_RATE;
    else if (r->in == NULL || api_read_flat(c->arena, r->in, c->in, arguments, &c->diags) == OK) {
        st = look(c, said);
        p = api_refusal_for(st);
    }
    if (st == OK)
        return OK;
    *said = why_not(c, p);
    return ERR_INPUT;
}
