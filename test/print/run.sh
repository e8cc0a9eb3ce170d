#!/bin/sh
# Lines in, pages out: are they read as they should be, found as text, and whole? Usage: run.sh GECI-PRINT
set -u
print=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
command -v pdftotext >/dev/null 2>&1 || exit 77
passed=0 failed=0
check() { # what, command...
  what=$1
  shift
  if "$@"; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "FAILED: $what"; fi
}
ends() { # exit code, lines
  printf "$2" | env -i "$print" >"$work/out" 2>"$work/err"
  [ $? -eq "$1" ]
}
has() { grep -qF -- "$1" "$work/text"; }

{
  printf 'title\t张家港市示例精工有限公司\nsub\t科技型企业\nrunning\t创新档案\t数据截至 2026-04-01\n'
  printf 'foot\t规则 196ab9dc\nbadge\t示例\nfigure\t61~78\t创新得分\t测算 5\nh\t得分\ntable\t30,20,50\tlbl\nhead\t项目\t得分\t为什么\n'
  for i in $(seq 120); do printf 'row\t第%d项\t%d 得分%d\t研发费用占比 %d%%，格次赋分依据\n' "$i" "$((i % 101))" "$i" "$i"; done
  printf 'end\nkv\t企业名称\t示例\nnote\t末尾一句\n'
} >"$work/lines"
env -i "$print" <"$work/lines" >"$work/a.pdf" 2>"$work/err"
rc=$?
if [ $rc -eq 69 ]; then
  echo 'no font with Chinese letters'
  exit 77
fi
pdftotext -layout "$work/a.pdf" "$work/text"
pages=$(grep -c '^.*第 [0-9]* 页，共 [0-9]* 页' "$work/text")
check 'it is made' [ $rc -eq 0 ]
sed -i '/^profiling:/d' "$work/err" # of gcov, which cannot write from the jail
check 'every letter has a glyph' [ ! -s "$work/err" ]
check 'Chinese is found as text' has '张家港市示例精工有限公司'
check 'the first row' has '第1项'
check 'the last row' has '第120项'
check 'an interval' has '61~78'
check 'what comes last' has '末尾一句'
check 'several pages' [ "$pages" -gt 2 ]
check 'each says how many' has "第 $pages 页，共 $pages 页"
check 'each repeats the head of the table' [ "$(grep -c '项目.*得分.*为什么' "$work/text")" -ge $((pages - 1)) ]
check 'each has the badge and the foot' [ "$(grep -c '规则 196ab9dc' "$work/text")" -eq "$pages" ]
check 'the same lines, the same pages' [ "$(env -i "$print" <"$work/lines" | pdftotext -layout - - | cksum)" = "$(cksum <"$work/text")" ]
check 'a letter that no font has is told' ends 0 'p\t\364\217\277\260\n'
check 'and counted' grep -q '^unknown 1' "$work/err"
check 'an unknown word' ends 65 'image\tx\n'
check 'not UTF-8' ends 65 'p\t\377\n'
check 'nothing' ends 65 ''
check 'a paragraph in a table' ends 65 'table\t100\tl\np\tx\n'
check 'a table without an end' ends 0 'table\t100\tl\nrow\tx\n'
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
