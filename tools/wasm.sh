#!/bin/sh
# Builds the engine as WebAssembly: build/wasm/geci.wasm. Usage: tools/wasm.sh [--maybe]
# With --maybe it is silent, and does nothing, where the compiler for it is not installed (exit 77).
# Needs clang-14, lld-14, wasi-libc, libclang-rt-14-dev-wasm32 and binaryen of Debian 12.
set -eu
cd "$(dirname "$0")/.."
clang=${CLANG:-clang-14}
sysroot=/usr/include/wasm32-wasi
have() {
  command -v "$clang" && command -v wasm-ld-14 && command -v wasm-opt && command -v ninja &&
    [ -e $sysroot/stdio.h ] && [ -e "$("$clang" -print-resource-dir)/lib/wasi/libclang_rt.builtins-wasm32.a" ]
}
if ! have >/dev/null 2>&1; then
  [ "${1:-}" = --maybe ] && exit 77
  echo 'The compiler for WebAssembly is not complete: tools/setup.sh wasm' >&2
  exit 69
fi

# The memory of an instance: where it starts (web/engine/geci.js has the same figure) and how far it
# can be asked to grow. The stack lies below the data, so that one too deep traps and smashes nothing.
initial=2097152 maximum=4294967296 stack=524288
# Whole-program -Oz, only what shrinks is inlined (1.5 kB), then wasm-opt. GB18030 is left to the
# host, whose TextDecoder has its tables (48 kB); column files are for disks.
target='--target=wasm32-wasi --sysroot=/usr -isystem /usr/include/wasm32-wasi'
cflags="$target -std=c17 -D_DEFAULT_SOURCE -Oz -flto -mbulk-memory -msign-ext
  -Wall -Wextra -Werror -DGECI_NO_GB18030 -Iinclude -Isrc"
# (no -O for the link: clang would run a wasm-opt of its own, without the features)
ldflags="$target -flto -mexec-model=reactor -L/usr/lib/wasm32-wasi -lc-printscan-no-floating-point
  -Wl,-mllvm,-inline-threshold=0 -Wl,--gc-sections -Wl,--strip-all -Wl,--stack-first -Wl,-z,stack-size=$stack
  -Wl,--import-memory -Wl,--initial-memory=$initial -Wl,--max-memory=$maximum"
# Offsets of less than 1 kB are folded into loads and stores (14 kB): that is wrong only for a sum
# that wraps around to the first kB of memory, which is the far end of the stack. The memory that the
# host gives is all zeros; no load is relied upon to trap (ASSERT's unreachable stays). Taking the
# control flow apart and functions that are alike together gives 4 kB; keeping constants that stand
# often in locals gives 2 kB, unless -Oz puts them back behind it.
optimize='--low-memory-unused --zero-filled-memory --ignore-implicit-traps --flatten --rereloop
  --converge -Oz --merge-similar-functions --reorder-functions --const-hoisting -Oz
  --const-hoisting --reorder-locals'
features='--enable-bulk-memory --enable-sign-ext'

# Every geci_* that the header declares is exported; a name that is nowhere defined fails the link.
for name in $(grep -oE '\bgeci_[a-z_]+\(' include/geci.h | tr -d '(' | sort -u); do
  ldflags="$ldflags -Wl,--export=$name"
done

# The engine's folders and their lists are the build's own.
sources=src/embed/wasm.c
for folder in $(sed -n "s/^engine = \[\(.*\)\]/\1/p" meson.build | tr -d "',"); do
  for file in $(sed '/^wasm_src/,$d' src/$folder/meson.build | grep -oE "'[a-z0-9_]+\.c'" | tr -d "'"); do
    case $folder/$file in
    base/base.c | load/*gcol*) ;;
    *) sources="$sources src/$folder/$file" ;;
    esac
  done
done

mkdir -p build/wasm
one() { echo $*; } # joins lines
{
  echo "builddir = build/wasm"
  echo "cflags = $(one $cflags)"
  echo "ldflags = $(one $ldflags)"
  echo "rule cc
  command = $clang \$cflags -MMD -MF \$out.d -c \$in -o \$out
  depfile = \$out.d
rule link
  command = $clang \$in \$ldflags -o \$out
rule opt
  command = wasm-opt $features --strip-debug --strip-producers $(one $optimize) \$in -o \$out"
  objects=
  for file in $sources; do
    object=build/wasm/$(echo "${file#src/}" | tr / _).o
    echo "build $object: cc $file"
    objects="$objects $object"
  done
  echo "build build/wasm/linked.wasm: link$objects"
  echo 'build build/wasm/geci.wasm: opt build/wasm/linked.wasm'
} >build/wasm/build.ninja.new
cmp -s build/wasm/build.ninja.new build/wasm/build.ninja ||
  cp build/wasm/build.ninja.new build/wasm/build.ninja
[ "${1:-}" = --maybe ] || echo 'build build/wasm'
ninja -f build/wasm/build.ninja build/wasm/geci.wasm >build/wasm.log 2>&1 || {
  tail -n 40 build/wasm.log >&2
  exit 1
}
