import { Problem } from '../base/index.ts';
import type { Feeder, Target } from './targets.ts';

type PausedFeeder = Pick<Feeder, 'id' | 'name' | 'paused'>;

/** Why a group is not synchronized, if it is not. */
export function switchedOff(
  target: Pick<Target, 'off' | 'cloudServiceName'> & { name: string; feeders: readonly PausedFeeder[] },
): Problem | undefined {
  const name = target.cloudServiceName;
  if (target.off === 'entra-authentication') {
    return new Problem(
      'conflict',
      'entra-authentication-disabled',
      `Microsoft Entra authentication is disabled for the tenant "${name}".`,
      `Its groups are left as they are meanwhile. Enable it: rollcall tenant set ${JSON.stringify(name)} --entra-authentication on.`,
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
  if (target.off === 'paused') {
    const paused = target.feeders.filter(feeder => feeder.paused);
    const [first] = paused;
    return new Problem(
      'conflict',
      'mapping-paused',
      `The synchronization of ${paused.map(feeder => `"${feeder.name}"`).join(', ')} to the group "${target.name}" is paused.`,
      `Nothing is lost meanwhile. Go on: rollcall cloud-sync set ${first?.id} --group ${JSON.stringify(target.name)} --paused off.`,
    );
  }
  return undefined;
}
