/* out.h - tables for people and programs: CSV, xlsx, JSON Lines, behind one interface.
 *
 *     out_table_open(columns, facts) -> out_table_row .. -> out_table_close
 *
 * Nothing that is written can start anything: in xlsx a text is a text cell, whatever it begins
 * with; in CSV a cell that a program would take for a formula gets an apostrophe in front. Numbers
 * are number cells as long as 15 digits hold them exactly, else text. What the file is about
 * (`facts`: query, cut-off day, hash of the rules ..) and how many rows it has stands in it: in
 * xlsx on a sheet 说明, in CSV in lines 说明：.. at the end (which our reader knows as notes), in
 * JSON in the first line and the last. xlsx is streamed to disk; only the packed file is in memory.
 * Errors: ERR_LIMIT (rows, columns or a text beyond what the format takes), ERR_IO (no memory
 * file).
 */
#ifndef GECI_SHEET_OUT_H
#define GECI_SHEET_OUT_H

#include "sheet/sheet.h"

/* PLAIN is CSV for programs: no byte order mark in front, no facts behind. */
enum out_form { OUT_CSV, OUT_PLAIN, OUT_XLSX, OUT_JSONL };
enum out_kind { OUT_TEXT, OUT_NUMBER, OUT_DAY };

struct out_column {
    Str head;
    enum out_kind kind;
    Str note;          /* xlsx: a remark at the header's cell; may be empty */
    const Str *choice; /* xlsx: what may be picked from a list */
    uint32_t choice_n;
    uint32_t width; /* of the column in characters; 0: by the header */
};

struct out_fact {
    Str key, value;
};

struct out_cell {
    Str text;   /* empty: none. A number as decimal text, a day as 2024-01-31 */
    bool bad;   /* xlsx: coloured */
    Str note;   /* xlsx: a remark at the cell */
    bool words; /* a number's or day's column, but this is text */
};

struct out_spec {
    enum out_form form;
    Str sheet; /* name of the sheet of xlsx */
    const struct out_column *column;
    uint32_t column_n;
    const struct out_fact *fact;
    size_t fact_n;
    uint32_t blank_rows; /* xlsx: rows for lists below those written (templates) */
    void (*put)(void *ctx, Str bytes);
    void *ctx;
};

/* `put` for a struct buf as ctx. */
void out_to_buf(void *buf, Str bytes);

#define OUT_MEDIA_XLSX "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#define OUT_MEDIA_CSV  "text/csv; charset=utf-8"

struct out_table;

NODISCARD enum status out_table_open(struct arena *keep, struct out_table **out,
                                     const struct out_spec *spec);
NODISCARD enum status out_table_row(struct out_table *o, const struct out_cell *cell);
/* Writes what is left. Whatever it returns, `o` is closed. */
NODISCARD enum status out_table_close(struct out_table *o);

/* By the ending of a path: .xlsx, .jsonl or .ndjson, else CSV. */
enum out_form out_form_of(Str path);

/* xlsx behind out.c; not for callers. */
struct xlsx_out;
NODISCARD enum status xlsx_out_open(struct arena *keep, struct xlsx_out **out,
                                    const struct out_spec *spec);
NODISCARD enum status xlsx_out_row(struct xlsx_out *o, const struct out_cell *cell);
NODISCARD enum status xlsx_out_close(struct xlsx_out *o, uint64_t row_n);

#endif
