import type { Clock } from '../../base/index.ts';
import { Governor } from './governor.ts';
import type { Limits } from './limits.ts';

/** Whose quota it is: Graph counts by app and tenant. */
export interface QuotaHolder {
  graphUrl: string;
  tenantId: string;
  clientId: string;
}

/**
 * One governor for each app in a tenant, however often its directory is opened: with other settings, or because two
 * connected tenants are the same app. What was drawn stays drawn.
 */
export class Governors {
  readonly #governors = new Map<string, Governor>();
  readonly #clock: Clock;
  readonly #random: () => number;

  constructor(clock: Clock, random: () => number = Math.random) {
    this.#clock = clock;
    this.#random = random;
  }

  /** The governor of an app in a tenant, within these limits from now on. */
  of({ graphUrl, tenantId, clientId }: QuotaHolder, limits: Limits): Governor {
    const key = [graphUrl, tenantId, clientId].join(' ');
    const kept = this.#governors.get(key);
    kept?.changeLimits(limits);
    const governor = kept ?? new Governor(limits, this.#clock, this.#random);
    this.#governors.set(key, governor);
    return governor;
  }
}
