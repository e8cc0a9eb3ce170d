"""Attack tools against a running server: sqlmap, wapiti, ffuf, and lists of our own. Called by run.sh.

Usage: run.py GECI SERVE_WORLD [--full] [--only NAME,..]; each battery is first let loose on weak.py, where it has to find
the hole it is for. A tool that is not installed is named and left out. Prints `N passed, N failed`.
"""
import argparse, glob, http.client, http.server, io, json, os, re, shutil, signal, socket, subprocess, sys, tempfile, threading, time
import urllib.parse, zipfile

HERE = os.path.dirname(os.path.abspath(__file__))
KIND = urllib.parse.quote("企业")
passed = failed = 0


def check(ok, text):
    global passed, failed
    passed, failed = passed + bool(ok), failed + (not ok)
    if not ok:
        print("FAILED:", text, flush=True)


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def run(*command, seconds=600):
    try:
        p = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=seconds, cwd=work)
        return (p.stdout + p.stderr).decode("utf-8", "replace")
    except subprocess.TimeoutExpired as e:
        return (e.stdout or b"").decode("utf-8", "replace") + "\nTIMEOUT"


class Server:
    """serve_world with its accounts."""

    def __init__(self, program):
        self.process = subprocess.Popen([program, "sqlite:%s/x.db" % work], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        said = json.loads(self.process.stdout.readline())
        self.port, self.accounts = said["port"], said["as"]
        self.base = "http://127.0.0.1:%d" % self.port

    def headers(self, role):
        a = self.accounts[role]
        return {"Cookie": "geci=" + a["sure_cookie"], "X-CSRF-Token": a["sure_csrf"]}

    def ask(self, role, method, path, body=b"", kind="application/json"):
        c = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        c.request(method, "/api/v1" + path, body, {**self.headers(role), "Content-Type": kind})
        r = c.getresponse()
        return r.status, r.read().decode("utf-8", "replace")

    def resident(self):
        return int(re.search(r"VmRSS:\s+(\d+)", open("/proc/%d/status" % self.process.pid).read()).group(1)) // 1024


class Canary(http.server.BaseHTTPRequestHandler):
    hits = 0

    def do_GET(self):
        Canary.hits += 1
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_POST = do_GET

    def log_message(self, *_):
        pass


def operations(document):
    """Every route once: method, path with sample words, query, JSON body or None."""
    def sample(schema, depth=0):
        while "$ref" in schema:
            schema = document["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]
        kind = schema.get("type")
        kind = kind[0] if isinstance(kind, list) else kind
        if "enum" in schema:
            return schema["enum"][0]
        if kind == "object":
            wanted = schema.get("required", [])
            return {k: sample(v, depth + 1) for k, v in schema.get("properties", {}).items() if k in wanted and depth < 5}
        return {"integer": 1, "boolean": False, "array": []}.get(kind, "x")

    for path, item in document["paths"].items():
        for method, op in item.items():
            query, at = [], path.replace("{kind}", KIND).replace("{id}", "E1")
            for p in op.get("parameters", []):
                if p["in"] == "query":
                    query.append((p["name"], str(sample(p["schema"]))))
            content = op.get("requestBody", {}).get("content", {})
            body = sample(content["application/json"]["schema"]) if "application/json" in content else None
            yield method.upper(), re.sub(r"\{\w+\}", "1", at), query, body


# ---- the batteries ----

def sqlmap(server, weak, full):
    """Every word of every route: of its path, query and body."""
    def tried(url, *more):
        return run("sqlmap", "-u", url, "--batch", "--flush-session", "--disable-coloring", "--output-dir", work + "/sqlmap",
                   "--level", "2" if full else "1", "--technique", "BEUST" if full else "BE", "--threads", "4", *more)

    found = re.compile("identified the following injection point") # what it took for one and then took back is none
    check(found.search(tried(weak + "/sql?id=1")), "sqlmap: control not found")
    n = 0
    for method, path, query, body in operations(document):
        if "/session" in path or "/events" in path or path.endswith("/mcp"):
            continue
        url = server.base + "/api/v1" + re.sub(r"/(E1|1)(?=/|$)", r"/\1*", path)
        if query:
            url += "?" + "&".join("%s=%s*" % (k, urllib.parse.quote(v)) for k, v in query[:None if full else 4])
        role = "officer" if method == "GET" else "leader"
        more = ["--method", method, "--skip-urlencode"] + ["--headers=" + "\\n".join("%s: %s" % h for h in server.headers(role).items())]
        if body:
            text = json.dumps(body, ensure_ascii=False)
            more += ["--data", re.sub(r'"x"', '"x*"', text), "--headers=" + "\\n".join(
                "%s: %s" % h for h in {**server.headers(role), "Content-Type": "application/json"}.items())]
        if "*" not in url and not (body and '"x"' in json.dumps(body)):
            continue
        out = tried(url, *more)
        hit = found.search(out)
        check(not hit, "sqlmap: %s %s: %s" % (method, path, hit and out[hit.start() - 100:hit.end() + 200]))
        n += 1
    print("sqlmap: %d routes" % n)


def wapiti(server, weak, full):
    kinds = ("SQL Injection", "Cross Site Scripting", "Path Traversal", "Command execution", "XXE", "CRLF", "Server Side", "Open Redirect")

    def findings(url, *more):
        report = tempfile.mktemp(dir=work)
        run("wapiti", "-u", url, "-m", "sql,xss,file,exec,crlf,redirect", "--flush-session", "-f", "json", "-o", report,
            "--max-scan-time", "300" if full else "60", "--store-session", work, "--no-bugreport", *more, seconds=900)
        said = json.load(open(report))["vulnerabilities"] if os.path.exists(report) else {"no report": [1]}
        return {k: len(v) for k, v in said.items() if v and (k == "no report" or any(k.startswith(x) for x in kinds))}

    control = findings(weak + "/")
    check(control and "no report" not in control, "wapiti: control not found: %s" % control)
    starts = []
    for method, path, query, _ in operations(document):
        if method == "GET" and "/events" not in path:
            starts += ["-s", server.base + "/api/v1" + path + ("?" + urllib.parse.urlencode(query) if query else "")]
    more = ["--scope", "domain"] + [x for k, v in server.headers("officer").items() for x in ("-H", "%s: %s" % (k, v))] + starts
    mine = findings(server.base + "/", *more)
    check(not mine, "wapiti: %s" % mine)
    print("wapiti: %d starting points" % (len(starts) // 2))


def ffuf(server, weak, full):
    """Ways out of a folder, as many as there are spellings of dots and slashes."""
    dots, slashes = ("..", "%2e%2e", "%252e%252e", ".%2e", "..%00", "%c0%ae%c0%ae", "....", "..;"), ("/", "%2f", "%252f", "\\", "%5c", "//", "%c0%af")
    words = [(d + s) * n + f for d in dots for s in slashes for n in range(1, 9)
             for f in ("etc/passwd", os.path.basename(secret_file), "geci.db", "x.db.access-key")]
    with open(work + "/words", "w") as f:
        f.write("\n".join(words))

    def hits(url):
        out = tempfile.mktemp(dir=work)
        run("ffuf", "-u", url, "-w", work + "/words", "-mc", "999", "-mr", "root:.*:0:0|" + SECRET + "|SQLite format", "-s", "-of", "json", "-o", out)
        return len(json.load(open(out))["results"]) if os.path.exists(out) else -1

    check(hits(weak + "/FUZZ") > 0, "ffuf: control not found")
    for start in ("/", "/assets/", "/api/v1/", "/api/v1/attachments/", "/api/v1/subjects/%s/" % KIND, "/api/v1/jobs/"):
        n = hits(server.base + start + "FUZZ")
        check(n == 0, "ffuf: %s: %d" % (start, n))
    print("ffuf: %d words at 6 places" % len(words))


def addresses(port):
    """One loopback in as many spellings as we know, and what stands for somebody else."""
    hosts = ["127.0.0.1", "127.1", "0", "0.0.0.0", "2130706433", "0x7f000001", "0x7f.1", "017700000001", "0177.0.0.1", "[::1]",
             "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[0:0:0:0:0:0:0:1]", "localhost", "LOCALHOST", "localhost.", "127.0.0.1.", "127.127.127.127",
             "①②⑦.⓪.⓪.①", "a@127.0.0.1", "127.0.0.1#@example.com", "example.com@127.0.0.1", "127.0.0.1%2f", "127。0。0。1", "[::]", "169.254.169.254"]
    for scheme in ("http", "https", "HTTP", "gopher", "ftp", "file", "dict"):
        for host in hosts if scheme in ("http", "https") else hosts[:3]:
            yield "%s://%s:%d/x" % (scheme, host, port)
    yield from ("//127.0.0.1:%d/" % port, "http:127.0.0.1:%d/" % port, "http:///127.0.0.1:%d/" % port, "file:///etc/passwd",
                "http://127.0.0.1:%d\\@example.com/" % port, "http://example.com\r\nHost: 127.0.0.1:%d/" % port)


def ssrf(server, weak, full):
    canary = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Canary)
    threading.Thread(target=canary.serve_forever, daemon=True).start()
    port = canary.server_address[1]
    run("curl", "-s", "--data-binary", "http://127.0.0.1:%d/x" % port, weak + "/fetch")
    check(Canary.hits == 1, "ssrf: the control did not reach the canary")
    Canary.hits, n = 0, 0
    for url in addresses(port):
        hook = {"title": "x", "url": url, "form": "json", "events": ["hook"], "sensitive": False}
        status, said = server.ask("system_admin", "POST", "/webhooks", json.dumps(hook).encode())
        check(status < 500, "ssrf: %s: %d" % (url, status))
        if status == 201:  # it is asked for, and must not be asked
            server.ask("system_admin", "DELETE", "/webhooks/%d" % json.loads(said)["hook"])
        n += 1
    time.sleep(3)  # the courier's own pace
    check(Canary.hits == 0, "ssrf: the canary was asked %d times" % Canary.hits)
    print("ssrf: %d addresses" % n)


def workbook(**parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as z:
        ns = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
        rels = "http://schemas.openxmlformats.org/package/2006/relationships"
        doc = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        whole = {
            "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
            "_rels/.rels": '<Relationships xmlns="%s"><Relationship Id="r1" Type="%s/officeDocument" Target="xl/workbook.xml"/></Relationships>' % (rels, doc),
            "xl/workbook.xml": '<workbook %s xmlns:r="%s"><sheets><sheet name="s" sheetId="1" r:id="r1"/></sheets></workbook>' % (ns, doc),
            "xl/_rels/workbook.xml.rels": '<Relationships xmlns="%s"><Relationship Id="r1" Type="%s/worksheet" Target="worksheets/sheet1.xml"/></Relationships>' % (rels, doc),
            "xl/worksheets/sheet1.xml": '%s<worksheet %s><sheetData><row r="1"><c t="inlineStr"><is><t>%s</t></is></c></row></sheetData></worksheet>'
                                        % (parts.get("dtd", ""), ns, parts.get("text", "代码")),
        }
        whole.update(parts.get("more", {}))
        for name, text in whole.items():
            z.writestr(name, text)
    return out.getvalue()


def bombs(server, weak, full):
    def dtd(entities):
        return "<!DOCTYPE w [%s]>" % entities
    laughs = '<!ENTITY a0 "ha">' + "".join('<!ENTITY a%d "%s">' % (i, "&a%d;" % (i - 1) * 10) for i in range(1, 10))
    files = {
        "entity of a file": workbook(dtd=dtd('<!ENTITY x SYSTEM "file://%s">' % secret_file), text="&x;"),
        "entity of an address": workbook(dtd=dtd('<!ENTITY x SYSTEM "http://127.0.0.1:9/">'), text="&x;"),
        "parameter entity": workbook(dtd=dtd('<!ENTITY %% x SYSTEM "file://%s"> %%x;' % secret_file)),
        "a billion laughs": workbook(dtd=dtd(laughs), text="&a9;"),
        "a gigabyte of nothing": workbook(more={"xl/sharedStrings.xml": b"\0" * (1 << 30 if full else 300 << 20)}),
        "a sheet of blanks": workbook(text=" " * (200 << 20)),
        "ways out of the archive": workbook(more={"../../../../tmp/geci-slip": "x", "/tmp/geci-slip": "x"}),
        "ten thousand parts": workbook(more={"xl/p%d.xml" % i: "x" for i in range(10000)}),
    }
    with open(work + "/x.xlsx", "wb") as f:
        f.write(files["entity of a file"])
    out = run("curl", "-s", "--data-binary", "@" + work + "/x.xlsx", weak + "/book")
    check(SECRET in out, "bombs: the control did not read the file")
    with open(work + "/x.xlsx", "wb") as f:
        f.write(files["a gigabyte of nothing"])
    out = run("curl", "-s", "--data-binary", "@" + work + "/x.xlsx", weak + "/book")
    check(int((out.split() or ["0"])[0]) > 200 << 20, "bombs: the control did not inflate")
    before = server.resident()
    for name, data in files.items():
        begun = time.time()
        status, said = server.ask("officer", "POST", "/kinds/%s/imports?name=x.xlsx" % KIND, data, "application/octet-stream")
        if status == 201:
            number = next(v for k, v in json.loads(said).items() if k in ("import", "number"))
            status, said = server.ask("officer", "POST", "/imports/%d/preview" % number, b"{}")
        check(0 < status < 500 or status == 503, "bombs: %s: %d" % (name, status))
        check(SECRET not in said, "bombs: %s: the file was told" % name)
        check(time.time() - begun < 30, "bombs: %s: %.1f s" % (name, time.time() - begun))
    check(not os.path.exists("/tmp/geci-slip"), "bombs: written outside")
    check(server.resident() < before + 300, "bombs: %d MB, then %d" % (before, server.resident()))
    status, _ = server.ask("officer", "GET", "/subjects/" + KIND)
    check(status == 200, "bombs: the server answers %d" % status)
    print("bombs: %d files, %d MB resident after them" % (len(files), server.resident()))


BATTERIES = {"ssrf": ssrf, "bombs": bombs, "ffuf": ffuf, "sqlmap": sqlmap, "wapiti": wapiti}

asked = argparse.ArgumentParser()
asked.add_argument("geci")
asked.add_argument("serve_world")
asked.add_argument("--full", action="store_true")
asked.add_argument("--only", default=",".join(BATTERIES))
asked = asked.parse_args()
asked.geci, asked.serve_world = os.path.abspath(asked.geci), os.path.abspath(asked.serve_world)  # they run elsewhere
work = tempfile.mkdtemp(prefix="geci-batteries-")
SECRET = "canary-of-the-batteries"
secret_file = work + "/secret.txt"
with open(secret_file, "w") as f:
    f.write(SECRET)
document = json.loads(run(asked.geci, "api", "openapi"))
weak_port = free_port()
signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # what was started is ended
processes = [subprocess.Popen([sys.executable, HERE + "/weak.py", str(weak_port), secret_file])]
try:
    server = Server(asked.serve_world)
    processes.append(server.process)
    time.sleep(1)
    for name in asked.only.split(","):
        if name in ("sqlmap", "wapiti", "ffuf") and shutil.which(name) is None:
            print("%s is not installed: left out" % name)
            continue
        BATTERIES[name](server, "http://127.0.0.1:%d" % weak_port, asked.full)
        check(server.process.poll() is None, name + ": the server is gone")
finally:
    for p in processes:
        p.terminate()
        p.wait()
    shutil.rmtree(work, ignore_errors=True)
print("%d passed, %d failed" % (passed, failed))
sys.exit(failed > 0)
