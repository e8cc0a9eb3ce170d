#!/bin/sh
# The house rules, formatting and static analysis. Usage: tools/lint.sh
# Every step runs, so that one run shows everything; exit 1 if any found something.
# clang-tidy and cppcheck remember clean files under build/ and look again only at what changed.
set -u
cd "$(dirname "$0")/.."
rc=0
step() { echo "lint $*"; }
fail() { rc=1; }

tools/build.sh clang || exit 1
all=$(tools/sources.sh)
# What the build compiles, tools included.
compiled=$(sed -n 's|.*"file": "\.\./\.\./\(.*\.c\)".*|\1|p' build/clang/compile_commands.json | sort -u)

step srccheck
ninja -C build/clang srccheck >build/clang.log || { cat build/clang.log; exit 1; }
tools/srccheck_test.sh "$PWD/build/clang/srccheck" || fail
# shellcheck disable=SC2086 -- paths here have no blanks
build/clang/srccheck src/LAYERS $all || fail

step 'every source is built or included'
for file in $all; do
  case $file in
  *.c)
    echo "$compiled" | grep -qxF "$file" ||
      grep -qsE "['/]$(basename "$file")'" "$(dirname "$file")/meson.build" "$(dirname "$file")/../meson.build" ||
      grep -rqE "#include \"(.*/)?$(basename "$file")\"" --include='*.[ch]' src test tools || {
      echo "$file:1: listed: no meson.build lists it"
      fail
    } ;;
  esac
done

step 'headers compile alone'
for file in $all; do
  case $file in *.h) ! grep -q '^#ifndef GECI_' "$file" || echo "$file" ;; esac
done | xargs -P 2 -n 8 sh -c 'for h; do gcc -std=c17 -D_DEFAULT_SOURCE -Wall -Wextra -Wpedantic -Werror \
  -Ibuild/clang -I. -Iinclude -Isrc -Itest -fsyntax-only -x c "$h" || exit 1; done' sh || fail

step clang-format
echo "$all" | xargs "${CLANG_FORMAT:-clang-format-14}" --dry-run -Werror || fail

step clang-tidy
mkdir -p build/tidy
# A header or a setting that changed makes every file due again. What does not ship is spared the
# analysis of paths, which is most of the time.
stale=$( { echo .clang-tidy; echo "$all" | grep '\.h$'; } | xargs ls -t | head -n 1)
for file in $compiled; do
  mark=build/tidy/$(echo "$file" | tr / _)
  [ "$mark" -nt "$file" ] && [ "$mark" -nt "$stale" ] || echo "$file"
done | xargs -r -P 2 -n 1 sh -c 'case $1 in src/*) what= ;; *) what=--checks=-clang-analyzer-* ;; esac
  "${CLANG_TIDY:-clang-tidy-14}" --quiet -p build/clang $what "$1" \
  2>build/tidy/err.$$ && : >"build/tidy/$(echo "$1" | tr / _)"; rc=$?
  grep -v "warnings\? generated\|^Suppressed\|^Use -header" build/tidy/err.$$; rm -f build/tidy/err.$$; exit $rc' sh || fail

step cppcheck
mkdir -p build/cppcheck
echo "$compiled" | grep -E '^(src|tools)/' | xargs -r cppcheck --quiet --error-exitcode=1 --std=c11 \
  --enable=warning,performance,portability --inline-suppr --cppcheck-build-dir=build/cppcheck \
  -j 2 -Isrc -Iinclude -Ibuild/clang || fail

[ $rc -eq 0 ] && echo 'lint clean'
exit $rc
