// DuckDB in memory through its npm binding; --threads sets the number of its workers.
// BENCH_MODULES is the folder whose node_modules holds @duckdb/node-api.
import path from 'node:path';
import { createRequire } from 'node:module';
import { execFileSync } from 'node:child_process';

const here = path.dirname(new URL(import.meta.url).pathname);
const a = { runs: 5, threads: 1 };
for (let i = 2; i < process.argv.length; i += 2) a[process.argv[i].slice(2)] = process.argv[i + 1];
const modules = path.resolve(process.env.BENCH_MODULES);
const { DuckDBInstance, version } = createRequire(path.join(modules, 'x.js'))('@duckdb/node-api');
const sql = (what) => execFileSync(process.env.BENCH_PYTHON || 'python3',
  [path.join(here, 'sqlgen.py'), 'duckdb', what], { encoding: 'utf8' });
const now = () => performance.now() / 1e3;
const timed = async (f) => { const t = now(); await f(); return now() - t; };

const db = await DuckDBInstance.create(':memory:',
  { threads: String(a.threads), memory_limit: '8GB' });
const c = await db.connect();
const create = sql('ddl'), query = sql(a.workload);
const load_s = await timed(async () => {
  await c.run(create);
  await c.run(`copy e from '${path.resolve(a.data, 'data.csv')}' (header, nullstr '')`);
});
const n = Number((await c.runAndReadAll('select count(*) from e')).getRows()[0][0]);
const wall_s = [], cpu_s = [];
for (let k = 0; k < +a.runs; k++) {
  await c.run('drop table if exists res');
  const before = process.cpuUsage();
  wall_s.push(await timed(() => c.run('create table res as ' + query)));
  const used = process.cpuUsage(before);
  cpu_s.push((used.user + used.system) / 1e6);
}
const emit_s = a.out
  ? await timed(() => c.run(`copy (select * from res order by id) to '${a.out}' (header)`)) : null;
console.log(JSON.stringify({ peer: 'duckdb ' + version(), threads: +a.threads, workload: a.workload,
  n, load_s, wall_s, cpu_s, emit_s }));
