/* case.h - what the handlers of cases share. */
#ifndef GECI_API_NOUN_CASE_H
#define GECI_API_NOUN_CASE_H

#include "api/call.h"
#include "api_types.h"
#include "flow/flow.h"

struct flow_view case_view(struct call *c);
/* What the caller is to a case: by its subject, as access says; judges are something only to cases
 * they were asked to review. */
NODISCARD enum status case_relation(struct call *c, const struct flow_case *x, enum relation *out);
/* A case that the caller may see; ERR_GONE: there is none for them. */
NODISCARD enum status case_seen(struct call *c, int64_t number, struct flow_case *out,
                                enum relation *relation);
/* The same, where nothing but that is asked. */
NODISCARD enum status case_visible(struct call *c, int64_t number);
/* One that the caller may see, whole. */
NODISCARD enum status case_story(struct call *c, int64_t number, struct flow_story *out,
                                 enum relation *relation);
/* A list is filtered by it: struct flow_ask.sees and .ctx. */
struct case_sight {
    struct call *call;
    struct scope *scope; /* by kind, as they come */
    Str *kind;
    size_t n, cap;
    int64_t *asked; /* of a judge: the cases */
    size_t asked_n;
    bool judges;
    enum status st;
};
NODISCARD enum status case_sight(struct call *c, struct case_sight *out);
bool case_sees(void *sight, const struct flow_case *x);

/* Does the board show it to the caller, who may be nobody? */
bool case_is_posted(const struct call *c, const struct flow_story *s);

struct api_case_row case_row(struct call *c, const struct flow_case *x);
/* A value of the form as the caller may see it: whole, masked or not at all (p == NULL). */
Str case_shown(struct call *c, const struct field *f, enum relation r, Str value);
bool case_is_office(const struct call *c);
/* official, secondary, example */
Str case_status(enum rule_status s);

#endif
