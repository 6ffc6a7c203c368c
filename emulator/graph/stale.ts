import type { GraphContext } from './request.ts';

/** Cursors of members that have left but are still shown come after all others. */
const ghosts = 2 ** 50;

/**
 * The members of a group as a replica that lags behind still shows them: without those who came in the last
 * `staleMs` milliseconds, and with those who left in that time.
 */
export function* staleMembers(
  groupId: string,
  start: number,
  context: GraphContext,
): Generator<{ id: string; cursor: number }> {
  const { directory } = context.tenant;
  const present = directory.linked('members', groupId);
  if (context.staleMs === 0) {
    yield* present.after(start);
    return;
  }
  const before = membersBefore(groupId, context.staleMs, context);
  if (start < ghosts) {
    for (const entry of present.after(start)) if (before.get(entry.id) !== false) yield entry;
  }
  let cursor = ghosts;
  for (const [id, was] of before) {
    if (!was || present.has(id)) continue;
    cursor += 1;
    if (cursor > start) yield { id, cursor };
  }
}

/** How those members of a group stood `ms` milliseconds ago that came or left since. */
export function membersBefore(groupId: string, ms: number, context: GraphContext): Map<string, boolean> {
  // Read backwards, the oldest change within the time is the last to say how the member stood before it.
  const before = new Map<string, boolean>();
  for (const change of context.tenant.directory.journals.group.laterThan(context.time.now() - ms)) {
    if (change.id === groupId && change.member) before.set(change.member.id, !change.member.added);
  }
  return before;
}
