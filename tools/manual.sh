#!/bin/sh
# Runs every example of docs/language.md: manual.sh GECI LANGUAGE.md
#   ```geci             the block must check without errors and pass its own tests
#   ```geci-error CODE  checking it must report CODE
# Last line: N passed, N failed, N skipped.
set -u
geci=$1 manual=$2
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
awk -v dir="$dir" '
    /^```geci/ { n++; file = sprintf("%s/%03d.md", dir, n); print NR, ($2 == "" ? "-" : $2) > (file ".what"); on = 1; next }
    /^```/ { on = 0 }
    on { print > file }' "$manual"
passed=0 failed=0
for what in "$dir"/*.what; do
    [ -e "$what" ] || break
    doc=${what%.what}
    read -r line code < "$what"
    if [ "$code" = - ]; then
        out=$("$geci" check "$doc" 2>&1) && out=$("$geci" test "$doc" 2>&1)
        ok=$?
    else
        out=$("$geci" check "$doc" 2>&1)
        case $out in *" $code:"*) ok=0 ;; *) ok=1 ;; esac
    fi
    if [ $ok -eq 0 ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        printf '%s:%s: this example fails\n%s\n' "$manual" "$line" "$out"
    fi
done
echo "$passed passed, $failed failed, 0 skipped"
[ $failed -eq 0 ] && [ $passed -gt 0 ]
