import type { Tenant } from '../../directory/index.ts';
import type { DiscoveryState } from '../../schedule/index.ts';
import type { TenantCheck } from '../contract/index.ts';

/** How many intervals may pass before a discovery counts as stale. */
const intervals = 3;

/** Whether what Rollcall knows of a tenant is fresh. */
export function checkDiscovery(tenant: Tenant, states: readonly DiscoveryState[], now: Date): TenantCheck {
  const name = 'discovery';
  if (!tenant.discovery) {
    return {
      name,
      outcome: 'warn',
      seen: 'Discovery is off.',
      hint: 'Turn it on: tenant set … --discovery on.',
    };
  }
  const error = states.find(state => state.error !== null)?.error;
  if (error) return { name, outcome: 'fail', seen: error, hint: 'Mend that, then run: rollcall discover.' };
  const times = states.map(latest);
  const oldest = Math.min(...times);
  if (times.length < 2 || oldest === 0) {
    return {
      name,
      outcome: 'warn',
      seen: 'Entra has not been discovered yet.',
      hint: 'Run: rollcall discover.',
    };
  }
  const minutes = Math.round((now.getTime() - oldest) / 60_000);
  const counts = states.map(state => `${state.objectCount} ${state.kind}s`).join(', ');
  const seen = `Discovered ${minutes} minutes ago: ${counts}.`;
  if (minutes <= intervals * tenant.discoveryMinutes) return { name, outcome: 'pass', seen, hint: null };
  return { name, outcome: 'warn', seen, hint: 'Keep the server running, or run: rollcall discover.' };
}

/** Milliseconds since 1970; 0 for never. */
function latest({ lastFullTime, lastDeltaTime }: DiscoveryState): number {
  return Math.max(...[lastFullTime, lastDeltaTime].map(time => (time ? Date.parse(time) : 0)));
}
