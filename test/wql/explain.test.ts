import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { conditionsOf } from '../../src/collections/wql/index.ts';
import { mustCheck, now } from './support/members.ts';
import { makeSite, type Site } from './support/site.ts';
import { smallClasses, smallResources } from './support/small-site.ts';

let site: Site;
beforeAll(async () => {
  site = await makeSite(smallClasses, smallResources);
});
afterAll(() => site.close());

async function explain(wql: string, resourceId: number) {
  const told = [];
  for (const condition of conditionsOf(mustCheck(site, wql))) {
    const { sql, parameters } = condition.compile({ now, resourceId });
    const [row] = await site.run(sql, parameters);
    told.push([condition.text, row?.met]);
  }
  return told;
}

describe('the conditions of a query', () => {
  const wql = `select r.ResourceID from SMS_R_System r
inner join SMS_G_System_SOFTWARE s on s.ResourceID = r.ResourceID
where (r.Name like 'm%' or r.Client = 0) and s.Version = '16.0' and not r.SystemOUName = 'FABRIKAM'`;

  it('are each asked of one resource', async () => {
    expect(await explain(wql, 1)).toEqual([
      ['s.ResourceID = r.ResourceID', 1],
      ["(r.Name like 'm%' or r.Client = 0)", 1],
      ["s.Version = '16.0'", 1],
      ["not r.SystemOUName = 'FABRIKAM'", 1],
    ]);
    expect(await explain(wql, 2)).toEqual([
      ['s.ResourceID = r.ResourceID', 1],
      ["(r.Name like 'm%' or r.Client = 0)", 1],
      ["s.Version = '16.0'", 0],
      ["not r.SystemOUName = 'FABRIKAM'", 1],
    ]);
    // 3 has no software: that keeps it out, and the conditions on the resource itself are told apart from it.
    expect(await explain(wql, 3)).toEqual([
      ['s.ResourceID = r.ResourceID', null],
      ["(r.Name like 'm%' or r.Client = 0)", null],
      ["s.Version = '16.0'", null],
      ["not r.SystemOUName = 'FABRIKAM'", null],
    ]);
    expect((await explain(wql, 4)).at(-1)).toEqual(["not r.SystemOUName = 'FABRIKAM'", 0]);
  });

  it('say where they stand and what they look at', () => {
    const found = conditionsOf(mustCheck(site, wql)).map(({ kind, line, column, properties }) => ({
      kind,
      line,
      column,
      properties: properties.map(property => `${property.class}.${property.property}`),
    }));
    expect(found).toEqual([
      { kind: 'join', line: 2, column: 39, properties: [] },
      { kind: 'where', line: 3, column: 7, properties: ['SMS_R_System.Name', 'SMS_R_System.Client'] },
      { kind: 'where', line: 3, column: 46, properties: ['SMS_G_System_SOFTWARE.Version'] },
      { kind: 'where', line: 3, column: 69, properties: ['SMS_R_System.SystemOUName'] },
    ]);
  });

  it('are told of outer joins and subselects too', async () => {
    const outer = `select r.ResourceID from SMS_R_System r
      left join SMS_G_System_STATUS t on t.ResourceID = r.ResourceID
      where t.ResourceID is null and r.ResourceID not in (select ResourceID from SMS_R_System where Client = 3)`;
    const texts = [
      't.ResourceID is null',
      'r.ResourceID not in (select ResourceID from SMS_R_System where Client = 3)',
    ];
    expect(await explain(outer, 5)).toEqual([
      [texts[0], 1],
      [texts[1], 0],
    ]);
    expect(await explain(outer, 1)).toEqual([
      [texts[0], 0],
      [texts[1], 1],
    ]);
  });

  it('are told of classes that come in by themselves', async () => {
    const implicit = "select * from SMS_R_System where SMS_G_System_STATUS.Owner = 'ann'";
    expect(await explain(implicit, 4)).toEqual([
      ['SMS_G_System_STATUS.Owner', 1],
      ["SMS_G_System_STATUS.Owner = 'ann'", 0],
    ]);
    expect((await explain(implicit, 3))[0]).toEqual(['SMS_G_System_STATUS.Owner', null]);
  });
});
