import { describe, expect, it } from 'vitest';
import { run, status, world } from './world.ts';

// The worked example of ConfigMgr's documentation ("Synchronize members to Microsoft Entra groups"), as in README.md.

describe.each(['device', 'user'] as const)('the worked example with %ss', type => {
  it('does in each step what ConfigMgr does', async () => {
    const it = await world({ type });
    expect(await run(it)).toMatchObject({
      outcome: 'done',
      groups: [{ kind: 'full', added: 0, removed: 1 }],
    });
    expect(it.members()).toEqual(['B', 'C']);
    expect(await status(it)).toMatchObject({
      collectionName: 'Collection1',
      groupName: 'Group1',
      status: 'Success',
      memberCount: 2,
      syncCompleted: 2,
      lastFullSyncStatus: 'Success',
      lastFullSyncMemberCount: 2,
    });

    await it.client.call('removeRule', { params: { ref: 'Collection1', rule: 'C' } });
    expect(await run(it)).toMatchObject({ groups: [{ kind: 'incremental', added: 0, removed: 1 }] });
    expect(it.members()).toEqual(['B']);
    expect(await status(it)).toMatchObject({ status: 'Success', memberCount: 1, syncCompleted: 1 });

    it.entra.tenant.addMember(it.group.id, it.id('D'));
    const { groups } = await run(it);
    expect(groups).toMatchObject([{ kind: 'incremental', writes: 0 }]);
    expect(it.members()).toEqual(['B', 'D']);

    expect(await run(it, { full: true })).toMatchObject({ groups: [{ kind: 'full', removed: 1 }] });
    expect(it.members()).toEqual(['B']);
    expect(await status(it)).toMatchObject({ status: 'Success', memberCount: 1, syncFailed: 0 });
  });
});
