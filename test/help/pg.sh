#!/bin/sh
# A private PostgreSQL cluster. Usage: pg.sh start|crash|stop FOLDER, pg.sh database FOLDER NAME
# `crash` ends it as a loss of power would, and starts it again.
# Runs as user `postgres` (of Debian's package) when called by root, whom PostgreSQL refuses.
# With PG_NONE set it is as if there were none.
set -eu
folder=$2
bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
[ -z "${PG_NONE:-}" ] || bin=
[ -n "$bin" ] || { echo 'PostgreSQL is not installed' >&2; exit 77; }
as() {
  if [ "$(id -u)" -eq 0 ]; then
    setpriv --reuid=postgres --regid=postgres --clear-groups env HOME="$folder" LC_ALL=C "$@"
  else
    LC_ALL=C "$@"
  fi
}
start() {
  as "$bin/pg_ctl" -D "$folder/data" -w -t 60 -l "$folder/log" \
    -o "-c listen_addresses='' -c unix_socket_directories='$folder' -c shared_buffers=64MB ${PG_OPTIONS:-}" \
    start >>"$folder.log" 2>&1 </dev/null || { cat "$folder.log" "$folder/log" >&2; exit 1; }
  rm -f "$folder.log"
}
case $1 in
start)
  [ "$(id -u)" -ne 0 ] || chown postgres "$folder"
  cd "$folder"
  as "$bin/initdb" -D "$folder/data" -U geci --auth=trust --no-locale -E UTF8 --data-checksums \
    --no-sync >"$folder.log" 2>&1 || { cat "$folder.log" >&2; exit 1; }
  start
  as "$bin/psql" -q -h "$folder" -U geci -d postgres -c 'CREATE ROLE geci_server LOGIN'
  ;;
database)
  cd "$folder"
  as "$bin/createdb" -h "$folder" -U geci "$3"
  ;;
crash)
  cd "$folder"
  as "$bin/pg_ctl" -D "$folder/data" -m immediate -w stop >/dev/null 2>&1 || true # may have ended
  start
  ;;
stop)
  cd /
  as "$bin/pg_ctl" -D "$folder/data" -m immediate -w stop >/dev/null 2>&1 || true
  ;;
esac
