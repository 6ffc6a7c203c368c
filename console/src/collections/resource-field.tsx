import { Combobox, Field, Option } from '@fluentui/react-components';
import { useDeferredValue, useState } from 'react';
import type { ResourceType } from '../../../src/api/contract/index.ts';
import { useFoundResources } from './resources/data.ts';

/** A field in which a device or user is chosen by typing part of its name. */
export function ResourceField({
  label,
  type,
  value,
  onChange,
}: {
  label: string;
  type: ResourceType;
  /** Name of the chosen resource; empty: none. */
  value: string;
  onChange: (name: string) => void;
}) {
  const [typed, setTyped] = useState<string | null>(null);
  const found = useFoundResources(type, useDeferredValue(typed ?? value), 50);
  const offered = found.data?.items ?? [];
  return (
    <Field label={label}>
      <Combobox
        placeholder="Type the beginning of a name"
        value={typed ?? value}
        selectedOptions={value === '' ? [] : [value]}
        onChange={event => setTyped(event.target.value)}
        onOptionSelect={(_, data) => {
          // Typing something else takes the choice back, for the field alone: nothing is chosen by that.
          if (data.optionValue === undefined) return;
          setTyped(null);
          onChange(data.optionValue);
        }}
        onBlur={() => setTyped(null)}
      >
        {offered.map(each => (
          <Option key={each.id} value={each.name} text={each.name}>
            {each.name}
          </Option>
        ))}
      </Combobox>
    </Field>
  );
}
