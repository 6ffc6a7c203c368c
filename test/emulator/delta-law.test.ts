import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Client, start } from './harness.ts';

// Whatever happens in the tenant while somebody reads, and wherever the reader stands: once nothing changes any more,
// one further round leaves it with what is there.

type Step =
  | { do: 'create' | 'rename' | 'delete' | 'join' | 'leave'; which: number }
  | { do: 'read'; pages: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    do: fc.constantFrom('create', 'rename', 'delete', 'join', 'leave'),
    which: fc.nat(30),
  }),
  fc.record({ do: fc.constant('read' as const), pages: fc.integer({ min: 1, max: 3 }) }),
);

interface Told {
  id: string;
  displayName?: string;
  '@removed'?: unknown;
  'members@delta'?: { id: string; '@removed'?: unknown }[];
}

/** Follows a delta query a page at a time and keeps what it is told. */
class Reader {
  readonly names = new Map<string, string>();
  readonly members = new Set<string>();
  readonly #client: Client;
  #link: string;

  constructor(client: Client, link: string) {
    this.#client = client;
    this.#link = link;
  }

  /** Reads a page; true where it was the last for now. */
  async page(): Promise<boolean> {
    const { status, body } = await this.#client.graph('GET', this.#link);
    expect(status).toBe(200);
    for (const object of body.value as Told[]) {
      if (object['@removed']) this.names.delete(object.id);
      else this.names.set(object.id, object.displayName ?? '');
      for (const member of object['members@delta'] ?? []) {
        if (member['@removed']) this.members.delete(member.id);
        else this.members.add(member.id);
      }
    }
    this.#link = body['@odata.nextLink'] ?? body['@odata.deltaLink'];
    return body['@odata.nextLink'] === undefined;
  }

  /** Reads to the end, and once more. */
  async finish(): Promise<void> {
    for (let rounds = 0; rounds < 2; ) if (await this.page()) rounds += 1;
  }
}

test('a reader of deltas ends up with what is there', async () => {
  const client = await start({ deltaPageSize: 3, throttling: false });
  const { tenant } = client.emulator;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60 }), async steps => {
      for (const id of [...tenant.directory.ids('device')]) tenant.deleteObject(id);
      const group = tenant.addGroup().id;
      const ids = Array.from({ length: 8 }, (_, n) => tenant.addDevice({ displayName: `PC-${n}` }).id);
      const devices = new Reader(client, '/devices/delta?$select=displayName');
      const members = new Reader(client, `/groups/delta?$select=members&$filter=id eq '${group}'`);
      for (const one of steps) {
        if (one.do === 'read') {
          for (let n = 0; n < one.pages; n += 1) await Promise.all([devices.page(), members.page()]);
          continue;
        }
        const id = ids[one.which % ids.length] ?? '';
        const exists = tenant.object(id) !== undefined;
        if (one.do === 'create') ids.push(tenant.addDevice({ displayName: `PC-${ids.length}` }).id);
        else if (exists && one.do === 'rename')
          tenant.updateObject(id, { displayName: `Renamed ${one.which}` });
        else if (exists && one.do === 'delete') tenant.deleteObject(id);
        else if (exists && one.do === 'join') tenant.addMember(group, id);
        else if (exists && one.do === 'leave') tenant.removeMember(group, id);
      }
      await Promise.all([devices.finish(), members.finish()]);
      const there = [...tenant.directory.ids('device')];
      expect(devices.names).toEqual(
        new Map(there.map(id => [id, tenant.directory.get('device', id)?.properties.displayName])),
      );
      expect(members.members).toEqual(new Set(tenant.members(group)));
    }),
    { numRuns: 40 },
  );
});
