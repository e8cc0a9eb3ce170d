"""SQLite in memory, one thread; Python only drives the SQL."""
import csv
import sqlite3

import common
import sqlgen

a = common.arguments()
db = sqlite3.connect(":memory:")
db.execute("pragma temp_store=memory")
db.execute("pragma cache_size=-2000000")


def load():
    db.execute(sqlgen.ddl("sqlite"))
    with open(a.csv, newline="") as f:
        rows = csv.reader(f)
        marks = ",".join("?" * len(next(rows)))
        db.executemany("insert into e values (%s)" % marks,
                       ([x if x != "" else None for x in row] for row in rows))
    db.commit()


def emit():
    with open(a.out, "w", newline="") as f:
        out = csv.writer(f)
        rows = db.execute("select * from res order by id")
        out.writerow([column[0] for column in rows.description])
        for row in rows:
            out.writerow([repr(x) if isinstance(x, float) else x for x in row])


load_s, _ = common.timed(load)
n = db.execute("select count(*) from e").fetchone()[0]
query = sqlgen.score("sqlite") if a.workload == "A" else sqlgen.policy("sqlite")
wall, busy, _ = common.repeat(a, lambda: db.execute("create table res as " + query),
                              lambda: db.execute("drop table if exists res"))
emit_s = common.timed(emit)[0] if a.out else None
common.report("sqlite " + sqlite3.sqlite_version, a, n, load_s, wall, busy, emit_s)
