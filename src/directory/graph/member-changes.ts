import { z } from 'zod';
import { Problem } from '../../base/index.ts';
import { failureProblem, readFailure } from './failure.ts';
import type { Transport } from './transport.ts';
import type { MemberChanges } from './types.ts';

const removed = z.object({ reason: z.string().nullish() }).nullish();

const pageShape = z.object({
  value: z.array(
    z.object({
      id: z.string(),
      '@removed': removed,
      'members@delta': z.array(z.object({ id: z.string(), '@removed': removed })).optional(),
    }),
  ),
  '@odata.nextLink': z.string().nullish(),
  '@odata.deltaLink': z.string().nullish(),
});

/** Far beyond what a list of changes worth following takes. */
const mostPages = 1000;

/**
 * Where Entra will go on telling who comes into a group and leaves it, from now on: nothing of before is told
 * (learn.microsoft.com/graph/delta-query-overview, `$deltatoken=latest`).
 * @returns null where Graph gives no such place
 */
export async function membersLink(
  transport: Transport,
  groupId: string,
  signal?: AbortSignal,
): Promise<string | null> {
  const filter = encodeURIComponent(`id eq '${groupId}'`);
  const target = `/groups/delta?$filter=${filter}&$select=members&$deltatoken=latest`;
  const answer = await transport.send({ method: 'GET', target }, signal);
  if (answer.status >= 400) return null;
  const page = pageShape.safeParse(answer.body).data;
  return page && page.value.length === 0 ? (page['@odata.deltaLink'] ?? null) : null;
}

/**
 * Who came into a group and who left it since a link (learn.microsoft.com/graph/delta-query-groups). Pages come in any
 * order and may repeat, so what they say is only taken where it is one thing a member. Whatever is not exactly as
 * documented makes the whole of it unusable: the group is then to be read whole.
 * @param most give up beyond so many members
 * @throws Problem when Graph can not be reached
 */
export async function memberChanges(
  transport: Transport,
  groupId: string,
  link: string,
  most: number,
  signal?: AbortSignal,
): Promise<MemberChanges> {
  const changes = new Map<string, boolean>();
  const unusable = (because: string) => ({ usable: false, because }) as const;
  let target = link;
  for (let pages = 0; pages < mostPages; pages += 1) {
    const answer = await sent(transport, target, signal);
    if (answer === null) return unusable('the link leads to another host');
    if (answer.status === 410) return unusable('the link has expired');
    if (answer.status >= 500) {
      throw failureProblem(readFailure(answer.status, answer.body, answer.headers), 'reading changes');
    }
    if (answer.status >= 400) return unusable(`Graph answers ${answer.status}`);
    const page = pageShape.safeParse(answer.body).data;
    if (!page) return unusable('the answer is not as documented');
    for (const group of page.value) {
      if (group.id.toLowerCase() !== groupId.toLowerCase()) return unusable('another group is told of');
      if (group['@removed']) return unusable('the group was deleted');
      // Only members were asked for: a group told of without any has come back, or something else is odd about it.
      if (!group['members@delta']) return unusable('the group itself has changed');
      for (const { id, '@removed': gone } of group['members@delta']) {
        const there = !gone;
        const key = id.toLowerCase();
        if ((changes.get(key) ?? there) !== there) return unusable('a member is told of both ways');
        changes.set(key, there);
      }
    }
    if (changes.size > most) return unusable('too much has changed');
    const { '@odata.nextLink': next, '@odata.deltaLink': last } = page;
    if (last) return { usable: true, changes, link: last };
    if (!next) return unusable('the answer does not say where to go on');
    target = next;
  }
  return unusable('the answer does not end');
}

async function sent(transport: Transport, target: string, signal?: AbortSignal) {
  try {
    return await transport.send({ method: 'GET', target }, signal);
  } catch (error) {
    if (error instanceof Problem && error.code === 'unexpected-link') return null;
    throw error;
  }
}
