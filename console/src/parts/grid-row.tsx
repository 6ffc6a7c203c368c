import { mergeClasses } from '@fluentui/react-components';
import type { MouseEvent, ReactNode } from 'react';
import type { Column } from './columns.ts';
import type { MenuPlace } from './context-menu.tsx';
import { useGridStyles } from './grid-styles.ts';
import { useLongPress } from './long-press.ts';

interface GridRowProps<Row> {
  id: string;
  index: number;
  /** In pixels from the top of the list. */
  top: number;
  /** Undefined while it has not come yet. */
  row: Row | undefined;
  cells: readonly { column: Column<Row>; width: number; grows: boolean }[];
  isSelected: boolean;
  onSelect: (row: Row) => void;
  onOpen?: ((row: Row) => void) | undefined;
  onMenu?: ((row: Row, at: MenuPlace) => void) | undefined;
}

/** One row of a grid, at its place in the list. */
export function GridRow<Row>({
  id,
  index,
  top,
  row,
  cells,
  isSelected,
  onSelect,
  onOpen,
  onMenu,
}: GridRowProps<Row>) {
  const styles = useGridStyles();
  const openMenu = (at: MenuPlace) => row !== undefined && onMenu?.(row, at);
  const press = useLongPress(openMenu);
  const onContextMenu = (event: MouseEvent) => {
    if (!onMenu) return;
    event.preventDefault();
    openMenu({ x: event.clientX, y: event.clientY });
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid itself takes the keys
    <div
      id={id}
      role="row"
      tabIndex={-1}
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      aria-busy={row === undefined || undefined}
      className={mergeClasses(styles.row, isSelected && styles.selected)}
      style={{ transform: `translateY(${top}px)` }}
      onClick={() => row !== undefined && onSelect(row)}
      onDoubleClick={() => row !== undefined && onOpen?.(row)}
      onContextMenu={onContextMenu}
      {...(onMenu ? press : {})}
    >
      {cells.map(({ column, width, grows }) => (
        <div
          key={column.id}
          role="gridcell"
          tabIndex={-1}
          className={mergeClasses(styles.cell, column.numeric && styles.numeric, grows && styles.grow)}
          style={{ width }}
        >
          {row === undefined ? <div className={styles.coming} /> : contentOf(column, row)}
        </div>
      ))}
    </div>
  );
}

function contentOf<Row>(column: Column<Row>, row: Row): ReactNode {
  if (column.render) return column.render(row);
  const value = column.value(row);
  if (value === null) return '';
  return typeof value === 'number' ? value.toLocaleString() : <span title={value}>{value}</span>;
}
