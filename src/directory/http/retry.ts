/** How a request ended, as far as sending it again is concerned. */
export type Failure =
  /** 429: refused, and told when to come back. */
  | { kind: 'throttled'; retryAfterMs: number | null }
  /** 500, 502, 503, 504, 509: the service could not; it may have carried it out nonetheless. */
  | { kind: 'unavailable'; retryAfterMs: number | null }
  /** No connection was made. */
  | { kind: 'not-sent' }
  /** The connection broke, or no answer came in time. */
  | { kind: 'no-answer' };

/** How many times a request is sent at most, the first included. */
const attempts: Record<Failure['kind'], number> = {
  throttled: 12,
  unavailable: 6,
  'not-sent': 3,
  'no-answer': 5,
};

const firstDelayMs = 500;
const longestDelayMs = 30_000;

/**
 * When to send again: exactly what the service said, otherwise exponentially later with jitter, so that many clients
 * that failed together do not come back together.
 * @param attempt how many times it has been sent, from 1
 * @param random in [0, 1)
 * @returns milliseconds to wait, or null: give up
 */
export function retryDelay(failure: Failure, attempt: number, random: number): number | null {
  if (attempt >= attempts[failure.kind]) return null;
  const told = 'retryAfterMs' in failure ? failure.retryAfterMs : null;
  return told ?? backoff(attempt, random);
}

/** Half of the exponential delay for sure, the other half by chance. */
export function backoff(attempt: number, random: number): number {
  const delay = Math.min(longestDelayMs, firstDelayMs * 2 ** (attempt - 1));
  return Math.round(delay / 2 + (delay / 2) * random);
}

/**
 * Retry-After in milliseconds: seconds, or a date (RFC 9110 section 10.2.3); null where there is none.
 * @param now milliseconds since 1970
 */
export function retryAfter(value: string | undefined, now: number): number | null {
  if (value === undefined) return null;
  const text = value.trim();
  if (/^\d+(\.\d+)?$/.test(text)) return Math.ceil(Number(text) * 1000);
  const date = Date.parse(text);
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}

/** The failure that a status means for sending again, or null where the status is an answer. */
export function failureOf(status: number, retryAfterMs: number | null): Failure | null {
  if (status === 429) return { kind: 'throttled', retryAfterMs };
  if ([500, 502, 503, 504, 509].includes(status)) {
    return { kind: 'unavailable', retryAfterMs };
  }
  return null;
}
