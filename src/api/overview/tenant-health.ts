import type { Tenant } from '../../directory/index.ts';
import type { DiscoveryState } from '../../schedule/index.ts';
import type { TenantHealth, Warning } from '../contract/index.ts';
import { checkDiscovery } from '../routes/discovery-check.ts';

/** What is known of a tenant without asking Entra. */
export interface KnownOfTenant {
  tenant: Tenant;
  discoveries: readonly DiscoveryState[];
  credentialExpiresAt: string | null;
  /** How many writes were sent since an instant. */
  writes: number;
  writesSince: Date;
}

const dayMs = 24 * 60 * 60_000;
const warnDays = 30;
const hourMs = 60 * 60_000;
/** learn.microsoft.com/graph/throttling-limits: 3,000 writes in 150 seconds per app and tenant. */
const quotaPerHour = (3_000 / 150) * 3_600;

/** How a tenant is: what is wrong with it or will be, and how much of its quota is used. */
export function tenantHealth(known: KnownOfTenant, now: Date): TenantHealth {
  const { tenant, discoveries, credentialExpiresAt, writes, writesSince } = known;
  const warnings = [
    ...switches(tenant),
    ...discovery(tenant, discoveries, now),
    ...heldLosses(discoveries),
    ...expiry(credentialExpiresAt, now),
  ];
  const writesPerHour = Math.round((quotaPerHour * tenant.quotaShare) / 100);
  const allowed = (writesPerHour * (now.getTime() - writesSince.getTime())) / hourMs;
  return {
    id: tenant.id,
    name: tenant.name,
    health: worst(warnings),
    warnings,
    lastDiscoveryTime: latest(discoveries),
    credentialExpiresAt,
    quota: {
      sharePercent: tenant.quotaShare,
      writesPerHour,
      since: writesSince.toISOString(),
      writes,
      usedPercent: allowed > 0 ? Math.min(100, Math.round((writes / allowed) * 1_000) / 10) : 0,
    },
  };
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

function expiry(expiresAt: string | null, now: Date): Warning[] {
  if (expiresAt === null) return [];
  const days = Math.floor((Date.parse(expiresAt) - now.getTime()) / dayMs);
  const date = expiresAt.slice(0, 10);
  const hint = 'Make a new secret or certificate and give it with "tenant set".';
  if (days < 0)
    return [
      { level: 'error', code: 'credential-expired', message: `The credential ended on ${date}.`, hint },
    ];
  if (days > warnDays) return [];
  const message = `The credential ends in ${days} days, on ${date}.`;
  return [{ level: 'warning', code: 'credential-expires', message, hint }];
}

function worst(warnings: readonly Warning[]): TenantHealth['health'] {
  if (warnings.some(({ level }) => level === 'error')) return 'error';
  return warnings.length > 0 ? 'warning' : 'healthy';
}

function latest(states: readonly DiscoveryState[]): string | null {
  const times = states.flatMap(({ lastFullTime, lastDeltaTime }) => [lastFullTime, lastDeltaTime]);
  return times.reduce((last, time) => (time !== null && (last === null || time > last) ? time : last), null);
}
