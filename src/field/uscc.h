/* uscc.h - Unified Social Credit Identifier, 统一社会信用代码 (GB 32100-2015).
 *
 *     9 1 350100 M000100Y4 3      18 characters, 31-character alphabet (no I O S V Z)
 *     | | |      |         `- check character over the 17 before it
 *     | | |      `----------- organisation code with a check of its own (GB 11714-1997)
 *     | | `------------------ region of registration (GB/T 2260), digits
 *     | `-------------------- kind of entity, within the registrar
 *     `---------------------- registrar: 9 market regulation, 5 civil affairs, 1 public bodies
 *
 * Pure: no allocation, no I/O, no locale; call from any thread.
 */
#ifndef GECI_FIELD_USCC_H
#define GECI_FIELD_USCC_H

#include "base/base.h"

struct diags;

enum { USCC_LEN = 18 };

typedef struct Uscc {
    char ch[USCC_LEN]; /* upper case, no NUL */
} Uscc;

/* Reads `text` as one identifier; folds lower case and full-width forms, drops outer blanks. On
 * ERR_INPUT leaves `*out` alone and adds one diagnostic over the offending bytes, offset by `at`
 * (where `text` starts in its source). `ds` may be NULL. */
NODISCARD enum status uscc_parse(Uscc *out, Str text, uint32_t at, struct diags *ds);

/* The check character that belongs after `body`, whose characters must be in the alphabet. */
char uscc_check_char(const char body[static USCC_LEN - 1]);
/* The ninth character of an organisation code (GB 11714) from the eight before it (0-9 A-Z). */
char uscc_org_check_char(const char body[static 8]);
/* Does the organisation code inside pass its own check? A data-quality warning, not a rejection. */
bool uscc_org_code_ok(const Uscc *id);
/* Adds the warning USCC-ORG over `span` if it does not. */
void uscc_warn_org_code(const Uscc *id, Span span, struct diags *ds);

/* Slices of `*id`, valid as long as it is. */
Str uscc_region(const Uscc *id);
Str uscc_org_code(const Uscc *id);

#endif
