#!/bin/sh
# Compares the engine in WebAssembly with the native one, and tries its wrapper. Usage: run.sh DUMP ROOT
# GECI_WASM=FILE tries another module. The last line is `N passed, N failed, N skipped`.
set -u
dump=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
cd "$2" || exit 1
if ! command -v node >/dev/null 2>&1; then
  echo 'no node: tools/setup.sh wasm'
  exit 77
fi
if [ -z "${GECI_WASM:-}" ]; then
  tools/wasm.sh --maybe
  rc=$?
  if [ $rc -eq 77 ]; then
    echo 'no compiler for WebAssembly: tools/setup.sh wasm'
    exit 77
  fi
  [ $rc -eq 0 ] || exit 1
fi
exec node test/wasm/same.mjs "${GECI_WASM:-build/wasm/geci.wasm}" "$dump"
