import {
  Menu,
  MenuItemCheckbox,
  MenuList,
  MenuPopover,
  MenuTrigger,
  makeStyles,
  mergeClasses,
  tokens,
} from '@fluentui/react-components';
import { ArrowSortDown16Regular, ArrowSortUp16Regular } from '@fluentui/react-icons';
import { functionalUpdate, type RowData, useTable } from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type ReactNode, useMemo, useRef } from 'react';
import type { Column } from './columns.ts';
import { gridFeatures, useLayout } from './grid-state.ts';

const rowHeight = 36;

const useStyles = makeStyles({
  frame: {
    flexGrow: 1,
    minHeight: '120px',
    overflow: 'auto',
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground1,
    outlineOffset: '-2px',
  },
  head: {
    position: 'sticky',
    top: 0,
    zIndex: 1,
    display: 'flex',
    width: 'max-content',
    minWidth: '100%',
    backgroundColor: tokens.colorNeutralBackground2,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  headCell: { position: 'relative', display: 'flex', flexShrink: 0 },
  headButton: {
    flexGrow: 1,
    display: 'flex',
    alignItems: 'center',
    gap: '4px',
    minWidth: 0,
    padding: `0 ${tokens.spacingHorizontalS}`,
    height: '44px',
    border: 'none',
    background: 'none',
    color: tokens.colorNeutralForeground2,
    font: 'inherit',
    fontWeight: tokens.fontWeightSemibold,
    cursor: 'pointer',
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    textAlign: 'left',
  },
  handle: {
    position: 'absolute',
    right: 0,
    top: '6px',
    bottom: '6px',
    width: '7px',
    cursor: 'col-resize',
    touchAction: 'none',
    borderRight: `1px solid ${tokens.colorNeutralStroke2}`,
    ':hover': { borderRight: `2px solid ${tokens.colorBrandStroke1}` },
  },
  body: { position: 'relative', minWidth: '100%' },
  row: {
    position: 'absolute',
    left: 0,
    right: 0,
    display: 'flex',
    height: `${rowHeight}px`,
    alignItems: 'center',
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
    cursor: 'default',
    ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover },
  },
  selected: {
    backgroundColor: tokens.colorBrandBackground2,
    ':hover': { backgroundColor: tokens.colorBrandBackground2Hover },
  },
  cell: {
    flexShrink: 0,
    boxSizing: 'border-box',
    padding: `0 ${tokens.spacingHorizontalS}`,
    whiteSpace: 'nowrap',
    overflow: 'hidden',
    textOverflow: 'ellipsis',
  },
  numeric: { textAlign: 'right', justifyContent: 'flex-end', fontVariantNumeric: 'tabular-nums' },
});

interface GridProps<Row extends RowData> {
  /** What the grid lists, for screen readers; also the name its layout is kept under. */
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  keyOf: (row: Row) => string;
  selected?: string | null;
  onSelect?: (row: Row) => void;
  /** Called when the last row comes into view: time for the next page. */
  onEnd?: () => void;
  /** Shown instead of rows where there are none: what to do first. */
  empty: ReactNode;
}

/**
 * A list of any length: only the rows in view are drawn. Headers sort by click, are resized by their edge, and
 * offer more columns by right-click; arrow keys move the selection.
 */
export function Grid<Row extends RowData>({
  label,
  columns,
  rows,
  keyOf,
  selected,
  onSelect,
  onEnd,
  empty,
}: GridProps<Row>) {
  const styles = useStyles();
  const frame = useRef<HTMLDivElement>(null);
  const [layout, setLayout] = useLayout(label, columns);
  const byId = useMemo(() => new Map(columns.map(column => [column.id, column])), [columns]);
  const definitions = useMemo(
    () =>
      columns.map(column => ({
        id: column.id,
        header: column.title,
        accessorFn: (row: Row) => column.value(row),
        size: column.width,
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
  const shown = table.getRowModel().rows;
  const virtual = useVirtualizer({
    count: shown.length,
    getScrollElement: () => frame.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    onChange: instance => {
      const last = instance.getVirtualItems().at(-1);
      if (onEnd && last && last.index >= shown.length - 1) onEnd();
    },
  });

  const move = (event: KeyboardEvent) => {
    const steps: Record<string, number> = {
      ArrowDown: 1,
      ArrowUp: -1,
      PageDown: 15,
      PageUp: -15,
      Home: -shown.length,
      End: shown.length,
    };
    const step = steps[event.key];
    if (step === undefined || !onSelect || event.target !== event.currentTarget) return;
    event.preventDefault();
    const at = shown.findIndex(row => row.id === selected);
    const next = Math.max(0, Math.min(shown.length - 1, at + step));
    const row = shown[next];
    if (!row) return;
    onSelect(row.original);
    virtual.scrollToIndex(next);
  };

  const checked = table.getVisibleLeafColumns().map(column => column.id);
  return (
    <div
      ref={frame}
      className={styles.frame}
      role="grid"
      aria-label={label}
      aria-rowcount={shown.length + 1}
      tabIndex={0}
      onKeyDown={move}
    >
      <Menu openOnContext checkedValues={{ columns: checked }}>
        <MenuTrigger disableButtonEnhancement>
          <div role="row" className={styles.head} tabIndex={-1} title="Right-click to choose columns">
            {table.getHeaderGroups()[0]?.headers.map(header => {
              const column = byId.get(header.id);
              const sorted = header.column.getIsSorted();
              return (
                <div
                  key={header.id}
                  role="columnheader"
                  tabIndex={-1}
                  aria-sort={sorted === 'asc' ? 'ascending' : sorted === 'desc' ? 'descending' : 'none'}
                  className={styles.headCell}
                  style={{ width: header.getSize() }}
                >
                  <button
                    type="button"
                    className={mergeClasses(styles.headButton, column?.numeric && styles.numeric)}
                    onClick={header.column.getToggleSortingHandler()}
                  >
                    {column?.title}
                    {sorted === 'asc' && <ArrowSortUp16Regular />}
                    {sorted === 'desc' && <ArrowSortDown16Regular />}
                  </button>
                  <span
                    aria-hidden
                    className={styles.handle}
                    onMouseDown={header.getResizeHandler()}
                    onTouchStart={header.getResizeHandler()}
                  />
                </div>
              );
            })}
          </div>
        </MenuTrigger>
        <MenuPopover>
          <MenuList>
            {table.getAllLeafColumns().map(column => (
              <MenuItemCheckbox
                key={column.id}
                name="columns"
                value={column.id}
                onClick={() => column.toggleVisibility()}
              >
                {byId.get(column.id)?.title}
              </MenuItemCheckbox>
            ))}
          </MenuList>
        </MenuPopover>
      </Menu>
      {shown.length === 0 && empty}
      <div
        className={styles.body}
        role="rowgroup"
        style={{ height: virtual.getTotalSize(), width: table.getTotalSize() }}
      >
        {virtual.getVirtualItems().map(item => {
          const row = shown[item.index];
          if (!row) return null;
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the grid itself takes the keys
            <div
              key={row.id}
              role="row"
              tabIndex={-1}
              aria-rowindex={item.index + 2}
              aria-selected={row.id === selected}
              className={mergeClasses(styles.row, row.id === selected && styles.selected)}
              style={{ transform: `translateY(${item.start}px)` }}
              onClick={() => onSelect?.(row.original)}
            >
              {row.getVisibleCells().map(cell => {
                const column = byId.get(cell.column.id);
                return (
                  <div
                    key={cell.id}
                    role="gridcell"
                    tabIndex={-1}
                    className={mergeClasses(styles.cell, column?.numeric && styles.numeric)}
                    style={{ width: cell.column.getSize() }}
                  >
                    {column?.render ? column.render(row.original) : format(cell.getValue())}
                  </div>
                );
              })}
            </div>
          );
        })}
      </div>
    </div>
  );
}

function format(value: unknown): string {
  return typeof value === 'number' ? value.toLocaleString() : ((value as string | null) ?? '');
}
