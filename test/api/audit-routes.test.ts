import { describe, expect, it, onTestFinished } from 'vitest';
import { startEmulator } from '../../emulator/index.ts';
import { type RouteName, routes } from '../../src/api/index.ts';
import { connect } from './entra.ts';
import { finished, imported } from './house.ts';
import { browser, runningServer } from './running-server.ts';

/** Asked by POST because they take a body; nothing is other than before. */
const looking = [
  'preview',
  'checkWql',
  'plan',
  'planUndo',
  'verify',
  'checkTenant',
  'checkConnection',
  'checkMapping',
] as const;

/** Every route that changes something. A new one does not compile before it has its line below. */
type Changing = Exclude<
  { [N in RouteName]: (typeof routes)[N]['method'] extends 'GET' ? never : N }[RouteName],
  (typeof looking)[number]
>;

/** What is to be in the log of a change: `null` stands for nothing, what is left out may be anything. */
interface Told {
  before?: unknown;
  after?: unknown;
  /** Who; the token of the first start unless said. */
  by?: string;
  /** How the address ends, where the change is understood with it alone. */
  at?: RegExp;
}

type Site = Awaited<ReturnType<typeof site>>;

const devices = Array.from({ length: 12 }, (_, n) => `PC${n}`);
const password = 'correct horse battery';
const job = expect.any(String);

/** A server with a tenant, twelve devices in it and in the inventory, and Ann, who has signed in. */
async function site() {
  const entra = await startEmulator({ throttling: false });
  onTestFinished(() => entra.close());
  const server = await runningServer();
  const { client, url, token } = server;
  const objects = devices.map(displayName => entra.tenant.addDevice({ displayName }));
  await connect(client, entra);
  await imported(
    server,
    objects.map(({ deviceId }, n) => ({ type: 'device', name: devices[n], entraDeviceId: deviceId })),
  );
  const ann = browser(url);
  await ann.send('POST', '/setup', { token, name: 'Ann', password });
  const ended = async (begun: Promise<{ id: string }>) => await finished(server, await begun);
  const collection = (name: string) => client.call('createCollection', { body: { name, type: 'device' } });
  /** A collection with some devices, mapped to a group that holds all, or who is named. */
  const mapped = async (name: string, members: readonly string[], inGroup = objects.map(({ id }) => id)) => {
    const { id: groupId } = entra.tenant.addGroup({ displayName: name, members: inGroup });
    await collection(name);
    await client.call('addRule', {
      params: { ref: name },
      body: { kind: 'direct', resources: [...members] },
    });
    const { mapping } = await client.call('addMapping', { body: { collection: name, group: groupId } });
    return mapping;
  };
  const synchronized = (name: string) => ended(client.call('synchronize', { body: { collections: [name] } }));
  /** A mapping whose first run is held, because it would take eleven of twelve out. */
  const held = async (name: string) => {
    await mapped(name, ['PC0']);
    await synchronized(name);
    const { plans } = await client.call('listHeldPlans', { query: { collection: name } });
    return plans[0] ?? expect.fail('nothing is held');
  };
  return { ...server, entra, objects, ann, ended, collection, mapped, synchronized, held };
}

const wql = "select * from SMS_R_System where Name like 'PC1%'";
const plan = { removals: 11, foreign: 11, digest: expect.any(String), refusal: null };

const changes: Record<Changing, (site: Site) => Promise<Told>> = {
  // ── signing in
  async setUp() {
    return { by: '', after: { name: 'Ann', password: '[hidden]', as: 'Ann' } };
  },
  async signIn({ url }) {
    await browser(url).send('POST', '/session', { name: 'Ann', password });
    return { by: '', after: { name: 'Ann', password: '[hidden]', as: 'Ann' } };
  },
  async signOut({ url }) {
    const page = browser(url);
    await page.send('POST', '/session', { name: 'Ann', password });
    await page.send('DELETE', '/session');
    return { by: 'Ann', before: { signedIn: 'Ann' }, after: null };
  },
  async changePassword({ ann }) {
    await ann.send('POST', '/session/password', { current: password, password: `${password} staple` });
    return { by: 'Ann', before: null, after: { current: '[hidden]', password: '[hidden]' } };
  },
  async endSessions({ url }) {
    const page = browser(url);
    await page.send('POST', '/session', { name: 'Ann', password: `${password} staple` });
    await page.send('DELETE', '/sessions');
    return { by: 'Ann', before: { items: [expect.objectContaining({ current: true }), {}] }, after: null };
  },
  async updateOidc({ client }) {
    const basics = { name: 'Works', issuer: 'https://login.example.com', clientId: 'rollcall' };
    await client.call('updateOidc', { body: { ...basics, clientSecret: 'hush' } });
    await client.call('updateOidc', { body: { name: 'Entra' } });
    return { before: { name: 'Works' }, after: { name: 'Entra' } };
  },
  async removeOidc({ client }) {
    await client.call('removeOidc', {});
    return { before: { name: 'Entra', clientId: 'rollcall' }, after: null };
  },

  // ── accounts and tokens
  async createAccount({ client }) {
    await client.call('createAccount', { body: { name: 'Bob', password, role: 'operator' } });
    return { before: null, after: { name: 'Bob', role: 'operator', collections: null } };
  },
  async updateAccount({ client }) {
    const body = { role: 'read-only', password: `${password} staple`, disabled: true } as const;
    await client.call('updateAccount', { params: { ref: 'Bob' }, body });
    return {
      before: { role: 'operator', disabled: false },
      after: { role: 'read-only', disabled: true, password: '[hidden]' },
    };
  },
  async deleteAccount({ client }) {
    await client.call('deleteAccount', { params: { ref: 'Bob' } });
    return { before: { name: 'Bob', role: 'read-only' }, after: null };
  },
  async createToken({ client }) {
    await client.call('createToken', { body: { name: 'CI', role: 'operator', days: 9 } });
    return { before: null, after: { name: 'CI', role: 'operator', token: '[hidden]' } };
  },
  async revokeToken({ client }) {
    const { items } = await client.call('listTokens', {});
    await client.call('revokeToken', { params: { id: items.find(({ name }) => name === 'CI')?.id ?? 0 } });
    return { before: { name: 'CI', role: 'operator' }, after: null };
  },

  // ── inventory
  async importResources(site) {
    await imported(site, [{ type: 'device', name: 'Spare' }], { source: 'stock' });
    return { before: null, after: { asked: { source: 'stock', complete: false, approve: false }, job } };
  },
  async deleteResource({ client }) {
    await client.call('deleteResource', { params: { ref: 'Spare' } });
    return { before: { name: 'Spare', type: 'device', source: 'stock' }, after: null };
  },

  // ── collections
  async createCollection({ collection }) {
    await collection('Pilot');
    return { before: null, after: { name: 'Pilot', type: 'device', rules: [] } };
  },
  async updateCollection({ client }) {
    await client.call('updateCollection', { params: { ref: 'Pilot' }, body: { comment: 'New' } });
    return { before: { comment: null }, after: { comment: 'New' } };
  },
  async addRule({ client }) {
    await client.call('addRule', { params: { ref: 'Pilot' }, body: { kind: 'query', wql, name: 'Q' } });
    return { before: { rules: [] }, after: { rules: [expect.objectContaining({ name: 'Q', query: wql })] } };
  },
  async updateRule({ client }) {
    await client.call('updateRule', { params: { ref: 'Pilot', rule: 'Q' }, body: { name: 'R' } });
    return {
      before: { rules: [expect.objectContaining({ name: 'Q' })] },
      after: { rules: [expect.objectContaining({ name: 'R' })] },
    };
  },
  async removeRule({ client }) {
    await client.call('removeRule', { params: { ref: 'Pilot', rule: 'R' } });
    return { before: { rules: [expect.objectContaining({ name: 'R' })] }, after: { rules: [] } };
  },
  async evaluate({ client, ended }) {
    await ended(client.call('evaluate', { body: { collections: ['Pilot'] } }));
    return { before: null, after: { asked: { collections: ['Pilot'], full: false }, job } };
  },
  async deleteCollection({ client }) {
    await client.call('createCollection', { body: { name: 'Inner', type: 'device', limitTo: 'Pilot' } });
    await client.call('deleteCollection', { params: { ref: 'Pilot' }, query: { cascade: true } });
    const deleted = [{ name: 'Inner' }, { name: 'Pilot' }].map(each => expect.objectContaining(each));
    return {
      before: { name: 'Pilot', comment: 'New' },
      after: { deleted: expect.arrayContaining(deleted) },
    };
  },

  // ── groups and mappings
  async createGroup({ client }) {
    await client.call('createGroup', { body: { displayName: 'Made here' } });
    return { before: null, after: { displayName: 'Made here', id: expect.any(String) } };
  },
  async addMapping({ mapped }) {
    await mapped('Mapped', devices);
    return { before: null, after: { mapping: { collectionName: 'Mapped', groupName: 'Mapped' } } };
  },
  async updateMapping({ client }) {
    const { items } = await client.call('listMappings', { query: { collection: ['Mapped'] } });
    const body = { maxRemovals: 3, paused: true };
    await client.call('updateMapping', { params: { id: items[0]?.id ?? 0 }, body });
    return { before: { maxRemovals: null, paused: false }, after: body };
  },
  async removeMapping({ client }) {
    const { items } = await client.call('listMappings', { query: { collection: ['Mapped'] } });
    await client.call('removeMapping', { params: { id: items[0]?.id ?? 0 } });
    return {
      before: { collectionName: 'Mapped', groupName: 'Mapped', maxRemovals: 3 },
      after: { removedMembers: 0 },
    };
  },

  // ── runs
  async synchronize({ client, ended, held }) {
    await held('Let through');
    const body = { collections: ['Let through'], approve: true };
    await ended(client.call('synchronize', { body }));
    return {
      before: [{ collectionName: 'Let through', groupName: 'Let through', heldPlan: plan }],
      after: { asked: { ...body, full: false }, job },
    };
  },
  async approveHeldPlan({ client, ended, held }) {
    const { id } = await held('Approved');
    await ended(client.call('approveHeldPlan', { params: { id } }));
    return { before: { groupName: 'Approved', ...plan }, after: { job } };
  },
  async refuseHeldPlan({ client, held }) {
    const { id } = await held('Refused');
    await client.call('refuseHeldPlan', { params: { id }, body: { reason: 'Too many' } });
    return {
      before: { groupName: 'Refused', ...plan },
      after: { refusal: { by: 'first start', reason: 'Too many' } },
    };
  },
  async undo({ client, ended, mapped, synchronized }) {
    await mapped('Undone', devices.slice(1));
    await synchronized('Undone');
    const { digest, run } = await client.call('planUndo', { body: { collection: 'Undone' } });
    await ended(client.call('undo', { body: { collection: 'Undone', run: run.id, digest } }));
    return { before: null, after: { asked: { collection: 'Undone', run: run.id, digest }, job } };
  },
  async pushMember({ client, ended }) {
    const body = { collection: 'Undone', member: 'PC1' };
    await ended(client.call('pushMember', { body }));
    return { before: null, after: { asked: body, job } };
  },
  async cancelJob({ client, ended }) {
    const { id } = await ended(client.call('evaluate', { body: {} }));
    await client.call('cancelJob', { params: { id } }).catch(() => {});
    return { at: new RegExp(`/jobs/${id}$`) };
  },

  // ── tenants
  async startSignIn({ client }) {
    await client.call('startSignIn', { body: {} });
    return { before: null, after: { state: 'waiting', userCode: '[hidden]', message: '[hidden]' } };
  },
  async endSignIn({ client }) {
    const { id } = await client.call('startSignIn', { body: {} });
    await client.call('endSignIn', { params: { id } });
    return { before: { id, state: 'waiting', userCode: '[hidden]', message: '[hidden]' }, after: null };
  },
  async discover({ client, entra, objects, ended }) {
    const full = (approve: boolean) => ended(client.call('discover', { body: { full: true, approve } }));
    await full(false);
    // A listing that lacks most of what was there, without a word about it.
    for (const { id } of objects.slice(1)) entra.tenant.deleteObject(id, { permanently: true });
    await full(false);
    await full(true);
    return {
      before: [{ tenant: 'Contoso', kind: 'device', heldRemovals: 11 }],
      after: { asked: { full: true, approve: true }, job },
    };
  },
  async updateTenant({ client }) {
    const credential = { kind: 'client-secret', secret: 'hush' } as const;
    const body = { maxRemovals: 7, groupSync: false, credential };
    await client.call('updateTenant', { params: { ref: 'Contoso' }, body });
    return {
      before: { maxRemovals: 500, groupSync: true },
      after: { maxRemovals: 7, groupSync: false, credential: '[hidden]' },
    };
  },
  async connectTenant({ client }) {
    const ids = { tenantId: crypto.randomUUID(), clientId: crypto.randomUUID() };
    const credential = { kind: 'client-secret', secret: 'hush' } as const;
    await client.call('connectTenant', { body: { name: 'Fabrikam', ...ids, credential } });
    return { before: null, after: { name: 'Fabrikam', ...ids, id: expect.any(Number) } };
  },
  async disconnectTenant({ client }) {
    await client.call('disconnectTenant', { params: { ref: 'Fabrikam' } });
    return { before: { name: 'Fabrikam' }, after: null };
  },
  async updateSettings({ client }) {
    const { historyDays } = await client.call('getSettings', {});
    await client.call('updateSettings', { body: { historyDays: 12 } });
    return { before: { historyDays }, after: { historyDays: 12 } };
  },
};

describe('every route that changes something', () => {
  it('leaves an entry in the audit log: who, what, and what was there before and after', async () => {
    const it = await site();
    for (const [action, change] of Object.entries(changes)) {
      const { by = 'first start', before, after, at = /^\// } = await change(it);
      const { items } = await it.client.call('listAudit', { query: { action, limit: 1 } });
      expect.soft(items, action).toMatchObject([
        {
          actor: by,
          address: '127.0.0.1',
          object: expect.stringMatching(at),
          outcome: expect.stringMatching(action === 'cancelJob' ? /done|refused/ : /done/),
          ...(before === undefined ? {} : { before }),
          ...(after === undefined ? {} : { after }),
        },
      ]);
    }
    const whole = JSON.stringify((await it.client.call('listAudit', { query: { limit: 1_000 } })).items);
    for (const secret of [password, 'hush', it.token, it.entra.credentials.clientSecret]) {
      expect(whole).not.toContain(secret);
    }
  }, 60_000);

  it('is told apart from those that only look', () => {
    const posts = Object.entries(routes).filter(([, { method }]) => method !== 'GET');
    expect(posts.map(([name]) => name).sort()).toEqual([...Object.keys(changes), ...looking].sort());
  });
});

describe('a change that failed', () => {
  it('is told with what was asked, and with what was done of it', async () => {
    const it = await site();
    const { id } = await it.mapped('Half', devices, []);
    await it.synchronized('Half');
    it.entra.faults.add({ path: '$batch', times: 99, action: { kind: 'status', status: 403 } });
    const removal = it.client.call('removeMapping', { params: { id }, query: { removeMembers: true } });
    await expect(removal).rejects.toThrow('not all of its members');
    const { items } = await it.client.call('listAudit', { query: { action: 'removeMapping' } });
    expect(items).toMatchObject([
      { outcome: 'refused', code: expect.any(String), before: { collectionName: 'Half' } },
    ]);
  });
});
