import { Combobox, Field, Option } from '@fluentui/react-components';
import { useDeferredValue, useState } from 'react';
import type { ResourceType } from '../../../src/api/contract/index.ts';
import { useCollection, useFoundCollections } from './data.ts';

/** A field in which a collection is chosen by typing part of its name. */
export function CollectionField({
  label,
  hint,
  type,
  value,
  onChange,
  except,
  disabled = false,
}: {
  label: string;
  hint?: string;
  type: ResourceType;
  /** Id of the chosen collection; empty: none. */
  value: string;
  onChange: (id: string, name: string) => void;
  /** Id of a collection that is not offered. */
  except?: string;
  disabled?: boolean;
}) {
  const [typed, setTyped] = useState<string | null>(null);
  const found = useFoundCollections(type, useDeferredValue(typed ?? ''));
  const name = useCollection(value).data?.name ?? '';
  const offered = (found.data ?? []).filter(each => each.id !== except).slice(0, 100);
  return (
    <Field label={label} {...(hint === undefined ? {} : { hint })}>
      <Combobox
        disabled={disabled}
        placeholder="Type part of a name"
        value={typed ?? name}
        selectedOptions={value === '' ? [] : [value]}
        onChange={event => setTyped(event.target.value)}
        onOptionSelect={(_, data) => {
          // Typing something else takes the choice back, for the field alone: nothing is chosen by that.
          if (data.optionValue === undefined) return;
          setTyped(null);
          onChange(data.optionValue, data.optionText ?? '');
        }}
        onBlur={() => setTyped(null)}
      >
        {offered.map(each => (
          <Option key={each.id} value={each.id} text={each.name}>
            {each.name}
          </Option>
        ))}
      </Combobox>
    </Field>
  );
}
