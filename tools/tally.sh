#!/bin/sh
# Runs one test suite and notes its result for tools/test.sh. Usage: tally.sh COMMAND...
# The last line `N passed, N failed, N skipped` counts; a suite without one counts as one test, and
# one that says all is well but exits otherwise has failed (a crash after the line, a leak).
[ -n "${GECI_TALLY:-}" ] || exec "$@"
out=$(mktemp "$GECI_TALLY/out.XXXXXX")
"$@" >"$out"
rc=$?
cat "$out"
line=$(grep -E '^[0-9]+ passed, [0-9]+ failed(, [0-9]+ skipped)?$' "$out" | tail -n 1)
rm -f "$out"
if [ -z "$line" ]; then
  case $rc in
  0) line='1 passed, 0 failed' ;;
  77) line='0 passed, 0 failed, 1 skipped' ;;
  *) line='0 passed, 1 failed' ;;
  esac
elif [ $rc -ne 0 ] && [ $rc -ne 77 ]; then
  case $line in
  *' 0 failed'*) line=$(echo "$line" | sed 's/ 0 failed/ 1 failed/') ;;
  esac
fi
echo "$line" >"$(mktemp "$GECI_TALLY/tally.XXXXXX")"
exit $rc
