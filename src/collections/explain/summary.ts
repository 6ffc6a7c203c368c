import type { MembershipExplanation, RuleExplanation } from './types.ts';

/** The explanation as a sentence or two for a person. */
export function summaryOf(explained: Omit<MembershipExplanation, 'summary'>): string {
  const { collection, resource, belongs, member } = explained;
  const reason = reasonOf(explained);
  const verdict = `${resource.name} ${belongs ? 'belongs' : 'does not belong'} to ${collection.name}: ${reason}.`;
  if (belongs === member) return verdict;
  return `${verdict} It is ${member ? 'still' : 'not yet'} a member; the next evaluation will change that.`;
}

function reasonOf({ rules, limiting, excluded }: Omit<MembershipExplanation, 'summary'>): string {
  if (limiting === null) return 'it holds every resource of its type';
  const admitting = rules.filter(rule => rule.letsIn);
  if (admitting.length === 0) return noRule(rules);
  const lets = `${admitting.map(ruleName).join(' and ')} ${admitting.length === 1 ? 'lets' : 'let'} it in`;
  if (!limiting.member) {
    return `${lets}, but it is not in the limiting collection ${limiting.name} (${limiting.id})`;
  }
  const against = excluded.filter(one => one.member);
  if (against.length === 0) return lets;
  return `${lets}, but it is in the excluded ${against.map(one => `${one.name} (${one.id})`).join(' and ')}`;
}

function noRule(rules: readonly RuleExplanation[]): string {
  const failing = rules.flatMap(rule => rule.conditions?.filter(condition => !condition.met) ?? []);
  const [first] = failing;
  if (!first) return 'no rule lets it in';
  const more = failing.length > 1 ? `, and ${failing.length - 1} more` : '';
  return `no rule lets it in; it fails ${first.text}${more}`;
}

function ruleName({ kind, name, collectionId }: RuleExplanation): string {
  return `${kind} rule ${name}${collectionId ? ` (${collectionId})` : ''}`;
}
