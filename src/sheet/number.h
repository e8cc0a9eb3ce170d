/* number.h - the numbers of spreadsheets as decimal text, exactly and without binary floats.
 *
 * A file stores a double, in text (xlsx: "0.10000000000000001") or as 64 bits (xls). What a person
 * typed had at most 15 significant digits, and so many Excel shows: rounded to those, a double
 * gives back what was typed.
 */
#ifndef GECI_SHEET_NUMBER_H
#define GECI_SHEET_NUMBER_H

#include "base/base.h"

struct buf;

enum cell_show { /* what a number format makes of a number */
                 SHOW_PLAIN,
                 SHOW_PERCENT,
                 SHOW_DAY,  /* with the time behind it, if there is any */
                 SHOW_TIME, /* of a day, or a length of time */
};

/* "1.2E-05", "12345678.9", in at most 15 digits: 0.000012. False: it is no number. */
bool number_text(struct buf *out, Str text);
/* The same of the bits of an IEEE double; false for infinities and NaN. */
bool number_bits(struct buf *out, uint64_t bits);

/* A number as its format shows it: `text` as number_text writes it. A day is counted from
 * 1899-12-31 (Excel's 1900-02-29, which never was, stays a number), or from 1904-01-01. False: it
 * shows as the number it is. */
bool number_show(struct buf *out, Str text, enum cell_show show, bool from_1904);

/* The form that a format code gives: "yyyy\-mm\-dd", "0.00%", "[$-804]h:mm". */
enum cell_show number_format(Str code);
/* The same of the numbers of formats that Excel and WPS have built in. */
enum cell_show number_format_builtin(uint32_t id);

#endif
