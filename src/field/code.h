/* code.h - administrative divisions (GB/T 2260 and the statistics bureau's 9 and 12 digit forms)
 * and industries (GB/T 4754-2017). Shape and hierarchy only: which codes exist is a pack's table.
 */
#ifndef GECI_FIELD_CODE_H
#define GECI_FIELD_CODE_H

#include "base/base.h"

struct diags;

/* 2, 4, 6, 9 or 12 digits; the province part must be one of the 34 in use (11..82). Reports
 * REGION-SHAPE or REGION-PROVINCE, as uscc_parse does. */
NODISCARD enum status region_check(Str code, uint32_t at, struct diags *ds);
/* Is a place within another, by its code? A code of 6 digits (a county) or 9 (a town) holds every
 * code that goes on from it; any other text, name or code, holds only itself, the empty none. */
bool region_within(Str code, Str ancestor);

/* A letter A..T alone, or 2, 3 or 4 digits with an optional section letter before them (C3972);
 * the letter must be the section of the division. Reports INDUSTRY-SHAPE, INDUSTRY-SECTION. */
NODISCARD enum status industry_check(Str code, uint32_t at, struct diags *ds);
/* Section letter of a 2-digit division 01..97, or 0. */
char industry_section(int division);

#endif
