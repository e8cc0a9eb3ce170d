#!/usr/bin/env python3
"""The two workloads as tables, for the peers; for ref.c as C:

    python3 bench/spec.py | clang-format-14 >bench/spec.h

The rule documents beside this file say the same and were written by people: who changes a number
here changes it there. The runner compares all results.
"""

CODES = ["town", "stage", "industry", "ht", "lvl", "age"]
INDICATORS = ["i%02d" % i for i in range(1, 19)]

# Workload A. percentile: place among the peers (same industry and stage); bands: linear between
# (x, p) and constant outside; minmax: between the 5 % and 95 % quantiles of the stage.
METHODS = dict(zip(INDICATORS, """percentile bands bands percentile bands minmax
    percentile percentile bands percentile minmax minmax
    bands minmax minmax bands percentile minmax""".split()))
BANDS = {
    "i02": ([-0.2, 0.0, 0.1, 0.2, 0.4], [0.0, 0.2, 0.5, 0.8, 1.0]),
    "i03": ([0.0, 0.03, 0.04, 0.05, 0.1], [0.0, 0.3, 0.45, 0.6, 1.0]),
    "i05": ([0.0, 0.1, 0.2, 0.3, 0.5], [0.0, 0.25, 0.5, 0.75, 1.0]),
    "i09": ([0.0, 0.3, 0.6, 0.8, 0.95], [0.0, 0.1, 0.5, 0.8, 1.0]),
    "i13": ([0.0, 1.0, 2.0, 3.0, 5.0], [0.0, 0.4, 0.6, 0.8, 1.0]),
    "i16": ([0.0, 1.0, 3.0, 6.0, 10.0], [0.0, 0.2, 0.5, 0.8, 1.0]),
}
QUANTILES = [0.05, 0.95]
WEIGHTS = {  # by stage
    1: [9, 5, 8, 7, 6, 5, 4, 6, 5, 5, 3, 4, 8, 9, 4, 5, 4, 3],
    2: [8, 7, 8, 6, 5, 6, 6, 7, 6, 5, 5, 3, 6, 6, 4, 5, 4, 3],
    3: [8, 6, 9, 6, 4, 7, 8, 6, 7, 6, 6, 3, 4, 3, 5, 5, 4, 3],
}
GROUPS = {"g1": INDICATORS[:6], "g2": INDICATORS[6:12], "g3": INDICATORS[12:]}
GRADES = [("S", 62.0), ("A", 52.0), ("B", 42.0), ("C", 32.0), ("D", None)]

# Workload B: group | conditions | amount, which is a value by lvl or
# min(cap, rate x max(0, base - over)).
TOTAL_CAP = 500.0
POLICIES = []
for line in """
 1 | i01 >= 100                   | over i01 0 rate 0.05 cap 50
 1 | ht = 1 and i03 >= 0.03       | over i01 0 rate 0.08 cap 80
 1 | stage = 1 and i03 >= 0.05    | over i01 0 rate 0.1 cap 60
 2 | i06 > 0                      | over i06 0 rate 0.1 cap 50
 2 | i06 >= 1000 and ht = 1       | over i06 0 rate 0.25 cap 500
 2 | i06 >= 200 and age <= 5      | over i06 0 rate 0.15 cap 100
 3 | lvl >= 1                     | table 0 5 10 25 50
 3 | lvl >= 2 and i05 >= 0.2      | table 0 5 15 30 60
 3 | lvl >= 3 and i12 >= 100      | table 0 5 10 40 80
 4 | ht = 1 and age <= 3          | table 20 20 20 25 30
 4 | ht = 1                       | table 10 10 15 15 20
 4 | ht = 0 and i04 >= 5          | table 5 5 5 8 8
 5 | i14 >= 500                   | over i14 0 rate 0.02 cap 100
 5 | i14 >= 2000 and stage <= 2   | over i14 0 rate 0.03 cap 200
 5 | i17 >= 300                   | over i17 0 rate 0.05 cap 30
 6 | i02 >= 0.1                   | over i01 300 rate 0.1 cap 100
 6 | i02 >= 0.2 and ht = 1        | over i01 500 rate 0.2 cap 200
 6 | i08 >= 0.3                   | over i07 10000 rate 0.005 cap 50
 7 | i16 >= 3                     | over i16 0 rate 1 cap 15
 7 | i16 >= 1 and ht = 0          | over i16 0 rate 0.5 cap 10
 7 | i18 >= 2                     | over i18 0 rate 2 cap 40
 8 | i10 >= 1000                  | over i10 0 rate 0.03 cap 60
 8 | i10 >= 5000 and industry <= 4 | over i10 0 rate 0.04 cap 300
 8 | i10 >= 200 and stage = 1     | over i10 0 rate 0.06 cap 30
 9 | i12 >= 20 and i12 < 300      | over i12 0 rate 0.1 cap 20
 9 | i12 >= 300                   | over i12 0 rate 0.05 cap 40
 9 | i15 >= 0.5 and i05 >= 0.3    | over i12 0 rate 0.2 cap 50
10 | i13 >= 1                     | over i13 0 rate 10 cap 30
10 | i13 >= 2 and town <= 5       | over i13 0 rate 15 cap 60
10 | i09 >= 0.6 and i11 >= 0.1    | over i07 2000 rate 0.01 cap 80
""".strip().splitlines():
    group, when, amount = (part.strip() for part in line.split("|"))
    kind, *words = amount.split()
    policy = dict(group=int(group), kind=kind, over=0.0, rate=0.0, cap=0.0, base="lvl", table=[])
    policy["when"] = [(c, op, float(x)) for c, op, x in map(str.split, when.split(" and "))]
    if kind == "table":
        policy["table"] = [float(x) for x in words]
    else:
        numbers = dict(over=words[1], rate=words[3], cap=words[5])
        policy.update({key: float(x) for key, x in numbers.items()}, base=words[0])
        policy["kind"] = "over" if policy["over"] > 0 else "rate"
    POLICIES.append(policy)


# Workload C: sixty, the thirty and as many that pay half as much again under caps one higher.
def again(p):
    more = dict(p, group=p["group"] + 10, rate=p["rate"] * 1.5, cap=p["cap"] + 1)
    return dict(more, table=[x + 1 for x in p["table"]])


SIXTY = POLICIES + [again(p) for p in POLICIES]
SIXTY_CAP = 1000.0


def column(name):
    return CODES.index(name) if name in CODES else INDICATORS.index(name) + len(CODES)


def array(values, n=0):
    return "{%s}" % ", ".join("%r" % float(x) for x in list(values) + [0.0] * (n - len(values)))


def rows(name, of, pad=0):
    body = "".join("    %s,\n" % (array(x, pad)) for x in of)
    return "static const double %s = {\n%s};\n" % (name, body)


def header():
    nothing = ([0.0] * 5, [0.0] * 5)
    bands = [BANDS.get(i, nothing) for i in INDICATORS]
    short = {"percentile": "PCT", "bands": "BANDS", "minmax": "MINMAX"}
    ops = {">=": "GE", ">": "GT", "<=": "LE", "<": "LT", "=": "EQ"}
    text = "/* spec.h - written by bench/spec.py */\n\nenum method { PCT, BANDS, MINMAX };\n"
    methods = ["    " + ", ".join(short[METHODS[i]] for i in of) for of in GROUPS.values()]
    text += "static const enum method method[18] = {\n%s};\n" % ",\n".join(methods)
    text += rows("band_x[18][5]", [b[0] for b in bands])
    text += rows("band_p[18][5]", [b[1] for b in bands])
    text += rows("weight[3][18]", WEIGHTS.values())
    text += "static const double grade_min[4] = %s;\n" % array([x for _, x in GRADES[:-1]])
    names = ", ".join("'%s'" % g for g, _ in GRADES)
    text += "static const char grade_name[5] = {%s};\n\n" % names
    text += """enum amount { RATE, OVER, TABLE };
enum compare { GE, GT, LE, LT, EQ };
struct condition { /* column 0..5: codes, 6..23: i01..i18 */
    int column;
    enum compare op;
    double than;
};
struct policy {
    int group, when_n;
    struct condition when[2];
    enum amount kind;
    int base;
    double over, rate, cap, table[5];
};
static const struct policy policies[30] = {
"""
    for p in POLICIES:
        when = ", ".join("{%d, %s, %r}" % (column(c), ops[op], x) for c, op, x in p["when"])
        text += "    {%d, %d, {%s}, %s, %d, %r, %r, %r,\n     %s},\n" % (
            p["group"], len(p["when"]), when, p["kind"].upper(), column(p["base"]), p["over"],
            p["rate"], p["cap"], array(p["table"], 5))
    return text + "};\n#define TOTAL_CAP %r\n" % TOTAL_CAP


if __name__ == "__main__":
    print(header(), end="")
