#!/bin/sh
# MC/DC of the ledger by its unit tests: has each condition of a decision changed it by itself?
# Usage: tools/mcdc.sh; wants clang-19 and llvm-19, which nothing else does, and installs nothing.
# build/mcdc/report.txt shows every line, with each decision's conditions that did not.
set -u
cd "$(dirname "$0")/.." || exit 1
clang=${CLANG_MCDC:-clang-19}
version=${clang##*-}
for tool in "$clang" "llvm-cov-$version" "llvm-profdata-$version"; do
  command -v "$tool" >/dev/null && continue
  printf '缺少 %s。Missing. Debian:  apt-get install clang-%s llvm-%s libclang-rt-%s-dev\n' \
    "$tool" "$version" "$version" "$version" >&2
  exit 69
done
tools/build.sh mcdc test/unit_ledger || exit 1
cd build/mcdc || exit 1
LLVM_PROFILE_FILE=unit.profraw ./test/unit_ledger >unit.log 2>&1 || { cat unit.log; exit 1; }
tail -n 1 unit.log
"llvm-profdata-$version" merge -o unit.profdata unit.profraw || exit 1
"llvm-cov-$version" show test/unit_ledger -instr-profile=unit.profdata --show-mcdc \
  --show-branches=count ../../src/ledger >report.txt || exit 1
"llvm-cov-$version" report test/unit_ledger -instr-profile=unit.profdata --show-mcdc-summary \
  ../../src/ledger | awk '
  NR == 1 || /^(TOTAL|.*\.c )/ {
    if (NR == 1) { printf "%-12s %12s %16s %20s\n", "file", "lines", "branches", "MC/DC conditions"; next }
    n = split($0, w, " ")
    sub(/.*\//, "", w[1])
    printf "%-12s %4d %6s %6d %8s %8d %10s\n", w[1], w[n-8], w[n-6], w[n-5], w[n-3], w[n-2], w[n]
  }'
