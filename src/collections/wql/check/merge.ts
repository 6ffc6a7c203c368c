import type { Condition, Expression } from '../checked/checked.ts';

/**
 * The branches of an or, with comparisons of one property to constants made one list: `Name = 'A' or Name = 'B'` is
 * `Name in ('A', 'B')`, and a list of thousands costs a lookup a row instead of thousands of comparisons.
 */
export function mergeEqualities(items: readonly Condition[]): Condition[] {
  const groups = new Map<string, { at: number; start: number; list: (string | number)[] }>();
  const merged: Condition[] = [];
  for (const item of items) {
    const equality = equalityOf(item);
    const group = equality && groups.get(equality.key);
    if (equality && group) {
      group.list.push(equality.constant);
      merged[group.at] = {
        kind: 'in',
        negated: false,
        value: equality.value,
        list: group.list,
        withNull: false,
        start: group.start,
        end: item.end,
      };
      continue;
    }
    if (equality) {
      groups.set(equality.key, { at: merged.length, start: item.start, list: [equality.constant] });
    }
    merged.push(item);
  }
  return merged;
}

function equalityOf(
  condition: Condition,
): { key: string; value: Expression; constant: string | number } | undefined {
  if (condition.kind !== 'compare' || condition.operator !== '=') return undefined;
  const { left, right } = condition;
  const [value, literal] = left.kind === 'literal' ? [right, left] : [left, right];
  if (literal.kind !== 'literal' || literal.value === null || value.type === 'datetime') return undefined;
  const name =
    value.kind === 'property' ? value.property.name : value.kind === 'resource-id' ? '' : undefined;
  if (name === undefined || !('source' in value)) return undefined;
  return { key: `${value.source.number}.${name}`, value, constant: literal.value };
}
