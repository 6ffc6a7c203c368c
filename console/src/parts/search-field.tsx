import { SearchBox as FluentSearch } from '@fluentui/react-components';

/** A field that narrows a list as one types. */
export function SearchField({
  label,
  value,
  onChange,
  placeholder = 'Search',
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
  placeholder?: string;
}) {
  return (
    <FluentSearch
      aria-label={label}
      placeholder={placeholder}
      value={value}
      onChange={(_, data) => onChange(data.value)}
      style={{ width: '220px' }}
    />
  );
}
