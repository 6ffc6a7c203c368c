import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { createClient } from '../../src/api/index.ts';
import { run } from '../../src/cli/index.ts';
import { fakeTerminal } from '../cli/fake-terminal.ts';
import { connected } from './entra.ts';
import { finished, imported } from './house.ts';

const veiled = 'A collection that you may not see';

/**
 * Collections Mine (A, B) and Theirs (C) feed one group, which holds D. Theirs is included by Mine's neighbour Inner, which
 * is limited to Mine and excludes Secret.
 */
async function site() {
  const app = await connected();
  const { client, entra } = app;
  const objects = ['A', 'B', 'C', 'D'].map(displayName => entra.tenant.addDevice({ displayName }));
  await imported(
    app,
    objects.map(({ displayName, deviceId }) => ({
      type: 'device',
      name: displayName,
      entraDeviceId: deviceId,
    })),
  );
  const group = entra.tenant.addGroup({ displayName: 'Shared', members: [objects[3]?.id ?? ''] });
  const make = async (name: string, resources: string[], limitTo?: string) => {
    await client.call('createCollection', { body: { name, type: 'device', limitTo } });
    await client.call('addRule', { params: { ref: name }, body: { kind: 'direct', resources } });
  };
  await make('Mine', ['A', 'B']);
  await make('Theirs', ['C']);
  await make('Secret', ['B']);
  await make('Inner', ['A'], 'Mine');
  for (const [kind, collection] of [
    ['include', 'Theirs'],
    ['exclude', 'Secret'],
  ] as const) {
    await client.call('addRule', { params: { ref: 'Inner' }, body: { kind, collection } });
  }
  for (const collection of ['Mine', 'Theirs']) {
    await client.call('addMapping', { body: { collection, group: group.id } });
  }
  await finished(app, await client.call('evaluate', { body: {} }));
  await finished(app, await client.call('discover', { body: {} }));
  /** A client that may see Mine and Inner. */
  const body = { name: 'Limited', collections: ['Mine'] };
  const { token } = await client.call('createToken', { body: { ...body, role: 'full-administrator' } });
  const limited = createClient(async ({ method, url, headers, body: payload }) => {
    const sent = typeof payload === 'string' ? { payload } : {};
    const answer = await app.app.inject({ method: method as 'GET', url, headers, ...sent });
    return { status: answer.statusCode, body: answer.body };
  }, token);
  /** What a command prints for the same, over the network. */
  const command = async (...words: string[]) => {
    if (!app.app.server.listening) await app.app.listen({ host: '127.0.0.1', port: 0 });
    const { port } = app.app.server.address() as AddressInfo;
    const terminal = fakeTerminal({ env: { ROLLCALL_TOKEN: token } });
    const code = await run(['--server', `http://127.0.0.1:${port}`, ...words], terminal);
    const { stdout, stderr } = terminal.written();
    return { code, stdout, stderr };
  };
  return { ...app, group, objects, limited, command };
}

describe('who sees only some of the collections that feed a group', () => {
  it('sees the changes of their members in its plan, and how many there are beside', async () => {
    const { client, limited, command } = await site();
    const [plan] = (await limited.call('plan', { body: { collection: 'Mine' } })).plans;
    expect(plan?.add.map(({ name }) => name).sort()).toEqual(['A', 'B']);
    expect(plan).toMatchObject({ remove: [], hidden: { add: 1, remove: 1 }, add: [{ rules: null }, {}] });
    const [whole] = (await client.call('plan', { body: { collection: 'Mine' } })).plans;
    expect(whole).toMatchObject({
      add: [{}, {}, {}],
      remove: [{ name: 'D' }],
      hidden: { add: 0, remove: 0 },
    });
    const { stdout } = await command('cloud-sync', 'plan', 'Mine');
    expect(stdout).toContain('… and 2 of members that you may not see\n3 to add, 1 to remove.');
    expect(stdout).not.toMatch(/\b[CD]\b/);
  });

  it('sees as much of a comparison, and of what a run did', async () => {
    const it = await site();
    const { client, limited } = it;
    const [group] = (await limited.call('verify', { body: { collection: 'Mine' } })).groups;
    expect(group?.missing.map(({ name }) => name).sort()).toEqual(['A', 'B']);
    expect(group).toMatchObject({ foreign: [], hidden: { missing: 1, foreign: 1 } });
    const { stdout } = await it.command('cloud-sync', 'verify', 'Mine');
    expect(stdout).toContain('… and 2 that you may not see');
    expect(stdout).not.toMatch(/\b[CD]\b/);
    const body = { collections: ['Mine'], full: true, approve: true };
    const job = await finished(it, await client.call('synchronize', { body }));
    expect(job.state).toBe('succeeded');
    const query = { collection: 'Mine' };
    const run = (await limited.call('listRuns', { query })).items[0]?.id ?? 0;
    const { items } = await limited.call('listRunMembers', { params: { id: run }, query });
    expect(items.map(({ name }) => name).sort()).toEqual([
      'A',
      'B',
      'Somebody from a collection that you may not see',
      'Somebody from a collection that you may not see',
    ]);
    expect(JSON.stringify(items)).not.toContain(it.objects[2]?.id);
  });

  it('still sees who has left a collection of its own', async () => {
    const it = await site();
    await finished(it, await it.client.call('synchronize', { body: { full: true, approve: true } }));
    const { rules } = await it.client.call('getCollection', { params: { ref: 'Mine' } });
    const rule = String(rules.find(({ name }) => name === 'A')?.id);
    await it.client.call('removeRule', { params: { ref: 'Mine', rule } });
    await finished(it, await it.client.call('evaluate', { body: {} }));
    const [plan] = (await it.limited.call('plan', { body: { collection: 'Mine' } })).plans;
    expect(plan).toMatchObject({ add: [], remove: [{ name: 'A' }], hidden: { add: 0, remove: 0 } });
  });

  it('neither approves nor undoes what it does not see whole', async () => {
    const it = await site();
    const { client, limited } = it;
    const approve = limited.call('synchronize', { body: { collections: ['Mine'], approve: true } });
    await expect(approve).rejects.toMatchObject({ code: 'group-shared' });
    await finished(it, await client.call('synchronize', { body: { full: true, approve: true } }));
    const body = { collection: 'Mine' };
    await expect(limited.call('planUndo', { body })).rejects.toMatchObject({ code: 'group-shared' });
    const { digest } = await client.call('planUndo', { body });
    const undo = limited.call('undo', { body: { ...body, digest } });
    await expect(undo).rejects.toMatchObject({ code: 'group-shared' });
  });

  it('neither approves nor refuses a held plan of the group', async () => {
    const it = await site();
    const { id } = (await it.client.call('listMappings', { query: { collection: ['Mine'] } })).items[0] ?? {
      id: 0,
    };
    await it.client.call('updateMapping', { params: { id }, body: { maxRemovals: 0 } });
    await finished(it, await it.client.call('synchronize', { body: { full: true } }));
    const { plans } = await it.limited.call('listHeldPlans', { query: { collection: 'Mine' } });
    expect(plans).toMatchObject([{ removals: 1 }]);
    const plan = { params: { id: plans[0]?.id ?? 0 } };
    for (const asked of [
      it.limited.call('listHeldChanges', plan),
      it.limited.call('approveHeldPlan', plan),
      it.limited.call('refuseHeldPlan', { ...plan, body: {} }),
    ]) {
      await expect(asked).rejects.toMatchObject({ code: 'group-shared' });
    }
    // Who sees none of its collections hears of no plan.
    await it.client.call('createCollection', { body: { name: 'Apart', type: 'device' } });
    const body = { name: 'Apart', role: 'operator' as const, collections: ['Apart'] };
    const { token } = await it.client.call('createToken', { body });
    const headers = { authorization: `Bearer ${token}` };
    const told = async (id: number) => {
      const { body: text } = await it.app.inject({ url: `/api/v1/held-plans/${id}`, headers });
      return text.replaceAll(String(id), '?');
    };
    expect(await told(plan.params.id)).toBe(await told(999));
  });
});

describe('who is limited to some collections', () => {
  it('adds direct rules for resources that it sees, and hears of others as of none', async () => {
    const { limited } = await site();
    const add = (name: string) =>
      limited.call('addRule', { params: { ref: 'Inner' }, body: { kind: 'direct', resources: [name] } });
    const [hidden, missing] = await Promise.all(
      ['C', 'X'].map(name => add(name).catch((error: Error) => error.message.replace(name, '?'))),
    );
    expect(hidden).toBe(missing);
    expect(hidden).toMatch(/There is no device/);
    await expect(add('B')).resolves.toMatchObject({ rules: [{ name: 'B' }] });
  });

  it('is told that its collections are bound to others, and not to which', async () => {
    const it = await site();
    const { limited } = it;
    const inner = await limited.call('getCollection', { params: { ref: 'Inner' } });
    expect(inner.rules).toMatchObject([
      { kind: 'include', name: veiled, collectionId: '…', collectionName: veiled },
      { kind: 'exclude', name: veiled, collectionId: '…', collectionName: veiled },
      { kind: 'direct', name: 'A' },
    ]);
    const why = await limited.call('explainMembership', {
      params: { ref: 'Inner' },
      query: { resource: 'B' },
    });
    const job = await finished(
      { client: limited },
      await limited.call('evaluate', { body: { collections: ['Inner'], full: true } }),
    );
    const runs = await finished(
      { client: limited },
      await limited.call('synchronize', { body: { collections: ['Mine'] } }),
    );
    const told = JSON.stringify([inner, why, job.result, runs.result, runs.problem]);
    for (const name of ['Theirs', 'Secret']) {
      const { id } = await it.client.call('getCollection', { params: { ref: name } });
      expect(told).not.toContain(name);
      expect(told).not.toContain(id);
    }
    expect(told).toContain(veiled);
  });

  it('hears of nothing hidden in what its mapping is kept from', async () => {
    const { client, limited } = await site();
    const { items } = await client.call('listMappings', { query: { collection: ['Theirs'] } });
    await client.call('updateMapping', { params: { id: items[0]?.id ?? 0 }, body: { paused: true } });
    const mine = (await limited.call('listMappings', {})).items;
    expect(mine).toMatchObject([{ collectionName: 'Mine', status: 'Disabled' }]);
    expect(JSON.stringify(mine)).not.toContain('Theirs');
  });
});
