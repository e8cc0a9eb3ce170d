"""A server with the holes that the batteries look for, so that each is seen to find one. Nothing of it is ours to serve.

Usage: weak.py PORT FILE - answers on loopback until it is killed; FILE is what traversal and entities should reach.
"""
import http.server, io, os, re, sqlite3, sys, urllib.parse, urllib.request, zipfile

PORT, SECRET = int(sys.argv[1]), sys.argv[2]
DB = sqlite3.connect(":memory:", check_same_thread=False)
DB.executescript("CREATE TABLE firm(id TEXT, name TEXT); INSERT INTO firm VALUES('1','one'),('2','two')")


class Weak(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def say(self, text, kind="text/html"):
        body = text.encode("utf-8", "replace")
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        at = urllib.parse.urlsplit(self.path)
        q = {k: v[0] for k, v in urllib.parse.parse_qs(at.query).items()}
        if at.path == "/sql":
            try:
                self.say(str(DB.execute("SELECT name FROM firm WHERE id='%s'" % q.get("id", "")).fetchall()))
            except sqlite3.Error as e:
                self.say("SQLite error: %s" % e)
        elif at.path == "/echo":
            self.say("<p>%s</p>" % q.get("text", ""))
        elif at.path == "/":
            self.say('<a href="/echo?text=1">e</a> <a href="/sql?id=1">s</a>')
        else:
            path = os.path.normpath(SECRET + "/../" + urllib.parse.unquote(urllib.parse.unquote(at.path)).lstrip("/"))
            self.say(open(path).read() if os.path.isfile(path) else "no", "text/plain")

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if self.path == "/fetch":
            try:
                self.say(urllib.request.urlopen(body.decode(), timeout=3).read().decode("latin-1"))
            except OSError as e:
                self.say(str(e))
        else:  # a workbook: everything of it inflated, entities of files replaced
            out = b"".join(zipfile.ZipFile(io.BytesIO(body)).read(n) for n in zipfile.ZipFile(io.BytesIO(body)).namelist())
            for name, file in re.findall(rb'<!ENTITY (\w+) SYSTEM "file://([^"]+)"', out):
                out = out.replace(b"&" + name + b";", open(file, "rb").read())
            self.say(str(len(out)) + " " + out[:10000].decode("latin-1"))

    def log_message(self, *_):
        pass


class Quiet(http.server.ThreadingHTTPServer):
    def handle_error(self, *_):
        pass  # tools hang up when they have seen enough


Quiet(("127.0.0.1", PORT), Weak).serve_forever()
