#!/bin/sh
# Does the server answer as its OpenAPI document says (web/contract), to assistants (MCP) as well; does the client's
# code made from the same table compile; do people log in through another house (OpenID Connect), and nobody else?
# Usage: run.sh GECI SERVE_WORLD ROOT. Exit 77 without node, npm or their packages.
set -u
geci=$1 serve=$2 root=$3
command -v node >/dev/null 2>&1 && command -v npm >/dev/null 2>&1 || exit 77
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

from=$root/web/contract home=$root/build/contract
"$root/tools/contract.sh" || exit 77
rm -rf "$home/src" "$home/client" # what tsc made stays: it compiles only what changed
cp -r "$from/src" "$from/client" "$from/tsconfig.json" "$home/"
"$geci" api typescript >"$home/client/api.ts"
tsc=$home/node_modules/typescript/bin/tsc
compiles() { # folder, what it is
  node "$tsc" -p "$1" || { echo "FAILED: $2 does not compile"; echo '0 passed, 1 failed'; exit 1; }
}
compiles "$home" web/contract
compiles "$home/client" 'geci api typescript'
node "$home/out/contract.js" "$geci" "$serve" "sqlite:$work/x.db" >"$work/contract"
node "$home/out/oidc.js" "$geci" "$work" >"$work/oidc"
cat "$work/contract" "$work/oidc"
awk '/ passed, / { passed += $1; failed += $3; n++ }
     END { failed += n != 2; print passed " passed, " failed " failed"; exit failed > 0 }' "$work/contract" "$work/oidc"
