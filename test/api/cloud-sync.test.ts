import { describe, expect, it } from 'vitest';
import { jobResult } from '../../src/api/index.ts';
import { finished, imported } from './house.ts';
import { run, status, world } from './world.ts';

const twenty = Array.from({ length: 20 }, (_, n) => `PC${n}`);

describe('cloud sync over the API', () => {
  it('plans what a run would do, with names, and writes nothing', async () => {
    const it = await world();
    await finished(it, await it.client.call('discover', { body: {} }));
    await finished(it, await it.client.call('evaluate', { body: {} }));
    const { plans } = await it.client.call('plan', { body: { collection: 'Collection1', full: true } });
    expect(plans).toMatchObject([
      {
        groupName: 'Group1',
        kind: 'full',
        add: [],
        remove: [{ name: 'A', objectId: it.id('A'), foreign: true }],
        held: null,
        problem: null,
      },
    ]);
    expect(it.members()).toEqual(['A', 'B', 'C']);
  });

  it('verifies: tells who is missing and who is foreign, and changes nothing', async () => {
    const it = await world();
    await run(it);
    it.entra.tenant.removeMember(it.group.id, it.id('B'));
    it.entra.tenant.addMember(it.group.id, it.id('D'));
    const { groups } = await it.client.call('verify', { body: { collection: 'Collection1' } });
    expect(groups).toMatchObject([{ inStep: false, foreign: [{ objectId: it.id('D') }] }]);
    expect(it.members()).toEqual(['C', 'D']);
  });

  it('lists members by status, and those that are not in Entra apart', async () => {
    const it = await world({ wanted: ['B', 'C', 'D'] });
    it.entra.tenant.deleteObject(it.id('D'));
    expect(await run(it)).toMatchObject({ outcome: 'done' });
    const members = async (state?: 'Success' | 'Not in Entra') => {
      const query = { collection: 'Collection1', ...(state ? { status: state } : {}) };
      const { items } = await it.client.call('listMappingMembers', { query });
      return items.map(member => [member.name, member.status]);
    };
    expect(await members()).toEqual([
      ['B', 'Success'],
      ['C', 'Success'],
      ['D', 'Not in Entra'],
    ]);
    expect(await members('Not in Entra')).toEqual([['D', 'Not in Entra']]);
    expect(await status(it)).toMatchObject({ status: 'Success', memberCount: 3, notInEntra: 1 });
  });

  it('holds a run that would remove much, and lets that very plan pass when it is approved', async () => {
    const it = await world({ names: twenty, wanted: twenty.slice(0, 5), inGroup: twenty });
    const held = await run(it);
    expect(held).toMatchObject({ outcome: 'held', groups: [{ status: 'Awaiting Approval', removed: 0 }] });
    expect(it.members()).toHaveLength(20);
    expect(await status(it)).toMatchObject({ status: 'Awaiting Approval' });
    expect(await run(it, { approve: true })).toMatchObject({ outcome: 'done', groups: [{ removed: 15 }] });
    expect(it.members()).toHaveLength(5);
  });

  it('keeps the history of runs with who asked, a page at a time', async () => {
    const it = await world();
    await run(it);
    await run(it, { full: true });
    const first = await it.client.call('listRuns', { query: { collection: 'Collection1', limit: 1 } });
    expect(first.items).toMatchObject([{ kind: 'full', requestedBy: 'first start', status: 'success' }]);
    const rest = await it.client.call('listRuns', {
      query: { collection: 'Collection1', after: first.next ?? '' },
    });
    expect(rest.items.map(entry => entry.id)).not.toContain(first.items[0]?.id);
    expect(rest.next).toBeNull();
  });

  it('removes a mapping, and with it the members that Rollcall put there', async () => {
    const it = await world({ inGroup: ['A'] });
    await run(it);
    expect(it.members()).toEqual(['B', 'C']);
    it.entra.tenant.addMember(it.group.id, it.id('D'));
    const id = (await status(it))?.id ?? 0;
    const removed = await it.client.call('removeMapping', {
      params: { id },
      query: { removeMembers: true },
    });
    expect(removed).toMatchObject({ groupId: it.group.id, removedMembers: 2, remainingMembers: 0 });
    expect(it.members()).toEqual(['D']);
    expect((await it.client.call('listMappings', {})).items).toEqual([]);
  });

  it('tells how many members could not be taken out with a mapping, which the schedule tries again', async () => {
    const it = await world({ inGroup: ['A'] });
    await run(it);
    const [refused] = it.members().map(name => it.id(name));
    it.entra.faults.add({
      ...{ where: 'batch', path: `members/${refused}`, times: 99 },
      action: { kind: 'status', status: 403, code: 'Authorization_RequestDenied' },
    });
    const id = (await status(it))?.id ?? 0;
    const removal = it.client.call('removeMapping', { params: { id }, query: { removeMembers: true } });
    expect(await removal).toMatchObject({ removedMembers: 1, remainingMembers: 1 });
    expect(it.members()).toHaveLength(1);
  });

  it('refuses an unknown group and one that can not be a target, with what to do', async () => {
    const it = await world();
    it.entra.tenant.addGroup({ displayName: 'Dynamic', dynamic: true });
    const map = (group: string) =>
      it.client.call('addMapping', { body: { collection: 'Collection1', group } });
    await expect(map('Nobody')).rejects.toMatchObject({ kind: 'not-found', hint: expect.any(String) });
    await expect(map('Dynamic')).rejects.toMatchObject({ code: 'group-dynamic' });
  });

  it('never takes a tenant that it could not discover for an empty one', async () => {
    const it = await world();
    await it.client.call('updateTenant', { params: { ref: 'Contoso' }, body: { discovery: false } });
    const result = await run(it);
    expect(result).toMatchObject({ outcome: 'failed', groups: [{ problem: { code: 'not-discovered' } }] });
    expect(it.members()).toEqual(['A', 'B', 'C']);
  });

  it('tells a run of a collection that is not mapped', async () => {
    const it = await world();
    const job = await it.client.call('synchronize', { body: { collections: ['SMS00001'] } });
    expect(await finished(it, job)).toMatchObject({
      state: 'failed',
      problem: { code: 'collection-not-mapped' },
    });
  });

  it('writes nothing in a round in which nothing has changed', async () => {
    const it = await world();
    await run(it);
    const before = it.entra.counters;
    const writes = before.writes;
    const job = await it.client.call('synchronize', { body: {} });
    expect(jobResult(await finished(it, job), 'synchronize')).toMatchObject({ outcome: 'done' });
    expect(it.entra.counters.writes).toBe(writes);
  });
});

describe('decisions over the API', () => {
  it('shows a held plan by pages, and lets that very plan be refused or approved by its number', async () => {
    const it = await world({ names: twenty, wanted: twenty.slice(0, 5), inGroup: twenty });
    await run(it);
    const { plans } = await it.client.call('listHeldPlans', { query: { collection: 'Collection1' } });
    const id = plans[0]?.id ?? 0;
    expect(plans).toMatchObject([{ groupName: 'Group1', removals: 15, foreign: 15, refusal: null }]);
    const page = await it.client.call('listHeldChanges', { params: { id }, query: { limit: 10 } });
    const rest = await it.client.call('listHeldChanges', {
      params: { id },
      query: { limit: 10, after: page.next ?? '' },
    });
    expect([page.items.length, rest.items.length, rest.next]).toEqual([10, 5, null]);
    expect(page.items[0]).toMatchObject({
      change: 'remove',
      foreign: true,
      name: expect.stringMatching(/^PC/),
    });
    const refused = await it.client.call('refuseHeldPlan', { params: { id }, body: { reason: 'No.' } });
    expect(refused).toMatchObject({ id, refusal: { by: 'first start', reason: 'No.' } });
    expect(await run(it, { full: true })).toMatchObject({ outcome: 'done', groups: [{ removed: 0 }] });
    const job = await it.client.call('approveHeldPlan', { params: { id } });
    expect(jobResult(await finished(it, job), 'synchronize')).toMatchObject({ groups: [{ removed: 15 }] });
    await expect(it.client.call('getHeldPlan', { params: { id } })).rejects.toMatchObject({
      code: 'held-plan-gone',
    });
    expect((await it.client.call('getOverview', {})).approvals.total).toBe(0);
  });

  it('counts a refused plan as settled in overview and list, and a paused mapping as Disabled', async () => {
    const it = await world({ names: twenty, wanted: twenty.slice(0, 5), inGroup: twenty });
    await run(it);
    const approvals = async () => (await it.client.call('getOverview', {})).approvals;
    expect(await approvals()).toMatchObject({ total: 1, items: [{ removals: 15, additions: 0 }] });
    const { plans } = await it.client.call('listHeldPlans', { query: { collection: 'Collection1' } });
    await it.client.call('refuseHeldPlan', { params: { id: plans[0]?.id ?? 0 }, body: {} });
    expect(await approvals()).toMatchObject({ total: 0, items: [] });
    const id = (await status(it))?.id ?? 0;
    const body = { paused: true, maxRemovals: 3 };
    const changed = await it.client.call('updateMapping', { params: { id }, body });
    expect(changed).toMatchObject({ id, status: 'Disabled', paused: true, maxRemovals: 3 });
    const { mappings: counted } = await it.client.call('getOverview', {});
    expect(counted.byStatus).toMatchObject({ Disabled: 1, Success: 0, 'Awaiting Approval': 0 });
  });

  it('shows an undo and makes it by its digest; a run lists what it did', async () => {
    const it = await world();
    await run(it);
    const plan = await it.client.call('planUndo', { body: { collection: 'Collection1' } });
    expect(plan).toMatchObject({ add: [{ objectId: it.id('A') }], remove: [], nextRun: 'incremental' });
    const body = { collection: 'Collection1', run: plan.run.id, digest: plan.digest };
    const result = jobResult(await finished(it, await it.client.call('undo', { body })), 'undo');
    expect(result).toMatchObject({ added: 1, removed: 0, failed: 0, problem: null });
    expect(it.members()).toEqual(['A', 'B', 'C']);
    const members = await it.client.call('listRunMembers', {
      params: { id: result.runId },
      query: { collection: 'Collection1' },
    });
    expect(members.items).toMatchObject([{ objectId: it.id('A'), change: 'add', outcome: 'done' }]);
    const again = await finished(it, await it.client.call('undo', { body }));
    expect(again).toMatchObject({ state: 'failed', problem: { code: 'undo-changed' } });
  });

  it('pushes one member through before anything is known of the tenant, and leaves the first run to come', async () => {
    const it = await world({ inGroup: ['A'] });
    const push = { body: { collection: 'Collection1', member: 'B' } };
    const result = jobResult(await finished(it, await it.client.call('pushMember', push)), 'member');
    expect(result).toMatchObject({ outcome: 'done' });
    expect(it.members()).toEqual(['A', 'B']);
    expect(await run(it)).toMatchObject({ groups: [{ kind: 'full', added: 1, removed: 1 }] });
    expect(it.members()).toEqual(['B', 'C']);
  });

  it('refuses to verify before anything is known of the tenant', async () => {
    const it = await world();
    const asked = it.client.call('verify', { body: { collection: 'Collection1' } });
    await expect(asked).rejects.toMatchObject({ code: 'not-discovered' });
  });

  it('discovers what is due before a plan, where that is asked for', async () => {
    const it = await world();
    await finished(it, await it.client.call('evaluate', { body: { discover: true } }));
    const { plans } = await it.client.call('plan', { body: { collection: 'Collection1', full: true } });
    expect(plans).toMatchObject([{ remove: [{ objectId: it.id('A') }], problem: null }]);
  });

  it('pushes a user through that no discovery has seen yet', async () => {
    const it = await world({ type: 'user' });
    await run(it);
    const eve = it.entra.tenant.addUser({ userPrincipalName: 'eve@contoso.com' });
    await imported(it, [{ type: 'user', name: 'Eve', userPrincipalName: 'eve@contoso.com' }]);
    const rule = { kind: 'direct' as const, resources: ['Eve'] };
    await it.client.call('addRule', { params: { ref: 'Collection1' }, body: rule });
    const job = await it.client.call('pushMember', { body: { collection: 'Collection1', member: 'Eve' } });
    const result = jobResult(await finished(it, job), 'member');
    expect(result).toMatchObject({ outcome: 'done', resource: { name: 'Eve', type: 'user' } });
    expect(it.entra.tenant.members(it.group.id)).toContain(eve.id);
    const nobody = { collection: 'Collection1', member: 'Nobody' };
    expect(await finished(it, await it.client.call('pushMember', { body: nobody }))).toMatchObject({
      state: 'failed',
      problem: { code: 'resource-not-found' },
    });
  });
});
