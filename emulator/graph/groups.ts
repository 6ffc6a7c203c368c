import { randomUUID } from 'node:crypto';
import type { Group } from '@microsoft/microsoft-graph-types';
import { z } from 'zod';
import { isRecord } from '../outcome.ts';
import { mailNickname, securityIdentifier } from '../tenant/seed.ts';
import type { DirectoryObject } from '../tenant/types.ts';
import { badRequest, denied, GraphError, unreadable } from './errors.ts';
import { findGroup, needAbsent, needAssigned, needChangeable, needFits } from './group-rules.ts';
import { contextOf } from './lists.ts';
import {
  creators,
  may,
  need,
  needGroupRead,
  needGroupWrite,
  needMemberKind,
  needMemberWrite,
} from './permissions.ts';
import { checkLinkCount, resolveBindings } from './references.ts';
import type { GraphAnswer, GraphContext, GraphRequest } from './request.ts';
import { present, readSelection } from './shapes.ts';

/** What a group can be created from. Anything else named is refused, as Graph refuses what it does not know. */
const newGroup = z.strictObject({
  '@odata.type': z.string().optional(),
  displayName: z.string().max(256),
  mailEnabled: z.boolean(),
  mailNickname: z.string().max(64),
  securityEnabled: z.boolean(),
  description: z.string().max(1024).nullish(),
  groupTypes: z.array(z.string()).nullish(),
  isAssignableToRole: z.boolean().nullish(),
  membershipRule: z.string().nullish(),
  membershipRuleProcessingState: z.string().nullish(),
  visibility: z.string().nullish(),
  uniqueName: z.string().nullish(),
  'owners@odata.bind': z.unknown().optional(),
  'members@odata.bind': z.unknown().optional(),
});

/** What of a group can be changed. */
const changedGroup = z.strictObject({
  '@odata.type': z.string().optional(),
  displayName: z.string().max(256).optional(),
  description: z.string().max(1024).nullish(),
  mailNickname: z.string().max(64).optional(),
  securityEnabled: z.boolean().optional(),
  visibility: z.string().nullish(),
  membershipRule: z.string().nullish(),
  membershipRuleProcessingState: z.string().nullish(),
  'members@odata.bind': z.unknown().optional(),
  'owners@odata.bind': z.unknown().optional(),
});

/**
 * `POST /groups`. A signed-in user becomes the owner where none is named; an app does not. [group-post-groups.md]
 */
export function createGroup(request: GraphRequest, context: GraphContext): GraphAnswer {
  const { tenant, caller, time } = context;
  need(caller, creators);
  const given = read(newGroup, request.body, 'Group');
  checkKind(given, caller.permissions);
  checkNickname(given.mailNickname, given.groupTypes ?? [], context);
  const owners = bindings(given['owners@odata.bind'], context);
  const members = bindings(given['members@odata.bind'], context);
  checkLinkCount(owners.length + members.length);
  const id = randomUUID();
  const now = time.text();
  const unified = given.groupTypes?.includes('Unified') ?? false;
  const {
    '@odata.type': _type,
    'owners@odata.bind': _owners,
    'members@odata.bind': _members,
    ...rest
  } = given;
  const address = `${given.mailNickname}@${tenant.domain}`;
  const properties: Group = {
    ...rest,
    groupTypes: given.groupTypes ?? [],
    createdDateTime: now,
    renewedDateTime: now,
    securityIdentifier: securityIdentifier(id),
    ...(unified
      ? { mail: address, proxyAddresses: [`SMTP:${address}`], visibility: given.visibility ?? 'Public' }
      : {}),
  } as Group;
  const group: DirectoryObject<'group'> = { kind: 'group', id, properties };
  for (const object of owners) {
    if (object.kind !== 'user' && object.kind !== 'servicePrincipal') {
      throw badRequest("An invalid operation was included in the following modified references: 'owners'.");
    }
    needCreatorReads(object, context);
  }
  for (const object of members) {
    needFits(group, object);
    needCreatorReads(object, context);
  }
  tenant.directory.insert(group);
  if (caller.isUser && owners.length === 0) tenant.directory.link('owners', id, caller.objectId);
  for (const object of owners) tenant.directory.link('owners', id, object.id);
  for (const object of members) tenant.directory.link('members', id, object.id);
  return {
    status: 201,
    headers: { location: `${context.graphUrl}/v1.0/groups/${id}` },
    body: { '@odata.context': contextOf(context, 'groups', request, true), ...present(group, null) },
  };
}

/** `GET /groups/{id}` */
export function getGroup(groupId: string, request: GraphRequest, context: GraphContext): GraphAnswer {
  const group = findGroup(context.tenant, groupId);
  needGroupRead(context.caller, context.tenant, group.id);
  const selection = readSelection(request.query.get('select'), 'group');
  return {
    status: 200,
    body: { '@odata.context': contextOf(context, 'groups', request, true), ...present(group, selection) },
  };
}

/** `PATCH /groups/{id}`: properties, or up to 20 new members, all or none. */
export function updateGroup(groupId: string, request: GraphRequest, context: GraphContext): GraphAnswer {
  const { tenant, caller } = context;
  const group = findGroup(tenant, groupId);
  const given = read(changedGroup, request.body, 'Group');
  const {
    '@odata.type': _type,
    'owners@odata.bind': ownerLinks,
    'members@odata.bind': memberLinks,
    ...patch
  } = given;
  if (Object.keys(patch).length > 0 || ownerLinks !== undefined) {
    needGroupWrite(caller, tenant, group);
    needChangeable(group);
  }
  if (memberLinks !== undefined) {
    needMemberWrite(caller, tenant, group);
    needAssigned(group);
  }
  if (patch.mailNickname !== undefined) checkNickname(patch.mailNickname, [], context);
  const owners = bindings(ownerLinks, context);
  const members = bindings(memberLinks, context);
  checkLinkCount(owners.length + members.length);
  for (const object of members) {
    needMemberKind(caller, tenant, group.id, object);
    needFits(group, object);
  }
  needAbsent(tenant, 'members', group.id, members);
  needAbsent(tenant, 'owners', group.id, owners);
  if (Object.keys(patch).length > 0) tenant.directory.change(group, patch);
  for (const object of owners) tenant.directory.link('owners', group.id, object.id);
  for (const object of members) tenant.directory.link('members', group.id, object.id);
  return { status: 204 };
}

/** `DELETE /groups/{id}`: to the deleted items. */
export function deleteGroup(groupId: string, context: GraphContext): GraphAnswer {
  const group = findGroup(context.tenant, groupId);
  needGroupWrite(context.caller, context.tenant, group);
  needChangeable(group);
  context.tenant.directory.remove(group.id);
  return { status: 204 };
}

function bindings(value: unknown, context: GraphContext): DirectoryObject[] {
  return value === undefined ? [] : resolveBindings(context.tenant, value);
}

/** An app may name itself; for others it needs to be able to read them. [group-post-groups.md] */
function needCreatorReads(object: DirectoryObject, context: GraphContext): void {
  const { caller } = context;
  if (object.id === caller.objectId || may(caller, ['Group.ReadWrite.All', 'Directory.ReadWrite.All']))
    return;
  need(caller, readable[object.kind] ?? ['Directory.Read.All']);
}

const readable: Partial<Record<DirectoryObject['kind'], readonly string[]>> = {
  user: ['User.Read.All', 'User.ReadWrite.All', 'Directory.Read.All'],
  device: ['Device.Read.All', 'Device.ReadWrite.All', 'Directory.Read.All'],
  servicePrincipal: ['Application.Read.All', 'Application.ReadWrite.All', 'Directory.Read.All'],
  group: ['Group.Read.All', 'GroupMember.Read.All', 'GroupMember.ReadWrite.All', 'Directory.Read.All'],
};

function checkKind(given: z.infer<typeof newGroup>, permissions: ReadonlySet<string>): void {
  const types = given.groupTypes ?? [];
  const unknown = types.find(type => type !== 'Unified' && type !== 'DynamicMembership');
  if (unknown) throw badRequest("Invalid value specified for property 'groupTypes' of resource 'Group'.");
  const unified = types.includes('Unified');
  if (!unified && given.mailEnabled) {
    throw badRequest(
      'The service does not currently support writes of mail-enabled groups. Please ensure that the mail-enablement property is unset and the security-enablement property is set.',
    );
  }
  if (unified && !given.mailEnabled)
    throw badRequest("Invalid value specified for property 'mailEnabled' of resource 'Group'.");
  if (!unified && !given.securityEnabled)
    throw badRequest("Invalid value specified for property 'securityEnabled' of resource 'Group'.");
  if (types.includes('DynamicMembership') !== Boolean(given.membershipRule)) {
    throw badRequest('One or more property values specified are invalid.');
  }
  if (given.isAssignableToRole) {
    if (!permissions.has('RoleManagement.ReadWrite.Directory')) throw denied();
    if (!given.securityEnabled || types.includes('DynamicMembership')) {
      throw badRequest("Invalid value specified for property 'isAssignableToRole' of resource 'Group'.");
    }
  }
}

/** Letters that a mail nickname may hold; unique among Microsoft 365 groups. */
function checkNickname(nickname: string, types: readonly string[], context: GraphContext): void {
  if (nickname === '' || mailNickname(nickname) !== nickname) {
    throw badRequest("Invalid value specified for property 'mailNickname' of resource 'Group'.");
  }
  if (!types.includes('Unified')) return;
  for (const id of context.tenant.directory.ids('group')) {
    const other = context.tenant.directory.get('group', id)?.properties;
    if (
      other?.groupTypes?.includes('Unified') &&
      other.mailNickname?.toLowerCase() === nickname.toLowerCase()
    ) {
      throw new GraphError(
        400,
        'Request_BadRequest',
        'Another object with the same value for property mailNickname already exists.',
      );
    }
  }
}

/** Reads a body by a schema; the first thing wrong is told in Graph's words. */
function read<T>(schema: z.ZodType<T>, body: unknown, resource: string): T {
  if (!isRecord(body)) {
    throw unreadable(
      'Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.',
    );
  }
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const name = String(issue?.path[0] ?? '');
  if (issue?.code === 'unrecognized_keys') {
    throw unreadable(`Invalid property '${issue.keys[0] ?? ''}'.`);
  }
  if (issue?.code === 'invalid_type' && !(name in body)) {
    throw badRequest(`A value is required for property '${name}' of resource '${resource}'.`);
  }
  throw badRequest(`Invalid value specified for property '${name}' of resource '${resource}'.`);
}
