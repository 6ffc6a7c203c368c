import { type Route, type RouteName, routes } from '../contract/index.ts';

const getAt = new Map(
  (Object.entries(routes) as [RouteName, Route][])
    .filter(([, route]) => route.method === 'GET')
    .map(([name, route]) => [route.path, name]),
);

/**
 * The route that shows what another one changes: a GET at the same address, or at the nearest one above that names a
 * single thing (`/collections/:ref` for `/collections/:ref/rules/:rule`). Lists are no things.
 */
export function readerOf(name: RouteName): RouteName | undefined {
  const { method, path }: Route = routes[name];
  if (method === 'GET') return path.includes(':') || !isList(name) ? name : undefined;
  const segments = path.split('/');
  for (let length = segments.length; length > 1; length--) {
    const above = segments.slice(0, length).join('/');
    const found = getAt.get(above);
    if (found && !isList(found) && (above === path || above.includes(':'))) return found;
  }
  return undefined;
}

/** Asked by POST because it takes a body, but it changes nothing. */
const looking = new Set<RouteName>([
  'preview',
  'checkWql',
  'plan',
  'planUndo',
  'verify',
  'checkTenant',
  'checkConnection',
  'checkMapping',
]);

/** Whether a route changes something. */
export function isChange(name: RouteName): boolean {
  return routes[name].method !== 'GET' && !looking.has(name);
}

/** Whether there is a route that changes what this one shows. */
export function isChangeable(name: RouteName): boolean {
  return changeable.has(name);
}

const changeable = new Set(
  (Object.keys(routes) as RouteName[]).filter(name => routes[name].method !== 'GET').map(readerOf),
);

/** Whether a route answers a list by pages. */
export function isList(name: RouteName): boolean {
  const { answer }: Route = routes[name];
  return 'shape' in answer && 'items' in (answer.shape as object) && 'next' in (answer.shape as object);
}
