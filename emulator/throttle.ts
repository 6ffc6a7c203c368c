import type { GraphRequest } from './graph/request.ts';
import { isWrite } from './log.ts';
import type { EmulatedTime } from './time.ts';

/** A quota: so many units in so much time. */
export interface Quota {
  units: number;
  /** Milliseconds. */
  period: number;
}

/** The quotas of identity and access. [concepts/throttling-limits.md] */
export interface Quotas {
  /** Resource units of an app in the tenant; null: by the number of users. */
  appTenantUnits: Quota | null;
  appTenantWrites: Quota;
  appUnits: Quota;
  appWrites: Quota;
  tenantWrites: Quota;
}

/** As documented. */
export const documentedQuotas: Quotas = {
  appTenantUnits: null,
  appTenantWrites: { units: 3000, period: 150_000 },
  appUnits: { units: 150_000, period: 20_000 },
  appWrites: { units: 70_000, period: 300_000 },
  tenantWrites: { units: 18_000, period: 300_000 },
};

/** The resource units of an app in a tenant of so many users. */
function tenantUnits(users: number): Quota {
  return { units: users < 50 ? 3500 : users <= 500 ? 5000 : 8000, period: 10_000 };
}

/** What a request takes from the quotas. */
export interface Cost {
  units: number;
  writes: number;
}

/** Base costs that differ from 1, by method and path. [concepts/throttling-limits.md] */
const dear: readonly [string, RegExp, number][] = [
  ['GET', /^applications$/, 2],
  ['GET', /^groups\/[^/]+\/members(?:\/microsoft\.graph\.\w+)?(?:\/\$(?:count|ref))?$/, 3],
  ['GET', /^groups\/[^/]+\/transitiveMembers/, 5],
  ['GET', /^users$/, 2],
  ['POST', /^directoryObjects\/getByIds$/, 3],
  ['POST', /\/checkMember(?:Objects|Groups)$/, 4],
];

/** What a request costs: the base, one less with `$select` or a small `$top`, one more with `$expand`, at least 1. */
export function costOf(request: Pick<GraphRequest, 'method' | 'segments' | 'query'>): Cost {
  const path = request.segments.join('/');
  let units = dear.find(([method, pattern]) => method === request.method && pattern.test(path))?.[2] ?? 1;
  if (request.query.has('select')) units -= 1;
  if (request.query.has('expand')) units += 1;
  const top = Number(request.query.get('top') ?? Number.NaN);
  if (top < 20) units -= 1;
  return { units: Math.max(1, units), writes: isWrite(request.method, `/${path}`) ? 1 : 0 };
}

/** Whether a request goes through, and what is told about the quotas. */
export interface Verdict {
  refused: boolean;
  headers: Record<string, string>;
}

/** Token buckets for apps and the tenant. */
export class Throttle {
  readonly #time: EmulatedTime;
  readonly #quotas: Quotas;
  readonly #tenantId: string;
  readonly #users: () => number;
  readonly #buckets = new Map<string, Bucket>();

  constructor(quotas: Quotas, tenantId: string, users: () => number, time: EmulatedTime) {
    this.#quotas = quotas;
    this.#tenantId = tenantId;
    this.#users = users;
    this.#time = time;
  }

  /** Takes the cost from every quota it counts against; a refused request counts too. */
  take(appId: string, cost: Cost): Verdict {
    const { appTenantUnits, appTenantWrites, appUnits, appWrites, tenantWrites } = this.#quotas;
    const units = appTenantUnits ?? tenantUnits(this.#users());
    const limits = [
      { scope: `Tenant_Application/ReadWrite/${appId}/${this.#tenantId}`, quota: units, cost: cost.units },
      { scope: `Application/ReadWrite/${appId}/${this.#tenantId}`, quota: appUnits, cost: cost.units },
      {
        scope: `Tenant_Application/Write/${appId}/${this.#tenantId}`,
        quota: appTenantWrites,
        cost: cost.writes,
      },
      { scope: `Application/Write/${appId}/${this.#tenantId}`, quota: appWrites, cost: cost.writes },
      { scope: `Tenant/Write/${appId}/${this.#tenantId}`, quota: tenantWrites, cost: cost.writes },
    ].filter(limit => limit.cost > 0);
    const headers: Record<string, string> = { 'x-ms-resource-unit': String(cost.units) };
    let wait = 0;
    let used = 0;
    for (const limit of limits) {
      const key = limit.scope.replace(/^Tenant\/Write\/.*/, 'Tenant/Write');
      const bucket = this.#bucket(key, limit.quota);
      const delay = bucket.take(limit.cost, this.#time.now());
      used = Math.max(used, bucket.used);
      if (delay > wait) {
        wait = delay;
        headers['x-ms-throttle-scope'] = limit.scope;
        headers['x-ms-throttle-information'] = limit.scope.includes('/Write/')
          ? 'WriteLimitExceeded'
          : 'ResourceUnitLimitExceeded';
      }
    }
    if (used > 0.8) headers['x-ms-throttle-limit-percentage'] = Math.min(1.8, used).toFixed(2);
    if (wait > 0) headers['retry-after'] = String(Math.max(1, Math.ceil(wait / 1000)));
    return { refused: wait > 0, headers };
  }

  #bucket(key: string, quota: Quota): Bucket {
    const period = this.#time.lasts(quota.period);
    const found = this.#buckets.get(key);
    if (found && found.units === quota.units && found.period === period) return found;
    const bucket = new Bucket(quota.units, period, this.#time.now());
    this.#buckets.set(key, bucket);
    return bucket;
  }
}

/** Fills steadily up to its size; can be overdrawn to 1.8 times its size by requests that are refused. */
class Bucket {
  readonly units: number;
  readonly period: number;
  #level: number;
  #at: number;

  constructor(units: number, period: number, now: number) {
    this.units = units;
    this.period = period;
    this.#level = units;
    this.#at = now;
  }

  /** What part of the quota is used, 0 to 1.8. */
  get used(): number {
    return (this.units - this.#level) / this.units;
  }

  /** Takes units; returns for how many milliseconds there are not enough, 0 where there were. */
  take(cost: number, now: number): number {
    this.#level = Math.min(this.units, this.#level + ((now - this.#at) * this.units) / this.period);
    this.#at = now;
    const short = cost - this.#level;
    this.#level = Math.max(-0.8 * this.units, this.#level - cost);
    return short <= 0 ? 0 : (short * this.period) / this.units;
  }
}
