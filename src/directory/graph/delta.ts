import { z } from 'zod';
import { failureProblem, readFailure } from './failure.ts';
import { parseAnswer } from './paging.ts';
import type { Transport } from './transport.ts';
import { DeltaExpired, type DeltaPage, type EntraObject } from './types.ts';

/** What is read of devices and users, in a delta query or one by one. */
export const deviceProperties =
  'id,deviceId,displayName,trustType,accountEnabled,operatingSystem,operatingSystemVersion,isManaged,isCompliant';
export const userProperties =
  'id,userPrincipalName,displayName,mail,department,accountEnabled,userType,onPremisesSecurityIdentifier,' +
  'onPremisesImmutableId,onPremisesSamAccountName,onPremisesDomainName,onPremisesDistinguishedName';

const text = z.string().nullish();
const yesNo = z.boolean().nullish();

/** An entry of a list of devices or users. */
export const entryShape = z.object({
  '@removed': z.object({ reason: z.string().nullish() }).nullish(),
  id: z.string(),
  displayName: text,
  accountEnabled: yesNo,
  deviceId: text,
  trustType: text,
  operatingSystem: text,
  operatingSystemVersion: text,
  isManaged: yesNo,
  isCompliant: yesNo,
  userPrincipalName: text,
  mail: text,
  department: text,
  userType: text,
  onPremisesSecurityIdentifier: text,
  onPremisesImmutableId: text,
  onPremisesSamAccountName: text,
  onPremisesDomainName: text,
  onPremisesDistinguishedName: text,
});

const pageShape = z.object({
  value: z.array(entryShape),
  '@odata.nextLink': text,
  '@odata.deltaLink': text,
});

/**
 * Statuses that tell of a link which Graph itself gave that it is of no more use. Documented are 410, and "a 40X-series
 * error" with codes such as syncStateNotFound (delta-query-overview, token duration); a link can't be wrong otherwise.
 */
const expired = [400, 404, 410];

/**
 * What changed since a link, page by page (learn.microsoft.com/graph/delta-query-overview). Items may repeat and come
 * in any order. The links are opaque and hold the $select of the first request.
 * @param link a nextLink or deltaLink of an earlier page; null: everything from the start
 * @throws DeltaExpired when the link is too old; Problem when Graph refuses
 */
export async function* delta(
  transport: Transport,
  kind: 'device' | 'user',
  link: string | null,
  signal?: AbortSignal,
): AsyncIterable<DeltaPage> {
  const what = `the changes of ${kind}s`;
  const first =
    kind === 'device'
      ? `/devices/delta?$select=${deviceProperties}`
      : `/users/delta?$select=${userProperties}`;
  for (let target: string | null = link ?? first; target !== null; ) {
    const answer = await transport.send({ method: 'GET', target }, signal);
    if (answer.status >= 400) {
      if (target !== first && expired.includes(answer.status)) throw new DeltaExpired();
      throw failureProblem(readFailure(answer.status, answer.body, answer.headers), what);
    }
    const page = pageOf(kind, parseAnswer(pageShape, answer.body, what));
    yield page;
    target = page.nextLink;
  }
}

function pageOf(kind: 'device' | 'user', page: z.infer<typeof pageShape>): DeltaPage {
  const objects: EntraObject[] = [];
  const removed: DeltaPage['removed'] = [];
  for (const { '@removed': gone, id, ...properties } of page.value) {
    if (gone) {
      removed.push({ id: id.toLowerCase(), reason: gone.reason === 'deleted' ? 'deleted' : 'changed' });
    } else {
      objects.push({ kind, id: id.toLowerCase(), ...properties });
    }
  }
  return {
    objects,
    removed,
    nextLink: page['@odata.nextLink'] ?? null,
    deltaLink: page['@odata.deltaLink'] ?? null,
  };
}
