import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkWql, type ResourceType } from '../../src/collections/wql/index.ts';
import { members, mustCheck } from './support/members.ts';
import { makeSite, type Site } from './support/site.ts';
import { smallClasses, smallResources } from './support/small-site.ts';

let site: Site;
const known = new Map<string, { num: number; type: ResourceType }>([
  ['SMS00001', { num: 1, type: 'device' }],
  ['XYZ00010', { num: 10, type: 'device' }],
  ['XYZ00011', { num: 11, type: 'device' }],
]);
const context = { collections: (id: string) => known.get(id) };

beforeAll(async () => {
  site = await makeSite(smallClasses, smallResources);
  for (const num of [10, 11]) {
    await site.run(
      `insert into collection (num, id, name, name_key, type, created_at) values (?, ?, ?, ?, 'device', '')`,
      [num, `XYZ000${num}`, `C${num}`, `c${num}`],
    );
  }
  for (const [num, id] of [
    [10, 1],
    [10, 2],
    [11, 2],
    [11, 4],
  ] as const) {
    await site.run('insert into membership values (?, ?)', [num, id]);
  }
  await site.run(
    `insert into collection_rule (collection_num, kind, name, name_key, resource_id)
      values (10, 'direct', 'x', 'x', 2)`,
  );
});
afterAll(() => site.close());

const within = 'select * from SMS_R_System where ResourceID ';

describe('the members of other collections', () => {
  it.each<[string, number[]]>([
    [`${within}in (select ResourceID from SMS_CM_RES_COLL_XYZ00010)`, [1, 2]],
    [`${within}not in (select ResourceID from SMS_CM_RES_COLL_xyz00010)`, [3, 4, 5, 6]],
    [
      `${within}in (select ResourceID from SMS_FullCollectionMembership where CollectionID = 'XYZ00011')`,
      [2, 4],
    ],
    [
      `${within}in (select ResourceID from SMS_CollectionMember_a where CollectionID in ('xyz00010', 'XYZ00011'))`,
      [1, 2, 4],
    ],
    [
      `${within}in (select ResourceID from SMS_FullCollectionMembership where CollectionID like 'XYZ%11')`,
      [2, 4],
    ],
    [`${within}in (select ResourceID from SMS_FullCollectionMembership where CollectionID = 'ABC00001')`, []],
    [
      `${within}in (select ResourceID from SMS_FullCollectionMembership where CollectionID <> 'XYZ00011')`,
      [1, 2],
    ],
    [`${within}in (select m.ResourceID from SMS_CollectionMember m where m.IsDirect = 1)`, [2]],
    [`${within}in (select ResourceID from SMS_CM_RES_COLL_XYZ00010 where Name like 'm%')`, [1]],
    [`${within}in (select ResourceID from SMS_CM_RES_COLL_XYZ00011 where IsClient = 1)`, [4]],
    [
      `select r.ResourceID from SMS_R_System r join SMS_FullCollectionMembership m on m.ResourceID = r.ResourceID
        where m.CollectionID = 'XYZ00010' and r.Client = 0`,
      [2],
    ],
    [
      `select r.ResourceID from SMS_R_System r left join SMS_CM_RES_COLL_XYZ00010 m on m.ResourceID = r.ResourceID
        where m.ResourceID is null`,
      [3, 4, 5, 6],
    ],
    ["select * from SMS_R_System where SMS_FullCollectionMembership.CollectionID = 'XYZ00011'", [2, 4]],
    ['select * from SMS_R_System where SMS_CM_RES_COLL_XYZ00011.ResourceType = 5', [2, 4]],
  ])('%s', async (wql, expected) => {
    expect(await members(site, wql, context)).toEqual(expected);
  });

  it.each<[string, number[], boolean]>([
    [`${within}in (select ResourceID from SMS_CM_RES_COLL_XYZ00010)`, [10], false],
    [
      `${within}in (select ResourceID from SMS_CollectionMember where CollectionID in ('XYZ00010', 'XYZ00011'))`,
      [10, 11],
      false,
    ],
    [`${within}in (select ResourceID from SMS_CollectionMember where CollectionID like 'XYZ%')`, [], true],
    [`${within}in (select ResourceID from SMS_CollectionMember where CollectionID = 'ABC00001')`, [], true],
    ["select * from SMS_R_System where Name = 'a'", [], false],
  ])('are told apart: %s', (wql, readsCollections, readsAnyCollection) => {
    expect(mustCheck(site, wql, context)).toMatchObject({
      readsCollections,
      readsAnyCollection,
      ownRowsOnly: true,
    });
  });

  it('are read by name where only a subselect gives it: a renamed member may change who else is found', () => {
    const names = 'select Name from SMS_CM_RES_COLL_XYZ00010 where IsDirect = 1';
    const wql = `select * from SMS_R_System where SystemOUName in (${names})`;
    expect(mustCheck(site, wql, context).reads).toEqual(['sms_r_system.name', 'sms_r_system.systemouname']);
  });

  it('can not be those of a collection that does not exist', () => {
    const [error] = checkWql(
      `${within}in (select ResourceID from SMS_CM_RES_COLL_ABC00001)`,
      site.catalogue,
      context,
    ) as Error[];
    expect(error?.message).toBe('There is no collection ABC00001.');
  });
});
