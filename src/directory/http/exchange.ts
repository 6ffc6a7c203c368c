import type { Dispatcher } from 'undici';

/** One request as it goes out. */
export interface HttpRequest {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  url: string;
  headers: Record<string, string>;
  body?: string;
}

/** One answer, read to its end. Header names are in lower case. */
export interface HttpAnswer {
  status: number;
  headers: Record<string, string>;
  text: string;
}

/** Sends one request once and reads the answer. @throws whatever undici throws when none comes */
export async function exchange(
  dispatcher: Dispatcher,
  request: HttpRequest,
  signal?: AbortSignal,
): Promise<HttpAnswer> {
  const url = new URL(request.url);
  const answer = await dispatcher.request({
    origin: url.origin,
    path: sentPath(request.url, url),
    method: request.method,
    headers: request.headers,
    body: request.body ?? null,
    ...(signal ? { signal } : {}),
  });
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(answer.headers)) {
    if (value !== undefined) headers[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : value;
  }
  return { status: answer.statusCode, headers, text: await answer.body.text() };
}

/**
 * The path as it was given: a URL object would write some characters otherwise (' as %27), and a link of Graph's is
 * opaque, to be used as it came. What no request line may hold is encoded all the same.
 */
function sentPath(given: string, url: URL): string {
  const start = given.indexOf('/', given.indexOf('//') + 2);
  const path = start < 0 ? '' : given.slice(start).replace(/#.*$/s, '');
  return /^\/[!-~]*$/.test(path) ? path : url.pathname + url.search;
}
