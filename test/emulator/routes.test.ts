import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { routeNames } from '../../emulator/graph/routes.ts';
import { start } from './harness.ts';

// The emulator says of each route of Graph whether it is real, partial or absent, in its README. Here it is held to it.

const states = ['real', 'partial', 'absent'] as const;

interface Row {
  routes: string[];
  state: string;
}

/** The rows of the table of routes, each with all routes that its notation stands for. */
const rows: Row[] = readFileSync(resolve(import.meta.dirname, '../../emulator/README.md'), 'utf8')
  .split('\n')
  .flatMap(line => {
    const [, first = '', state = ''] = line.split('|');
    const names = [...first.matchAll(/`((?:GET|POST|PUT|PATCH|DELETE) \/[^`]*)`/g)].map(
      ([, name = '']) => name,
    );
    return names.length > 0
      ? [{ routes: names.flatMap(expanded), state: state.trim().split(' ')[0] ?? '' }]
      : [];
  })
  .filter(({ routes }) => !routes.some(route => route.includes('emulator')));

/** `/{a,b}/c` is `/a/c` and `/b/c`. */
function expanded(name: string): string[] {
  const braces = /^(.*?)\{([^}]*)\}(.*)$/.exec(name);
  if (!braces) return [name];
  const [, before = '', choices = '', after = ''] = braces;
  return choices.split(',').flatMap(choice => expanded(`${before}${choice}${after}`));
}

const named = (...wanted: string[]) =>
  rows.filter(({ state }) => wanted.includes(state)).flatMap(({ routes }) => routes);

test('each row of the table has one of the three states, and no route is in two', () => {
  expect(rows.length).toBeGreaterThan(15);
  expect(rows.map(({ state }) => state).filter(state => !states.some(known => known === state))).toEqual([]);
  const all = named(...states);
  expect(all.toSorted()).toEqual([...new Set(all)].toSorted());
});

test('the routes that are called real or partial are those of the emulator, all of them', () => {
  const emulated = ['POST /$batch', ...routeNames()];
  expect(named('real', 'partial').toSorted()).toEqual(emulated.toSorted());
});

test('what is called real or partial is answered, and what is called absent is refused as unknown', async () => {
  const client = await start();
  const unknown: string[] = [];
  for (const route of named(...states)) {
    const [method = '', path = ''] = route.split(' ');
    const target = path.replace('(deviceId=*)', "(deviceId='x')").replace('(appId=*)', "(appId='x')");
    const answer = await client.graph(method, target.replaceAll('*', crypto.randomUUID()));
    const words: string = answer.body?.error?.message ?? '';
    if (answer.status === 405 || words.startsWith('Resource not found for the segment')) unknown.push(route);
    expect(`${route} ${answer.status}`).not.toMatch(/ 5\d\d$/);
  }
  expect(unknown.toSorted()).toEqual(named('absent').toSorted());
});
