#!/bin/bash
# The HTTP server beside nginx with a static file of the same size, and under too much load.
# Usage: bench/http.sh [SECONDS of each run, 4]. Needs nginx-light and wrk; server on processor 0, wrk on 1.
# What counts is processor time per request, of the whole process tree: rates depend on what else
# the machine does. Rounds are interleaved; medians of five.
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${1:-4} rounds=5
command -v wrk >/dev/null || { echo 'bench: apt-get install wrk' >&2; exit 69; }
[ -x /usr/sbin/nginx ] || { echo 'bench: apt-get install nginx-light' >&2; exit 69; }
tools/build.sh gcc bench/bench_http >/dev/null

work=$(mktemp -d)
ours_port=18081 nginx_port=18082
head -c 1024 /dev/zero | tr '\0' x >"$work/1k"
head -c 102400 /dev/zero | tr '\0' x >"$work/100k"
cat >"$work/nginx.conf" <<CONF
daemon off; master_process off; pid $work/pid; error_log $work/error.log;
worker_rlimit_nofile 30000;
events { worker_connections 20000; }
http { access_log off; sendfile on; tcp_nodelay on; keepalive_requests 100000000; default_type application/json;
  client_body_temp_path $work/b; proxy_temp_path $work/p; fastcgi_temp_path $work/f;
  uwsgi_temp_path $work/u; scgi_temp_path $work/s;
  server { listen 127.0.0.1:$nginx_port; root $work; } }
CONF
ulimit -n 30000 2>/dev/null || true
taskset -c 0 build/gcc/bench/bench_http $ours_port & ours=$!
taskset -c 0 /usr/sbin/nginx -c "$work/nginx.conf" -e "$work/error.log" & nginx=$!
trap 'kill $ours $nginx 2>/dev/null; wait; rm -rf "$work"' EXIT
sleep 1

ticks() { awk '{print $14 + $15}' "/proc/$1/stat"; }
# Microseconds of processor time for each request: pid url connections
cost() {
  local before after out
  before=$(ticks "$1")
  out=$(taskset -c 1 wrk -t1 -c "$3" -d "${seconds}s" "$2")
  after=$(ticks "$1")
  awk -v t=$((after - before)) '/requests in/ {print t * 10000 / $1}' <<<"$out"
}
median() { sort -n | awk '{v[NR] = $1} END {print v[int((NR + 1) / 2)]}'; }

for size in 1k 100k; do
  : >"$work/ours" && : >"$work/theirs" && : >"$work/ratio"
  for _ in $(seq $rounds); do
    o=$(cost $ours "http://127.0.0.1:$ours_port/$size" 64)
    t=$(cost $nginx "http://127.0.0.1:$nginx_port/$size" 64)
    echo "$o" >>"$work/ours"; echo "$t" >>"$work/theirs"
    awk -v o="$o" -v t="$t" 'BEGIN {print o / t}' >>"$work/ratio"
  done
  printf '%-5s  us CPU a request: %6.1f  nginx static %6.1f  ratio %.2f [%.2f-%.2f]\n' $size \
    "$(median <"$work/ours")" "$(median <"$work/theirs")" "$(median <"$work/ratio")" \
    "$(sort -n "$work/ratio" | head -1)" "$(sort -n "$work/ratio" | tail -1)"
done

# Handlers of 500 us: 2,000 a second at most. Goodput is answers with 2xx a second of the server's
# processor time, which is what a busy machine leaves of a second.
load() { # connections
  local before after out
  before=$(ticks $ours)
  out=$(taskset -c 1 wrk -t1 -c "$1" -d "$((seconds * 2))s" "http://127.0.0.1:$ours_port/work?500")
  after=$(ticks $ours)
  awk -v t=$((after - before)) '/requests in/ {n = $1} /Non-2xx/ {bad = $NF}
    END {printf "%.0f %d\n", (n - bad) / (t / 100), bad}' <<<"$out"
}
read -r capacity _ < <(load 8)
read -r goodput shed < <(load 4000)
printf 'overload: capacity %d/s, at 4,000 connections %d/s (%d %%), %d refused\n' "$capacity" "$goodput" \
  $((goodput * 100 / capacity)) "$shed"
awk '/VmHWM/ {printf "peak memory %d MB\n", $2 / 1024}' /proc/$ours/status
