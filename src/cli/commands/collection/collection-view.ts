import type { Collection, Rule } from '../../../api/index.ts';
import { type Column, instant, type Printer } from '../../output/index.ts';

/** Shows a collection as facts and a table of its rules. */
export function drawCollection(print: Printer, collection: Collection): void {
  const { limitingCollectionId, limitingCollectionName } = collection;
  print.facts({
    Name: collection.name,
    Id: collection.id,
    Type: collection.type,
    'Limited to': limitingCollectionId ? `${limitingCollectionName} (${limitingCollectionId})` : undefined,
    Members: collection.memberCount,
    Incremental: collection.incremental ? 'on' : 'off',
    Schedule: collection.schedule ?? undefined,
    Evaluated: instant(collection.lastEvaluationTime),
    'Last joined, left': `${collection.lastJoined}, ${collection.lastLeft}`,
    Comment: collection.comment ?? undefined,
    Error: collection.error ?? undefined,
    'Used by': collection.dependents.map(dependent => dependent.name).join(', ') || undefined,
  });
  print.text('');
  if (collection.rules.length === 0) {
    print.text(
      collection.builtIn ? 'It holds all of its type.' : 'It has no rules yet: rollcall collection add-rule',
    );
  } else print.table(ruleColumns, collection.rules);
}

/** How rules are shown. */
export const ruleColumns: readonly Column<Rule>[] = [
  { title: 'Rule', value: rule => String(rule.id), whole: true },
  { title: 'Kind', value: rule => rule.kind },
  { title: 'Name', value: rule => rule.name },
  {
    title: 'What',
    value: rule => rule.query?.replace(/\s+/g, ' ') ?? rule.collectionId ?? rule.resourceId?.toString(),
  },
];
