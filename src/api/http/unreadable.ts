import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { Problem } from '../../base/index.ts';
import type { AnswerHeaders } from './headers.ts';
import { httpProblemOf } from './problems.ts';

const statusOf: Readonly<Record<string, number>> = {
  HPE_HEADER_OVERFLOW: 431,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};

/**
 * Answers what is no request that Node could read, with a problem like every other; then the connection ends.
 * @param error as Node gives it to `clientError`
 */
export function answerUnreadable(
  error: { code?: string | undefined },
  socket: Socket,
  headers: AnswerHeaders,
): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  const status = statusOf[error.code ?? ''] ?? 400;
  const body = JSON.stringify({ ...httpProblemOf(unreadable()), status, title: STATUS_CODES[status] });
  const lines = Object.entries({
    ...headers,
    'content-type': 'application/problem+json; charset=utf-8',
    'content-length': String(Buffer.byteLength(body)),
    connection: 'close',
  }).map(([name, value]) => `${name}: ${value}`);
  if (socket.writable)
    socket.write([`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...lines, '', body].join('\r\n'));
  socket.destroySoon();
}

function unreadable(): Problem {
  return new Problem(
    'invalid',
    'unreadable-request',
    'The request is not HTTP as it can be read here: broken, too large in its headers, or too slow.',
    'Look at what sends it; headers may have 16 KiB in all.',
  );
}
