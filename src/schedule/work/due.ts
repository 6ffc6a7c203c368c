import type { Tenant } from '../../directory/index.ts';

/** When the discovery of one kind of object was last complete. Instants are ISO 8601 in UTC. */
export interface LastDiscovery {
  lastFullAt: string | null;
  lastDeltaAt: string | null;
}

/**
 * Whether a tenant is to be discovered now, and how: in full when it never was or its days have passed, else what
 * changed when its minutes have passed since the last time of either kind. A kind that could never be read, as where
 * the app may not read users, is tried each time, and does not make the other one be read anew.
 */
export function dueDiscovery(
  tenant: Pick<Tenant, 'discovery' | 'discoveryMinutes' | 'fullDiscoveryDays'>,
  kinds: readonly LastDiscovery[],
  now: Date,
): 'full' | 'delta' | null {
  if (!tenant.discovery) return null;
  const isOlder = (instant: string | null, ms: number) =>
    instant === null || now.getTime() - Date.parse(instant) >= ms;
  const read = kinds.filter(({ lastFullAt }) => lastFullAt !== null);
  if (read.length === 0 || read.some(kind => isOlder(kind.lastFullAt, tenant.fullDiscoveryDays * dayMs)))
    return 'full';
  if (read.length < 2) return 'delta';
  // One that is still to come was made before the clock was set back: nobody knows how long ago.
  const isToCome = (instant: string | null) => instant !== null && Date.parse(instant) > now.getTime();
  const isStale = (kind: LastDiscovery) =>
    isToCome(latest(kind)) || isOlder(latest(kind), tenant.discoveryMinutes * minuteMs - toleranceMs);
  return kinds.some(isStale) ? 'delta' : null;
}

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
/** The cycle comes every five minutes give or take; a discovery due in seconds must not wait for the next. */
const toleranceMs = 15_000;

function latest({ lastFullAt, lastDeltaAt }: LastDiscovery): string | null {
  if (lastFullAt === null || lastDeltaAt === null) return lastFullAt ?? lastDeltaAt;
  return lastFullAt > lastDeltaAt ? lastFullAt : lastDeltaAt;
}
