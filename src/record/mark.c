/* mark.c - verified, returned: what somebody found out about a line. */
#include "record/record_int.h"

static bool has_column(Str columns, Str column)
{
    while (columns.n > 0)
        if (str_eq(str_cut(&columns, '\t'), column))
            return true;
    return false;
}

enum status record_mark_add(struct record *r, const struct record_mark *m)
{
    struct sql_line_get_row line;
    struct sql_subject_kind_row is;
    struct rules *kind;
    struct arena *tmp = arena_open();
    enum status st = sql_line_get_one(r->conn, tmp,
                                      &(struct sql_line_get){r->county, m->of_act, m->of_n}, &line);
    if (st == OK && m->subject != 0 && m->subject != line.subject)
        st = ERR_GONE;
    if (st == OK && m->field.n > 0 && !has_column(line.columns, m->field))
        st = ERR_GONE;
    if (st == OK)
        st = sql_mark_add(r->conn, &(struct sql_mark_add){
                                       r->county, r->act, record_next(r, RECORD_MARK), m->of_act,
                                       m->of_n, line.subject, m->field, m->verdict, m->why});
    if (st == OK)
        st = sql_subject_kind_one(r->conn, tmp, &(struct sql_subject_kind){r->county, line.subject},
                                  &is);
    if (st == OK)
        st = record_kind_get(r->conn, tmp, &kind, r->county, is.kind, RECORD_NOW);
    if (st == OK)
        st = now_refresh(r, kind, line.subject);
    arena_close(tmp);
    return st;
}
