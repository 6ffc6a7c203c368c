import { useSyncExternalStore } from 'react';

/** Where the user is: the part of the address behind '#', as path segments, and its query. */
export interface Place {
  path: string;
  query: URLSearchParams;
}

function subscribe(changed: () => void): () => void {
  window.addEventListener('hashchange', changed);
  return () => window.removeEventListener('hashchange', changed);
}

/** The present place; the component is drawn again when it changes. */
export function usePlace(): Place {
  const hash = useSyncExternalStore(subscribe, () => window.location.hash);
  const [path = '', query = ''] = hash.replace(/^#/, '').split('?', 2);
  return { path: path || '/overview', query: new URLSearchParams(query) };
}

/** The address of a place, for links. */
export function addressOf(path: string, query: Record<string, string> = {}): string {
  const search = new URLSearchParams(query).toString();
  return `#${path}${search ? `?${search}` : ''}`;
}
