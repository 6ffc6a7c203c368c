import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Agent } from 'undici';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exchange } from '../../src/directory/http/exchange.ts';

const asked: string[] = [];
const server = createServer((request, response) => {
  asked.push(request.url ?? '');
  response.end('{}');
});
const dispatcher = new Agent();
let origin: string;

beforeAll(async () => {
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(async () => {
  await dispatcher.close();
  server.close();
});

describe('the address that a request is sent to', () => {
  test.each([
    ["/v1.0/a/delta()?$deltatoken=x'y(z)!*~_.-%2B%2f=+&a=;,:@", undefined],
    ['/v1.0/a|b?q="<>`{}', undefined],
    ['/v1.0/../v1.0/./a?x=/../y', undefined],
    ['', '/'],
    ['/a#fragment', '/a'],
    ['/a b?ä=1', '/a%20b?%C3%A4=1'],
  ])('%s goes out as it is, or as %s', async (path, sent = path) => {
    await exchange(dispatcher, { method: 'GET', url: origin + path, headers: {} });
    expect(asked.at(-1)).toBe(sent);
  });
});
