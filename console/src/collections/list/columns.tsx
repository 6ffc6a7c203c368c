import { Badge } from '@fluentui/react-components';
import type { CollectionSummary } from '../../../../src/api/contract/index.ts';
import { type Column, timeColumn } from '../../parts/columns.ts';
import { evaluationState } from '../words.ts';

const colours = {
  Failed: 'danger',
  'Never evaluated': 'subtle',
  Outdated: 'warning',
  'Up to date': 'success',
} as const;

/** The columns of Device Collections and User Collections. */
export const collectionColumns: readonly Column<CollectionSummary>[] = [
  { id: 'name', sortable: true, title: 'Name', value: row => row.name, width: 225, grow: true },
  {
    id: 'memberCount',
    sortable: true,
    title: 'Member Count',
    value: row => row.memberCount,
    width: 84,
    numeric: true,
  },
  {
    id: 'state',
    sortable: true,
    title: 'Evaluation State',
    value: evaluationState,
    render: row => {
      const state = evaluationState(row);
      return (
        <Badge appearance="tint" color={colours[state]} title={row.error ?? undefined}>
          {state}
        </Badge>
      );
    },
    width: 126,
  },
  timeColumn('lastEvaluationTime', 'Last Evaluation', row => row.lastEvaluationTime, { sortable: true }),
  {
    id: 'limitingCollectionName',
    sortable: true,
    title: 'Limiting Collection',
    value: row => row.limitingCollectionName,
    width: 150,
  },
  { id: 'id', sortable: true, title: 'Collection ID', value: row => row.id, width: 92 },
  {
    id: 'incremental',
    sortable: true,
    title: 'Incremental Updates',
    value: row => (row.incremental ? 'On' : 'Off'),
    width: 112,
  },
  {
    id: 'schedule',
    sortable: true,
    title: 'Schedule',
    value: row => row.schedule,
    width: 120,
    optional: true,
  },
  { id: 'comment', sortable: true, title: 'Comment', value: row => row.comment, width: 240, optional: true },
  { id: 'error', sortable: true, title: 'Problem', value: row => row.error, width: 260, optional: true },
];
