import { Dropdown, Option } from '@fluentui/react-components';
import type { Mapping } from '../../../src/api/contract/index.ts';
import { SearchField } from '../parts/search-field.tsx';
import { statuses } from './filter.ts';

type Status = Mapping['status'];

/** Narrows the list of mappings: by name as one types, and to the statuses that are ticked. */
export function FilterFields({
  search,
  onSearch,
  status,
  onStatus,
}: {
  search: string;
  onSearch: (search: string) => void;
  status: readonly Status[];
  onStatus: (status: readonly Status[]) => void;
}) {
  return (
    <>
      <Dropdown
        aria-label="Cloud Sync Status"
        placeholder="Any status"
        multiselect
        selectedOptions={[...status]}
        value={status.join(', ')}
        onOptionSelect={(_, data) => onStatus(statuses.filter(each => data.selectedOptions.includes(each)))}
        style={{ minWidth: 180, width: 180 }}
      >
        {statuses.map(each => (
          <Option key={each} value={each}>
            {each}
          </Option>
        ))}
      </Dropdown>
      <SearchField label="Search mappings" value={search} onChange={onSearch} />
    </>
  );
}
