import { apiRoot, type RouteName, routes } from '../../../src/api/contract/index.ts';

/** Where the browser gets a whole list as a CSV file. */
export function csvAddress(list: RouteName, query: Record<string, string>): string {
  return `${apiRoot}${routes[list].path}?${new URLSearchParams({ ...query, format: 'csv' })}`;
}
