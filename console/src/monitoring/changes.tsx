import { AddCircleRegular, SubtractCircleRegular } from '@fluentui/react-icons';
import type { Column } from '../parts/columns.ts';
import { EmptyLine } from '../parts/empty.tsx';
import { Grid } from '../parts/grid.tsx';
import type { RowSource } from '../parts/rows.ts';

/** A change that a plan would make to a group. */
export interface Change {
  change: 'add' | 'remove';
  name: string;
  objectId: string;
  foreign: boolean;
}

type Named = Omit<Change, 'change' | 'foreign'> & { foreign?: boolean };

/** The changes of a plan for showing: removals first, each part by name. */
export function changesOf({ remove, add }: { remove: readonly Named[]; add: readonly Named[] }): Change[] {
  const part = (rows: readonly Named[], change: Change['change']) =>
    rows.map(row => ({ foreign: false, ...row, change })).sort(byName);
  return [...part(remove, 'remove'), ...part(add, 'add')];
}

const { compare } = new Intl.Collator(undefined, { numeric: true });
const byName = (one: Change, other: Change) => compare(one.name, other.name);

const columns: readonly Column<Change>[] = [
  {
    id: 'change',
    title: 'Change',
    value: row => row.change,
    render: row =>
      row.change === 'add' ? (
        <span>
          <AddCircleRegular style={{ verticalAlign: 'text-bottom' }} /> Add
        </span>
      ) : (
        <span>
          <SubtractCircleRegular style={{ verticalAlign: 'text-bottom' }} /> Remove
        </span>
      ),
    width: 100,
  },
  { id: 'name', title: 'Name', value: row => row.name, width: 220, grow: true },
  {
    id: 'foreign',
    title: 'Note',
    value: row => (row.foreign ? 'Not put there by Rollcall' : ''),
    width: 200,
  },
  { id: 'objectId', title: 'Object Id', value: row => row.objectId, width: 310 },
];

/** For a list of changes inside a dialog. */
export const changesHeight = {
  height: 'min(240px, 34vh)',
  display: 'flex',
  flexDirection: 'column',
} as const;

/** Who would be added and removed, by name; removals first. */
export function Changes({
  label,
  source,
  empty,
}: {
  label: string;
  source: RowSource<Change>;
  empty: string;
}) {
  return (
    <Grid
      label={label}
      columns={columns}
      source={source}
      keyOf={row => `${row.change}/${row.objectId}`}
      empty={<EmptyLine>{empty}</EmptyLine>}
    />
  );
}
