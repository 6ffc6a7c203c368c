import type { TokenCredentialOptions } from '@azure/identity';
import type { Dispatcher } from 'undici';
import type { Problem } from '../../base/index.ts';
import { exchange, type HttpRequest } from '../http/exchange.ts';
import { networkFailure } from '../http/network-problem.ts';
import { endpointsInstead } from './endpoints.ts';

type HttpClient = NonNullable<TokenCredentialOptions['httpClient']>;
type PipelineRequest = Parameters<HttpClient['sendRequest']>[0];
type HttpHeaders = PipelineRequest['headers'];

/** What the identity library saw last, told apart from what it made of it. */
export interface SignInTrace {
  /** The network's own problem, when the last request got no answer. */
  problem: Problem | null;
  /** Status of the last answer. */
  status: number | null;
  /** Error body of the last answer that was an error. */
  errorText: string | null;
}

/**
 * Lets @azure/identity sign in over our connections, so that proxy, time limits and the extra certificate authority
 * hold for sign-in as they do for Graph. `trace` keeps what went wrong, which the library wraps beyond recognition.
 * @param signal gives the whole sign-in up, beside what the library aborts
 */
export function identityClient(dispatcher: Dispatcher, trace: SignInTrace, signal?: AbortSignal): HttpClient {
  return {
    async sendRequest(request) {
      // The library goes on asking when a device code is given up; here that ends.
      signal?.throwIfAborted();
      const aborter = new AbortController();
      const abort = () => aborter.abort();
      request.abortSignal?.addEventListener('abort', abort);
      try {
        const got = await exchange(dispatcher, plain(request), aborter.signal);
        const instead = endpointsInstead(request.url, got.status, got.text);
        const answer = instead === null ? got : { ...got, status: 200, text: instead };
        trace.problem = null;
        trace.status = answer.status;
        trace.errorText = answer.status >= 400 ? answer.text : null;
        return {
          request,
          status: answer.status,
          headers: headersOf(answer.headers),
          bodyAsText: answer.text,
        };
      } catch (error) {
        trace.problem = networkFailure(error, request.url).problem;
        throw trace.problem;
      } finally {
        request.abortSignal?.removeEventListener('abort', abort);
      }
    },
  };
}

function plain(request: PipelineRequest): HttpRequest {
  const { method, body } = request;
  if (method !== 'GET' && method !== 'POST') throw new Error(`sign-in does not use ${method}`);
  if (body !== undefined && body !== null && typeof body !== 'string') {
    throw new Error('sign-in sends text only');
  }
  // Compressed answers would have to be unpacked here; they are small.
  const headers = { ...request.headers.toJSON(), 'accept-encoding': 'identity' };
  return { method, url: request.url, headers, ...(body ? { body } : {}) };
}

/** Headers as the library wants them. */
function headersOf(values: Record<string, string>): HttpHeaders {
  const map = new Map(Object.entries(values));
  return {
    get: name => map.get(name.toLowerCase()),
    has: name => map.has(name.toLowerCase()),
    set: (name, value) => void map.set(name.toLowerCase(), String(value)),
    delete: name => void map.delete(name.toLowerCase()),
    toJSON: () => Object.fromEntries(map),
    [Symbol.iterator]: () => map.entries(),
  };
}
