import type { Rate } from './bucket.ts';

/** Number of users in the tenant: under 50, 50 to 500, over 500. */
export type TenantSize = 'small' | 'medium' | 'large';

/** What one app may take of Graph in one tenant. */
export interface Limits {
  writes: Rate;
  units: Rate;
  /** The whole documented write quota, of which a share is ours. */
  writeQuota: number;
  /** Likewise of resource units. */
  unitQuota: number;
  /** Between 0 and 1. */
  share: number;
}

// learn.microsoft.com/graph/throttling-limits, identity and access: per app and tenant.
const writeQuota = 3000;
const writeWindowMs = 150_000;
const unitQuota: Record<TenantSize, number> = { small: 3500, medium: 5000, large: 8000 };
const unitWindowMs = 10_000;

/**
 * Part of the quota that is never drawn: Graph takes a request from its bucket later than we do from ours, and rounds
 * what it tells. The rate in the long run is the whole one.
 */
export const reserve = 0.02;

/**
 * The limits of an app in a tenant.
 * @param sharePercent how much of the documented quota to use, 1 to 100
 * @param size 'small' is always safe; reading is bounded by latency long before it
 */
export function limitsOf(sharePercent: number, size: TenantSize): Limits {
  const share = sharePercent / 100;
  const rate = (quota: number, windowMs: number) => ({
    capacity: quota * share * (1 - reserve),
    perMs: (quota * share) / windowMs,
  });
  return {
    writes: rate(writeQuota, writeWindowMs),
    units: rate(unitQuota[size], unitWindowMs),
    writeQuota,
    unitQuota: unitQuota[size],
    share,
  };
}
