import { z } from 'zod';
import { Problem } from '../../base/index.ts';
import { failureProblem, readFailure } from './failure.ts';
import { mailNickname } from './nickname.ts';
import { pages, parseAnswer } from './paging.ts';
import type { Transport } from './transport.ts';
import type { GroupFacts, GroupMember } from './types.ts';

const selected =
  'id,displayName,description,groupTypes,mailEnabled,securityEnabled,onPremisesSyncEnabled,isAssignableToRole,visibility';

const groupShape = z.object({
  id: z.string(),
  displayName: z.string().nullish(),
  description: z.string().nullish(),
  groupTypes: z.array(z.string()).nullish(),
  mailEnabled: z.boolean().nullish(),
  securityEnabled: z.boolean().nullish(),
  onPremisesSyncEnabled: z.boolean().nullish(),
  isAssignableToRole: z.boolean().nullish(),
  visibility: z.string().nullish(),
});

const memberShape = z.object({
  '@odata.type': z.string().nullish(),
  id: z.string(),
  displayName: z.string().nullish(),
});

const memberTypes: Record<string, GroupMember['type']> = {
  '#microsoft.graph.user': 'user',
  '#microsoft.graph.device': 'device',
  '#microsoft.graph.group': 'group',
  '#microsoft.graph.servicePrincipal': 'servicePrincipal',
};

/** Cost of reading group members by the documentation of throttling: 3, less 1 for $select. */
const memberPageUnits = 2;

/** One group. @throws Problem of kind not-found when there is none of that id */
export async function getGroup(
  transport: Transport,
  groupId: string,
  signal?: AbortSignal,
): Promise<GroupFacts> {
  const path = `/groups/${encodeURIComponent(groupId)}?$select=${selected}`;
  const what = `reading the group ${groupId}`;
  return factsOf(parseAnswer(groupShape, await transport.read(path, what, signal ? { signal } : {}), what));
}

/**
 * Groups whose name starts with a text, a page at a time; all groups without one.
 * @throws Problem when the app may not read groups
 */
export async function* searchGroups(
  transport: Transport,
  options: { startsWith?: string | undefined; signal?: AbortSignal | undefined } = {},
): AsyncIterable<GroupFacts> {
  // Names may begin with blanks; a text of nothing else is none.
  const given = options.startsWith ?? '';
  const text = given.trim() === '' ? '' : given;
  const query = new URLSearchParams({ $select: selected, $top: text === '' ? '999' : '100' });
  // OData doubles an apostrophe inside a string.
  if (text !== '') query.set('$filter', `startswith(displayName,'${text.replaceAll("'", "''")}')`);
  const first = `/groups?${query.toString().replaceAll('+', '%20')}`;
  const reading = { what: 'the search for groups', units: 1, signal: options.signal };
  for await (const page of pages(transport, first, groupShape, reading)) yield* page.map(factsOf);
}

/**
 * Makes an assigned security group with owners, the app's service principal among them, so that the app may change the
 * members with no more than that.
 * @param owners.ids object ids; none: nobody is named
 * @param owners.mustBe false: where Entra refuses the owners, the group is made without them
 * @param suffix makes the mail nickname unique in the tenant
 * @throws Problem when Graph refuses
 */
export async function createGroup(
  transport: Transport,
  group: { displayName: string; description?: string | undefined },
  owners: { ids: readonly string[]; mustBe: boolean },
  suffix: string,
  signal?: AbortSignal,
): Promise<GroupFacts> {
  const body = {
    displayName: group.displayName,
    description: group.description ?? 'Its members are managed by Rollcall.',
    mailEnabled: false,
    mailNickname: mailNickname(group.displayName, suffix),
    securityEnabled: true,
    groupTypes: [],
  };
  const what = `creating the group ${group.displayName}`;
  const post = (sent: Record<string, unknown>) =>
    transport.send({ method: 'POST', target: '/groups', body: sent, repeatable: false }, signal);
  const named = owners.ids.length > 0;
  const bound = owners.ids.map(id => transport.objectUrl(id));
  let answer = await post(named ? { ...body, 'owners@odata.bind': bound } : body);
  const refused = answer.status === 400 || answer.status === 403;
  if (refused && named && !owners.mustBe) answer = await post(body);
  if (answer.status >= 400)
    throw failureProblem(readFailure(answer.status, answer.body, answer.headers), what);
  return factsOf(parseAnswer(groupShape, answer.body, what));
}

/**
 * Direct members, 999 a page. Entra's lists are eventually consistent: a change of the last minutes may be missing.
 * Service principals are not among them: see `listServicePrincipals`.
 */
export async function* listMembers(
  transport: Transport,
  groupId: string,
  signal?: AbortSignal,
): AsyncIterable<GroupMember[]> {
  const first = `/groups/${encodeURIComponent(groupId)}/members?$select=id,displayName&$top=999`;
  const reading = { what: `reading the members of ${groupId}`, units: memberPageUnits, signal };
  for await (const page of pages(transport, first, memberShape, reading)) {
    yield page.map(member => ({
      id: member.id.toLowerCase(),
      type: memberTypes[member['@odata.type'] ?? ''] ?? 'other',
      displayName: member.displayName ?? null,
    }));
  }
}

/**
 * The service principals among the direct members, which v1.0 leaves out of the list of members and gives only when it
 * is asked for them by their type (learn.microsoft.com/graph/known-issues, "GET /groups/{id}/members").
 * @returns none where Graph refuses: a Microsoft 365 group can't have any, and an app may lack the right to see them
 */
export async function* listServicePrincipals(
  transport: Transport,
  groupId: string,
  signal?: AbortSignal,
): AsyncIterable<GroupMember[]> {
  for await (const page of servicePrincipals(transport, groupId, 'members', signal)) {
    if (page.length === 0) continue;
    yield page.map(({ id, displayName }) => ({
      id: id.toLowerCase(),
      type: 'servicePrincipal',
      displayName: displayName ?? null,
    }));
  }
}

/** The list of a group by one type, an advanced query (learn.microsoft.com/graph/aad-advanced-queries). */
async function* servicePrincipals(
  transport: Transport,
  groupId: string,
  list: 'members' | 'owners',
  signal?: AbortSignal,
): AsyncIterable<z.infer<typeof memberShape>[]> {
  const typed = `/groups/${encodeURIComponent(groupId)}/${list}/microsoft.graph.servicePrincipal`;
  const first = `${typed}?$select=id,displayName&$count=true&$top=999`;
  const what = `reading the service principals among the ${list} of ${groupId}`;
  const reading = { what, units: memberPageUnits, headers: eventual, signal };
  try {
    for await (const page of pages(transport, first, memberShape, reading)) {
      // Whoever answers for Graph may not know of types: what says that it is another is one.
      yield page.filter(({ '@odata.type': type }) => !type || memberTypes[type] === 'servicePrincipal');
    }
  } catch (error) {
    if (!isRefusal(error)) throw error;
  }
}

const refusals: ReadonlySet<string> = new Set(['invalid', 'forbidden', 'not-found']);

function isRefusal(error: unknown): boolean {
  return error instanceof Problem && refusals.has(error.kind);
}

const eventual = { ConsistencyLevel: 'eventual' };

/**
 * How many direct members a group has, as Entra counts them (eventually consistent).
 * @throws Problem when the app may not read the group
 */
export async function countMembers(
  transport: Transport,
  groupId: string,
  signal?: AbortSignal,
): Promise<number> {
  const target = `/groups/${encodeURIComponent(groupId)}/members/$count`;
  const what = `counting the members of ${groupId}`;
  const answer = await transport.send({ method: 'GET', target, headers: eventual, units: 3 }, signal);
  if (answer.status >= 400) {
    throw failureProblem(readFailure(answer.status, answer.body, answer.headers), what);
  }
  return parseAnswer(z.coerce.number().int().min(0), answer.body, what);
}

/**
 * Whether the app owns a group. v1.0 may leave service principals out of the list of owners, unless it is asked for
 * them by their type (learn.microsoft.com/graph/api/group-list-owners).
 * @throws Problem when it may not read owners
 */
export async function ownsGroup(
  transport: Transport,
  groupId: string,
  ownerId: string,
  signal?: AbortSignal,
): Promise<boolean> {
  const first = `/groups/${encodeURIComponent(groupId)}/owners?$select=id`;
  const reading = { what: `reading the owners of ${groupId}`, units: 1, signal };
  const isApp = ({ id }: { id: string }) => id.toLowerCase() === ownerId.toLowerCase();
  for await (const page of pages(transport, first, memberShape, reading)) if (page.some(isApp)) return true;
  for await (const page of servicePrincipals(transport, groupId, 'owners', signal)) {
    if (page.some(isApp)) return true;
  }
  return false;
}

/** Kinds by learn.microsoft.com/graph/api/resources/groups-overview. */
function factsOf(group: z.infer<typeof groupShape>): GroupFacts {
  const types = group.groupTypes ?? [];
  return {
    id: group.id.toLowerCase(),
    displayName: group.displayName ?? '',
    description: group.description ?? null,
    kind: types.includes('Unified')
      ? 'microsoft365'
      : group.mailEnabled !== true
        ? 'security'
        : group.securityEnabled === true
          ? 'mail-enabled-security'
          : 'distribution',
    dynamic: types.includes('DynamicMembership'),
    onPremises: group.onPremisesSyncEnabled === true,
    roleAssignable: group.isAssignableToRole === true,
    membersHidden: group.visibility === 'HiddenMembership',
  };
}
