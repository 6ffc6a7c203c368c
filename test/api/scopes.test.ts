import { describe, expect, it } from 'vitest';
import { type Role, type RouteName, roles, routes } from '../../src/api/index.ts';
import { application, finished, imported } from './house.ts';
import { world } from './world.ts';

type App = Awaited<ReturnType<typeof application>>;

/**
 * A site with two halves: Berlin (with B1 in it, and Mitte limited to it) and Paris (with P1), both limited to All
 * Systems.
 */
async function site() {
  const app = await application();
  await imported(app, [
    { type: 'device', name: 'B1' },
    { type: 'device', name: 'P1' },
  ]);
  const make = async (name: string, limitTo: string, resource: string) => {
    await app.client.call('createCollection', { body: { name, type: 'device', limitTo } });
    await app.client.call('addRule', {
      params: { ref: name },
      body: { kind: 'direct', resources: [resource] },
    });
  };
  await make('Berlin', 'SMS00001', 'B1');
  await make('Mitte', 'Berlin', 'B1');
  await make('Paris', 'SMS00001', 'P1');
  await app.client.call('addRule', {
    params: { ref: 'Paris' },
    body: { kind: 'exclude', collection: 'Mitte' },
  });
  await finished(app, await app.client.call('evaluate', { body: {} }));
  return app;
}

async function limited(app: App, role: Role, collections: string[] | null) {
  const name = `${role} ${collections?.join()}`;
  const { token } = await app.client.call('createToken', { body: { name, role, collections } });
  return async (method: string, url: string, payload?: object) => {
    const answer = await app.app.inject({
      method: method as 'GET',
      url: `/api/v1${url}`,
      headers: { authorization: `Bearer ${token}` },
      ...(payload ? { payload } : {}),
    });
    return {
      status: answer.statusCode,
      code: answer.statusCode >= 400 ? (answer.json().code as string) : null,
      json: answer.body === '' ? null : answer.json(),
    };
  };
}

/** Each route with a request about a collection: a request that it answers where it may. */
const requests: Record<RouteName, (collection: string) => [url: string, body?: object]> = {
  getSignInWays: () => ['/sign-in'],
  getOidc: () => ['/sign-in/oidc'],
  updateOidc: () => ['/sign-in/oidc', {}],
  removeOidc: () => ['/sign-in/oidc'],
  listAudit: () => ['/audit'],
  setUp: () => ['/setup', { token: 'x', name: 'Eve', password: 'correct horse battery' }],
  getSession: () => ['/session'],
  signIn: () => ['/session', { token: 'x' }],
  signOut: () => ['/session'],
  changePassword: () => ['/session/password', { current: 'x', password: 'correct horse battery' }],
  listSessions: () => ['/sessions'],
  endSessions: () => ['/sessions'],
  listAccounts: () => ['/accounts'],
  createAccount: () => ['/accounts', { name: 'Bob', password: 'correct horse battery', role: 'read-only' }],
  getAccount: () => ['/accounts/Nobody'],
  updateAccount: () => ['/accounts/Nobody', {}],
  deleteAccount: () => ['/accounts/Nobody'],
  getOverview: () => ['/overview'],
  listTokens: () => ['/tokens'],
  createToken: collection => ['/tokens', { name: 'T', role: 'read-only', collections: [collection] }],
  getToken: () => ['/tokens/999'],
  revokeToken: () => ['/tokens/999'],
  listTenants: () => ['/tenants'],
  connectTenant: () => ['/tenants', { name: 'T' }],
  getTenant: () => ['/tenants/None'],
  updateTenant: () => ['/tenants/None', {}],
  disconnectTenant: () => ['/tenants/None'],
  checkTenant: () => ['/tenants/None/check'],
  checkConnection: () => ['/connection-checks', { name: 'T' }],
  listDiscoveries: () => ['/discoveries'],
  discover: () => ['/discoveries', {}],
  searchGroups: () => ['/groups'],
  getGroup: () => ['/groups/G'],
  startSignIn: () => ['/sign-ins', {}],
  getSignIn: () => ['/sign-ins/none'],
  endSignIn: () => ['/sign-ins/none'],
  createGroup: () => ['/groups', { displayName: 'G' }],
  importResources: () => ['/imports'],
  listResources: () => ['/resources'],
  getResource: collection => [`/resources/${collection === 'Paris' ? 'P1' : 'B1'}`],
  deleteResource: () => ['/resources/None'],
  listCollections: () => ['/collections'],
  createCollection: collection => ['/collections', { name: 'New', type: 'device', limitTo: collection }],
  getCollection: collection => [`/collections/${collection}`],
  updateCollection: collection => [`/collections/${collection}`, { comment: 'x' }],
  deleteCollection: collection => [`/collections/${collection}`],
  listCollectionMembers: collection => [`/collections/${collection}/members`],
  listMembershipHistory: collection => [`/collections/${collection}/history`],
  addRule: collection => [`/collections/${collection}/rules`, { kind: 'direct', resources: ['B1'] }],
  removeRule: collection => [`/collections/${collection}/rules/999`],
  updateRule: collection => [`/collections/${collection}/rules/999`, { name: 'x' }],
  explainMembership: collection => [`/collections/${collection}/explain?resource=B1`],
  evaluate: collection => ['/evaluations', { collections: [collection] }],
  preview: () => ['/previews', { type: 'device', query: 'select * from SMS_R_System' }],
  checkWql: () => ['/wql/check', { queries: ['select * from SMS_R_System'] }],
  listWqlClasses: () => ['/wql/classes'],
  listMappings: collection => [`/mappings?collection=${collection}`],
  addMapping: collection => ['/mappings', { collection, group: 'G' }],
  checkMapping: collection => ['/mapping-checks', { collection, group: 'G' }],
  getMapping: () => ['/mappings/999'],
  updateMapping: () => ['/mappings/999', { paused: true }],
  removeMapping: () => ['/mappings/999'],
  listHeldPlans: collection => [`/held-plans?collection=${collection}`],
  getHeldPlan: () => ['/held-plans/999'],
  listHeldChanges: () => ['/held-plans/999/changes'],
  approveHeldPlan: () => ['/held-plans/999/approval'],
  refuseHeldPlan: () => ['/held-plans/999/refusal', {}],
  listMappingMembers: collection => [`/mappings/members?collection=${collection}`],
  plan: collection => ['/plans', { collection }],
  verify: collection => ['/verifications', { collection }],
  listRuns: collection => [`/mappings/history?collection=${collection}`],
  listRunMembers: collection => [`/mappings/history/999?collection=${collection}`],
  planUndo: collection => ['/undo-plans', { collection }],
  undo: collection => ['/undos', { collection, digest: 'x' }],
  pushMember: collection => ['/members', { collection, member: 'B1' }],
  synchronize: collection => ['/synchronizations', { collections: [collection] }],
  getSettings: () => ['/settings'],
  updateSettings: () => ['/settings', {}],
  listJobs: () => ['/jobs'],
  getJob: () => ['/jobs/none'],
  cancelJob: () => ['/jobs/none'],
};

const places = ['inside', 'outside'] as const;

/** What is refused, and how: by role first, then by scope. */
function expected(name: RouteName, role: Role, place: (typeof places)[number]): string | null {
  const route = routes[name];
  if (route.role !== 'anyone' && roles.indexOf(role) < roles.indexOf(route.role)) return 'role-too-low';
  if (route.scope === 'site') return 'outside-scope';
  if (route.scope === 'mapping') return 'mapping-not-found';
  if (typeof route.scope !== 'string' && place === 'outside') return 'collection-not-found';
  if ('needsBuiltIn' in route) return 'built-in-not-seen';
  if (name === 'getResource' && place === 'outside') return 'resource-not-found';
  return null;
}

const scopeCodes = new Set([
  'role-too-low',
  'outside-scope',
  'collection-not-found',
  'mapping-not-found',
  'built-in-not-seen',
  'resource-not-found',
]);

describe.each(roles)('a %s limited to Berlin', role => {
  it.each(places)('is let in or refused by every route as the table says, %s', async place => {
    const app = await site();
    const send = await limited(app, role, ['Berlin']);
    const collection = place === 'inside' ? 'Berlin' : 'Paris';
    // Deleting comes last, so that what it deletes is there for the others.
    const names = (Object.keys(routes) as RouteName[]).sort(
      (a, b) => Number(a === 'deleteCollection') - Number(b === 'deleteCollection'),
    );
    for (const name of names) {
      const [url, body] = requests[name](collection);
      const { status, code } = await send(routes[name].method, url, body);
      const refusal = code !== null && scopeCodes.has(code) ? code : null;
      expect([name, place, status, refusal]).toEqual([name, place, status, expected(name, role, place)]);
    }
  });
});

describe('groups of Entra and sign-ins to it', () => {
  it('are open to the same people: a sign-in shows nothing but groups', () => {
    expect(routes.getSignIn).toMatchObject({ scope: routes.searchGroups.scope, role: 'read-only' });
    expect(routes.startSignIn).toMatchObject({
      scope: routes.createGroup.scope,
      role: routes.createGroup.role,
    });
    expect(routes.endSignIn).toMatchObject({
      scope: routes.startSignIn.scope,
      role: routes.startSignIn.role,
    });
  });
});

describe('who is limited to a collection', () => {
  it('sees it and what is limited to it, in lists, in the overview and in what uses it', async () => {
    const app = await site();
    const send = await limited(app, 'full-administrator', ['Berlin']);
    const names = async (url: string) =>
      (await send('GET', url)).json.items.map((item: { name: string }) => item.name);
    expect(await names('/collections')).toEqual(['Berlin', 'Mitte']);
    expect(await names('/resources')).toEqual(['B1']);
    expect((await send('GET', '/overview')).json.collections).toMatchObject({ devices: 2, users: 0 });
    const mitte = (await send('GET', '/collections/Mitte')).json;
    expect(mitte.dependents).toEqual([]);
  });

  it('previews queries over its own members alone', async () => {
    const app = await site();
    const send = await limited(app, 'read-only', ['Berlin']);
    const { json } = await send('POST', '/previews', {
      type: 'device',
      query: 'select * from SMS_R_System',
    });
    expect(json).toMatchObject({ count: 1, members: [{ name: 'B1' }] });
  });

  describe.each([
    [
      'SMS_CM_RES_COLL_',
      (id: string) =>
        `select * from SMS_R_System where ResourceId in (select ResourceID from SMS_CM_RES_COLL_${id})`,
    ],
    [
      'SMS_FullCollectionMembership',
      (id: string) =>
        `select * from SMS_R_System where ResourceId in (select ResourceID from SMS_FullCollectionMembership where CollectionID = '${id}')`,
    ],
  ])('naming collections in a query by %s', (_class, naming) => {
    /** The site with a query rule in Mitte; how each request that takes a query is answered, for a collection's id. */
    async function queries() {
      const app = await site();
      const idOf = async (ref: string) => (await app.client.call('getCollection', { params: { ref } })).id;
      const rule = { kind: 'query', wql: 'select * from SMS_R_System', name: 'Q' } as const;
      await app.client.call('addRule', { params: { ref: 'Mitte' }, body: rule });
      const send = await limited(app, 'full-administrator', ['Berlin']);
      const answers = async (id: string) => {
        const wql = naming(id);
        return [
          await send('POST', '/previews', { type: 'device', query: wql }),
          await send('POST', '/wql/check', { queries: [wql] }),
          await send('PATCH', '/collections/Mitte/rules/Q', { wql }),
          await send('POST', '/collections/Mitte/rules', { kind: 'query', wql }),
        ];
      };
      const rules = async () =>
        (await app.client.call('getCollection', { params: { ref: 'Mitte' } })).rules.map(each => each.query);
      return { app, idOf, answers, rules };
    }

    it('hears the same of a hidden one as of one that does not exist, and no rule is made of it', async () => {
      const { app, idOf, answers, rules } = await queries();
      const paris = await idOf('Paris');
      // What somebody else may ask must not have been kept for those who may not.
      await app.client.call('preview', { body: { type: 'device', query: naming(paris) } });
      const before = await rules();
      const hidden = await answers(paris);
      const missing = await answers('XYZ99999');
      expect(JSON.stringify(hidden).replaceAll(paris, 'XYZ99999')).toBe(JSON.stringify(missing));
      const [preview, , changed, added] = hidden;
      expect([preview, changed, added].map(answer => answer?.status)).toEqual([400, 400, 400]);
      expect(await rules()).toEqual(before);
    });

    it('uses those that it sees', async () => {
      const { idOf, answers, rules } = await queries();
      const berlin = await idOf('Berlin');
      const [preview, check, changed, added] = await answers(berlin);
      expect(preview).toMatchObject({ json: { members: [{ name: 'B1' }] } });
      expect(check).toMatchObject({ json: { results: [{ ok: true, errors: [] }] } });
      expect([changed?.code, added?.code]).toEqual([null, null]);
      expect(await rules()).toEqual([undefined, naming(berlin), naming(berlin)].sort());
    });
  });

  it('gets no query past it whose answer for one resource tells what another has', async () => {
    const app = await site();
    const send = await limited(app, 'full-administrator', ['Berlin']);
    const wql = (name: string) =>
      `select * from SMS_R_System where SMS_R_System.ResourceType in (select ResourceType from SMS_R_System where Name = '${name}')`;
    for (const name of ['P1', 'B1', 'X']) {
      const query = wql(name);
      expect((await send('POST', '/previews', { type: 'device', query })).code).toBe('query-invalid');
      const { json } = await send('POST', '/wql/check', { queries: [query] });
      expect(json.results).toMatchObject([{ ok: false }]);
      const rule = { kind: 'query', wql: query };
      expect((await send('POST', '/collections/Mitte/rules', rule)).code).toBe('query-invalid');
    }
    // Whoever may see all may compare them.
    const all = await app.client.call('preview', { body: { type: 'device', query: wql('B1') } });
    expect(all.members.map(({ name }) => name)).toEqual(['B1', 'P1']);
  });

  it('brings nobody new into the collection that it is limited to', async () => {
    const app = await site();
    await app.client.call('createCollection', { body: { name: 'Leased', type: 'device' } });
    await app.client.call('addRule', {
      params: { ref: 'Berlin' },
      body: { kind: 'exclude', collection: 'Leased' },
    });
    await app.client.call('addRule', {
      params: { ref: 'Berlin' },
      body: { kind: 'query', wql: "select * from SMS_R_System where Name = 'B1'", name: 'Q' },
    });
    const send = await limited(app, 'full-administrator', ['Berlin']);
    const wql = 'select * from SMS_R_System';
    const rules = (await send('GET', '/collections/Berlin')).json.rules as { id: number; kind: string }[];
    const exclude = rules.find(({ kind }) => kind === 'exclude')?.id;
    for (const [method, url, body] of [
      ['POST', '/collections/Berlin/rules', { kind: 'query', wql }],
      ['PATCH', '/collections/Berlin/rules/Q', { wql }],
      ['DELETE', `/collections/Berlin/rules/${exclude}`],
      ['DELETE', '/collections/Berlin/rules/Leased'],
    ] as const) {
      expect([method, (await send(method, url, body)).code]).toEqual([method, 'limit-of-yours']);
    }
    expect((await send('POST', '/collections/Mitte/rules', { kind: 'query', wql })).status).toBe(201);
    expect((await send('DELETE', '/collections/Berlin/rules/Q')).status).toBe(204);
  });

  it('hears the name of no hidden collection by naming its id in what it sends', async () => {
    const app = await site();
    const { id } = await app.client.call('getCollection', { params: { ref: 'Paris' } });
    await app.client.call('createCollection', {
      body: { name: 'Wedding', type: 'device', limitTo: 'Berlin' },
    });
    await app.client.call('addRule', {
      params: { ref: 'Wedding' },
      body: { kind: 'include', collection: 'Paris' },
    });
    const send = await limited(app, 'full-administrator', ['Berlin']);
    const { json } = await send('PATCH', '/collections/Wedding', { comment: id });
    expect(json.rules).toMatchObject([
      { kind: 'include', collectionName: 'A collection that you may not see' },
    ]);
    // Nor on the way of a circle.
    const circle = await send('POST', '/collections/Mitte/rules', { kind: 'include', collection: 'Wedding' });
    expect(circle.json.detail).toBe(
      'The collections would depend on each other in a circle: "Mitte" → "Wedding" → "A collection that you may not see" → "Mitte".',
    );
  });

  it('is not told figures of hidden collections by its jobs', async () => {
    const app = await site();
    const send = await limited(app, 'operator', ['Berlin']);
    const body = { kind: 'direct' as const, resources: ['B1'] };
    await app.client.call('addRule', { params: { ref: 'Paris' }, body });
    await finished(app, await app.client.call('evaluate', { body: {} }));
    await app.client.call('removeRule', { params: { ref: 'Mitte', rule: 'B1' } });
    const { id } = (await send('POST', '/evaluations', { collections: ['Mitte'] })).json;
    const { result } = (await send('GET', `/jobs/${id}?wait=30`)).json;
    expect(result.evaluated.map(({ name }: { name: string }) => name)).toEqual(['Mitte']);
    const whole = await app.client.call('getJob', { params: { id } });
    expect(JSON.stringify(whole.result)).toContain('Paris');
  });

  it('learns no hidden name from where a list goes on, nor from its order', async () => {
    const app = await site();
    for (const [name, limitTo] of [
      ['Kiez', 'Mitte'],
      ['Block', 'Kiez'],
    ] as const) {
      await app.client.call('createCollection', { body: { name, type: 'device', limitTo } });
    }
    const send = await limited(app, 'read-only', ['Mitte']);
    const list = '/collections?sort=limitingCollectionName&limit=1';
    const read = async (after: string | null) => {
      const { json } = await send(
        'GET',
        after === null ? list : `${list}&after=${encodeURIComponent(after)}`,
      );
      return json as { items: { name: string }[]; next: string | null };
    };
    const names: string[] = [];
    const cursors: (string | null)[] = [null];
    for (let after = cursors[0] ?? null; ; ) {
      const { items, next } = await read(after);
      names.push(...items.map(({ name }) => name));
      cursors.push(next);
      after = next;
      if (next === null) break;
    }
    // Berlin, which limits Mitte, would come first by its name; X, which comes after Kiez, does so too.
    expect(names).toEqual(['Mitte', 'Block', 'Kiez']);
    await app.client.call('updateCollection', { params: { ref: 'Berlin' }, body: { name: 'X' } });
    expect((await read(null)).items).toMatchObject([{ name: 'Mitte' }]);
    for (const cursor of cursors) {
      expect(
        Buffer.from(cursor ?? '', 'base64url')
          .toString()
          .toLowerCase(),
      ).not.toContain('mitte');
    }
    expect(await read(null)).toEqual(await read(null));
    const forged = Buffer.from('{"s":"limitingCollectionName","v":["b",1]}').toString('base64url');
    expect((await send('GET', `${list}&after=${forged}`)).code).toBe('bad-page');
    const elsewhere = `/resources?after=${encodeURIComponent(cursors[1] ?? '')}`;
    expect((await send('GET', elsewhere)).code).toBe('bad-page');
  });

  it('is in the audit log with what it tried beyond its collections', async () => {
    const app = await site();
    const send = await limited(app, 'full-administrator', ['Berlin']);
    await send('DELETE', '/collections/Paris');
    const [entry] = (await app.client.call('listAudit', {})).items;
    expect(entry).toMatchObject({
      action: 'deleteCollection',
      outcome: 'refused',
      code: 'collection-not-found',
    });
  });

  it('gets a tag that does not change with what is hidden', async () => {
    const app = await site();
    const tag = async () => {
      const { token } = await app.client.call('createToken', {
        body: { name: 'T', role: 'full-administrator', collections: ['Mitte'] },
      });
      const headers = { authorization: `Bearer ${token}` };
      return (await app.app.inject({ url: '/api/v1/collections/Mitte', headers })).headers.etag;
    };
    const before = await tag();
    await app.client.call('updateCollection', { params: { ref: 'Berlin' }, body: { name: 'Potsdam' } });
    expect(await tag()).toBe(before);
  });

  it('learns nothing of a resource elsewhere by asking why it is no member', async () => {
    const app = await site();
    const send = await limited(app, 'read-only', ['Berlin']);
    expect(await send('GET', '/collections/Berlin/explain?resource=P1')).toMatchObject({
      code: 'resource-not-found',
    });
  });

  it('pushes no resource from elsewhere through, which would tell what is known of it', async () => {
    const app = await site();
    const send = await limited(app, 'operator', ['Berlin']);
    expect(await send('POST', '/members', { collection: 'Berlin', member: 'P1' })).toMatchObject({
      code: 'resource-not-found',
    });
  });

  it('hears the same of a collection that is hidden as of one that does not exist', async () => {
    const app = await site();
    const send = await limited(app, 'full-administrator', ['Berlin']);
    const of = async (name: string) => JSON.stringify((await send('GET', `/collections/${name}`)).json);
    expect((await of('Paris')).replaceAll('Paris', 'X')).toBe((await of('None')).replaceAll('None', 'X'));
  });

  it('makes collections inside its own, and none beside it', async () => {
    const app = await site();
    const send = await limited(app, 'full-administrator', ['Berlin']);
    const body = { name: 'New', type: 'device' };
    expect((await send('POST', '/collections', body)).code).toBe('outside-scope');
    expect((await send('POST', '/collections', { ...body, limitTo: 'SMS00001' })).code).toBe(
      'collection-not-found',
    );
    expect((await send('POST', '/collections', { ...body, limitTo: 'Berlin' })).status).toBe(201);
    expect((await send('PATCH', '/collections/New', { limitTo: 'Paris' })).code).toBe('collection-not-found');
    const include = { kind: 'include', collection: 'Paris' };
    expect((await send('POST', '/collections/New/rules', include)).code).toBe('collection-not-found');
  });

  it('deletes no collection along with the rules of others that it may not see', async () => {
    const app = await site();
    const send = await limited(app, 'full-administrator', ['Berlin']);
    expect((await send('DELETE', '/collections/Mitte?cascade=true')).code).toBe('outside-scope');
    expect(await app.client.call('getCollection', { params: { ref: 'Mitte' } })).toBeDefined();
  });

  it('sees the jobs that it asked for, and no others', async () => {
    const app = await site();
    const send = await limited(app, 'operator', ['Berlin']);
    expect((await send('GET', '/jobs')).json.items).toEqual([]);
    const others = (await app.client.call('listJobs', {})).items[0]?.id;
    expect((await send('GET', `/jobs/${others}`)).code).toBe('job-not-found');
    expect((await send('DELETE', `/jobs/${others}`)).code).toBe('job-not-found');
    const mine = (await send('POST', '/evaluations', { collections: ['Berlin'] })).json.id;
    expect((await send('GET', `/jobs/${mine}?wait=30`)).json).toMatchObject({ state: 'succeeded' });
  });

  it('sees the mappings of its collections, and hears of others as of none', async () => {
    const it = await world();
    const { client } = it;
    for (const name of ['Mine', 'Theirs']) {
      it.entra.tenant.addGroup({ displayName: name });
      await client.call('createCollection', { body: { name, type: 'device' } });
      await client.call('addMapping', { body: { collection: name, group: name } });
    }
    const { items } = await client.call('listMappings', {});
    const at = (name: string) => `/mappings/${items.find(each => each.collectionName === name)?.id}`;
    const send = await limited(it, 'operator', ['Mine']);
    expect((await send('GET', at('Mine'))).json).toMatchObject({ groupName: 'Mine' });
    expect((await send('PATCH', at('Mine'), { paused: true })).code).toBe('built-in-not-seen');
    for (const [method, body] of [['GET'], ['PATCH', { paused: true }], ['DELETE']] as const) {
      const hidden = JSON.stringify((await send(method, at('Theirs'), body)).json);
      const missing = JSON.stringify((await send(method, '/mappings/999', body)).json);
      expect(hidden.replace(at('Theirs').slice(10), '999')).toBe(missing);
      expect(missing).toContain('mapping-not-found');
    }
  });

  it('sees nothing, rather than all, when its collections have been deleted', async () => {
    const app = await site();
    const send = await limited(app, 'full-administrator', ['Paris']);
    await app.client.call('deleteCollection', { params: { ref: 'Paris' } });
    expect((await send('GET', '/collections')).json.items).toEqual([]);
    expect((await send('POST', '/tokens', { name: 'All', role: 'operator' })).code).toBe('sign-in-needed');
  });

  it('maps collections only with access to the built-in one that they are limited to', async () => {
    const app = await site();
    const mapping = { collection: 'Berlin', group: 'G' };
    const berlin = await limited(app, 'operator', ['Berlin']);
    expect((await berlin('POST', '/mappings', mapping)).code).toBe('built-in-not-seen');
    const systems = await limited(app, 'operator', ['SMS00001']);
    expect((await systems('POST', '/mappings', mapping)).code).toBe('tenant-not-found');
    const users = await limited(app, 'operator', ['SMS00002']);
    expect((await users('POST', '/mappings', mapping)).code).toBe('collection-not-found');
  });
});
