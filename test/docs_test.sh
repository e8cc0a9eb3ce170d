#!/bin/sh
# Are the committed files that the program writes up to date? Usage: docs_test.sh GECI ROOT
# A program without the hidden verb `docs` (usage error, 64) skips this.
"$2/tools/docs.sh" "$1" "$2" --check </dev/null
