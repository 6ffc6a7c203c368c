import { MessageBar, MessageBarBody, Radio, RadioGroup, Spinner, Text } from '@fluentui/react-components';
import { useState } from 'react';
import type { CollectionSummary } from '../../../../src/api/contract/index.ts';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { useMappingsOf } from '../cloud-sync/data.ts';
import { useCollection, useDeleteCollection } from '../data.ts';

const uses = {
  limiting: 'is limited to it, and would be deleted too',
  include: 'includes it, and would lose that rule',
  exclude: 'excludes it, and would lose that rule',
  query: 'names it in a query, and would lose that rule',
};

/** Asks before a collection is deleted, and says what else would go. */
export function DeleteCollection({
  collection: { id, name },
  onDeleted,
  onClose,
}: {
  collection: CollectionSummary;
  onDeleted: () => void;
  onClose: () => void;
}) {
  const details = useCollection(id);
  const remove = useDeleteCollection();
  const mappings = useMappingsOf(id);
  const [cascade, setCascade] = useState<'keep' | 'cascade'>('keep');
  const dependents = details.data?.dependents ?? [];
  const groups = (mappings.data ?? []).map(({ groupName }) => groupName).join(', ');
  return (
    <FormDialog
      alert
      title={`Delete ${name}?`}
      submit="Delete"
      onSubmit={() => remove.mutate({ id, cascade: cascade === 'cascade' }, { onSuccess: onDeleted })}
      onClose={onClose}
      incomplete={!details.data || groups !== '' || (dependents.length > 0 && cascade === 'keep')}
      pending={remove.isPending}
      error={remove.error ?? details.error}
    >
      {details.isPending && <Spinner label="Looking at what depends on it" />}
      {groups !== '' && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>
            It feeds {groups}. Remove the groups on its Cloud Sync tab first, and say there what becomes of
            their members.
          </MessageBarBody>
        </MessageBar>
      )}
      {details.data && dependents.length === 0 && (
        <Text>
          The collection and its {details.data.rules.length.toLocaleString()} rules are deleted. Its members
          stay in the inventory.
        </Text>
      )}
      {dependents.length > 0 && (
        <>
          <MessageBar intent="warning" layout="multiline">
            <MessageBarBody>Other collections depend on it:</MessageBarBody>
          </MessageBar>
          <ul
            aria-label="Collections that depend on it"
            style={{ margin: 0, maxHeight: 180, overflow: 'auto' }}
          >
            {dependents.map(each => (
              <li key={`${each.id}/${each.use}`}>
                <b>{each.name}</b> {uses[each.use]}.
              </li>
            ))}
          </ul>
          <RadioGroup
            aria-label="What becomes of them"
            value={cascade}
            onChange={(_, data) => setCascade(data.value as typeof cascade)}
          >
            <Radio
              value="keep"
              label="Keep all of them: change these collections first, then delete this one"
            />
            <Radio
              value="cascade"
              label="Delete it with all that is limited to it, and the rules that name it"
            />
          </RadioGroup>
        </>
      )}
    </FormDialog>
  );
}
