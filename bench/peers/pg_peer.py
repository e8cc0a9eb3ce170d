"""PostgreSQL in a private cluster under the temporary folder: unlogged tables, 2 GB of work_mem, no
TCP port. --threads counts the leader and its parallel workers. The server refuses to be root: then
it runs as `postgres`, or as `nobody` where there is no such user."""
import glob
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time

import psycopg2

import common
import sqlgen

TICK = os.sysconf("SC_CLK_TCK")
BIN = (sorted(glob.glob("/usr/lib/postgresql/*/bin")) or [""])[-1]  # Debian's layout


def server_user():
    if os.getuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            pass
    sys.exit("pg: root cannot run the server, and there is neither postgres nor nobody")


USER = server_user()


def become():
    if USER is not None:
        os.setgid(USER.pw_gid)
        os.setgroups([USER.pw_gid])
        os.setuid(USER.pw_uid)


def start(folder, threads):
    data = folder + "/data"
    subprocess.run([BIN + "/initdb", "-D", data, "-A", "trust", "-U", "bench", "--no-locale", "-E",
                    "UTF8"], check=True, stdout=subprocess.DEVNULL, cwd=folder, preexec_fn=become)
    options = dict(
        listen_addresses="", unix_socket_directories=folder, shared_buffers="3GB", work_mem="2GB",
        maintenance_work_mem="1GB", fsync="off", max_wal_size="8GB", autovacuum="off", jit="off",
        max_parallel_workers_per_gather=threads - 1, max_parallel_workers=threads - 1,
        min_parallel_table_scan_size="1MB", parallel_setup_cost=10, parallel_tuple_cost=0.001)
    words = [w for k, v in options.items() for w in ("-c", "%s=%s" % (k, v))]
    return subprocess.Popen([BIN + "/postgres", "-D", data] + words, stderr=subprocess.DEVNULL,
                            cwd=folder, preexec_fn=become)


def connect(folder, server):
    for _ in range(100):
        if server.poll() is not None:
            break
        try:
            return psycopg2.connect(host=folder, user="bench", dbname="postgres")
        except psycopg2.OperationalError:
            time.sleep(0.1)
    sys.exit("pg: the server does not start")


def stat(pid):
    with open("/proc/%d/stat" % pid) as f:
        return [int(x) for x in f.read().rsplit(")", 1)[1].split()[1:]]


def measure(a, link, server):
    c = link.cursor()

    def load():
        c.execute(sqlgen.ddl("pg"))
        with open(a.csv) as f:
            c.copy_expert("copy e from stdin with (format csv, header, null '')", f)
        c.execute("analyze e")

    def emit():
        with open(a.out, "w") as f:
            c.copy_expert("copy (select * from res order by id) to stdout (format csv, header)", f)

    def cpu():
        """Our backend, and the parallel workers that have ended: children of the server."""
        time.sleep(0.02)
        backend, master = stat(link.info.backend_pid), stat(server.pid)
        return (sum(backend[10:12]) + sum(master[12:14])) / TICK

    load_s, _ = common.timed(load)
    c.execute("select count(*) from e")
    n = c.fetchone()[0]
    query = sqlgen.score("pg") if a.workload == "A" else sqlgen.policy("pg")
    wall, busy, _ = common.repeat(a, lambda: c.execute("create unlogged table res as " + query),
                                  lambda: c.execute("drop table if exists res"), cpu)
    emit_s = common.timed(emit)[0] if a.out else None
    c.execute("show server_version")
    name = "postgresql " + c.fetchone()[0].split()[0]
    common.report(name, a, n, load_s, wall, busy, emit_s)


def main():
    a = common.arguments()
    folder = tempfile.mkdtemp(prefix="gecibench")
    if USER is not None:
        os.chown(folder, USER.pw_uid, USER.pw_gid)
    server = None
    try:
        server = start(folder, a.threads)
        link = connect(folder, server)
        link.autocommit = True
        measure(a, link, server)
        link.close()
    finally:
        if server is not None:
            server.send_signal(signal.SIGINT)  # fast shutdown
            server.wait()
        shutil.rmtree(folder)


main()
