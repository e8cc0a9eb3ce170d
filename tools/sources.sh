#!/bin/sh
# Lists every C file of the project, one a line. Usage: tools/sources.sh [FOLDER...]
cd "$(dirname "$0")/.." || exit 1
for folder in ${*:-include src test bench examples tools}; do
  [ ! -d "$folder" ] || find "$folder" -name '*.[ch]'
done | LC_ALL=C sort
