import type { Overview } from '../../../src/api/contract/index.ts';
import { mappingsAddress } from '../monitoring/filter.ts';
import { addressOf } from '../shell/place.ts';

/** Something that needs somebody: what, what to do, and where. */
export interface Need {
  key: string;
  level: 'error' | 'warning' | 'approval';
  what: string;
  /** What to do about it. */
  hint: string;
  /** The address of the place where it is done. */
  where: string;
  /** The words of the link there. */
  link: string;
}

/** What needs somebody, the most pressing first. */
export function needsOf(overview: Overview): Need[] {
  return [
    ...overview.approvals.items.map(approvalNeed),
    ...overview.tenants.flatMap(tenantNeeds),
    ...overview.failures.map(failureNeed),
    ...collectionNeeds(overview.collections),
    ...cycleNeeds(overview.cycle),
  ].sort((a, b) => order[a.level] - order[b.level]);
}

const order = { approval: 0, error: 1, warning: 2 } as const;

const pageOf = (type: 'device' | 'user') => `/monitoring/${type}-collections`;

function approvalNeed(held: Overview['approvals']['items'][number]): Need {
  const mapping = `${held.collectionId}.${held.groupId}`;
  return {
    key: `approval ${mapping}`,
    level: 'approval',
    what: `${held.groupName}: ${counted(held.removals, 'removal')} from ${held.collectionName} ${held.removals === 1 ? 'waits' : 'wait'} for approval`,
    hint: held.reason,
    where: addressOf(pageOf(held.collectionType), { mapping }),
    link: 'Review',
  };
}

function tenantNeeds(tenant: Overview['tenants'][number]): Need[] {
  return tenant.warnings.map(warning => ({
    key: `tenant ${tenant.id} ${warning.code}`,
    level: warning.level,
    what: `${tenant.name}: ${warning.message}`,
    hint: warning.hint,
    where: addressOf('/administration/tenants', { tenant: String(tenant.id) }),
    link: 'Open the tenant',
  }));
}

function failureNeed(failure: Overview['failures'][number]): Need {
  const what =
    failure.of === 'member'
      ? `${counted(failure.count, 'member')} of ${counted(failure.groups, 'group')} failed`
      : `${counted(failure.count, 'group')} failed`;
  return {
    key: `failure ${failure.of} ${failure.code}`,
    level: 'error',
    what: `${what}: ${failure.reason}`,
    hint: failure.hint,
    where: failuresAddress(failure),
    link: 'Show',
  };
}

/** The mappings that such a failure has befallen; where both kinds of collections are concerned, those of devices. */
function failuresAddress({ of, types: [type = 'device'] }: Overview['failures'][number]): string {
  if (of === 'group') return mappingsAddress(type, ['Failed']);
  return mappingsAddress(type, ['Failed', 'Partial Success']);
}

function collectionNeeds({ failed, pending }: Overview['collections']): Need[] {
  const where = addressOf('/assets/device-collections');
  const needs: Need[] = [];
  if (failed > 0) {
    needs.push({
      key: 'collections failed',
      level: 'error',
      what: `${counted(failed, 'collection')} could not be evaluated`,
      hint: 'Its members stay as they were. See the problem on the collection, and correct the rule.',
      where,
      link: 'Show',
    });
  }
  if (pending > 0) {
    needs.push({
      key: 'collections pending',
      level: 'warning',
      what: `${counted(pending, 'collection')} changed since the last evaluation`,
      hint: 'The next evaluation takes the changed rules in; Update Membership does it at once.',
      where,
      link: 'Show',
    });
  }
  return needs;
}

function cycleNeeds({ last }: Overview['cycle']): Need[] {
  if (!last?.problem) return [];
  return [
    {
      key: 'cycle',
      level: 'error',
      what: `The last cycle failed: ${last.problem.message}`,
      hint: last.problem.hint,
      where: addressOf(pageOf('device')),
      link: 'Show',
    },
  ];
}

function counted(count: number, what: string): string {
  return `${count.toLocaleString()} ${what}${count === 1 ? '' : 's'}`;
}
