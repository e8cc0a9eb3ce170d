#!/bin/sh
# How long a what-if, a revision of the rules and an explanation take in a population of N subjects
# (51,541 unless N says), native and, where it can be built, in WebAssembly. See bench/README.md.
set -eu
cd "$(dirname "$0")/.."
tools/build.sh gcc bench/bench_gen bench/bench_whatif bench/bench_again
work=$PWD/build/bench/whatif
mkdir -p "$work"
build/gcc/bench/bench_gen "${N:-51541}" "$work"
build/gcc/bench/bench_whatif "$work" 41
build/gcc/bench/bench_again "${N:-51541}" packs/national/[!R]*.md \
  packs/zhangjiagang/企业科技创新积分.md packs/zhangjiagang/科技型企业.md packs/zhangjiagang/高企培育库.md
if tools/wasm.sh --maybe && command -v node >/dev/null 2>&1; then
  node bench/whatif.mjs build/wasm/geci.wasm bench "$work" 41
else
  echo 'WebAssembly: not built or not run here (tools/setup.sh wasm)'
fi
