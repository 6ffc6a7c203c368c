import { isRecord } from '../outcome.ts';
import type { DirectoryObject, ObjectKind } from '../tenant/types.ts';
import { badRequest, notEmulated, resourceNotFound, unreadable, unsupportedQuery } from './errors.ts';
import { findGroup, needAbsent, needAssigned, needChangeable, needFits } from './group-rules.ts';
import { contextOf, needEventual, nextLink, pageSize, readSkipToken, wantsCount } from './lists.ts';
import {
  may,
  needGroupRead,
  needGroupWrite,
  needMemberKind,
  needMemberWrite,
  readers,
} from './permissions.ts';
import { needGuid, resolveReference } from './references.ts';
import type { GraphAnswer, GraphContext, GraphRequest } from './request.ts';
import { present, presentHidden, readSelection, type Selection } from './shapes.ts';
import { staleMembers } from './stale.ts';

/** A list of a group: its members, those of its groups too, or its owners; all kinds or one. */
export interface ListOf {
  readonly list: 'members' | 'transitiveMembers' | 'owners';
  readonly kind: ObjectKind | null;
}

/** `GET /groups/{id}/members` and its relatives, a page at a time. */
export function listMembers(
  groupId: string,
  of: ListOf,
  request: GraphRequest,
  context: GraphContext,
): GraphAnswer {
  const { tenant } = context;
  const group = findGroup(tenant, groupId);
  needGroupRead(context.caller, tenant, group.id);
  for (const name of ['filter', 'search', 'orderby']) {
    if (request.query.has(name)) throw notEmulated(`$${name} on the lists of a group`);
  }
  needPossible(group, of);
  const selection = readSelection(request.query.get('select'), of.kind);
  const size = Math.min(pageSize(request), context.memberPageSize);
  const token = readSkipToken(request);
  const start = typeof token === 'number' ? token : 0;
  const value: Record<string, unknown>[] = [];
  let next: number | null = null;
  let last = start;
  for (const { object, cursor } of membersAfter(group.id, of, start, context)) {
    if (isLeftOut(object, of)) continue;
    if (value.length === size) {
      next = last;
      break;
    }
    value.push(show(object, selection, of, context));
    last = cursor;
  }
  return {
    status: 200,
    body: {
      '@odata.context': contextOf(context, of.kind ? `${of.kind}s` : 'directoryObjects', request),
      ...(wantsCount(request) ? { '@odata.count': countOf(group.id, of, context) } : {}),
      ...(next === null ? {} : { '@odata.nextLink': nextLink(request, context, next) }),
      value,
    },
  };
}

/**
 * v1.0 leaves service principals out of members and owners, unless it is asked for them by their type.
 * [known-issues.md, group-list-owners.md]
 */
function isLeftOut(object: DirectoryObject, { list, kind }: ListOf): boolean {
  return object.kind === 'servicePrincipal' && kind === null && list !== 'transitiveMembers';
}

/**
 * Whether the members are kept from the caller. That a list of nobody is the answer is inferred: the page names the
 * permission, and others have met empty lists. [group-list-members.md]
 */
function isHidden(groupId: string, { list }: ListOf, { tenant, caller }: GraphContext): boolean {
  const hidden = tenant.directory.get('group', groupId)?.properties.visibility === 'HiddenMembership';
  return hidden && list !== 'owners' && !caller.permissions.has('Member.Read.Hidden');
}

/** Throws where members of a kind are asked for that the group can't have. [group-list-members.md] */
function needPossible(group: DirectoryObject<'group'>, { list, kind }: ListOf): void {
  if (list !== 'members' || kind === null || kind === 'user') return;
  if (group.properties.groupTypes?.includes('Unified')) {
    throw unsupportedQuery(`The members of this group can not be of the type '${kind}'.`);
  }
}

/** `GET /groups/{id}/members/$count` */
export function countMembers(
  groupId: string,
  of: ListOf,
  request: GraphRequest,
  context: GraphContext,
): GraphAnswer {
  const group = findGroup(context.tenant, groupId);
  needGroupRead(context.caller, context.tenant, group.id);
  needEventual(request);
  return {
    status: 200,
    headers: { 'content-type': 'text/plain' },
    body: String(countOf(group.id, of, context)),
  };
}

/** `GET /groups/{id}/members/$ref`: the addresses of the members alone. */
export function listReferences(groupId: string, request: GraphRequest, context: GraphContext): GraphAnswer {
  const answer = listMembers(groupId, { list: 'members', kind: null }, request, context);
  const body = isRecord(answer.body) ? answer.body : {};
  const members = Array.isArray(body.value) ? body.value : [];
  return {
    status: 200,
    body: {
      ...body,
      '@odata.context': `${context.graphUrl}/v1.0/$metadata#Collection($ref)`,
      value: members.filter(isRecord).map(({ id }) => ({
        '@odata.id': `${context.graphUrl}/v1.0/directoryObjects/${String(id)}`,
      })),
    },
  };
}

/** `POST /groups/{id}/members/$ref` or `/owners/$ref` */
export function addReference(
  groupId: string,
  list: 'members' | 'owners',
  request: GraphRequest,
  context: GraphContext,
): GraphAnswer {
  const { tenant, caller } = context;
  const group = findGroup(tenant, groupId);
  if (!isRecord(request.body)) {
    throw badRequest(
      "An unexpected 'EndOfInput' node was found when reading from the JSON reader. A 'StartObject' node was expected.",
    );
  }
  if (list === 'members') needMemberWrite(caller, tenant, group);
  else needGroupWrite(caller, tenant, group);
  if (list === 'members') needAssigned(group);
  else needChangeable(group);
  const object = resolveReference(tenant, request.body['@odata.id']);
  needMemberKind(caller, tenant, group.id, object);
  if (list === 'members') needFits(group, object);
  else needOwnerFits(object);
  needAbsent(tenant, list, group.id, [object]);
  tenant.directory.link(list, group.id, object.id);
  return { status: 204 };
}

/** `DELETE /groups/{id}/members/{oid}/$ref` or `/owners/{oid}/$ref` */
export function removeReference(
  groupId: string,
  list: 'members' | 'owners',
  objectId: string,
  context: GraphContext,
): GraphAnswer {
  const { tenant, caller } = context;
  const group = findGroup(tenant, groupId);
  needGuid(objectId);
  if (list === 'members') needMemberWrite(caller, tenant, group);
  else needGroupWrite(caller, tenant, group);
  if (list === 'members') needAssigned(group);
  else needChangeable(group);
  if (
    list === 'owners' &&
    tenant.directory.linked('owners', group.id).size === 1 &&
    group.properties.groupTypes?.includes('Unified')
  ) {
    throw badRequest('The group must have at least one owner, hence this owner cannot be removed.');
  }
  if (!tenant.directory.unlink(list, group.id, objectId.toLowerCase())) throw resourceNotFound(objectId);
  return { status: 204 };
}

/** `POST /groups/{id}/members` without `$ref`: the mistake that Graph refuses in these words. */
export function refuseContained(): never {
  throw unreadable('Write requests are only supported on contained entities');
}

function needOwnerFits(object: DirectoryObject): void {
  if (object.kind !== 'user' && object.kind !== 'servicePrincipal') {
    throw badRequest("An invalid operation was included in the following modified references: 'owners'.");
  }
}

/** An object of a list, with its type unless it was asked for; of what the app may not read only kind and id are told. */
function show(
  object: DirectoryObject,
  selection: Selection,
  { kind }: ListOf,
  context: GraphContext,
): Record<string, unknown> {
  if (!may(context.caller, readers[object.kind])) return presentHidden(object, selection);
  return present(object, selection, kind === null);
}

function countOf(groupId: string, of: ListOf, context: GraphContext): number {
  if (of.list === 'members' && !of.kind && context.staleMs === 0 && !isHidden(groupId, of, context)) {
    return context.tenant.directory.linked('members', groupId).size;
  }
  return membersAfter(groupId, of, 0, context).reduce(count => count + 1, 0);
}

/** The objects of a list behind a cursor, as they are seen at this time. */
function* membersAfter(
  groupId: string,
  of: ListOf,
  cursor: number,
  context: GraphContext,
): Generator<{ object: DirectoryObject; cursor: number }> {
  const { directory } = context.tenant;
  if (isHidden(groupId, of, context)) return;
  const entries =
    of.list === 'transitiveMembers'
      ? transitive(groupId, cursor, context)
      : of.list === 'members'
        ? staleMembers(groupId, cursor, context)
        : directory.linked('owners', groupId).after(cursor);
  for (const entry of entries) {
    const object = directory.object(entry.id);
    if (object && (!of.kind || object.kind === of.kind)) yield { object, cursor: entry.cursor };
  }
}

/** Members of a group and of the groups in it, each once. */
function* transitive(
  groupId: string,
  start: number,
  context: GraphContext,
): Generator<{ id: string; cursor: number }> {
  const { directory } = context.tenant;
  const seen = new Set<string>([groupId]);
  const open = [groupId];
  let cursor = 0;
  for (let next = open.shift(); next !== undefined; next = open.shift()) {
    for (const id of directory.linked('members', next)) {
      if (seen.has(id)) continue;
      seen.add(id);
      if (directory.get('group', id)) open.push(id);
      cursor += 1;
      if (cursor > start) yield { id, cursor };
    }
  }
}
