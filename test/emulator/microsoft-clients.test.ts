import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import {
  ClientCertificateCredential,
  ClientSecretCredential,
  DeviceCodeCredential,
  ManagedIdentityCredential,
  type TokenCredential,
  WorkloadIdentityCredential,
} from '@azure/identity';
import {
  BatchRequestContent,
  BatchResponseContent,
  Client,
  PageIterator,
} from '@microsoft/microsoft-graph-client';
import type { Device } from '@microsoft/microsoft-graph-types';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import {
  type Emulator,
  makeClientCertificate,
  makeFederatedIssuer,
  startEmulator,
} from '../../emulator/index.ts';

// Microsoft's own clients judge how like the real thing the emulator is. They are set up as their documentation
// says for a private cloud: an authority host of its own, no instance discovery, one more authority to trust.

let emulator: Emulator;
const before = getCACertificates('default');

beforeAll(async () => {
  emulator = await startEmulator();
  setDefaultCACertificates([...before, emulator.caPem]);
});

afterAll(async () => {
  setDefaultCACertificates(before);
  await emulator.close();
});

const options = () => ({
  authorityHost: emulator.loginUrl,
  disableInstanceDiscovery: true,
  retryOptions: { maxRetries: 0 },
});
const scope = () => `${emulator.graphUrl}/.default`;

function secretCredential(
  secret = emulator.credentials.clientSecret,
  tenantId = emulator.tenant.id,
): TokenCredential {
  return new ClientSecretCredential(tenantId, emulator.app.appId, secret, options());
}

function graphClient(credential = secretCredential()): Client {
  return Client.initWithMiddleware({
    baseUrl: emulator.graphUrl,
    customHosts: new Set([new URL(emulator.graphUrl).hostname]),
    authProvider: {
      async getAccessToken() {
        return (await credential.getToken(scope()))?.token ?? '';
      },
    },
  });
}

describe('@azure/identity', () => {
  test('signs in with a client secret', async () => {
    const token = await secretCredential().getToken(scope());
    expect(token?.token.split('.')).toHaveLength(3);
    expect(token?.expiresOnTimestamp).toBeGreaterThan(Date.now() + 3_000_000);
  });

  test('signs in with a certificate that the app has registered', async () => {
    const { certPem, keyPem } = makeClientCertificate();
    const credential = () =>
      new ClientCertificateCredential(
        emulator.tenant.id,
        emulator.app.appId,
        { certificate: `${keyPem}${certPem}` },
        options(),
      );
    await expect(credential().getToken(scope())).rejects.toThrow(/AADSTS700027/);
    emulator.tenant.addCertificate(emulator.app.appId, certPem);
    expect((await credential().getToken(scope()))?.token).toBeTruthy();
  });

  test('signs in with the token file of an issuer that the app trusts', async () => {
    const issuer = makeFederatedIssuer();
    const folder = await mkdtemp(join(tmpdir(), 'rollcall-'));
    const tokenFilePath = join(folder, 'token');
    try {
      await writeFile(tokenFilePath, issuer.token());
      const { id: tenantId } = emulator.tenant;
      const clientId = emulator.app.appId;
      const credential = () =>
        new WorkloadIdentityCredential({ ...options(), tenantId, clientId, tokenFilePath });
      await expect(credential().getToken(scope())).rejects.toThrow(/AADSTS700213/);
      emulator.tenant.addFederatedCredential(clientId, issuer.credential);
      expect((await credential().getToken(scope()))?.token).toBeTruthy();
      await writeFile(tokenFilePath, issuer.token(3600, 'somebody else'));
      await expect(credential().getToken(scope())).rejects.toThrow(/AADSTS700213/);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  test('signs in with a managed identity', async () => {
    for (const [name, value] of Object.entries(emulator.managedIdentity)) vi.stubEnv(name, value);
    try {
      const token = await new ManagedIdentityCredential({ retryOptions: { maxRetries: 0 } }).getToken(
        scope(),
      );
      expect(token.token.split('.')).toHaveLength(3);
    } finally {
      vi.unstubAllEnvs();
    }
  });

  test('signs a user in with a device code', async () => {
    const user = emulator.tenant.addUser({ displayName: 'Ann' });
    emulator.app.delegatedPermissions = ['Group.ReadWrite.All'];
    const credential = new DeviceCodeCredential({
      ...options(),
      tenantId: emulator.tenant.id,
      clientId: emulator.app.appId,
      userPromptCallback: ({ userCode }) => emulator.deviceCodes.approve(userCode, user.id),
    });
    const client = graphClient(credential);
    const group = await client.api('/groups').post({
      displayName: 'Made by Ann',
      mailEnabled: false,
      mailNickname: 'ann',
      securityEnabled: true,
    });
    expect(emulator.tenant.owners(group.id)).toEqual([user.id]);
  });

  test.each([
    ['a wrong secret', 7000215, () => secretCredential('wrong')],
    [
      'an app that is not in the tenant',
      700016,
      () =>
        new ClientSecretCredential(
          emulator.tenant.id,
          '22222222-2222-2222-2222-222222222222',
          'x',
          options(),
        ),
    ],
  ])('reports %s with its code', async (_what, code, credential) => {
    await expect(credential().getToken(scope())).rejects.toThrow(new RegExp(`AADSTS${code}`));
  });
});

describe('@azure/identity and a tenant that does not exist', () => {
  // The token endpoint says AADSTS90002 (sign-in.test.ts); the library asks for the configuration first and keeps
  // of its refusal only that there is none.
  test('is told that there are no endpoints', async () => {
    const credential = secretCredential('x', '11111111-1111-1111-1111-111111111111');
    await expect(credential.getToken(scope())).rejects.toThrow(/endpoints_resolution_error/);
  });
});

describe('@microsoft/microsoft-graph-client', () => {
  test('reads all devices through its page iterator', async () => {
    const ids = Array.from(
      { length: 250 },
      (_, n) => emulator.tenant.addDevice({ displayName: `Paged ${n}` }).id,
    );
    const client = graphClient();
    const first = await client.api('/devices').select('id,displayName').top(100).get();
    const seen: string[] = [];
    await new PageIterator(client, first, (device: Device) => {
      if (device.displayName?.startsWith('Paged')) seen.push(device.id ?? '');
      return true;
    }).iterate();
    expect(seen).toEqual(ids);
  });

  test('creates a group, adds a member, reads it and removes it', async () => {
    const client = graphClient();
    const device = emulator.tenant.addDevice({ displayName: 'DeviceA' });
    const group = await client
      .api('/groups')
      .post({ displayName: 'Group1', mailEnabled: false, mailNickname: 'group1', securityEnabled: true });
    await client
      .api(`/groups/${group.id}/members/$ref`)
      .post({ '@odata.id': `${emulator.graphUrl}/v1.0/directoryObjects/${device.id}` });
    const members = await client.api(`/groups/${group.id}/members`).get();
    expect(members.value).toMatchObject([
      { '@odata.type': '#microsoft.graph.device', id: device.id, displayName: 'DeviceA' },
    ]);
    await client.api(`/groups/${group.id}/members/${device.id}/$ref`).delete();
    expect(emulator.tenant.members(group.id)).toEqual([]);
  });

  test('sends a batch and finds each answer', async () => {
    const device = emulator.tenant.addDevice();
    const request = (path: string, init?: RequestInit) =>
      new Request(`https://graph.microsoft.com/${path}`, init);
    const content = new BatchRequestContent([
      { id: '1', request: request(`devices/${device.id}`) },
      { id: '2', request: request('devices/33333333-3333-3333-3333-333333333333') },
      {
        id: '3',
        request: request('groups', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({
            displayName: 'B',
            mailEnabled: false,
            mailNickname: 'b',
            securityEnabled: true,
          }),
        }),
      },
    ]);
    const answers = new BatchResponseContent(
      await graphClient()
        .api('/$batch')
        .post(await content.getContent()),
    );
    expect(answers.getResponseById('1').status).toBe(200);
    expect(answers.getResponseById('2').status).toBe(404);
    expect(answers.getResponseById('3').status).toBe(201);
  });

  test('makes its error of ours', async () => {
    const missing = '44444444-4444-4444-4444-444444444444';
    await expect(graphClient().api(`/groups/${missing}`).get()).rejects.toMatchObject({
      statusCode: 404,
      code: 'Request_ResourceNotFound',
      message: `Resource '${missing}' does not exist or one of its queried reference-property objects are not present.`,
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
  });

  test('waits and tries again when it is told 429', async () => {
    emulator.faults.add({
      path: '/devices?',
      action: { kind: 'status', status: 429, headers: { 'Retry-After': '1' } },
    });
    const answer = await graphClient().api('/devices').top(1).get();
    expect(answer.value).toHaveLength(1);
  });
});
