import type { Problem } from '../../../base/index.ts';

/** How a group stands, as far as something is to be done about it. */
export interface GroupState {
  groupName: string;
  /** The names of the collections that feed it. */
  collections: readonly string[];
  /** Why it waits for approval. */
  held: string | null;
  /** Which removals are not made because somebody refused them. */
  refused: string | null;
  failed: number;
  problem: Pick<Problem, 'message' | 'hint'> | null;
}

/**
 * What is to be done about groups that are not in step: two lines each, what and how. Groups that the same thing
 * befell are told together: when Entra can not be reached, it is one remark and not a hundred.
 */
export function remarksOn(groups: readonly GroupState[]): string[] {
  const problems = Map.groupBy(
    groups.filter(group => group.problem),
    group => group.problem?.message ?? '',
  );
  const stopped = [...problems].flatMap(([message, befallen]) => [
    `${namesOf(befallen)}: ${message}`,
    befallen[0]?.problem?.hint ?? '',
  ]);
  return [...stopped, ...groups.filter(group => !group.problem).flatMap(remarksOnOne)];
}

function remarksOnOne({ groupName, collections, held, refused, failed }: GroupState): string[] {
  const names = collections.map(quoted).join(' ');
  const [first = '', ...others] = collections.map(quoted);
  const alike = others.length > 0 ? `, and the same for ${others.join(', ')}` : '';
  if (held !== null) {
    return [
      `${groupName}: ${held}`,
      `See what: rollcall cloud-sync held ${first}. Approve: rollcall cloud-sync run ${names} --approve`,
    ];
  }
  const told =
    refused === null ? [] : [`${groupName}: ${refused}`, `See which: rollcall cloud-sync held ${first}`];
  if (failed === 0) return told;
  return [
    ...told,
    `${groupName}: ${failed} ${failed === 1 ? 'member' : 'members'} failed.`,
    `See why: rollcall cloud-sync members ${first} --status Failed${alike}`,
  ];
}

function namesOf(groups: readonly GroupState[]): string {
  const [first, second, ...more] = groups.map(group => group.groupName);
  return (
    [first, second].filter(name => name !== undefined).join(', ') +
    (more.length > 0 ? ` and ${more.length} more` : '')
  );
}

function quoted(name: string): string {
  return /^[\w.-]+$/.test(name) ? name : `"${name}"`;
}
