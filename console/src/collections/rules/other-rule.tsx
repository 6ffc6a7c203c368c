import { Text } from '@fluentui/react-components';
import { useDeferredValue, useState } from 'react';
import type { Collection, ResourceType } from '../../../../src/api/contract/index.ts';
import { Choices } from '../../parts/choices.tsx';
import type { Tagged } from '../../parts/edited.ts';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { SearchField } from '../../parts/search-field.tsx';
import { useFoundCollections } from '../data.ts';
import { useAddRules } from './data.ts';

/** Adds rules that include or exclude the members of other collections. */
export function OtherRule({
  collection: present,
  type,
  kind,
  onClose,
}: {
  collection: Tagged<Collection>;
  type: ResourceType;
  kind: 'include' | 'exclude';
  onClose: () => void;
}) {
  const collection = present.answer;
  const [search, setSearch] = useState('');
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const found = useFoundCollections(type, useDeferredValue(search.trim()));
  const already = new Set(collection.rules.filter(rule => rule.kind === kind).map(rule => rule.collectionId));
  const add = useAddRules(present);
  // One that was refused may have come after others, which have their rule by now.
  const missing = [...picked].filter(id => !already.has(id));
  return (
    <FormDialog
      title={`${kind === 'include' ? 'Include' : 'Exclude'} collections`}
      submit={missing.length > 1 ? `Add ${missing.length}` : 'Add'}
      onSubmit={() =>
        add.send(
          missing.map(other => ({ kind, collection: other })),
          { onSuccess: onClose },
        )
      }
      onClose={onClose}
      incomplete={missing.length === 0}
      pending={add.pending}
      error={add.error ?? found.error}
      onLoadAnew={add.loadAnew}
      keeps
      width={600}
    >
      <Text>
        {kind === 'include'
          ? `Members of these collections become members of ${collection.name}, within its limiting collection.`
          : `Members of these collections are kept out of ${collection.name}, whatever lets them in.`}
      </Text>
      <SearchField label="Search collections to pick" value={search} onChange={setSearch} />
      <Choices
        label="Found collections"
        choices={(found.data ?? [])
          .filter(each => each.id !== collection.id)
          .map(each => ({
            id: each.id,
            name: each.name,
            note: `${each.id}, ${each.memberCount.toLocaleString()} members`,
            lack: already.has(each.id) ? 'Has a rule already' : null,
          }))}
        chosen={picked}
        onToggle={({ id }) => {
          const next = new Set(picked);
          if (!next.delete(id)) next.add(id);
          setPicked(next);
        }}
        empty={found.isPending ? 'Reading the collections …' : 'No collection is called so.'}
        height={280}
      />
    </FormDialog>
  );
}
