# What the tests of the program share: `. ask.sh`, with GECI and ROOT as the first two words.
# They stand in an empty folder of their own; out and err are what geci said last, all what it ever said.
set -u
geci=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
root=$(cd "$2" && pwd)
work=$(mktemp -d)
trap 'chmod -R u+w "$work"; rm -rf "$work"' EXIT
cd "$work" || exit 1
unset LC_ALL LC_MESSAGES LANG NO_COLOR COLUMNS GECI_DB GECI_ACCESS_KEY
passed=0 failed=0 skipped=0

verdict() { # name, good?
  if [ "$2" = yes ]; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    printf 'FAILED: %s\n' "$1"
    sed 's/^/    /' out err | head -n 20
  fi
}
# Runs geci; the exit code must be $1, and the rest of the test looks at out and err.
run() { # code, words...
  want=$1
  shift
  "$geci" "$@" >out 2>err </dev/null
  got=$?
  cat out err >>all
  [ $got -eq "$want" ] && verdict "$*" yes || verdict "$* (exit $got, not $want)" no
}
says() { # text in standard output
  grep -qF -- "$1" out && verdict "$1" yes || verdict "out lacks: $1" no
}
complains() { # text in standard error
  grep -qF -- "$1" err && verdict "$1" yes || verdict "err lacks: $1" no
}
total() { # the last words of a test
  echo "$passed passed, $failed failed, $skipped skipped"
  [ "$failed" -eq 0 ]
}
