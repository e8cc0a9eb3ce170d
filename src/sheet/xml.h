/* xml.h - the parts of a package as elements, attributes and text (expat).
 *
 * No document type, no entities but the five, no external anything: a declaration of a type ends
 * the reading (SHEET_XML_DTD). Prefixes of names are cut off: x:row is row.
 */
#ifndef GECI_SHEET_XML_H
#define GECI_SHEET_XML_H

#include "sheet/zip.h"

struct xml_hooks {
    /* Both by the name without prefix. A status that is not OK stops the reading. */
    enum status (*open)(void *ctx, Str name, const char *const *attr);
    enum status (*close)(void *ctx, Str name);
    void (*text)(void *ctx, Str s); /* in pieces; NULL: not wanted */
    void *ctx;
    bool careful; /* by expat from the start, for tests */
};

NODISCARD enum status xml_read(struct zip *z, const struct zip_part *p,
                               const struct xml_hooks *hooks);

/* The value of an attribute, its name with or without prefix; p == NULL: there is none. */
Str xml_attr(const char *const *attr, const char *name);

#endif
