#!/bin/sh
# Are the committed files that the program writes up to date, and does what documents name exist?
# Usage: docs_test.sh GECI ROOT. A program without the hidden verb `docs` (usage error, 64) skips this.
root=$2 rc=0
"$root/tools/docs.sh" "$1" "$root" --check </dev/null || exit
cd "$root" || exit 1
named=$(mktemp) || exit 1
trap 'rm -f "$named"' EXIT

# Every test that the map of controls names: `test/../file.c:function` or `test/../file.c`.
grep -o '`test/[a-z_/]*\.[a-z]*[:a-z_0-9]*`' docs/controls.md | tr -d '`' | sort -u >"$named"
while IFS=: read -r file name; do
  { [ -e "$file" ] && grep -qw "${name:-.}" "$file"; } || { echo "docs/controls.md: no $file $name"; rc=1; }
done <"$named"
[ "$(wc -l <"$named")" -ge 40 ] || { echo 'docs/controls.md names few tests'; rc=1; }

# Every figure of the dashboard and of the guide is one that the server tells.
for figure in $(grep -ho 'geci_[a-z_]*_[a-z]*' packaging/grafana/geci.json docs/operate.md | sort -u); do
  grep -qE "\"${figure#geci_http_}\"|\b$figure[ {]" src/http/metrics.c src/api/site.c ||
    { echo "the server tells no $figure"; rc=1; }
done
exit $rc
