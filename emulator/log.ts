/** One request as it was answered. */
export interface LogEntry {
  /** When, in milliseconds since 1970 UTC. */
  at: number;
  method: string;
  /** Path with query, from `/v1.0` on. */
  path: string;
  /** The number of the HTTP call that carried it: requests of one batch share it. */
  call: number;
  inBatch: boolean;
  /** The status answered; 0 where the connection was cut or no answer was given. */
  status: number;
  /** The error code answered, or null. */
  code: string | null;
  appId: string | null;
  /** Links that the request names in its body (members added), for counting. */
  links: number;
}

/** Numbers since the start or the last reset. */
export interface Counters {
  /** HTTP calls to Graph; a batch is one. */
  httpCalls: number;
  /** HTTP calls to the token endpoint. */
  tokenCalls: number;
  /** Calls of `$batch`. */
  batches: number;
  /** Requests to Graph: those inside batches and those alone, not `$batch` itself. */
  requests: number;
  /** Requests inside batches. */
  batched: number;
  /** POST, PATCH, PUT and DELETE requests but for the actions that only read. */
  writes: number;
  /** Requests answered 429. */
  refused: number;
  /** Requests answered 4xx other than 429. */
  rejected: number;
  /** Requests answered 5xx. */
  failed: number;
  /** Requests without an answer: cut, hung or dropped. */
  unanswered: number;
  /** DELETE of a member or owner without `/$ref`, which deletes the object itself: must stay 0. */
  objectDeletes: number;
  /** Resource units taken from the quota. */
  resourceUnits: number;
  /** Requests by kind: `PATCH groups/:id`, `DELETE groups/:id/members/:id/$ref` … */
  byKind: Record<string, number>;
}

const kept = 200_000;

/** Remembers requests and counts them. */
export class RequestLog {
  #entries: LogEntry[] = [];
  readonly counters: Counters = none();
  /** Object ids that a DELETE without `/$ref` was sent for. */
  readonly dangerous: string[] = [];

  /** Writes a request down. */
  record(entry: LogEntry): void {
    this.#entries.push(entry);
    if (this.#entries.length > kept) this.#entries = this.#entries.slice(kept / 2);
    const { counters } = this;
    counters.requests += 1;
    if (entry.inBatch) counters.batched += 1;
    if (isWrite(entry.method, entry.path)) counters.writes += 1;
    if (entry.status === 429) counters.refused += 1;
    else if (entry.status >= 500) counters.failed += 1;
    else if (entry.status >= 400) counters.rejected += 1;
    else if (entry.status === 0) counters.unanswered += 1;
    const kind = kindOf(entry.method, entry.path);
    counters.byKind[kind] = (counters.byKind[kind] ?? 0) + 1;
    const contained = /^\/v1\.0\/groups\/[^/]+\/(?:members|owners)\/([^/?]+)$/i.exec(entry.path)?.[1];
    if (entry.method === 'DELETE' && contained) {
      counters.objectDeletes += 1;
      this.dangerous.push(contained);
    }
  }

  /** The requests written down, oldest first; those that fit, where something is asked for. */
  entries(match: { method?: string; path?: RegExp | string; status?: number } = {}): LogEntry[] {
    return this.#entries.filter(
      entry =>
        (match.method === undefined || entry.method === match.method.toUpperCase()) &&
        (match.status === undefined || entry.status === match.status) &&
        (match.path === undefined ||
          (typeof match.path === 'string' ? entry.path.includes(match.path) : match.path.test(entry.path))),
    );
  }

  /** Forgets everything and counts from 0. */
  clear(): void {
    this.#entries = [];
    this.dangerous.length = 0;
    Object.assign(this.counters, none());
  }
}

/** Whether a request counts as a write: some POST actions only read. */
export function isWrite(method: string, path: string): boolean {
  if (method === 'GET' || method === 'HEAD') return false;
  return !/\/(?:microsoft\.graph\.)?(?:getByIds|checkMemberObjects|checkMemberGroups)(?:\(\))?(?:\?|$)/i.test(
    path,
  );
}

function kindOf(method: string, path: string): string {
  const parts = path
    .replace(/^\/v1\.0\//, '')
    .replace(/\?.*/, '')
    .split('/')
    .map(part =>
      /^[0-9a-f-]{36}$/i.test(part) || part.includes('@') ? ':id' : part.replace(/'[^']*'/, "'*'"),
    );
  return `${method} ${parts.join('/')}`;
}

function none(): Counters {
  return {
    httpCalls: 0,
    tokenCalls: 0,
    batches: 0,
    requests: 0,
    batched: 0,
    writes: 0,
    refused: 0,
    rejected: 0,
    failed: 0,
    unanswered: 0,
    objectDeletes: 0,
    resourceUnits: 0,
    byKind: {},
  };
}
