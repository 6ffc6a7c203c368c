import { describe, expect, expectTypeOf, it } from 'vitest';
import { createClient, type WireRequest } from '../../src/api/client/index.ts';
import { type Job, routes } from '../../src/api/contract/index.ts';

function recording(status: number, body: unknown) {
  const requests: WireRequest[] = [];
  const client = createClient(async request => {
    requests.push(request);
    return { status, body: body === undefined ? '' : JSON.stringify(body) };
  }, 'secret');
  return { client, requests };
}

describe('the typed client', () => {
  it('puts parameters into the path, percent-encoded, and the query behind it', async () => {
    const { client, requests } = recording(200, { items: [], next: null });
    await client.call('listCollectionMembers', {
      params: { ref: 'Büro/1 Süd' },
      query: { limit: 5, after: undefined },
    });
    expect(requests[0]).toMatchObject({
      method: 'GET',
      url: '/api/v1/collections/B%C3%BCro%2F1%20S%C3%BCd/members?limit=5',
      headers: { authorization: 'Bearer secret' },
    });
  });

  it('repeats a name in the query for each of several values', async () => {
    const { client, requests } = recording(200, { items: [], next: null });
    await client.call('listMappings', { query: { collection: ['A', 'B'] } });
    expect(requests[0]?.url).toBe('/api/v1/mappings?collection=A&collection=B');
  });

  it('throws the problem that the server told', async () => {
    const { client } = recording(404, {
      type: 'about:blank',
      title: 'Not Found',
      status: 404,
      kind: 'not-found',
      code: 'collection-not-found',
      detail: 'There is no collection "X".',
      hint: 'List them.',
    });
    await expect(client.call('getCollection', { params: { ref: 'X' } })).rejects.toMatchObject({
      kind: 'not-found',
      code: 'collection-not-found',
      message: 'There is no collection "X".',
      hint: 'List them.',
    });
  });

  it('says so when the answer is not from Rollcall', async () => {
    const client = createClient(async () => ({ status: 502, body: '<html>Bad gateway</html>' }));
    await expect(client.call('getSession', {})).rejects.toMatchObject({ code: 'not-rollcall' });
  });

  it('knows the types of each call', () => {
    const { client } = recording(200, {});
    expectTypeOf(client.call<'getJob'>).returns.resolves.toEqualTypeOf<Job>();
    expectTypeOf(client.call<'getJob'>)
      .parameter(1)
      .toHaveProperty('params');
  });
});

describe('the route table', () => {
  it('has each method and path once', () => {
    const keys = Object.values(routes).map(route => `${route.method} ${route.path}`);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it.each(Object.entries(routes))('%s declares the parameters that its path names', (_, route) => {
    const named = [...route.path.matchAll(/:(\w+)/g)].map(match => match[1]);
    const declared = 'params' in route ? Object.keys(route.params.shape) : [];
    expect(declared.sort()).toEqual(named.sort());
  });

  it('lets only administrators and operators change anything', () => {
    const harmless = new Set(['preview', 'checkWql', 'checkMapping', 'plan', 'planUndo', 'verify']);
    const ownAffairs = new Set(['createToken', 'revokeToken', 'changePassword', 'endSessions']);
    for (const [name, route] of Object.entries(routes)) {
      if (route.method === 'GET' || route.role === 'anyone') continue;
      const isForAll = harmless.has(name) || ownAffairs.has(name);
      expect([name, route.role === 'read-only']).toEqual([name, isForAll]);
    }
  });
});
