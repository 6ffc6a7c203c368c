import type { DirectoryObject, TrackedKind } from '../tenant/types.ts';
import { badRequest, GraphError, unsupportedQuery } from './errors.ts';
import { contextOf } from './lists.ts';
import { need, readers } from './permissions.ts';
import type { GraphAnswer, GraphContext, GraphRequest } from './request.ts';
import { present, readSelection, type Selection } from './shapes.ts';
import { membersBefore } from './stale.ts';

/** How many members of groups a page of a group delta holds at most. */
const membersPage = 1000;

/** What a token carries: the query, and how far the reader has come. */
interface State {
  kind: TrackedKind;
  select: Selection;
  /** Only these objects; null: all. */
  ids: string[] | null;
  /** When the token was made, in milliseconds since 1970 UTC. */
  at: number;
  /** First everything that exists, then what changed. */
  phase: 'all' | 'changes';
  /** In phase `all`: cursor of the last object that is done, and of the last member of the object after it. */
  object: number;
  member: number;
  /** Changes are read behind this number … */
  from: number;
  /** … up to this one; null: up to whatever is the last when the page is read. */
  to: number | null;
}

interface Page {
  value: Record<string, unknown>[];
  /** The state that goes on; `done` says whether everything known now has been told. */
  state: State;
  done: boolean;
}

/** `GET /users/delta`, `/devices/delta`, `/groups/delta` [concepts/delta-query-overview.md] */
export function delta(
  kind: TrackedKind,
  set: string,
  request: GraphRequest,
  context: GraphContext,
): GraphAnswer {
  need(context.caller, readers[kind]);
  const state = readState(kind, set, request, context);
  const page = state.phase === 'all' ? readAll(state, context) : readChanges(state, context);
  const token = Buffer.from(JSON.stringify({ ...page.state, at: context.time.now() })).toString('base64url');
  const link = `${context.graphUrl}/v1.0/${set}/delta?$${page.done ? 'deltatoken' : 'skiptoken'}=${token}`;
  return {
    status: 200,
    body: {
      '@odata.context': contextOf(context, set, request),
      [page.done ? '@odata.deltaLink' : '@odata.nextLink']: link,
      value: page.value,
    },
  };
}

function readState(kind: TrackedKind, set: string, request: GraphRequest, context: GraphContext): State {
  // An empty token is what the Location of a 410 holds: it starts from the beginning.
  const token = request.query.get('deltatoken') || request.query.get('skiptoken') || undefined;
  const journal = context.tenant.directory.journals[kind];
  if (token !== undefined && token.toLowerCase() !== 'latest') {
    const state = decode(token, kind);
    const expired =
      state.at < context.tenant.deltaTokensSince ||
      context.time.now() - state.at > context.deltaLifeMs ||
      !journal.covers(state.from);
    if (expired) throw resync(set, context);
    return state;
  }
  for (const name of ['expand', 'top', 'orderby', 'search']) {
    if (request.query.has(name)) {
      throw unsupportedQuery(
        `The query parameter '$${name}' is not supported for delta queries on '${set}'.`,
      );
    }
  }
  return {
    kind,
    select: readSelection(
      request.query.get('select'),
      kind,
      kind === 'group' ? ['members', 'owners'] : ['manager'],
    ),
    ids: readIds(request.query.get('filter')),
    at: context.time.now(),
    phase: token === undefined ? 'all' : 'changes',
    object: 0,
    member: 0,
    from: journal.lastBy(context.time.now() - context.staleDeltaMs),
    to: token === undefined ? null : journal.lastBy(context.time.now() - context.staleDeltaMs),
  };
}

/** Everything that exists, in pages; members of large groups go on on the next page under the same group. */
function readAll(state: State, context: GraphContext): Page {
  const { directory } = context.tenant;
  const value: Record<string, unknown>[] = [];
  let room = membersPage;
  let [objectsDone, membersDone] = [state.object, state.member];
  for (const { id, cursor } of objectsOf(state, context)) {
    if (value.length >= context.deltaPageSize || room <= 0) {
      return { value, done: false, state: { ...state, object: objectsDone, member: membersDone } };
    }
    const object = directory.object(id);
    if (!object) continue;
    const shown = showDelta(object, state.select);
    if (tellsMembers(state)) {
      const members: Record<string, unknown>[] = [];
      for (const entry of directory.linked('members', id).after(membersDone)) {
        if (room <= 0) {
          value.push({ ...shown, 'members@delta': members });
          return { value, done: false, state: { ...state, object: objectsDone, member: membersDone } };
        }
        members.push(showMember(entry.id, true, context));
        membersDone = entry.cursor;
        room -= 1;
      }
      if (members.length > 0) shown['members@delta'] = members;
    }
    value.push(shown);
    [objectsDone, membersDone] = [cursor, 0];
  }
  // Whatever changed while the pages were read is told by the first delta link, so some objects may repeat.
  return { value, done: true, state: { ...state, phase: 'changes', object: 0, member: 0, to: null } };
}

/** What changed behind `from`, each object once a page and as it is now. */
function readChanges(state: State, context: GraphContext): Page {
  const { directory } = context.tenant;
  const journal = directory.journals[state.kind];
  const to = state.to ?? Math.max(state.from, journal.lastBy(context.time.now() - context.staleDeltaMs));
  const wanted = state.ids && new Set(state.ids);
  const changed = new Map<string, { own: boolean; members: Set<string> }>();
  let [from, members, done] = [state.from, 0, true];
  for (const change of journal.since(state.from)) {
    if (change.number > to) break;
    if (changed.size >= context.deltaPageSize || members >= membersPage) {
      done = false;
      break;
    }
    from = change.number;
    if (wanted && !wanted.has(change.id)) continue;
    const own = change.fields === null || (!change.member && concerns(change.fields, state.select));
    if (!own && !(change.member && tellsMembers(state))) continue;
    const entry = changed.get(change.id) ?? { own: false, members: new Set() };
    changed.set(change.id, entry);
    entry.own ||= own;
    if (change.member && tellsMembers(state)) {
      entry.members.add(change.member.id);
      members += 1;
    }
  }
  const value = [...changed].map(([id, entry]) => showChange(id, entry.members, state, context));
  return { value, done, state: { ...state, from: done ? to : from, to: done ? null : to } };
}

function showChange(
  id: string,
  members: ReadonlySet<string>,
  state: State,
  context: GraphContext,
): Record<string, unknown> {
  const { directory } = context.tenant;
  const object = directory.object(id);
  if (!object) return { id, '@removed': { reason: directory.deletedObject(id) ? 'changed' : 'deleted' } };
  const shown = showDelta(object, state.select);
  if (members.size > 0) {
    const present = directory.linked('members', id);
    const before = membersBefore(id, context.staleDeltaMs, context);
    shown['members@delta'] = [...members].map(member =>
      showMember(member, before.get(member) ?? present.has(member), context),
    );
  }
  return shown;
}

function showDelta(object: DirectoryObject, select: Selection): Record<string, unknown> {
  const names = select?.filter(name => name !== 'members' && name !== 'owners' && name !== 'manager');
  return present(object, names ? [...new Set([...names, 'id'])] : null);
}

function showMember(id: string, there: boolean, context: GraphContext): Record<string, unknown> {
  const kind = (context.tenant.directory.object(id) ?? context.tenant.directory.deletedObject(id)?.object)
    ?.kind;
  return {
    '@odata.type': `#microsoft.graph.${kind ?? 'directoryObject'}`,
    id,
    ...(there ? {} : { '@removed': { reason: 'deleted' } }),
  };
}

function* objectsOf(state: State, context: GraphContext): Generator<{ id: string; cursor: number }> {
  const { directory } = context.tenant;
  if (!state.ids) {
    yield* directory.ids(state.kind).after(state.object);
    return;
  }
  for (const [index, id] of state.ids.entries()) {
    if (index >= state.object && directory.get(state.kind, id)) yield { id, cursor: index + 1 };
  }
}

/** Members are told when no selection is made, or they are selected. [concepts/delta-query-groups.md] */
function tellsMembers(state: State): boolean {
  return state.kind === 'group' && (state.select === null || state.select.includes('members'));
}

function concerns(fields: readonly string[], select: Selection): boolean {
  return select === null || fields.some(field => select.includes(field));
}

/** `id eq '…' or id eq '…'`: the only filter that delta queries take. */
function readIds(filter: string | undefined): string[] | null {
  if (filter === undefined) return null;
  const parts = filter
    .split(/\s+or\s+/i)
    .map(part => /^\s*id\s+eq\s+'([^']+)'\s*$/i.exec(part)?.[1]?.toLowerCase());
  if (parts.length > 50) throw badRequest('Too many ids in the filter: the maximum is 50.');
  if (parts.some(part => part === undefined)) {
    throw unsupportedQuery('Delta queries can be filtered by object ids only.');
  }
  return parts.filter(part => part !== undefined);
}

function decode(token: string, kind: TrackedKind): State {
  try {
    const state = JSON.parse(Buffer.from(token, 'base64url').toString()) as State;
    if (state.kind === kind) return state;
  } catch {
    // Told below: whatever is wrong with a token, Graph says the same.
  }
  throw badRequest('Badly formed token.');
}

/** 410 with the address to start again from. */
function resync(set: string, context: GraphContext): GraphError {
  return new GraphError(
    410,
    'resyncRequired',
    'The delta token is no longer valid, and the app must reset the sync state.',
    {
      location: `${context.graphUrl}/v1.0/${set}/delta?$deltatoken=`,
    },
  );
}
