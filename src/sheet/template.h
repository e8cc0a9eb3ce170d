/* template.h - a workbook to be filled in for a rule document: a column a field, with its unit in
 * the name, its meaning as a remark, lists where there are choices, an example row to be written
 * over, and a sheet 说明. A filled one is read without anybody mapping anything. */
#ifndef GECI_SHEET_TEMPLATE_H
#define GECI_SHEET_TEMPLATE_H

#include "sheet/out.h"

struct rules;

struct template_opts {
    int period; /* the year of yearly fields; INT32_MIN: names without a year */
    enum out_form form;
    void (*put)(void *ctx, Str bytes);
    void *ctx;
};

NODISCARD enum status template_write(struct arena *keep, const struct rules *r,
                                     const struct template_opts *o);

#endif
