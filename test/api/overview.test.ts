import { describe, expect, it } from 'vitest';
import { tenantHealth } from '../../src/api/overview/tenant-health.ts';
import { systemClock } from '../../src/base/index.ts';
import { getTenant } from '../../src/directory/index.ts';
import { openEngineContext } from '../../src/schedule/index.ts';
import { connected } from './entra.ts';
import { finished } from './house.ts';
import { run, type World, world } from './world.ts';

const overview = ({ client }: Pick<World, 'client'>) => client.call('getOverview', {});
const twenty = Array.from({ length: 20 }, (_, n) => `PC${n}`);

describe('the overview', () => {
  it('counts mappings and members by status, with every status named', async () => {
    const it = await world({ wanted: ['B', 'C', 'D'] });
    expect((await overview(it)).mappings).toMatchObject({ total: 1, byStatus: { 'In Progress': 1 } });
    it.entra.tenant.deleteObject(it.id('D'));
    await run(it);
    expect(await overview(it)).toMatchObject({
      collections: { devices: 2, users: 1, pending: 0, failed: 0 },
      mappings: { total: 1, byStatus: { Success: 1, Failed: 0, Disabled: 0, 'Awaiting Approval': 0 } },
      members: { total: 3, completed: 2, inProgress: 0, failed: 0, notInEntra: 1 },
      approvals: { total: 0, items: [] },
      failures: [],
    });
  });

  it('counts anew what members joined or left since, and not what nobody touched', async () => {
    const it = await world();
    await run(it);
    await it.client.call('addRule', {
      params: { ref: 'Collection1' },
      body: { kind: 'direct', resources: ['D'] },
    });
    await finished(it, await it.client.call('evaluate', { body: {} }));
    expect(await overview(it)).toMatchObject({
      members: { total: 3, completed: 2, inProgress: 1 },
      mappings: { byStatus: { 'In Progress': 1, Success: 0 } },
    });
  });

  it('names the plans that wait for approval, with how much they would change', async () => {
    const it = await world({ names: twenty, wanted: twenty.slice(0, 5), inGroup: twenty });
    await run(it);
    expect((await overview(it)).approvals).toMatchObject({
      total: 1,
      items: [
        { collectionName: 'Collection1', groupName: 'Group1', kind: 'full', additions: 0, removals: 15 },
      ],
    });
    expect((await overview(it)).mappings.byStatus).toMatchObject({ 'Awaiting Approval': 1 });
  });

  it('groups failures by code, with what to do', async () => {
    const it = await world();
    await run(it);
    it.entra.tenant.deleteObject(it.group.id);
    await run(it, { full: true });
    const { failures, mappings } = await overview(it);
    expect(failures).toMatchObject([
      { of: 'group', code: 'group-not-found', count: 1, groups: 1, types: ['device'] },
    ]);
    expect(failures[0]?.hint).not.toBe('');
    expect(mappings.byStatus.Failed).toBe(1);
    expect(mappings.byType).toMatchObject({ device: { Failed: 1, Success: 0 }, user: { Failed: 0 } });
  });

  it('draws what runs did by hours or days', async () => {
    const it = await world({ inGroup: ['A'] });
    await run(it);
    const { activity } = await overview(it);
    expect(activity.bucket).toBe('hour');
    expect(activity.points.reduce((sum, point) => sum + point.added, 0)).toBe(2);
    expect(activity.points.reduce((sum, point) => sum + point.removed, 0)).toBe(1);
    const days = await it.client.call('getOverview', { query: { bucket: 'day', hours: 48 } });
    expect(days.activity.points.at(-1)).toMatchObject({ at: expect.stringMatching(/T00:00:00/) });
    const [tenant] = days.tenants;
    expect(tenant?.quota.writes).toBeGreaterThan(0);
    expect(tenant?.quota.writesPerHour).toBe(64_800);
  });

  it('says how each tenant is', async () => {
    const it = await connected();
    expect((await overview(it)).tenants).toMatchObject([
      { name: 'Contoso', health: 'warning', warnings: [{ code: 'discovery' }], lastDiscoveryTime: null },
    ]);
    await finished(it, await it.client.call('discover', { body: { full: true } }));
    expect((await overview(it)).tenants).toMatchObject([{ health: 'healthy', warnings: [] }]);
    await it.client.call('updateTenant', { params: { ref: 'Contoso' }, body: { groupSync: false } });
    expect((await overview(it)).tenants).toMatchObject([
      { health: 'warning', warnings: [{ code: 'group-sync' }] },
    ]);
  });

  it('warns before a credential ends, once the check has seen when', async () => {
    const it = await connected();
    await finished(it, await it.client.call('discover', { body: { full: true } }));
    const soon = new Date(Date.now() + 10.5 * 86_400_000).toISOString();
    it.entra.tenant.expireSecrets(it.entra.credentials.clientId, soon);
    await it.client.call('checkTenant', { params: { ref: 'Contoso' } });
    expect((await overview(it)).tenants).toMatchObject([
      { credentialExpiresAt: soon, warnings: [{ code: 'credential-expires', level: 'warning' }] },
    ]);
  });

  it('tells the last round of the schedule', async () => {
    const it = await world({ inGroup: ['A'] });
    expect((await overview(it)).cycle).toEqual({ last: null, running: false, next: null });
    const context = await openEngineContext(it.dataDir, {}, systemClock);
    const { jobHandlers } = await import('../../src/schedule/work/handlers.ts');
    const { noLog } = await import('../../src/schedule/index.ts');
    const work = { clock: systemClock, report: () => {}, signal: new AbortController().signal };
    await jobHandlers(context, noLog).cycle({}, { id: 'x', requestedBy: 'schedule' }, work);
    await context.close();
    expect((await overview(it)).cycle.last).toMatchObject({
      outcome: 'done',
      groups: 1,
      added: 2,
      removed: 1,
      problem: null,
    });
  });

  it.each([
    [-1, 'error', 'credential-expired'],
    [29, 'warning', 'credential-expires'],
    [31, 'healthy', undefined],
  ])('with a credential that ends in %i days a tenant is %s', async (days, health, code) => {
    const { dataDir } = await connected();
    const context = await openEngineContext(dataDir, {}, systemClock);
    const tenant = { ...(await getTenant(context.store)), discovery: true };
    await context.close();
    const now = new Date();
    const at = new Date(now.getTime() - 60_000).toISOString();
    const state = {
      tenant: 'Contoso',
      cloudServiceId: tenant.id,
      objectCount: 1,
      underWay: false,
      heldRemovals: 0,
    };
    const discoveries = (['device', 'user'] as const).map(kind => ({
      ...state,
      kind,
      lastFullTime: at,
      lastDeltaTime: null,
      error: null,
    }));
    const ends = new Date(now.getTime() + days * 86_400_000 + 1_000).toISOString();
    const told = tenantHealth(
      {
        tenant,
        discoveries,
        expiry: { expiresAt: ends, source: 'app-registration', lookedAt: at },
        writes: 0,
        writesSince: now,
      },
      now,
    );
    expect([told.health, told.warnings[0]?.code]).toEqual([health, code]);
  });
});
