#!/bin/sh
# Every trust check, each with its canary first. Usage: run.sh BUILD [full]; SEED=N
# A check prints its figures and `N passed, N failed`; the last line is the total.
set -u
here=$(cd "$(dirname "$0")" && pwd)
cd "$1/test/trust" || exit 1
full=${2:+--full}
seed=${SEED:-1}
out=$(mktemp)
trap 'rm -f "$out"' EXIT
rc=0
one() {
  name=$1
  shift
  script ./"trust_$name" --seed "$seed" "$@"
}
script() {
  "$@" >"$out" 2>&1
  code=$?
  grep -vE '^[0-9]+ passed' "$out"
  line=$(grep -E '^[0-9]+ passed, [0-9]+ failed$' "$out" | tail -n 1)
  [ -n "$line" ] || line='0 passed, 1 failed'
  [ $code -eq 0 ] || rc=1
  echo "$line" >>"$out.total"
}
: >"$out.total"
for name in kill power io oom tamper ledger settle race book matrix desk idem gone payout hidden load; do
  one "$name" --canary
  # nothing, or one word
  # shellcheck disable=SC2086
  one "$name" $full
done
if command -v pg_basebackup >/dev/null 2>&1; then
  for canary in --canary ''; do
    script sh "$here/pitr.sh" ../../geci $canary
  done
fi
awk '{ p += $1; f += $3 } END { printf "%d passed, %d failed\n", p, f; exit f > 0 }' "$out.total" || rc=1
rm -f "$out.total"
exit $rc
