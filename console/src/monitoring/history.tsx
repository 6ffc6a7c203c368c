import { makeStyles, Text, tokens } from '@fluentui/react-components';
import { ArrowUndoRegular } from '@fluentui/react-icons';
import { useState } from 'react';
import type { Mapping, SyncRun } from '../../../src/api/contract/index.ts';
import { Action } from '../parts/action.tsx';
import { type Column, timeColumn } from '../parts/columns.ts';
import { EmptyLine } from '../parts/empty.tsx';
import { formatDuration, formatTime } from '../parts/format.ts';
import { Grid } from '../parts/grid.tsx';
import { useKeptSort } from '../parts/kept.ts';
import { ProblemBar } from '../parts/problem-bar.tsx';
import { StatusBadge } from '../parts/status-badge.tsx';
import { useRuns } from './data.ts';
import { RunMembers } from './run-members.tsx';
import { Undo } from './undo.tsx';

const useStyles = makeStyles({
  actions: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalS },
});

const columns: readonly Column<SyncRun>[] = [
  timeColumn('startedAt', 'Started', row => row.startedAt, { sortable: true }),
  { id: 'took', title: 'Took', value: row => formatDuration(row.startedAt, row.finishedAt), width: 74 },
  { id: 'kind', sortable: true, title: 'Kind', value: row => row.kind, width: 104 },
  {
    id: 'status',
    sortable: true,
    title: 'Status',
    value: row => statusWord(row.status),
    render: row => <StatusBadge status={statusWord(row.status)} />,
    width: 165,
  },
  { ...count('added', 'Added', row => row.added), sortable: true },
  { ...count('removed', 'Removed', row => row.removed), sortable: true },
  { ...count('failed', 'Failed', row => row.failed), sortable: true },
  { ...count('planned', 'Planned additions', row => row.plannedAdditions), optional: true },
  { ...count('plannedRemovals', 'Planned removals', row => row.plannedRemovals), optional: true },
  { ...count('requests', 'Requests', row => row.requests), sortable: true },
  { ...count('writes', 'Writes', row => row.writes), sortable: true },
  { id: 'requestedBy', sortable: true, title: 'Requested by', value: row => row.requestedBy, width: 120 },
  { id: 'problem', title: 'Problem', value: row => row.problem?.message ?? null, width: 240, grow: true },
];

function count(id: string, title: string, value: (row: SyncRun) => number): Column<SyncRun> {
  return { id, title, value, width: 80, numeric: true };
}

const statusWords: Record<string, string> = {
  success: 'Success',
  'partial-success': 'Partial Success',
  failed: 'Failed',
  held: 'Awaiting Approval',
  running: 'In Progress',
  interrupted: 'Interrupted',
};

/** A run's status in the words of the other lists. */
const statusWord = (status: string) => statusWords[status] ?? status;

function decided({ decision, by, at, reason }: NonNullable<SyncRun['decision']>): string {
  const why = reason ? `: ${reason}` : '';
  return `The removals that this run held were ${decision} by ${by}, ${formatTime(at)}${why}.`;
}

/** What runs of a mapping did, the latest first; the chosen one with what it did to each member. */
export function History({ mapping }: { mapping: Mapping }) {
  const [sort, setSort] = useKeptSort('runs');
  const runs = useRuns(mapping, sort);
  const styles = useStyles();
  const [chosen, setChosen] = useState<SyncRun | null>(null);
  const [undoing, setUndoing] = useState<SyncRun | null>(null);
  return (
    <>
      {runs.error && <ProblemBar error={runs.error} />}
      <Grid
        label="Runs"
        columns={columns}
        source={runs}
        sort={sort}
        onSort={setSort}
        keyOf={row => String(row.id)}
        selected={chosen && String(chosen.id)}
        onSelect={setChosen}
        empty={
          <EmptyLine>
            {runs.isPending ? 'Reading the history …' : 'It has not run yet. Choose Synchronize Membership.'}
          </EmptyLine>
        }
      />
      {chosen?.problem && <ProblemBar error={chosen.problem} />}
      {chosen?.decision && <Text size={200}>{decided(chosen.decision)}</Text>}
      {chosen && (
        <div className={styles.actions}>
          <Action
            size="small"
            icon={<ArrowUndoRegular />}
            lack={lackOf(chosen)}
            onClick={() => setUndoing(chosen)}
          >
            Undo this run
          </Action>
        </div>
      )}
      {chosen?.changesKept && <RunMembers key={chosen.id} mapping={mapping} run={chosen} />}
      {undoing && <Undo mapping={mapping} run={undoing} onClose={() => setUndoing(null)} />}
    </>
  );
}

/** Why a run can not be undone; the plan of an undo may be looked at by everybody. */
function lackOf({ changesKept, finishedAt }: SyncRun): string | undefined {
  if (!changesKept) return 'It is not known any more what this run did to each member.';
  return finishedAt === null ? 'It is still under way.' : undefined;
}
