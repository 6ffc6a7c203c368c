import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { browser, clientOf, runningServer } from './running-server.ts';

/** Sends bytes as they are, which no HTTP client would, and reads what comes back. */
function raw(url: string, text: string): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write(text));
    let answer = '';
    socket.on('data', bytes => {
      answer += bytes.toString();
    });
    socket.on('close', () => resolve(answer));
    socket.on('error', error => (answer === '' ? reject(error) : resolve(answer)));
  });
}

describe('a hostile request', () => {
  it('gets no file outside the console', async () => {
    const { url } = await runningServer();
    for (const path of [
      '/../../package.json',
      '/..%2f..%2fpackage.json',
      '/%2e%2e/%2e%2e/package.json',
      '/assets/..%5c..%5cpackage.json',
      '/assets/%00/../../../package.json',
      '//etc/passwd',
      '/api/docs/../../package.json',
    ]) {
      const answer = await raw(url, `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
      expect(answer).toMatch(/^HTTP\/1\.1 (4\d\d|200)/);
      expect(answer).not.toContain('"dependencies"');
      expect(answer).not.toContain('root:');
    }
  });

  it('with a body too large is refused, and by who is not signed in before it is read', async () => {
    const { url, token } = await runningServer();
    const body = JSON.stringify({ name: 'x'.repeat(9 * 1024 * 1024), type: 'device' });
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
    const large = await fetch(`${url}/api/v1/collections`, { method: 'POST', headers, body });
    expect(await large.json()).toMatchObject({ status: 413, code: 'request-too-large' });
    const stranger = await fetch(`${url}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'x'.repeat(100_000), password: 'x' }),
    });
    expect(stranger.status).toBe(413);
    const length = 'Content-Length: 1000000000000';
    const type = 'Content-Type: application/x-ndjson';
    const bare = await raw(
      url,
      `POST /api/v1/imports HTTP/1.1\r\nHost: x\r\n${type}\r\n${length}\r\nConnection: close\r\n\r\n{}`,
    );
    expect(bare).toMatch(/^HTTP\/1\.1 401/);
  });

  it('that is no HTTP is told so as a problem, with the headers of every answer', async () => {
    const { url } = await runningServer();
    for (const [request, status] of [
      ['FETCH ME THIS\r\n\r\n', 400],
      [`GET / HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`, 431],
      ['POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}', 400],
    ] as const) {
      const [head = '', body = ''] = (await raw(url, request)).split('\r\n\r\n');
      expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
      expect(head).toContain('content-security-policy: ');
      expect(head).toContain('content-type: application/problem+json');
      expect(JSON.parse(body)).toMatchObject({ status, code: 'unreadable-request' });
    }
  });

  it('with a body that means harm, or nothing, is told what is wrong', async () => {
    const { url, token } = await runningServer();
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
    for (const body of [
      '{"name":"A","type":"device","__proto__":{"role":"full-administrator"}}',
      '{"name":"A","type":"device","constructor":{"prototype":{"x":1}}}',
      '{"name":',
      `${'['.repeat(100_000)}${']'.repeat(100_000)}`,
    ]) {
      const answer = await fetch(`${url}/api/v1/collections`, { method: 'POST', headers, body });
      expect([body.slice(0, 60), answer.status]).toEqual([body.slice(0, 60), 400]);
      expect(await answer.json()).toMatchObject({ kind: 'invalid' });
    }
  });

  it('as a form of another site could send it is refused', async () => {
    const { url, token } = await runningServer();
    const page = browser(url);
    await page.send('POST', '/session', { token });
    const cookie = `rollcall_session=${page.cookies.get('rollcall_session')}`;
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
    ]) {
      const answer = await fetch(`${url}/api/v1/collections`, {
        method: 'POST',
        headers: { cookie, 'content-type': type, origin: 'https://evil.example' },
        body: '{"name":"Eve","type":"device"}',
      });
      expect([type, answer.status]).toEqual([type, 403]);
    }
  });

  it('puts nothing of its own into the headers of an answer', async () => {
    const { url } = await runningServer();
    const answer = await raw(
      url,
      'GET /api/v1/sign-in/oidc/callback?code=%0d%0aSet-Cookie:%20a=b HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
    );
    expect(answer).toMatch(/location: \/\?sign-in=oidc-expired\r\n/);
    expect(answer).not.toMatch(/^set-cookie: a=b/im);
  });

  it('writes no line of its own into the audit log', async () => {
    const { url, client, token } = await runningServer();
    await fetch(`${url}/api/v1/collections/A%0d%0aEve%20was%20here`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${token}` },
    });
    const [entry] = (await client.call('listAudit', {})).items;
    expect(entry?.object).toBe('/collections/A  Eve was here');
  });

  it('does not get past the audit log by an address that can not be read', async () => {
    const { url, client, token } = await runningServer();
    const page = browser(url);
    expect((await page.send('POST', '/session?x=%ff', { token })).status).toBe(200);
    expect((await page.send('DELETE', '/collections/None?x=%e0%a4%a')).status).toBe(404);
    const { items } = await client.call('listAudit', {});
    expect(items).toMatchObject([
      { action: 'deleteCollection', object: '/collections/None?x=%e0%a4%a', outcome: 'refused' },
      { action: 'signIn', object: '/session?x=%ff', outcome: 'done' },
    ]);
  });

  it('raises no role: neither by its own account, a token, a header nor a query', async () => {
    const { url, client } = await runningServer();
    const password = 'correct horse battery';
    await client.call('createAccount', { body: { name: 'Bob', password, role: 'operator' } });
    const bob = browser(url);
    await bob.send('POST', '/session', { name: 'Bob', password });
    const tries: [string, string, object][] = [
      ['PATCH', '/accounts/Bob', { role: 'full-administrator' }],
      ['POST', '/accounts', { name: 'Eve', password, role: 'full-administrator' }],
      ['POST', '/tokens', { name: 'T', role: 'full-administrator' }],
      ['POST', '/collections?role=full-administrator', { name: 'C', type: 'device' }],
    ];
    for (const [method, path, body] of tries) {
      const headers = {
        'x-http-method-override': 'GET',
        'x-forwarded-user': 'Ann',
        'x-role': 'full-administrator',
      };
      const { json } = await bob.send(method, path, body, headers);
      expect([path, json.code]).toEqual([path, 'role-too-low']);
    }
  });

  it('does not get around the limit of failed sign-ins by naming another address', async () => {
    const { url } = await runningServer();
    const eve = browser(url);
    const statuses = [];
    for (let n = 0; n < 12; n++) {
      const headers = { 'x-forwarded-for': `192.0.2.${n}`, forwarded: `for=192.0.2.${n}` };
      statuses.push((await eve.send('POST', '/session', { token: `rollcall_${n}` }, headers)).status);
    }
    expect(statuses.slice(-2)).toEqual([429, 429]);
  });

  it('with the token of a taken-back token’s session is refused at once', async () => {
    const { url, client } = await runningServer();
    const made = await client.call('createToken', { body: { name: 'CI', role: 'operator' } });
    const page = browser(url);
    await page.send('POST', '/session', { token: made.token });
    expect((await page.send('GET', '/session')).status).toBe(200);
    await client.call('revokeToken', { params: { id: made.id } });
    expect((await page.send('GET', '/session')).status).toBe(401);
    await expect(clientOf(url, made.token).call('getSession', {})).rejects.toMatchObject({
      code: 'wrong-token',
    });
  });
});
