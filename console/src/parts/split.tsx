import { makeStyles, tokens } from '@fluentui/react-components';
import { type KeyboardEvent, type PointerEvent, useRef } from 'react';

const useStyles = makeStyles({
  bar: {
    flexShrink: 0,
    height: '7px',
    margin: '-4px 0',
    cursor: 'row-resize',
    touchAction: 'none',
    borderRadius: '3px',
    ':hover': { backgroundColor: tokens.colorNeutralBackground1Pressed },
    ':focus-visible': { outline: 'none', backgroundColor: tokens.colorBrandStroke1 },
  },
});

const least = 20;
const most = 80;
const step = 5;

/**
 * The bar between the upper and the lower part of a page: drag it, or move it with the arrow keys.
 * @param share of the lower part, in percent of the height of both
 */
export function Split({ share, onChange }: { share: number; onChange: (share: number) => void }) {
  const styles = useStyles();
  const bar = useRef<HTMLDivElement>(null);
  const set = (next: number) => onChange(Math.round(Math.max(least, Math.min(most, next))));
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowUp') set(share + step);
    else if (event.key === 'ArrowDown') set(share - step);
    else if (event.key === 'Home') set(most);
    else if (event.key === 'End') set(least);
    else return;
    event.preventDefault();
  };
  const onPointerMove = (event: PointerEvent) => {
    const upper = bar.current?.previousElementSibling;
    const lower = bar.current?.nextElementSibling;
    if (!bar.current?.hasPointerCapture(event.pointerId) || !upper || !lower) return;
    const top = upper.getBoundingClientRect().top;
    const bottom = lower.getBoundingClientRect().bottom;
    set(((bottom - event.clientY) / (bottom - top)) * 100);
  };
  return (
    <div
      ref={bar}
      role="separator"
      aria-orientation="horizontal"
      aria-label="Height of the details"
      aria-valuenow={share}
      aria-valuemin={least}
      aria-valuemax={most}
      tabIndex={0}
      className={styles.bar}
      onKeyDown={onKeyDown}
      onPointerDown={event => bar.current?.setPointerCapture(event.pointerId)}
      onPointerMove={onPointerMove}
    />
  );
}
