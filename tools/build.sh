#!/bin/sh
# Configures build/KIND when needed and builds it. Usage: tools/build.sh KIND [TARGET...]
#   gcc    what users run         clang  the same with clang; its compile commands serve clang-tidy
#   san    clang, ASan and UBSan  cov    gcc, branch coverage      fuzz  clang, libFuzzer, ASan, UBSan
#   mcdc   clang-19, coverage of conditions   tsan  clang, ThreadSanitizer
set -eu
cd "$(dirname "$0")/.."
kind=$1
shift
dir=build/$kind
san='-Db_sanitize=address,undefined -Db_lundef=false -Darena_debug=true -Doptimization=1'
case $kind in
gcc) cc=gcc options= ;;
clang) cc=${CLANG:-clang-14} options= ;;
san) cc=${CLANG:-clang-14} options=$san ;;
tsan) cc=${CLANG:-clang-14} options='-Db_sanitize=thread -Db_lundef=false -Doptimization=1' ;;
cov) cc=gcc options='-Db_coverage=true -Doptimization=0' ;;
fuzz) cc=${CLANG:-clang-14} options="$san -Dfuzz=true" ;;
mcdc) cc=${CLANG_MCDC:-clang-19} options='-Dmcdc=true -Doptimization=0 -Dwerror=false' ;;
*) sed -n '2,5s/^# //p' "$0" >&2; exit 64 ;;
esac

# Someone who only runs the program need not have cmocka.
tests=true
[ "$*" != geci ] || tests=false

# The web client goes along where tools/web.sh has built it; WEB=0 leaves it out.
web=false
[ "$kind" != gcc ] || [ "${WEB:-1}" = 0 ] || [ ! -e build/web/assets.S ] || web=true

mkdir -p build
log=build/$kind.log
quietly() {
  "$@" >"$log" 2>&1 || { cat "$log" >&2; exit 1; }
}
if [ ! -e "$dir/build.ninja" ]; then
  rm -rf "$dir"
  # shellcheck disable=SC2086 -- the options are meant to be split
  CC=$cc quietly meson setup "$dir" -Dtests=$tests -Dweb=$web $options
elif [ $tests = true ] && [ ! -e "$dir/.tests" ]; then
  quietly meson configure "$dir" -Dtests=true
fi
if [ "$(cat "$dir/.web" 2>/dev/null)" != $web ]; then
  quietly meson setup --reconfigure "$dir" -Dweb=$web
  echo $web >"$dir/.web"
fi
[ $tests = false ] || : >"$dir/.tests"

echo "build $dir"
quietly ninja -C "$dir" "$@"
