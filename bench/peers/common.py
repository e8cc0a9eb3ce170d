"""What the contenders written in Python share: arguments, clocks, the line of JSON."""
import argparse
import json
import os
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))

HEAD = {
    "A": ["id"] + ["p%02d" % k for k in range(1, 19)]
    + ["g1", "g2", "g3", "total", "grade", "rank"],
    "B": ["id"] + ["a%02d" % k for k in range(1, 11)] + ["w%02d" % k for k in range(1, 11)]
    + ["total"],
}


def arguments():
    a = argparse.ArgumentParser()
    a.add_argument("--data", required=True)
    a.add_argument("--workload", choices="AB", required=True)
    a.add_argument("--runs", type=int, default=5)
    a.add_argument("--threads", type=int, default=1)
    a.add_argument("--out")
    a = a.parse_args()
    a.csv = os.path.abspath(os.path.join(a.data, "data.csv"))
    return a


def timed(f):
    """Seconds, and what f returned."""
    start = time.perf_counter()
    result = f()
    return time.perf_counter() - start, result


def repeat(a, f, before=lambda: None, cpu=time.process_time):
    """Runs f a.runs times: wall seconds, CPU seconds of all threads, the last result."""
    wall, busy, result = [], [], None
    for _ in range(a.runs):
        before()
        start = cpu()
        seconds, result = timed(f)
        wall.append(seconds)
        busy.append(cpu() - start)
    return wall, busy, result


def report(peer, a, n, load, wall, busy, emit):
    print(json.dumps(dict(peer=peer, threads=a.threads, workload=a.workload, n=n, load_s=load,
                          wall_s=wall, cpu_s=busy, emit_s=emit)))
