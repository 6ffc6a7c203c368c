import { describe, expect, it } from 'vitest';
import { type GroupState, remarksOn } from '../../src/cli/commands/cloud-sync/remarks.ts';

const fine: GroupState = {
  groupName: 'Pilot',
  collections: ['Pilot'],
  held: null,
  refused: null,
  failed: 0,
  problem: null,
};
const unreachable = { message: 'Graph can not be reached.', hint: 'Check the network.' };

describe('remarks after a run', () => {
  it('are not made of groups that are in step', () => {
    expect(remarksOn([fine, fine])).toEqual([]);
  });

  it('name the command that goes on, ready to be pasted', () => {
    const held = { ...fine, collections: ['First ring'], held: '40 of 100 members would be removed.' };
    expect(remarksOn([held])).toEqual([
      'Pilot: 40 of 100 members would be removed.',
      'See what: rollcall cloud-sync held "First ring". Approve: rollcall cloud-sync run "First ring" --approve',
    ]);
    expect(remarksOn([{ ...fine, failed: 1 }])).toEqual([
      'Pilot: 1 member failed.',
      'See why: rollcall cloud-sync members Pilot --status Failed',
    ]);
  });

  it('tell once what befell many groups', () => {
    const groups = ['A', 'B', 'C', 'D'].map(groupName => ({ ...fine, groupName, problem: unreachable }));
    expect(remarksOn(groups)).toEqual(['A, B and 2 more: Graph can not be reached.', 'Check the network.']);
  });
});
