#!/bin/sh
# How fast a table becomes stored facts: CSV of ten columns into SQLite, first as new subjects, then
# as next year's report of the same ones, then folded into a snapshot; the same two as workbooks of
# Excel (texts shared, as Excel writes them), which are read in a child; beside it the same number
# of rows put into bare tables of the same shape by the sqlite3 program.
# Usage: bench/import.sh [ROWS]; needs sqlite3 and python3. CPU seconds (user + system), the least of three.
set -eu
cd "$(dirname "$0")/.."
root=$PWD
geci=$root/build/gcc/geci
rows=${1:-100000}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
GECI_DB=sqlite:$work/x.db
export GECI_DB

"$geci" sample --n "$rows" -q -o all.csv
python3 - <<'END'
import csv
keep = '统一社会信用代码 企业名称 成立日期 所在区镇 营业收入@2024 研发费用@2024 职工总数 研发人员数 有效发明专利数 有效高企证书'
rows = csv.reader(open('all.csv', encoding='utf-8'))
head = next(rows)
at = [head.index(name) for name in keep.split()]
with open('one.csv', 'w', encoding='utf-8', newline='') as out:
    csv.writer(out).writerows([row[i] for i in at] for row in [head, *rows])
END
sed '1s/@2024/@2025/g' one.csv >two.csv
python3 "$root/bench/xlsx.py" one.csv one.xlsx
python3 "$root/bench/xlsx.py" two.csv two.xlsx

cpu() { # command...: user + system seconds of it
  { /usr/bin/env bash -c 'TIMEFORMAT="%U %S"; time "$@" >/dev/null 2>&1' - "$@"; } 2>&1 | awk '{ print $1 + $2 }'
}
least() { # file: its smallest line
  sort -g "$1" | head -n 1
}

cat >bare.sql <<END
PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-65536;
CREATE TABLE a(c TEXT,k INT,n INT,s INT,d TEXT,i TEXT,PRIMARY KEY(c,k,n),UNIQUE(c,s),UNIQUE(c,d,i)) STRICT, WITHOUT ROWID;
CREATE TABLE l(c TEXT,k INT,n INT,r INT,s INT,at INT,b TEXT,PRIMARY KEY(c,k,n)) STRICT, WITHOUT ROWID;
CREATE INDEX li ON l(c,s);
BEGIN;
WITH RECURSIVE x(v) AS (SELECT 1 UNION ALL SELECT v+1 FROM x WHERE v<$rows)
INSERT INTO a SELECT '320582',3,v,v,'科技型企业','91320582'||(v*7919%100003)||'XXXXX' FROM x;
WITH RECURSIVE x(v) AS (SELECT 1 UNION ALL SELECT v+1 FROM x WHERE v<$rows)
INSERT INTO l SELECT '320582',3,v,0,v,v,'某某医疗科技有限公司	320582103	2020-06-24	56654000	1564200	105	12' FROM x;
COMMIT;
END
fresh() { # an empty store
  rm -f x.db*
  "$geci" init --county 320582 张家港市 -q >/dev/null
  "$geci" kind set "$root/packs/zhangjiagang/kinds" -q
}
for _ in 1 2 3; do
  rm -f bare.db*
  fresh
  cpu "$geci" import 科技型企业 one.csv --period 2024 -q >>new
  cpu "$geci" import 科技型企业 two.csv --period 2025 -q >>again
  cpu "$geci" snapshot 科技型企业 -q >>snap
  fresh
  cpu "$geci" import 科技型企业 one.xlsx --period 2024 -q >>xlsx
  cpu "$geci" import 科技型企业 two.xlsx --period 2025 -q >>xlsx_again
  cpu sqlite3 bare.db ".read bare.sql" >>bare
done
say() { # what, file: seconds and rows a second
  awk -v n="$rows" -v what="$1" -v s="$(least "$2")" 'BEGIN { printf ", %s %.2f s (%.0f rows/s)", what, s, n / s }'
}
printf '%d rows: CSV%s%s, snapshot %.2f s; xlsx%s%s; bare SQLite %.2f s\n' "$rows" "$(say new new | cut -c2-)" \
  "$(say again again)" "$(least snap)" "$(say new xlsx | cut -c2-)" "$(say again xlsx_again)" "$(least bare)"
