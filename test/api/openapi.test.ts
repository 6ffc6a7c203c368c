import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, it } from 'vitest';
import { type Route, routes } from '../../src/api/index.ts';
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

  it('is a page that runs no script, and its style is a file of its own', async () => {
    const { app } = await application();
    const page = await app.inject({ url: '/api/docs' });
    expect(page.headers['content-security-policy']).toContain("script-src 'self'");
    expect(page.headers['content-security-policy']).not.toMatch(/script-src[^;]*unsafe/);
    expect(page.body).not.toMatch(/<script|<style|\sstyle=|\son\w+=/);
    for (const name of Object.keys(routes)) expect(page.body).toContain(`id="${name}"`);
  });
});
