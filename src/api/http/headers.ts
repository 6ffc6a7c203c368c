import type { FastifyInstance } from 'fastify';

// Styles may be inline: the console's component library writes them as it runs. Scripts may not.
const contentSecurityPolicy = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

/** The headers of every answer, which tell a browser what it must not do with it. */
export type AnswerHeaders = Readonly<Record<string, string>>;

export function securityHeaders({ isSecure }: { isSecure: boolean }): AnswerHeaders {
  return {
    'content-security-policy': contentSecurityPolicy,
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    ...(isSecure ? { 'strict-transport-security': 'max-age=31536000' } : {}),
  };
}

/** Puts them on the answers of the application; those of the API are not to be kept either. */
export function addSecurityHeaders(app: FastifyInstance, headers: AnswerHeaders): void {
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(headers);
    if (request.url.startsWith('/api/')) reply.header('cache-control', 'no-store');
  });
}
