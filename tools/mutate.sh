#!/bin/sh
# Do the tests notice? Plants small defects in src/ledger one at a time (tools/mutate.c), rebuilds that
# one object and runs the tests of the ledger: unit_ledger, then the random histories of
# test/trust/ledger.c, both on SQLite. Usage: tools/mutate.sh
#   N=150 defects by SEED=1, or FULL=1 for all; FILES="pay.c split.c" only those; ONE=KEY a single one
#   JOBS=2 at once; BAR=90 per cent; FRESH=1 forgets what is known
# What was found is kept in build/mutate/kept while its file stays as it is: a run that was stopped goes
# on, and after a new test only survivors are tried again.
# Those that survive belong into test/mutate/survivors.md with a reason. Exit 1 if one is not there,
# or if fewer are found than BAR; those listed there count as not found.
set -u
cd "$(dirname "$0")/.." || exit 1
root=$PWD
work=$root/build/mutate
build=$root/build/gcc

# One defect: FILE NUMBER KEY SUM. Prints `killed`, `survived` or `void` (it does not compile), KEY and
# SUM. First runs the test that found the last one in this file: the next is often its neighbour. Then
# the histories, which are quick.
if [ "${1:-}" = --one ]; then
  file=$2 number=$3 key=$4 sum=$5
  here=$(mktemp -d) || exit 255
  trap 'rm -rf "$here"' EXIT
  T_FIRST=$work/$(basename "$file").first
  export T_FIRST TMPDIR="$here"
  cd "$build" || exit 255
  passes() {
    program=$1
    shift
    [ -e "$here/$program" ] || sed "s|@in@|$here/x.o|; s|@out@|$here/$program|" "$work/$program.link" | sh || exit 255
    timeout 60 "$here/$program" "$@" >"$here/log" 2>&1
  }
  verdict=void
  ./mutate make "$root/$file" "$number" >"$here/x.c"
  if sed "s|@in@|$here/x.c|; s|@out@|$here/x.o|" "$work/$(basename "$file").compile" | sh 2>/dev/null; then
    verdict=killed
    { [ ! -s "$T_FIRST" ] || passes unit "$(cat "$T_FIRST")"; } && passes model --n 1500 && passes unit &&
      verdict=survived
  fi
  printf '%s\t%s\t%s\n' "$verdict" "$key" "$sum"
  exit 0
fi

tools/build.sh gcc mutate test/unit_ledger test/trust/trust_ledger || exit 1
[ -z "${FRESH:-}" ] || rm -rf "$work"
mkdir -p "$work"
kept=$work/kept
touch "$kept"
list=$work/list
# FILE, number, key, SUM of the file, line, what it was
for file in src/ledger/*.c; do
  sum=$(cksum <"$file" | tr ' ' -)
  "$build/mutate" list "$file" | awk -F'\t' -v OFS='\t' -v file="$file" -v sum="$sum" '{
    print file, $1, $2, sum, $3, $4 }'
  # The compiler's own command, faster and without complaints. Dependencies are not kept.
  ninja -C "$build" -t commands libgecishell.a | grep -F -- "-c ../../$file" |
    sed -E "s|-c [^ ]+$|-c @in@|; s| -o [^ ]+| -o @out@|; s| -M[QF] [^ ]+||g; s| -MD||; s| -O2 -g| -O0 -w|; s| -Werror||; s| -D_FORTIFY_SOURCE=2||" \
    >"$work/$(basename "$file").compile"
done >"$list"
# An object that comes first stands for its twin in the archive.
for pair in unit:test/unit_ledger model:test/trust/trust_ledger; do
  ninja -C "$build" -t commands "${pair#*:}" | tail -n 1 |
    sed -E 's| -o [^ ]+| -fuse-ld=gold -s -o @out@ @in@|' >"$work/${pair%%:*}.link"
done

if [ -n "${ONE:-}" ]; then
  awk -F'\t' -v key="$ONE" '$3 == key' "$list" >"$work/chosen"
elif [ -n "${FILES:-}" ]; then
  for file in $FILES; do grep -F "src/ledger/$file	" "$list"; done >"$work/chosen"
elif [ -n "${FULL:-}" ]; then
  cp "$list" "$work/chosen"
else
  awk -v seed="${SEED:-1}" 'BEGIN { srand(seed) } { print rand() "\t" $0 }' "$list" | sort |
    head -n "${N:-150}" | cut -f 2- >"$work/chosen"
fi
# What is known: found, or not to be compiled, in the file as it is.
awk -F'\t' '
  FILENAME ~ /kept$/ { if ($1 != "survived") known[$2 "\t" $3] = 1; next }
  !(($3 "\t" $4) in known)' "$kept" "$work/chosen" >"$work/open"
echo "$(wc -l <"$list") defects, $(wc -l <"$work/chosen") chosen, $(wc -l <"$work/open") of them not yet found"

export PG_NONE=1 CCACHE_DISABLE=1
[ -n "${TMPDIR:-}" ] || [ ! -w /dev/shm ] || export TMPDIR=/dev/shm
for test in unit_ledger 'trust/trust_ledger --n 1500'; do
  # a program and its options
  # shellcheck disable=SC2086
  (cd "$build/test" && ./$test) >"$work/log" 2>&1 || { cat "$work/log"; echo 'they fail as it is'; exit 1; }
done
cut -f 1-4 "$work/open" | tr '\t' '\n' |
  xargs -d '\n' -P "${JOBS:-2}" -n 4 nice tools/mutate.sh --one >>"$kept" || exit 1

# The last word on each counts.
awk -F'\t' -v bar="${BAR:-90}" '
  FILENAME ~ /survivors.md$/ {
    if (split($0, cell, "`") > 2 && $0 ~ /^\| `/) listed[cell[2]] = 1
    next
  }
  FILENAME ~ /kept$/ { verdict[$2 "\t" $3] = $1; next }
  { key = $3; got = verdict[key "\t" $4]; n[got]++ }
  got == "survived" && !(key in listed) { left++; printf "survived  %s\n    %s:%s: %s\n", key, $1, $5, $6 }
  got == "survived" && (key in listed) { known++ }
  got != "survived" && (key in listed) { printf "found, though listed as a survivor: %s\n", key; stale++ }
  END {
    tried = n["killed"] + n["survived"]
    score = tried > 0 ? 100 * n["killed"] / tried : 0
    printf "%d found, %d survived (%d with a reason), %d do not compile: score %.1f %%\n", \
      n["killed"], n["survived"], known, n["void"], score
    exit left > 0 || stale > 0 || score < bar
  }' test/mutate/survivors.md "$kept" "$work/chosen"
