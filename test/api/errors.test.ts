import { join } from 'node:path';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { httpProblemOf } from '../../src/api/http/problems.ts';
import { Problem, type ProblemKind } from '../../src/base/index.ts';
import { openSqlite } from '../../src/store/index.ts';
import { application } from './house.ts';

describe('errors over HTTP', () => {
  const statuses: [ProblemKind, number][] = [
    ['invalid', 400],
    ['unauthenticated', 401],
    ['forbidden', 403],
    ['not-found', 404],
    ['conflict', 409],
    ['held', 409],
    ['upstream', 502],
    ['storage', 500],
  ];
  it.each(statuses)('a problem of kind %s is answered with %i', (kind, status) => {
    const problem = httpProblemOf(new Problem(kind, 'a-code', 'It happened.', 'Do this.'));
    expect(problem).toMatchObject({
      type: 'about:blank',
      status,
      kind,
      code: 'a-code',
      detail: 'It happened.',
      hint: 'Do this.',
    });
  });

  it('answers a full disk with 507', () => {
    expect(httpProblemOf(new Problem('storage', 'disk-full', 'Full.', 'Free some.')).status).toBe(507);
  });

  it('tells nothing of the inside of a defect', () => {
    const problem = httpProblemOf(new Error('select * from secrets where key = 42'));
    expect(problem).toMatchObject({ status: 500, code: 'internal-error' });
    expect(JSON.stringify(problem)).not.toContain('secrets');
  });

  it('says which part of a request is wrong', async () => {
    const app = await application();
    const answer = await app.app.inject({
      method: 'POST',
      url: '/api/v1/collections',
      headers: { authorization: `Bearer ${app.token}` },
      payload: { name: '', type: 'printer' },
    });
    expect(answer.headers['content-type']).toContain('application/problem+json');
    const problem = answer.json();
    expect(problem).toMatchObject({ status: 400, code: 'invalid-request' });
    expect(problem.errors.map((error: { path: string }) => error.path).sort()).toEqual(['name', 'type']);
  });

  const broken: [string, object, number, string][] = [
    [
      'JSON that is none',
      { payload: '{"name":', headers: { 'content-type': 'application/json' } },
      400,
      'bad-request',
    ],
    [
      'an unknown media type',
      { payload: '<a/>', headers: { 'content-type': 'text/xml' } },
      415,
      'bad-request',
    ],
    [
      'a body beyond all measure',
      { payload: `{"name":"${'x'.repeat(9_000_000)}"}`, headers: { 'content-type': 'application/json' } },
      413,
      'request-too-large',
    ],
  ];
  it.each(broken)('refuses %s', async (_, request, status, code) => {
    const app = await application();
    const { headers = {}, ...rest } = request as { headers?: object };
    const answer = await app.app.inject({
      method: 'POST',
      url: '/api/v1/collections',
      headers: { authorization: `Bearer ${app.token}`, ...headers },
      ...rest,
    });
    expect(answer.json()).toMatchObject({ status, code });
    expect(answer.statusCode).toBe(status);
  });

  it('says that there is nothing at an address', async () => {
    const app = await application();
    const answer = await app.app.inject({ url: '/api/v1/nowhere' });
    expect(answer.json()).toMatchObject({ status: 404, code: 'no-such-address' });
    const other = await app.app.inject({ method: 'PUT', url: '/api/v1/collections/X?a=b' });
    expect(other.json()).toMatchObject({ status: 405, code: 'method-not-allowed' });
    expect(other.headers.allow).toBe('GET, HEAD, PATCH, DELETE');
  });
});

describe('every answer', () => {
  it.each(['/', '/api/docs', '/api/v1/session', '/healthz', '/api/v1/nowhere', '/api/v1/jobs/%ff'])(
    '%s bears the security headers',
    async url => {
      const app = await application();
      const { headers } = await app.app.inject({ url });
      expect(headers['content-security-policy']).toContain("script-src 'self'");
      expect(headers['content-security-policy']).not.toContain("script-src 'self' 'unsafe");
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['x-frame-options']).toBe('DENY');
    },
  );
});

describe('a request that is given up', () => {
  it('ends at once, also while it waits for a job', async () => {
    const { client, dataDir } = await application();
    const store = await openSqlite(join(dataDir, 'rollcall.db'));
    const at = new Date().toISOString();
    await sql`insert into job (id, kind, arguments, state, requested_by, engine, created_at)
      values ('waiting', 'evaluate', '{}', 'queued', 'ann', 'elsewhere', ${at})`.execute(store.db);
    await store.close();
    const given = new AbortController();
    const waiting = client.call('getJob', { params: { id: 'waiting' }, query: { wait: 60 } }, given.signal);
    setImmediate(() => given.abort(new Error('given up')));
    // Without the signal this would take the whole minute, and the test would end first.
    await expect(waiting).rejects.toThrow();
    const late = client.call('getSession', {}, AbortSignal.abort(new Error('given up before')));
    await expect(late).rejects.toThrow('given up before');
  });
});

describe('the documentation', () => {
  it('describes every route as OpenAPI 3.1', async () => {
    const app = await application();
    const api = (await app.app.inject({ url: '/api/openapi.json' })).json();
    expect(api.openapi).toMatch(/^3\.1/);
    expect(api.paths['/api/v1/collections/{ref}'].get.operationId).toBe('getCollection');
    expect(api.paths['/api/v1/mappings'].post.requestBody).toBeDefined();
    const [, ref] =
      api.paths['/api/v1/jobs/{id}'].get.responses['200'].content['application/json'].schema.$ref.split('#');
    expect(ref).toBe('/components/schemas/Job');
    expect(api.components.schemas.Problem).toBeDefined();
  });

  it('is a page without any script', async () => {
    const app = await application();
    const page = (await app.app.inject({ url: '/api/docs' })).body;
    expect(page).toContain('createCollection');
    expect(page).not.toMatch(/<script|onclick|style="/);
  });
});
