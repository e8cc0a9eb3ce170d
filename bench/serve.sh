#!/bin/bash
# The whole server over the demonstration county beside nginx with a static file of the same size; then at 70 %, and
# under too much load. Usage: bench/serve.sh [SECONDS of each run, 4]; DB=FILE: a demonstration county that is there.
# Needs nginx-light and wrk; server on processor 0, wrk on 1. Processor time of a request, medians of five rounds.
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${1:-4} rounds=${ROUNDS:-5}
command -v wrk >/dev/null || { echo 'bench: apt-get install wrk' >&2; exit 69; }
[ -x /usr/sbin/nginx ] || { echo 'bench: apt-get install nginx-light' >&2; exit 69; }
tools/build.sh gcc geci bench/bench_serve >/dev/null

work=$(mktemp -d)
ours_port=18083 nginx_port=18084
if [ -n "${DB:-}" ]; then cp "$DB" "$work/x.db"; else build/gcc/geci demo --db "sqlite:$work/x.db" -q >/dev/null; fi
cat >"$work/nginx.conf" <<CONF
daemon off; master_process off; pid $work/pid; error_log $work/error.log;
events { worker_connections 20000; }
http { access_log off; sendfile on; tcp_nodelay on; keepalive_requests 100000000; default_type application/json;
  client_body_temp_path $work/b; proxy_temp_path $work/p; fastcgi_temp_path $work/f;
  uwsgi_temp_path $work/u; scgi_temp_path $work/s;
  server { listen 127.0.0.1:$nginx_port; root $work; } }
CONF
ulimit -n 30000 2>/dev/null || true
taskset -c 0 build/gcc/bench/bench_serve "sqlite:$work/x.db" $ours_port >"$work/cookie" & ours=$!
taskset -c 0 /usr/sbin/nginx -c "$work/nginx.conf" -e "$work/error.log" & nginx=$!
trap 'kill $ours $nginx 2>/dev/null; wait; rm -rf "$work"' EXIT
until [ -s "$work/cookie" ]; do
  kill -0 $ours 2>/dev/null || { echo 'bench: the server did not start' >&2; exit 1; }
  sleep 0.1
done
cookie="Cookie: geci=$(cat "$work/cookie")"
base=http://127.0.0.1:$ours_port
kind=/api/v1/subjects/%E7%A7%91%E6%8A%80%E5%9E%8B%E4%BC%81%E4%B8%9A # 科技型企业
where=%E6%9C%89%E6%95%88%E5%8F%91%E6%98%8E%E4%B8%93%E5%88%A9%E6%95%B0%3E%3D # 有效发明专利数 >= 1项, 2项 ...
sort=sort=-%E7%A0%94%E5%8F%91%E8%B4%B9%E7%94%A8%402023 # -研发费用@2023

# What is asked: the files of a thousand firms in turn; one list again and again; another list each time.
curl -s -H "$cookie" "$base$kind?limit=500&where=%E5%8F%82%E8%AF%84%E7%8A%B6%E6%80%81%3D%E5%8F%82%E8%AF%84" | # 参评状态=参评
  grep -o '"identity":"[^"]*"' | cut -d'"' -f4 >"$work/ids"
id=$(head -n 3 "$work/ids" | tail -n 1)
curl -s -H "$cookie" "$base$kind/$id" >"$work/one"
list="$kind?limit=100&where=${where}1%E9%A1%B9&$sort"
curl -s -H "$cookie" "$base$list" >"$work/list"
cat >"$work/one.lua" <<LUA
local id, n = {}, 0
for line in io.lines("$work/ids") do id[#id + 1] = line end
function request() n = n % #id + 1 return wrk.format("GET", "$kind/" .. id[n]) end
LUA
cat >"$work/lists.lua" <<LUA
local n = 0
function request() n = n + 1 return wrk.format("GET", "$kind?limit=100&where=$where" .. n .. "%E9%A1%B9&$sort") end
LUA

ticks() { awk '{print $14 + $15}' "/proc/$1/stat"; }
# Microseconds of processor time for each request: pid url [script]
cost() {
  local before after out pid=$1 url=$2
  shift 2
  before=$(ticks "$pid")
  out=$(taskset -c 1 wrk -t1 -c 16 -d "${seconds}s" -H "$cookie" "$@" "$url")
  after=$(ticks "$pid")
  awk -v t=$((after - before)) '/requests in/ {n = $1} /Non-2xx/ {print "bench: refused " $NF > "/dev/stderr"}
    END {print t * 10000 / n}' <<<"$out"
}
median() { sort -n | awk '{v[NR] = $1} END {print v[int((NR + 1) / 2)]}'; }
compare() { # name file url [script]
  local name=$1 file=$2 url=$3 o t
  shift 3
  : >"$work/ours" && : >"$work/theirs" && : >"$work/ratio"
  for _ in $(seq "$rounds"); do
    o=$(cost $ours "$url" "$@")
    t=$(cost $nginx "http://127.0.0.1:$nginx_port/$file")
    echo "$o" >>"$work/ours"; echo "$t" >>"$work/theirs"
    awk -v o="$o" -v t="$t" 'BEGIN {print o / t}' >>"$work/ratio"
  done
  printf '%-18s %6d bytes  us CPU a request: %7.1f  nginx static %6.1f  ratio %.2f [%.2f-%.2f]\n' "$name" \
    "$(wc -c <"$work/$file")" "$(median <"$work/ours")" "$(median <"$work/theirs")" "$(median <"$work/ratio")" \
    "$(sort -n "$work/ratio" | head -1)" "$(sort -n "$work/ratio" | tail -1)"
}
compare 'one subject' one "$base$kind/$id" -s "$work/one.lua"
compare 'list of 100' list "$base$list"
compare 'lists, all new' list "$base$list" -s "$work/lists.lua"
awk '/VmRSS/ {printf "resident after that: %d MB\n", $2 / 1024}' "/proc/$ours/status"

# Answers with 2xx a second of the server's processor time, which is what a busy machine leaves of a second.
load() { # connections
  local before after out
  before=$(ticks $ours)
  out=$(taskset -c 1 wrk -t1 -c "$1" -d "$((seconds * 2))s" --latency -H "$cookie" "$base$list")
  after=$(ticks $ours)
  awk -v t=$((after - before)) -v s=$((seconds * 2)) '/requests in/ {n = $1} /Non-2xx/ {bad = $NF} /99%/ {p = $2}
    END {printf "%.0f %d %s %.0f\n", (n - bad) / (t / 100), bad, p, t / s}' <<<"$out"
}
read -r capacity _ < <(load 16)
# wrk keeps its connections busy; few of them leave the processor idle between.
for n in 1 2 3 4; do
  read -r _ _ p99 busy < <(load $n)
  printf '%d connections: processor %d %% busy, p99 %s\n' "$n" "$busy" "$p99"
done
read -r goodput shed p99 _ < <(load 4000)
printf 'overload: capacity %d/s, at 4,000 connections %d/s (%d %%), %d refused, p99 %s\n' "$capacity" "$goodput" \
  $((goodput * 100 / capacity)) "$shed" "$p99"
awk '/VmHWM/ {printf "peak memory %d MB\n", $2 / 1024}' "/proc/$ours/status"
