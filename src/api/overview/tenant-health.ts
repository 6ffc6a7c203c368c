import { expiryWarning, type KnownExpiry, type Tenant } from '../../directory/index.ts';
import type { DiscoveryState } from '../../schedule/index.ts';
import type { TenantHealth, Warning } from '../contract/index.ts';
import { checkDiscovery } from '../routes/discovery-check.ts';

/** What is known of a tenant without asking Entra. */
export interface KnownOfTenant {
  tenant: Tenant;
  discoveries: readonly DiscoveryState[];
  expiry: KnownExpiry;
  /** How many writes were sent since an instant. */
  writes: number;
  writesSince: Date;
}

const hourMs = 60 * 60_000;
/** learn.microsoft.com/graph/throttling-limits: 3,000 writes in 150 seconds per app and tenant. */
const quotaPerHour = (3_000 / 150) * 3_600;

/** How a tenant is: what is wrong with it or will be, and how much of its quota is used. */
export function tenantHealth(known: KnownOfTenant, now: Date): TenantHealth {
  const { tenant, discoveries, writes, writesSince } = known;
  const warnings = tenantWarnings(known, now);
  const writesPerHour = Math.round((quotaPerHour * tenant.quotaShare) / 100);
  const allowed = (writesPerHour * (now.getTime() - writesSince.getTime())) / hourMs;
  return {
    id: tenant.id,
    name: tenant.name,
    health: worst(warnings),
    warnings,
    lastDiscoveryTime: latest(discoveries),
    credentialExpiresAt: known.expiry.expiresAt,
    quota: {
      sharePercent: tenant.quotaShare,
      writesPerHour,
      since: writesSince.toISOString(),
      writes,
      usedPercent: allowed > 0 ? Math.min(100, Math.round((writes / allowed) * 1_000) / 10) : 0,
    },
  };
}

/** What is wrong with a tenant or will be, from what is known of it without asking Entra. */
export function tenantWarnings(
  { tenant, discoveries, expiry: known }: Pick<KnownOfTenant, 'tenant' | 'discoveries' | 'expiry'>,
  now: Date,
): Warning[] {
  return [
    ...switches(tenant),
    ...discovery(tenant, discoveries, now),
    ...heldLosses(discoveries),
    ...expiry(tenant, known, now),
  ];
}

function switches(tenant: Tenant): Warning[] {
  const warnings: Warning[] = [];
  if (tenant.entraAuthenticationDisabled) {
    warnings.push({
      level: 'error',
      code: 'entra-authentication',
      message: 'Entra authentication is disabled for this tenant: its groups are not synchronized.',
      hint: 'Enable it again: tenant set --entra-authentication on.',
    });
  }
  if (!tenant.groupSync) {
    warnings.push({
      level: 'warning',
      code: 'group-sync',
      message: 'Azure Directory Group Sync is off: the mappings of this tenant rest.',
      hint: 'Turn it on: tenant set --group-sync on.',
    });
  }
  return warnings;
}

function discovery(tenant: Tenant, states: readonly DiscoveryState[], now: Date): Warning[] {
  const { outcome, seen, hint } = checkDiscovery(tenant, states, now);
  if (outcome === 'pass') return [];
  const level = outcome === 'fail' ? 'error' : 'warning';
  return [{ level, code: 'discovery', message: seen, hint: hint ?? '' }];
}

function heldLosses(states: readonly DiscoveryState[]): Warning[] {
  return states.flatMap(({ heldRemovals, kind, tenant }) =>
    heldRemovals === 0
      ? []
      : [
          {
            level: 'warning' as const,
            code: 'discovery-held',
            message: `Discovery no longer finds ${heldRemovals} ${kind}s; they are kept until somebody believes it.`,
            hint: `Look in Entra; if they are gone: discover --full --approve --tenant ${JSON.stringify(tenant)}.`,
          },
        ],
  );
}

function expiry({ credentialKind }: Tenant, { expiresAt }: KnownExpiry, now: Date): Warning[] {
  const warning = expiresAt === null ? null : expiryWarning(credentialKind, new Date(expiresAt), now);
  if (!warning) return [];
  const { ended, message, hint } = warning;
  return [
    ended
      ? { level: 'error', code: 'credential-expired', message, hint }
      : { level: 'warning', code: 'credential-expires', message, hint },
  ];
}

function worst(warnings: readonly Warning[]): TenantHealth['health'] {
  if (warnings.some(({ level }) => level === 'error')) return 'error';
  return warnings.length > 0 ? 'warning' : 'healthy';
}

function latest(states: readonly DiscoveryState[]): string | null {
  const times = states.flatMap(({ lastFullTime, lastDeltaTime }) => [lastFullTime, lastDeltaTime]);
  return times.reduce((last, time) => (time !== null && (last === null || time > last) ? time : last), null);
}
