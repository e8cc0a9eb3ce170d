#!/bin/sh
# What those who make a rule ask of it, as commands on a CSV of N firms (51,541 unless given): whose rank
# hangs on the weights (1,000 draws), whom a revision moves, what brings one firm to a grade. Seconds of CPU
# and by the clock, the least of three, reading and writing included; `check` is what the start of any costs.
# Usage: bench/rules.sh [N]
set -eu
cd "$(dirname "$0")/.."
root=$PWD
. bench/timed.sh
geci=$root/build/gcc/geci
n=${1:-51541}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
build/gcc/bench/bench_gen "$n" "$work"
{ cat bench/names.csv; tail -n +2 "$work/data.csv"; } >"$work/firms.csv"
sed '/^| \[/s/52/54/' bench/scoring.md >"$work/revised.md"
cd "$work"
echo "$n firms; load $(cut -d' ' -f1 /proc/loadavg)"

took() { # label, command...
  label=$1
  shift
  rm -f cpu clock
  for round in 1 2 3; do
    t=$(timed "$@")
    echo "${t% *}" >>cpu
    echo "${t#* }" >>clock
  done
  echo "$label: CPU $(sort -g cpu | head -n 1) s, clock $(sort -g clock | head -n 1) s"
}
took 'check' "$geci" check -q "$root/bench/scoring.md"
took 'score' "$geci" score -q "$root/bench/scoring.md" -d firms.csv
took 'robust, 1000 draws, one thread' "$geci" robust -q "$root/bench/scoring.md" -d firms.csv --threads 1
took 'robust, 1000 draws' "$geci" robust -q "$root/bench/scoring.md" -d firms.csv
took 'compare' "$geci" compare -q "$root/bench/scoring.md" revised.md -d firms.csv
took 'seek' "$geci" seek -q "$root/bench/scoring.md" -d firms.csv --id 7 --goal '等级>=A'
