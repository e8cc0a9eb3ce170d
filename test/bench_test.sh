#!/bin/sh
# The two rule documents of bench/ give what the hand-written C gives, to the last value; and the
# comparison does tell when they do not. Usage: bench_test.sh FOLDER ROOT, FOLDER has the binaries.
# The last line is `N passed, N failed, N skipped`.
set -u
bin=$1
root=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0 failed=0

verdict() { # name, exit code, the exit code wanted
  if [ "$2" -eq "$3" ]; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    printf 'FAILED: %s (exit %d)\n' "$1" "$2"
    cat "$work/log"
  fi
}

# Scores by a document and compares all values with the reference.
agrees() { # workload, document
  "$bin/bench_geci" --data "$work" --workload "$1" --runs 1 --threads 2 --doc "$2" \
    --out "$work/geci.csv" >"$work/log" 2>&1 &&
    "$bin/bench_compare" "$work/ref.csv" "$work/geci.csv" >"$work/log" 2>&1
}

"$bin/bench_gen" 2000 "$work" || { echo '0 passed, 1 failed, 0 skipped'; exit 1; }
for w in A B; do
  case $w in
  A) doc=scoring.md planted='s/| 研发规模 | 9 |/| 研发规模 | 8 |/' ;;
  B) doc=policies.md planted='s/- 最高: 80万元/- 最高: 81万元/' ;;
  esac
  "$bin/bench_ref" --data "$work" --workload $w --runs 1 --out "$work/ref.csv" >"$work/log" 2>&1
  verdict "$w: reference" $? 0
  agrees $w "$root/bench/$doc"
  verdict "$doc agrees with the reference" $? 0
  sed "$planted" "$root/bench/$doc" >"$work/changed.md"
  agrees $w "$work/changed.md"
  verdict "$doc with another number is told apart" $? 1
done
"$bin/bench_whatif" "$work" 3 >"$work/log" 2>&1
verdict 'questions are answered' $? 0
echo "$passed passed, $failed failed, 0 skipped"
[ $failed -eq 0 ]
