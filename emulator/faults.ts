import type { Tenant } from './tenant/tenant.ts';

/** Which requests a fault is for; what is left out fits all. */
export interface FaultMatch {
  /** GET, POST, PATCH, DELETE. */
  method?: string;
  /** Looked for in the path with its query, as in `/v1.0/groups/…/members?$top=999` or `/…/oauth2/v2.0/token`. */
  path?: RegExp | string;
  /** `batch`: only requests inside a batch; `call`: only HTTP calls of their own, `$batch` itself included. */
  where?: 'batch' | 'call' | 'any';
  /** Looked for in the JSON text of the body, such as an object id. */
  body?: RegExp | string;
}

/** What goes wrong. */
export type FaultAction =
  /** Answers so and does nothing; `code` and `message` make an error body of Graph's form, `body` is sent as it is. */
  | {
      kind: 'status';
      status: number;
      code?: string;
      message?: string;
      headers?: Readonly<Record<string, string>>;
      body?: unknown;
    }
  /** Cuts the connection of the whole HTTP call, before the request is applied or after. */
  | { kind: 'reset'; when: 'before' | 'after' }
  /** Goes on after so many milliseconds of the machine's time. */
  | { kind: 'delay'; ms: number }
  /** Never answers, until the client gives up; the request is applied or not. */
  | { kind: 'hang'; apply: boolean }
  /** The batch's answer lacks this request; it is applied or not. */
  | { kind: 'drop'; apply: boolean }
  /** The batch's answers come in reverse order. */
  | { kind: 'shuffle' }
  /** The access token is worth nothing from now on: 401, also when it is sent again. */
  | { kind: 'expire-token' }
  /** Sends the first half of the body and ends. */
  | { kind: 'truncate' }
  /** Lets something happen in the tenant just before the request is applied, which waits for it. Not over the control API. */
  | { kind: 'run'; run: (tenant: Tenant) => unknown };

/** A fault in the queue. */
export interface Fault extends FaultMatch {
  action: FaultAction;
  /** How often it happens; 1 unless told otherwise. */
  times?: number;
  /** How many fitting requests go well before. */
  skip?: number;
}

/** A request as faults see it. */
export interface FaultTarget {
  method: string;
  path: string;
  inBatch: boolean;
  body: unknown;
}

/** The queue of faults: the first that fits a request happens to it. */
export class Faults {
  #queue: { fault: Fault; skip: number; left: number; happened: number }[] = [];

  /** Puts a fault at the end of the queue; the handle tells how often it has happened. */
  add(fault: Fault): { readonly happened: number; remove(): void } {
    const entry = { fault, skip: fault.skip ?? 0, left: fault.times ?? 1, happened: 0 };
    this.#queue.push(entry);
    return {
      get happened() {
        return entry.happened;
      },
      remove: () => {
        this.#queue = this.#queue.filter(other => other !== entry);
      },
    };
  }

  /** Empties the queue. */
  clear(): void {
    this.#queue = [];
  }

  /** How many faults wait. */
  get waiting(): number {
    return this.#queue.length;
  }

  /** Takes what happens to this request, if anything. */
  take(target: FaultTarget): FaultAction | null {
    for (const entry of this.#queue) {
      if (!fits(entry.fault, target)) continue;
      if (entry.skip > 0) {
        entry.skip -= 1;
        continue;
      }
      entry.left -= 1;
      entry.happened += 1;
      if (entry.left <= 0) this.#queue = this.#queue.filter(other => other !== entry);
      return entry.fault.action;
    }
    return null;
  }
}

function fits(match: FaultMatch, target: FaultTarget): boolean {
  if (match.method && match.method.toUpperCase() !== target.method) return false;
  if (match.where === 'batch' && !target.inBatch) return false;
  if (match.where === 'call' && target.inBatch) return false;
  if (match.path !== undefined && !found(match.path, target.path)) return false;
  return match.body === undefined || found(match.body, JSON.stringify(target.body) ?? '');
}

function found(pattern: RegExp | string, text: string): boolean {
  return typeof pattern === 'string'
    ? text.toLowerCase().includes(pattern.toLowerCase())
    : new RegExp(pattern.source, pattern.flags.replace(/[gy]/g, '')).test(text);
}
