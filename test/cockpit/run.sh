#!/bin/sh
# Serves a small demonstration county, and asks it. Usage: run.sh GECI FIGURES
set -u
geci=$1 figures=$2
work=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null; rm -rf "$work"' EXIT
db=sqlite:$work/county.db
"$geci" demo --db "$db" --scale 2% --quiet >"$work/made" 2>&1 || { cat "$work/made"; exit 1; }
"$geci" serve --db "$db" --listen 127.0.0.1:0 >"$work/said" 2>&1 &
server=$!
for _ in $(seq 200); do
  port=$(sed -n 's|.*http://127\.0\.0\.1:\([0-9]*\)/.*|\1|p' "$work/said")
  [ -z "$port" ] || break
  sleep 0.1
done
[ -n "$port" ] || { cat "$work/said"; exit 1; }
until curl -fs --noproxy '*' "http://127.0.0.1:$port/readyz" | grep -qx ready; do sleep 0.1; done # its lists too
# A check that cannot fail checks nothing: told one more of everything, it has to.
"$figures" "$port" --canary >"$work/canary" || { echo 'FAILED: a planted defect went unseen'; exit 1; }
printer=
[ ! -x "$(dirname "$geci")/print/geci-print" ] || printer=--printer
"$figures" "$port" $printer
