#!/bin/sh
# The way back to a moment of docs/operate.md, on a PostgreSQL of its own: base backup, acts, the moment, more acts, somebody
# deletes and drops, the server ends as by a loss of power. Usage: pitr.sh GECI [--canary]. Exit 77 without PostgreSQL.
# The defect planted by --canary: the moment was noted too late.
set -u
geci=$1 canary=${2:-}
here=$(cd "$(dirname "$0")" && pwd)
pg=$(mktemp -d "${TMPDIR:-/tmp}/geci-pg-XXXXXX")
data=$pg/data url="postgres://geci@/a?host=$pg"
passed=0 failed=0 wrong='' began=$(date +%s)
pg_sh() { sh "$here/../help/pg.sh" "$1" "$pg" ${2:+"$2"} >>"$pg.said" 2>&1; }
as() { # as pg.sh does
  if [ "$(id -u)" -eq 0 ]; then
    setpriv --reuid=postgres --regid=postgres --clear-groups env HOME="$pg" LC_ALL=C "$@"
  else
    LC_ALL=C "$@"
  fi
}
sql() { as "$bin/psql" -qAt -h "$pg" -U geci -d a -c "$1"; }
is() { # what, exit code wanted, words wanted, command...
  what=$1 want=$2 words=$3
  shift 3
  "$@" >"$pg/out" 2>&1
  got=$?
  if [ $got -eq "$want" ] && { [ -z "$words" ] || grep -q -- "$words" "$pg/out"; }; then
    passed=$((passed + 1))
    return
  fi
  failed=$((failed + 1)) wrong="$wrong $what,"
  [ -n "$canary" ] || { echo "FAILED: $what: exit $got" && head -n 5 "$pg/out"; }
}
budget() { "$geci" ledger budget --db "$url" --line 2060404 --year 2016 --amount "$1" --decision 一号; }

trap 'pg_sh stop; rm -rf "$pg" "$pg.said"' EXIT
pg_sh start
case $? in
0) ;;
77) echo 'pitr: PostgreSQL is not installed: skipped' && exit 77 ;;
*) cat "$pg.said" && exit 1 ;;
esac
bin=$(find /usr/lib/postgresql -maxdepth 2 -name bin | sort -V | tail -n 1)

# Set once, as the document has it.
as mkdir "$pg/wal"
as tee -a "$data/postgresql.conf" >/dev/null <<E
archive_mode = on
archive_timeout = 60
archive_command = 'test ! -f $pg/wal/%f && cp %p $pg/wal/.%f && sync $pg/wal/.%f && mv $pg/wal/.%f $pg/wal/%f'
E
pg_sh crash
pg_sh database a
is 'init' 0 '' "$geci" init --db "$url" --county 320582 张家港市
is 'open' 0 '' "$geci" ledger open --db "$url" --line 2060404 --year 2016
is 'base backup' 0 '' as "$bin/pg_basebackup" -h "$pg" -U geci -D "$pg/base" -X stream -c fast
is 'it verifies' 0 '' as "$bin/pg_verifybackup" "$pg/base"
for yuan in 1 2 3; do is 'before' 0 '' budget $yuan; done
is 'anchor before' 0 '' "$geci" audit anchor --db "$url" -o "$pg/before.txt"
moment=$(sql 'SELECT clock_timestamp()')
is 'after' 0 '' budget 4
is 'anchor after' 0 '' "$geci" audit anchor --db "$url" -o "$pg/after.txt"
sql 'ALTER TABLE ledger_transfer DISABLE TRIGGER ALL; DELETE FROM ledger_transfer; DROP TABLE report CASCADE'
is 'damaged' 65 LEDGER-FAULT "$geci" ledger verify --db "$url"
[ -z "$canary" ] || moment=$(sql 'SELECT clock_timestamp()')
sql 'CREATE TABLE later (x int)' # where recovery finds that the moment is over

# The server ends at once; what was not archived yet lies in its folder.
as "$bin/pg_ctl" -D "$data" -m immediate -w stop >/dev/null
as mv "$data" "$data.old"
as cp -a "$pg/base" "$data"
as sh -c "cp -n '$data.old'/pg_wal/0* '$data/pg_wal/'"
as tee -a "$data/postgresql.conf" >/dev/null <<E
restore_command = 'cp $pg/wal/%f %p'
recovery_target_time = '$moment'
E
as touch "$data/recovery.signal"
pg_sh crash
is 'chain' 0 '没有发现改动' "$geci" audit verify --db "$url" --anchor "$pg/before.txt"
is 'what came after is not there' 65 AUDIT-TAIL "$geci" audit verify --db "$url" --anchor "$pg/after.txt"
is 'ledger' 0 '账目相符' "$geci" ledger verify --db "$url"
is 'three of four' 0 ' 6.00' "$geci" ledger balance --db "$url"
is 'it stands still' 74 recovery budget 5
sql 'SELECT pg_wal_replay_resume()' >/dev/null
for _ in 1 2 3 4 5 6 7 8 9; do
  [ "$(sql 'SELECT pg_is_in_recovery()')" != f ] || break
  sleep 1
done
is 'it goes on' 0 '' budget 5
is 'ledger later' 0 '账目相符' "$geci" ledger verify --db "$url"
is 'chain later' 0 '没有发现改动' "$geci" audit verify --db "$url" --anchor "$pg/before.txt"

echo "pitr: $((passed + failed)) looks, $(($(date +%s) - began)) s"
if [ -n "$canary" ]; then
  case $wrong in *' ledger,'*) passed=1 failed=0 found=found ;; *) passed=0 failed=1 found='NOT FOUND' ;; esac
  echo "pitr: the planted defect was $found:$wrong"
fi
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
