import type { Clock } from '../../base/index.ts';
import { type AdmittingRule, admittingRules } from '../../collections/index.ts';
import type { Store } from '../../store/index.ts';
import type { NamedChange } from '../names.ts';
import type { Change, Why } from '../plan.ts';
import type { Target } from '../targets.ts';

/** A change of a plan with the reason for it. */
export interface ExplainedChange extends NamedChange {
  /** The reason in words. */
  reason: string;
  /** The rules that let it into the collections; null where they were not looked up, or it goes out. */
  rules: string[] | null;
}

/** For so many additions of a plan the rules are looked up: more than anybody reads. */
const explained = 1_000;

const words: Record<Why, string> = {
  missing: 'wanted, and not in the group',
  joined: 'joined since the last run',
  appeared: 'has an Entra object now',
  left: 'left the collections',
  replaced: 'is another Entra object now',
  unwanted: 'no collection wants it any more',
  foreign: 'not put there by Rollcall',
  retry: 'failed before, and is tried again',
  resumed: 'decided by a run that was cut short',
};

/** Puts the reason to the additions of a plan, with the rules behind the first thousand; `named` is in their order. */
export async function explainAdditions(
  store: Store,
  target: Target,
  additions: readonly Change[],
  named: readonly NamedChange[],
  clock: Clock,
): Promise<ExplainedChange[]> {
  const resources = additions.slice(0, explained).flatMap(({ resourceId }) => resourceId ?? []);
  const nums = target.feeders.map(({ num }) => num);
  const found = await admittingRules(store, nums, resources, clock);
  return named.map((change, at) => {
    const resourceId = additions[at]?.resourceId ?? null;
    const admitting = at < explained && resourceId !== null ? (found.get(resourceId) ?? []) : null;
    const rules = admitting?.map(ruleInWords) ?? null;
    const why = words[change.why];
    return { ...change, rules, reason: rules && rules.length > 0 ? `${why}: ${rules.join(', ')}` : why };
  });
}

/** Puts the reason to the removals of a plan. */
export function explainRemovals(named: readonly NamedChange[]): ExplainedChange[] {
  return named.map(change => ({ ...change, rules: null, reason: words[change.why] }));
}

function ruleInWords({ collection, kind, name }: AdmittingRule): string {
  const of = `rule of "${collection}"`;
  return kind === 'direct' ? `direct ${of}` : `"${name}", ${kind} ${of}`;
}
