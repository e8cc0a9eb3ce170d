# Sourced by the scripts here. timed COMMAND...: runs it without its output and prints its seconds of CPU
# and by the clock; what it says on stderr is seen, and where it fails, so does `timed`.
timed() {
  /usr/bin/env bash -c 'TIMEFORMAT="%U %S %R"; t=$({ time "$@" >/dev/null 2>&3; } 3>&2 2>&1) &&
    awk "{ print \$1 + \$2, \$3 }" <<<"$t"' - "$@"
}
