import type { ReactNode } from 'react';

/** Round a grid: a double click on a row, or Enter while the grid has the focus, opens what is selected. */
export function Openable({ onOpen, children }: { onOpen: () => void; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only listens to what the grid inside lets through
    <div
      style={{ display: 'contents' }}
      onDoubleClick={event => {
        if (isIn(event.target, '[role="gridcell"]')) onOpen();
      }}
      onKeyDown={event => {
        if (event.key === 'Enter' && isIn(event.target, '[role="grid"]') && !isIn(event.target, 'button')) {
          onOpen();
        }
      }}
    >
      {children}
    </div>
  );
}

const isIn = (target: EventTarget, selector: string) =>
  target instanceof Element && target.closest(selector) !== null;
