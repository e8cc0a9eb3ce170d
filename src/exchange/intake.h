/* intake.h - a file of facts, whatever program wrote it, as the CSV that load.h reads.
 *
 *     CSV whose first row names fields        plain: it stays as it is
 *     xlsx, xls, CSV made for people          read in a child (sheet.h), its table found, its
 *                                             columns fitted to fields, as somebody may choose
 *
 * From outside the program nothing is plain: whatever strangers send is read in the child alone.
 */
#ifndef GECI_EXCHANGE_INTAKE_H
#define GECI_EXCHANGE_INTAKE_H

#include "sheet/map.h"

struct rules;

struct intake {
    Str text;   /* CSV for load_csv */
    bool table; /* it was made for people: the rest says how it was read */
    struct book *book;
    struct found found;
    struct mapping map;

    struct sheet_fault fault; /* why it could not be read; SHEET_NONE: a choice is at fault */
    size_t bad_choice;
};

struct intake_opts {
    Str sheet; /* the one that is meant; empty: the one that fits best */
    const struct map_choice *choice;
    size_t choice_n;
    const struct sheet_tick *tick; /* or NULL */
};

/* Would a CSV that begins like this (decoded UTF-8) be read as it is? Not with notes at its end. */
bool intake_is_plain(const struct rules *r, Str text);

/* A table of people's making, read in a child. On failure out->fault says why, but for ERR_INPUT
 * with SHEET_NONE: o->choice[out->bad_choice] names what is not there. */
NODISCARD enum status intake_table(struct arena *keep, struct intake *out, const struct rules *r,
                                   Str bytes, const struct intake_opts *o);

#endif
