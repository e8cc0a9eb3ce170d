#!/bin/sh
# How long a run takes, from the facts that a store holds to receipts that are published: N enterprises
# with all facts that the grade of enterprises asks for (geci sample), drafted, computed, reviewed and
# published by four calls of the program, each of which opens the store anew. Every receipt is counted.
# Usage: bench/run.sh [N [DOC..]]; three times by the clock, CPU seconds of the quickest; needs sqlite3.
set -eu
cd "$(dirname "$0")/.."
root=$PWD
. bench/timed.sh
geci=$root/build/gcc/geci
n=${1:-51541}
[ $# -eq 0 ] || shift
[ $# -gt 0 ] || set -- packs/zhangjiagang/科技型企业.md packs/zhangjiagang/企业科技创新积分.md
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
GECI_DB=sqlite:$work/x.db
export GECI_DB

"$geci" sample --n "$n" -q -o "$work/all.csv"
"$geci" init --county 320582 张家港市 -q >/dev/null
"$geci" kind set packs/zhangjiagang/kinds -q
"$geci" import 科技型企业 "$work/all.csv" --period 2024 --as-of 2024-01-01 -q

took() { # what, command...: `what CPU clock` to $work/now
  what=$1
  shift
  t=$(timed "$@")
  echo "$what $t" >>"$work/now"
}
run=0
for doc; do
  for _ in 1 2 3; do
    run=$((run + 1))
    : >"$work/now"
    took 起草 "$geci" run new "$doc" --period 2024 --as-of 2025-04-01 --today 2025-04-01 --actor 甲 -q
    took 计算 "$geci" run compute $run --today 2025-04-01 --actor 甲 -q
    took 复核 "$geci" run review $run --today 2025-04-02 --actor 乙 -q
    took 公示 "$geci" run publish $run --days 5 --today 2025-04-03 --actor 丙 -q
    awk '{ cpu += $2; clock += $3; all = all sprintf(", %s %s", $1, $3) } END { printf "%s %s%s\n", clock, cpu, all }' \
      "$work/now" >>"$work/$(basename "$doc").took"
  done
  receipts=$(sqlite3 "$work/x.db" "SELECT count(*) FROM receipt WHERE run = $run")
  [ "$receipts" -eq "$n" ] || { echo "$doc: $receipts receipts, not $n" >&2; exit 1; }
  sort -g "$work/$(basename "$doc").took" | awk -v doc="$(basename "$doc" .md)" -v n="$n" '
    NR == 1 { least = $1; cpu = $2; $1 = $2 = ""; parts = substr($0, 3) }
    END { printf "%s: %d receipts published in %.2f to %.2f s by the clock; the quickest: CPU %.2f s: %s\n", doc, n, least, ($1 == "" ? least : $1), cpu, parts }'
done
echo "load $(cut -d ' ' -f 1 /proc/loadavg)"
