// Plans a large group with 1 % change, from a store with its collection, its ledger and a reading of the group.
import { sql } from 'kysely';
import { emptyPlan, type Plan, planObject, planTouched } from '../src/cloudsync/plan.ts';
import { eachDifference } from '../src/cloudsync/run/differences.ts';
import { eachTouched } from '../src/cloudsync/run/reading.ts';
import { loadTarget } from '../src/cloudsync/targets.ts';
import { measure, progress, tell, under } from './report.ts';
import { openLargeGroup } from './site/large-group.ts';
import { inFolder, sizeGiven } from './surroundings.ts';

const size = sizeGiven();
const changed = Math.ceil(size / 100);

await inFolder(async folder => {
  const store = await openLargeGroup(folder, '11111111-1111-4111-8111-111111111111', size);
  const { db } = store;
  progress('filling ledger and reading');
  await sql`insert into group_reading (id, target_group_id, began_at) values (1, 1, '')`.execute(db);
  await sql`insert into group_reading_member select 1, object_id, null from entra_object`.execute(db);
  await sql`insert into ledger (target_group_id, object_id, resource_id, wanted, state)
    select 1, object_id, resource_id, 'in', 'done' from entra_identity`.execute(db);
  // 1 % of the members are gone from Entra, 1 % from the collection.
  await sql`delete from group_reading_member where object_id in
    (select object_id from entra_identity where resource_id <= ${changed})`.execute(db);
  await sql`delete from membership where resource_id > ${size - changed}`.execute(db);
  const target = await loadTarget(db, 1);
  if (!target) throw new Error('The store lacks its group.');
  await run('full plan, 1 % in and 1 % out', async () => {
    const plan = emptyPlan();
    await eachDifference(store, target, 1, new Date(), object => planObject(plan, object));
    return plan;
  });
  await sql`insert into membership_change (collection_num, resource_id, change, at)
    select 100, resource_id, -1, '' from entra_identity where resource_id > ${size - changed}`.execute(db);
  await run('incremental plan, 1 % out', async () => {
    const plan = emptyPlan();
    await eachTouched(store, target, new Date(), false, object => planTouched(plan, object));
    return plan;
  });
  await store.close();
});

async function run(what: string, plan: () => Promise<Plan>): Promise<void> {
  const measured = await measure(what, plan);
  const { additions, removals } = measured.result;
  tell(what, [size, 'members'], measured, {
    note: `${additions.length} in, ${removals.length} out`,
    figures: [under(measured.seconds, 1, 's')],
  });
}
