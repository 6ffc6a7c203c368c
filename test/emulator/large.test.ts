import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { OrderedIds } from '../../emulator/tenant/ordered-ids.ts';
import { start } from './harness.ts';

describe('a set of ids read by pages', () => {
  test('holds what a plain set holds, and a reader misses nobody who was there all along', () => {
    const step = fc.oneof(
      fc.record({ do: fc.constant('add' as const), id: fc.integer({ min: 0, max: 200 }) }),
      fc.record({ do: fc.constant('delete' as const), id: fc.integer({ min: 0, max: 200 }) }),
      fc.record({ do: fc.constant('read' as const), id: fc.integer({ min: 1, max: 30 }) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 400 }), steps => {
        const [ids, plain] = [new OrderedIds(), new Set<string>()];
        for (let n = 0; n < 100; n += 1) {
          ids.add(`${n}`);
          plain.add(`${n}`);
        }
        const throughout = new Set(plain);
        const seen: string[] = [];
        let cursor = 0;
        for (const { do: what, id } of steps) {
          if (what === 'add') {
            expect(ids.add(`${id}`)).toBe(!plain.has(`${id}`));
            plain.add(`${id}`);
          } else if (what === 'delete') {
            expect(ids.delete(`${id}`)).toBe(plain.delete(`${id}`));
            throughout.delete(`${id}`);
          } else {
            for (const entry of ids.after(cursor).take(id)) {
              seen.push(entry.id);
              cursor = entry.cursor;
            }
          }
        }
        for (const entry of ids.after(cursor)) seen.push(entry.id);
        expect([...ids]).toEqual([...plain]);
        expect(ids.size).toBe(plain.size);
        expect(throughout.difference(new Set(seen)).size).toBe(0);
      }),
    );
  });
});

describe('a large tenant', () => {
  test('200,000 devices in one group are read by pages of 999 and by delta', async () => {
    const client = await start({ deltaPageSize: 5000, throttling: false });
    const { tenant } = client.emulator;
    const group = tenant.addGroup();
    for (let n = 0; n < 200_000; n += 1)
      tenant.addMember(group.id, tenant.addDevice({ displayName: `PC-${n}` }).id);
    let members = 0;
    for (let link = `/groups/${group.id}/members?$select=id&$top=999`; link; ) {
      const { body } = await client.graph('GET', link);
      members += body.value.length;
      link = body['@odata.nextLink'];
    }
    expect(members).toBe(200_000);
    const one = await client.graph('GET', "/devices?$filter=displayName eq 'PC-199999'&$select=displayName");
    expect(one.body.value).toEqual([{ displayName: 'PC-199999' }]);
    let found = 0;
    for (let link = '/devices/delta?$select=id'; link; ) {
      const { body } = await client.graph('GET', link);
      found += body.value.length;
      link = body['@odata.nextLink'];
    }
    expect(found).toBe(200_000);
  }, 180_000);
});
