import { sql } from 'kysely';
import {
  activitySince,
  failuresByCode,
  summarizeMappings,
  type Visible,
  waitingApprovals,
  writesSince,
} from '../../cloudsync/index.ts';
import { knownExpiries, listTenants } from '../../directory/index.ts';
import { discoveryStates, lastCycle } from '../../schedule/index.ts';
import type { Store } from '../../store/index.ts';
import { mappingStatusWord, type Overview } from '../contract/index.ts';
import type { Services } from '../services.ts';
import { tenantHealth } from './tenant-health.ts';

const hourMs = 60 * 60_000;
const shownApprovals = 100;

/**
 * What is healthy and what needs somebody, from what the store holds: a few set-based queries on stored counts.
 * @param visible the collections that whoever asks may see; undefined: all
 */
export async function overview(
  { store, clock, nextCycle }: Pick<Services, 'store' | 'clock' | 'nextCycle'>,
  { bucket, hours }: { bucket: 'hour' | 'day'; hours: number },
  visible?: Visible,
): Promise<Overview> {
  const now = clock.now();
  const held = await waitingApprovals(store, shownApprovals, visible);
  const { mappings, members } = await summarizeMappings(store, visible);
  const since = new Date(now.getTime() - (hours - 1) * hourMs);
  return {
    at: now.toISOString(),
    tenants: await tenants(store, now),
    collections: await collections(store, visible),
    mappings: {
      total: mappings.total,
      byStatus: everyStatus(mappings.byStatus),
      byType: {
        device: everyStatus(mappings.byType.device),
        user: everyStatus(mappings.byType.user),
      },
    },
    members,
    approvals: { total: held.total, items: held.plans },
    failures: await failuresByCode(store, visible),
    cycle: {
      last: visible ? null : await lastCycle(store.db),
      running: await cycleRuns(store),
      next: nextCycle()?.toISOString() ?? null,
    },
    activity: {
      bucket,
      points: visible ? [] : await activitySince(store.db, since, bucket),
    },
  };
}

type ByStatus = Overview['mappings']['byStatus'];

function everyStatus(counts: Partial<ByStatus>): ByStatus {
  return Object.fromEntries(mappingStatusWord.options.map(word => [word, counts[word] ?? 0])) as ByStatus;
}

async function tenants(store: Store, now: Date) {
  // Figures are kept by the hour; this hour alone may only just have begun.
  const since = new Date(Math.floor(now.getTime() / hourMs - 1) * hourMs);
  const writes = await writesSince(store.db, since);
  const expiryOf = await knownExpiries(store);
  const states = await discoveryStates(store);
  return (await listTenants(store)).map(tenant =>
    tenantHealth(
      {
        tenant,
        discoveries: states.filter(({ cloudServiceId }) => cloudServiceId === tenant.id),
        expiry: expiryOf(tenant),
        writes: writes.get(tenant.id)?.writes ?? 0,
        writesSince: since,
      },
      now,
    ),
  );
}

async function collections(store: Store, visible: Visible): Promise<Overview['collections']> {
  const { rows } = await sql<Overview['collections']>`
    select coalesce(sum(type = 'device'), 0) as devices, coalesce(sum(type = 'user'), 0) as users,
      coalesce(sum(stale > 0), 0) as pending, coalesce(sum(error is not null), 0) as failed
    from collection where ${visible ? sql`num in ${store.dialect.among(visible)}` : sql`true`}`.execute(
    store.db,
  );
  return rows[0] ?? { devices: 0, users: 0, pending: 0, failed: 0 };
}

async function cycleRuns(store: Store): Promise<boolean> {
  const row = await store.db
    .selectFrom('job')
    .select('id')
    .where('kind', '=', 'cycle')
    .where('state', '=', 'running')
    .executeTakeFirst();
  return row !== undefined;
}
