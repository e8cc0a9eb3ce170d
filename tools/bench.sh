#!/bin/sh
# Runs the benchmarks, once there are some.
cd "$(dirname "$0")/.." || exit 1
if [ ! -x bench/run.sh ]; then
  echo '还没有性能测量。 / There are no benchmarks yet.'
  exit 0
fi
tools/build.sh gcc geci && exec bench/run.sh
