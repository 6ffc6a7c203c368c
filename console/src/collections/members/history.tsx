import { makeStyles, Select, Text, tokens } from '@fluentui/react-components';
import { useDeferredValue, useState } from 'react';
import type { MembershipEvent } from '../../../../src/api/contract/index.ts';
import { api } from '../../api/client.ts';
import { type Column, timeColumn } from '../../parts/columns.ts';
import { Grid } from '../../parts/grid.tsx';
import { usePages } from '../../parts/pages.ts';
import { ProblemBar } from '../../parts/problem-bar.tsx';
import { SearchField } from '../../parts/search-field.tsx';

const columns: readonly Column<MembershipEvent>[] = [
  timeColumn('at', 'When', row => row.at),
  { id: 'change', title: 'What', value: row => row.change, width: 90 },
  { id: 'name', title: 'Name', value: row => row.name ?? '(deleted since)', width: 300, grow: true },
  { id: 'resource', title: 'Resource ID', value: row => String(row.resourceId), width: 120 },
];

const useStyles = makeStyles({
  bar: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
});

type Change = MembershipEvent['change'];

/** Who joined and left a collection, the latest first; narrowed by name, and to one or the other. */
export function MembershipHistory({ id }: { id: string }) {
  const styles = useStyles();
  const [search, setSearch] = useState('');
  const [change, setChange] = useState<Change | ''>('');
  const text = useDeferredValue(search.trim());
  const filter = { ...(text ? { search: text } : {}), ...(change ? { change } : {}) };
  const events = usePages({
    key: ['collection', id, 'history', filter],
    pageSize: 200,
    read: ({ total: _, ...page }, signal) => {
      const query = { ...filter, ...page };
      return api.call('listMembershipHistory', { params: { ref: id }, query }, signal);
    },
  });
  return (
    <>
      <div className={styles.bar}>
        <SearchField label="Search who joined and left" value={search} onChange={setSearch} />
        <Select
          aria-label="What happened"
          value={change}
          onChange={(_, data) => setChange(data.value as Change | '')}
        >
          <option value="">Joined and left</option>
          <option value="joined">Joined</option>
          <option value="left">Left</option>
        </Select>
      </div>
      {events.error && <ProblemBar error={events.error} />}
      <Grid
        label="Who joined and left"
        columns={columns}
        source={events}
        keyOf={row => `${row.at}/${row.change}/${row.resourceId}`}
        empty={
          <Text block style={{ padding: 24 }}>
            {events.isPending
              ? 'Reading …'
              : Object.keys(filter).length > 0
                ? 'Nobody is such.'
                : 'Nobody has joined or left as far back as is kept.'}
          </Text>
        }
      />
    </>
  );
}
