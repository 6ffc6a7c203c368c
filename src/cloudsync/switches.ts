import { Problem } from '../base/index.ts';
import type { Target } from './targets.ts';

/** Why a tenant's groups are not synchronized, if they are not. */
export function switchedOff(target: Pick<Target, 'off' | 'cloudServiceName'>): Problem | undefined {
  const name = target.cloudServiceName;
  if (target.off === 'entra-authentication') {
    return new Problem(
      'conflict',
      'entra-authentication-disabled',
      `Microsoft Entra authentication is disabled for the tenant "${name}".`,
      'Enable it for this tenant; its groups are left as they are until then.',
    );
  }
  if (target.off === 'group-sync') {
    return new Problem(
      'conflict',
      'group-sync-off',
      `Group synchronization is off for the tenant "${name}".`,
      `Switch it on: rollcall tenant set ${JSON.stringify(name)} --group-sync on.`,
    );
  }
  return undefined;
}
