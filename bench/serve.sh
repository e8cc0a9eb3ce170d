#!/bin/bash
# The whole server over the demonstration county: beside nginx with a static file of the same size, at 70 % of what it
# can do, asked for ten times as much, behind nginx with 4,000 slow sockets, started again.
# Usage: bench/serve.sh [SECONDS of each run, 4]; PARTS="ratio busy over slow start", or steady MINUTES=10;
# DB=FILE: a demonstration county that is there. Needs nginx-light, wrk and python3; server on processor 0, clients on 1.
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${1:-4} rounds=${ROUNDS:-5} parts=" ${PARTS:-ratio busy over slow start} "
command -v wrk >/dev/null || { echo 'bench: apt-get install wrk' >&2; exit 69; }
[ -x /usr/sbin/nginx ] || { echo 'bench: apt-get install nginx-light' >&2; exit 69; }
tools/build.sh gcc geci bench/bench_serve >/dev/null
wants() { [[ $parts == *" $1 "* ]]; }

work=$(mktemp -d)
ours_port=18083 nginx_port=18084 front_port=18085
if [ -n "${DB:-}" ]; then cp "$DB" "$work/x.db"; else build/gcc/geci demo --db "sqlite:$work/x.db" -q >/dev/null; fi
cat >"$work/nginx.conf" <<CONF
daemon off; master_process off; pid $work/pid; error_log $work/error.log;
events { worker_connections 20000; }
http { access_log off; sendfile on; tcp_nodelay on; keepalive_requests 100000000; default_type application/json;
  client_body_temp_path $work/b; proxy_temp_path $work/p; fastcgi_temp_path $work/f;
  uwsgi_temp_path $work/u; scgi_temp_path $work/s;
  server { listen 127.0.0.1:$nginx_port; root $work; }
  include $work/front.conf; }
CONF
# The configuration that is shipped, without TLS and for a client of many requests: wrk has one address.
sed -e "s/listen 80 .*/listen 127.0.0.1:18086;/; s/listen 443 .*/listen 127.0.0.1:$front_port;/; /listen \[/d; /ssl_/d" \
  -e "s/127.0.0.1:8080/127.0.0.1:$ours_port/; s/rate=50r/rate=100000r/" packaging/nginx/geci.conf >"$work/front.conf"
ulimit -n 30000 2>/dev/null || true
first=${FIRST:-nice -n -15} # whoever else is on this machine: latencies are to be of what is measured
$first true 2>/dev/null || first=
$first taskset -c 0 build/gcc/bench/bench_serve "sqlite:$work/x.db" $ours_port >"$work/cookie" & ours=$!
$first taskset -c 0 /usr/sbin/nginx -c "$work/nginx.conf" -e "$work/error.log" & nginx=$!
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

ends() { kill "$1" && { wait "$1" || true; }; } # by a signal: no failure
ticks() { awk '{print $14 + $15}' "/proc/$1/stat"; }
resident() { awk '/VmRSS/ {print int($2 / 1024)}' "/proc/$ours/status"; }
# The index of names follows the lists: until the server rests.
until before=$(ticks $ours); sleep 0.5; [ "$(ticks $ours)" -le $((before + 1)) ]; do :; done
printf 'resident at rest: %d MB\n' "$(resident)"

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

# Microseconds of processor time for each request: pid url [script]
cost() {
  local before after out pid=$1 url=$2
  shift 2
  before=$(ticks "$pid")
  out=$($first taskset -c 1 wrk -t1 -c 16 -d "${seconds}s" -H "$cookie" "$@" "$url")
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
if wants ratio; then
  compare 'one subject' one "$base$kind/$id" -s "$work/one.lua"
  compare 'list of 100' list "$base$list"
  compare 'lists, all new' list "$base$list" -s "$work/lists.lua"
  printf 'resident after that: %d MB\n' "$(resident)"
fi

# Half of them files of firms, half lists. With a pause, connections ask no faster than so many a second altogether.
mixed() { # [requests-a-second connections]
  cat <<LUA
local id, n = {}, 0
for line in io.lines("$work/ids") do id[#id + 1] = line end
function request()
  n = n + 1
  if n % 2 == 0 then return wrk.format("GET", "$list") end
  return wrk.format("GET", "$kind/" .. id[n % #id + 1])
end
LUA
  [ $# -eq 0 ] || echo "function delay() return math.random(0, $((2000 * $2 / $1))) end"
}
# connections seconds url [script] -> answers-a-second answers-a-cpu-second refused p99-us busy-%
load() {
  local before after out connections=$1 s=$2 url=$3
  shift 3
  before=$(ticks $ours)
  out=$($first taskset -c 1 wrk -t1 -c "$connections" -d "${s}s" --latency -H "$cookie" "$@" "$url")
  after=$(ticks $ours)
  awk -v t=$((after - before)) -v s="$s" '
    function us(x) { return x ~ /us$/ ? x + 0 : x ~ /ms$/ ? x * 1000 : x * 1000000 }
    /requests in/ {n = $1} /Non-2xx/ {bad = $NF} /^ +99%/ {p = us($2)}
    END {printf "%d %d %d %d %d\n", (n - bad) / s, (n - bad) * 100 / (t + !t), bad, p, t / s}' <<<"$out"
}
mixed >"$work/mixed.lua"
if wants busy || wants slow || wants steady; then
  read -r _ capacity _ < <(load 16 "$seconds" "$base" -s "$work/mixed.lua")
  mixed $((capacity * 7 / 10)) 32 >"$work/busy.lua"
  mixed $((capacity * 3 / 10)) 16 >"$work/some.lua"
fi

if wants busy; then
  for _ in $(seq "$rounds"); do load 32 "$seconds" "$base" -s "$work/busy.lua"; done | sort -n -k4 |
    awk -v c="$capacity" '{v[NR] = $4; n += $1; b += $5}
      END {printf "at 70 %%: %d of %d/s, processor %d %% busy, p99 %.1f ms, median of %d [%.1f-%.1f]\n", n / NR, c, b / NR,
        v[int((NR + 1) / 2)] / 1000, NR, v[1] / 1000, v[NR] / 1000}'
fi

# Answers with 2xx a second of the server's processor time, which is what a busy machine leaves of a second.
if wants over; then
  for _ in $(seq "$rounds"); do
    echo "$(load 16 "$seconds" "$base$list") $(load 4000 $((seconds * 2)) "$base$list")"
  done | awk '{print $7 / $2, $2, $7, $8, $9}' | sort -n | awk '{r[NR] = $1; c[NR] = $2; g[NR] = $3; bad += $4; p[NR] = $5}
    END {m = int((NR + 1) / 2)
      printf "overload: %d/s; asked by 4,000 connections at once %d/s, %.0f %% of it [%.0f-%.0f], %d refused, p99 %.0f ms\n", c[m],
        g[m], r[m] * 100, r[1] * 100, r[NR] * 100, bad, p[m] / 1000}'
  printf 'resident after that: %d MB\n' "$(resident)"
fi

if wants slow; then
  front=http://127.0.0.1:$front_port
  for _ in $(seq "$rounds"); do
    read -r _ _ _ alone _ < <(load 16 "$seconds" "$front" -s "$work/some.lua")
    coproc taskset -c 1 bench/slow.py 4000 $front_port
    slow=$COPROC_PID
    read -r held <&"${COPROC[0]}"
    read -r _ _ bad p99 _ < <(load 16 "$seconds" "$front" -s "$work/some.lua")
    ends "$slow"
    echo "$alone $p99 $held $bad"
  done | awk '{print $2 / $1, $0}' | sort -n | awk '{r[NR] = $1; a[NR] = $2; s[NR] = $3; h[NR] = $4; bad += $5}
    END {m = int((NR + 1) / 2)
      printf "behind nginx: p99 %.1f ms, with %d slow sockets %.1f ms: %.2f of it [%.2f-%.2f], %d refused\n", a[m] / 1000, h[m],
        s[m] / 1000, r[m], r[1], r[NR], bad}'
fi

if wants steady; then
  printf 'resident, at 70 %%, each minute:'
  for _ in $(seq "${MINUTES:-10}"); do
    load 32 60 "$base" -s "$work/busy.lua" >>"$work/minutes"
    printf ' %d' "$(resident)"
  done
  awk '{n += $1} END {printf " MB; %d answers\n", n * 60}' "$work/minutes"
fi

# From the call to the answer of /readyz, and until lists are there. The processor time beside it is what a busy machine leaves.
now_ms() { date +%s%3N; }
until_says() { until curl -sf "$base/readyz" | grep -q "$1"; do sleep 0.005; done; }
if wants start; then
  ends $ours
  for _ in $(seq "$rounds"); do
    began=$(now_ms)
    build/gcc/geci serve --db "sqlite:$work/x.db" --listen 127.0.0.1:$ours_port -q >"$work/out" 2>&1 & ours=$!
    until_says '^ready'
    ready=$(($(now_ms) - began)) cpu=$(ticks $ours)
    until_says '^ready$'
    echo "$ready $(($(now_ms) - began)) $((cpu * 10)) $(($(ticks $ours) * 10))"
    ends $ours
  done | sort -n | awk '{a[NR] = $1; b[NR] = $2; c[NR] = $3; d[NR] = $4}
    END {m = int((NR + 1) / 2)
      printf "start: ready after %d ms (%d ms of processor time), lists after %d ms (%d)\n", a[m], c[m], b[m], d[m]}'
fi
