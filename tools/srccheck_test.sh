#!/bin/sh
# Plants one fault of each kind and looks whether srccheck names it. Usage: srccheck_test.sh SRCCHECK
set -u
srccheck=$1
house=$(mktemp -d)
trap 'rm -rf "$house"' EXIT
mkdir -p "$house/src/base" "$house/src/field" "$house/src/rule" "$house/src/match" "$house/src/os" \
  "$house/src/cmd" "$house/test"
cd "$house" || exit 1
printf 'base\nfield text\nrule\neval\nmatch\n----\nos\ncmd\n' >src/LAYERS
passed=0 failed=0

verdict() { # name, true or false
  if [ "$2" = true ]; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    printf 'srccheck_test: %s\n' "$1"
    sed 's/^/    /' out
  fi
}

# The file must be blamed for exactly this, and the exit code must say so.
faulty() { # path, expected `line: rule: what`, text
  printf '%b' "$3" >"$1"
  rc=0
  "$srccheck" src/LAYERS "$1" >out || rc=$?
  if [ $rc -eq 1 ] && grep -qF "$1:$2" out && [ "$(wc -l <out)" -eq 2 ]; then
    verdict "$2" true
  else
    verdict "$1 was not blamed for $2 alone" false
  fi
  rm "$1"
}

fine() { # path, text
  printf '%b' "$2" >"$1"
  rc=0
  "$srccheck" src/LAYERS "$1" >out || rc=$?
  if [ $rc -eq 0 ]; then verdict "$1" true; else verdict "$1 is fine, but was blamed" false; fi
  rm "$1"
}

lines() { # count, text
  i=0
  while [ $i -lt "$1" ]; do
    printf '%s\\n' "$2"
    i=$((i + 1))
  done
}

faulty src/field/a.c '1: layer: includes a sibling or a higher' '#include "rule/rule.h"\n'
faulty src/field/a.c '2: layer: includes a sibling or a higher' '\n#include "text/fold.h"\n'
faulty src/field/a.c '1: layer: folder is not in LAYERS' '#include "fields/a.h"\n'
faulty src/rule/a.c '1: layer: includes a private header' '#include "field/uscc_int.h"\n'
fine src/field/a.c '#include "field/uscc_int.h"\n#include "base/str.h"\n#include <string.h>\n'
fine src/base/a.c '#include "gb18030_table.h"\n'
fine test/a.c '#include "rule/rule_int.h"\n#include "t.h"\n'

faulty src/rule/a.c '1: banned: strcpy' 'int x = strcpy(a, b);\n'
faulty src/cmd/a.c '1: banned: getenv' 'x = getenv("A");\n'
faulty src/cmd/a.c '1: banned: malloc' 'x = malloc(1);\n'
faulty src/base/str.c '1: banned: malloc' 'x = malloc(1);\n'
fine src/base/arena.c 'x = malloc(1);\n'
fine src/os/file.c 'x = getenv("A"), free(x);\n'
fine src/rule/a.c 'x = my_strcpy(a); /* strcpy(a) */ y = "strcpy(b)"; timeout(1);\n'

faulty src/rule/a.c '1: pure: fopen' 'x = fopen("a", "r");\n'
faulty src/rule/a.c '1: pure: <time.h>' '#include <time.h>\n'
fine src/os/a.c '#include <time.h>\n#include <unistd.h>\nx = fopen("a", "r");\n'

faulty src/rule/a.c '1: number: binary floating point' 'double x;\n'
faulty src/os/a.c '2: number: binary floating point' '/*\n*/ float x;\n'
fine src/match/a.c 'double x;\n'
fine src/rule/a.c '/* a double\n * float */ int doubled = 1; char c = '"'\"'"'; x = "double";\n'

faulty src/rule/a.c '1: macro: conditional compilation' '#ifdef __linux__\n'
faulty src/rule/a.h '2: macro: conditional compilation' '#ifndef GECI_RULE_A_H\n#if X\n'
fine src/base/a.h '#ifndef GECI_BASE_A_H\n#if ARENA_DEBUG\n#endif\n#endif\n'

faulty src/rule/a.c '2: size: function is longer than 70 lines' \
  "int f(void)\n{\n$(lines 69 '    x++;')}\n"
fine src/rule/a.c "int f(void)\n{\n$(lines 68 '    x++;')}\n"
faulty src/rule/a.c '3: size: function has more than 6 parameters' \
  'int f(int a, int b, int c, int (*d)(int, int), int e,\n      int f, int g)\n{\n}\n'
fine src/rule/a.c 'int f(int a, int b, int c, int (*d)(int, int), int e,\n      int f)\n{\n}\n'
many='int f(int a, int b, int c, int d, int e, int f, int g)\n{\n}\n'
fine src/rule/a.c "/* srccheck:params a value and its scale are two */\n$many"
faulty src/rule/a.c '8: size: function has more than 6 parameters' \
  "/* srccheck:params because */\n$many\n\n$many"
faulty src/rule/a.c '801: size: file is longer' "$(lines 801 'int x;')"
wide=$(printf '字%.0s' 1 2 3 4 5 6 7 8 9 10)
faulty src/rule/a.c '1: size: line is wider' "/* $wide$wide$wide$wide$wide */\n"
fine src/rule/a.c "/*$wide$wide$wide$wide 字字字字字字 */\n"
faulty test/a.c '1: space: tab' '\tint x;\n'
faulty test/a.c '1: space: tab' 'int x; \n'
faulty test/a.c '1: comment:' 'int x; // one\n'
fine test/a.c 'x = "http://a"; /* http://b */\n'

budget=$("$srccheck" src/LAYERS src/rule/a.c | sed -n 's/.*engine [0-9]* of \([0-9]*\) lines.*/\1/p')
i=0
set --
while [ $i -le $((budget / 710)) ]; do
  printf '%b' "$(lines 710 'int x;')" >"src/rule/$i.c"
  set -- "$@" "src/rule/$i.c"
  i=$((i + 1))
done
if "$srccheck" src/LAYERS "$@" >out; then verdict 'the line budget of the engine' false
elif grep -q 'size: the engine is longer' out; then verdict budget true
else verdict 'the line budget of the engine' false; fi

printf 'srccheck_test: %d passed, %d failed\n' "$passed" "$failed"
[ $failed -eq 0 ]
