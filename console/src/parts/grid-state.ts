import {
  columnResizingFeature,
  columnSizingFeature,
  columnVisibilityFeature,
  createSortedRowModel,
  functionalUpdate,
  type RowData,
  rowSortingFeature,
  type SortingState,
  tableFeatures,
  useTable,
} from '@tanstack/react-table';
import { useEffect, useMemo, useState } from 'react';
import type { Column } from './columns.ts';
import { useKept } from './kept.ts';

/** The abilities of every grid of the console. */
const gridFeatures = tableFeatures({
  rowSortingFeature,
  sortedRowModel: createSortedRowModel(),
  columnVisibilityFeature,
  columnSizingFeature,
  columnResizingFeature,
});

interface Layout {
  sizes: Record<string, number>;
  visible: Record<string, boolean>;
  sorting: SortingState;
}

/** A column can be made no narrower than its title's first letters. */
const narrowest = 48;

/**
 * Columns as this user has laid them out (kept in the browser under the grid's name), and the rows sorted by them.
 * @param name of the grid, unique in the console
 * @param rows of a list that is sorted here; empty for one that the server sorts
 */
export function useGridTable<Row extends RowData>(
  name: string,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  keyOf: (row: Row) => string,
) {
  const [kept, keep] = useKept<Partial<Layout>>(`grid.${name}`, {});
  const [layout, setLayout] = useState<Layout>(() => ({ ...initial(columns), ...kept }));
  useEffect(() => keep(layout), [keep, layout]);
  const definitions = useMemo(
    () =>
      columns.map(column => ({
        id: column.id,
        header: column.title,
        accessorFn: (row: Row) => column.value(row),
        size: column.width,
        minSize: narrowest,
        sortFn: 'auto' as const,
        sortUndefined: 'last' as const,
      })),
    [columns],
  );
  const table = useTable({
    features: gridFeatures,
    columns: definitions,
    data: rows as Row[],
    getRowId: keyOf,
    columnResizeMode: 'onChange',
    state: { sorting: layout.sorting, columnVisibility: layout.visible, columnSizing: layout.sizes },
    onSortingChange: update => setLayout(old => ({ ...old, sorting: functionalUpdate(update, old.sorting) })),
    onColumnVisibilityChange: update =>
      setLayout(old => ({ ...old, visible: functionalUpdate(update, old.visible) })),
    onColumnSizingChange: update =>
      setLayout(old => ({ ...old, sizes: functionalUpdate(update, old.sizes) })),
  });
  return {
    table,
    resize: (id: string, by: number) =>
      setLayout(old => {
        const width = old.sizes[id] ?? columns.find(column => column.id === id)?.width ?? narrowest;
        return { ...old, sizes: { ...old.sizes, [id]: Math.max(narrowest, width + by) } };
      }),
    /** Whether a column takes the width that the others leave. */
    grows: ({ id, grow }: Column<Row>) => grow === true && layout.sizes[id] === undefined,
    reset: () => setLayout(initial(columns)),
  };
}

export type GridTable<Row extends RowData> = ReturnType<typeof useGridTable<Row>>['table'];

function initial<Row>(columns: readonly Column<Row>[]): Layout {
  const optional = columns.filter(column => column.optional).map(column => [column.id, false]);
  return { sizes: {}, visible: Object.fromEntries(optional), sorting: [] };
}
