#!/bin/sh
# The rule documents' own examples. Usage: packs_test.sh GECI ROOT
# `geci test` closes with the total line that tools/tally.sh adds up.
cd "$2" || exit 1
if [ ! -d packs ]; then
  echo "no packs/ yet"
  exit 77
fi
exec "$1" test packs </dev/null
