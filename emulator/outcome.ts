import type { FaultAction, Faults, FaultTarget } from './faults.ts';
import type { Tenant } from './tenant/tenant.ts';

/** An answer over HTTP; a body that is not text goes as JSON. */
export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** What becomes of a request: an answer (`truncate`: half of it), or none in one of the ways in which networks fail. */
export type Outcome =
  | { kind: 'answer'; answer: Answer; truncate?: boolean }
  | { kind: 'reset' }
  | { kind: 'hang' }
  | { kind: 'drop' };

/** A scripted status, before it has a body in the words of whoever answers. */
export interface ScriptedStatus {
  status: number;
  code: string;
  message: string;
  headers: Record<string, string>;
}

/**
 * Does a piece of work and lets the fault that waits for it happen around it.
 * @param refuse words a scripted status that brings no body of its own
 */
export async function withFaults(
  { faults, tenant }: { faults: Faults; tenant: Tenant },
  target: FaultTarget,
  refuse: (scripted: ScriptedStatus) => Answer,
  work: () => Promise<Outcome>,
): Promise<Outcome> {
  const action = faults.take(target);
  if (!action) return work();
  const instead = await before(action, tenant, refuse);
  return instead ?? after(action, await work());
}

/** What happens before the work; an outcome where the work is not to be done at all. */
async function before(
  action: FaultAction,
  tenant: Tenant,
  refuse: (scripted: ScriptedStatus) => Answer,
): Promise<Outcome | null> {
  switch (action.kind) {
    case 'status': {
      const { status, code = usualCode(status), message = 'A scripted fault.', body } = action;
      const headers = lowerCase(action.headers ?? {});
      const answer =
        body === undefined ? refuse({ status, code, message, headers }) : { status, headers, body };
      return { kind: 'answer', answer };
    }
    case 'reset':
      return action.when === 'before' ? { kind: 'reset' } : null;
    case 'hang':
    case 'drop':
      return action.apply ? null : { kind: action.kind };
    case 'delay':
      await pause(action.ms);
      return null;
    case 'run':
      await action.run(tenant);
      return null;
    case 'expire-token':
      tenant.expireAccessTokens();
      return null;
    default:
      return null;
  }
}

/** What happens to the outcome of the work. */
function after(action: FaultAction, outcome: Outcome): Outcome {
  switch (action.kind) {
    case 'reset':
    case 'hang':
    case 'drop':
      return { kind: action.kind };
    case 'truncate':
      return outcome.kind === 'answer' ? { ...outcome, truncate: true } : outcome;
    case 'shuffle':
      return outcome.kind === 'answer' ? { ...outcome, answer: reversed(outcome.answer) } : outcome;
    default:
      return outcome;
  }
}

function reversed(answer: Answer): Answer {
  const { body } = answer;
  if (!isRecord(body) || !Array.isArray(body.responses)) return answer;
  return { ...answer, body: { ...body, responses: body.responses.toReversed() } };
}

/** The code that goes with a status when a fault names none. */
function usualCode(status: number): string {
  const codes: Readonly<Record<number, string>> = {
    401: 'InvalidAuthenticationToken',
    403: 'Authorization_RequestDenied',
    404: 'Request_ResourceNotFound',
    429: 'TooManyRequests',
    500: 'Service_InternalServerError',
    503: 'serviceNotAvailable',
  };
  return codes[status] ?? 'UnknownError';
}

/** Headers with their names in lower case. */
export function lowerCase(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

/** Waits in the machine's time. */
export function pause(ms: number): Promise<void> {
  return ms > 0 ? new Promise(resolve => setTimeout(resolve, ms)) : Promise.resolve();
}

/** Whether a value is an object with properties. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
