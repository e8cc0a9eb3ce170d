"""How long a search takes over HTTP at a steady rate: parts of names of firms, asked for at fixed times, one connection a process.

Usage: search_http.py PORT COOKIE [RATE, 200] [SECONDS, 20]   against `bench_serve` over the demonstration county.
Milliseconds from the time a question was due to its whole answer: one that comes late makes those behind it late as well.
"""
import http.client
import json
import multiprocessing
import sys
import time
from urllib.parse import quote

port, cookie = int(sys.argv[1]), sys.argv[2]
rate = int(sys.argv[3]) if len(sys.argv) > 3 else 200
seconds = int(sys.argv[4]) if len(sys.argv) > 4 else 20
LINES = 4  # processes: threads of Python wait for each other, which is not the server's doing
head = {"Cookie": "geci=" + cookie}


def ask(line, path):
    line.request("GET", "/api/v1" + path, headers=head)
    answer = line.getresponse()
    text = answer.read()
    if answer.status != 200:
        sys.exit(f"{path}: {answer.status} {text.decode()[:300]}")
    return text


line = http.client.HTTPConnection("127.0.0.1", port)
rows = json.loads(ask(line, f"/subjects/{quote('科技型企业')}?limit=500"))["rows"]
names = [row["cells"]["企业名称"] for row in rows]
asked = [n[:4] for n in names] + [n[1:3] + n[5:7] for n in names] + names
start = time.perf_counter() + 0.5


def run(k):
    own = http.client.HTTPConnection("127.0.0.1", port)
    ask(own, "/search?q=" + quote(asked[k]))
    took = []
    for i in range(k, rate * seconds, LINES):
        due = start + i / rate
        time.sleep(max(0.0, due - time.perf_counter()))
        ask(own, "/search?q=" + quote(asked[i * 7 % len(asked)]))
        took.append((time.perf_counter() - due) * 1000)
    return took


with multiprocessing.get_context("fork").Pool(LINES) as pool:
    ms = sorted(x for part in pool.map(run, range(LINES), 1) for x in part)
print(f"search over HTTP  {rate} a second, {len(ms)}: p50 {ms[len(ms) // 2]:.2f} ms  p99 {ms[len(ms) * 99 // 100]:.2f} ms  max {ms[-1]:.2f} ms")
