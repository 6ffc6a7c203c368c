/** A refusal or failure that the server told: problem+json with what happened and what to do. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly code: string;
  readonly hint: string;

  constructor(status: number, body: { code?: string; detail?: string; title?: string; hint?: string }) {
    super(body.detail ?? body.title ?? `The server answered ${status}.`);
    this.name = 'ApiProblem';
    this.status = status;
    this.code = body.code ?? 'unknown';
    this.hint = body.hint ?? '';
  }
}

/** What a query string may carry; absent values are left out. */
export type Query = Record<string, string | number | boolean | undefined>;

/**
 * Calls the API with the session's cookie.
 * @param path below /api/v1, beginning with a slash
 * @returns the answer's JSON, or undefined where it has none
 * @throws ApiProblem when the server refuses
 */
export async function call<T>(
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
  path: string,
  { query = {}, body, signal }: { query?: Query; body?: unknown; signal?: AbortSignal } = {},
): Promise<T> {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) search.set(name, String(value));
  const response = await fetch(`/api/v1${path}${search.size > 0 ? `?${search}` : ''}`, {
    method,
    credentials: 'same-origin',
    headers: {
      accept: 'application/json',
      // A foreign page can not send this header without the server's consent: it proves the console asks.
      'x-rollcall-console': '1',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal ? { signal } : {}),
  });
  const text = await response.text();
  const data: unknown = text === '' ? undefined : JSON.parse(text);
  if (!response.ok) throw new ApiProblem(response.status, (data ?? {}) as Record<string, string>);
  return data as T;
}
