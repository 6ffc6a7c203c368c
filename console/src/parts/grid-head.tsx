import { mergeClasses } from '@fluentui/react-components';
import { ArrowSortDown16Regular, ArrowSortUp16Regular } from '@fluentui/react-icons';
import type { RowData } from '@tanstack/react-table';
import { type KeyboardEvent, type MouseEvent, useRef, useState } from 'react';
import type { Column, Sort } from './columns.ts';
import { type MenuPlace, placeUnder } from './context-menu.tsx';
import type { GridTable } from './grid-state.ts';
import { useGridStyles } from './grid-styles.ts';
import { useLongPress } from './long-press.ts';

const step = 16;

interface GridHeadProps<Row extends RowData> {
  table: GridTable<Row>;
  byId: ReadonlyMap<string, Column<Row>>;
  /** How the server sorts; undefined for a list that is sorted here. */
  sort: Sort | null | undefined;
  onSort: ((sort: Sort | null) => void) | undefined;
  resize: (id: string, by: number) => void;
  grows: (column: Column<Row>) => boolean;
  onMenu: (at: MenuPlace) => void;
}

/**
 * The header of a grid. Click or Enter sorts, the edge or Shift with an arrow key resizes, right-click, a long
 * press or Shift+F10 chooses columns; arrow keys go from column to column.
 */
export function GridHead<Row extends RowData>({
  table,
  byId,
  sort,
  onSort,
  resize,
  grows,
  onMenu,
}: GridHeadProps<Row>) {
  const styles = useGridStyles();
  const row = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState(0);
  const headers = table.getHeaderGroups()[0]?.headers ?? [];
  const here = Math.min(at, headers.length - 1);

  const go = (to: number) => {
    const next = Math.max(0, Math.min(headers.length - 1, to));
    setAt(next);
    row.current?.querySelectorAll('button')[next]?.focus();
  };
  const onKeyDown = (event: KeyboardEvent, index: number, id: string) => {
    const sideways = event.key === 'ArrowLeft' ? -1 : event.key === 'ArrowRight' ? 1 : 0;
    if (sideways !== 0) event.shiftKey ? resize(id, sideways * step) : go(index + sideways);
    else if (event.key === 'Home') go(0);
    else if (event.key === 'End') go(headers.length - 1);
    else if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) {
      onMenu(placeUnder(event.currentTarget));
    } else return;
    event.preventDefault();
  };
  const press = useLongPress(onMenu);
  const onContextMenu = (event: MouseEvent) => {
    event.preventDefault();
    onMenu({ x: event.clientX, y: event.clientY });
  };

  return (
    // biome-ignore lint/a11y/useFocusableInteractive: its buttons have the focus
    <div role="row" ref={row} className={styles.head} onContextMenu={onContextMenu} {...press}>
      {headers.map((header, index) => {
        const column = byId.get(header.id);
        const served = onSort !== undefined;
        const isSortable = sort === undefined || (served && column?.sortable === true);
        const sorted = served ? servedSort(sort, header.id) : header.column.getIsSorted();
        const toggle = served
          ? () => onSort(nextSort(sort, header.id))
          : header.column.getToggleSortingHandler();
        return (
          // biome-ignore lint/a11y/useFocusableInteractive: its button has the focus
          <div
            key={header.id}
            role="columnheader"
            aria-sort={sorted === 'asc' ? 'ascending' : sorted === 'desc' ? 'descending' : undefined}
            className={mergeClasses(styles.headCell, column && grows(column) && styles.grow)}
            style={{ width: header.getSize() }}
          >
            <button
              type="button"
              tabIndex={index === here ? 0 : -1}
              className={mergeClasses(
                styles.headButton,
                column?.numeric && styles.numeric,
                !isSortable && styles.fixed,
              )}
              title={column?.title}
              aria-keyshortcuts="Shift+ArrowLeft Shift+ArrowRight Shift+F10"
              onFocus={() => setAt(index)}
              onKeyDown={event => onKeyDown(event, index, header.id)}
              onClick={isSortable ? toggle : undefined}
            >
              <span className={styles.title}>{column?.title}</span>
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
  );
}

function servedSort(sort: Sort | null | undefined, id: string): 'asc' | 'desc' | false {
  if (sort?.by !== id) return false;
  return sort.descending ? 'desc' : 'asc';
}

/** Ascending, then descending, then as the list comes. */
function nextSort(sort: Sort | null | undefined, id: string): Sort | null {
  if (sort?.by !== id) return { by: id, descending: false };
  return sort.descending ? null : { by: id, descending: true };
}
