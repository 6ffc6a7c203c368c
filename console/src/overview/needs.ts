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
  /** The places where it is done, and the words of the links there. */
  links: { text: string; where: string }[];
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
    links: [{ text: 'Review', where: addressOf(pageOf(held.collectionType), { mapping }) }],
  };
}

function tenantNeeds(tenant: Overview['tenants'][number]): Need[] {
  return tenant.warnings.map(warning => ({
    key: `tenant ${tenant.id} ${warning.code}`,
    level: warning.level,
    what: `${tenant.name}: ${warning.message}`,
    hint: warning.hint,
    links: [
      { text: 'Open the tenant', where: addressOf('/administration/tenants', { tenant: String(tenant.id) }) },
    ],
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
    links: failureLinks(failure),
  };
}

/** To the mappings that such a failure has befallen, of each kind of collection that is concerned. */
function failureLinks({ of, types }: Overview['failures'][number]): Need['links'] {
  const statuses = of === 'group' ? (['Failed'] as const) : (['Failed', 'Partial Success'] as const);
  return types.map(type => ({
    text: types.length === 1 ? 'Show' : `Show ${type}s`,
    where: mappingsAddress(type, statuses),
  }));
}

function collectionNeeds({ failed, pending }: Overview['collections']): Need[] {
  const links = [{ text: 'Show', where: addressOf('/assets/device-collections') }];
  const needs: Need[] = [];
  if (failed > 0) {
    needs.push({
      key: 'collections failed',
      level: 'error',
      what: `${counted(failed, 'collection')} could not be evaluated`,
      hint: 'Its members stay as they were. See the problem on the collection, and correct the rule.',
      links,
    });
  }
  if (pending > 0) {
    needs.push({
      key: 'collections pending',
      level: 'warning',
      what: `${counted(pending, 'collection')} changed since the last evaluation`,
      hint: 'The next evaluation takes the changed rules in; Update Membership does it at once.',
      links,
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
      links: [{ text: 'Show', where: addressOf(pageOf('device')) }],
    },
  ];
}

function counted(count: number, what: string): string {
  return `${count.toLocaleString()} ${what}${count === 1 ? '' : 's'}`;
}
