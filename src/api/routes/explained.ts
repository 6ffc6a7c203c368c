import type {
  ConditionExplanation,
  MembershipExplanation,
  RuleExplanation,
} from '../../collections/index.ts';
import type { Explanation } from '../contract/index.ts';

/** An explanation as the API tells it: each rule also with a line that a person can read. */
export function explained(why: MembershipExplanation): Explanation {
  const { collection, resource, member, belongs, summary, limiting, excluded, rules } = why;
  return {
    collectionId: collection.id,
    collectionName: collection.name,
    resourceId: resource.id,
    resourceName: resource.name,
    member,
    belongs,
    summary,
    limiting,
    excluded,
    rules: rules.map(rule => ({
      id: rule.id,
      kind: rule.kind,
      name: rule.name,
      ...(rule.collectionId ? { collectionId: rule.collectionId } : {}),
      holds: rule.letsIn,
      detail: detailOf(rule),
      ...(rule.conditions ? { conditions: rule.conditions } : {}),
    })),
  };
}

/** Why the rule can not run, or the conditions that keep the resource out with the values found. */
function detailOf({ error, letsIn, conditions = [] }: RuleExplanation): string | null {
  if (error !== undefined) return error;
  const failing = letsIn ? [] : conditions.filter(condition => !condition.met);
  return failing.length > 0 ? failing.map(lineOf).join('; ') : null;
}

function lineOf({ text, found }: ConditionExplanation): string {
  const values = found.map(({ property, values: all }) => `${property} is ${valuesText(all)}`);
  return values.length > 0 ? `${text}: ${values.join(', ')}` : text;
}

function valuesText(values: readonly unknown[]): string {
  if (values.length === 0) return 'not there';
  const shown = values.slice(0, 5).map(value => JSON.stringify(value));
  return values.length > 5 ? `${shown.join(', ')} and ${values.length - 5} more` : shown.join(', ');
}
