import { describe, expect, it, onTestFinished } from 'vitest';
import { startEmulator } from '../../emulator/index.ts';
import { type Clock, silent } from '../../src/base/index.ts';
import { connectTenant } from '../../src/directory/index.ts';
import { type Log, openEngineContext } from '../../src/schedule/index.ts';
import { discoverDue } from '../../src/schedule/work/discover.ts';
import { dataFolder } from './house.ts';

const dayMs = 86_400_000;

/** A tenant whose secret ends in so many days, and rounds of discovery as a server has them, at a day of one's choice. */
async function siteEndingIn(days: number) {
  const start = Date.now();
  const endDateTime = new Date(start + days * dayMs).toISOString();
  const secret = 'abc~the-secret';
  const emulator = await startEmulator({
    throttling: false,
    apps: [{ secrets: [{ value: secret, endDateTime }] }],
  });
  onTestFinished(() => emulator.close());
  let now = start;
  const clock: Clock = { now: () => new Date(now), sleep: async () => {} };
  const context = await openEngineContext(await dataFolder(), {}, clock);
  onTestFinished(() => context.close());
  const { tenantId, clientId } = emulator.credentials;
  const { loginUrl, graphUrl, caPem: ca } = emulator;
  const credential = { kind: 'client-secret', secret } as const;
  const input = { name: 'Contoso', tenantId, clientId, credential, loginUrl, graphUrl, ca };
  await connectTenant(context.store, context.secrets, input, clock);
  return async (afterDays: number) => {
    now = start + afterDays * dayMs;
    const lines: [string, object][] = [];
    const log: Log = {
      info() {},
      warn: (data, message) => lines.push([message, data]),
      error: (data, message) => lines.push([message, data]),
    };
    await discoverDue(context, log, { clock, report: silent, signal: new AbortController().signal });
    return lines;
  };
}

describe('a credential that ends', () => {
  it('within thirty days is warned of in the log, once a day', async () => {
    const linesAfter = await siteEndingIn(10.5);
    const line = (days: number) => [
      expect.stringMatching(new RegExp(`^The client secret ends in ${days} days, on 20`)),
      { tenant: 'Contoso', hint: expect.stringContaining('tenant set --client-secret-file') },
    ];
    expect(await linesAfter(0)).toEqual([line(10)]);
    expect(await linesAfter(0.1)).toEqual([]);
    expect(await linesAfter(0.9)).toEqual([]);
    expect(await linesAfter(1.1)).toEqual([line(9)]);
    expect(await linesAfter(1.2)).toEqual([]);
  });

  it('later than that is not spoken of', async () => {
    const linesAfter = await siteEndingIn(45.5);
    expect(await linesAfter(0)).toEqual([]);
    expect(await linesAfter(14)).toEqual([]);
    expect(await linesAfter(16)).toHaveLength(1);
  });
});
