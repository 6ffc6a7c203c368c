import { z } from 'zod';
import type { DirectoryObject, ObjectKind } from '../tenant/types.ts';
import { badRequest, resourceNotFound, unreadable } from './errors.ts';
import { contextOf, nextLink, pageSize, readSkipToken } from './lists.ts';
import { may, need, needGroupRead, organizationReaders, readers, writers } from './permissions.ts';
import { needGuid } from './references.ts';
import type { GraphAnswer, GraphContext, GraphRequest } from './request.ts';
import { present, presentHidden, readSelection } from './shapes.ts';

/** `GET /users/{id or user principal name}`, `/devices/{id}`, `/servicePrincipals/{id}` … */
export function getObject(
  kind: ObjectKind,
  set: string,
  key: string,
  request: GraphRequest,
  context: GraphContext,
): GraphAnswer {
  need(context.caller, readers[kind]);
  if (kind !== 'user') needGuid(key);
  const { directory } = context.tenant;
  const object = directory.get(kind, key) ?? (kind === 'user' ? directory.byKey('user', key) : undefined);
  return shown(object, kind, set, key, request, context);
}

/** `GET /devices(deviceId='…')`, `/applications(appId='…')`, `/servicePrincipals(appId='…')` */
export function getByKey(
  kind: ObjectKind,
  set: string,
  key: string,
  request: GraphRequest,
  context: GraphContext,
): GraphAnswer {
  need(context.caller, readers[kind]);
  return shown(context.tenant.directory.byKey(kind, key), kind, set, key, request, context);
}

/** `GET /directoryObjects/{id}` */
export function getDirectoryObject(id: string, request: GraphRequest, context: GraphContext): GraphAnswer {
  needGuid(id);
  const object = context.tenant.directory.object(id);
  if (!object) throw resourceNotFound(id);
  if (object.kind === 'group') needGroupRead(context.caller, context.tenant, object.id);
  else need(context.caller, readers[object.kind]);
  const selection = readSelection(request.query.get('select'), null);
  return {
    status: 200,
    body: {
      '@odata.context': contextOf(context, 'directoryObjects', request, true),
      ...present(object, selection, true),
    },
  };
}

const getByIdsBody = z.object({
  ids: z.array(z.string()),
  types: z.array(z.string()).optional(),
});

/** `POST /directoryObjects/getByIds`: up to 1,000; what does not exist is left out. */
export function getByIds(request: GraphRequest, context: GraphContext): GraphAnswer {
  const body = getByIdsBody.safeParse(request.body);
  if (!body.success) throw unreadable('The parameter ids is required.');
  const { ids, types } = body.data;
  if (ids.length > 1000) throw badRequest('Too many identifiers specified: the maximum is 1000.');
  const wanted = new Set(types?.map(type => type.toLowerCase()));
  const selection = readSelection(request.query.get('select'), null);
  const value: Record<string, unknown>[] = [];
  for (const id of new Set(ids.map(text => text.toLowerCase()))) {
    const object = context.tenant.directory.object(id);
    if (
      !object ||
      (wanted.size > 0 && !wanted.has('directoryobject') && !wanted.has(object.kind.toLowerCase()))
    )
      continue;
    const readable = may(context.caller, readers[object.kind]);
    value.push(readable ? present(object, selection, true) : presentHidden(object, selection));
  }
  return { status: 200, body: { '@odata.context': contextOf(context, 'directoryObjects', request), value } };
}

const checkBody = z.object({ ids: z.array(z.string()).max(20) });

/** `POST /directoryObjects/{id}/checkMemberObjects`: which of up to 20 groups an object is in, nested ones too. */
export function checkMemberObjects(id: string, request: GraphRequest, context: GraphContext): GraphAnswer {
  const { directory } = context.tenant;
  const body = checkBody.safeParse(request.body);
  if (!body.success) throw unreadable('The parameter ids is required and holds at most 20 identifiers.');
  const object = directory.object(id) ?? directory.byKey('user', id);
  if (!object) throw resourceNotFound(id);
  need(context.caller, readers[object.kind]);
  const groups = new Set<string>();
  const open = [object.id];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const group of directory.groupsOf(next)) {
      if (groups.has(group) || !directory.get('group', group)) continue;
      groups.add(group);
      open.push(group);
    }
  }
  return {
    status: 200,
    body: {
      '@odata.context': `${context.graphUrl}/v1.0/$metadata#Collection(Edm.String)`,
      value: body.data.ids.filter(wanted => groups.has(wanted.toLowerCase())),
    },
  };
}

/** `DELETE /users/{id}`, `/devices/{id}`, `/directoryObjects/{id}`, and members addressed without `/$ref`. */
export function deleteObject(kind: ObjectKind | null, key: string, context: GraphContext): GraphAnswer {
  const { directory } = context.tenant;
  const object =
    kind === null ? directory.object(key) : (directory.get(kind, key) ?? directory.byKey(kind, key));
  if (!object) throw resourceNotFound(key);
  need(context.caller, writers[object.kind]);
  directory.remove(object.id);
  return { status: 204 };
}

const kindOfType: Readonly<Record<string, ObjectKind>> = {
  'microsoft.graph.user': 'user',
  'microsoft.graph.group': 'group',
  'microsoft.graph.application': 'application',
  'microsoft.graph.serviceprincipal': 'servicePrincipal',
};

/** `GET /directory/deletedItems/microsoft.graph.user` … */
export function listDeleted(type: string, request: GraphRequest, context: GraphContext): GraphAnswer {
  const kind = kindOfType[type.toLowerCase()];
  if (!kind) throw badRequest(`Resource type '${type}' is not supported in deletedItems.`);
  need(context.caller, readers[kind]);
  const selection = readSelection(request.query.get('select'), kind);
  const size = pageSize(request);
  const token = readSkipToken(request);
  const start = typeof token === 'number' ? token : 0;
  const objects = [...context.tenant.directory.deletedEntries()]
    .map(entry => entry.object)
    .filter(object => object.kind === kind);
  const more = objects.length > start + size;
  return {
    status: 200,
    body: {
      '@odata.context': contextOf(context, `${kind}s`, request),
      ...(more ? { '@odata.nextLink': nextLink(request, context, start + size) } : {}),
      value: objects.slice(start, start + size).map(object => present(object, selection)),
    },
  };
}

/** `GET /directory/deletedItems/{id}` */
export function getDeleted(id: string, request: GraphRequest, context: GraphContext): GraphAnswer {
  const object = needDeleted(id, context, readers);
  return {
    status: 200,
    body: {
      '@odata.context': contextOf(context, 'directoryObjects', request, true),
      ...present(object, null, true),
    },
  };
}

/** `POST /directory/deletedItems/{id}/restore` */
export function restoreDeleted(id: string, request: GraphRequest, context: GraphContext): GraphAnswer {
  const object = needDeleted(id, context, writers);
  context.tenant.directory.restore(object.id);
  return {
    status: 200,
    body: {
      '@odata.context': contextOf(context, 'directoryObjects', request, true),
      ...present(object, null, true),
    },
  };
}

/** `DELETE /directory/deletedItems/{id}`: gone for good. */
export function deleteForGood(id: string, context: GraphContext): GraphAnswer {
  context.tenant.directory.remove(needDeleted(id, context, writers).id, true);
  return { status: 204 };
}

/** `GET /organization`: the tenant itself. */
export function listOrganization(request: GraphRequest, context: GraphContext): GraphAnswer {
  need(context.caller, organizationReaders);
  const { tenant } = context;
  return {
    status: 200,
    body: {
      '@odata.context': contextOf(context, 'organization', request),
      value: [
        {
          id: tenant.id,
          deletedDateTime: null,
          businessPhones: [],
          displayName: tenant.displayName,
          onPremisesSyncEnabled: null,
          tenantType: 'AAD',
          verifiedDomains: [
            { capabilities: 'Email', isDefault: true, isInitial: true, name: tenant.domain, type: 'Managed' },
          ],
        },
      ],
    },
  };
}

function needDeleted(
  id: string,
  context: GraphContext,
  permissions: Record<ObjectKind, readonly string[]>,
): DirectoryObject {
  const entry = context.tenant.directory.deletedObject(id);
  if (!entry) throw resourceNotFound(id);
  need(context.caller, permissions[entry.object.kind]);
  return entry.object;
}

function shown(
  object: DirectoryObject | undefined,
  kind: ObjectKind,
  set: string,
  key: string,
  request: GraphRequest,
  context: GraphContext,
): GraphAnswer {
  if (!object) throw resourceNotFound(key);
  const selection = readSelection(request.query.get('select'), kind);
  return {
    status: 200,
    body: { '@odata.context': contextOf(context, set, request, true), ...present(object, selection) },
  };
}
