import { MenuDivider, MenuItem, MenuItemCheckbox } from '@fluentui/react-components';
import type { RowData } from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import {
  type FocusEvent,
  type KeyboardEvent,
  type ReactNode,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
} from 'react';
import type { Column, Sort } from './columns.ts';
import { ContextMenu, type MenuPlace, placeUnder } from './context-menu.tsx';
import { GridHead } from './grid-head.tsx';
import { GridRow } from './grid-row.tsx';
import { useGridTable } from './grid-state.ts';
import { headRoom, rowHeight, useGridStyles } from './grid-styles.ts';
import { useKeepInView } from './keep-in-view.ts';
import { placeOf, type RowSource } from './rows.ts';

const none: never[] = [];

/** A row that is clicked leaves the focus to the grid, which takes the keys. */
function keepFocus({ target, currentTarget }: FocusEvent<HTMLElement>): void {
  if (/^(row|gridcell)$/.test(target.getAttribute('role') ?? ''))
    currentTarget.focus({ preventScroll: true });
}

const barHeight = (frame: HTMLElement | null) => (frame ? frame.offsetHeight - frame.clientHeight : 0);

interface GridProps<Row extends RowData> {
  /** What the grid lists, for screen readers; also the name its layout is kept under. */
  label: string;
  columns: readonly Column<Row>[];
  /** All rows, sorted here; or give `source`. */
  rows?: readonly Row[];
  /** Why `rows` could not be read, if so; the page says it. */
  error?: Error | null;
  /** Rows that are read as they come into view, in the server's order. */
  source?: RowSource<Row>;
  /** How the server sorts `source`, where it can. */
  sort?: Sort | null;
  onSort?: (sort: Sort | null) => void;
  keyOf: (row: Row) => string;
  selected?: string | null;
  onSelect?: (row: Row) => void;
  /** Called on a double click or Enter. */
  onOpen?: (row: Row) => void;
  /** Entries of the menu that a right-click or Shift+F10 on a row opens. */
  menu?: (row: Row) => ReactNode;
  /** Called when the last row comes into view: time for the next page. */
  onEnd?: () => void;
  /** Shown instead of rows where there are none: what to do first. */
  empty: ReactNode;
}

/**
 * A list of any length: only the rows in view are drawn. One stop of the Tab key for its header, one for its rows;
 * arrow keys move the selection.
 */
export function Grid<Row extends RowData>({
  label,
  columns,
  rows = none,
  error = null,
  source,
  sort,
  onSort,
  keyOf,
  selected,
  onSelect,
  onOpen,
  menu,
  onEnd,
  empty,
}: GridProps<Row>) {
  const styles = useGridStyles();
  const id = useId();
  const frame = useRef<HTMLDivElement>(null);
  const lastPlace = useRef(-1);
  // Where the caller does not follow the selection, the grid has one of its own, for the keyboard.
  const [ownSelected, setOwnSelected] = useState<string | null>(null);
  const [goal, setGoal] = useState<number | null>(null);
  const [columnMenu, setColumnMenu] = useState<MenuPlace | null>(null);
  const [rowMenu, setRowMenu] = useState<{ row: Row; at: MenuPlace } | null>(null);
  const byId = useMemo(() => new Map(columns.map(column => [column.id, column])), [columns]);
  const { table, resize, grows, reset } = useGridTable(label, columns, rows, keyOf);

  const sorted = table.getRowModel().rows;
  const list: RowSource<Row> = source ?? {
    count: sorted.length,
    error,
    at: index => sorted[index]?.original,
    want: (_, last) => {
      if (last >= sorted.length - 1) onEnd?.();
    },
  };
  const current = onSelect ? selected : ownSelected;
  const place = placeOf(list, keyOf, current, lastPlace.current);
  useEffect(() => {
    lastPlace.current = place;
  }, [place]);

  const virtual = useVirtualizer({
    count: list.count,
    getScrollElement: () => frame.current,
    estimateSize: () => rowHeight,
    // The header lies over the rows' upper end, so that they end so much lower; a scroll bar may lie there too.
    scrollPaddingEnd: headRoom + barHeight(frame.current),
    overscan: 12,
  });
  useKeepInView(virtual, place, current);
  const items = virtual.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;
  const { want } = list;
  useEffect(() => want(first, last), [want, first, last]);

  const select = (row: Row) => (onSelect ? onSelect(row) : setOwnSelected(keyOf(row)));
  const selectNow = useRef(select);
  selectNow.current = select;
  const moveTo = (index: number) => {
    const next = Math.max(0, Math.min(list.count - 1, index));
    virtual.scrollToIndex(next);
    setGoal(next);
  };
  // The row that the keyboard goes to may have to be read first.
  const reached = goal === null ? undefined : list.at(goal);
  useEffect(() => {
    if (reached === undefined) return;
    setGoal(null);
    selectNow.current(reached);
  }, [reached]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget) return;
    const page = Math.max(1, Math.floor((frame.current?.clientHeight ?? 0) / rowHeight) - 2);
    const steps: Record<string, number> = {
      ArrowDown: place + 1,
      ArrowUp: place - 1,
      PageDown: place + page,
      PageUp: place - page,
      Home: 0,
      End: list.count - 1,
    };
    const to = steps[event.key];
    const row = list.at(place);
    if (to !== undefined) moveTo(to);
    else if (row === undefined) return;
    else if (event.key === 'Enter' && onOpen) onOpen(row);
    else if (menu && (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey))) {
      const element = document.getElementById(`${id}-${place}`) ?? event.currentTarget;
      setRowMenu({ row, at: placeUnder(element) });
    } else return;
    event.preventDefault();
  };

  const openMenu = (row: Row, at: MenuPlace) => {
    select(row);
    setRowMenu({ row, at });
  };

  const cells = table.getVisibleLeafColumns().flatMap(shown => {
    const column = byId.get(shown.id);
    return column ? [{ column, width: shown.getSize(), grows: grows(column) }] : [];
  });
  return (
    <div ref={frame} className={styles.frame}>
      <div
        className={styles.grid}
        role="grid"
        aria-label={label}
        aria-rowcount={list.count + 1}
        aria-activedescendant={items.some(item => item.index === place) ? `${id}-${place}` : undefined}
        tabIndex={0}
        onKeyDown={onKeyDown}
        onFocus={keepFocus}
      >
        <GridHead
          table={table}
          byId={byId}
          sort={source ? (sort ?? null) : undefined}
          onSort={onSort}
          resize={resize}
          grows={grows}
          onMenu={setColumnMenu}
        />
        <div
          className={styles.body}
          role="rowgroup"
          style={{ height: virtual.getTotalSize(), width: table.getTotalSize() }}
        >
          {items.map(item => {
            return (
              <GridRow
                key={item.key}
                id={`${id}-${item.index}`}
                index={item.index}
                top={item.start}
                row={list.at(item.index)}
                cells={cells}
                isSelected={item.index === place}
                onSelect={select}
                onOpen={onOpen}
                onMenu={menu && openMenu}
              />
            );
          })}
        </div>
      </div>
      {list.count === 0 && !list.error && empty}
      {columnMenu && (
        <ContextMenu
          at={columnMenu}
          label="Columns"
          onClose={() => setColumnMenu(null)}
          checkedValues={{ columns: cells.map(({ column }) => column.id) }}
        >
          {columns.map(column => (
            <MenuItemCheckbox
              key={column.id}
              name="columns"
              value={column.id}
              onClick={() => table.getColumn(column.id)?.toggleVisibility()}
            >
              {column.title}
            </MenuItemCheckbox>
          ))}
          <MenuDivider />
          <MenuItem onClick={reset}>Reset columns</MenuItem>
        </ContextMenu>
      )}
      {rowMenu && menu && (
        <ContextMenu at={rowMenu.at} label="Actions" onClose={() => setRowMenu(null)}>
          {menu(rowMenu.row)}
        </ContextMenu>
      )}
    </div>
  );
}
