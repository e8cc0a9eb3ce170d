#!/bin/sh
# Branch coverage of the engine and the ledger by every test. Usage: tools/cover.sh; BAR=95 is the least in per cent.
# A line with ALWAYS, NEVER or ASSERT is left out: its other branch is one no test should reach.
# build/cov/report/index.html shows every line.
set -u
cd "$(dirname "$0")/.."
tools/build.sh cov || exit 1
find build/cov -name '*.gcda' -delete
tools/test.sh cov || exit 1
mkdir -p build/cov/report
gcovr --root . --object-directory build/cov --filter 'src/' \
  --exclude-branches-by-pattern '.*\b(ALWAYS|NEVER|ASSERT)\(.*' \
  --exclude-unreachable-branches --exclude-throw-branches \
  --csv build/cov/report/files.csv --html-details build/cov/report/index.html build/cov \
  >build/cov.log 2>&1 || { cat build/cov.log; exit 1; }

# filename,line_total,line_covered,line_percent,branch_total,branch_covered,...
awk -F, -v bar="${BAR:-95}" '
  NR == 1 { next }
  {
    split($1, part, "/")
    folder = part[2]
    lines[folder] += $2; ran[folder] += $3; branches[folder] += $5; taken[folder] += $6
    if ($5 > 0 && $6 < $5) open[folder] = open[folder] sprintf("    %-32s %d of %d\n", $1, $5 - $6, $5)
  }
  END {
    n = split("base field col rule load eval grade ledger os cmd", order, " ")
    printf "%-8s %15s %18s\n", "folder", "lines", "branches"
    for (i = 1; i <= n; i++) {
      f = order[i]
      if (lines[f] == 0) continue
      share = branches[f] > 0 ? 100 * taken[f] / branches[f] : 100
      low = i <= 8 && share < bar
      bad += low
      printf "%-8s %7d %6.1f%% %9d %6.1f%%%s\n", f, lines[f], 100 * ran[f] / lines[f], branches[f],
        share, low ? "  < " bar " %" : ""
    }
    print "branches not taken:"
    for (i = 1; i <= 8; i++) printf "%s", open[order[i]]
    exit bad > 0
  }' build/cov/report/files.csv
