/* book_help.h - workbooks made by tests: sound ones from parts, and hostile ones. */
#ifndef GECI_TEST_BOOK_HELP_H
#define GECI_TEST_BOOK_HELP_H

#include "base/buf.h"

struct arena;

struct zip_made {
    struct arena *arena;
    struct buf out, directory;
    uint32_t n;
};

void zip_begin(struct zip_made *z, struct arena *a);
/* `declared` is the unpacked size that is claimed; SIZE_MAX: the true one. */
void zip_add(struct zip_made *z, const char *name, Str content, size_t declared);
void zip_add_stored(struct zip_made *z, const char *name, Str content);
Str zip_finish(struct zip_made *z);

/* A workbook of one sheet “数据”. `cells` is what stands in <sheetData>, `tail` behind it; styles
 * 0 general, 1 a day, 2 a percentage, 3 a time; shared strings 甲, 乙丙. */
Str book_of(struct arena *a, const char *cells, const char *tail);
/* All parts but the sheet. */
void book_frame(struct zip_made *z, const char *workbook_attr);

/* A compound file of one stream “Workbook” (4,096 to 60,000 bytes); its chain ends, or goes round
 * in a circle. */
Str xls_of(struct arena *a, Str stream, bool circle);

#endif
