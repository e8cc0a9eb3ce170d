#!/bin/sh
# The second verifier (web/verify) against the first: does it agree? Usage: run.sh GECI TAMPER ROOT
# Stores that trust_tamper changed, N=60 of them by each of ROUNDS=1 seeds from SEED=1 on, and a
# PostgreSQL one. N=500 ROUNDS=20 are the 10,000 of a release. Exit 77 without node, npm or its packages.
set -u
geci=$1 tamper=$2 root=$3
command -v node >/dev/null 2>&1 && command -v npm >/dev/null 2>&1 || exit 77
work=$(mktemp -d)
pg=$(mktemp -d "${TMPDIR:-/tmp}/geci-pg-XXXXXX") # not below $work, which only its owner may enter
trap 'sh "$root/test/help/pg.sh" stop "$pg" >/dev/null 2>&1; rm -rf "$work" "$pg"' EXIT
passed=0 failed=0
verdict() { # name, good?
  if [ "$2" = yes ]; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "FAILED: $1"; fi
}
is() { # name, exit code wanted, command...
  name=$1 want=$2
  shift 2
  "$@" >"$work/out" 2>&1
  got=$?
  [ $got -eq "$want" ] && verdict "$name" yes || { sed 's/^/    /' "$work/out" | head -n 5; verdict "$name" no; }
}

# Installed once for a lock file; the scripts of packages never run.
home=$root/build/verify
mkdir -p "$home"
if ! cmp -s "$root/web/verify/package-lock.json" "$home/installed"; then
  cp "$root/web/verify/package.json" "$root/web/verify/package-lock.json" "$root/web/verify/.npmrc" "$home/"
  (cd "$home" && npm ci --ignore-scripts --no-audit --no-fund) >"$work/npm" 2>&1 || {
    tail -n 3 "$work/npm"
    exit 77
  }
  cp "$root/web/verify/package-lock.json" "$home/installed"
fi
cp -r "$root/web/verify/src" "$root/web/verify/tsconfig.json" "$home/"
(cd "$home" && node node_modules/typescript/bin/tsc) || { echo '0 passed, 1 failed'; exit 1; }
second() {
  node "$home/out/verify.js" --schema "$root/docs/audit-schema.json" "$@"
}

# Every changed store is bad, the unchanged one good.
seed=${SEED:-1} last=$((${SEED:-1} + ${ROUNDS:-1}))
while [ "$seed" -lt "$last" ]; do
  mkdir "$work/t"
  "$tamper" --copies "$work/t" --n "${N:-60}" --seed "$seed" >"$work/first" || { cat "$work/first"; verdict 'first verifier' no; }
  second --anchor "$work/t/anchor.txt" "$work/t/base.db" "$work"/t/t*.db >"$work/second"
  for f in "$work"/t/t*.db; do
    grep -q "^bad $f:" "$work/second" && verdict "$f" yes || verdict "second verifier finds nothing: seed $seed, $f" no
  done
  grep -q "^good $work/t/base.db" "$work/second" && verdict base yes || {
    grep base.db "$work/second"
    verdict 'second verifier: the unchanged store' no
  }
  rm -r "$work/t"
  seed=$((seed + 1))
done

# PostgreSQL
if sh "$root/test/help/pg.sh" start "$pg" >/dev/null 2>&1 && sh "$root/test/help/pg.sh" database "$pg" a; then
  url="postgres://geci@/a?host=$pg"
  is 'init' 0 "$geci" init --db "$url" --county 320582 张家港市
  "$geci" audit key -o "$work/key" >/dev/null
  is 'sign' 0 "$geci" audit sign --db "$url" --key "$work/key"
  is 'anchor' 0 "$geci" audit anchor --db "$url" --key "$work/key" -o "$work/anchor"
  key=$("$geci" audit key --key "$work/key")
  is 'first, unchanged' 0 "$geci" audit verify --db "$url" --anchor "$work/anchor" --key "$key"
  is 'second, unchanged' 0 second --anchor "$work/anchor" --key "$key" "$url"
  psql -q -h "$pg" -U geci a -c "SET session_replication_role = replica; UPDATE county SET name = '昆山市'"
  is 'first, changed' 65 "$geci" audit verify --db "$url" --anchor "$work/anchor"
  is 'second, changed' 65 second --anchor "$work/anchor" "$url"
fi
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
