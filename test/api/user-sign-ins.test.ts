import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import type { Client, EntraSignIn } from '../../src/api/index.ts';
import { createClient, createToken } from '../../src/api/index.ts';
import { systemClock } from '../../src/base/index.ts';
import { openEngineContext, storeFile } from '../../src/schedule/index.ts';
import { connected } from './entra.ts';

async function site() {
  const { app, dataDir, entra, ...rest } = await connected({
    apps: [{ delegatedPermissions: ['Group.ReadWrite.All'] }],
  });
  const user = entra.tenant.addUser({ userPrincipalName: 'ann@contoso.com' });
  const agree = ({ userCode }: EntraSignIn) => entra.deviceCodes.approve(userCode, user.id);
  const other = async (collections: string[] | null = null): Promise<Client> => {
    const context = await openEngineContext(dataDir, {}, systemClock);
    const bob = { name: 'Bob', role: 'operator', collections } as const;
    const { token } = await createToken(context.store, bob, systemClock);
    await context.close();
    return createClient(async ({ method, url, headers, body }) => {
      const payload = typeof body === 'string' ? { payload: body } : {};
      const answer = await app.inject({ method: method as 'GET', url, headers, ...payload });
      return { status: answer.statusCode, body: answer.body };
    }, token);
  };
  return { app, dataDir, entra, agree, other, ...rest };
}

const ended = async (client: Client, { id }: EntraSignIn) => {
  for (;;) {
    const now = await client.call('getSignIn', { params: { id }, query: { wait: 10 } });
    if (now.state !== 'waiting') return now;
  }
};

describe("a user's sign-in over the API", () => {
  it('gives code and address, waits, and tells who has signed in', async () => {
    const { client, agree } = await site();
    const begun = await client.call('startSignIn', { body: {} });
    expect(begun).toMatchObject({ state: 'waiting', user: null, problem: null });
    expect(begun.message).toContain(begun.userCode);
    await expect(client.call('searchGroups', { query: { signIn: begun.id } })).rejects.toMatchObject({
      code: 'sign-in-waits',
    });
    agree(begun);
    expect(await ended(client, begun)).toMatchObject({ state: 'signed-in', user: 'ann@contoso.com' });
    expect(await client.call('searchGroups', { query: { signIn: begun.id } })).toMatchObject({ items: [] });
  });

  it('belongs to whoever started it', async () => {
    const { client, agree, other } = await site();
    const begun = await client.call('startSignIn', { body: {} });
    agree(begun);
    await ended(client, begun);
    const bob = await other();
    for (const asked of [
      bob.call('getSignIn', { params: { id: begun.id } }),
      bob.call('searchGroups', { query: { signIn: begun.id } }),
      bob.call('endSignIn', { params: { id: begun.id } }),
    ]) {
      await expect(asked).rejects.toMatchObject({ code: 'sign-in-not-found' });
    }
  });

  it('serves who is limited to some collections to search groups, which belong to none of them', async () => {
    const { client, entra, agree, other } = await site();
    await client.call('createCollection', { body: { name: 'Berlin', type: 'device' } });
    entra.tenant.addGroup({ displayName: 'Pilot' });
    const bob = await other(['Berlin']);
    const found = { items: [{ displayName: 'Pilot' }] };
    expect(await bob.call('searchGroups', {})).toMatchObject(found);
    const begun = await bob.call('startSignIn', { body: {} });
    agree(begun);
    expect(await ended(bob, begun)).toMatchObject({ state: 'signed-in' });
    expect(await bob.call('searchGroups', { query: { signIn: begun.id } })).toMatchObject(found);
    await expect(client.call('getSignIn', { params: { id: begun.id } })).rejects.toMatchObject({
      code: 'sign-in-not-found',
    });
  });

  it('is forgotten when it is ended, and Entra is asked no more', async () => {
    const { client, entra } = await site();
    const begun = await client.call('startSignIn', { body: {} });
    await client.call('endSignIn', { params: { id: begun.id } });
    await expect(client.call('getSignIn', { params: { id: begun.id } })).rejects.toMatchObject({
      code: 'sign-in-not-found',
    });
    const calls = entra.counters.tokenCalls;
    // The interval at which a device code is asked for is a second.
    await new Promise(resolve => setTimeout(resolve, 1_200));
    expect(entra.counters.tokenCalls).toBe(calls);
  });

  it('is never written to the store', async () => {
    const { client, agree, dataDir } = await site();
    const begun = await client.call('startSignIn', { body: {} });
    agree(begun);
    await ended(client, begun);
    await client.call('createGroup', { body: { displayName: 'New', signIn: begun.id } });
    const files = await Promise.all(['', '-wal'].map(end => readFile(`${storeFile(dataDir)}${end}`)));
    // Every token begins so: {"typ":"JWT" in base64.
    expect(Buffer.concat(files).includes('eyJ0eXAiOiJKV1Qi')).toBe(false);
  });

  it('can not be started without end', async () => {
    const { client } = await site();
    for (let count = 0; count < 5; count += 1) await client.call('startSignIn', { body: {} });
    await expect(client.call('startSignIn', { body: {} })).rejects.toMatchObject({
      code: 'too-many-sign-ins',
    });
  });

  it('that Entra refuses is told in plain words', async () => {
    const { client, entra } = await site();
    entra.tenant.failSignIn(entra.app.appId, 7000112);
    await expect(client.call('startSignIn', { body: {} })).rejects.toMatchObject({ code: 'AADSTS7000112' });
  });
});
