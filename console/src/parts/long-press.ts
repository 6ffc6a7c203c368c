import { type TouchEvent, useRef } from 'react';
import type { MenuPlace } from './context-menu.tsx';

const pressMs = 600;

/**
 * What a right-click is to a mouse, a finger that stays where it is put: not every tablet's browser makes the one of
 * the other. Spread what it gives over the element.
 */
export function useLongPress(onPress: (at: MenuPlace) => void) {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const isDone = useRef(false);
  const cancel = () => clearTimeout(timer.current);
  return {
    onTouchStart({ touches }: TouchEvent) {
      cancel();
      isDone.current = false;
      const touch = touches[0];
      if (!touch || touches.length > 1) return;
      const at = { x: touch.clientX, y: touch.clientY };
      timer.current = setTimeout(() => {
        isDone.current = true;
        onPress(at);
      }, pressMs);
    },
    onTouchMove: cancel,
    onTouchCancel: cancel,
    onTouchEnd(event: TouchEvent) {
      cancel();
      // Otherwise a click would follow, which closes the menu again.
      if (isDone.current) event.preventDefault();
    },
  };
}
