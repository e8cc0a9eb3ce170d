/* problem.h - refusals in the form of RFC 9457, in both languages. */
#ifndef GECI_API_PROBLEM_H
#define GECI_API_PROBLEM_H

#include "base/base.h"

struct api_problem_item;
struct arena;
struct call;
struct diag;
struct http_request;

enum api_refusal {
    API_NOT_FOUND,
    API_WRONG_METHOD,
    API_SIGN_IN,
    API_FORBIDDEN,
    API_TOKEN_SCOPE,
    API_CONFIRM,
    API_CHANGE_PASSWORD,
    API_ORIGIN,
    API_RATE,
    API_BAD_INPUT,
    API_REFUSED,
    API_KEY_REUSED,
    API_BUSY_NOW,
    API_TOO_LARGE,
    API_BROKEN,
    API_PROBLEM_N
};

/* Answers with it; of a call, with what its diagnostics say. */
void api_problem(struct http_request *rq, enum api_refusal p);
void api_problem_of(struct call *c, enum api_refusal p);
/* A diagnostic as the API tells it. */
struct api_problem_item problem_item(struct arena *keep, const struct diag *d);
/* What it says, without a request. */
void problem_words(enum api_refusal p, Str *zh, Str *en);
/* How a failed handler is answered. */
enum api_refusal api_refusal_for(enum status st);

#endif
