"""Both workloads as SQL for duckdb, pg and sqlite. Usage: sqlgen.py DIALECT ddl|A|B

Each engine gets the form of workload A that was measured to be its faster one: places over all
columns in one select (pg), or one narrow query of (id, place) per indicator, joined on id.
"""
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
import spec  # noqa: E402


def number(x):
    return repr(float(x))


def ddl(d):
    real = {"pg": "double precision", "duckdb": "double", "sqlite": "real"}[d]
    columns = ["%s integer" % c for c in ["id"] + spec.CODES]
    columns += ["%s %s" % (c, real) for c in spec.INDICATORS]
    return "create %stable e (%s)" % ("unlogged " if d == "pg" else "", ", ".join(columns))


def of_method(method):
    return [i for i in spec.INDICATORS if spec.METHODS[i] == method]


# ---- the quantiles of each stage: a query q(stage, lo_i.., hi_i..) ----

def sqlite_quantile(q):
    """SQLite has none: the neighbours of (n - 1) q by row number."""
    at = "cast((n-1)*%s as integer)" % q
    value = "max(case when rn = %s then v end)"
    return "{lo} + ((n-1)*{q} - {at}) * ({hi} - {lo})".format(
        q=q, at=at, lo=value % at, hi=value % ("min(n-1, %s+1)" % at))


def quantiles_sqlite(columns):
    lo, hi = (sqlite_quantile(number(q)) for q in spec.QUANTILES)
    parts = []
    for c in columns:
        parts.append("r_{c} as (select stage, {c} v, count(*) over (partition by stage) n,"
                     " row_number() over (partition by stage order by {c}) - 1 rn"
                     " from e where {c} is not null)".format(c=c))
        parts.append("q_%s as (select stage, %s lo, %s hi from r_%s group by stage)"
                     % (c, lo, hi, c))
    values = ", ".join("q_{c}.lo lo_{c}, q_{c}.hi hi_{c}".format(c=c) for c in columns)
    joins = " ".join("left join q_{c} on q_{c}.stage = s.stage".format(c=c) for c in columns)
    parts.append("q as (select s.stage, %s from (select distinct stage from e) s %s)"
                 % (values, joins))
    return ", ".join(parts)


def quantiles_arrays(d, columns):
    shares = ", ".join(number(q) + ("::double" if d == "duckdb" else "") for q in spec.QUANTILES)
    form = {"pg": "percentile_cont(array[{q}]::double precision[]) within group (order by {c})",
            "duckdb": "quantile_cont({c}, [{q}])"}[d] + " a_{c}"
    arrays = ", ".join(form.format(c=c, q=shares) for c in columns)
    values = ", ".join("a_{c}[1] lo_{c}, a_{c}[2] hi_{c}".format(c=c) for c in columns)
    return ("q0 as (select stage, %s from e group by stage), q as (select stage, %s from q0)"
            % (arrays, values))


# ---- fractions of an indicator ----

def bands(c):
    xs, ps = spec.BANDS[c]
    text = "case when {c} is null then 0.0 when {c} <= {x} then {p}".format(
        c=c, x=number(xs[0]), p=number(ps[0]))
    for a, b, p, q in zip(xs, xs[1:], ps, ps[1:]):
        text += " when %s < %s then %s + (%s - %s) * %s / %s" % (
            c, number(b), number(p), c, number(a), number(q - p), number(b - a))
    return text + " else %s end" % number(ps[-1])


def fraction(c, narrow):
    if spec.METHODS[c] == "bands":
        return bands(c)
    if spec.METHODS[c] == "minmax":
        return ("case when {c} is null or hi_{c} <= lo_{c} or {c} <= lo_{c} then 0.0"
                " when {c} >= hi_{c} then 1.0"
                " else ({c} - lo_{c}) / (hi_{c} - lo_{c}) end").format(c=c)
    if narrow:
        return "coalesce(r_%s.f, 0.0)" % c
    return ("case when {c} is null then 0.0 else percent_rank() over (partition by industry,"
            " e.stage, {c} is null order by {c}) end").format(c=c)


def weight(d, k):
    text = "(case stage when 1 then %s when 2 then %s else %s end)" % tuple(
        number(spec.WEIGHTS[s][k]) for s in (1, 2, 3))
    return "%s::double precision" % text if d == "pg" else text


def score(d):
    narrow = d != "pg"
    minmax = of_method("minmax")
    ctes = [quantiles_sqlite(minmax) if d == "sqlite" else quantiles_arrays(d, minmax)]
    joins = ""
    for c in of_method("percentile") if narrow else []:
        ctes.append("r_{c} as (select id, percent_rank() over (partition by industry, stage"
                    " order by {c}) f from e where {c} is not null)".format(c=c))
        joins += " left join r_{c} on r_{c}.id = e.id".format(c=c)
    ps = ["p" + c[1:] for c in spec.INDICATORS]
    source = "e join q on e.stage = q.stage" + joins
    ctes.append("s as (select e.id id, town, e.stage stage, %s from %s)" % (
        ", ".join("%s f%s" % (fraction(c, narrow), c[1:]) for c in spec.INDICATORS), source))
    ctes.append("p as (select id, town, %s from s)" % ", ".join(
        "f%s * %s %s" % (p[1:], weight(d, k), p) for k, p in enumerate(ps)))
    ctes.append("t as (select *, %s from p)" % ", ".join(
        "%s %s" % (" + ".join("p" + c[1:] for c in of), g) for g, of in spec.GROUPS.items()))
    t4 = "(g1 + g2 + g3) * 10000.0 + 0.5"
    t4 = "cast(%s as integer)" % t4 if d == "sqlite" else "floor(%s)" % t4
    ctes.append("u as (select *, g1 + g2 + g3 total, %s t4 from t)" % t4)
    grades = " ".join("when t4 >= %s then '%s'" % (number(x * 1e4), g) for g, x in spec.GRADES[:-1])
    return ("with %s\nselect id, %s, g1, g2, g3, total, case %s else '%s' end grade,"
            " rank() over (partition by town order by t4 desc) rank from u") % (
        ",\n".join(ctes), ", ".join(ps), grades, spec.GRADES[-1][0])


# ---- policies ----

def amount(d, p):
    least, most = ("min", "max") if d == "sqlite" else ("least", "greatest")
    if p["kind"] == "table":
        rows = " ".join("when %d then %s" % (j, number(x)) for j, x in enumerate(p["table"]))
        text = "case lvl %s else 0.0 end" % rows
    else:
        base = p["base"]
        if p["kind"] == "over":
            base = "%s(0.0, %s - %s)" % (most, base, number(p["over"]))
        text = "%s(%s, %s * %s)" % (least, number(p["cap"]), number(p["rate"]), base)
    return "(%s)::double precision" % text if d == "pg" else text


def award(d, p):
    when = ["%s %s %s" % (c, op, int(x) if c in spec.CODES else number(x))
            for c, op, x in p["when"]]
    if p["kind"] != "table":
        when.append("%s is not null" % p["base"])
    return "case when %s then %s else 0.0 end" % (" and ".join(when), amount(d, p))


def winner(group, numbers):
    tests = " ".join("when s%02d = a%02d then %d" % (k, group, k) for k in numbers[:-1])
    return "case when a%02d <= 0 then 0 %s else %d end" % (group, tests, numbers[-1])


def policy(d, policies=spec.POLICIES, cap=spec.TOTAL_CAP, totals=False):
    least, most = ("min", "max") if d == "sqlite" else ("least", "greatest")
    groups = {}
    for k, p in enumerate(policies, 1):
        groups.setdefault(p["group"], []).append(k)
    names = ["a%02d" % g for g in groups]
    awards = ", ".join("%s s%02d" % (award(d, p), k) for k, p in enumerate(policies, 1))
    best = ", ".join("%s(%s) a%02d" % (most, ", ".join("s%02d" % k for k in ks), g)
                     for g, ks in groups.items())
    won = ", ".join("%s w%02d" % (winner(g, ks), g) for g, ks in groups.items())
    if totals:
        return ("with s as (select id, %s from e),\na as (select id, %s from s)\n"
                "select id, %s(%s, %s) total from a") % (
            awards, best, least, number(cap), " + ".join(names))
    return ("with s as (select id, %s from e),\na as (select *, %s from s)\n"
            "select id, %s, %s, %s(%s, %s) total from a") % (
        awards, best, ", ".join(names), won, least, number(cap), " + ".join(names))


def document():
    """Workload C as rules: the columns by their own names, money in ten thousands of yuan."""
    places = {"i07": 2, "i04": 0, "i12": 0, "i13": 0, "i16": 0, "i18": 0}
    out = ["# sixty benefits", "- status: example", "- from: 2026-01-01", "- id: id", "",
           "## Fields", "", "| name | type | decimals | blank |", "|---|---|---|---|"]
    out += ["| %s | number | 0 | |" % c for c in spec.CODES]
    out += ["| %s | number | %d | zero |" % (i, places.get(i, 4)) for i in spec.INDICATORS]
    plain = lambda x: repr(x).rstrip("0").rstrip(".") if "." in repr(x) else repr(x)
    for k, p in enumerate(spec.SIXTY, 1):
        when = " and ".join("%s %s %s" % (c, op, plain(round(x, 9))) for c, op, x in p["when"])
        out += ["", "## Policy s%02d" % k, "- when: " + when, "- group: g%02d" % p["group"],
                "- stacking: highest_only"]
        if p["kind"] == "table":
            out += ["", "| lvl | s%02d |" % k, "|---|---|"]
            tests = ["< 1", "[1, 2)", "[2, 3)", "[3, 4)", ">= 4"]
            out += ["| %s | %s万元 |" % (t, plain(x)) for t, x in zip(tests, p["table"])]
            continue
        base = p["base"] if p["kind"] == "rate" else "max(0, %s - %s)" % (p["base"], plain(p["over"]))
        out += ["- amount: %s * %s * 1万元" % (base, plain(round(p["rate"], 9))),
                "- cap: %s万元" % plain(p["cap"])]
    return "\n".join(out + ["", "## Stacking all", "- cap: %s万元" % plain(spec.SIXTY_CAP)])


if __name__ == "__main__":
    dialect, what = sys.argv[1:3]
    if what == "doc":
        print(document())
    elif what == "C":
        print(policy(dialect, spec.SIXTY, spec.SIXTY_CAP, totals=True))
    else:
        print(ddl(dialect) if what == "ddl" else score(dialect) if what == "A" else policy(dialect))
