// Discovery of a large tenant in another process: everything, nothing changed, one in a hundred changed; once where the
// inventory knows all devices and users by another source, once where Entra's become the inventory.
import { join } from 'node:path';
import { connectTenant, type Tenant } from '../src/directory/index.ts';
import { discover, type Round } from '../src/sources/index.ts';
import { openSqlite, type Store } from '../src/store/index.ts';
import { plainSecrets } from '../test/directory/tenant-of.ts';
import { atMost, type Figure, type Measured, measure, peakMiB, progress, tell, under } from './report.ts';
import { fillKnownResources } from './site/known-resources.ts';
import { openTenantApart, type TenantApart } from './site/tenant-apart.ts';
import { inFolder, sizeGiven, work } from './surroundings.ts';

const size = sizeGiven();
const devices = Math.ceil(size / 2);
const users = Math.max(1, size - devices);
const changedOfEach = Math.ceil(size / 200);

/** More than that is not "bounded", whatever the size: what the process has in use at any size, and as much again. */
const memoryMiB = 400;

progress('starting the tenant');
const apart = await openTenantApart('directory-process.ts', devices, users);
await measureWith(false);
await measureWith(true);
await apart.close();

async function measureWith(entraResources: boolean): Promise<void> {
  const how = entraResources ? "Entra's own become resources" : 'resources of another source';
  await inFolder(async folder => {
    const store = await openSqlite(join(folder, 'store.db'));
    const tenant = await connected(store, entraResources);
    if (!entraResources) await fillKnownResources(store, { devices, users });
    progress(`before the first discovery, ${Math.round(peakMiB())} MiB`);
    const round = (full: boolean) => counted(apart, () => discoverAll(tenant, full));
    await timed(`first, ${how}`, () => round(false));
    await timed('nothing changed', () => round(false), idle);
    await apart.tell(String(changedOfEach));
    await timed('1 % changed', () => round(false));
    await timed('everything again', () => round(true));
    await store.close();

    async function discoverAll(of: Tenant, full: boolean): Promise<Round[]> {
      const results = await discover(store, apart.directory, of, { full }, work);
      return results.map(({ round, problem }) => {
        if (round) return round;
        throw new Error(`The discovery ended as ${JSON.stringify(problem)}.`);
      });
    }
  });
}

/** The tenant as it is stored, which discovery asks how it is to be done. */
async function connected(store: Store, entraResources: boolean): Promise<Tenant> {
  const { credentials, loginUrl, graphUrl, caPem: ca } = apart.reached;
  const { tenantId, clientId, clientSecret: secret } = credentials;
  const credential = { kind: 'client-secret', secret } as const;
  const input = { name: 'T', tenantId, clientId, credential, loginUrl, graphUrl, ca, entraResources };
  return await connectTenant(store, plainSecrets, input, work.clock);
}

interface Outcome {
  rounds: Round[];
  requests: number;
}

async function counted({ directory }: TenantApart, discovery: () => Promise<Round[]>): Promise<Outcome> {
  const before = directory.counters.requests;
  const rounds = await discovery();
  return { rounds, requests: directory.counters.requests - before };
}

/** Design: an idle cycle takes at most a delta request per kind and tenant. */
function idle({ result, seconds }: Measured<Outcome>): Figure[] {
  return [atMost(result.requests, 2, 'requests'), under(seconds, 1, 's')];
}

async function timed(
  what: string,
  round: () => Promise<Outcome>,
  figures: (measured: Measured<Outcome>) => Figure[] = () => [],
): Promise<void> {
  const measured = await measure(what, round);
  const { rounds, requests } = measured.result;
  const sum = (number: (round: Round) => number) => rounds.reduce((total, each) => total + number(each), 0);
  const read = sum(each => each.read);
  tell(what, [read, 'objects'], measured, {
    ...(read > 0 ? { rate: read / measured.seconds } : {}),
    requests,
    note: `${sum(each => each.changed)} changed, ${sum(each => each.identities)} identities`,
    figures: [...figures(measured), under(measured.peakMiB, memoryMiB, 'MiB')],
  });
}
