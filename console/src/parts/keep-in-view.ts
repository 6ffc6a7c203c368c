import type { Virtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';

/**
 * Brings the chosen row into view when another is chosen, and when the list gets another height: its details may have
 * opened over it. Whoever scrolls away from it is left alone.
 * @param place of the chosen row; -1 while it is not at hand
 */
export function useKeepInView(
  list: Virtualizer<HTMLDivElement, Element>,
  place: number,
  chosen: string | null | undefined,
): void {
  const height = list.scrollRect?.height ?? 0;
  const situation = `${chosen} ${height}`;
  const seen = useRef('');
  useEffect(() => {
    if (place < 0 || height === 0 || seen.current === situation) return;
    seen.current = situation;
    list.scrollToIndex(place);
  }, [list, place, height, situation]);
}
