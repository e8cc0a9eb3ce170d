/* map.h - which field of a rule document each column of a table is.
 *
 *     研发费用              exact
 *     研 发 费 用 （万元）    folded: blanks, full width, brackets, line breaks, marks do not count
 *     2024年研发费用(元)     -> 研发费用(元)@2024       so do 研发费用2024年, 2024年/研发费用
 *     研究开发费用总额        a synonym (synonym_list.h)
 *     研发费月              near: suggested, not taken
 *
 * A unit in the name holds for its column, else the sheet's 单位：万元 for fields of its kind. What
 * is exact goes before what is folded, and that before synonyms: when two columns claim one field
 * and period, the better keeps it and the other is a conflict.
 */
#ifndef GECI_SHEET_MAP_H
#define GECI_SHEET_MAP_H

#include "sheet/find.h"

struct rules;

enum map_how {
    MAP_NONE,
    MAP_NEAR,
    MAP_SYNONYM,
    MAP_FOLDED,
    MAP_EXACT,
    MAP_ID,
    MAP_NAME,
    MAP_HOW_N
};

struct map_column {
    enum map_how how;
    int32_t field; /* of the rules; -1: none, or the id, or the name */
    Str head;      /* as load.h reads it: 研发费用(元)@2024; of no field: as it was */
    Str near;      /* MAP_NEAR: the field it may be */
    Str would;     /* and the head it then had, for map_choose */
    int32_t lost;  /* column of the table that has the field already; -1: none */
};

struct mapping {
    struct map_column *column; /* as those of the table */
    uint32_t id_at, name_at;   /* columns; UINT32_MAX: none */
    uint32_t field_n;          /* columns that are fields */
    uint32_t *absent;          /* fields that are used and have no column */
    uint32_t absent_n;
};

void map_columns(struct arena *keep, struct mapping *out, const struct rules *r,
                 const struct found *t);

/* The sheet whose columns fit the rules best, hidden ones left out; its table and mapping. False:
 * no sheet has a table. */
bool map_book(struct arena *keep, struct found *t, struct mapping *m, const struct rules *r,
              const struct book *b);

/* What somebody says a column of the table is: a field as load.h reads it (研发费用(元)@2024), the
 * id, the name, or nothing (empty). Another column that was the same is left out. False: there is
 * no such column or field. */
struct map_choice {
    uint32_t column;
    Str as;
};
NODISCARD bool map_choose(struct arena *keep, struct mapping *m, const struct rules *r,
                          const struct found *t, const struct map_choice *choice);

/* The table as CSV for load_csv: the id first, only columns that are something, every row in the
 * line of its number in the sheet. */
Str map_csv(struct arena *keep, const struct found *t, const struct mapping *m);

const char *map_how_name(enum map_how how, enum lang lang);

#endif
