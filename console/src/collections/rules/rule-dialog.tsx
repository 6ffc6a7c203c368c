import type { Collection, ResourceType, Rule } from '../../../../src/api/contract/index.ts';
import type { Tagged } from '../../parts/edited.ts';
import { DirectRule } from './direct-rule.tsx';
import { OtherRule } from './other-rule.tsx';
import { QueryRule } from './query-rule.tsx';

/** The dialog for a rule of one kind: a new one, or a query rule to be edited. */
export function RuleDialog({
  collection,
  type,
  kind,
  rule,
  onClose,
}: {
  collection: Tagged<Collection>;
  type: ResourceType;
  kind: Rule['kind'];
  rule: Rule | null;
  onClose: () => void;
}) {
  switch (kind) {
    case 'direct':
      return <DirectRule collection={collection} type={type} onClose={onClose} />;
    case 'query':
      return <QueryRule collection={collection} type={type} rule={rule} onClose={onClose} />;
    default:
      return <OtherRule collection={collection} type={type} kind={kind} onClose={onClose} />;
  }
}
