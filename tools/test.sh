#!/bin/sh
# Builds and runs every test. Usage: tools/test.sh gcc|san|cov [SUITE]; T=NAME runs some.
# Ends with the one line `N passed, N failed, N skipped`; exit 0 only if none failed and some ran.
set -u
cd "$(dirname "$0")/.."
kind=$1
tools/build.sh "$kind" || { echo '0 passed, 1 failed, 0 skipped'; exit 1; }

# The engine as WebAssembly is compared with this one, where its compiler is installed.
tools/wasm.sh --maybe
[ $? -ne 1 ] || { echo '0 passed, 1 failed, 0 skipped'; exit 1; }

GECI_TALLY=$(mktemp -d)
export GECI_TALLY
trap 'rm -rf "$GECI_TALLY"' EXIT
export ASAN_OPTIONS="${ASAN_OPTIONS:-detect_leaks=1:strict_string_checks=1:detect_stack_use_after_return=1}"
export UBSAN_OPTIONS="${UBSAN_OPTIONS:-print_stacktrace=1}"
export ASAN_SYMBOLIZER_PATH="${ASAN_SYMBOLIZER_PATH:-$(command -v llvm-symbolizer-14 || true)}"

set -- ${2:+--suite "$2"} ${T:+--test-args "$T" --suite unit --suite prop}
[ "$kind" = gcc ] || set -- -t 5 "$@"
meson test -C "build/$kind" --no-rebuild --print-errorlogs \
  --wrapper "$PWD/tools/tally.sh" "$@" </dev/null >"build/$kind.log" 2>&1
rc=$?
grep -vE '^(ninja: |Ok: |Expected Fail: |Fail: |Unexpected Pass: |Skipped: |Timeout: |Full log |[0-9]+ passed|$)' \
  "build/$kind.log"

cat "$GECI_TALLY"/tally.* 2>/dev/null | awk -v rc=$rc '
  { passed += $1; failed += $3; skipped += $5 }
  END {
    if (rc != 0 && failed == 0) failed = 1 # a suite that ran out of time leaves no line
    printf "%d passed, %d failed, %d skipped\n", passed, failed, skipped
    exit failed > 0 || passed == 0
  }'
