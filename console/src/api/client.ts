import { createClient, type Transport } from '../../../src/api/client/index.ts';
import { Problem } from '../../../src/base/index.ts';

/** Carries requests with the session's cookie, which scripts can not read. */
const transport: Transport = async (request, signal) => {
  try {
    const response = await fetch(request.url, {
      method: request.method,
      credentials: 'same-origin',
      headers: request.headers,
      ...(request.body === undefined ? {} : { body: request.body as string }),
      ...(signal ? { signal } : {}),
    });
    const etag = response.headers.get('etag') ?? undefined;
    return { status: response.status, body: await response.text(), etag };
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new Problem(
      'upstream',
      'server-unreachable',
      'The Rollcall server does not answer.',
      'Check that it is running. What is shown here is read anew as soon as it answers.',
      { cause: error },
    );
  }
};

/** The API with types, as this browser's user. */
export const api = createClient(transport);
