#!/bin/sh
# Serves a small demonstration county, and asks it; then one that was only just made. Usage: run.sh GECI FIGURES
set -u
geci=$1 figures=$2
work=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null; rm -rf "$work"' EXIT
db=sqlite:$work/county.db
"$geci" demo --db "$db" --scale 2% --quiet >"$work/made" 2>&1 || { cat "$work/made"; exit 1; }
served() { # DB
  "$geci" serve --db "$1" --listen 127.0.0.1:0 >"$work/said" 2>&1 &
  server=$!
  for _ in $(seq 200); do
    port=$(sed -n 's|.*http://127\.0\.0\.1:\([0-9]*\)/.*|\1|p' "$work/said")
    [ -z "$port" ] || break
    sleep 0.1
  done
  [ -n "$port" ] || { cat "$work/said"; exit 1; }
  until curl -fs --noproxy '*' "http://127.0.0.1:$port/readyz" | grep -qx ready; do sleep 0.1; done # its lists too
}
served "$db"
# A check that cannot fail checks nothing: told one more of everything, it has to.
"$figures" "$port" --canary >"$work/canary" || { echo 'FAILED: a planted defect went unseen'; exit 1; }
printer=
[ ! -x "$(dirname "$geci")/print/geci-print" ] || printer=--printer
"$figures" "$port" $printer || exit 1

# Kinds and nobody of them: each page of the cockpit is there, with nothing in it.
kill "$server"
wait "$server" 2>/dev/null
fresh=sqlite:$work/fresh.db
echo first-Phrase-2026 >"$work/password"
{
  "$geci" init --db "$fresh" --county 320582 张家港市 &&
    "$geci" kind set --db "$fresh" "$(dirname "$0")/../../packs/zhangjiagang/kinds" &&
    "$geci" user add --db "$fresh" leader --role leader --password-file "$work/password"
} >"$work/made" 2>&1 || { cat "$work/made"; exit 1; }
served "$fresh"
api=http://127.0.0.1:$port/api/v1
say() { # PATH [CURL'S..]
  path=$1
  shift
  curl -sS --noproxy '*' -b "$work/jar" -c "$work/jar" -H 'Content-Type: application/json' "$@" "$api/$path"
}
csrf=$(say session -d '{"name":"leader","password":"first-Phrase-2026"}' | sed -n 's/.*"csrf":"\([^"]*\)".*/\1/p')
say session/password -H "X-CSRF-Token: $csrf" -H 'Idempotency-Key: 1' \
  -d '{"password":"first-Phrase-2026","fresh":"second-Phrase-2026","code":null}' >/dev/null
bad=0
for page in kinds targets panels money matrix/科技型企业 map/科技型企业 movers/科技型企业 holders; do
  status=$(say "cockpit/$page" -o "$work/answer" -w '%{http_code}')
  [ "$status" = 200 ] || { echo "FAILED: cockpit/$page of a new county: $status $(cat "$work/answer")"; bad=1; }
done
exit $bad
