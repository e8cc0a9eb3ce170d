#!/bin/sh
# Installs the packages of web/contract into build/contract, once for a lock file; their scripts never run.
# Prints why it failed. Usage: tools/contract.sh
set -eu
cd "$(dirname "$0")/.."
from=web/contract home=build/contract
mkdir -p "$home"
cmp -s "$from/package-lock.json" "$home/installed" && exit
cp "$from/package.json" "$from/package-lock.json" "$from/.npmrc" "$home/"
(cd "$home" && npm ci --ignore-scripts --no-audit --no-fund) >"$home/npm.log" 2>&1 || {
  tail -n 3 "$home/npm.log"
  exit 69
}
cp "$from/package-lock.json" "$home/installed"
