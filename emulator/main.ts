#!/usr/bin/env node
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { startEmulator } from './index.ts';

const usage = `An emulated Entra tenant: token endpoint and Microsoft Graph over HTTPS.

  node emulator/main.ts [options]

  --port N            the port (default: any free one)
  --host ADDRESS      the address to listen on (default 127.0.0.1)
  --tenant-id GUID    the tenant's id (default: a new one)
  --client-id GUID    the app's id (default: a new one)
  --client-secret S   the app's secret (default: a new one)
  --state FILE        keep the tenant in this file and go on from there
  --ca-file FILE      write the certificate authority's certificate here, for clients to trust
  --users N           seed a new tenant with so many users
  --devices N         seed a new tenant with so many devices
  --speed N           let quota windows and the like pass N times faster (default 1)
  --no-throttling     no quotas
  --stale MS          let lists of members lag behind by so many milliseconds
  --stale-delta MS    let delta queries lag behind by so many milliseconds
  --latency MS        let every request take so many milliseconds
  --group-writes N    answer 503 beyond N writes to one group at one time

  What a client needs is printed as one line of JSON. The control API is under /emulator (see README.md).
  Example: node emulator/main.ts --port 8443 --state tenant.json --ca-file ca.pem --devices 2000 --users 500
`;

const { values } = parseArgs({
  options: {
    port: { type: 'string' },
    host: { type: 'string' },
    'tenant-id': { type: 'string' },
    'client-id': { type: 'string' },
    'client-secret': { type: 'string' },
    state: { type: 'string' },
    'ca-file': { type: 'string' },
    users: { type: 'string', default: '0' },
    devices: { type: 'string', default: '0' },
    speed: { type: 'string', default: '1' },
    throttling: { type: 'boolean', default: true },
    stale: { type: 'string', default: '0' },
    'stale-delta': { type: 'string', default: '0' },
    latency: { type: 'string', default: '0' },
    'group-writes': { type: 'string' },
    help: { type: 'boolean', default: false },
  },
  allowNegative: true,
});

if (values.help) {
  process.stdout.write(usage);
} else {
  const emulator = await startEmulator({
    port: number(values.port ?? '0', 'port'),
    ...(values.host === undefined ? {} : { host: values.host }),
    ...(values['tenant-id'] === undefined ? {} : { tenantId: values['tenant-id'] }),
    apps: [
      {
        ...(values['client-id'] === undefined ? {} : { appId: values['client-id'] }),
        ...(values['client-secret'] === undefined ? {} : { secrets: [values['client-secret']] }),
      },
    ],
    ...(values.state === undefined ? {} : { stateFile: values.state }),
    speed: number(values.speed, 'speed'),
    ...(values.throttling ? {} : { throttling: false as const }),
    staleMembersMs: number(values.stale, 'stale'),
    staleDeltaMs: number(values['stale-delta'], 'stale-delta'),
    latencyMs: number(values.latency, 'latency'),
    ...(values['group-writes'] === undefined
      ? {}
      : { maxGroupWrites: number(values['group-writes'], 'group-writes') }),
  });
  const { tenant } = emulator;
  if (tenant.directory.ids('user').size + tenant.directory.ids('device').size === 0) {
    const count = { users: number(values.users, 'users'), devices: number(values.devices, 'devices') };
    for (let n = 1; n <= count.users; n += 1) tenant.addUser({ displayName: `User ${n}` });
    for (let n = 1; n <= count.devices; n += 1)
      tenant.addDevice({ displayName: `PC-${String(n).padStart(6, '0')}` });
  }
  if (values['ca-file'] !== undefined) await writeFile(values['ca-file'], emulator.caPem);
  const { loginUrl, graphUrl, credentials } = emulator;
  process.stdout.write(`${JSON.stringify({ loginUrl, graphUrl, ...credentials })}\n`);
  const end = () => {
    emulator.close().then(
      () => process.exit(0),
      error => {
        console.error(error);
        process.exit(1);
      },
    );
  };
  process.once('SIGINT', end);
  process.once('SIGTERM', end);
}

function number(text: string, option: string): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isFinite(value) && value >= 0) return value;
  process.stderr.write(`--${option} needs a number, not '${text}'\n`);
  process.exit(2);
}
