#!/bin/sh
# How fast a table becomes stored facts: CSV of ten columns into SQLite, first as new subjects, then
# as next year's report of the same ones, then folded into a snapshot; the same two as workbooks of
# Excel (texts shared, as Excel writes them), which are read in a child; beside it the very rows of
# the first table put into an empty store of the same schema by the sqlite3 program.
# Usage: bench/import.sh [ROWS]; needs sqlite3 and python3. CPU seconds (user + system) and seconds by
# the clock, the least of three each.
set -eu
cd "$(dirname "$0")/.."
root=$PWD
. bench/timed.sh
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

took() { # file, command...: CPU seconds (user + system) to file.cpu, seconds to file.clock
  out=$1
  shift
  t=$(timed "$@")
  echo "${t% *}" >>"$out.cpu"
  echo "${t#* }" >>"$out.clock"
}
least() { # file: its smallest line
  sort -g "$1" | head -n 1
}

cat >bare.sql <<END
PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-65536; PRAGMA secure_delete=ON;
ATTACH 'filled.db' AS x;
BEGIN;
INSERT INTO content SELECT * FROM x.content WHERE hash NOT IN (SELECT hash FROM content);
INSERT INTO content_piece SELECT * FROM x.content_piece WHERE hash NOT IN (SELECT hash FROM content_piece);
INSERT INTO subject SELECT * FROM x.subject ORDER BY county, act, n;
INSERT INTO line SELECT * FROM x.line ORDER BY county, act, n;
INSERT INTO subject_now SELECT * FROM x.subject_now ORDER BY county, subject;
COMMIT;
END
fresh() { # an empty store
  rm -f x.db*
  "$geci" init --county 320582 张家港市 -q >/dev/null
  "$geci" kind set "$root/packs/zhangjiagang/kinds" -q
}
for _ in 1 2 3; do
  fresh
  cp x.db bare.db
  took new "$geci" import 科技型企业 one.csv --period 2024 -q
  sqlite3 x.db 'VACUUM INTO "filled.db"'
  took bare sqlite3 bare.db '.read bare.sql'
  rm -f filled.db bare.db*
  took again "$geci" import 科技型企业 two.csv --period 2025 -q
  took snap "$geci" snapshot 科技型企业 -q
  fresh
  took xlsx "$geci" import 科技型企业 one.xlsx --period 2024 -q
  took xlsx_again "$geci" import 科技型企业 two.xlsx --period 2025 -q
done
say() { # what, file: seconds and rows a second, of CPU and by the clock
  awk -v n="$rows" -v what="$1" -v cpu="$(least "$2.cpu")" -v clock="$(least "$2.clock")" -v bare="$(least bare.cpu)" \
    'BEGIN { printf "%s: CPU %.2f s (%.0f rows/s), %.2f of bare SQLite; clock %.2f s (%.0f rows/s)\n", what, cpu, n / cpu, cpu / bare, clock, n / clock }'
}
echo "$rows rows; load $(cut -d ' ' -f 1 /proc/loadavg)"
say 'bare SQLite, the same rows' bare
say 'CSV, new subjects' new
say 'CSV, known subjects' again
say 'xlsx, new subjects' xlsx
say 'xlsx, known subjects' xlsx_again
say 'snapshot' snap
