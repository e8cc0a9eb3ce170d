#!/bin/sh
# Fuzzes every reader of outside bytes. Usage: FUZZ_S=30 tools/fuzz.sh; T=NAME runs some.
# The corpus grows under build/fuzz-corpus; a finding is left in build/fuzz-found: minimise it, commit
# it to test/fuzz/seeds/NAME/, fix the code.
set -u
cd "$(dirname "$0")/.."
tools/build.sh fuzz || exit 1
rc=0 n=0
for source in test/fuzz/*"${T:-}"*_fuzz.c; do
  [ -e "$source" ] || continue
  name=$(basename "$source" _fuzz.c)
  corpus=build/fuzz-corpus/$name seeds=test/fuzz/seeds/$name dict=test/fuzz/$name.dict
  mkdir -p "$corpus" build/fuzz-found
  echo "fuzz $name, ${FUZZ_S:-30} s"
  [ -d "$seeds" ] || { echo "no seeds in $seeds"; rc=1; continue; }
  set -- -max_total_time="${FUZZ_S:-30}" -max_len=65536 -timeout=10 -rss_limit_mb=4096 \
    -print_final_stats=1 -artifact_prefix="build/fuzz-found/$name-"
  [ ! -e "$dict" ] || set -- "$@" -dict="$dict"
  if "build/fuzz/test/fuzz/${name}_fuzz" "$@" "$corpus" "$seeds" >"build/fuzz-$name.log" 2>&1; then
    grep -E 'stat::(number_of_executed_units|average_exec_per_sec)' "build/fuzz-$name.log"
  else
    tail -n 60 "build/fuzz-$name.log"
    rc=1
  fi
  n=$((n + 1))
done
echo "fuzz: $n target(s), $([ $rc -eq 0 ] && echo 'no finding' || echo 'FINDINGS')"
exit $rc
