import { makeStyles, Tag, TagGroup, Text, tokens } from '@fluentui/react-components';
import { useDeferredValue, useState } from 'react';
import type { Collection, ResourceType } from '../../../../src/api/contract/index.ts';
import { Choices } from '../../parts/choices.tsx';
import type { Tagged } from '../../parts/edited.ts';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { SearchField } from '../../parts/search-field.tsx';
import { useFoundResources } from '../resources/data.ts';
import { noteOf } from '../words.ts';
import { useAddRules } from './data.ts';

const useStyles = makeStyles({
  picked: { flexWrap: 'wrap', gap: tokens.spacingHorizontalXS, maxHeight: '96px', overflowY: 'auto' },
});

/** Adds direct rules: search devices or users, tick them, add them all at once. */
export function DirectRule({
  collection: present,
  type,
  onClose,
}: {
  collection: Tagged<Collection>;
  type: ResourceType;
  onClose: () => void;
}) {
  const styles = useStyles();
  const collection = present.answer;
  const add = useAddRules(present);
  const [search, setSearch] = useState('');
  const [picked, setPicked] = useState<ReadonlyMap<string, string>>(new Map());
  const found = useFoundResources(type, useDeferredValue(search.trim()), 200);
  const page = found.data;
  const already = new Set(collection.rules.map(rule => rule.resourceId));
  const toggle = (id: string, name: string) => {
    const next = new Map(picked);
    if (!next.delete(id)) next.set(id, name);
    setPicked(next);
  };
  const things = type === 'device' ? 'devices' : 'users';
  return (
    <FormDialog
      title={`Pick ${things} for ${collection.name}`}
      submit={picked.size > 1 ? `Add ${picked.size}` : 'Add'}
      onSubmit={() => add.send([{ kind: 'direct', resources: [...picked.keys()] }], { onSuccess: onClose })}
      onClose={onClose}
      incomplete={picked.size === 0}
      pending={add.pending}
      error={add.error ?? found.error}
      onLoadAnew={add.loadAnew}
      keeps
      width={640}
    >
      <SearchField
        label={`Search ${things}`}
        placeholder="Name starts with"
        value={search}
        onChange={setSearch}
      />
      <Choices
        label={`Found ${things}`}
        choices={(page?.items ?? []).map(each => ({
          id: String(each.id),
          name: each.name,
          note: noteOf(each),
          lack: already.has(each.id) ? 'Has a rule already' : null,
        }))}
        chosen={new Set(picked.keys())}
        onToggle={({ id, name }) => toggle(id, name)}
        empty={found.isPending ? 'Searching …' : `No ${type} is called so.`}
        height={260}
      />
      {page?.next && <Text size={200}>These are the first 200; write more of the name.</Text>}
      <TagGroup className={styles.picked} aria-label="Picked" onDismiss={(_, { value }) => toggle(value, '')}>
        {[...picked].map(([id, name]) => (
          <Tag key={id} value={id} size="small" dismissible dismissIcon={{ 'aria-label': 'Remove' }}>
            {name}
          </Tag>
        ))}
      </TagGroup>
    </FormDialog>
  );
}
