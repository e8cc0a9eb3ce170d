#!/bin/sh
# Attack tools against a running server, each first against one that is open: `make batteries`.
# Usage: run.sh GECI SERVE_WORLD [--full] [--only NAME,..]; needs python3 and curl; sqlmap, wapiti, ffuf where they are.
set -eu
command -v python3 >/dev/null && command -v curl >/dev/null || { echo 'batteries: apt-get install python3 curl' >&2; exit 77; }
exec python3 "$(dirname "$0")/run.py" "$@"
