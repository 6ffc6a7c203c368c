import { apiRoot, type RouteName, routes } from '../../../src/api/contract/index.ts';

/** Where the browser gets a whole list as a CSV file. */
export function csvAddress(list: RouteName, query: Record<string, string | readonly string[]>): string {
  const search = new URLSearchParams({ format: 'csv' });
  for (const [name, value] of Object.entries(query)) {
    for (const one of typeof value === 'string' ? [value] : value) search.append(name, one);
  }
  return `${apiRoot}${routes[list].path}?${search}`;
}
