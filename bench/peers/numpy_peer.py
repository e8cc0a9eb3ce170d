"""numpy by hand; CSV is read and written with pandas."""
import numpy as np
import pandas as pd

import common
import spec

OPS = {">=": np.greater_equal, ">": np.greater, "<=": np.less_equal, "<": np.less, "=": np.equal}


def percentile(v, groups):
    f = np.zeros(len(v))
    for rows in groups:
        x = v[rows]
        ok = x == x
        rows, x = rows[ok], x[ok]
        if len(x) > 1:
            f[rows] = np.searchsorted(np.sort(x), x, "left") / (len(x) - 1)
    return f


def minmax(v, stages):
    f = np.zeros(len(v))
    for rows in stages:
        x = v[rows]
        ok = x[x == x]
        if len(ok) == 0:
            continue
        lo, hi = np.quantile(ok, spec.QUANTILES)
        if hi > lo:
            f[rows] = np.nan_to_num((np.clip(x, lo, hi) - lo) / (hi - lo), nan=0.0)
    return f


def grade_and_rank(e, r):
    t4 = np.floor(r["total"] * 1e4 + 0.5)
    names = np.array([g for g, _ in spec.GRADES])
    r["grade"] = names[sum((t4 < x * 1e4).astype(int) for _, x in spec.GRADES[:-1])]
    rank = np.empty(len(t4), np.int64)
    for town in np.unique(e["town"]):
        rows = np.flatnonzero(e["town"] == town)
        x = -t4[rows]
        rank[rows] = np.searchsorted(np.sort(x), x, "left") + 1
    r["rank"] = rank


def score(e):
    peer = (e["stage"].astype(np.int64) - 1) * 8 + e["industry"] - 1
    order = np.argsort(peer, kind="stable")
    cut = np.searchsorted(peer[order], np.arange(25))
    groups = [order[cut[g]:cut[g + 1]] for g in range(24)]
    stages = [np.flatnonzero(e["stage"] == s) for s in (1, 2, 3)]
    weights = np.array([spec.WEIGHTS[s] for s in (1, 2, 3)], float)[e["stage"] - 1]
    r = {}
    for k, i in enumerate(spec.INDICATORS):
        if spec.METHODS[i] == "percentile":
            f = percentile(e[i], groups)
        elif spec.METHODS[i] == "bands":
            f = np.nan_to_num(np.interp(e[i], *spec.BANDS[i]), nan=0.0)
        else:
            f = minmax(e[i], stages)
        r["p" + i[1:]] = f * weights[:, k]
    for g, of in spec.GROUPS.items():
        r[g] = sum(r["p" + i[1:]] for i in of)
    r["total"] = r["g1"] + r["g2"] + r["g3"]
    grade_and_rank(e, r)
    return r


def award(e, p):
    ok = np.ones(len(e["id"]), bool)
    for c, op, x in p["when"]:
        ok &= OPS[op](e[c], x)
    if p["kind"] == "table":
        v = np.array(p["table"])[e["lvl"]]
    else:
        base = e[p["base"]]
        if p["kind"] == "over":
            base = np.maximum(0.0, base - p["over"])
        v = np.minimum(p["cap"], p["rate"] * base)
    return np.where(ok & (v == v), v, 0.0)


def policy(e):
    best, won = {}, {}
    for k, p in enumerate(spec.POLICIES, 1):
        v, g = award(e, p), p["group"]
        if g not in best:
            best[g], won[g] = v, np.where(v > 0, k, 0)
        else:
            better = v > best[g]
            won[g] = np.where(better, k, won[g])
            best[g] = np.where(better, v, best[g])
    r = {"a%02d" % g: v for g, v in best.items()}
    r.update({"w%02d" % g: v for g, v in won.items()})
    r["total"] = np.minimum(spec.TOTAL_CAP, sum(best.values()))
    return r


def load():
    d = pd.read_csv(a.csv)
    codes = ["id"] + spec.CODES
    return {c: d[c].to_numpy(np.int32 if c in codes else np.float64) for c in d.columns}


a = common.arguments()
load_s, data = common.timed(load)
wall, busy, result = common.repeat(a, lambda: (score if a.workload == "A" else policy)(data))
emit_s = None
if a.out:
    table = pd.DataFrame({"id": data["id"], **result})[common.HEAD[a.workload]]
    emit_s, _ = common.timed(lambda: table.to_csv(a.out, index=False))
common.report("numpy " + np.__version__, a, len(data["id"]), load_s, wall, busy, emit_s)
