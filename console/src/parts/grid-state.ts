import {
  columnResizingFeature,
  columnSizingFeature,
  columnVisibilityFeature,
  createSortedRowModel,
  rowSortingFeature,
  type SortingState,
  tableFeatures,
} from '@tanstack/react-table';
import { useEffect, useState } from 'react';
import type { Column } from './columns.ts';

/** The abilities of every grid of the console. */
export const gridFeatures = tableFeatures({
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

/**
 * How this user has laid out this grid; kept in the browser under the grid's name.
 * @param name of the grid, unique in the console
 */
export function useLayout<Row>(name: string, columns: readonly Column<Row>[]) {
  const key = `rollcall.grid.${name}`;
  const [layout, setLayout] = useState<Layout>(() => ({
    sizes: {},
    visible: Object.fromEntries(columns.filter(column => column.optional).map(column => [column.id, false])),
    sorting: [],
    ...stored(key),
  }));
  useEffect(() => {
    window.localStorage.setItem(key, JSON.stringify(layout));
  }, [key, layout]);
  return [layout, setLayout] as const;
}

function stored(key: string): Partial<Layout> {
  try {
    const value: unknown = JSON.parse(window.localStorage.getItem(key) ?? '{}');
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}
