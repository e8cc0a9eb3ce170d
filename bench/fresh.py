"""How soon what was written is found: reports a new name of a firm over HTTP, asks for it until it is there.

Usage: fresh.py PORT ACCOUNT PASSWORD [ROUNDS]  against `geci serve` over the demonstration county (its store is written to).
Every second round an expert's field is reported just before, so that a matcher is patched at the same time; that the
expert is matched by it is asked then. Milliseconds from the answer to the report, which is the commit, to the first
answer that has what was written.
"""
import http.client
import json
import sys
import time
from urllib.parse import quote

port, account, password = int(sys.argv[1]), sys.argv[2], sys.argv[3]
rounds = int(sys.argv[4]) if len(sys.argv) > 4 else 20
line = http.client.HTTPConnection("127.0.0.1", port)
head = {"Content-Type": "application/json", "Origin": f"http://127.0.0.1:{port}"}


def call(method, path, body=None):
    line.request(method, "/api/v1" + path, None if body is None else json.dumps(body), head)
    answer = line.getresponse()
    text = answer.read()
    if answer.status not in (200, 201):
        sys.exit(f"{method} {path}: {answer.status} {text.decode()[:300]}")
    if "Set-Cookie" in answer.headers:
        head["Cookie"] = answer.headers["Set-Cookie"].split(";")[0]
    return json.loads(text)


def report(kind, identity, values):
    call("POST", f"/subjects/{quote(kind)}/{quote(identity)}/reports", {"source": "测速", "values": values})


def first(kind):
    return call("GET", f"/subjects/{quote(kind)}?limit=1")["rows"][0]


def identity_of(kind, subject):
    return next(v for k, v in subject["cells"].items() if k in ("统一社会信用代码", "专家编号"))


head["X-CSRF-Token"] = call("POST", "/session", {"name": account, "password": password})["csrf"]
firm, expert = first("科技型企业"), first("产业专家")
firm_id, expert_id = identity_of("科技型企业", firm), identity_of("产业专家", expert)
matches = f"/subjects/{quote('科技型企业')}/{quote(firm_id)}/matches?with={quote('产业专家')}"
alone, beside, matched = [], [], []


def until(path, text):
    start = time.monotonic()
    while text not in json.dumps(call("GET", path), ensure_ascii=False):
        if time.monotonic() - start > 30:
            sys.exit("not found after 30 s")
        time.sleep(0.002)
    return (time.monotonic() - start) * 1000


call("GET", matches)
for i in range(rounds):
    name = f"江苏新名{int(time.time() * 1000) % 10**9}材料有限公司（示例）"
    if i % 2:
        field = last * 3 + name[4:13]
        report("产业专家", expert_id, {"专业方向": field})
        matched.append(until(matches, field))
        report("产业专家", expert_id, {"专业方向": f"激光焊接{i}"})
    report("科技型企业", firm_id, {"企业名称": name})
    (beside if i % 2 else alone).append(until(f"/search?q={quote(name)}&limit=3", name))
    last = name
    time.sleep(0.5)
for what, ms in (("a name alone", sorted(alone)), ("a name beside a matcher", sorted(beside)), ("an expert", sorted(matched))):
    if ms:
        print(f"{what}: n {len(ms)}  median {ms[len(ms) // 2]:.0f} ms  most {ms[-1]:.0f} ms")
