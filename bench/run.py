#!/usr/bin/env python3
"""Measures the contenders in turn and writes one table. Started by tools/bench.sh (`make bench`).

    run.py --bin FOLDER --work FOLDER [--n 10000,100000] [--only c,geci] [--budget SECONDS]

The folder of --bin has the binaries of bench/meson.build; everything written goes below --work: the
data of each size, the peers' results, RESULTS.md. Rounds are interleaved, so that a busy spell of
the machine falls on everybody; a contender that has used its budget of seconds for one size and
workload sits out the rounds that are left. Two processes it always gets do not count: one writes its
result, which is compared, one's memory is watched, which holds up a process that takes in pages. The
last line printed is the one that others read.
"""
import argparse
import datetime
import glob
import json
import math
import os
import platform
import statistics
import subprocess
import sys
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
PYTHON = "/usr/bin/python3" if os.path.exists("/usr/bin/python3") else sys.executable
LARGE, POLICY_FIRMS = 1000000, 51541
ROUNDS, TIMEOUT = 3, 900
COMPARED, WATCHED = 0, 1     # the rounds before those that count


def arguments():
    a = argparse.ArgumentParser()
    a.add_argument("--bin", required=True)
    a.add_argument("--work", required=True)
    a.add_argument("--n", default="")
    a.add_argument("--only", default="")
    a.add_argument("--budget", type=float, default=6)
    a = a.parse_args()
    # Without a size: every peer at the usual ones, and at a million those who can stand it.
    a.chosen = bool(a.n)
    a.sizes = [int(n) for n in (a.n or "10000,100000,%d" % LARGE).split(",")]
    return a


# ---- contenders ----

class Contender:
    def __init__(self, command, threads=1, large=False, needs=None):
        self.command, self.threads, self.large, self.needs = command, threads, large, needs or []


def contenders(a):
    peer = lambda name: [PYTHON, os.path.join(HERE, "peers", name)]
    imports = lambda what: ("python3 without " + what, [PYTHON, "-c", "import " + what])
    duckdb = ["node", os.path.join(HERE, "peers", "duckdb.mjs")]
    module = os.path.join(a.work, "node_modules", "@duckdb", "node-api")
    duckdb_needs = [("no node", ["node", "--version"]),
                    ("no @duckdb/node-api under " + a.work, ["test", "-d", module])]
    postgres = ("no postgresql", ["sh", "-c", "ls /usr/lib/postgresql/*/bin/initdb"])
    geci = [os.path.join(a.bin, "bench_geci")]
    return {
        "c": Contender([os.path.join(a.bin, "bench_ref")], large=True),
        "c2": Contender([os.path.join(a.bin, "bench_ref")], threads=2, large=True),
        "geci": Contender(geci, large=True),
        "geci2": Contender(geci, threads=2, large=True),
        "numpy": Contender(peer("numpy_peer.py"), large=True, needs=[imports("numpy, pandas")]),
        "duckdb": Contender(duckdb, large=True, needs=duckdb_needs),
        "duckdb2": Contender(duckdb, threads=2, needs=duckdb_needs),
        "sqlite": Contender(peer("sqlite_peer.py"), needs=[imports("sqlite3")]),
        "pg": Contender(peer("pg_peer.py"), needs=[imports("psycopg2"), postgres]),
    }


def works(command):
    try:
        return subprocess.run(command, capture_output=True).returncode == 0
    except OSError:
        return False


def present(all_of, only):
    unknown = [name for name in only if name not in all_of]
    if unknown:
        sys.exit("bench: no contender %s; there are %s" % (", ".join(unknown), ", ".join(all_of)))
    kept = {}
    for name, c in all_of.items():
        if only and name not in only and name != "c":
            continue
        lacking = [why for why, probe in c.needs if not works(probe)]
        if lacking:
            print("bench: %s is left out: %s" % (name, lacking[0]))
        else:
            kept[name] = c
    return kept


# ---- one process ----

def family(pid):
    todo, found = [pid], []
    while todo:
        p = todo.pop()
        found.append(p)
        for path in glob.glob("/proc/%d/task/*/children" % p):
            try:
                with open(path) as f:
                    todo += map(int, f.read().split())
            except OSError:
                pass
    return found


def memory_mb(pid):
    """Memory of a process and its children, what they share counted once."""
    kb = 0
    for p in family(pid):
        try:
            with open("/proc/%d/smaps_rollup" % p) as f:
                kb += next(int(line.split()[1]) for line in f if line.startswith("Pss:"))
        except (OSError, StopIteration):
            pass
    return kb / 1024


def start(command, env):
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=env)


def run(command, env):
    """The line of JSON that a contender prints."""
    return answer_of(start(command, env))


def answer_of(process):
    try:
        out, err = process.communicate(timeout=TIMEOUT)
    except subprocess.TimeoutExpired:
        process.terminate()
        process.communicate()
        return {"error": "over %d s" % TIMEOUT}
    if process.returncode != 0:
        lines = err.strip().splitlines() or ["exit %d" % process.returncode]
        return {"error": lines[-1][:120]}
    return json.loads(out.strip().splitlines()[-1])


def run_watched(command, env):
    """The same, and "mb", its peak memory. Whoever asks for the memory of a process stops its page
    faults for as long as the answer takes, so what is watched is not timed."""
    process = start(command, env)
    peak, done = [0.0], threading.Event()

    def watch():
        began = time.time()
        while not done.is_set():
            peak[0] = max(peak[0], memory_mb(process.pid))
            done.wait(0.02 if time.time() - began < 1 else 0.2)

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        return dict(answer_of(process), mb=peak[0])
    finally:
        done.set()
        watcher.join()


# ---- all of them ----

class Bench:
    def __init__(self, a):
        self.a, self.seen = a, {}
        self.contenders = present(contenders(a), a.only.split(",") if a.only else [])
        self.env = dict(os.environ, BENCH_MODULES=a.work, BENCH_PYTHON=PYTHON,
                        PYTHONDONTWRITEBYTECODE="1")

    def folder(self, n):
        folder = os.path.join(self.a.work, "data", str(n))
        if not os.path.exists(os.path.join(folder, "data.csv")):
            os.makedirs(folder, exist_ok=True)
            subprocess.run([os.path.join(self.a.bin, "bench_gen"), str(n), folder], check=True)
        return folder

    def command(self, name, n, w, runs):
        c = self.contenders[name]
        return c.command + ["--data", self.folder(n), "--workload", w, "--runs", str(runs),
                            "--threads", str(c.threads)]

    def reference(self, n, w):
        path = os.path.join(self.folder(n), "ref.%s.csv" % w)
        answer = run(self.command("c", n, w, 1) + ["--out", path], self.env)
        if "error" in answer:
            sys.exit("bench: the reference fails: " + answer["error"])
        return path

    def verify(self, name, n, w, out):
        ref = os.path.join(self.folder(n), "ref.%s.csv" % w)
        told = subprocess.run([os.path.join(self.a.bin, "bench_compare"), ref, out],
                              capture_output=True, text=True)
        os.remove(out)
        if told.returncode != 0:
            print("bench: %s %s %d: %s" % (name, w, n, (told.stdout or told.stderr).strip()))
        return told.returncode == 0

    def entry(self, name, n, w):
        return self.seen.setdefault((n, w, name), {"wall_s": [], "cpu_s": [], "load_s": [],
                                                   "load_cpu_s": [], "gain": [], "mb": 0.0,
                                                   "spent": 0.0})

    def round(self, name, n, w, r):
        """One process."""
        e = self.entry(name, n, w)
        if "error" in e or e["spent"] > self.a.budget:
            return
        out = os.path.join(self.folder(n), "out.%s.csv" % name)
        began = time.time()
        command = self.command(name, n, w, 1 if r == COMPARED else self.runs(e))
        if r == COMPARED:
            command += ["--out", out]
        answer = (run_watched if r == WATCHED else run)(command, self.env)
        if "error" in answer:
            e["error"] = answer["error"]
            print("bench: %s %s %d: %s" % (name, w, n, answer["error"]))
        elif r == COMPARED:
            e["longest"], e["peer"] = max(answer["wall_s"]), answer["peer"]
            e["agrees"] = self.verify(name, n, w, out)
        elif r == WATCHED:
            e["mb"] = answer["mb"]
        else:
            e["spent"] += time.time() - began
            self.note(e, answer)

    @staticmethod
    def note(e, answer):
        e["wall_s"] += answer["wall_s"]
        e["cpu_s"] += answer["cpu_s"]
        e["load_s"].append(answer["load_s"])
        e["load_cpu_s"].append(answer.get("load_cpu_s", 0))
        e["gain"] += answer.get("gain", [])

    def runs(self, e):
        """More runs for the quick: a sixth of the budget each round, at most 20; 3 if they fit."""
        longest = max(e["longest"], 1e-6)
        least = 3 if 3 * longest <= self.a.budget else 1
        return int(min(20, max(least, self.a.budget / 6 / longest)))

    def measure(self, n):
        self.counted = []
        for w in "AB":
            self.reference(n, w)
            for r in range(ROUNDS + 2):
                self.count_lines(n)
                for name, c in self.contenders.items():
                    if c.large or self.a.chosen or n < LARGE:
                        self.round(name, n, w, r)

    # ---- sixty policies of a document ----

    def policies_line(self, n):
        """Workload C: the sums of `geci policy`, in turn with DuckDB. A line, and whether all agree."""
        folder = self.folder(n)
        with open(os.path.join(folder, "sixty.md"), "w") as f:
            subprocess.run([PYTHON, os.path.join(HERE, "peers", "sqlgen.py"), "duckdb", "doc"],
                           stdout=f, check=True)
        mine = [os.path.join(self.a.bin, "bench_entitle"), folder, "9"]
        out = [os.path.join(folder, "sums.%s.csv" % name) for name in ("geci", "duckdb")]
        cpu = {"geci": [], "duckdb": []}
        for r in range(ROUNDS + 1):
            told = run(mine + ([out[0]] if r == 0 else []), self.env)
            peer = run(self.command("duckdb", n, "C", 3) + (["--out", out[1]] if r == 0 else []),
                       self.env)
            if "error" in told or "error" in peer:
                return "policies: " + (told.get("error") or peer["error"]), False
            cpu["geci"] += told["cpu_s"]
            cpu["duckdb"] += peer["cpu_s"]
        agree = subprocess.run([os.path.join(self.a.bin, "bench_compare")] + out).returncode == 0
        one, other = (statistics.median(cpu[name]) for name in ("geci", "duckdb"))
        return ("policies: C, %d firms x 60 policies of a document, CPU medians: geci %.4f s, duckdb "
                "%.4f s, duckdb/geci %.2f; sums %s") % (
            n, one, other, other / one, "agree" if agree else "DIFFER"), agree

    # ---- what it says ----

    def cpu(self, n, w, name):
        e = self.seen.get((n, w, name), {})
        return statistics.median(e["cpu_s"]) if e.get("cpu_s") else None

    def table(self):
        yield ("| workload | N | contender | threads | runs | wall median s | min..max s "
               "| CPU median s | min..max s | us CPU/row | x C | load s | peak MB | agrees |")
        yield "|---" * 14 + "|"
        for (n, w, name), e in self.seen.items():
            threads = self.contenders[name].threads
            if not e["cpu_s"]:
                yield "| %s | %d | %s | %d | 0 | %s |%s" % (
                    w, n, name, threads, e.get("error", ""), " |" * 8)
                continue
            cpu = self.cpu(n, w, name)
            base = self.cpu(n, w, "c")
            yield ("| %s | %d | %s | %d | %d | %.4g | %.4g..%.4g | %.4g | %.4g..%.4g | %.4g | %.3g "
                   "| %.3g | %.0f | %s |") % (
                w, n, e["peer"], threads, len(e["cpu_s"]), statistics.median(e["wall_s"]),
                min(e["wall_s"]), max(e["wall_s"]), cpu, min(e["cpu_s"]), max(e["cpu_s"]),
                cpu / n * 1e6, cpu / base, statistics.median(e["load_s"]), e["mb"],
                "yes" if e.get("agrees") else "NO")

    def gains(self, n, one, two):
        """What two threads gain by the clock, and the CPU time they take, times that of one."""
        for w in "AB":
            x, y = (self.seen.get((n, w, name), {}).get("wall_s") for name in (one, two))
            if x and y:
                yield "%s %.2f (CPU %.2f)" % (w, statistics.median(x) / statistics.median(y),
                                              self.cpu(n, w, two) / self.cpu(n, w, one))

    def threads_lines(self, n):
        """C by hand is the control: where it gains nothing either, the machine has none to give."""
        for what, one, two in (("geci", "geci", "geci2"), ("C by hand", "c", "c2")):
            gains = ", ".join(self.gains(n, one, two))
            if gains:
                yield "threads: %s with 2, by the clock, N=%d: %s" % (what, n, gains)
        paper = ["%s %.2f" % (w, statistics.median(e["gain"])) for w in "AB"
                 for e in [self.seen.get((n, w, "geci2"), {})] if e.get("gain")]
        if paper:
            yield ("threads: geci on paper, a run's parts dealt to 2 by the CPU time each takes: %s"
                   % ", ".join(paper))

    def exponent(self, w, name):
        points = [(math.log(n), math.log(self.cpu(n, w, name))) for n in self.a.sizes
                  if self.cpu(n, w, name)]
        if len(points) < 2:
            return None
        mx, my = (statistics.mean(p[i] for p in points) for i in (0, 1))
        return (sum((x - mx) * (y - my) for x, y in points) / sum((x - mx) ** 2 for x, _ in points))

    def scaling_lines(self):
        if len(self.a.sizes) < 2:
            return
        for w in "AB":
            found = [(name, self.exponent(w, name)) for name in self.contenders]
            yield "scaling: N=%d..%d, %s CPU grows as N to the power of: %s" % (
                min(self.a.sizes), max(self.a.sizes), w,
                ", ".join("%s %.3f" % x for x in found if x[1] is not None))

    def count_lines(self, n):
        """What a pass over the file costs here and now: CPU seconds of wc."""
        before = os.times()
        subprocess.run(["wc", "-l", os.path.join(self.folder(n), "data.csv")], capture_output=True)
        after = os.times()
        self.counted += [after[2] + after[3] - before[2] - before[3]]

    def loading_line(self, n):
        mb = os.path.getsize(os.path.join(self.folder(n), "data.csv")) / 1e6
        rates = []
        for name, key, what in (("geci", "load_cpu_s", "of CPU time"),
                                ("geci", "load_s", "by the clock"),
                                ("c", "load_cpu_s", "C by hand of CPU time")):
            s = [s for w in "AB" for s in self.seen.get((n, w, name), {}).get(key, [])]
            if s:
                rates.append("%.0f (at best %.0f) MB/s %s" % (
                    mb / statistics.median(s), mb / min(s), what))
        rates.append("wc -l %.0f MB/s" % (mb / max(statistics.median(self.counted), 1e-3)))
        return "loading: geci reads CSV, N=%d, %.1f MB, at %s" % (n, mb, ", ".join(rates))

    def last_line(self, n):
        def ratio(w, a, b):
            x, y = self.cpu(n, w, a), self.cpu(n, w, b)
            return "%.2f" % (x / y) if x and y else "-"
        return " | ".join("%s geci/C %s duckdb/geci %s" % (
            w, ratio(w, "geci", "c"), ratio(w, "duckdb", "geci")) for w in "AB")


def machine():
    with open("/proc/cpuinfo") as f:
        models = [line.split(":", 1)[1].strip() for line in f if line.startswith("model name")]
    return "%s, %d processors, %s; load average %.1f at the start" % (
        (models or [platform.machine()])[0], os.cpu_count(), platform.system(), os.getloadavg()[0])


def main():
    a = arguments()
    bench = Bench(a)
    head = ["# Results", "",
            "Written by `make bench` on %s. %s." % (datetime.date.today(), machine()),
            "CPU seconds are of all threads; `x C` compares CPU medians with C by hand.", ""]
    began = time.time()
    for n in a.sizes:
        bench.measure(n)
        print("bench: N=%d done after %.0f s" % (n, time.time() - began), flush=True)
    top = max(a.sizes)
    policies, agree = (bench.policies_line(min(top, POLICY_FIRMS))
                       if "duckdb" in bench.contenders else ("policies: no duckdb beside geci", True))
    tail = [*bench.threads_lines(top), *bench.scaling_lines(), bench.loading_line(top), policies,
            bench.last_line(top)]
    table = list(bench.table())
    path = os.path.join(a.work, "RESULTS.md")
    with open(path, "w") as f:
        f.write("\n".join(head + table + [""] + ["- " + line for line in tail]) + "\n")
    print("\n".join(table))
    print("bench: the same in " + path)
    print("\n".join(tail))
    wrong = [k for k, e in bench.seen.items() if "error" in e or not e.get("agrees")]
    return 1 if wrong or not agree else 0


sys.exit(main())
