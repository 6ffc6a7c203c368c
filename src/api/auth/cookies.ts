import type { FastifyRequest } from 'fastify';
import { longestMs } from './sessions.ts';

/**
 * The cookie that carries a browser's session. Under TLS it bears the prefix with which browsers refuse it to any
 * other host and to plain HTTP.
 */
export function sessionCookie(request: FastifyRequest): string {
  return request.protocol === 'https' ? '__Host-rollcall_session' : 'rollcall_session';
}

/** The Set-Cookie value that signs a browser in, or out when the secret is empty. */
export function sessionCookieHeader(request: FastifyRequest, secret: string): string {
  const age = secret === '' ? 0 : longestMs / 1_000;
  return cookieHeader(request, sessionCookie(request), secret, { path: '/', age, sameSite: 'Strict' });
}

/** A Set-Cookie value that scripts can not read. */
export function cookieHeader(
  request: FastifyRequest,
  name: string,
  value: string,
  { path, age, sameSite }: { path: string; age: number; sameSite: 'Strict' | 'Lax' },
): string {
  const secure = request.protocol === 'https' ? '; Secure' : '';
  return `${name}=${value}; Path=${path}; HttpOnly; SameSite=${sameSite}; Max-Age=${age}${secure}`;
}

/** The value of a cookie that a request brings. */
export function cookieOf(request: FastifyRequest, name: string): string | undefined {
  for (const pair of (request.headers.cookie ?? '').split(';')) {
    const at = pair.indexOf('=');
    const value = pair.slice(at + 1).trim();
    if (at > 0 && pair.slice(0, at).trim() === name && value) return value;
  }
  return undefined;
}
