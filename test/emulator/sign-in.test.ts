import { createPublicKey, verify } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { usualPermissions } from '../../emulator/index.ts';
import { start, testClock } from './harness.ts';

const missing = '11111111-1111-1111-1111-111111111111';

describe('the token endpoint', () => {
  test('gives a signed token with the permissions granted', async () => {
    const client = await start({ tokenLifeSeconds: 600 });
    const { tenant, app } = client.emulator;
    const { status, body } = await client.token();
    expect(status).toBe(200);
    expect(body).toMatchObject({ token_type: 'Bearer', expires_in: 600 });
    const [head = '', claims = '', signature = ''] = body.access_token.split('.');
    expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toMatchObject({
      aud: client.emulator.graphUrl,
      appid: app.appId,
      oid: app.servicePrincipalId,
      tid: tenant.id,
      idtyp: 'app',
      roles: usualPermissions,
    });
    const keys = await client.call(`/${tenant.id}/discovery/v2.0/keys`);
    const key = createPublicKey({ key: keys.body.keys[0], format: 'jwk' });
    expect(verify('sha256', Buffer.from(`${head}.${claims}`), key, Buffer.from(signature, 'base64url'))).toBe(
      true,
    );
  });

  test('tells its endpoints to whoever asks for its configuration, under id and domain', async () => {
    const client = await start({ domain: 'fabrikam.com' });
    for (const name of [client.emulator.tenant.id, 'fabrikam.com']) {
      const { body } = await client.call(`/${name}/v2.0/.well-known/openid-configuration`);
      expect(body.token_endpoint).toBe(
        `${client.emulator.loginUrl}/${client.emulator.tenant.id}/oauth2/v2.0/token`,
      );
    }
  });

  test.each([
    ['a wrong secret', 401, 'invalid_client', 7000215, { client_secret: 'wrong' }],
    ['no secret', 401, 'invalid_client', 7000216, { client_secret: '' }],
    ['an unknown app', 400, 'unauthorized_client', 700016, { client_id: missing }],
    ['no grant', 400, 'unsupported_grant_type', 70003, { grant_type: 'password' }],
    [
      'a scope that is not .default',
      400,
      'invalid_scope',
      1002012,
      { scope: 'https://graph.microsoft.com/User.Read' },
    ],
    ['another resource', 400, 'invalid_resource', 500011, { scope: 'https://example.com/.default' }],
    ['an assertion that is none', 400, 'invalid_request', 50027, { client_assertion: 'a.b.c' }],
  ])('refuses %s', async (_what, status, error, code, form) => {
    const client = await start();
    const answer = await client.token(form as Record<string, string>);
    expect(answer.status).toBe(status);
    expect(answer.body).toMatchObject({
      error,
      error_codes: [code],
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ$/),
      trace_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      correlation_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      error_uri: expect.stringContaining(String(code)),
    });
    expect(answer.body.error_description).toMatch(
      new RegExp(`^AADSTS${code}: .+ Trace ID: .+ Correlation ID: .+ Timestamp: `),
    );
  });

  test('refuses a tenant that does not exist, for tokens and configuration', async () => {
    const client = await start();
    for (const path of [
      `/${missing}/v2.0/.well-known/openid-configuration`,
      `/${missing}/discovery/v2.0/keys`,
    ]) {
      const answer = await client.call(path);
      expect(answer.status).toBe(400);
      expect(answer.body.error_codes).toEqual([90002]);
    }
  });

  test('refuses a secret that has expired, and takes another that has not', async () => {
    const clock = testClock();
    const client = await start({ clock });
    const { tenant, app } = client.emulator;
    expect((await client.token()).status).toBe(200);
    clock.advance(731 * 86_400_000);
    expect((await client.token()).body.error_codes).toEqual([7000222]);
    const fresh = tenant.addSecret(app.appId);
    expect((await client.token({ client_secret: fresh })).status).toBe(200);
  });

  test.each([65001, 50034, 53003, 7000112, 700027, 90033])('can be made to answer AADSTS%i', async code => {
    const client = await start();
    client.emulator.tenant.failSignIn(client.emulator.app.appId, code);
    expect((await client.token()).body.error_codes).toEqual([code]);
    client.emulator.tenant.failSignIn(client.emulator.app.appId, null);
    expect((await client.token()).status).toBe(200);
  });

  test('lets a device code wait until the user has typed it, and refreshes', async () => {
    const client = await start({ apps: [{ delegatedPermissions: ['Group.Read.All'] }] });
    const { tenant, app, deviceCodes } = client.emulator;
    const user = tenant.addUser();
    const place = `/${tenant.id}/oauth2/v2.0`;
    const begin = await client.call(`${place}/devicecode`, {
      method: 'POST',
      body: new URLSearchParams({
        client_id: app.appId,
        scope: 'https://graph.microsoft.com/Group.Read.All offline_access',
      }),
    });
    const grant = {
      grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
      device_code: begin.body.device_code,
    };
    expect((await client.token(grant)).body.error).toBe('authorization_pending');
    expect(deviceCodes.waiting()).toEqual([begin.body.user_code]);
    deviceCodes.approve(begin.body.user_code, user.id);
    const signedIn = await client.token(grant);
    expect(signedIn.body.scope).toBe('Group.Read.All');
    const again = await client.token({
      grant_type: 'refresh_token',
      refresh_token: signedIn.body.refresh_token,
    });
    expect(again.status).toBe(200);
    expect((await client.token({ grant_type: 'refresh_token', refresh_token: 'x' })).body.error).toBe(
      'invalid_grant',
    );
  });
});

describe('Graph', () => {
  test.each([
    ['no token', undefined],
    ['something else than a token', 'Bearer nonsense'],
    ['another scheme', 'Basic abc'],
  ])('answers 401 to %s', async (_what, authorization) => {
    const client = await start();
    const answer = await client.call('/v1.0/groups', authorization ? { headers: { authorization } } : {});
    expect(answer.status).toBe(401);
    expect(answer.body.error.code).toBe('InvalidAuthenticationToken');
    expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer /);
  });

  test('answers 401 once the token has expired or was taken back', async () => {
    const clock = testClock();
    const client = await start({ clock, tokenLifeSeconds: 300 });
    expect((await client.graph('GET', '/groups')).status).toBe(200);
    clock.advance(301_000);
    expect((await client.graph('GET', '/groups')).status).toBe(401);
    client.signOut();
    expect((await client.graph('GET', '/groups')).status).toBe(200);
    client.emulator.tenant.expireAccessTokens();
    expect((await client.graph('GET', '/groups')).body.error.code).toBe('InvalidAuthenticationToken');
  });

  test('goes by the permissions in the token, not by those granted since', async () => {
    const client = await start({ apps: [{ permissions: [] }] });
    const { tenant, app } = client.emulator;
    expect((await client.graph('GET', '/groups')).body.error.code).toBe('Authorization_RequestDenied');
    tenant.grant(app.appId, 'Group.Read.All');
    expect((await client.graph('GET', '/groups')).status).toBe(403);
    client.signOut();
    expect((await client.graph('GET', '/groups')).status).toBe(200);
  });

  test('shows when the credentials of an app end, without their values', async () => {
    const client = await start();
    const { app } = client.emulator;
    const { body } = await client.graph(
      'GET',
      `/applications(appId='${app.appId}')?$select=id,passwordCredentials,keyCredentials`,
    );
    expect(body.passwordCredentials).toMatchObject([
      { endDateTime: app.secrets[0]?.endDateTime, secretText: null },
    ]);
    expect(JSON.stringify(body)).not.toContain(client.emulator.credentials.clientSecret);
    const principal = await client.graph('GET', `/servicePrincipals(appId='${app.appId}')`);
    expect(principal.body.id).toBe(app.servicePrincipalId);
  });
});
