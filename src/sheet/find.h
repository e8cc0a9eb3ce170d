/* find.h - the table in a sheet that was made for people.
 *
 *     附件1                                     skipped: a title
 *     企业创新情况表（单位：万元）                 skipped: a title; its unit is kept
 *     序号 | 企业名称 | 2024年 |      | 备注    the header, of two rows: 2024年/收入, 2024年/利润
 *          |          | 收入   | 利润 |
 *     1    | 2        | 3      | 4    | 5       skipped: numbers of columns
 *     杨舍镇（2家）                               a group: goes into a column of its own, 分组
 *     1    | 甲公司   | 17     | 3    |         a row
 *     合计                                       skipped: a total
 *     注：……                                     skipped: a note
 *
 * Nothing is guessed silently: every row that is left out is listed with the reason. A group's own
 * count (2家) is compared with the rows below it. Cells merged downwards count for each row. The
 * same sheet as .xls and as CSV gives the same table, but that CSV cannot say what was merged.
 * Cost: linear in the cells.
 */
#ifndef GECI_SHEET_FIND_H
#define GECI_SHEET_FIND_H

#include "sheet/sheet.h"

struct unit;

enum skip_why {
    SKIP_TITLE,
    SKIP_UNITS,   /* a row of units under the header: they went into its names */
    SKIP_NUMBERS, /* 1 2 3 .. under the header */
    SKIP_GROUP,   /* its text is in the column 分组 of the rows below */
    SKIP_COUNT,   /* the same, but its count is not that of the rows below */
    SKIP_TOTAL,
    SKIP_HEADER, /* the header once more, as on every printed page */
    SKIP_NOTE,
    SKIP_EXAMPLE, /* 例：.. in the first cells, as in our templates */
    SKIP_N
};

struct skipped {
    enum skip_why why;
    uint32_t row;
    Str text;   /* the first cell */
    uint32_t n; /* SKIP_COUNT: rows below */
};

struct found_row {
    uint32_t number; /* in the sheet */
    Str *cell;       /* one a column of the table, empty where there is none */
};

struct found {
    const struct sheet *sheet;
    Str *head;        /* names; parts of headers of several rows joined by '/' */
    uint32_t *column; /* of the sheet; the column 分组 has UINT32_MAX */
    uint32_t column_n;
    uint32_t head_row, head_row_end; /* numbers */
    struct found_row *row;
    uint32_t row_n;
    size_t row_cap;
    struct skipped *skip;
    size_t skip_n, skip_cap;
    const struct unit *unit; /* of 单位：万元 above the header, or NULL */
};

/* False: there is no header with a row below it. Everything lives on `keep`, texts are borrowed. */
bool table_find(struct arena *keep, struct found *out, const struct sheet *s);

/* "标题", "合计行" .. */
const char *skip_name(enum skip_why why, enum lang lang);

#endif
