import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Job } from '../../src/api/index.ts';
import { type Application, type ApplicationOptions, openApplication } from '../../src/api/index.ts';

/** What a password takes in tests: not half a second of a processor, where its strength is not the point. */
export const cheapPasswords = { N: 2 ** 10, r: 8, p: 1 };

/** A data folder of its own, gone with the test. */
export async function dataFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'rollcall-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** What an application is opened with that is not as in every test. */
export type ApplicationSettings = Partial<Omit<ApplicationOptions, 'env'>>;

/** An application on a data folder (a new one unless given), closed with the test. */
export async function application(
  settings: ApplicationSettings = {},
): Promise<Application & { dataDir: string }> {
  const dataDir = settings.dataDir ?? (await dataFolder());
  const opened = await openApplication({ passwordCost: cheapPasswords, ...settings, dataDir, env: {} });
  onTestFinished(() => opened.close());
  return { ...opened, dataDir };
}

/** Waits for the end of a job. */
export async function finished(
  { client }: Pick<Application, 'client'>,
  { id }: { id: string },
): Promise<Job> {
  for (;;) {
    const job = await client.call('getJob', { params: { id }, query: { wait: 10 } });
    if (job.state !== 'queued' && job.state !== 'running') return job;
  }
}

/** Imports records and waits for the end. */
export async function imported(application: Pick<Application, 'client'>, records: object[], query = {}) {
  const body = records.map(record => JSON.stringify(record)).join('\n');
  const job = await application.client.call('importResources', { query, body });
  return await finished(application, job);
}
