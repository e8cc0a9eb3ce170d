#!/bin/sh
# The rule documents' own examples. Usage: packs_test.sh GECI ROOT
# `geci test` closes with the total line that tools/tally.sh adds up.
geci=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
cd "$2" || exit 1
if [ ! -d packs ]; then
  echo "no packs/ yet"
  exit 77
fi
exec "$geci" test packs </dev/null
