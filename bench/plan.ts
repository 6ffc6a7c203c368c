// Plans a group with 1 % change.
import { type Plan, planFull, planIncremental } from '../src/cloudsync/plan.ts';
import { measure, tell, under } from './report.ts';
import { objectId } from './site/object-id.ts';
import { sizeGiven } from './surroundings.ts';

const size = sizeGiven();
const changed = Math.ceil(size / 100);
const entry = { wanted: 'in', state: 'done', maybeIn: false, recent: false, attempts: 0 } as const;

const wanted = Array.from({ length: size }, (_, n) => ({
  objectId: objectId(n + changed),
  resourceId: n,
  entry,
}));
const actual = new Set(Array.from({ length: size }, (_, n) => objectId(n)));
const unwanted = Array.from({ length: changed }, (_, n) => ({ objectId: objectId(n), resourceId: n, entry }));
const touched = Array.from({ length: changed }, (_, n) => ({
  objectId: objectId(n),
  resourceId: n,
  wantedNow: n % 2 === 0,
  by: 'membership' as const,
  exists: true,
  entry,
}));

await run('full plan, 1 % in and 1 % out', () => planFull(wanted, unwanted, actual));
await run('incremental plan, 1 % changed', () => planIncremental(touched));

async function run(what: string, plan: () => Plan): Promise<void> {
  const measured = await measure(what, plan);
  const { additions, removals } = measured.result;
  tell(what, [size, 'members'], measured, {
    note: `${additions.length} in, ${removals.length} out`,
    figures: [under(measured.seconds, 1, 's')],
  });
}
