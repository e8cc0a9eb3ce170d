#!/bin/sh
# Prints the folder of a node that is new enough (20.19), with npm beside it. Usage: tools/node.sh
# That of the machine if it is; else npm's `node` package, kept in build/node.
set -eu
cd "$(dirname "$0")/.."
enough() {
  "$1" -e 'const [a, b] = process.versions.node.split("."); process.exit(a > 20 || (a == 20 && b >= 19) ? 0 : 1)' 2>/dev/null
}
if command -v node >/dev/null 2>&1 && enough node; then
  dirname "$(command -v node)"
  exit 0
fi
own=build/node/node_modules/node/bin
if ! enough "$own/node"; then
  command -v npm >/dev/null 2>&1 || { echo '没有 npm：tools/setup.sh web / No npm: tools/setup.sh web' >&2; exit 69; }
  mkdir -p build/node
  echo 'node 太旧，取 20.x 放在 build/node / node is too old: fetching 20.x into build/node' >&2
  # npm's own start script is what puts the program in its place.
  npm install --prefix build/node --no-save --no-audit --no-fund --ignore-scripts=false node@20.20.2 >build/node.log 2>&1 ||
    { tail -n 5 build/node.log >&2; exit 69; }
fi
echo "$PWD/$own"
