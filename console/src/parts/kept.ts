import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import type { Session } from '../../../src/api/contract/index.ts';
import type { Sort } from './columns.ts';

/**
 * A value that this browser keeps for the user who is signed in, such as the layout of a list.
 * @param name unique in the console
 */
export function useKept<T>(name: string, initial: T): [T, (value: T) => void] {
  const user = useQueryClient().getQueryData<Session | null>(['session'])?.name ?? '';
  const key = `rollcall.${user}.${name}`;
  const [value, setValue] = useState<T>(() => stored(key) ?? initial);
  const keep = useCallback(
    (next: T) => {
      setValue(next);
      window.localStorage.setItem(key, JSON.stringify(next));
    },
    [key],
  );
  return [value, keep];
}

/**
 * How a list is sorted, kept in the same way.
 * @param list unique in the console
 */
export function useKeptSort(list: string, initial: Sort | null = null) {
  return useKept<Sort | null>(`sort.${list}`, initial);
}

function stored<T>(key: string): T | undefined {
  try {
    const value: unknown = JSON.parse(window.localStorage.getItem(key) ?? 'null');
    return value === null ? undefined : (value as T);
  } catch {
    return undefined;
  }
}
