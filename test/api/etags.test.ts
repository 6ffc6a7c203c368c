import { describe, expect, it } from 'vitest';
import { connected } from './entra.ts';
import { finished, imported } from './house.ts';
import { runningServer } from './running-server.ts';
import { run, status, world } from './world.ts';

async function withPilot() {
  const server = await runningServer();
  await server.client.call('createCollection', { body: { name: 'Pilot', type: 'device' } });
  const read = async () => (await server.client.read('getCollection', { params: { ref: 'Pilot' } })).etag;
  const change = (comment: string, ifMatch?: string) =>
    server.client.call('updateCollection', { params: { ref: 'Pilot' }, body: { comment }, ifMatch });
  return { ...server, read, change };
}

const id = '11111111-2222-4333-8444-555555555555';

describe('a change that names the state it is meant for', () => {
  it('passes while nobody has changed the thing, and is refused once somebody has', async () => {
    const { read, change, client } = await withPilot();
    const seen = await read();
    await change('mine', seen);
    await expect(change('yours', seen)).rejects.toMatchObject({ code: 'changed-meanwhile' });
    const { comment } = await client.call('getCollection', { params: { ref: 'Pilot' } });
    expect(comment).toBe('mine');
  });

  it('is one of two that come at once', async () => {
    const { read, change } = await withPilot();
    const seen = await read();
    const ends = await Promise.allSettled([change('a', seen), change('b', seen), change('c', seen)]);
    expect(ends.filter(end => end.status === 'fulfilled')).toHaveLength(1);
  });

  it('covers the rules of a collection, and deleting it', async () => {
    const { read, client } = await withPilot();
    const seen = await read();
    const rule = { kind: 'query', wql: 'select * from SMS_R_System', name: 'All' } as const;
    await client.call('addRule', { params: { ref: 'Pilot' }, body: rule });
    const remove = client.call('deleteCollection', { params: { ref: 'Pilot' }, ifMatch: seen });
    await expect(remove).rejects.toMatchObject({ code: 'changed-meanwhile' });
    await client.call('deleteCollection', { params: { ref: 'Pilot' }, ifMatch: await read() });
  });

  it('is not refused because members have come or gone by themselves', async () => {
    const server = await withPilot();
    const rule = { kind: 'query', wql: 'select * from SMS_R_System', name: 'All' } as const;
    await server.client.call('addRule', { params: { ref: 'Pilot' }, body: rule });
    const seen = await server.read();
    await imported(server, [{ type: 'device', name: 'A' }]);
    await finished(server, await server.client.call('evaluate', { body: {} }));
    await server.change('still mine', seen);
  });

  it('is the rule for settings, tenants and accounts too', async () => {
    const { client } = await runningServer();
    const credential = { kind: 'client-secret', secret: 'x' } as const;
    await client.call('connectTenant', { body: { name: 'T', tenantId: id, clientId: id, credential } });
    const password = 'correct horse battery';
    await client.call('createAccount', { body: { name: 'Bob', password, role: 'operator' } });
    const ref = { params: { ref: 'T' } };
    const bob = { params: { ref: 'Bob' } };
    const tags = {
      settings: (await client.read('getSettings', {})).etag,
      tenant: (await client.read('getTenant', ref)).etag,
      account: (await client.read('getAccount', bob)).etag,
    };
    const changes = [
      () => client.call('updateSettings', { body: { historyDays: 7 }, ifMatch: tags.settings }),
      () => client.call('updateTenant', { ...ref, body: { groupSync: false }, ifMatch: tags.tenant }),
      () => client.call('updateAccount', { ...bob, body: { role: 'read-only' }, ifMatch: tags.account }),
    ];
    for (const change of changes) {
      await change();
      await expect(change()).rejects.toMatchObject({ code: 'changed-meanwhile' });
    }
  });

  it('covers the limits of a mapping and its removal, and not what a run makes of it', async () => {
    const it = await world();
    const { id } = (await status(it)) ?? { id: 0 };
    const mapping = { params: { id } };
    const { etag } = await it.client.read('getMapping', mapping);
    await run(it);
    const tight = { body: { maxRemovals: 1 }, ifMatch: etag };
    const changed = await it.client.read('updateMapping', { ...mapping, ...tight });
    expect(changed.answer).toMatchObject({ id, maxRemovals: 1, status: 'Success' });
    await expect(it.client.call('updateMapping', { ...mapping, ...tight })).rejects.toMatchObject({
      code: 'changed-meanwhile',
    });
    await expect(it.client.call('removeMapping', { ...mapping, ifMatch: etag })).rejects.toMatchObject({
      code: 'changed-meanwhile',
    });
    await it.client.call('removeMapping', { ...mapping, ifMatch: changed.etag });
    await expect(it.client.call('getMapping', mapping)).rejects.toMatchObject({ code: 'mapping-not-found' });
  });

  it('is not refused because a tenant was discovered, and is warned of no more', async () => {
    const site = await connected();
    const ref = { params: { ref: 'Contoso' } };
    const { answer, etag } = await site.client.read('getTenant', ref);
    expect(answer.warnings).not.toEqual([]);
    await finished(site, await site.client.call('discover', { body: {} }));
    const after = await site.client.call('updateTenant', { ...ref, body: { quotaShare: 70 }, ifMatch: etag });
    expect(after.warnings).not.toEqual(answer.warnings);
  });

  it('answers 412 with what to do', async () => {
    const { url, token } = await withPilot();
    const answer = await fetch(`${url}/api/v1/collections/Pilot`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${token}`, 'if-match': '"old"' },
    });
    expect(answer.status).toBe(412);
    expect(await answer.json()).toMatchObject({ code: 'changed-meanwhile', hint: expect.any(String) });
  });
});
