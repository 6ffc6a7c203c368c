import type { DirectoryObject, ObjectKind } from '../tenant/types.ts';
import { badRequest, unreadable, unsupportedQuery } from './errors.ts';
import { type Filter, readFilter } from './filter.ts';
import type { GraphAnswer, GraphContext, GraphRequest } from './request.ts';
import { present, propertyOf, readSelection } from './shapes.ts';

/** The size of a page where `$top` is not given, and the largest one. [concepts/paging.md] */
const usualPage = 100;
const largestPage = 999;

/** Reads `$top`. */
export function pageSize(request: GraphRequest): number {
  const text = request.query.get('top');
  if (text === undefined) return usualPage;
  const size = Number(text);
  if (!Number.isInteger(size) || size < 1) {
    throw unreadable(
      `Invalid value '${text}' for $top query option found. The $top query option requires a non-negative integer value.`,
    );
  }
  if (size > largestPage)
    throw badRequest(
      `Invalid page size specified: '${size}'. Must be between 1 and ${largestPage} inclusive.`,
    );
  return size;
}

/** Reads `$skiptoken`; null where the list begins. */
export function readSkipToken(request: GraphRequest): unknown {
  const text = request.query.get('skiptoken');
  if (text === undefined) return null;
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString());
  } catch {
    throw badRequest("Invalid value specified for property '$skipToken'.");
  }
}

/** The address of the next page: the same request with a new token. */
export function nextLink(request: GraphRequest, context: GraphContext, token: unknown): string {
  const path = request.url.split('?')[0];
  const options = [...request.query]
    .filter(([name]) => name !== 'skiptoken')
    .map(([name, value]) => `$${name}=${encodeURIComponent(value)}`);
  options.push(`$skiptoken=${Buffer.from(JSON.stringify(token)).toString('base64url')}`);
  return `${context.graphUrl}/v1.0${path}?${options.join('&')}`;
}

/** Whether the request asks for the eventually consistent index that advanced queries need. */
function isEventual(request: GraphRequest): boolean {
  return request.headers.consistencylevel?.toLowerCase() === 'eventual';
}

/** Whether `$count=true` is answered: only with `ConsistencyLevel: eventual`. */
export function wantsCount(request: GraphRequest): boolean {
  return request.query.get('count')?.toLowerCase() === 'true' && isEventual(request);
}

/** `GET /users`, `/devices`, `/groups` …: all objects of a kind, filtered, searched, ordered, by pages. */
export function listObjects(
  kind: ObjectKind,
  set: string,
  request: GraphRequest,
  context: GraphContext,
): GraphAnswer {
  const selection = readSelection(request.query.get('select'), kind);
  const size = pageSize(request);
  const filter = filterOf(request, kind);
  const search = searchOf(request);
  const order = request.query.get('orderby');
  checkAdvanced(request, filter, kind);
  const token = readSkipToken(request);
  const matches = (object: DirectoryObject) =>
    (filter?.matches(object) ?? true) && (search?.(object) ?? true);

  const value: Record<string, unknown>[] = [];
  let next: unknown = null;
  if (order === undefined) {
    let last = typeof token === 'number' ? token : 0;
    for (const { object, cursor } of candidates(context, kind, filter, last)) {
      if (!matches(object)) continue;
      if (value.length === size) {
        next = last;
        break;
      }
      value.push(present(object, selection));
      last = cursor;
    }
  } else {
    const sorted = ordered([...all(context, kind)].filter(matches), order);
    const start = typeof token === 'number' ? token : 0;
    for (const object of sorted.slice(start, start + size)) value.push(present(object, selection));
    if (start + size < sorted.length) next = start + size;
  }
  return {
    status: 200,
    body: {
      '@odata.context': contextOf(context, set, request),
      ...(wantsCount(request) ? { '@odata.count': [...all(context, kind)].filter(matches).length } : {}),
      ...(next === null ? {} : { '@odata.nextLink': nextLink(request, context, next) }),
      value,
    },
  };
}

/** `GET /users/$count` …: the number as plain text. */
export function countObjects(kind: ObjectKind, request: GraphRequest, context: GraphContext): GraphAnswer {
  needEventual(request);
  const filter = filterOf(request, kind);
  const search = searchOf(request);
  let count = 0;
  for (const object of all(context, kind)) {
    if ((filter?.matches(object) ?? true) && (search?.(object) ?? true)) count += 1;
  }
  return { status: 200, headers: { 'content-type': 'text/plain' }, body: String(count) };
}

/** Throws Graph's refusal of a `/$count` without `ConsistencyLevel: eventual`. */
export function needEventual(request: GraphRequest): void {
  if (!isEventual(request)) throw badRequest('$count is not currently supported.');
}

/** `@odata.context`, which repeats a selection. */
export function contextOf(context: GraphContext, set: string, request: GraphRequest, single = false): string {
  const select = request.query.get('select');
  return `${context.graphUrl}/v1.0/$metadata#${set}${select ? `(${select})` : ''}${single ? '/$entity' : ''}`;
}

function filterOf(request: GraphRequest, kind: ObjectKind): Filter | null {
  const text = request.query.get('filter');
  return text === undefined ? null : readFilter(text, kind);
}

function checkAdvanced(request: GraphRequest, filter: Filter | null, kind: ObjectKind): void {
  const eventual = isEventual(request);
  if (request.query.has('search') && !eventual) {
    throw badRequest(
      "Request with $search query parameter only works through MSGraph with a special request header: 'ConsistencyLevel: eventual'",
    );
  }
  if (!filter || (eventual && request.query.get('count')?.toLowerCase() === 'true')) return;
  if (filter.advanced || request.query.has('orderby')) {
    throw unsupportedQuery(
      filter.advanced
        ? "Operator 'not equal' or 'not' is not supported because the required parameters might be missing. Try adding $count=true query parameter and ConsistencyLevel:eventual header."
        : `Sorting not supported for current query on resource '${kind}'.`,
    );
  }
}

function* all(context: GraphContext, kind: ObjectKind): Generator<DirectoryObject> {
  for (const id of context.tenant.directory.ids(kind)) {
    const object = context.tenant.directory.object(id);
    if (object) yield object;
  }
}

/** What a filter can hold for: one object where it names a key, otherwise all behind the cursor. */
function* candidates(
  context: GraphContext,
  kind: ObjectKind,
  filter: Filter | null,
  after: number,
): Generator<{ object: DirectoryObject; cursor: number }> {
  const { directory } = context.tenant;
  if (filter?.exact) {
    const { property, value } = filter.exact;
    if (property === 'id' || property === keyOf(kind)) {
      const byId = property === 'id' ? directory.get(kind, value) : undefined;
      const objects = byId ? [byId] : property === 'id' ? [] : directory.allByKey(kind, value);
      for (const [index, object] of objects.entries())
        if (index >= after) yield { object, cursor: index + 1 };
      return;
    }
  }
  for (const { id, cursor } of directory.ids(kind).after(after)) {
    const object = directory.object(id);
    if (object) yield { object, cursor };
  }
}

function keyOf(kind: ObjectKind): string {
  if (kind === 'user') return 'userPrincipalName';
  return kind === 'device' ? 'deviceId' : 'appId';
}

/** `$search="displayName:text"`: every word of the text begins a word of the property. */
function searchOf(request: GraphRequest): ((object: DirectoryObject) => boolean) | null {
  const text = request.query.get('search');
  if (text === undefined) return null;
  const clauses = [...text.matchAll(/"(\w+):([^"]*)"/g)].map(([, name = '', value = '']) => ({
    name,
    wanted: words(value),
  }));
  if (clauses.length === 0) throw badRequest("Syntax error: character '\"' is expected in $search.");
  const joined = /"\s+AND\s+"/.test(text) ? 'every' : 'some';
  return object =>
    clauses[joined](({ name, wanted }) => {
      const held = words(String(propertyOf(object, name) ?? ''));
      return wanted.every(word => held.some(other => other.startsWith(word)));
    });
}

function words(text: string): string[] {
  return text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
}

function ordered(objects: DirectoryObject[], order: string): DirectoryObject[] {
  const [name = '', direction] = order.trim().split(/\s+/);
  const sign = direction?.toLowerCase() === 'desc' ? -1 : 1;
  const key = (object: DirectoryObject) => String(propertyOf(object, name) ?? '').toLowerCase();
  return objects.sort((left, right) => (key(left) < key(right) ? -sign : key(left) > key(right) ? sign : 0));
}
