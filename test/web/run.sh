#!/bin/sh
# The web client without a browser: layers, catalogues, types, formatting, unit tests, sizes.
# Usage: run.sh GECI ROOT. Exit 77 without node, npm or their packages. In a browser: make browser.
set -u
geci=$(realpath "$1") root=$2
cd "$root" || exit 1
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
command -v npm >/dev/null 2>&1 || exit 77
tools/web.sh install >"$work/npm" 2>&1 || { tail -n 3 "$work/npm"; exit 77; }
PATH="$(tools/node.sh):$PATH"
export PATH
cd web/app || exit 1
"$geci" api typescript >"$work/generated.ts" || exit 1
cmp -s "$work/generated.ts" src/api/generated.ts || cp "$work/generated.ts" src/api/generated.ts

passed=0 failed=0
holds() { # name, command...
  name=$1
  shift
  if "$@" >"$work/out" 2>&1; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    echo "FAIL $name"
    tail -n 30 "$work/out"
  fi
}
holds layers node check/layers.mjs
holds words node check/words.mjs
holds help node check/help.mjs
holds types npx tsc
holds formatting npx biome check --diagnostic-level=error .
skipped=0
if ../../tools/wasm.sh --maybe >"$work/out" 2>&1; then
  holds build npx vite build --outDir "$work/dist" --emptyOutDir
  holds sizes node check/sizes.mjs "$work/dist"
else
  skipped=2
fi
npx vitest run --reporter=json --outputFile="$work/units.json" >"$work/out" 2>&1
count() { sed -n "s/.*\"$1\":\([0-9]*\).*/\1/p" "$work/units.json" | head -n 1; }
units=$(count numPassedTests) broken=$(count numFailedTests)
[ "${broken:-1}" -eq 0 ] || tail -n 30 "$work/out"
echo "$((passed + ${units:-0})) passed, $((failed + ${broken:-1})) failed, $skipped skipped"
[ $((failed + ${broken:-1})) -eq 0 ]
