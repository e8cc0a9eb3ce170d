#include "db/raw.h"

#include "db/db_int.h"

enum status db_raw(struct db_conn *c, const char *sql)
{
    ASSERT(c->open);
    TRY(c->failed);
    return c->db->back->exec(c, sql);
}

void db_raw_wrote(struct db_conn *c, int seal)
{
    c->wrote |= (uint64_t)1 << seal;
}

int db_statement_n(void)
{
    return sql_statement_n();
}

const char *db_statement_name(int statement)
{
    return sql_statement(statement)->name;
}

enum status db_statement_check(struct db_conn *c, int statement)
{
    const struct sql_statement *s = sql_statement(statement);
    char kind[SQL_SLOTS_MAX];
    ASSERT(c->open);
    TRY(c->failed);
    if (c->prepared[statement] == NULL)
        TRY(c->db->back->prepare(c, statement));
    bool same = c->db->back->columns(c, statement, kind) == s->out_n;
    for (int i = 0; i < s->out_n && same && s->out != NULL; i++)
        same = kind[i] == 0 || kind[i] == s->out[i].kind;
    return same ? OK : db_failed(c, DB_WHY_OTHER, "columns differ from the signature", "");
}
