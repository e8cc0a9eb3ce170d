#!/bin/sh
# Installs into an empty folder and builds the example as a stranger would, with the shared library
# and with the archive. Usage: run.sh BUILD ROOT. The last line is `N passed, N failed, N skipped`.
set -u
build=$1 root=$2
if [ ! -e "$build/include/libgeci.so" ]; then
  echo 'this build installs no library (sanitizers or coverage)'
  exit 77
fi
for tool in pkg-config cc nm; do
  command -v $tool >/dev/null 2>&1 || { echo "no $tool"; exit 77; }
done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0 failed=0
verdict() { # name, exit code
  if [ "$2" -eq 0 ]; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    printf 'FAILED: %s\n' "$1"
    cat "$work/log"
  fi
}

DESTDIR=$work/dest meson install -C "$build" --no-rebuild >"$work/log" 2>&1
verdict 'meson install' $?
pc=$(find "$work/dest" -name geci.pc)
lib=$(dirname "$(dirname "$pc")")
PKG_CONFIG_LIBDIR=$(dirname "$pc") PKG_CONFIG_SYSROOT_DIR=$work/dest
export PKG_CONFIG_LIBDIR PKG_CONFIG_SYSROOT_DIR
cp -R "$root/examples/embed" "$work/mine"
cd "$work/mine" || exit 1

example() { # name; runs ./score and looks at what it says
  ./score 研发积分.md 企业.csv 2026-11-22 E2 研发费用=600万元 >out 2>"$work/log"
  verdict "$1 runs" $?
  cp out "$work/log"
  grep -q '^E1	研发投入	50$' out && grep -q '^E3	研发投入	0~50$' out &&
    grep -q '研发投入: 30 -> 50$' out
  verdict "$1 tells what it should" $?
}

# shellcheck disable=SC2046 -- flags are meant to be split
cc -std=c99 -Wall -Wextra -Werror score.c $(pkg-config --cflags --libs geci) -o score >"$work/log" 2>&1
verdict 'cc with pkg-config' $?
LD_LIBRARY_PATH=$lib
export LD_LIBRARY_PATH
example shared
ldd ./score | grep -q "$lib/libgeci.so.0" 2>"$work/log"
verdict 'it is the shared library' $?
unset LD_LIBRARY_PATH

# shellcheck disable=SC2046
cc score.c $(pkg-config --cflags geci) "$lib/libgeci.a" -o score >"$work/log" 2>&1
verdict 'cc with the archive' $?
example archive

for file in "$lib/libgeci.so" "$lib/libgeci.a"; do
  nm $([ "${file%.so}" = "$file" ] && echo -g || echo -D) --defined-only "$file" |
    awk 'NF == 3 { print $3 }' | sort >names
  grep -oE '\bgeci_[a-z_]+\(' "$work"/dest/*/*/include/geci.h "$work"/dest/*/include/geci.h 2>/dev/null |
    sed 's/.*://; s/($//' | sort -u >wanted
  diff wanted names >"$work/log" 2>&1 && [ -s names ]
  verdict "$(basename "$file") offers what geci.h declares and no more" $?
done

if command -v c++ >/dev/null 2>&1; then
  # shellcheck disable=SC2046
  echo '#include <geci.h>
int main() { return geci_version()[0] == 0; }' >cpp.cc &&
    c++ -Wall -Wextra -Werror cpp.cc $(pkg-config --cflags geci) "$lib/libgeci.a" -o cpp >"$work/log" 2>&1 && ./cpp
  verdict 'C++' $?
fi

echo "$passed passed, $failed failed, 0 skipped"
[ $failed -eq 0 ]
