// Time and memory of planning a group of 200,000 members with 1 % change (design.md §7): node bench/plan.ts
import { planFull, planIncremental } from '../src/cloudsync/plan.ts';

const size = 200_000;
const changed = size / 100;
const id = (n: number) =>
  `${n.toString(16).padStart(8, '0')}-0000-4000-8000-${n.toString(16).padStart(12, '0')}`;
const entry = { wanted: 'in', state: 'done', maybeIn: false, recent: false, attempts: 0 } as const;

const wanted = Array.from({ length: size }, (_, n) => ({ objectId: id(n + changed), resourceId: n, entry }));
const actual = new Set(Array.from({ length: size }, (_, n) => id(n)));
const unwanted = Array.from({ length: changed }, (_, n) => ({ objectId: id(n), resourceId: n, entry }));
const touched = Array.from({ length: changed }, (_, n) => ({
  objectId: id(n),
  resourceId: n,
  wantedNow: n % 2 === 0,
  by: 'membership' as const,
  exists: true,
  entry,
}));

measure('full plan, 200,000 members, 1 % in and 1 % out', () => planFull(wanted, unwanted, actual));
measure('incremental plan, 2,000 changes', () => planIncremental(touched));

function measure(what: string, work: () => { additions: unknown[]; removals: unknown[] }) {
  const before = process.memoryUsage().heapUsed;
  const start = performance.now();
  const plan = work();
  const ms = (performance.now() - start).toFixed(0);
  const heap = ((process.memoryUsage().heapUsed - before) / 2 ** 20).toFixed(0);
  console.log(`${what}: ${ms} ms, ${heap} MiB; ${plan.additions.length} in, ${plan.removals.length} out`);
}
