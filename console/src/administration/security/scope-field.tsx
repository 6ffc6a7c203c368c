import { Field, makeStyles, Radio, RadioGroup, Tag, TagGroup, tokens } from '@fluentui/react-components';
import { CollectionField } from '../../collections/collection-field.tsx';

const useStyles = makeStyles({ picked: { flexWrap: 'wrap', gap: tokens.spacingHorizontalXS } });

/** A collection by id and name. */
export interface ScopeEntry {
  id: string;
  name: string;
}

/** To which collections somebody is limited: none (the whole site), or those picked and what is limited to them. */
export function ScopeField({
  value,
  onChange,
}: {
  /** Null: no limit. */
  value: readonly ScopeEntry[] | null;
  onChange: (value: readonly ScopeEntry[] | null) => void;
}) {
  const styles = useStyles();
  const add = (id: string, name: string) => {
    if (value && !value.some(each => each.id === id)) onChange([...value, { id, name }]);
  };
  return (
    <>
      <Field label="Collections">
        <RadioGroup
          value={value === null ? 'all' : 'some'}
          onChange={(_, data) => onChange(data.value === 'all' ? null : [])}
        >
          <Radio value="all" label="All" />
          <Radio value="some" label="Only these, and what is limited to them" />
        </RadioGroup>
      </Field>
      {value && (
        <>
          <TagGroup
            className={styles.picked}
            aria-label="Limited to"
            onDismiss={(_, tag) => onChange(value.filter(each => each.id !== tag.value))}
          >
            {value.map(each => (
              <Tag
                key={each.id}
                value={each.id}
                size="small"
                dismissible
                dismissIcon={{ 'aria-label': 'Remove' }}
              >
                {each.name}
              </Tag>
            ))}
          </TagGroup>
          <CollectionField label="Add a device collection" type="device" value="" onChange={add} />
          <CollectionField label="Add a user collection" type="user" value="" onChange={add} />
        </>
      )}
    </>
  );
}
