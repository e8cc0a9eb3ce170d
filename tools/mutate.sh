#!/bin/sh
# Do the tests notice? Plants small defects in src/ledger one at a time (tools/mutate.c), rebuilds that
# one object and runs the tests of the ledger: unit_ledger, then the random histories of
# test/trust/ledger.c, both on SQLite. Usage: tools/mutate.sh
#   N=150 defects by SEED=1, or FULL=1 for all; ONE=KEY shows a single one; JOBS=2; BAR=90 per cent
# Those that survive belong into test/mutate/survivors.md with a reason. Exit 1 if one is not there,
# or if fewer are found than BAR; those listed there count as not found.
set -u
cd "$(dirname "$0")/.." || exit 1
root=$PWD
work=$root/build/mutate
build=$root/build/gcc

# One defect: FILE NUMBER KEY. Prints `killed`, `survived` or `void` (it does not compile), and KEY.
if [ "${1:-}" = --one ]; then
  file=$2 number=$3 key=$4
  here=$work/$(basename "$file" .c)-$number
  mkdir -p "$here"
  trap 'rm -rf "$here"' EXIT
  verdict=void
  cd "$build" || exit 1
  ./mutate make "$root/$file" "$number" >"$here/x.c"
  link() { sed "s|@in@|$here/x.o|; s|@out@|$here/$1|" "$work/$1.link" | sh; }
  if sed "s|@in@|$here/x.c|; s|@out@|$here/x.o|" "$work/$(basename "$file").compile" | sh 2>/dev/null; then
    verdict=killed
    link unit && timeout 30 "$here/unit" >"$here/log" 2>&1 &&
      link model && timeout 30 "$here/model" --n 1500 >"$here/log" 2>&1 && verdict=survived
  fi
  printf '%s\t%s\n' "$verdict" "$key"
  exit 0
fi

tools/build.sh gcc mutate test/unit_ledger test/trust/trust_ledger || exit 1
rm -rf "$work"
mkdir -p "$work"
sources=$(ls src/ledger/*.c)
list=$work/list
for file in $sources; do
  "$build/mutate" list "$file" | sed "s|^|$file	|"
  # The compiler's own command, faster and without complaints. Dependencies are not kept.
  ninja -C "$build" -t commands libgecishell.a | grep -F -- "-c ../../$file" |
    sed -E "s|-c [^ ]+$|-c @in@|; s| -o [^ ]+| -o @out@|; s| -M[QF] [^ ]+||g; s| -MD||; s| -O2 -g| -O0 -w|; s| -Werror||; s| -D_FORTIFY_SOURCE=2||" \
    >"$work/$(basename "$file").compile"
done >"$list"
# An object that comes first stands for its twin in the archive.
for pair in unit:test/unit_ledger model:test/trust/trust_ledger; do
  ninja -C "$build" -t commands "${pair#*:}" | tail -n 1 |
    sed -E 's| -o [^ ]+| -o @out@ @in@|' >"$work/${pair%%:*}.link"
done

if [ -n "${ONE:-}" ]; then
  awk -F'\t' -v key="$ONE" '$3 == key' "$list" >"$work/chosen"
elif [ -n "${FULL:-}" ]; then
  cp "$list" "$work/chosen"
else
  awk -v seed="${SEED:-1}" 'BEGIN { srand(seed) } { print rand() "\t" $0 }' "$list" | sort |
    head -n "${N:-150}" | cut -f 2- >"$work/chosen"
fi
echo "$(wc -l <"$list") defects, $(wc -l <"$work/chosen") of them tried"

export PG_NONE=1 CCACHE_DISABLE=1
for test in unit_ledger 'trust/trust_ledger --n 1500'; do
  # shellcheck disable=SC2086 -- a program and its options
  (cd "$build/test" && ./$test) >"$work/log" 2>&1 || { cat "$work/log"; echo 'they fail as it is'; exit 1; }
done
cut -f 1-3 "$work/chosen" | tr '\t' '\n' |
  xargs -d '\n' -P "${JOBS:-2}" -n 3 nice tools/mutate.sh --one >"$work/results"

awk -F'\t' -v bar="${BAR:-90}" '
  FILENAME ~ /survivors.md$/ {
    if (split($0, cell, "`") > 2 && $0 ~ /^\| `/) listed[cell[2]] = 1
    next
  }
  FILENAME ~ /list$/ { text[$3] = $4 ": " $5; next }
  { n[$1]++ }
  $1 == "survived" && !($2 in listed) {
    left++
    split($2, part, ":")
    printf "survived  %s\n    src/ledger/%s:%s\n", $2, part[1], text[$2]
  }
  $1 == "survived" && ($2 in listed) { known++ }
  $1 != "survived" && ($2 in listed) { printf "found, though listed as a survivor: %s\n", $2; stale++ }
  END {
    tried = n["killed"] + n["survived"]
    score = tried > 0 ? 100 * n["killed"] / tried : 0
    printf "%d found, %d survived (%d with a reason), %d do not compile: score %.1f %%\n", \
      n["killed"], n["survived"], known, n["void"], score
    exit left > 0 || stale > 0 || score < bar
  }' test/mutate/survivors.md "$list" "$work/results"
