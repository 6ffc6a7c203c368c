import type { Mapping, RunMember, SyncRun } from '../../../src/api/contract/index.ts';
import { api } from '../api/client.ts';
import type { Column } from '../parts/columns.ts';
import { EmptyLine } from '../parts/empty.tsx';
import { Grid } from '../parts/grid.tsx';
import { usePages } from '../parts/pages.ts';
import { ProblemBar } from '../parts/problem-bar.tsx';

const outcomes = { done: 'Done', already: 'Was so already', failed: 'Failed' } as const;

const columns: readonly Column<RunMember>[] = [
  { id: 'change', title: 'Change', value: row => (row.change === 'add' ? 'Add' : 'Remove'), width: 90 },
  { id: 'name', title: 'Name', value: row => row.name, width: 180 },
  {
    id: 'outcome',
    title: 'Outcome',
    value: row => (row.outcome ? outcomes[row.outcome] : 'No answer came'),
    width: 130,
  },
  { id: 'reason', title: 'Reason', value: row => row.reason, width: 260, grow: true },
  {
    id: 'foreign',
    title: 'Note',
    value: row => (row.foreign ? 'Not put there by Rollcall' : ''),
    width: 190,
  },
  { id: 'objectId', title: 'Object Id', value: row => row.objectId, width: 310, optional: true },
];

/** What a run did to each member. */
export function RunMembers({ mapping, run }: { mapping: Mapping; run: SyncRun }) {
  const members = usePages({
    key: ['runs', 'members', run.id],
    pageSize: 500,
    read: ({ total: _, ...page }, signal) => {
      const query = { collection: mapping.collectionId, ...page };
      return api.call('listRunMembers', { params: { id: run.id }, query }, signal);
    },
  });
  return (
    <>
      {members.error && <ProblemBar error={members.error} />}
      <Grid
        label="Members of the run"
        columns={columns}
        source={members}
        keyOf={row => `${row.change}/${row.objectId}`}
        empty={<EmptyLine>{members.isPending ? 'Reading the run …' : 'It has changed nobody.'}</EmptyLine>}
      />
    </>
  );
}
