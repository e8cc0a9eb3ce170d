/* problem.c - the table of refusals, and how they are written. */
#include "api/problem.h"

#include "api/call.h"
#include "api/print/document.h"
#include "api_types.h"
#include "base/arena.h"
#include "base/str.h"

static const struct problem {
    int status;
    const char *code, *zh, *en;
} PROBLEMS[API_PROBLEM_N] = {
    [API_NOT_FOUND] = {404, "NOT-FOUND", "没有这一项，或您无权查看",
                       "There is no such thing, or it is not yours to see"},
    [API_WRONG_METHOD] = {405, "METHOD", "这个地址不支持这种操作", "This address does not do that"},
    [API_SIGN_IN] = {401, "SIGN-IN", "请先登录", "Sign in first"},
    [API_FORBIDDEN] = {403, "FORBIDDEN", "您的角色不能做这件事", "Your roles do not allow this"},
    [API_TOKEN_SCOPE] = {403, "TOKEN-SCOPE", "这个令牌的权限范围不包括这件事",
                         "This token may not be used for this"},
    [API_CONFIRM] = {403, "CONFIRM", "请再次输入密码确认身份",
                     "Give your password again to confirm who you are"},
    [API_CHANGE_PASSWORD] = {403, "CHANGE-PASSWORD", "请先修改初始密码",
                             "Change your first password before anything else"},
    [API_ORIGIN] = {403, "ORIGIN", "请求不是从本系统的页面发出的，已拒绝",
                    "The request did not come from this system's own pages"},
    [API_RATE] = {429, "RATE", "请求过于频繁，请稍后再试", "Too many requests, try again later"},
    [API_BAD_INPUT] = {400, "BAD-INPUT", "请求的内容有误", "The request is not well formed"},
    [API_REFUSED] = {422, "REFUSED", "不能这样做", "This cannot be done"},
    [API_KEY_REUSED] = {409, "KEY-REUSED", "这个 Idempotency-Key 已用于另一个请求",
                        "This Idempotency-Key was used for another request"},
    [API_BUSY_NOW] = {503, "BUSY", "服务繁忙，请稍后再试", "The service is busy, try again later"},
    [API_TOO_LARGE] = {413, "TOO-LARGE", "超出了允许的大小", "More than is allowed"},
    [API_BROKEN] = {500, "BROKEN", "服务出错，已记录，请联系管理员",
                    "The service failed; tell the administrator"},
};

enum api_refusal api_refusal_for(enum status st)
{
    switch (st) {
    case ERR_INPUT: return API_REFUSED;
    case ERR_LIMIT: return API_TOO_LARGE;
    case ERR_BUSY: return API_BUSY_NOW;
    case ERR_GONE: return API_NOT_FOUND;
    case ERR_DENIED: return API_FORBIDDEN;
    case ERR_IO:
    case OK: break;
    }
    return API_BROKEN;
}

void problem_words(enum api_refusal p, Str *zh, Str *en)
{
    *zh = str_of(PROBLEMS[p].zh);
    *en = str_of(PROBLEMS[p].en);
}

void api_problem(struct http_request *rq, enum api_refusal p)
{
    const struct problem *at = &PROBLEMS[p];
    if (at->status == 429 || at->status == 503)
        http_set(rq, S("Retry-After"), S("2"));
    http_problem(rq, at->status, at->code, str_of(at->zh), str_of(at->en));
}

static Str text(struct arena *a, const struct diag *d, enum lang lang,
                void (*print)(struct buf *, const struct diag *, enum lang))
{
    enum { MESSAGE_MAX = 1 << 16 };
    struct buf b;
    buf_init(&b, a, MESSAGE_MAX);
    print(&b, d, lang);
    return b.n == 0 ? S("") : buf_str(&b);
}

struct api_problem_item problem_item(struct arena *keep, const struct diag *d)
{
    static const char *const SEVERITY[] = {"error", "warning", "note"};
    const struct diag_info *info = diag_info(d->code);
    return (struct api_problem_item){
        .code = str_of(info->mnemonic),
        .severity = str_of(SEVERITY[info->sev]),
        .message = text(keep, d, LANG_ZH, diag_text),
        .message_en = text(keep, d, LANG_EN, diag_text),
        .fix = text(keep, d, LANG_ZH, diag_fix),
        .fix_en = text(keep, d, LANG_EN, diag_fix),
    };
}

void api_problem_of(struct call *c, enum api_refusal p)
{
    const struct problem *at = &PROBLEMS[p];
    struct api_problem out = {0};
    struct buf b;
    if (c->diags.n == 0) {
        api_problem(c->rq, p);
        return;
    }
    out.type = arena_fmt(c->arena, "about:blank#%s", at->code);
    out.title = str_of(at->zh);
    out.title_en = str_of(at->en);
    out.status = at->status;
    out.code = str_of(diag_info(c->diags.at[0].code)->mnemonic);
    out.instance = c->rq->id;
    out.problems.at = ARENA_ARRAY(c->arena, struct api_problem_item, c->diags.n);
    for (size_t i = 0; i < c->diags.n; i++)
        out.problems.at[out.problems.n++] = problem_item(c->arena, &c->diags.at[i]);
    buf_init(&b, c->arena, BUF_MAX);
    api_write(&b, api_type_named("problem"), &out, PROTECT_PERSONAL);
    http_answer(c->rq, at->status, S("application/problem+json"), buf_str(&b));
}
