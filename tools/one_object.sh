#!/bin/sh
# Joins objects into an archive of one, whose only global names are geci_*. Usage: one_object.sh ARCHIVE OBJECT...
set -eu
archive=$1
shift
rm -f "$archive" "$archive.o"
ld -r -o "$archive.o" "$@"
objcopy --wildcard --keep-global-symbol='geci_*' "$archive.o"
ar rcsD "$archive" "$archive.o"
rm -f "$archive.o"
