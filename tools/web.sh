#!/bin/sh
# Builds the web client into build/web, for the program to carry. Usage: tools/web.sh [install|prepare]
#   (nothing)  all of it, unless nothing changed since the last time; then tools/build.sh takes it in
#   install    node and the packages          prepare  these, the engine, and the API as TypeScript
set -eu
cd "$(dirname "$0")/.."
app=web/app

node=$(tools/node.sh)
export PATH="$node:$PATH"

install() {
  cmp -s $app/package-lock.json $app/node_modules/.installed && return
  echo "npm ci $app"
  (cd $app && npm ci --engine-strict --no-audit --no-fund) >build/npm.log 2>&1 || {
    tail -n 20 build/npm.log >&2
    echo '网页的依赖没有装上；WEB=0 make run 不要网页 / The packages could not be installed; WEB=0 make run goes without' >&2
    exit 69
  }
  cp $app/package-lock.json $app/node_modules/.installed
}

# What the client is made of; the API's own description is among it.
made_of() {
  find $app web/engine docs/guide docs/operate.md -type f -not -path '*/node_modules/*' -not -path '*/browser/*' -print0 |
    LC_ALL=C sort -z | xargs -0 sha256sum
  sha256sum build/wasm/geci.wasm
}

prepare() {
  mkdir -p build
  install
  tools/wasm.sh
  WEB=0 tools/build.sh gcc geci
  build/gcc/geci api typescript >$app/src/api/generated.new
  cmp -s $app/src/api/generated.new $app/src/api/generated.ts ||
    cp $app/src/api/generated.new $app/src/api/generated.ts
  rm $app/src/api/generated.new
}

case ${1:-all} in
install) mkdir -p build; install; exit 0 ;;
prepare) prepare; exit 0 ;;
all) ;;
*) sed -n '2,4s/^# //p' "$0" >&2; exit 64 ;;
esac

prepare
mkdir -p build/web
made_of >build/web/made-of.new
if cmp -s build/web/made-of.new build/web/made-of && [ -e build/web/assets.S ]; then
  rm build/web/made-of.new
  exit 0
fi
echo 'build build/web'
(cd $app && npx tsc && npx vite build) >build/web.log 2>&1 || { cat build/web.log >&2; exit 1; }
rm -rf build/web/packed
node $app/build/pack.mjs build/web/dist build/web
mv build/web/made-of.new build/web/made-of
