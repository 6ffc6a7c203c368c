import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Route, type RouteName, routes } from '../../src/api/index.ts';
import { application } from './house.ts';

interface Malformed {
  what: string;
  url: string;
  payload?: string;
  type?: string;
}

const long = 'x'.repeat(5_000);

/** Requests to a route of which something is wrong that its schemas can see. */
function malformed(route: Route): Malformed[] {
  const good = route.path.replaceAll(/:(id|ref|rule)/g, '1');
  const fields = Object.keys(route.query?.shape ?? {});
  const cases: Malformed[] = [];
  if (/(held-plans|tokens|mappings|history)\/:id/.test(route.path)) {
    cases.push({ what: 'a word for a number', url: route.path.replaceAll(/:\w+/g, 'many') });
  }
  if (route.path.includes(':')) {
    cases.push({ what: 'a broken escape', url: route.path.replaceAll(/:\w+/g, '%E0%A4%A') });
    cases.push({ what: 'a long name', url: route.path.replaceAll(/:\w+/g, long) });
  }
  if (route.query && !route.query.safeParse({}).success) {
    cases.push({ what: 'what it needs left out', url: good });
  }
  if (fields.includes('limit')) cases.push({ what: 'a limit that is none', url: `${good}?limit=all` });
  if (fields.includes('format')) cases.push({ what: 'an unknown format', url: `${good}?format=zip` });
  if (fields.includes('wait')) cases.push({ what: 'a wait without end', url: `${good}?wait=1e9` });
  for (const one of ['bucket', 'type', 'status', 'state', 'outcome', 'kind', 'change']) {
    if (fields.includes(one)) cases.push({ what: `an unknown ${one}`, url: `${good}?${one}=%00strange` });
  }
  if (fields.includes('sort') && !/members|history|collections/.test(good)) {
    cases.push({ what: 'an unknown order', url: `${good}?sort=nothing` });
  }
  if (!(route.body instanceof z.ZodType)) return cases;
  const bodies: [string, string][] = [
    ['JSON that is none', '{"a":'],
    ['a list', '[]'],
    ['a number', '7'],
    ['null', 'null'],
    ['nothing', ''],
  ];
  const json = 'application/json';
  for (const [what, payload] of bodies) cases.push({ what, url: good, payload, type: json });
  cases.push({ what: 'XML', url: good, payload: '<a/>', type: 'text/xml' });
  const wrong = Object.keys(route.body instanceof z.ZodObject ? route.body.shape : {});
  for (const field of wrong) {
    const payload = JSON.stringify({ [field]: { $gt: [long] } });
    cases.push({ what: `a ${field} of another type`, url: good, payload, type: json });
  }
  return cases;
}

describe('a malformed request', () => {
  const all = (Object.entries(routes) as [RouteName, Route][]).map(
    ([name, route]) => [name, malformed(route)] as const,
  );

  it('is answered with a problem by every route: a code, what is wrong, what to do', async () => {
    const { app, token } = await application();
    for (const [name, cases] of all) {
      for (const { what, url, payload, type } of cases) {
        const answer = await app.inject({
          method: routes[name].method,
          url: `/api/v1${url}`,
          headers: { authorization: `Bearer ${token}`, ...(type ? { 'content-type': type } : {}) },
          ...(payload === undefined ? {} : { payload }),
        });
        const about = `${name}: ${what}: ${answer.statusCode} ${answer.body.slice(0, 300)}`;
        expect.soft([400, 404, 413, 414, 415, 429], about).toContain(answer.statusCode);
        expect.soft(answer.headers['content-type'], about).toContain('application/problem+json');
        expect.soft(answer.json(), about).toMatchObject({
          code: expect.stringMatching(/^[a-z]+(-[a-z]+)*$/),
          detail: expect.stringMatching(/\S/),
          hint: expect.stringMatching(/\S/),
          status: answer.statusCode,
        });
        expect.soft(answer.body, about).not.toMatch(/\bat .*\.ts|node_modules|sqlite/i);
      }
    }
  }, 60_000);

  it('is thought of for every route that takes anything', () => {
    const without = all.filter(([, cases]) => cases.length === 0).map(([name]) => name);
    const takes = (name: RouteName) => {
      const { params, query, body }: Route = routes[name];
      return params || query || body;
    };
    expect(without.filter(takes)).toEqual([]);
  });
});
