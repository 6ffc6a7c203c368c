import { Combobox, Field, Option } from '@fluentui/react-components';
import { useDeferredValue, useState } from 'react';
import type { ResourceType } from '../../../src/api/contract/index.ts';
import { useFoundResources } from './resources/data.ts';
import { noteOf } from './words.ts';

/** A device or user by its id, and what it is called: several may bear one name. */
export interface Named {
  id: number;
  name: string;
}

/** A field in which a device or user is chosen by typing part of its name. */
export function ResourceField({
  label,
  type,
  value,
  onChange,
}: {
  label: string;
  type: ResourceType;
  /** The chosen one; null: none. */
  value: Named | null;
  onChange: (chosen: Named) => void;
}) {
  const [typed, setTyped] = useState<string | null>(null);
  const found = useFoundResources(type, useDeferredValue(typed ?? value?.name ?? ''), 50);
  const offered = found.data?.items ?? [];
  const isOnly = ({ id, name }: Named) => !offered.some(other => other.id !== id && other.name === name);
  return (
    <Field label={label}>
      <Combobox
        placeholder="Type the beginning of a name"
        value={typed ?? value?.name ?? ''}
        selectedOptions={value ? [String(value.id)] : []}
        onChange={event => setTyped(event.target.value)}
        onOptionSelect={(_, data) => {
          // Typing something else takes the choice back, for the field alone: nothing is chosen by that.
          if (data.optionValue === undefined) return;
          setTyped(null);
          onChange({ id: Number(data.optionValue), name: data.optionText ?? '' });
        }}
        onBlur={() => setTyped(null)}
      >
        {offered.map(each => (
          <Option key={each.id} value={String(each.id)} text={each.name}>
            {isOnly(each) ? each.name : `${each.name} (${noteOf(each)})`}
          </Option>
        ))}
      </Combobox>
    </Field>
  );
}
