#!/bin/sh
# Writes the documents that the program makes, or with --check compares them with what is committed.
# Usage: tools/docs.sh GECI ROOT [--check]; exit 77 if this program cannot write documents yet.
set -u
geci=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
cd "$2" || exit 1
new=$(mktemp -d)
trap 'rm -rf "$new"' EXIT
"$geci" docs diagnostics >"$new/probe" 2>"$new/err" </dev/null
rc=$?
if [ $rc -eq 64 ]; then
  echo 'geci has no verb `docs` yet'
  exit 77
fi
rc=0

one() { # file under docs/, words of the verb
  file=docs/$1
  shift
  "$geci" docs "$@" >"$new/out" 2>"$new/err" </dev/null || {
    echo "geci docs $* failed:"
    cat "$new/err"
    rc=1
    return
  }
  if [ "${check:-}" = --check ]; then
    cmp -s "$new/out" "$file" || {
      echo "$file is out of date: make docs"
      rc=1
    }
  else
    mkdir -p "$(dirname "$file")"
    cp "$new/out" "$file"
    echo "wrote $file"
  fi
}

check=${3:-}
one diagnostics.md diagnostics
one audit-schema.json audit-schema
one geci.1 man
one completion/geci.bash completion bash
one completion/_geci completion zsh
one completion/geci.fish completion fish
exit $rc
