import { describe, expect, it } from 'vitest';
import { checkGroup } from '../../src/cloudsync/index.ts';
import type { GroupFacts } from '../../src/cloudsync/ports.ts';
import { reasonOf } from '../../src/cloudsync/run/reasons.ts';
import { nextTry } from '../../src/cloudsync/run/retry.ts';
import { statusWord } from '../../src/cloudsync/status/status-words.ts';

describe('the check of a group', () => {
  const good: GroupFacts = {
    id: 'g',
    displayName: 'G',
    description: null,
    kind: 'security',
    dynamic: false,
    onPremises: false,
    roleAssignable: false,
    membersHidden: false,
  };
  it.each<[Partial<GroupFacts>, ('device' | 'user')[], boolean, string | undefined]>([
    [{}, ['device', 'user'], false, undefined],
    [{ dynamic: true }, ['device'], false, 'group-dynamic'],
    [{ onPremises: true }, ['device'], false, 'group-on-premises'],
    [{ kind: 'mail-enabled-security' }, ['user'], false, 'group-mail-enabled'],
    [{ kind: 'distribution' }, ['user'], false, 'group-mail-enabled'],
    [{ roleAssignable: true }, ['user'], false, 'group-role-assignable'],
    [{ roleAssignable: true }, ['user'], true, undefined],
    [{ kind: 'microsoft365' }, ['user'], false, undefined],
    [{ kind: 'microsoft365', membersHidden: true }, ['user'], false, 'group-members-hidden'],
    [{ kind: 'microsoft365' }, ['user', 'device'], false, 'group-takes-users-only'],
  ])('%j for %j, role-assignable allowed %s: %s', (facts, types, allowRoleAssignable, code) => {
    const refusal = checkGroup({ ...good, ...facts }, { types, allowRoleAssignable });
    expect(refusal?.code).toBe(code);
    if (refusal) expect(refusal.hint).not.toBe('');
  });
});

describe('the next try of a failed member', () => {
  const now = new Date('2026-01-05T08:00:00Z');
  const minutes = (kind: Parameters<typeof nextTry>[0], attempts: number) =>
    (nextTry(kind, attempts, now).getTime() - now.getTime()) / 60_000;

  it.each([
    ['throttled', [2, 4, 8, 16, 32, 60, 60]],
    ['unavailable', [5, 10, 20, 40, 80, 120, 120]],
    ['unknown', [15, 30, 60, 120, 240, 480, 720, 720]],
    ['forbidden', [60, 120, 240, 480, 960, 1440, 1440]],
    ['gone', [360, 720, 1440, 2880, 5760, 10_080, 10_080]],
    ['invalid', [1440, 2880, 5760, 10_080, 10_080]],
  ] as const)('%s: after %j minutes', (kind, expected) => {
    expect(expected.map((_, index) => minutes(kind, index + 1))).toEqual(expected);
  });

  it('is a time even after very many tries', () => {
    expect(minutes('throttled', 100_000)).toBe(60);
  });
});

describe('the words for a failure', () => {
  it('say what happened, what Graph says and what to do', () => {
    const told = reasonOf({
      objectId: 'o',
      outcome: 'failed',
      kind: 'forbidden',
      code: 'Authorization_RequestDenied',
      message: 'Insufficient privileges to complete the operation.',
    });
    expect(told.reason).toMatch(/may not change.*Graph says: Insufficient privileges/);
    expect(told.hint).toContain('owner of the group');
  });
});

describe('the status of a mapping', () => {
  const fine = {
    off: false,
    problem: false,
    held: false,
    everRun: true,
    completed: 3,
    inProgress: 0,
    failed: 0,
  };
  it.each([
    [{}, 'Success'],
    [{ completed: 0 }, 'Success'],
    [{ everRun: false, completed: 0 }, 'In Progress'],
    [{ inProgress: 1 }, 'In Progress'],
    [{ failed: 1 }, 'Partial Success'],
    [{ failed: 1, completed: 0 }, 'Failed'],
    [{ inProgress: 1, failed: 1 }, 'In Progress'],
    [{ held: true }, 'Awaiting Approval'],
    [{ held: true, failed: 1 }, 'Awaiting Approval'],
    [{ problem: true, held: true }, 'Failed'],
    [{ off: true, problem: true, held: true }, 'Disabled'],
  ] as const)('%j: %s', (change, word) => {
    expect(statusWord({ ...fine, ...change })).toBe(word);
  });
});
