#!/bin/sh
# Journeys through the web client in Chromium, against a server on a small demonstration county.
# Usage: tools/browser.sh [JOURNEY...]; pictures in build/browser. GECI=http://… : a server that runs already.
set -eu
cd "$(dirname "$0")/.."
node=$(tools/node.sh)
export PATH="$node:$PATH" GECI_PICTURES="$PWD/build/browser"
mkdir -p build/browser
if [ -z "${GECI:-}" ]; then
  work=$(mktemp -d)
  pid=
  trap '[ -z "$pid" ] || kill "$pid" 2>/dev/null; rm -rf "$work"' EXIT
  build/gcc/geci demo --db "sqlite:$work/zjg.db" --scale 4% >"$work/demo"
  build/gcc/geci serve --db "sqlite:$work/zjg.db" --listen 127.0.0.1:0 --outgoing hooks.example:443 2>"$work/serve" &
  pid=$!
  for _ in $(seq 100); do
    GECI=$(sed -n 's/.*\(http:[0-9./:]*[0-9]\)\/.*/\1/p' "$work/serve" | head -n 1)
    [ -z "$GECI" ] || break
    sleep 0.1
  done
  until curl -fs --noproxy '*' "$GECI/readyz" | grep -qx ready; do sleep 0.1; done # its lists too
  export GECI
fi

tools/contract.sh # where another house comes from that vouches for people
node web/app/browser/run.mjs "$@"
