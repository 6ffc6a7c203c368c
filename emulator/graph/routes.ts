import type { ObjectKind } from '../tenant/types.ts';
import { delta } from './delta.ts';
import { badRequest, methodNotAllowed, notEmulated, unreadable } from './errors.ts';
import { createGroup, deleteGroup, getGroup, updateGroup } from './groups.ts';
import { countObjects, listObjects } from './lists.ts';
import {
  addReference,
  countMembers,
  type ListOf,
  listMembers,
  listReferences,
  refuseContained,
  removeReference,
} from './members.ts';
import {
  checkMemberObjects,
  deleteForGood,
  deleteObject,
  getByIds,
  getByKey,
  getDeleted,
  getDirectoryObject,
  getObject,
  listDeleted,
  listOrganization,
  restoreDeleted,
} from './objects.ts';
import { need, readers } from './permissions.ts';
import type { GraphAnswer, GraphContext, GraphRequest } from './request.ts';

/** The parts of a path that a route leaves open, in order. */
type Handler = (request: GraphRequest, context: GraphContext, ...parts: string[]) => GraphAnswer;

interface Route {
  readonly method: string;
  readonly parts: readonly string[];
  readonly handler: Handler;
}

const routes: Route[] = [];

/** A route: `*` stands for one open part. */
function route(method: string, path: string, handler: Handler): void {
  routes.push({ method, parts: path.split('/'), handler });
}

const sets: readonly [string, ObjectKind][] = [
  ['users', 'user'],
  ['devices', 'device'],
  ['groups', 'group'],
  ['applications', 'application'],
  ['servicePrincipals', 'servicePrincipal'],
];

for (const [set, kind] of sets) {
  route('GET', set, (request, context) => {
    need(context.caller, readers[kind]);
    return listObjects(kind, set, request, context);
  });
  route('GET', `${set}/$count`, (request, context) => {
    need(context.caller, readers[kind]);
    return countObjects(kind, request, context);
  });
  if (kind === 'user' || kind === 'device' || kind === 'group') {
    route('GET', `${set}/delta`, (request, context) => delta(kind, set, request, context));
  }
  if (kind === 'group') continue;
  route('GET', `${set}/*`, (request, context, id = '') => getObject(kind, set, id, request, context));
  route('DELETE', `${set}/*`, (_request, context, id = '') => deleteObject(kind, id, context));
  if (kind !== 'user') {
    const key = kind === 'device' ? 'deviceId' : 'appId';
    route('GET', `${set}/(${key})/*`, (request, context, value = '') =>
      getByKey(kind, set, value, request, context),
    );
  }
}

route('POST', 'groups', (request, context) => createGroup(request, context));
route('GET', 'groups/*', (request, context, id = '') => getGroup(id, request, context));
route('PATCH', 'groups/*', (request, context, id = '') => updateGroup(id, request, context));
route('DELETE', 'groups/*', (_request, context, id = '') => deleteGroup(id, context));

const casts: readonly [string, ObjectKind | null][] = [
  ['', null],
  ['/microsoft.graph.user', 'user'],
  ['/microsoft.graph.device', 'device'],
  ['/microsoft.graph.group', 'group'],
  ['/microsoft.graph.servicePrincipal', 'servicePrincipal'],
];

for (const list of ['members', 'transitiveMembers', 'owners'] as const) {
  for (const [cast, kind] of casts) {
    const of: ListOf = { list, kind };
    route('GET', `groups/*/${list}${cast}`, (request, context, id = '') =>
      listMembers(id, of, request, context),
    );
    route('GET', `groups/*/${list}${cast}/$count`, (request, context, id = '') =>
      countMembers(id, of, request, context),
    );
  }
  if (list === 'transitiveMembers') continue;
  route('POST', `groups/*/${list}/$ref`, (request, context, id = '') =>
    addReference(id, list, request, context),
  );
  route('POST', `groups/*/${list}`, () => refuseContained());
  route('DELETE', `groups/*/${list}/*/$ref`, (_request, context, id = '', member = '') =>
    removeReference(id, list, member, context),
  );
  // Without /$ref the address is the object itself, and the object is what goes.
  route('DELETE', `groups/*/${list}/*`, (_request, context, _id, member = '') =>
    deleteObject(null, member, context),
  );
}
route('GET', 'groups/*/members/$ref', (request, context, id = '') => listReferences(id, request, context));

route('POST', 'directoryObjects/getByIds', (request, context) => getByIds(request, context));
route('GET', 'directoryObjects/*', (request, context, id = '') => getDirectoryObject(id, request, context));
route('DELETE', 'directoryObjects/*', (_request, context, id = '') => deleteObject(null, id, context));
for (const set of ['directoryObjects', 'users', 'groups', 'devices']) {
  route('POST', `${set}/*/checkMemberObjects`, (request, context, id = '') =>
    checkMemberObjects(id, request, context),
  );
  route('POST', `${set}/*/checkMemberGroups`, (request, context, id = '') =>
    checkMemberObjects(id, request, context),
  );
}
route('GET', 'directory/deletedItems/*', (request, context, id = '') =>
  /^microsoft\.graph\./i.test(id) ? listDeleted(id, request, context) : getDeleted(id, request, context),
);
route('POST', 'directory/deletedItems/*/restore', (request, context, id = '') =>
  restoreDeleted(id, request, context),
);
route('DELETE', 'directory/deletedItems/*', (_request, context, id = '') => deleteForGood(id, context));
route('GET', 'organization', (request, context) => listOrganization(request, context));

/** All routes as the README writes them: `GET /groups/*`, `GET /devices(deviceId=*)`. */
export function routeNames(): string[] {
  return routes.map(
    ({ method, parts }) => `${method} /${parts.join('/').replace(/\/\((\w+)\)\/\*/, '($1=*)')}`,
  );
}

/** Answers one request; throws GraphError where Graph refuses. */
export function answerRoute(request: GraphRequest, context: GraphContext): GraphAnswer {
  if (request.query.has('skip')) throw badRequest("'$skip' is not supported by the service.");
  if (request.query.has('expand') && request.segments[1] !== 'delta') throw notEmulated('$expand');
  let known = false;
  for (const { method, parts, handler } of routes) {
    const open = match(parts, request.segments);
    if (!open) continue;
    if (method === request.method) return handler(request, context, ...open);
    known = true;
  }
  if (known) throw methodNotAllowed();
  const first = request.segments[0] ?? '';
  if (request.segments.length === 1 || !sets.some(([set]) => set === first)) {
    throw unreadable(`Resource not found for the segment '${first}'.`);
  }
  throw unreadable(`Resource not found for the segment '${request.segments.at(-1) ?? ''}'.`);
}

/** The open parts of a path that fits, or null. A fixed part always wins over an open one by the order of routes. */
function match(parts: readonly string[], segments: readonly string[]): string[] | null {
  if (parts.length !== segments.length) return null;
  const open: string[] = [];
  for (const [index, part] of parts.entries()) {
    const segment = segments[index] ?? '';
    if (part === '*') open.push(segment);
    else if (part !== segment && part.toLowerCase() !== segment.toLowerCase()) return null;
  }
  return open;
}
