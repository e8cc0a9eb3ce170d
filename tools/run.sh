#!/bin/sh
# Shows what the program does, then serves the demonstration county on loopback. Usage: tools/run.sh
# The county is made once, into build/demo. On a terminal it serves until Ctrl-C; elsewhere, or with
# RUN_ONCE=1, it asks the server a few questions, prints the answers and ends. PORT=N to begin at.
set -u
cd "$(dirname "$0")/.." || exit 1
geci=$PWD/build/gcc/geci
store=build/demo/zjg.db
db=sqlite:$store
user=经办 password=geci-shili-2026
kind=%E7%A7%91%E6%8A%80%E5%9E%8B%E4%BC%81%E4%B8%9A # 科技型企业
pid='' work=$(mktemp -d) || exit 1

say() { # Chinese, English
  printf '==> %s\n    %s\n' "$1" "$2"
}
stop() {
  [ -z "$pid" ] || { kill "$pid" 2>/dev/null; wait "$pid" 2>/dev/null; }
  pid=''
  rm -rf "$work"
}
trap 'stop; exit 0' INT TERM HUP
trap stop EXIT
fail() { # Chinese, English
  printf '==> %s\n    %s\n' "$1" "$2" >&2
  exit 1
}

# A whole county or none; one of an older program is made anew.
make_county() {
  [ ! -e "$store" ] || "$geci" run list --db "$db" >/dev/null 2>&1 && [ -e "$store.access-key" ] && return
  say '建示范县，只建一次，约半分钟（build/demo）' 'Making the demonstration county, once, in half a minute'
  rm -rf build/demo build/demo.part
  mkdir -p build/demo.part
  "$geci" demo --db sqlite:build/demo.part/zjg.db >"$work/demo" 2>"$work/err" || {
    cat "$work/err" >&2
    fail '示范县没有建成' 'The county could not be made'
  }
  mv build/demo.part build/demo
  sed -n '1,4p' "$work/demo"
}

# On the first free port from PORT on.
serve() {
  port=${PORT:-8080}
  last=$((port + 100))
  while [ "$port" -lt "$last" ]; do
    curl -s --noproxy '*' -o "$work/other" --max-time 2 "http://127.0.0.1:$port/" || {
      "$geci" serve --db "$db" --listen "127.0.0.1:$port" 2>"$work/err" &
      pid=$!
      base=http://127.0.0.1:$port
      ready && return
      wait "$pid"
      pid=''
      grep -q HTTP-LISTEN "$work/err" || { cat "$work/err" >&2; exit 1; }
    }
    port=$((port + 1))
  done
  fail '没有空闲的端口，用 PORT=端口 指定' 'No port is free: name one with PORT=N'
}
ready() {
  while kill -0 "$pid" 2>/dev/null; do
    curl -fs --noproxy '*' --max-time 2 -o "$work/ready" "$base/readyz" &&
      grep -qx ready "$work/ready" && return # lists are there as well
    sleep 0.1
  done
  return 1
}

ask() { # path, further words of curl
  path=$1
  shift
  curl -fsS --noproxy '*' -b "$work/jar" -c "$work/jar" "$@" "$base$path" || fail "没有答复：$path" "No answer: $path"
}
log_in() {
  ask /api/v1/session -H 'Content-Type: application/json' \
    -d "{\"name\":\"$user\",\"password\":\"$password\"}" >"$work/me"
}
best_ten() { # points, identity, name; one a line
  ask "/api/v1/subjects/$kind" -G -d limit=10 --data-urlencode sort=-企业科技创新积分 \
    --data-urlencode fields=企业科技创新积分,企业名称 >"$work/page"
  grep -o '"identity":"[^"]*","cells":{[^}]*}' "$work/page" |
    sed 's/.*"identity":"\([^"]*\)".*"企业科技创新积分":"\([^"]*\)".*"企业名称":"\([^"]*\)".*/\2\t\1  \3/; t
         s/.*"identity":"\([^"]*\)".*"企业名称":"\([^"]*\)".*"企业科技创新积分":"\([^"]*\)".*/\3\t\1  \2/'
}

show_service() {
  printf '\n'
  say "示范县在这里（只有本机能访问）：$base" "The county is served here, to this machine only: $base"
  printf '    %s/api/openapi.json   接口说明 / description of the API\n' "$base"
  printf '    %s/metrics            运行指标 / metrics\n\n' "$base"
  say "示例账号，口令都是 $password" "Accounts to try; every password is $password"
  "$geci" user list --db "$db" | sed 's/^/    /'
}
show_curl() {
  id=$1
  printf '\n'
  say '三行试一试（第二行登录）' 'Three lines to try; the second logs in'
  printf "    curl %s/api/v1/health\n" "$base"
  printf "    curl -c build/demo/jar -H 'Content-Type: application/json' -d '{\"name\":\"%s\",\"password\":\"%s\"}' %s/api/v1/session\n" \
    "$user" "$password" "$base"
  printf "    curl -b build/demo/jar %s/api/v1/runs/4/subjects/%s/explanation\n\n" "$base" "$id"
}

once() {
  say '健康 / 就绪' 'Health and readiness'
  ask /readyz >"$work/ready"
  ask /api/v1/health >"$work/health"
  printf '    %s\n    %s\n' "$(cat "$work/ready")" "$(cat "$work/health")"
  say "以「$user」登录，积分最高的十家企业" "Logged in as $user (officer): the ten firms with the most points"
  cat "$work/best"
  stop
  say '已停止。在终端里运行 make run 会一直开着' 'Ended. On a terminal, make run keeps serving'
}

"$geci" demo || exit 1
printf '\n'
make_county
serve
log_in
best_ten | sed 's/^/    /' >"$work/best"
[ "$(wc -l <"$work/best")" -eq 10 ] || fail '没有列出十家企业' 'The ten firms were not listed'
show_service
show_curl "$(awk 'NR == 1 { print $2 }' "$work/best")"
if [ -n "${RUN_ONCE:-}" ] || [ ! -t 1 ]; then
  once
  exit 0
fi
say '按 Ctrl-C 停止' 'Ctrl-C ends it'
wait "$pid"
