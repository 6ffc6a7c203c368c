import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, it } from 'vitest';
import { type Route, type RouteName, routes } from '../../src/api/index.ts';
import { application } from './house.ts';

describe('the description of the API', () => {
  it('is valid OpenAPI 3.1 and has every route of the table', async () => {
    const { app } = await application();
    const document = (await app.inject({ url: '/api/openapi.json' })).json();
    const { valid, errors } = await new Validator().validate(document);
    expect([valid, errors]).toEqual([true, undefined]);
    expect(document.openapi).toMatch(/^3\.1\./);
    for (const [name, route] of Object.entries(routes) as [string, Route][]) {
      const path = `/api/v1${route.path.replaceAll(/:(\w+)/g, '{$1}')}`;
      const operation = document.paths[path]?.[route.method.toLowerCase()];
      expect([name, operation?.operationId]).toEqual([name, name]);
      if (route.role === 'anyone') expect(operation.security).toEqual([]);
    }
  });

  it('has the addresses beside the table too, and no operation twice', async () => {
    const { app } = await application();
    const { paths } = (await app.inject({ url: '/api/openapi.json' })).json();
    const beside = {
      '/healthz': ['200', 'application/json'],
      '/readyz': ['200', 'application/json'],
      '/metrics': ['200', 'text/plain'],
      '/api/v1/events': ['200', 'text/event-stream'],
      '/api/v1/sign-in/oidc/start': ['303', undefined],
      '/api/v1/sign-in/oidc/callback': ['303', undefined],
    } as const;
    for (const [path, [status, type]] of Object.entries(beside)) {
      const { summary, responses } = paths[path]?.get ?? {};
      expect([path, typeof summary, Object.keys(responses ?? {})]).toEqual([
        path,
        'string',
        [status, 'default'],
      ]);
      expect([path, Object.keys(responses[status].content ?? {})[0]]).toEqual([path, type]);
    }
    const ids = Object.values(paths as Record<string, Record<string, { operationId: string }>>).flatMap(
      each => Object.values(each).map(({ operationId }) => operationId),
    );
    expect(ids.toSorted()).toEqual([...new Set(ids)].sort());
  });

  it('says what can be asked of a state and how lists can be had whole', async () => {
    const { app, client, token } = await application();
    const { paths } = (await app.inject({ url: '/api/openapi.json' })).json();
    const of = (name: RouteName) => {
      const path = `/api/v1${routes[name].path.replaceAll(/:(\w+)/g, '{$1}')}`;
      return paths[path][routes[name].method.toLowerCase()];
    };
    const headers = (name: RouteName) =>
      (of(name).parameters ?? []).filter((each: { in: string }) => each.in === 'header');
    for (const name of ['updateCollection', 'addRule', 'revokeToken', 'updateSettings'] as const) {
      expect([name, headers(name)]).toMatchObject([name, [{ name: 'If-Match', required: false }]]);
      expect(Object.keys(of(name).responses)).toContain('412');
    }
    for (const name of ['getCollection', 'checkTenant', 'preview', 'createCollection', 'signIn'] as const) {
      expect([name, headers(name)]).toEqual([name, []]);
    }
    expect(of('getCollection').responses['200'].headers).toHaveProperty('etag');
    expect(Object.keys(of('listCollections').responses['200'].content)).toContain('text/csv');
    // As it says, so it is.
    await client.call('createCollection', { body: { name: 'A', type: 'device' } });
    const asked = { url: '/api/v1/collections/A', headers: { authorization: `Bearer ${token}` } };
    const { etag } = (await app.inject(asked)).headers;
    expect(etag).toMatch(/^"/);
    const match = { ...asked.headers, 'if-match': '"other"' };
    expect((await app.inject({ ...asked, method: 'DELETE', headers: match })).statusCode).toBe(412);
  });

  it('is a page that runs no script, and its style is a file of its own', async () => {
    const { app } = await application();
    const page = await app.inject({ url: '/api/docs' });
    expect(page.headers['content-security-policy']).toContain("script-src 'self'");
    expect(page.headers['content-security-policy']).not.toMatch(/script-src[^;]*unsafe/);
    expect(page.body).not.toMatch(/<script|<style|\sstyle=|\son\w+=/);
    for (const name of Object.keys(routes)) expect(page.body).toContain(`id="${name}"`);
  });
});
