#!/bin/sh
# Measures the engine beside other ways to do its work. Usage: tools/bench.sh; the environment says
#   N=10000,100000     sizes (without: every contender at these, some at 1,000,000 too)
#   PEERS=geci,duckdb  only these, beside the hand-written C
# Contenders that cannot be installed are named and left out. Results: build/bench/RESULTS.md
set -u
cd "$(dirname "$0")/.." || exit 1
tools/setup.sh bench || echo 'bench: goes on with what is there' >&2
tools/build.sh gcc bench/bench_gen bench/bench_ref bench/bench_geci bench/bench_entitle \
  bench/bench_compare || exit 1

work=$PWD/build/bench
mkdir -p "$work"
if command -v npm >/dev/null 2>&1 && ! cmp -s bench/package.json "$work/package.json"; then
  cp bench/package.json "$work/package.json"
  (cd "$work" && npm install --no-audit --no-fund --no-package-lock) >"$work/npm.log" 2>&1 ||
    { rm -f "$work/package.json"; echo "bench: npm failed, see $work/npm.log" >&2; }
fi
python=/usr/bin/python3
[ -x $python ] || python=python3
exec $python bench/run.py --bin build/gcc/bench --work "$work" ${N:+--n "$N"} ${PEERS:+--only "$PEERS"}
